package crawler

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// checkCrowd checks twelve links to one host that four requests ask at a time.
func checkCrowd(t *testing.T, web *fakeweb.Web, change func(*Options)) []catalog.Result {
	t.Helper()
	var addresses []string
	for i := range 12 {
		addresses = append(addresses, web.URL("crowd.test", "/"+strconv.Itoa(i)))
	}
	o := options(web)
	o.HostConcurrency, o.Retries = 4, 2
	if change != nil {
		change(&o)
	}
	return check(t, newCrawler(t, o), claimsOf(addresses...)...)
}

func TestAHostThatBansCrowdsIsAskedOneAtATime(t *testing.T) {
	t.Parallel()
	web := startWeb(t)
	web.Handle("crowd.test", "*", fakeweb.Delay(100*time.Millisecond, fakeweb.Page{Title: "There"}))
	web.Guard("crowd.test", fakeweb.BanAbove(2, time.Second))
	for _, r := range checkCrowd(t, web, nil) {
		if v := r.Judgement.Verdict; v.State != catalog.OK {
			t.Errorf("%s: %s, %s", r.Claim.URL, v.State, v.Message)
		}
	}
}

func TestAHostThatRefusesEverybodyIsBelievedSoon(t *testing.T) {
	t.Parallel()
	web := startWeb(t)
	web.Handle("crowd.test", "*", fakeweb.Delay(20*time.Millisecond, fakeweb.Status(403)))
	for _, r := range checkCrowd(t, web, nil) {
		if v := r.Judgement.Verdict; v.Reason != catalog.ReasonForbidden {
			t.Errorf("%s: %s, %s", r.Claim.URL, v.State, v.Message)
		}
	}
	if n := len(web.Requests("crowd.test")); n > 12+4 { // each once, and those that were not alone once more
		t.Errorf("%d requests for 12 links", n)
	}
}

func TestARefusalThatIsAcceptedIsNoBan(t *testing.T) {
	t.Parallel()
	web := startWeb(t)
	web.Handle("crowd.test", "*", fakeweb.Delay(20*time.Millisecond, fakeweb.Status(403)))
	checkCrowd(t, web, func(o *Options) { o.Rules.Hosts = []catalog.HostRule{{Match: "crowd.test", Accept: []int{403}}} })
	if n := len(web.Requests("crowd.test")); n != 12 {
		t.Errorf("%d requests for 12 links", n)
	}
}

// TestAHostThatBansCrowdsIsNotForgotten: it would be asked by a crowd again.
func TestAHostThatBansCrowdsIsNotForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrontier(8, fixed(2, 0))
		defer f.timer.Stop()
		slot := func() *slot {
			s, err := f.acquire(t.Context(), ask{host: "a"})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		refused, other := slot(), slot()
		refused.done(outcome{refused: true})
		other.done(outcome{mood: content})
		for range 100 { // until it is as fast as ever
			slot().done(outcome{mood: content})
		}
		f.changed(time.Now())
		time.Sleep(time.Hour)
		f.forget(time.Now())
		if n := f.hosts["a"]; n == nil || n.gap != n.base || n.concurrency != 1 {
			t.Errorf("what is known of the host: %+v", n)
		}
	})
}
