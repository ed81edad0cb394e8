package crawler

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// sight is what a visit to a numbered site showed: nothing at all where the number is negative.
func sight(site int) sighting {
	s := sighting{claim: &catalog.Claim{Resource: int64(site), URL: fmt.Sprintf("http://s%d.test/", max(site, -site))}}
	s.observation = catalog.Observation{Attempts: 1, Duration: 10 * ms, Hops: []catalog.Hop{{Status: 200}}}
	if site < 0 {
		s.observation.Hops[0].Status = 0
		s.observation.Failure = &catalog.Failure{Reason: catalog.ReasonRefused, Connecting: true}
	}
	return s
}

func sitesOf(list []sighting) (sites []int) {
	for _, s := range list {
		sites = append(sites, int(s.claim.Resource))
	}
	return sites
}

// down returns n sites that cannot be reached.
func down(n int) (sites []int) {
	for i := range n {
		sites = append(sites, -1-i)
	}
	return sites
}

func TestTheGuardHoldsWhatDidNotReachItsHost(t *testing.T) {
	type told struct {
		Judged, Clear, Lost []int // at once; by settling; as an outage
		Offline             bool
	}
	tests := map[string]struct {
		total int   // sites of a single run; 0: the service
		sites []int // one a second
		at    int   // second of the settling
		want  told
	}{
		"all is well":                    {0, []int{1, 2}, 60, told{Judged: []int{1, 2}}},
		"the next one clears it":         {0, []int{-1, 2}, 60, told{Judged: []int{2, -1}}},
		"an earlier one does not":        {0, []int{1, -2}, 5, told{Judged: []int{1}}},
		"alone, it is judged in the end": {0, []int{1, -2}, 60, told{Judged: []int{1}, Clear: []int{-2}}},
		"nine are too few":               {0, down(9), 60, told{Clear: down(9)}},
		"ten are an outage":              {0, down(10), 60, told{Lost: down(10), Offline: true}},
		"ten, but not yet":               {0, down(10), 14, told{}},
		"one in twenty is no sign":       {0, append(down(19), 20), 60, told{Judged: []int{20}, Lost: down(19), Offline: true}},
		"two in twelve are one":          {0, append(down(10), 20, 21), 60, told{Judged: append([]int{20, 21}, down(10)...)}},
		"what went before is past":       {0, append([]int{31, 32, 33, 34, 35}, down(12)...), 60, told{Judged: []int{31, 32, 33, 34, 35}, Lost: down(12), Offline: true}},
		"a run waits for a tenth":        {30, append(down(10), 20, 21, 22), 12, told{Judged: []int{20, 21, 22}}},
		"and then knows":                 {30, append(down(3), 20, 21, 22, 23), 12, told{Judged: append([]int{20, 21, 22, 23}, down(3)...)}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := newOutage(defaultOutageTimes(), test.total)
			start := time.Unix(1_000_000, 0)
			var got told
			for i, site := range test.sites {
				got.Judged = append(got.Judged, sitesOf(o.take(sight(site), start.Add(time.Duration(i)*time.Second)))...)
			}
			clear, lost := o.settle(start.Add(time.Duration(test.at)*time.Second), false)
			got.Clear, got.Lost, got.Offline = sitesOf(clear), sitesOf(lost), o.offline != ""
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestWhatFellIntoAnOutageIsNotJudgedByItsEnd: of the few visits that are made meanwhile one may fail just before another
// shows that the connection is back, or have begun before it was.
func TestWhatFellIntoAnOutageIsNotJudgedByItsEnd(t *testing.T) {
	o := newOutage(defaultOutageTimes(), 0)
	now := time.Unix(1_000_000, 0)
	for _, site := range down(10) {
		o.take(sight(site), now)
	}
	if o.settle(now.Add(time.Minute), false); o.offline == "" {
		t.Fatal("no outage was noticed")
	}
	now = now.Add(2 * time.Minute)
	early, late, after := sight(-11), sight(-12), sight(-13)
	late.observation.Duration = 10 * time.Second
	judged := o.take(early, now)
	judged = append(judged, o.take(sight(20), now.Add(time.Second))...)
	judged = append(judged, o.take(late, now.Add(3*time.Second))...)
	_, lost := o.settle(now.Add(4*time.Second), false)
	judged = append(judged, o.take(after, now.Add(5*time.Second))...)
	clear, none := o.settle(now.Add(time.Minute), false)
	got := [][]int{sitesOf(judged), sitesOf(lost), sitesOf(clear), sitesOf(none)}
	if diff := cmp.Diff([][]int{{20}, {-11, -12}, {-13}, nil}, got); diff != "" {
		t.Errorf("judged at once, lost, judged in time, lost then (-want +got):\n%s", diff)
	}
}

// TestOfflineNobodyRestsLong: that we are offline may turn out after a look for due visits found that none is due for long.
func TestOfflineNobodyRestsLong(t *testing.T) {
	c := newCrawler(t, options(startWeb(t)))
	c.outage.canary = 10 * ms
	c.setOffline("nobody can be reached")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if (&service{crawler: c, queue: openStore(t)}).rest(ctx, time.Hour); ctx.Err() != nil {
		t.Error("no further visit was tried for an hour")
	}
}

func TestWhatWasNeverAskedSaysNothing(t *testing.T) {
	o := newOutage(defaultOutageTimes(), 0)
	for i, reason := range []catalog.Reason{catalog.ReasonPrivateAddress, catalog.ReasonInvalidURL, catalog.ReasonRateLimited} {
		s := sight(-1 - i)
		s.observation.Failure.Reason = reason
		if got := o.take(s, time.Unix(1, 0)); len(got) != 1 || len(o.contacts) != 0 {
			t.Errorf("%s: %d judged, %d contacts", reason, len(got), len(o.contacts))
		}
	}
}

func TestContactsArePassingThings(t *testing.T) {
	o := newOutage(defaultOutageTimes(), 0)
	now := time.Unix(1_000_000, 0)
	for i := range 1000 {
		o.take(sight(i+1), now.Add(time.Duration(i)*time.Second))
	}
	o.settle(now.Add(1000*time.Second), false)
	if len(o.contacts) > 121 || o.reached != len(o.contacts) {
		t.Errorf("%d contacts and %d reached are remembered of the last two minutes", len(o.contacts), o.reached)
	}
}

// manySites returns claims on as many sites, with a page on each.
func manySites(web *fakeweb.Web, n int) []catalog.Claim {
	var addresses []string
	for i := range n {
		host := fmt.Sprintf("site%d.test", i)
		web.Handle(host, "/", fakeweb.Page{Title: host})
		addresses = append(addresses, web.URL(host, "/"))
	}
	return claimsOf(addresses...)
}

func TestARunWithoutNetworkJudgesNothing(t *testing.T) {
	web := startWeb(t)
	claims := manySites(web, 12)
	for i := range claims {
		claims[i].Standing.Verdict = catalog.Verdict{State: catalog.OK, Reason: catalog.ReasonOK, Message: "Answered 200 OK."}
	}
	web.CutResolver(fakeweb.NXDomain()) // even so: a captive portal says that nothing exists
	c := newCrawler(t, options(web))
	for _, r := range check(t, c, claims...) {
		if !r.Held || r.Judgement.Verdict.State != catalog.OK || r.Due.IsZero() {
			t.Errorf("%s: held %v, %+v", r.Claim.URL, r.Held, r.Judgement.Verdict)
		}
	}
	web.MendResolver()
	for _, r := range check(t, c, claims...) {
		if r.Held || r.Judgement.Verdict.State != catalog.OK {
			t.Errorf("%s: held %v, %+v", r.Claim.URL, r.Held, r.Judgement.Verdict)
		}
	}
}

func TestARunWithFewSitesIsJudgedAsItIs(t *testing.T) {
	web := startWeb(t)
	claims := manySites(web, 9)
	web.CutResolver(fakeweb.ServFail())
	results := check(t, newCrawler(t, options(web)), claims...)
	if i := slices.IndexFunc(results, func(r catalog.Result) bool { return r.Held || r.Judgement.Verdict.State != catalog.Failing }); i >= 0 {
		t.Errorf("%s: %+v", results[i].Claim.URL, results[i].Judgement.Verdict)
	}
}
