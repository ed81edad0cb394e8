package fakeweb

import (
	"net/http"
	"sync"
	"time"
)

// PerSecond lets a host take n requests in any second; the rest answer 429,
// with a Retry-After of one second.
func PerSecond(n int) Guard {
	return func(next Behaviour) Behaviour {
		l := &window{size: n}
		refusal := RetryAfter(http.StatusTooManyRequests, 1)
		return choose(func(r *http.Request) bool { return l.take(clock(r)) }, next, refusal)
	}
}

// window remembers the last arrivals that were let in.
type window struct {
	size int
	mu   sync.Mutex
	past []time.Time
}

func (l *window) take(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.past) > 0 && now.Sub(l.past[0]) >= time.Second {
		l.past = l.past[1:]
	}
	if len(l.past) >= l.size {
		return false
	}
	l.past = append(l.past, now)
	return true
}

// BanAbove makes a host ban its visitor for a while, by 403 for everything,
// as soon as more than n requests are at work at once. The ban begins anew
// with every request that comes while it lasts.
func BanAbove(n int, ban time.Duration) Guard {
	return func(next Behaviour) Behaviour {
		b := &bouncer{limit: n, ban: ban}
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if !b.enter(clock(r)) {
				Status(http.StatusForbidden).ServeHTTP(rw, r)
				return
			}
			defer b.leave()
			next.ServeHTTP(rw, r)
		})
	}
}

type bouncer struct {
	limit  int
	ban    time.Duration
	mu     sync.Mutex
	inside int
	until  time.Time
}

func (b *bouncer) enter(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Before(b.until) || b.inside >= b.limit {
		b.until = now.Add(b.ban)
		return false
	}
	b.inside++
	return true
}

func (b *bouncer) leave() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inside--
}
