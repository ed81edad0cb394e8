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

// waiter is a visit under way that wants to ask a host.
type waiter struct {
	ready chan *slot // buffered; nil is sent when the host turns visits away
}

// closedError says that a host is not to be asked for longer than a visit can wait.
type closedError struct {
	host    string
	wait    time.Duration    // that the host asked for; 0 where it did not
	failure *catalog.Failure // what a visit that is turned away reports
}

func (e *closedError) Error() string { return e.host + ": " + e.failure.Detail }

// acquire waits until the host may be asked. The caller holds no slot while it waits.
func (f *frontier) acquire(ctx context.Context, name string) (*slot, error) {
	w := &waiter{ready: make(chan *slot, 1)}
	h, err := f.enqueue(w, name)
	if err != nil {
		return nil, err
	}
	select {
	case s := <-w.ready:
		if s == nil {
			return nil, f.whyClosed(name)
		}
		return s, nil
	case <-ctx.Done():
		f.abandon(h, w)
		return nil, context.Cause(ctx)
	}
}

func (f *frontier) enqueue(w *waiter, name string) (*host, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	h := f.host(name, now)
	if closed := h.closed(now, f.limits); closed != nil {
		return nil, closed
	}
	h.waiters = append(h.waiters, w)
	f.place(h, now)
	f.pump(now)
	return h, nil
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
		if s := <-w.ready; s != nil {
			s.cancel()
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
