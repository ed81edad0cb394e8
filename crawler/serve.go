package crawler

import (
	"context"
	"sync"
	"time"

	"waymark/catalog"
)

const (
	lease       = 20 * time.Minute // of a claim; longer than the slowest host needs for all that it is given
	perHost     = 16               // claims held at once per host
	claimPause  = 200 * time.Millisecond
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
}

// service is one Serve.
type service struct {
	crawler  *Crawler
	queue    Queue
	run      *run
	capacity int           // claims held at once: queued, under way, or not recorded yet
	freed    chan struct{} // buffered: claims were recorded or given back

	mu   sync.Mutex
	held map[int64]*catalog.Claim
}

// Serve visits what is due, for as long as ctx lasts: it claims what hosts can begin within the lease, visits,
// judges, and records in batches. When ctx ends, visits under way are broken off and given back unjudged, what is
// finished is recorded, and Serve returns nil within ten seconds. Trouble with the queue is logged and waited
// out: finished results are kept, and nothing new is claimed beyond a bound.
func (c *Crawler) Serve(ctx context.Context, q Queue) error {
	s := &service{
		crawler: c, queue: q, run: c.newRun(ctx, false), capacity: c.frontier.maxVisits,
		freed: make(chan struct{}, 1), held: map[int64]*catalog.Claim{},
	}
	w := newRecorder(s)
	recorded := make(chan struct{})
	go func() {
		defer close(recorded)
		w.work(ctx)
	}()
	s.claim(ctx)
	s.run.end()
	<-recorded
	return w.finish(ctx)
}

// claim takes what is due, again and again.
func (s *service) claim(ctx context.Context) {
	backoff := claimPause
	for ctx.Err() == nil {
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

// rest waits until it is worth looking for due visits again: the time has come, somebody asks, or, unless we are
// offline, there is room. Two looks are never closer than a short pause.
func (s *service) rest(ctx context.Context, wait time.Duration) {
	freed := s.freed
	if s.crawler.isOffline() {
		freed = nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
		return
	case <-s.crawler.wake:
	case <-freed:
	}
	sleep(ctx, claimPause/4)
}

// claimOnce claims what there is room for, and says how long to wait before the next look.
func (s *service) claimOnce(ctx context.Context) (time.Duration, error) {
	now := s.crawler.opts.Now()
	req := catalog.ClaimRequest{Now: now, Lease: lease, Limit: s.room(), PerHost: perHost}
	offline := s.crawler.isOffline()
	if offline {
		req.Limit, req.PerHost = min(req.Limit, canaries), 1
	}
	if req.Limit <= 0 {
		return claimAtMost, nil
	}
	claims, err := s.queue.Claim(ctx, req)
	if err != nil {
		return 0, err
	}
	s.take(claims)
	switch {
	case offline:
		return s.crawler.outage.canary, nil
	case len(claims) == req.Limit:
		return claimPause, nil
	}
	next, err := s.queue.NextDue(ctx, now)
	if err != nil || next.IsZero() {
		return claimAtMost, err
	}
	return min(max(next.Sub(now), 5*claimPause), claimAtMost), nil
}

// take queues claims at their hosts.
func (s *service) take(claims []catalog.Claim) {
	entries := make([]entry, 0, len(claims))
	var known []sighting
	s.mu.Lock()
	for i := range claims {
		s.held[claims[i].Resource] = &claims[i]
		if k, ok := s.crawler.unvisited(&claims[i]); ok {
			known = append(known, k)
		} else {
			entries = append(entries, entry{claim: &claims[i], run: s.run})
		}
	}
	s.mu.Unlock()
	for _, e := range s.crawler.frontier.add(entries...) {
		known = append(known, s.run.turnedAway(e))
	}
	for _, k := range known {
		s.run.seen <- k
	}
}

// room returns how many more claims can be held.
func (s *service) room() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.capacity - len(s.held)
}

// letGo forgets claims that are recorded or given back.
func (s *service) letGo(resources ...int64) {
	s.mu.Lock()
	for _, id := range resources {
		delete(s.held, id)
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
	for _, claim := range s.held {
		claims = append(claims, *claim)
	}
	return claims
}
