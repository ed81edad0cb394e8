package crawler

import (
	"cmp"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gocolly/colly/v2"

	"waymark/catalog"
)

// Crawler visits resources. It keeps what it learns of hosts between runs; Close it when done. Either Check or
// Serve may be running at a time.
type Crawler struct {
	opts      Options
	frontier  *frontier
	base      *connections
	collector *colly.Collector
	guard     *guard
	bodies    *bodies
	answers   *answers
	forge     *forge
	lookups   chan struct{} // holds an element for each question to the resolver that is under way
	lists     *http.Client  // for Fetch
	outage    outageTimes
	pauses    *pauses
	wake      chan struct{}

	mu      sync.Mutex
	visits  map[*visit]struct{}
	offline string
	stuck   bool // results cannot be recorded
}

// New returns a crawler, or an error that says which option cannot be used.
func New(o Options) (*Crawler, error) {
	o, err := o.filled()
	if err != nil {
		return nil, err
	}
	c := &Crawler{opts: o, outage: defaultOutageTimes(), pauses: newPauses(), wake: make(chan struct{}, 1), visits: map[*visit]struct{}{}}
	guard := newGuard(o)
	if c.base, err = newConnections(o, guard); err != nil {
		return nil, err
	}
	c.guard = guard
	c.frontier = newFrontier(o.Concurrency, c.shape)
	c.answers, c.lookups = newAnswers(), make(chan struct{}, maxLookups)
	c.bodies = newBodies(o.Concurrency, max(o.MaxBody, maxRobots))
	t := &transport{
		base: c.base, frontier: c.frontier, pauses: c.pauses, guard: guard, rules: o.Rules, meter: o.Meter, now: o.Now,
		timeout: o.Timeout, agent: o.UserAgent, maxBody: o.MaxBody, bodies: c.bodies,
	}
	if o.Robots {
		t.robots = newRobotsCache(o.UserAgent)
	}
	if c.forge, err = newForge(o.Forge, t); err != nil {
		return nil, err
	}
	c.collector, c.lists = newCollector(t), newListClient(t, o)
	return c, nil
}

// shape returns how a host may be asked, by the rules.
func (c *Crawler) shape(name string) (concurrency int, interval time.Duration) {
	rule := c.opts.Rules.Host(name)
	return orDefault(rule.Concurrency, c.opts.HostConcurrency), orDefault(rule.Interval, c.opts.HostInterval)
}

// Interval returns the time between the starts of two requests to a host, as far as the rules say it.
func (c *Crawler) Interval(host string) time.Duration {
	_, interval := c.shape(host)
	return interval
}

// Close gives back the connections that are kept for later. No run may be under way.
func (c *Crawler) Close() {
	c.frontier.timer.Stop()
	c.base.CloseIdleConnections()
}

// Wake makes Serve look for due visits and for pauses now, such as after a "check now".
func (c *Crawler) Wake() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// RestoreHosts makes the crawler as patient with hosts as it was when their states were saved.
func (c *Crawler) RestoreHosts(states []catalog.HostState) { c.frontier.restore(states, c.opts.Now()) }

// HostStates returns what was learnt of hosts since the last call, to be saved for the next crawler.
func (c *Crawler) HostStates() []catalog.HostState { return c.frontier.changed(c.opts.Now()) }

// mostVisiting bounds the visits that Activity lists.
const mostVisiting = 200

// Activity says what the crawler is doing right now.
func (c *Crawler) Activity() catalog.Activity {
	c.mu.Lock()
	a := catalog.Activity{Offline: c.offline, Stuck: c.stuck}
	for v := range c.visits {
		phase := "fetching"
		if v.waiting.Load() {
			phase = "waiting"
		}
		a.Visiting = append(a.Visiting, catalog.Visiting{Resource: v.claim.Resource, URL: v.claim.URL, Since: v.began, Phase: phase})
	}
	c.mu.Unlock()
	slices.SortFunc(a.Visiting, func(x, y catalog.Visiting) int {
		return cmp.Or(x.Since.Compare(y.Since), cmp.Compare(x.URL, y.URL))
	})
	a.Visiting = a.Visiting[:min(len(a.Visiting), mostVisiting)]
	a.Hosts = c.frontier.phases()
	return a
}

func (c *Crawler) enter(v *visit) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.visits[v] = struct{}{}
}

func (c *Crawler) exit(v *visit) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.visits, v)
}

// setOffline sets why we believe to be offline, and returns what was believed before.
func (c *Crawler) setOffline(why string) (before string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before, c.offline = c.offline, why
	return before
}

func (c *Crawler) setStuck(stuck bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stuck = stuck
}

func (c *Crawler) isOffline() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.offline != ""
}
