package crawler

import (
	"fmt"
	"time"

	"waymark/catalog"
)

// limits say how far a host may slow the crawler down. A single run has people waiting for it; the service has
// time.
type limits struct {
	gap      time.Duration // between two starts, at most
	patience time.Duration // to a host's Retry-After while visits wait for it; beyond, they are turned away
	wait     time.Duration // of a host's Retry-After at most
	delay    time.Duration // of a Crawl-delay at most
	giveUp   int           // cost of requests in vain, in a row, until a host is given up for a while; 0: never
	horizon  time.Duration // within which a visit has to begin, or it is turned away; 0: none

	longestFirst bool // of hosts whose time has come, the one with the longest queue goes first
}

// patience is how long a visit waits for a host that asks for it.
const patience = 30 * time.Second

func onceLimits() limits {
	return limits{gap: 5 * time.Second, patience: patience, wait: catalog.LongestWait, delay: 30 * time.Second, giveUp: 4 * costUnreached, longestFirst: true}
}

func serviceLimits() limits {
	return limits{gap: time.Minute, patience: patience, wait: catalog.LongestWait, delay: time.Minute, horizon: lease / 2}
}

// What a request in vain costs its host. One that got no connection is likely to be like the next; that a page does
// not come, or does not end, within its time may be the fault of that page.
const (
	costUnreached = 4
	costSlow      = 1
)

// firstGap is the gap that a host without an interval of its own gets when it first complains.
const firstGap = 500 * time.Millisecond

// lostLife is how long a host stays given up.
const lostLife = 5 * time.Minute

// recovery is the share of its slowness that a host keeps with each good answer.
const recovery = 0.9

// host is what the frontier knows of one host. It is guarded by the frontier's mutex.
type host struct {
	name        string
	concurrency int           // requests at once
	base        time.Duration // start to start when all is well
	delay       time.Duration // of its robots.txt
	gap         time.Duration // start to start now, at least base

	next      time.Time // the earliest start that the gap allows
	notBefore time.Time // the earliest start that the host allows
	quiet     time.Time // the end of the host's quiet hours, in which no visit begins, by the clock on the wall
	slowed    time.Time // when the gap last grew
	failures  int       // in a row

	booked time.Time // until when all that it can take is promised to visits that come again

	lost   int              // requests in a row that waited until their time was over
	cost   int              // of them
	lostAt time.Time        // the last of them
	lostBy *catalog.Failure // what it saw

	crowd crowd

	busy    int       // slots granted
	visits  int       // of this host's queue, under way
	waiters []*waiter // of visits under way
	queue   fifo      // visits to begin
	granted *slot     // the last one

	robots catalog.Robots // to be saved; zero when nothing is
	fault  fault          // likewise

	heap  *hostHeap // that holds it, or nil
	index int       // in the heap
	at    time.Time // key in the heap
	seq   uint64    // second key
	dirty bool      // its state is to be saved
}

// fault is how a request failed that its host is to blame for.
type fault struct {
	text string
	at   time.Time
}

// outcome is what a request taught about its host.
type outcome struct {
	mood mood
	rest time.Duration    // what the host asked for; 0 when it did not
	lost *catalog.Failure // the request waited until its time was over; nil when it did not
	cost int              // of that

	refused bool   // 403
	why     string // of strained and silent, for people
}

type mood int

const (
	neutral  mood = iota // says nothing about the host's load
	content              // the host answered
	strained             // 429, 503, a reset or a timeout: ask less
	silent               // no connection: nothing to slow down
)

// learn adapts the host to an outcome of a request that began at a given time. Only requests that began after
// the last slowing count, so that four answers to four parallel requests slow a host once, and an answer that
// was already on its way does not speed it up again. A wait that the host asked for is never cleared.
func (h *host) learn(o outcome, began, now time.Time, lim limits) {
	if wait := min(o.rest, lim.wait); wait > 0 && now.Add(wait).After(h.notBefore) {
		h.notBefore = now.Add(wait)
		h.dirty = true
	}
	if o.lost != nil {
		h.lost, h.cost, h.lostAt, h.lostBy = h.lost+1, h.cost+o.cost, now, o.lost
	} else if o.mood != neutral {
		h.lost, h.cost = 0, 0
	}
	if !began.After(h.slowed) {
		return
	}
	switch o.mood {
	case content:
		h.recover()
	case strained:
		h.failures++
		h.slowed, h.dirty, h.fault = now, true, fault{o.why, now}
		h.gap = max(h.floor(), min(2*max(h.gap, firstGap/2), lim.gap))
	case silent:
		h.failures++
		h.dirty, h.fault = true, fault{o.why, now}
	}
}

func (h *host) recover() {
	if h.failures > 0 || h.gap > h.floor() {
		h.dirty = true
	}
	h.failures = 0
	floor := h.floor()
	h.gap = floor + time.Duration(float64(h.gap-floor)*recovery)
	if h.gap-floor < 10*time.Millisecond {
		h.gap = floor
	}
}

// floor is the gap of a host that does not complain.
func (h *host) floor() time.Duration { return max(h.base, h.delay) }

// start returns the earliest time of the next request.
func (h *host) start() time.Time {
	if h.notBefore.After(h.next) {
		return h.notBefore
	}
	return h.next
}

// late returns what the next start may make up for of the time by which this one missed its own: on a busy machine a
// few milliseconds each would add up over a long queue. It is at most a tenth of the gap, and no two starts come closer
// than by that, however late the one was.
func (h *host) late(now time.Time) time.Duration {
	return min(max(now.Sub(h.start()), 0), h.gap/10)
}

// closed says why visits to the host are turned away: it wants to be left alone for longer than anybody should
// wait, or it let so many requests in a row wait in vain that the next would only wait too.
func (h *host) closed(now time.Time, lim limits) *closedError {
	switch {
	case h.notBefore.Sub(now) > lim.patience:
		return h.resting(now)
	case lim.giveUp > 0 && h.cost >= lim.giveUp && now.Sub(h.lostAt) < lostLife:
		failure := *h.lostBy
		failure.Detail += fmt.Sprintf(" (on %d requests to this host in a row, so this page was not asked for)", h.lost)
		return &closedError{host: h.name, failure: &failure}
	}
	return nil
}

func (h *host) resting(now time.Time) *closedError {
	wait := max(h.notBefore.Sub(now), time.Second)
	return &closedError{host: h.name, wait: wait, failure: &catalog.Failure{Reason: catalog.ReasonRateLimited, Connecting: true,
		Detail: "it asks to be left alone for another " + wait.Round(time.Second).String()}}
}

// longestBooking bounds how long a visit is put off because its host has no time.
const longestBooking = 24 * time.Hour

// later sends a visit away, to come again when the host has time for it: after those that wait now, and after those that
// were sent away before, one gap after the other. So each comes once, and not all of them each time that one can be taken.
func (h *host) later(now time.Time, lim limits) *fullError {
	if earliest := now.Add(lim.horizon); h.booked.Before(earliest) {
		h.booked = earliest
	}
	if latest := now.Add(longestBooking); h.booked.Before(latest) {
		h.booked = h.booked.Add(h.gap)
	}
	return &fullError{host: h.name, wait: h.booked.Sub(now)}
}

// backlog estimates how long the host's queue will take.
func (h *host) backlog() time.Duration {
	return time.Duration(h.queue.len()) * max(h.gap, 10*time.Millisecond)
}

// laden reports whether the host has so much to do that another visit would not begin in time.
func (h *host) laden(lim limits) bool {
	return lim.horizon > 0 && h.queue.len() > 0 && h.backlog() > lim.horizon
}

// idle reports whether forgetting the host would change nothing.
func (h *host) idle(now time.Time) bool {
	return h.busy == 0 && h.visits == 0 && len(h.waiters) == 0 && h.queue.len() == 0 && !h.dirty &&
		h.gap == h.base && h.failures == 0 && h.lost == 0 && h.delay == 0 && h.crowd == crowd{} && h.start().Before(now) && h.booked.Before(now)
}

// state returns what has to be remembered over a restart. Times move from the monotonic clock to the recorded one.
func (h *host) state(mono, wall time.Time) catalog.HostState {
	s := catalog.HostState{Host: h.name, Failures: h.failures}
	if h.gap != h.base {
		s.Gap = h.gap
	}
	if h.notBefore.After(mono) {
		s.NotBefore = wall.Add(h.notBefore.Sub(mono))
	}
	if h.quiet.After(wall) {
		s.Quiet = h.quiet
	}
	if s.Robots = h.robots; !s.Robots.Read.IsZero() {
		s.Robots.Read = wall.Add(s.Robots.Read.Sub(mono))
	}
	if h.fault.text != "" {
		s.Error, s.ErrorAt = h.fault.text, wall.Add(h.fault.at.Sub(mono))
	}
	return s
}

// fifo is a queue that gives its memory back as it empties.
type fifo struct {
	items []entry
	head  int
}

func (q *fifo) len() int { return len(q.items) - q.head }

// first returns the visit that is to begin next; the queue must not be empty.
func (q *fifo) first() entry { return q.items[q.head] }

// push adds a visit at the end, or, when a person asked for it, behind the others that were asked for.
func (q *fifo) push(e entry) {
	if q.head > len(q.items)/2 { // a queue that is never empty would grow with all that ever went through it
		n := copy(q.items, q.items[q.head:])
		clear(q.items[n:])
		q.items, q.head = q.items[:n], 0
	}
	q.items = append(q.items, e)
	if !e.asked {
		return
	}
	at := q.head
	for at < len(q.items)-1 && q.items[at].asked {
		at++
	}
	copy(q.items[at+1:], q.items[at:])
	q.items[at] = e
}

func (q *fifo) pop() entry {
	e := q.items[q.head]
	q.items[q.head] = entry{}
	q.head++
	if q.head == len(q.items) {
		*q = fifo{}
	}
	return e
}

// remove takes out what matches.
func (q *fifo) remove(match func(entry) bool) []entry {
	var out, kept []entry
	for _, e := range q.items[q.head:] {
		if match(e) {
			out = append(out, e)
		} else {
			kept = append(kept, e)
		}
	}
	*q = fifo{items: kept}
	return out
}
