package crawler

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"waymark/catalog"
)

// pauses are those in force, as far as the service knows.
type pauses struct {
	mu     sync.Mutex
	list   []catalog.Pause
	turned chan struct{} // closed when the list becomes another
}

func newPauses() *pauses { return &pauses{turned: make(chan struct{})} }

// set sets the pauses in force, and reports whether they are others than before. If so, all visits that wait hear of it.
func (p *pauses) set(list []catalog.Pause) (changed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	changed = !slices.EqualFunc(p.list, list, func(a, b catalog.Pause) bool { return a.Source == b.Source && a.Host == b.Host })
	p.list = list
	if changed {
		close(p.turned)
		p.turned = make(chan struct{})
	}
	return changed
}

// inForce returns the pauses, and what closes when they become others.
func (p *pauses) inForce() ([]catalog.Pause, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.list, p.turned
}

// pausedError ends a visit before a request that a person's pause forbids.
type pausedError struct {
	pause catalog.Pause
	claim bool // the claim itself is paused; otherwise only the host that it was led to
}

func (e *pausedError) Error() string { return fmt.Sprintf("%s is paused", e.pause.What()) }

// may says whether the visit may ask a host. A single run knows no pauses.
func (v *visit) may(host string) (turned <-chan struct{}, err error) {
	if v.once {
		return nil, nil
	}
	return v.crawler.pauses.may(v.claim.Host, v.claim.Sources, host)
}

// may says whether a visit that began at a host, for some sources, may ask a host: nil, or a pausedError. The answer holds
// until turned is closed.
func (p *pauses) may(from string, sources []string, host string) (turned <-chan struct{}, err error) {
	list, turned := p.inForce()
	if p, paused := catalog.PauseOf(list, from, sources); paused {
		return turned, &pausedError{p, true}
	}
	if p, paused := catalog.PauseOf(list, host, nil); paused {
		return turned, &pausedError{p, false}
	}
	return turned, nil
}

// untilResumed is how long a visit that was led to a paused host is put off: until the pause ends, and no longer than
// an hour of the usual week, as a person may end it sooner.
func (c *Crawler) untilResumed(p catalog.Pause) time.Duration {
	wait := c.opts.Rules.Every / 168
	if !p.Until.IsZero() {
		wait = min(wait, p.Until.Sub(c.opts.Now()))
	}
	return max(wait, time.Second)
}
