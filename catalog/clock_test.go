package catalog

import (
	"testing"
	"time"
)

// TestStrikesOfAClockAheadAreConfirmedInTime: the first 404 was seen by a clock a year ahead, which is then put right.
func TestStrikesOfAClockAheadAreConfirmedInTime(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ahead := now.Add(365 * day)
	policy := DefaultRules().For("a.example", nil)
	standing := Standing{Verdict: Fresh(ahead)}
	look := func(at time.Time) State {
		seen := Observation{At: at, Attempts: 1, Hops: []Hop{{URL: "https://a.example/", Status: 404}}}
		j := Judge(standing, seen, policy, at)
		standing = Standing{Verdict: j.Verdict, Findings: append(standing.Findings, j.Opened...)}
		return j.Verdict.State
	}
	for i, test := range []struct {
		at   time.Time
		want State
	}{{ahead, Failing}, {now, Failing}, {now.Add(12 * time.Hour), Failing}, {now.Add(24 * time.Hour), Dead}} {
		if got := look(test.at); got != test.want {
			t.Errorf("look %d: %s, want %s", i, got, test.want)
		}
		if standing.Verdict.Since.After(test.at) {
			t.Errorf("look %d: since %s, which lies ahead", i, standing.Verdict.Since)
		}
	}
}
