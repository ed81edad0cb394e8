package crawler

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// slot is the leave to make one request to one host. It is given back by done or by cancel, exactly once.
type slot struct {
	frontier *frontier
	host     *host
	began    time.Time
	earlier  time.Time // the host's next start before this slot
}

// done gives the slot back after a request.
func (s *slot) done(o outcome) { s.frontier.release(s, o) }

// cancel gives the slot back unused: the host's time is refunded.
func (s *slot) cancel() { s.frontier.refund(s) }

// waiter is a visit under way that wants to ask a host.
type waiter struct {
	ready chan *slot // buffered; nil is sent when the host turns visits away
}

// closedError says that a host wants to be left alone for longer than a visit can wait.
type closedError struct {
	host string
	wait time.Duration
}

func (e *closedError) Error() string {
	return fmt.Sprintf("%s asks to be left alone for %s", e.host, e.wait.Round(time.Second))
}

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
			return nil, &closedError{host: name, wait: f.closedFor(name)}
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
	if h.closed(now, f.limits) {
		return nil, &closedError{host: name, wait: h.notBefore.Sub(now)}
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

func (f *frontier) closedFor(name string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	return max(0, f.host(name, now).notBefore.Sub(now))
}
