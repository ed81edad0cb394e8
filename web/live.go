package web

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"waymark/catalog"
)

// What open pages cost at most.
const (
	livePeriod     = time.Second      // between two looks at crawler and store, for all viewers together
	liveHeartbeat  = 15 * time.Second // between two signs of life to a viewer to whom nothing happens
	liveWrite      = 10 * time.Second // for a viewer to take an event
	liveStreams    = 1000             // viewers at once
	livePerClient  = 32               // of these, from one address
	liveSourceTick = 5                // looks at crawler and store for each at the sources
)

// Newsroom tells what turned.
type Newsroom interface {
	News(ctx context.Context, q catalog.NewsQuery) (catalog.News, error)
}

// live watches the crawler and the store for all pages that are open, once for all of them together, and tells their
// streams. A stream remembers what it told, not what it has yet to tell: whoever is slow gets the latest and skips
// what was in between.
type live struct {
	site *site

	mu      sync.Mutex
	on      bool // Run is under way
	streams map[*stream]struct{}
	clients map[string]int // streams by address
	now     progress
	last    int64 // the last change
	round   int64 // rises with whatever turned, changes or sources
}

// progress is what the crawler does, as an event.
type progress struct {
	seq  int64
	data []byte
	sum  [sha256.Size]byte
}

// stream is one viewer.
type stream struct {
	wake chan struct{} // holds one: there is news
	gone chan struct{} // closed at the end of the service
}

func newLive(s *site) *live {
	return &live{site: s, streams: map[*stream]struct{}{}, clients: map[string]int{}}
}

// run looks again and again until the context ends, and then ends every stream, so that the server can shut down.
func (l *live) run(ctx context.Context) error {
	l.mu.Lock()
	l.on = true
	l.mu.Unlock()
	defer l.end()
	l.look(ctx) // what turned before anybody looked is no news
	ticker := time.NewTicker(livePeriod)
	defer ticker.Stop()
	var sources string
	for tick := 0; ; tick++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		if l.site.Visits != nil {
			l.site.pace.note(l.site.Visits(), l.site.Now())
		}
		if !l.watched() {
			continue
		}
		l.look(ctx)
		if tick%liveSourceTick == 0 {
			sources = l.lookAtSources(ctx, sources)
		}
	}
}

func (l *live) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.on = false
	for s := range l.streams {
		close(s.gone)
		delete(l.streams, s)
	}
}

// running reports whether streams hear anything.
func (l *live) running() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.on
}

// watched reports whether there is anybody to tell.
func (l *live) watched() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.streams) > 0
}

// look asks the crawler and the store what is new.
func (l *live) look(ctx context.Context) {
	data, err := l.site.progressEvent(l.site.activity())
	if err != nil {
		l.site.Logger.ErrorContext(ctx, "progress could not be told", "error", err)
	} else {
		l.tellProgress(data)
	}
	l.mu.Lock()
	after := l.last
	l.mu.Unlock()
	news, err := l.site.News.News(ctx, catalog.NewsQuery{After: after, Limit: 1})
	if err != nil {
		if ctx.Err() == nil {
			l.site.Logger.ErrorContext(ctx, "what turned could not be read", "error", err)
		}
		return
	}
	if news.Last != after {
		l.tellTurned(news.Last)
	}
}

// lookAtSources tells when a source was read again; what it held is no change. It returns how the sources stand.
func (l *live) lookAtSources(ctx context.Context, before string) string {
	list, err := l.site.Reader.Sources(ctx)
	if err != nil {
		return before
	}
	var stand []any
	for _, source := range list {
		stand = append(stand, source.Name, source.Synced.UnixMilli(), source.Error, source.Placements)
	}
	b, err := json.Marshal(stand)
	if err != nil {
		return before
	}
	if now := string(b); now != before {
		if before != "" {
			l.mu.Lock()
			last := l.last
			l.mu.Unlock()
			l.tellTurned(last)
		}
		return now
	}
	return before
}

func (l *live) tellProgress(data []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if sum := sha256.Sum256(data); sum != l.now.sum {
		l.now = progress{seq: l.now.seq + 1, data: data, sum: sum}
		l.wakeAll()
	}
}

func (l *live) tellTurned(last int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = last
	l.round++
	l.wakeAll()
}

// wakeAll must be called with the lock held.
func (l *live) wakeAll() {
	for s := range l.streams {
		select {
		case s.wake <- struct{}{}:
		default: // it will find this too
		}
	}
}

// join adds a viewer, or returns a refusal when there are too many.
func (l *live) join(client string) (*stream, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case !l.on:
		return nil, tooMany(http.StatusServiceUnavailable, "Nothing is told live at the moment.")
	case l.clients[client] >= livePerClient:
		return nil, tooMany(http.StatusTooManyRequests, "Too many pages are open from this address to tell them all what happens.")
	case len(l.streams) >= liveStreams:
		return nil, tooMany(http.StatusServiceUnavailable, "Too many pages are open to tell them all what happens.")
	}
	s := &stream{wake: make(chan struct{}, 1), gone: make(chan struct{})}
	l.streams[s] = struct{}{}
	l.clients[client]++
	return s, nil
}

func (l *live) leave(s *stream, client string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.streams, s)
	if l.clients[client]--; l.clients[client] == 0 {
		delete(l.clients, client)
	}
}

func tooMany(code int, text string) *refusal {
	return &refusal{code: code, title: "Not live", text: text, hint: "The page asks for itself now and then."}
}

// news returns the events that a stream has not told yet, and moves its marks on.
func (l *live) news(told *marks) (events []event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if told.progress != l.now.seq {
		told.progress = l.now.seq
		events = append(events, event{name: "progress", data: l.now.data})
	}
	if told.round != l.round || told.last < l.last {
		told.round, told.last = l.round, l.last
		events = append(events, event{name: "turned", id: l.last, data: []byte("{}")})
	}
	return events
}

// begin sets the marks of a new stream: a first one knows what its page was rendered with, one that comes back tells
// the last change it heard of.
func (l *live) begin(heard int64) marks {
	l.mu.Lock()
	defer l.mu.Unlock()
	if heard == 0 {
		heard = l.last
	}
	return marks{round: l.round, last: heard}
}

// marks are what a stream has told.
type marks struct{ progress, round, last int64 }
