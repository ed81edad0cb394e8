package crawler

import (
	"context"
	"iter"
	"time"

	"waymark/catalog"
)

// feedSize is how many claims are queued at a time, so that the first visits begin before the last are known.
const feedSize = 512

// Check visits the claims once and calls emit with each result, one at a time, as they come. It returns when all
// are done. When ctx ends first, the visits under way are broken off, what was not visited is not emitted, and
// the error is that of ctx.
//
// Three things differ from the service, because nobody comes back another day: definite causes are looked at
// twice, visits to a host that asks for a long rest are reported as rate-limited without asking, and visits that
// did not reach their host are held back until the run shows whether the fault is there or here.
func (c *Crawler) Check(ctx context.Context, claims iter.Seq[catalog.Claim], emit func(catalog.Result)) error {
	r := c.newRun(ctx, true)
	known, total, sites := r.feed(claims)
	guard := newOutage(c.outage, sites)
	weigh := func(sightings ...sighting) {
		for _, s := range sightings {
			emit(c.weigh(s))
		}
	}
	weigh(known...)
	for done := len(known); done < total && ctx.Err() == nil; {
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

// feed queues the claims. It returns those that are known without a visit, the number of all claims, and the
// number of registrable domains that will be visited.
func (r *run) feed(claims iter.Seq[catalog.Claim]) (known []sighting, total, sites int) {
	domains := map[string]struct{}{}
	batch := make([]entry, 0, feedSize)
	queue := func() {
		for _, e := range r.crawler.frontier.add(batch...) {
			known = append(known, r.turnedAway(e))
		}
		batch = batch[:0]
	}
	for claim := range claims {
		total++
		if s, ok := r.crawler.unvisited(&claim); ok {
			known = append(known, s)
			continue
		}
		domains[catalog.Site(claim.URL)] = struct{}{}
		if batch = append(batch, entry{claim: &claim, run: r}); len(batch) == feedSize {
			queue()
		}
	}
	queue()
	return known, total, len(domains)
}
