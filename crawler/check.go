package crawler

import (
	"context"
	"time"

	"waymark/catalog"
)

// feedSize is how many claims are queued at a time, so that the first visits begin before the last are known.
const feedSize = 512

// Check visits n claims once and calls emit with each result, one at a time, as they come. It returns when all are
// done. When ctx ends first, the visits under way are broken off, what was not visited is not emitted, and the error is
// that of ctx.
//
// claim returns a claim by its index, from 0. It is called when the claim is queued and again when its visit begins, by
// several goroutines, and must not block: there may be very many claims, so that none is kept before its time.
//
// Three things differ from the service, because nobody comes back another day: definite causes are looked at
// twice, visits to a host that asks for a long rest are reported as rate-limited without asking, and visits that
// did not reach their host are held back until the run shows whether the fault is there or here.
func (c *Crawler) Check(ctx context.Context, n int, claim func(int) catalog.Claim, emit func(catalog.Result)) error {
	r := c.newRun(ctx, true)
	known, sites := r.feed(n, claim)
	guard := newOutage(c.outage, sites)
	weigh := func(sightings ...sighting) {
		for _, s := range sightings {
			emit(c.weigh(s))
		}
	}
	weigh(known...)
	for done := len(known); done < n && ctx.Err() == nil; {
		select {
		case s := <-r.seen:
			done++
			if !s.aborted {
				weigh(guard.take(s, time.Now())...)
			}
		case <-ctx.Done():
		}
	}
	go r.end()
	for s := range r.seen {
		if !s.aborted {
			weigh(guard.take(s, time.Now())...)
		}
	}
	clear, lost := guard.settle(time.Now(), true)
	weigh(clear...)
	for _, s := range lost {
		emit(c.hold(s))
	}
	return context.Cause(ctx)
}

// feed queues the claims. It returns those that are known without a visit, and the number of registrable domains that
// will be visited.
func (r *run) feed(n int, claim func(int) catalog.Claim) (known []sighting, sites int) {
	domains := map[string]struct{}{}
	batch := make([]entry, 0, min(n, feedSize))
	for i := range n {
		made := func() *catalog.Claim {
			c := claim(i)
			return &c
		}
		c := claim(i)
		if r.crawler.skips(c.Host) {
			known = append(known, sighting{claim: made(), skip: catalog.ReasonRule})
			continue
		}
		domains[catalog.Site(c.URL)] = struct{}{}
		batch = append(batch, entry{host: c.Host, claim: made, run: r})
		if len(batch) == cap(batch) {
			known = append(known, r.queue(batch)...)
			batch = batch[:0]
		}
	}
	return append(known, r.queue(batch)...), len(domains)
}

// queue queues visits at their hosts, and returns what is known of those that are turned away.
func (r *run) queue(batch []entry) (known []sighting) {
	for _, e := range r.crawler.frontier.add(batch...) {
		known = append(known, r.turnedAway(e))
	}
	return known
}
