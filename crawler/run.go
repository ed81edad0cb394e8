package crawler

import (
	"context"
	"sync"

	"waymark/catalog"
)

// run is one Check or one Serve: it owns the goroutines of its visits, and their sightings come out of one
// channel, to whoever weighs them.
type run struct {
	crawler *Crawler
	ctx     context.Context // ends when no more is to be learnt
	once    bool            // a single run over given claims
	seen    chan sighting
	left    func(host string) // hears that a host has nothing left to do; nil: nobody does
	wg      sync.WaitGroup
}

func (c *Crawler) newRun(ctx context.Context, once bool) *run {
	lim := serviceLimits()
	if once {
		lim = onceLimits()
	}
	c.frontier.setLimits(lim)
	return &run{crawler: c, ctx: ctx, once: once, seen: make(chan sighting, 64)}
}

// begin starts a visit on its first slot. The frontier calls it, under its lock.
func (r *run) begin(claim *catalog.Claim, s *slot) {
	r.wg.Go(func() { r.visit(claim, s) })
}

func (r *run) visit(claim *catalog.Claim, s *slot) {
	if r.hushed(claim, s) {
		r.seen <- sighting{claim: claim, aborted: true}
		r.leave(claim.Host)
		return
	}
	v := &visit{crawler: r.crawler, claim: claim, once: r.once, slot: s, began: r.crawler.opts.Now()}
	r.crawler.enter(v)
	what := v.observe(r.ctx)
	r.crawler.exit(v)
	r.seen <- what
	r.leave(claim.Host)
	v.hangUp()
}

func (r *run) leave(host string) {
	if nothing := r.crawler.frontier.leave(host); nothing && r.left != nil {
		r.left(host)
	}
}

// hushed gives the slot of a visit back if its host has quiet hours; the claim is given back too, and the queue told
// when to come again. A single run has no other time to ask, and asks; so does a visit that a person asked for.
func (r *run) hushed(claim *catalog.Claim, s *slot) bool {
	if r.once || claim.Asked {
		return false
	}
	now := r.crawler.opts.Now()
	until := catalog.QuietUntil(r.crawler.opts.Rules.Host(claim.Host), now)
	if until.IsZero() {
		return false
	}
	r.crawler.frontier.hush(claim.Host, until)
	s.cancel()
	return true
}

// turnedAway is the sighting of a visit that ended before it began, because its host is closed to it: in a single
// run that is what there is to report, the service comes back later.
func (r *run) turnedAway(e entry) sighting {
	if !r.once {
		return sighting{claim: e.claim(), aborted: true}
	}
	closed := r.crawler.frontier.whyClosed(e.host)
	seen := catalog.Observation{At: r.crawler.opts.Now(), Failure: closed.failure, RetryAfter: closed.wait}
	return sighting{claim: e.claim(), observation: seen}
}

func (r *run) turnAway(e entry) { r.seen <- r.turnedAway(e) }

// end waits for all visits and closes the channel of sightings; somebody must be reading it. What has not begun
// is dropped.
func (r *run) end() {
	r.crawler.frontier.drop(r)
	r.wg.Wait()
	close(r.seen)
}

// weigh turns a sighting into a result.
func (c *Crawler) weigh(s sighting) catalog.Result {
	now := c.opts.Now()
	policy := c.policy(s.claim)
	result := catalog.Result{Claim: *s.claim, Observation: s.observation}
	if s.skip != "" {
		result.Judgement = catalog.Skip(s.claim.Standing, s.skip, now)
	} else {
		result.Judgement = catalog.Judge(s.claim.Standing, s.observation, policy, now)
	}
	verdict := result.Judgement.Verdict
	result.Due, _ = catalog.NextVisit(verdict, s.observation, policy, s.claim.URL, now)
	c.opts.Meter.Checked(verdict.State, verdict.Reason, s.observation.Duration)
	return result
}

// postpone is the result of a visit that was led to a host that is not to be asked now: nothing is believed anew, and it
// is due again after a while.
func (c *Crawler) postpone(s sighting) catalog.Result {
	return catalog.Result{Claim: *s.claim, Observation: s.observation, Held: true,
		Judgement: catalog.Judgement{Verdict: s.claim.Standing.Verdict, Modified: s.claim.Standing.Modified, Prints: s.claim.Standing.Prints}, Due: c.opts.Now().Add(min(s.later, c.opts.Rules.Every/7))}
}

// skips reports whether a rule says that a host is never visited.
func (c *Crawler) skips(host string) bool { return c.opts.Rules.Host(host).Skip }
