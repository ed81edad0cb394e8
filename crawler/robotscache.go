package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"waymark/catalog"
)

const (
	robotsLife      = 24 * time.Hour      // of a file, at most (RFC 9309, section 2.4)
	robotsErrorLife = 5 * time.Minute     // of an answer that was an error of the server
	robotsStaleLife = 30 * 24 * time.Hour // of a file whose host fails to serve it anew (RFC 9309, sections 2.3.1.4 and 2.4)
	robotsMemory    = 16 << 20            // bytes of rules that are kept
	robotsRedirects = 5                   // that are followed (RFC 9309, section 2.3.1.2)
)

// robotsCache keeps what hosts say to robots. However many visits want the same file, one of them fetches it.
type robotsCache struct {
	token string // of our user agent

	mu      sync.Mutex
	entries map[string]*robotsEntry
	bytes   int
}

type robotsEntry struct {
	done    chan struct{} // closed when answer is there
	answer  robotsAnswer
	expires time.Time
	before  robotsAnswer // the last one that was no failure, to be gone by while there is no other; zero: none
}

// robotsAnswer is what came of asking for a robots.txt.
type robotsAnswer struct {
	*robotsRules                  // nil: all is allowed
	failure      *catalog.Failure // no page of the host may be asked, and why
	life         time.Duration    // how long it holds; 0: only for those who waited for it
	read         time.Time        // when the host said so; zero for a failure
	stopped      error            // the host is not to be asked now, not even for this
	aborted      bool             // the visit that asked was stopped: ask again
	status       int              // of the answer that this is made of; 0: none came
}

// access says how much may be visited by an answer.
func (a robotsAnswer) access() catalog.Access {
	disallow, allow := false, false
	if a.robotsRules != nil {
		for _, rule := range a.rules {
			disallow, allow = disallow || !rule.allow && rule.pattern != "", allow || rule.allow
		}
	}
	switch {
	case a.failure != nil, disallow && !allow && !a.allows("/"):
		return catalog.AccessNone
	case disallow:
		return catalog.AccessSome
	}
	return catalog.AccessAll
}

func newRobotsCache(agent string) *robotsCache {
	return &robotsCache{token: productToken(agent), entries: map[string]*robotsEntry{}}
}

// get returns the rules of an origin. The first to want them calls fetch; the others call yield, to give back
// what they hold, and wait.
func (c *robotsCache) get(ctx context.Context, origin string, yield func(), fetch func() robotsAnswer) (robotsAnswer, error) {
	for {
		e, leader := c.entry(origin)
		if leader {
			c.finish(origin, e, fetch())
			return e.answer, context.Cause(ctx)
		}
		select {
		case <-e.done:
		default:
			yield()
			select {
			case <-e.done:
			case <-ctx.Done():
				return robotsAnswer{}, context.Cause(ctx)
			}
		}
		if !e.answer.aborted {
			return e.answer, nil
		}
	}
}

func (c *robotsCache) entry(origin string) (e *robotsEntry, leader bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e = c.entries[origin]
	if e != nil && (e.expires.IsZero() || time.Now().Before(e.expires)) {
		return e, false
	}
	fresh := &robotsEntry{done: make(chan struct{})}
	if e != nil {
		c.drop(origin, e)
		fresh.before = e.answer
	}
	c.entries[origin] = fresh
	return fresh, true
}

func (c *robotsCache) finish(origin string, e *robotsEntry, a robotsAnswer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	a = a.orBefore(e.before, now)
	e.answer, e.expires = a, now.Add(a.life)
	c.bytes += a.size()
	if a.life == 0 {
		c.drop(origin, e)
		c.putBack(origin, e)
	}
	for other, old := range c.entries {
		if c.bytes <= robotsMemory {
			break
		}
		if !old.expires.IsZero() {
			c.drop(other, old)
		}
	}
	close(e.done)
}

// putBack keeps what the host said before a fetch of which nothing came, for the next one to go by.
func (c *robotsCache) putBack(origin string, e *robotsEntry) {
	if !e.before.read.IsZero() {
		c.entries[origin] = &robotsEntry{done: e.done, answer: e.before, expires: e.expires}
		c.bytes += e.before.size()
	}
}

// orBefore returns what to go by: an answer, or in place of a failure what the host said before it, until it is asked
// again or that is too old.
func (a robotsAnswer) orBefore(before robotsAnswer, now time.Time) robotsAnswer {
	switch {
	case a.failure == nil && a.stopped == nil && !a.aborted:
		a.read = now
		return a
	case a.failure == nil || before.read.IsZero() || now.Sub(before.read) >= robotsStaleLife:
		return a
	}
	before.life = robotsErrorLife
	return before
}

func (c *robotsCache) drop(origin string, e *robotsEntry) {
	delete(c.entries, origin)
	c.bytes -= e.answer.size()
}

// size estimates the memory of an answer.
func (a robotsAnswer) size() int {
	n := 200
	if a.robotsRules != nil {
		for _, rule := range a.rules {
			n += len(rule.pattern) + 32
		}
	}
	return n
}

// fetchRobots asks for the robots.txt of the host of u, following redirects. Each request waits for its own
// host, like every other.
func (t *transport) fetchRobots(v *visit, ctx context.Context, u *url.URL) robotsAnswer {
	target, status := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}, 0
	for range robotsRedirects + 1 {
		got, err := t.robotsHop(v, ctx, target)
		if err != nil {
			return t.robotsStopped(ctx, err)
		}
		if target.Host != u.Host && got.failure != nil && got.failure.Reason == catalog.ReasonPrivateAddress {
			break // where nobody may look, there is no file
		}
		if got.aborted || got.failure != nil || !isRedirect(got.res.StatusCode) {
			return t.robotsRead(u, got)
		}
		got.body.close()
		status = got.res.StatusCode
		to := catalog.Canonical(got.res.Header.Get("Location"), catalog.From{URL: target.String()})
		next, err := url.Parse(to.URL)
		if to.Reason != "" || len(to.URL) > maxAddress || err != nil || t.rules.Host(next.Host).Skip {
			break
		}
		target = next
	}
	return robotsAnswer{life: robotsLife, status: status} // unavailable: all is allowed (RFC 9309, section 2.3.1.3)
}

func (t *transport) robotsHop(v *visit, ctx context.Context, target *url.URL) (answer, error) {
	if err := t.guard.refuses(ctx, target); err != nil {
		return answer{}, err
	}
	s, err := t.slotFor(v, ctx, catalog.Host(target.String()))
	if err != nil {
		return answer{}, err
	}
	req := &http.Request{Method: http.MethodGet, URL: target, Header: http.Header{
		"User-Agent": {t.agent}, "Accept": {"text/plain,*/*;q=0.5"}, "Accept-Encoding": {acceptEncoding(target)},
	}}
	for name, value := range t.rules.Host(target.Host).Headers {
		req.Header.Set(name, value)
	}
	got := t.exchange(s, req.WithContext(ctx), func(*http.Response) int64 { return maxRobots })
	v.used(s, got.conn)
	return got, nil
}

// robotsStopped is for a fetch that was not even begun.
func (t *transport) robotsStopped(ctx context.Context, err error) robotsAnswer {
	var refused *stopError
	var paused *pausedError
	switch {
	case ctx.Err() != nil:
		return robotsAnswer{aborted: true}
	case errors.As(err, &paused) && paused.claim:
		return robotsAnswer{stopped: err, aborted: true} // the others that wait may not be paused
	case errors.As(err, &refused):
		return robotsAnswer{life: robotsLife} // a redirect to a refused address: no file, all is allowed
	}
	return robotsAnswer{stopped: err}
}

// robotsRead says what a final answer means (RFC 9309, section 2.3.1): no answer is the failure of the host
// itself, 4xx that there is no file, an error of the server that nothing may be asked for the time being. 429 is
// the host's load speaking, and read like 503.
func (t *transport) robotsRead(u *url.URL, got answer) robotsAnswer {
	defer got.body.close()
	switch {
	case got.aborted:
		return robotsAnswer{aborted: true}
	case got.failure != nil:
		return robotsAnswer{failure: got.failure}
	case got.slow:
		return robotsAnswer{failure: &catalog.Failure{Reason: catalog.ReasonTimeout, Detail: "its robots.txt does not end in the time it is given"}}
	}
	status := got.res.StatusCode
	switch {
	case status/100 == 2 && got.body != nil:
		text := got.body.data
		if got.truncated {
			text = text[:bytes.LastIndexAny(text, "\r\n")+1] // half a line may allow or forbid what the whole does not
		}
		rules := parseRobots(text, t.robots.token)
		t.frontier.setDelay(catalog.Host(u.String()), rules.delay)
		return robotsAnswer{robotsRules: rules, life: robotsLife, status: status}
	case status/100 == 5 || status == http.StatusTooManyRequests:
		detail := fmt.Sprintf("it answered %d, so nothing may be asked for now", status)
		return robotsAnswer{life: robotsErrorLife, status: status, failure: &catalog.Failure{Reason: catalog.ReasonRobots, ServerError: status/100 == 5, Detail: detail}}
	}
	return robotsAnswer{life: robotsLife, status: status}
}
