package crawler

import (
	"fmt"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
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
	c := newCrawler(t, o)
	stop := serve(t, c, store)
	soon := func() bool {
		next, err := store.NextDue(t.Context(), time.Now())
		return err != nil || time.Until(next) < 110*time.Minute
	}
	eventually(t, "the others visited and the quiet host left alone", func() bool { return states(t, store)[catalog.OK] == 4 && !soon() })
	id := detailOf(t, store, "quiet.test", 3).ID
	for _, r := range web.Requests("quiet.test") {
		if r.Path != "/target" {
			t.Errorf("%s was asked for", r.Path)
		}
	}
	if hosts, err := store.Hosts(t.Context()); err != nil || len(hosts) != 0 {
		t.Errorf("saved hosts %+v, %v; quiet hours are no wish of a host", hosts, err)
	}
	if err := store.CheckNow(t.Context(), []int64{id}, time.Now()); err != nil {
		t.Fatal(err)
	}
	c.Wake()
	eventually(t, "what a person asked for is visited", func() bool { return states(t, store)[catalog.OK] == 5 })
	eventually(t, "the host left alone again", func() bool { return !soon() })
	stop()
	if n := len(web.Requests("quiet.test")); n != 2 {
		t.Errorf("the quiet host was asked %d times, want once after a redirect and once for a person", n)
	}
}

// detailOf returns a resource of a host.
func detailOf(t *testing.T, s *sqlite.Store, host string, i int) catalog.Row {
	t.Helper()
	rows, err := s.Resources(t.Context(), catalog.Query{Text: "://" + host})
	if err != nil || len(rows.Rows) <= i {
		t.Fatalf("resources of %s: %+v, %v", host, rows, err)
	}
	return rows.Rows[i]
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

// TestQuietHoursEndByTheClockOnTheWall: also when the machine slept, which by the monotonic clock took no time.
func TestQuietHoursEndByTheClockOnTheWall(t *testing.T) {
	f := newFrontier(1, fixed(1, 0))
	defer f.timer.Stop()
	evening := time.Date(2026, 1, 1, 23, 0, 0, 0, time.UTC)
	morning := evening.Add(8 * time.Hour)
	f.hush("a", morning)
	for at, want := range map[time.Time]time.Time{evening: morning, morning.Add(-time.Minute): morning, morning: {}} {
		f.learnt(f.hosts["a"])
		if states := f.changed(at); len(states) != 1 || !states[0].Quiet.Equal(want) {
			t.Errorf("at %s: %+v, want quiet until %s", at, states, want)
		}
	}
}
