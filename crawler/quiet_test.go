package crawler

import (
	"fmt"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// quietNow are hours that began an hour ago and end in two.
func quietNow() catalog.Quiet {
	clock := func(t time.Time) time.Duration {
		return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	}
	now := time.Now().UTC()
	return catalog.Quiet{From: clock(now.Add(-time.Hour)), To: clock(now.Add(2 * time.Hour)), Zone: time.UTC}
}

func TestInQuietHoursTheServiceLeavesAHostAlone(t *testing.T) {
	web := startWeb(t)
	web.Handle("quiet.test", "/*", fakeweb.Page{Title: "Asleep"})
	web.Handle("from.test", "/", fakeweb.Redirect(302, web.URL("quiet.test", "/target")))
	addresses := []string{web.URL("from.test", "/")}
	for i := range 10 {
		addresses = append(addresses, web.URL("quiet.test", fmt.Sprint("/", i)))
	}
	store := openStore(t, append(addresses, addressesOf(manySites(web, 3))...)...)
	o := serviceOptions(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "quiet.test", Quiet: quietNow()}}
	stop := serve(t, newCrawler(t, o), store)
	eventually(t, "the others visited and the quiet host saved", func() bool {
		hosts, err := store.Hosts(t.Context())
		return states(t, store)[catalog.OK] == 4 && err == nil && len(hosts) == 1
	})
	stop()
	for _, r := range web.Requests("quiet.test") {
		if r.Path != "/target" {
			t.Errorf("%s was asked for", r.Path)
		}
	}
	hosts, err := store.Hosts(t.Context())
	if err != nil || len(hosts) != 1 || time.Until(hosts[0].NotBefore) < 110*time.Minute {
		t.Errorf("saved hosts %+v, %v; want quiet.test for two hours", hosts, err)
	}
	next, err := store.NextDue(t.Context(), time.Now())
	if err != nil || time.Until(next) < 110*time.Minute {
		t.Errorf("the next visit is due %s, %v; want it after the quiet hours", next, err)
	}
}

func TestASingleRunKnowsNoQuietHours(t *testing.T) {
	web := startWeb(t)
	web.Handle("quiet.test", "/", fakeweb.Page{Title: "Awake"})
	o := options(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "quiet.test", Quiet: quietNow()}}
	if got := visitOne(t, newCrawler(t, o), web.URL("quiet.test", "/")).Judgement.Verdict; got.State != catalog.OK {
		t.Errorf("%s: %s", got.State, got.Message)
	}
}
