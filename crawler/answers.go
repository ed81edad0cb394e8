package crawler

import (
	"context"
	"sync"
	"time"

	"waymark/catalog"
)

const (
	answerLife      = 24 * time.Hour  // of an answer
	answerErrorLife = 5 * time.Minute // of a failure, or of a server's error: the next visit may fare better
	maxAnswers      = 4096            // kept, of about 1 KB each
)

// answers keeps what came of questions that many visits have: a made-up name is asked for once for all pages of its
// folder. However many visits have the same question, one of them asks.
type answers struct {
	mu      sync.Mutex
	entries map[answerKey]*answerEntry
}

type answerKey struct {
	kind catalog.QuestionKind
	url  string
}

type answerEntry struct {
	done    chan struct{} // closed when found is there
	found   found
	expires time.Time // zero until then
}

func newAnswers() *answers { return &answers{entries: map[answerKey]*answerEntry{}} }

// get returns the answer to a question. The first to have it calls ask, the others wait; they must hold nothing that
// asking could need.
func (c *answers) get(ctx context.Context, q catalog.Question, ask func() found) found {
	key := answerKey{q.Kind, q.URL}
	for {
		e, leader := c.entry(key)
		if leader {
			c.finish(key, e, ask())
			return e.found
		}
		select {
		case <-e.done:
		case <-ctx.Done():
			return outOfTime(q)
		}
		if !e.found.unasked {
			return e.found
		}
	}
}

func (c *answers) entry(key answerKey) (e *answerEntry, leader bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e = c.entries[key]; e != nil && (e.expires.IsZero() || time.Now().Before(e.expires)) {
		return e, false
	}
	e = &answerEntry{done: make(chan struct{})}
	c.entries[key] = e
	return e, true
}

// finish hands the answer to those who wait, and keeps it if it may serve others.
func (c *answers) finish(key answerKey, e *answerEntry, got found) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	e.found, e.expires = got, now.Add(got.life())
	if got.unasked {
		delete(c.entries, key)
	}
	if len(c.entries) > maxAnswers {
		c.forget(now)
	}
	close(e.done)
}

// forget makes room: what has expired goes, and of the rest as much as is needed.
func (c *answers) forget(now time.Time) {
	for key, e := range c.entries {
		if !e.expires.IsZero() && !now.Before(e.expires) {
			delete(c.entries, key)
		}
	}
	for key, e := range c.entries {
		if len(c.entries) <= maxAnswers {
			return
		}
		if !e.expires.IsZero() {
			delete(c.entries, key)
		}
	}
}

// life is how long an answer holds.
func (f found) life() time.Duration {
	if a := f.answer; a.Failure != nil || a.Status == 429 || a.Status/100 == 5 {
		return answerErrorLife
	}
	return answerLife
}
