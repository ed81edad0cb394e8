package crawler

import (
	"time"

	"waymark/catalog"
)

// restore sets hosts to what was saved of them.
func (f *frontier) restore(states []catalog.HostState, wall time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	for _, s := range states {
		h := f.host(s.Host, now)
		h.failures = s.Failures
		h.gap = max(h.floor(), min(s.Gap, f.limits.gap))
		if wait := s.NotBefore.Sub(wall); wait > 0 {
			h.notBefore = now.Add(min(wait, f.limits.wait))
		}
		f.place(h, now)
	}
}

// changed returns the states of the hosts that learnt something since the last call.
func (f *frontier) changed(wall time.Time) []catalog.HostState {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	states := make([]catalog.HostState, 0, len(f.dirty))
	for h := range f.dirty {
		states = append(states, h.state(now, wall))
		h.dirty, h.robots, h.fault = false, catalog.Robots{}, fault{}
	}
	clear(f.dirty)
	return states
}

// unsaved takes states back that could not be saved.
func (f *frontier) unsaved(states []catalog.HostState) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	for _, s := range states {
		h := f.host(s.Host, now)
		if h.robots.Read.IsZero() {
			h.robots = s.Robots
		}
		if h.fault.text == "" {
			h.fault = fault{s.Error, s.ErrorAt}
		}
		f.learnt(h)
	}
}

// noteRobots keeps what came of asking for a robots.txt until it is saved. A single run shows it to nobody, and would hold
// on to every host for it.
func (f *frontier) noteRobots(name string, status int, rules robotsAnswer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.limits.horizon == 0 {
		return
	}
	now := time.Now()
	h := f.host(name, now)
	h.robots = catalog.Robots{Read: now, Status: status, Access: rules.access()}
	if rules.robotsRules != nil {
		h.robots.Delay = rules.delay
	}
	f.learnt(h)
}

// phases counts hosts by what they are doing.
func (f *frontier) phases() map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	counts := map[string]int{"ready": 0, "waiting": 0, "busy": 0}
	for _, h := range f.hosts {
		switch {
		case h.busy > 0:
			counts["busy"]++
		case len(h.waiters) == 0 && h.queue.len() == 0:
		case h.start().After(now):
			counts["waiting"]++
		default:
			counts["ready"]++
		}
	}
	return counts
}

// setLimits says how far hosts may slow the crawler down.
func (f *frontier) setLimits(l limits) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.limits = l
}
