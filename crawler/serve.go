package crawler

import (
	"context"
	"sync"
	"time"

	"waymark/catalog"
)

const (
	lease       = 20 * time.Minute // of a claim; longer than the slowest host needs for all that it is given
	perHost     = 16               // claims held at once per host, at most
	claimPause  = 200 * time.Millisecond
	pauseLook   = time.Second // between two looks for pauses that somebody began or ended
	claimAtMost = time.Minute // between two looks for due visits, in case nobody wakes us
	canaries    = 3           // visits at a time while offline
)

// Queue is where the service finds what is due and leaves what it saw.
type Queue interface {
	// Claim takes due resources, to be visited within the lease.
	Claim(context.Context, catalog.ClaimRequest) ([]catalog.Claim, error)
	// Record stores results, all or none.
	Record(context.Context, []catalog.Result) error
	// Release gives claims back unvisited.
	Release(context.Context, []catalog.Claim) error
	// NextDue returns when a claim can next give something; the zero time when nothing is scheduled.
	NextDue(context.Context, time.Time) (time.Time, error)
	// SaveHosts stores what must be remembered of hosts.
	SaveHosts(context.Context, []catalog.HostState) error
	// Pauses returns the pauses in force; Claim gives nothing of what is paused.
	Pauses(context.Context, time.Time) ([]catalog.Pause, error)
}

// service is one Serve.
type service struct {
	crawler  *Crawler
	queue    Queue
	run      *run
	capacity int           // claims held at once: queued, under way, or not recorded yet
	freed    chan struct{} // buffered: claims were recorded or given back
	dry      chan struct{} // buffered: a host that may have more has nothing left to do

	// tokens is held while tokens change in the queue, until the holds below say the same: a result between the two would
	// count by a token that is no longer valid.
	tokens sync.Mutex

	mu    sync.Mutex
	held  map[int64]hold // by resource
	hosts map[string]int // how many of them are of a host
}

// hold is a claim that is neither recorded nor given back. It may be given anew, with another token, while it is: when
// a person asks for the visit, or when the clock leaps over its lease. The visit goes on, and counts by the last token.
type hold struct {
	token int64
	host  string
}

// Serve visits what is due, for as long as ctx lasts: it claims what hosts can begin within the lease, visits,
// judges, and records in batches. When ctx ends, visits under way are broken off and given back unjudged, what is
// finished is recorded, and Serve returns nil within ten seconds, or an error that tells how much could not be recorded in
// that time. Trouble with the queue is logged and waited out: finished results are kept, and nothing new is claimed
// beyond a bound.
func (c *Crawler) Serve(ctx context.Context, q Queue) error {
	s := &service{
		crawler: c, queue: q, run: c.newRun(ctx, false), capacity: c.frontier.maxVisits,
		freed: make(chan struct{}, 1), dry: make(chan struct{}, 1), held: map[int64]hold{}, hosts: map[string]int{},
	}
	s.run.left = s.left
	w := newRecorder(s)
	longer, cancel := outlast(ctx, finishTimeout)
	defer cancel()
	recorded := make(chan struct{})
	go func() {
		defer close(recorded)
		w.work(longer)
	}()
	s.claim(ctx)
	s.run.end()
	<-recorded
	return w.finish(longer)
}

// claim takes what is due, again and again.
func (s *service) claim(ctx context.Context) {
	backoff := claimPause
	for ctx.Err() == nil {
		s.heed(ctx)
		wait, err := s.claimOnce(ctx)
		if err != nil && ctx.Err() == nil {
			s.crawler.opts.Logger.Error("due visits cannot be claimed; trying again", "error", err, "wait", backoff)
			wait = backoff
			backoff = min(2*backoff, 30*time.Second)
		} else {
			backoff = claimPause
		}
		s.rest(ctx, wait)
	}
}

// rest waits until it is worth looking for due visits again: the time has come, somebody asks, a pause began or ended,
// or, unless we are offline, there is room. Two looks are never closer than a short pause.
func (s *service) rest(ctx context.Context, wait time.Duration) {
	freed := s.freed
	if s.crawler.isOffline() { // maybe only since the last look
		freed, wait = nil, min(wait, s.crawler.outage.canary)
	}
	timer, look := time.NewTimer(wait), time.NewTicker(pauseLook)
	defer timer.Stop()
	defer look.Stop()
	for resting := true; resting; {
		select {
		case <-ctx.Done():
			resting = false
		case <-timer.C:
			return
		case <-look.C:
			resting = !s.heed(ctx)
		case <-s.crawler.wake:
			resting = false
		case <-freed:
			resting = false
		}
	}
	sleep(ctx, claimPause/4)
}

// heed looks for pauses, and reports whether they changed. When they did, visits under way that wait hear of it, and what
// has not begun is given back: what is not paused can be claimed again at once.
func (s *service) heed(ctx context.Context) bool {
	pauses, err := s.queue.Pauses(ctx, s.crawler.opts.Now())
	if err != nil {
		return false // those known so far hold; a claim has the same trouble, and says so
	}
	if !s.crawler.pauses.set(pauses) {
		return false
	}
	for _, e := range s.crawler.frontier.drop(s.run) {
		s.run.seen <- sighting{claim: e.claim(), aborted: true}
	}
	return true
}

// claimOnce claims what there is room for, and says how long to wait before the next look.
func (s *service) claimOnce(ctx context.Context) (time.Duration, error) {
	now := s.crawler.opts.Now()
	req := catalog.ClaimRequest{Now: now, Lease: lease, Limit: s.room(), PerHost: perHost, Share: s.share,
		Longest: s.crawler.opts.Rules.LongestInterval()}
	offline := s.crawler.isOffline()
	if offline {
		req.Limit, req.PerHost = min(req.Limit, canaries), 1
	}
	if req.Limit <= 0 && !offline {
		req.Asked, req.Limit = true, req.Limit+s.crawler.frontier.spare
	}
	if req.Limit <= 0 {
		return claimAtMost, nil
	}
	fresh, n, err := s.claimAnew(ctx, req)
	if err != nil {
		return 0, err
	}
	s.take(fresh)
	switch {
	case offline:
		return s.crawler.outage.canary, nil
	case req.Asked:
		return claimAtMost, nil
	case n == req.Limit:
		return claimPause, nil
	}
	next, err := s.queue.NextDue(ctx, now)
	if err != nil || next.IsZero() {
		return claimAtMost, err
	}
	return min(max(next.Sub(now), 5*claimPause), claimAtMost), nil
}

// share is how many claims a host can hold: as many as can begin well within the lease.
func (s *service) share(host string) int {
	gap := s.crawler.frontier.gapOf(host)
	if gap <= 0 {
		return perHost
	}
	return int(min(max(serviceLimits().horizon/gap, 1), perHost))
}

// claimAnew claims, and returns the claims that were not held before, and how many there were in all. What is held
// already stays where it is, or overtakes what nobody asked for.
func (s *service) claimAnew(ctx context.Context, req catalog.ClaimRequest) (fresh []*catalog.Claim, n int, err error) {
	s.tokens.Lock()
	defer s.tokens.Unlock()
	claims, err := s.queue.Claim(ctx, req)
	for i := range claims {
		if claim := &claims[i]; s.hold(claim) {
			s.crawler.frontier.promote(claim)
		} else {
			fresh = append(fresh, claim)
		}
	}
	return fresh, len(claims), err
}

// take queues claims at their hosts.
func (s *service) take(claims []*catalog.Claim) {
	entries := make([]entry, 0, len(claims))
	var known []sighting
	for _, claim := range claims {
		if s.crawler.skips(claim.Host) {
			known = append(known, sighting{claim: claim, skip: catalog.ReasonRule})
		} else {
			entries = append(entries, entry{host: claim.Host, asked: claim.Asked, claim: func() *catalog.Claim { return claim }, run: s.run})
		}
	}
	for _, e := range s.crawler.frontier.add(entries...) {
		known = append(known, s.run.turnedAway(e))
	}
	for _, k := range known {
		s.run.seen <- k
	}
}

// hold notes a claim, and reports whether it was held before.
func (s *service) hold(claim *catalog.Claim) (again bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, again = s.held[claim.Resource]; !again {
		s.hosts[claim.Host]++
	}
	s.held[claim.Resource] = hold{token: claim.Token, host: claim.Host}
	return again
}

// token returns the token by which a claim counts now.
func (s *service) token(claim catalog.Claim) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h, ok := s.held[claim.Resource]; ok {
		return h.token
	}
	return claim.Token
}

// left hears that a host has nothing left to do. If it holds all it may, more may be due, and what it did is recorded
// at once to make room for that.
func (s *service) left(host string) {
	s.mu.Lock()
	held := s.hosts[host]
	s.mu.Unlock()
	if held < s.share(host) {
		return
	}
	select {
	case s.dry <- struct{}{}:
	default:
	}
}

// room returns how many more claims can be held; less than none when people asked for more.
func (s *service) room() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.capacity - len(s.held)
}

// letGo forgets claims that were recorded or given back.
func (s *service) letGo(claims ...catalog.Claim) {
	s.mu.Lock()
	for _, claim := range claims {
		h, ok := s.held[claim.Resource]
		if !ok {
			continue
		}
		delete(s.held, claim.Resource)
		if s.hosts[h.host]--; s.hosts[h.host] == 0 {
			delete(s.hosts, h.host)
		}
	}
	s.mu.Unlock()
	select {
	case s.freed <- struct{}{}:
	default:
	}
}

// stillHeld returns all claims that were neither recorded nor given back.
func (s *service) stillHeld() []catalog.Claim {
	s.mu.Lock()
	defer s.mu.Unlock()
	claims := make([]catalog.Claim, 0, len(s.held))
	for id, h := range s.held {
		claims = append(claims, catalog.Claim{Resource: id, Token: h.token})
	}
	return claims
}
