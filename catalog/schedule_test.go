package catalog_test

import (
	"fmt"
	"testing"
	"time"

	"waymark/catalog"
)

func TestNextVisit(t *testing.T) {
	const day = 24 * time.Hour
	asked := answered(429)
	asked.RetryAfter = 20 * day
	hurried := answered(200)
	hurried.RetryAfter = time.Hour
	tests := []struct {
		name    string
		verdict catalog.Verdict
		seen    catalog.Observation
		want    time.Duration
	}{
		{"ok for the first time", catalog.Verdict{State: catalog.OK, Steady: 1}, answered(200), 7 * day},
		{"ok for the second time", catalog.Verdict{State: catalog.OK, Steady: 2}, answered(200), 7 * day * 3 / 2},
		{"ok for the third time", catalog.Verdict{State: catalog.OK, Steady: 3}, answered(200), 7 * day * 9 / 4},
		{"ok for long", catalog.Verdict{State: catalog.OK, Steady: 50}, answered(200), 30 * day},
		{"ok for ever", catalog.Verdict{State: catalog.OK, Steady: 1 << 40}, answered(200), 30 * day},
		{"asked to wait for less", catalog.Verdict{State: catalog.OK, Steady: 1}, hurried, 7 * day},
		{"failing", catalog.Verdict{State: catalog.Failing}, answered(404), 12 * time.Hour},
		{"dead is still asked", catalog.Verdict{State: catalog.Dead}, answered(404), 7 * day},
		{"blocked", catalog.Verdict{State: catalog.Blocked}, answered(403), 7 * day},
		{"rate-limited", catalog.Verdict{State: catalog.Blocked, Reason: catalog.ReasonRateLimited}, answered(429), day},
		{"skipped", catalog.Verdict{State: catalog.Skipped}, catalog.Observation{}, 30 * day},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			due, why := catalog.NextVisit(tt.verdict, tt.seen, policy(), "https://example.org/", start)
			wait := due.Sub(start)
			if wait < tt.want*9/10-time.Second || wait > tt.want*11/10+time.Second || why == "" {
				t.Errorf("next visit in %s (%s), want %s ± 10 %%", wait, why, tt.want)
			}
		})
	}
	if due, _ := catalog.NextVisit(catalog.Verdict{State: catalog.Blocked}, asked, policy(), "x", start); !due.Equal(start.Add(20 * day)) {
		t.Errorf("Retry-After of 20 days is not obeyed: next visit %s", due)
	}
}

// TestNextVisitSpreads: resources that were added together do not stay together.
func TestNextVisitSpreads(t *testing.T) {
	times := map[time.Time]bool{}
	for i := range 200 {
		due, _ := catalog.NextVisit(catalog.Verdict{State: catalog.OK, Steady: 1}, answered(200), policy(), fmt.Sprintf("https://example.org/%d", i), start)
		times[due.Truncate(time.Hour)] = true
	}
	if len(times) < 20 {
		t.Errorf("200 resources are due in %d different hours, want them spread over a day and a half", len(times))
	}
}

func TestOutage(t *testing.T) {
	window := func(bad, good int) map[string]bool {
		m := map[string]bool{}
		for i := range bad {
			m[fmt.Sprint("bad", i)] = true
		}
		for i := range good {
			m[fmt.Sprint("good", i)] = false
		}
		return m
	}
	tests := []struct {
		bad, good int
		want      bool
	}{{0, 0, false}, {9, 0, false}, {10, 0, true}, {9, 1, true}, {9, 2, false}, {90, 10, true}, {89, 11, false}, {0, 50, false}}
	for _, tt := range tests {
		if got, why := catalog.Outage(window(tt.bad, tt.good)); got != tt.want || got != (why != "") {
			t.Errorf("%d of %d failed: outage %v (%q), want %v", tt.bad, tt.bad+tt.good, got, why, tt.want)
		}
	}
}

func TestUnreachedIsOnlyWhatFailedBeforeAnAnswer(t *testing.T) {
	late := failed(catalog.ReasonTimeout)
	early := failed(catalog.ReasonTimeout)
	early.Failure.Connecting = true
	cut, lateCut := failed(catalog.ReasonReset), failed(catalog.ReasonReset)
	cut.Failure.Connecting = true
	further := failed(catalog.ReasonDNS)
	further.Hops = []catalog.Hop{{URL: "https://example.org/a", Status: 302}, {URL: "https://other.example/"}}
	tests := []struct {
		name string
		seen catalog.Observation
		want bool
	}{
		{"dns", failed(catalog.ReasonDNS), true}, {"refused", failed(catalog.ReasonRefused), true}, {"tls", failed(catalog.ReasonTLS), true},
		{"timeout while connecting", early, true}, {"timeout after the request", late, false},
		{"reset while connecting", cut, true}, {"reset after the request", lateCut, false}, {"behind a redirect", further, false},
		{"an answer", answered(500), false}, {"robots.txt", failed(catalog.ReasonRobots), false},
	}
	for _, tt := range tests {
		if got := tt.seen.Unreached(); got != tt.want {
			t.Errorf("%s: unreached %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestOfflineHoldsWhatWasBelieved(t *testing.T) {
	was := after(unchecked(), catalog.Judge(unchecked(), answered(404), policy(), start))
	if j := catalog.Offline(was); j.Verdict != was.Verdict || len(j.Changes) != 0 {
		t.Errorf("an outage changed a verdict: %+v", j)
	}
	if j := catalog.Offline(unchecked()); j.Verdict.State != catalog.Unchecked || j.Verdict.Reason != catalog.ReasonOffline {
		t.Errorf("a resource never judged is %s/%s, want unchecked/offline", j.Verdict.State, j.Verdict.Reason)
	}
}
