package crawler

import (
	"sync"
	"time"

	"waymark/catalog"
)

// entry is a visit that has not begun.
type entry struct {
	host  string
	asked bool                  // for by a person
	claim func() *catalog.Claim // made when the visit begins
	run   visitor
}

// visitor makes the visits that the frontier grants.
type visitor interface {
	begin(*catalog.Claim, *slot) // called under the frontier's lock: must not block
	turnAway(entry)              // the host wants to be left alone for longer than a visit waits
}

// frontier decides who may ask which host, and when. It has no goroutine: whatever changes it (a new visit, a
// request that ended, the time of a host that came) moves it on.
type frontier struct {
	mu     sync.Mutex
	hosts  map[string]*host
	urgent hostHeap // hosts that visits under way wait for, by the time at which they may be asked
	wished hostHeap // hosts with visits to begin that a person asked for, by the time at which they may be asked
	fresh  hostHeap // hosts with visits to begin whose time has not come, by that time
	ready  hostHeap // hosts with visits to begin whose time has come, by their turn
	timer  *time.Timer

	free      int // requests that may start, all hosts together
	visits    int // under way
	maxVisits int // under way at most: each holds a goroutine, also while it waits for a redirect's host
	spare     int // more of them, for visits that people ask for
	maxOwn    int // under way at most per host of origin, or waiting for one host, so that no host can use them all up

	limits limits
	shape  func(name string) (concurrency int, interval time.Duration) // of a host, by the rules
	sweep  int                                                         // hosts to know before idle ones are forgotten
	dirty  map[*host]struct{}
}

func newFrontier(concurrency int, shape func(string) (int, time.Duration)) *frontier {
	maxVisits := 2*concurrency + 512
	f := &frontier{
		hosts: map[string]*host{}, free: concurrency, maxVisits: maxVisits, spare: maxVisits / 8, maxOwn: max(maxVisits/4, 1),
		limits: serviceLimits(), shape: shape, sweep: 4096, dirty: map[*host]struct{}{},
	}
	f.timer = time.AfterFunc(time.Hour, f.tick)
	f.timer.Stop()
	return f
}

// add queues visits at their hosts and returns those that their hosts turn away now.
func (f *frontier) add(entries ...entry) (turnedAway []entry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	for _, e := range entries {
		h := f.host(e.host, now)
		closed := h.closed(now, f.limits) != nil
		if closed {
			f.learnt(h) // whoever gives visits to it does not know: a clock may have leapt over its wait
		}
		if closed || h.laden(f.limits) && !e.asked {
			turnedAway = append(turnedAway, e)
			continue
		}
		h.queue.push(e)
		f.place(h, now)
	}
	f.pump(now)
	return turnedAway
}

// promote puts a visit that waits in its host's queue before those that nobody asked for, if the claim is asked for.
func (f *frontier) promote(claim *catalog.Claim) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.hosts[claim.Host]
	if h == nil || !claim.Asked {
		return
	}
	for _, e := range h.queue.remove(func(e entry) bool { return e.claim().Resource == claim.Resource }) {
		e.asked, e.claim().Asked = true, true
		h.queue.push(e)
	}
	now := time.Now()
	f.place(h, now)
	f.pump(now)
}

// gapOf returns the time between the starts of two requests to a host now.
func (f *frontier) gapOf(name string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if h := f.hosts[name]; h != nil {
		return h.gap
	}
	_, interval := f.shape(name)
	return interval
}

// drop takes out the visits of a run that have not begun.
func (f *frontier) drop(r visitor) []entry {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	var out []entry
	for _, h := range f.hosts {
		if h.queue.len() > 0 {
			out = append(out, h.queue.remove(func(e entry) bool { return e.run == r })...)
			f.place(h, now)
		}
	}
	return out
}

// leave says that a visit, begun from the host's queue, is over, and reports whether the host has nothing left to do.
func (f *frontier) leave(name string) (nothing bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	h := f.host(name, now)
	h.visits--
	f.visits--
	f.place(h, now)
	f.pump(now)
	return h.visits == 0 && h.queue.len() == 0
}

// deserted reports whether nobody asks a host, or waits to.
func (f *frontier) deserted(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.hosts[name]
	return h == nil || h.busy == 0 && h.visits == 0 && len(h.waiters) == 0 && h.queue.len() == 0
}

// release ends a request. Should its host now want to be left alone for long, whoever waits for it is turned away. It
// reports whether a refusal may be for the company that the request had.
func (f *frontier) release(s *slot, o outcome) (crowded bool) {
	f.mu.Lock()
	now := time.Now()
	h := s.host
	h.busy--
	f.free++
	gap := h.gap
	if o.refused && h.refuse(s, now) {
		crowded, o.mood = true, strained
	}
	h.learn(o, s.began, now, f.limits)
	if h.dirty {
		f.learnt(h)
	}
	if next := s.began.Add(h.gap); h.gap > gap && h.next.Before(next) {
		h.next, h.granted = next, nil // a slot that is given back unused refunds none of it
	}
	var away []entry
	if closed := h.closed(now, f.limits); closed != nil {
		away = h.queue.remove(func(entry) bool { return true })
		f.dismiss(h, closed)
	}
	f.trim(h, now)
	f.place(h, now)
	f.pump(now)
	f.mu.Unlock()
	for _, e := range away {
		e.run.turnAway(e)
	}
	return crowded
}

func (f *frontier) dismiss(h *host, why error) {
	for _, w := range h.waiters {
		w.ready <- grant{err: why}
	}
	h.waiters = nil
}

func (f *frontier) refund(s *slot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	h := s.host
	h.busy--
	f.free++
	if h.granted == s {
		h.next = s.earlier
	}
	f.place(h, now)
	f.pump(now)
}

// setDelay makes the crawler obey the Crawl-delay of a host's robots.txt, 0 when it has none (any more). It counts
// from now, for all that has not been asked yet.
func (f *frontier) setDelay(name string, delay time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	h := f.host(name, now)
	h.delay = min(delay, f.limits.delay)
	h.gap = max(h.gap, h.floor())
	if next := now.Add(h.gap); h.delay > 0 && h.next.Before(next) {
		h.next, h.granted = next, nil // a slot that is given back unused refunds none of it
	}
	f.trim(h, now)
	f.place(h, now)
}

// hush notes that no visit of a host may begin before a time of the wall's clock. Redirects may still lead to it.
func (f *frontier) hush(name string, until time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.host(name, time.Now())
	h.quiet = until
	f.learnt(h)
}

// learnt notes that the state of a host is to be saved.
func (f *frontier) learnt(h *host) {
	h.dirty = true
	f.dirty[h] = struct{}{}
}

func (f *frontier) tick() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pump(time.Now())
}

// pump grants every slot that can be granted now, and sets the timer for the next one.
func (f *frontier) pump(now time.Time) {
	for f.free > 0 {
		h := f.pick(now)
		if h == nil {
			break
		}
		f.grant(h, now)
	}
	f.arm(now)
}

// pick returns a host whose time has come. Visits under way go first: they hold memory, and they began earlier. Then
// come those that people ask for, for which there is some room when all else is taken.
func (f *frontier) pick(now time.Time) *host {
	if h := f.urgent.top(); h != nil && !h.at.After(now) {
		return h
	}
	if h := f.wished.top(); h != nil && !h.at.After(now) && f.visits < f.maxVisits+f.spare {
		return h
	}
	for h := f.fresh.top(); h != nil && !h.at.After(now); h = f.fresh.top() {
		f.place(h, now)
	}
	if f.visits < f.maxVisits {
		return f.ready.top()
	}
	return nil
}

func (f *frontier) grant(h *host, now time.Time) {
	s := &slot{frontier: f, host: h, began: now, earlier: h.next, delay: h.delay, company: h.busy > 0}
	h.granted = s
	h.next = now.Add(h.gap - h.late(now))
	h.busy++
	f.free--
	if len(h.waiters) > 0 {
		w := h.waiters[0]
		h.waiters[0], h.waiters = nil, h.waiters[1:]
		f.place(h, now)
		w.ready <- grant{slot: s}
		return
	}
	e := h.queue.pop()
	h.visits++
	f.visits++
	f.place(h, now)
	e.run.begin(e.claim(), s)
}

// arm sets the timer for the host that comes next.
func (f *frontier) arm(now time.Time) {
	if f.free == 0 {
		return // a request that ends will pump again
	}
	var next time.Time
	sooner := func(heap *hostHeap, room bool) {
		if h := heap.top(); h != nil && room && (next.IsZero() || h.at.Before(next)) {
			next = h.at
		}
	}
	sooner(&f.urgent, true)
	sooner(&f.wished, f.visits < f.maxVisits+f.spare)
	sooner(&f.fresh, f.visits < f.maxVisits)
	if !next.IsZero() {
		f.timer.Reset(next.Sub(now))
	}
}

// place puts a host into the heap that it belongs to by now.
func (f *frontier) place(h *host, now time.Time) {
	want, at := f.spot(h, now)
	if h.heap == want && (want == nil || h.at.Equal(at)) {
		return
	}
	if h.heap != nil {
		h.heap.take(h)
	}
	if want != nil {
		want.put(h, at)
	}
}

// spot returns the heap for a host and its key there; no heap for a host that has nothing to do or no room. Of
// the hosts whose time has come, the service takes the one that has waited longest. A single run takes the one
// with the longest queue: the run lasts as long as that queue, and must not begin with it at the end.
func (f *frontier) spot(h *host, now time.Time) (*hostHeap, time.Time) {
	start := h.start()
	switch {
	case h.busy >= h.concurrency:
	case len(h.waiters) > 0:
		return &f.urgent, start
	case h.queue.len() == 0 || h.visits >= f.maxOwn:
	case h.queue.first().asked:
		return &f.wished, start
	case start.After(now):
		return &f.fresh, start
	case f.limits.longestFirst:
		return &f.ready, time.Time{}.Add(-h.backlog())
	default:
		return &f.ready, start
	}
	return nil, start
}

// host returns what is known of a host, and begins to know it.
func (f *frontier) host(name string, now time.Time) *host {
	h := f.hosts[name]
	if h == nil {
		if len(f.hosts) >= f.sweep {
			f.forget(now)
		}
		h = &host{name: name, next: now}
		h.concurrency, h.base = f.shape(name)
		h.gap = h.base
		f.hosts[name] = h
	}
	return h
}

// forget drops the hosts that nothing has to be remembered of, so that the memory of a service that goes on for
// months is bounded by its slow hosts and not by all that it ever met.
func (f *frontier) forget(now time.Time) {
	for name, h := range f.hosts {
		if h.idle(now) {
			delete(f.hosts, name)
		}
	}
	f.sweep = max(4096, 2*len(f.hosts))
}
