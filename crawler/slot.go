package crawler

import (
	"context"
	"slices"
	"time"

	"waymark/catalog"
)

// slot is the leave to make one request to one host. It is given back by done or by cancel, exactly once.
type slot struct {
	frontier *frontier
	host     *host
	began    time.Time
	earlier  time.Time     // the host's next start before this slot
	delay    time.Duration // the host's Crawl-delay then, as far as it was known
	company  bool          // other requests to the host were under way when it was granted
}

// done gives the slot back after a request. It reports whether a refusal may be for the company that it had.
func (s *slot) done(o outcome) (crowded bool) { return s.frontier.release(s, o) }

// cancel gives the slot back unused: the host's time is refunded.
func (s *slot) cancel() { s.frontier.refund(s) }

// hasty reports whether the slot was granted before the host's Crawl-delay was known: whoever holds it unused has to
// wait for another one.
func (s *slot) hasty() bool {
	s.frontier.mu.Lock()
	defer s.frontier.mu.Unlock()
	return s.delay < s.host.delay
}

// ask is the wish of a visit under way to make a request.
type ask struct {
	host  string
	asked bool // a person wants the visit: it goes before those that nobody asked for
	guest bool // the visit began at another host
	// may says whether the visit may go on, which has to be asked again when turned is closed; nil: it always may
	may func() (turned <-chan struct{}, err error)
}

func (a ask) stands() (turned <-chan struct{}, err error) {
	if a.may == nil {
		return nil, nil
	}
	return a.may()
}

// waiter is an ask that the host has not been ready for.
type waiter struct {
	ask
	ready chan grant // buffered
}

// grant is the end of waiting: a slot, or why there is none.
type grant struct {
	slot *slot
	err  error
}

// closedError says that a host is not to be asked for longer than a visit can wait.
type closedError struct {
	host    string
	wait    time.Duration    // that the host asked for; 0 where it did not
	failure *catalog.Failure // what a visit that is turned away reports
}

func (e *closedError) Error() string { return e.host + ": " + e.failure.Detail }

// fullError says that more visits are led to a host than it can take in the time of a visit.
type fullError struct {
	host string
	wait time.Duration // until the host has time for this one
}

func (e *fullError) Error() string { return e.host + ": more visits wait for it than it can take" }

// acquire waits until the host may be asked. The caller holds no slot while it waits.
func (f *frontier) acquire(ctx context.Context, a ask) (*slot, error) {
	turned, err := a.stands()
	if err != nil {
		return nil, err
	}
	w := &waiter{ask: a, ready: make(chan grant, 1)}
	h, err := f.enqueue(w)
	for err == nil {
		select {
		case g := <-w.ready:
			return g.held(a)
		case <-turned:
			turned, err = a.stands()
		case <-ctx.Done():
			err = context.Cause(ctx)
		}
	}
	if h != nil {
		f.abandon(h, w)
	}
	return nil, err
}

// held returns what was granted, unless the visit may no longer go on.
func (g grant) held(a ask) (*slot, error) {
	if g.err != nil {
		return nil, g.err
	}
	if _, err := a.stands(); err != nil {
		g.slot.cancel()
		return nil, err
	}
	return g.slot, nil
}

func (f *frontier) enqueue(w *waiter) (*host, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	h := f.host(w.host, now)
	if closed := h.closed(now, f.limits); closed != nil {
		return nil, closed
	}
	at := h.turn(w)
	if f.full(h, w, at) {
		return nil, h.later(now, f.limits)
	}
	h.waiters = slices.Insert(h.waiters, at, w)
	f.place(h, now)
	f.pump(now)
	return h, nil
}

// turn returns the place of a waiter in the line: at its end, or, when a person asked, behind the others that were
// asked for.
func (h *host) turn(w *waiter) int {
	if !w.asked {
		return len(h.waiters)
	}
	at := 0
	for at < len(h.waiters) && h.waiters[at].asked {
		at++
	}
	return at
}

// full reports whether a guest has so many before it that it would not be asked in time. However many sites lead to
// one slow host, only so many visits wait there, and all others go on. A single run has no other day, and waits.
func (f *frontier) full(h *host, w *waiter, before int) bool {
	if f.limits.horizon == 0 || !w.guest {
		return false
	}
	return before >= f.maxOwn || time.Duration(before)*h.gap > f.limits.horizon
}

// trim sends away those whom a host that became slower cannot take in time any more.
func (f *frontier) trim(h *host, now time.Time) {
	kept := h.waiters[:0]
	for _, w := range h.waiters {
		if f.full(h, w, len(kept)) {
			w.ready <- grant{err: h.later(now, f.limits)}
		} else {
			kept = append(kept, w)
		}
	}
	clear(h.waiters[len(kept):])
	h.waiters = kept
}

// abandon takes a waiter out, or gives back what it was granted at the same moment.
func (f *frontier) abandon(h *host, w *waiter) {
	f.mu.Lock()
	i := slices.Index(h.waiters, w)
	if i >= 0 {
		h.waiters = slices.Delete(h.waiters, i, i+1)
		f.place(h, time.Now())
	}
	f.mu.Unlock()
	if i < 0 {
		if g := <-w.ready; g.slot != nil {
			g.slot.cancel()
		}
	}
}

// whyClosed says why a host turned somebody away. It may have opened in the meantime, but not for them.
func (f *frontier) whyClosed(name string) *closedError {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	h := f.host(name, now)
	if closed := h.closed(now, f.limits); closed != nil {
		return closed
	}
	return h.resting(now)
}
