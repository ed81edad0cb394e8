package crawler

import (
	"strconv"
	"testing"
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
