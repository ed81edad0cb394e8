package crawler

import (
	"context"
	"net/http"
	"time"

	"waymark/catalog"
)

// visitPatience bounds the time that a visit spends waiting between its attempts.
const visitPatience = time.Minute

// again says how long to wait before the visit is repeated, and why it is; 0 when it is not. waited is what the
// visit has spent on waits so far.
func (v *visit) again(attempts int, waited time.Duration) (time.Duration, catalog.Reason) {
	o := v.crawler.opts
	reason, worth := v.worth(attempts)
	if !worth || attempts > o.Retries {
		return 0, ""
	}
	wait := o.RetryWait << min(attempts-1, 16)
	if v.attempt.header != nil {
		wait = max(wait, askedRest(v.attempt.status, v.attempt.header, o.Now()))
	}
	if waited+wait > visitPatience || wait > patience {
		return 0, ""
	}
	return wait, reason
}

// worth reports whether another attempt may bring something else. Doubtful causes are repeated as often as the
// options say; definite ones once, and only in a single run, where nobody will come back another day.
func (v *visit) worth(attempts int) (catalog.Reason, bool) {
	a := &v.attempt
	second := v.once && v.asking == nil && attempts == 1
	if f := a.failure; f != nil {
		switch f.Reason {
		case catalog.ReasonTimeout, catalog.ReasonReset, catalog.ReasonRefused, catalog.ReasonUnreachable:
			return f.Reason, true
		case catalog.ReasonDNS:
			return f.Reason, !f.NoSuchHost || second
		}
		return f.Reason, false
	}
	switch {
	case a.status == http.StatusTooManyRequests:
		return catalog.ReasonRateLimited, true
	case a.status == http.StatusForbidden:
		return catalog.ReasonForbidden, a.crowded
	case a.status == http.StatusRequestTimeout:
		return catalog.ReasonTimeout, true
	case a.status/100 == 5:
		return catalog.ReasonServerError, true
	case a.status == http.StatusNotFound:
		return catalog.ReasonNotFound, second
	case a.status == http.StatusGone:
		return catalog.ReasonGone, second
	}
	return "", false
}

// lookTwice makes the visit once more where one look came to a definite cause that no status tells: a page for what is
// missing, a parked domain, redirects that lead nowhere. As with a plain 404, once, and only in a single run.
func (v *visit) lookTwice(ctx context.Context, s *sighting) {
	before, o := s.observation, v.crawler.opts
	if !v.once || o.Retries == 0 || before.Attempts > 1 || before.Failure == nil && len(before.Signals) == 0 && len(before.Answers) == 0 {
		return
	}
	reason, definite := catalog.Definite(before, v.crawler.policy(v.claim))
	if !definite || reason == catalog.ReasonInvalidURL {
		return
	}
	v.yield()
	o.Meter.Retried(reason)
	if !v.rest(ctx, o.RetryWait) {
		return
	}
	again := v.look(ctx)
	if !again.isNews() {
		return // it was broken off, or put off: what was seen before stands
	}
	v.inquire(ctx, &again)
	*s = again
	s.observation.At = before.At
	s.observation.Attempts += before.Attempts
}
