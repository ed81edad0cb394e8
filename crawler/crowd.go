package crawler

import "time"

// crowdRest is how long a host is left alone that may have refused us for asking too much at once. Bans of firewalls
// last from a second to minutes; one that lasts longer is not waited for.
const crowdRest = 3 * time.Second

// crowd is what is known of a host that may answer 403 to whoever asks too much at once, where 429 would be the word
// (RFC 6585, section 4). Whether it does is found out once, by asking it again alone.
type crowd struct {
	suspected time.Time // when it last refused a request that was not alone; from then on it is asked one at a time
	cleared   bool      // it refuses also who comes alone: its 403 means what it says
	usual     int       // requests at once before
}

// refuse notes a 403, and reports whether it may be for the company that the request, which is over, had at its host. If so, the host
// is left alone for a while and asked one at a time from then on. A refusal of a request that was alone clears it.
func (h *host) refuse(s *slot, now time.Time) (crowded bool) {
	c := &h.crowd
	suspect := !c.suspected.IsZero()
	company := s.company || h.busy > 0 || h.granted != s // before it, beside it, after it
	switch {
	case c.cleared:
		return false
	case company || suspect && !s.began.After(c.suspected):
		if !suspect {
			c.usual, h.concurrency = h.concurrency, 1
		}
		c.suspected = now
		if rest := now.Add(crowdRest); rest.After(h.notBefore) {
			h.notBefore, h.dirty = rest, true
		}
		return true
	case suspect:
		c.cleared, h.concurrency = true, c.usual
	}
	return false
}
