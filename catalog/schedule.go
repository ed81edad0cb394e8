package catalog

import (
	"hash/fnv"
	"math"
	"strconv"
	"time"
)

// The intervals between visits, as multiples of the base interval, so that a base of 7 days gives 30 days for
// the steady and 12 hours for what fails and waits to be confirmed.
const (
	stretchStep  = 1.5        // per good visit in a row
	stretchLimit = 30.0 / 7.0 // of the steady
	failingShare = 1.0 / 14.0 // of what fails
	limitedShare = 1.0 / 7.0  // of what was refused for asking too often
	jitterShare  = 0.1        // each way, so that resources added together drift apart
)

// NextVisit says when a resource is to be visited again, and why then. The key, such as its URL, fixes the jitter:
// the same arguments give the same time. A host's wish to be left alone (Retry-After) is obeyed beyond that.
func NextVisit(v Verdict, seen Observation, policy Policy, key string, now time.Time) (due time.Time, why string) {
	base, why := interval(v, policy.Every)
	wait := time.Duration(float64(base) * (1 + jitterShare*jitter(key, v)))
	if seen.RetryAfter > wait {
		wait, why = seen.RetryAfter, "the host asked for it"
	}
	return now.Add(wait), why
}

// LongestInterval is how far ahead a visit can be scheduled at most, a host's own wish aside, which is for a day at most.
func (r Rules) LongestInterval() time.Duration {
	return max(scale(r.Every, stretchLimit*(1+jitterShare)), day)
}

func interval(v Verdict, every time.Duration) (time.Duration, string) {
	switch v.State {
	case Failing:
		return scale(every, failingShare), "failing, soon again to confirm it"
	case Blocked:
		if v.Reason == ReasonRateLimited {
			return scale(every, limitedShare), "rate-limited, asked again after a pause"
		}
	case Skipped:
		return scale(every, stretchLimit), "skipped, in case the rule is lifted"
	case OK:
		if v.Steady > 1 && v.Rate.Known() {
			return v.Rate.between(every, scale(every, stretchLimit)), "steady, visited as often as it changes"
		}
		if v.Steady > 1 {
			factor := math.Pow(stretchStep, float64(v.Steady-1))
			return scale(every, min(factor, stretchLimit)), "steady, visited less often"
		}
	}
	return every, "the base interval"
}

func scale(d time.Duration, by float64) time.Duration { return time.Duration(float64(d) * by) }

// jitter returns a number in [-1, 1) that is fixed by the key and the visits so far.
func jitter(key string, v Verdict) float64 {
	h := fnv.New64a()
	h.Write([]byte(key))
	h.Write(strconv.AppendInt(nil, int64(v.Steady)<<32|int64(v.Strikes.Bad), 10))
	return float64(h.Sum64()>>11)/(1<<52) - 1
}
