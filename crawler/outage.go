package crawler

import (
	"time"

	"waymark/catalog"
)

// outageTimes are the waits of the offline guard.
type outageTimes struct {
	window time.Duration // how long a contact counts
	settle time.Duration // how long a failed visit waits for others to tell whose fault it is
	canary time.Duration // between two tries to get back online
	again  time.Duration // until a visit that fell into an outage is due again
}

func defaultOutageTimes() outageTimes {
	return outageTimes{window: 2 * time.Minute, settle: 15 * time.Second, canary: 20 * time.Second, again: time.Minute}
}

// outage tells a fault of the web from a fault of our own connection. A visit that did not reach its host is held
// until others have shown which of the two it is. It belongs to one goroutine.
type outage struct {
	times    outageTimes
	total    int // sites of a single run; 0 in the service
	contacts map[string]contact
	reached  int         // contacts that did not fail
	pending  []heldVisit // the oldest first
	offline  string      // why we believe to be offline; empty when we do not
	back     time.Time   // when we last ceased to be
	lost     []sighting  // what fell into the last outage, until settle tells of it
}

// contact is the last that was heard of a registrable domain.
type contact struct {
	at     time.Time
	failed bool
}

type heldVisit struct {
	sighting
	since time.Time // when the visit began
	held  time.Time // when it ended
}

func newOutage(times outageTimes, total int) *outage {
	return &outage{times: times, total: total, contacts: map[string]contact{}}
}

// take notes a sighting and returns those that can be judged by now: this one, and the held ones if it cleared
// them. What did not reach its host stays with the guard: as lost, if it tried to while we were offline. now is of the
// monotonic clock.
func (o *outage) take(s sighting, now time.Time) (clear []sighting) {
	if s.skip != "" || neverAsked(s.observation) {
		return []sighting{s}
	}
	unreached := s.observation.Unreached()
	o.note(catalog.Site(s.claim.URL), contact{at: now, failed: unreached})
	since := now.Add(-s.observation.Duration)
	switch {
	case !unreached:
		o.online(now)
		clear = append(clear, s)
	case since.Before(o.back):
		o.lost = append(o.lost, s)
	default:
		o.pending = append(o.pending, heldVisit{sighting: s, since: since, held: now})
	}
	if len(o.pending) > 0 && o.trusted(o.pending[0].since) {
		clear = append(clear, sightings(o.pending)...)
		o.pending = nil
	}
	return clear
}

// online notes that a host was reached.
func (o *outage) online(now time.Time) {
	if o.offline == "" {
		return
	}
	o.offline, o.back = "", now
	o.lost = append(o.lost, sightings(o.pending)...)
	o.pending = nil
}

func sightings(held []heldVisit) (list []sighting) {
	for _, h := range held {
		list = append(list, h.sighting)
	}
	return list
}

func (o *outage) note(site string, c contact) {
	before, known := o.contacts[site]
	if !c.failed && (!known || before.failed) {
		o.reached++
	}
	if c.failed && known && !before.failed {
		o.reached--
	}
	o.contacts[site] = c
}

// neverAsked reports whether a visit ended without any contact, so that it says nothing of the connection.
func neverAsked(seen catalog.Observation) bool {
	if seen.Failure == nil || len(seen.Hops) > 1 {
		return false
	}
	switch seen.Failure.Reason {
	case catalog.ReasonPrivateAddress, catalog.ReasonInvalidURL, catalog.ReasonRateLimited:
		return true
	}
	return false
}

// trusted reports whether enough sites answered since a moment for the connection to be trusted. A single run
// knows how many sites there are, and asks for the share of all of them that rules an outage out.
func (o *outage) trusted(since time.Time) bool {
	if o.total > 0 {
		return 10*o.reached > o.total
	}
	if o.reached == 0 {
		return false
	}
	failed, reached := o.since(since), false
	for _, bad := range failed {
		reached = reached || !bad
	}
	out, _ := catalog.Outage(failed)
	return reached && !out
}

// since returns the contacts from a moment on; in a single run all of them.
func (o *outage) since(moment time.Time) map[string]bool {
	failed := make(map[string]bool, len(o.contacts))
	for site, c := range o.contacts {
		if o.total > 0 || !c.at.Before(moment) {
			failed[site] = c.failed
		}
	}
	return failed
}

// settle decides on the held visits that have waited long enough, or on all of them: those to be judged like any
// other, and those that fell into an outage. While offline nothing is waited for.
func (o *outage) settle(now time.Time, all bool) (clear, lost []sighting) {
	o.forget(now)
	lost, o.lost = o.lost, nil
	if o.offline != "" {
		all = true
	}
	n := 0
	for n < len(o.pending) && (all || now.Sub(o.pending[n].held) >= o.times.settle) {
		n++
	}
	if n == 0 {
		return nil, lost
	}
	if out, why := catalog.Outage(o.since(o.pending[0].since)); out {
		o.offline = why
	}
	decided := sightings(o.pending[:n])
	o.pending = o.pending[n:]
	if o.offline != "" {
		return nil, append(lost, decided...)
	}
	return decided, lost
}

// forget drops the contacts that no longer count.
func (o *outage) forget(now time.Time) {
	for site, c := range o.contacts {
		if o.total > 0 || now.Sub(c.at) <= o.times.window {
			continue
		}
		delete(o.contacts, site)
		if !c.failed {
			o.reached--
		}
	}
}

// hold is the result of a visit that fell into an outage: nothing is believed anew, and it is due again soon.
func (c *Crawler) hold(s sighting) catalog.Result {
	judgement := catalog.Offline(s.claim.Standing)
	c.opts.Meter.Checked(judgement.Verdict.State, catalog.ReasonOffline, s.observation.Duration)
	return catalog.Result{Claim: *s.claim, Observation: s.observation, Judgement: judgement, Held: true,
		Due: c.opts.Now().Add(c.outage.again)}
}
