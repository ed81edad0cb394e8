package crawler

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/crawler/fakeweb"
)

// pagesOf are n addresses of a host, each a page of its own.
func pagesOf(web *fakeweb.Web, host string, n int) []string {
	var addresses []string
	for i := range n {
		web.Handle(host, fmt.Sprint("/", i), fakeweb.Page{Title: fmt.Sprintf("Page %d of %s", i, host)})
		addresses = append(addresses, web.URL(host, fmt.Sprint("/", i)))
	}
	return addresses
}

func pause(t *testing.T, s *sqlite.Store, p catalog.Pause) {
	t.Helper()
	p.Since = time.Now()
	if err := s.Pause(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

func resume(t *testing.T, s *sqlite.Store, p catalog.Pause) {
	t.Helper()
	if err := s.Resume(t.Context(), p, time.Now()); err != nil {
		t.Fatal(err)
	}
}

// queued is how many visits of a host have not begun.
func queued(c *Crawler, address string) int {
	c.frontier.mu.Lock()
	defer c.frontier.mu.Unlock()
	if h := c.frontier.hosts[catalog.Host(address)]; h != nil {
		return h.queue.len()
	}
	return 0
}

// TestAPauseStopsWhatHasNotBegun: the pause is begun behind the service's back, as the command line does it.
func TestAPauseStopsWhatHasNotBegun(t *testing.T) {
	for _, of := range []string{"host", "source", "everything"} {
		t.Run(of, func(t *testing.T) {
			web := startWeb(t)
			addresses := pagesOf(web, "slow.test", 30)
			store := openStore(t, addresses...)
			o := serviceOptions(web)
			o.HostInterval = 100 * time.Millisecond
			c := newCrawler(t, o)
			serve(t, c, store)
			eventually(t, "begun", func() bool { return len(web.Requests("slow.test")) >= 2 })
			p := map[string]catalog.Pause{"host": {Host: catalog.Host(addresses[0])}, "source": {Source: "list"}, "everything": {}}[of]
			pause(t, store, p)
			eventually(t, "given back", func() bool {
				held, err := store.Claim(t.Context(), catalog.ClaimRequest{Now: time.Now(), Lease: time.Minute, Limit: 1})
				return queued(c, addresses[0]) == 0 && len(c.Activity().Visiting) == 0 && err == nil && len(held) == 0
			})
			before := len(web.Requests("slow.test"))
			if before == 30 {
				t.Fatal("all was visited before the pause")
			}
			time.Sleep(5 * recordTick)
			if after := len(web.Requests("slow.test")); after != before {
				t.Errorf("%d visits began in the pause", after-before)
			}
			resume(t, store, p)
			c.Wake()
			eventually(t, "all visited", func() bool { return states(t, store)[catalog.OK] == 30 })
			times := map[string]int{}
			for _, r := range web.Requests("slow.test") {
				if times[r.Path]++; times[r.Path] > 1 {
					t.Errorf("%s was asked for %d times", r.Path, times[r.Path])
				}
			}
		})
	}
}

func TestARedirectIsNotFollowedToAPausedHost(t *testing.T) {
	web := startWeb(t)
	web.Handle("away.test", "/", fakeweb.Page{Title: "Away"})
	web.Handle("from.test", "/", fakeweb.Redirect(302, web.URL("away.test", "/")))
	store := openStore(t, append(addressesOf(manySites(web, 1)), web.URL("from.test", "/"))...)
	pause(t, store, catalog.Pause{Host: catalog.Host(web.URL("away.test", "/"))})
	stop := serve(t, newCrawler(t, serviceOptions(web)), store)
	eventually(t, "put off", func() bool {
		row := detailOf(t, store, "from.test", 0)
		return len(web.Requests("from.test")) == 1 && row.Due.After(time.Now().Add(50*time.Minute)) && states(t, store)[catalog.OK] == 1
	})
	stop()
	if n := len(web.Requests("away.test")); n != 0 {
		t.Errorf("the paused host was asked %d times", n)
	}
	if v := detailOf(t, store, "from.test", 0).Verdict; v.State != catalog.Unchecked || v.Reason != catalog.ReasonUnchecked {
		t.Errorf("the verdict turned to %s, %s", v.State, v.Reason)
	}
}

// TestCheckNowOvertakesTheQueueOfItsHost: one link waits in the frontier, another is not claimed yet.
func TestCheckNowOvertakesTheQueueOfItsHost(t *testing.T) {
	web := startWeb(t)
	addresses := pagesOf(web, "slow.test", 40)
	store := openStore(t, addresses...)
	o := serviceOptions(web)
	o.HostInterval = 400 * time.Millisecond
	c := newCrawler(t, o)
	stop := serve(t, c, store)
	eventually(t, "begun", func() bool { return len(web.Requests("slow.test")) == 1 })
	rows, err := store.Resources(t.Context(), catalog.Query{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int64{}
	for _, row := range rows.Rows {
		ids[row.URL] = row.ID
	}
	if err := store.CheckNow(t.Context(), []int64{ids[addresses[14]], ids[addresses[39]]}, time.Now()); err != nil {
		t.Fatal(err)
	}
	c.Wake()
	eventually(t, "some visited", func() bool { return len(web.Requests("slow.test")) == 6 })
	stop()
	var paths []string
	for _, r := range web.Requests("slow.test") {
		paths = append(paths, r.Path)
	}
	for _, path := range []string{"/14", "/39"} {
		if i := slices.Index(paths, path); i < 0 || i > 4 {
			t.Errorf("%s was not visited among the first: %v", path, paths)
		}
	}
	slices.Sort(paths)
	if len(slices.Compact(paths)) != 6 {
		t.Errorf("a page was visited twice: %v", paths)
	}
}

// TestTheServiceLivesWithAClockThatLeaps: forward by two years, which ends every lease, and back to the start.
func TestTheServiceLivesWithAClockThatLeaps(t *testing.T) {
	web := startWeb(t)
	web.Handle("stall.test", "/", fakeweb.Stall())
	stalled := web.URL("stall.test", "/")
	store := openStore(t, append(addressesOf(manySites(web, 5)), stalled)...)
	var leap atomic.Int64
	o := serviceOptions(web)
	o.Now = func() time.Time { return time.Now().Add(time.Duration(leap.Load())) }
	o.Timeout = time.Hour
	c := newCrawler(t, o)
	stop := serve(t, c, store)
	asked := func() int { return web.Totals().Requests }
	eventually(t, "all asked once", func() bool { return asked() == 6 && states(t, store)[catalog.OK] == 5 })
	leap.Store(int64(2 * 365 * 24 * time.Hour))
	c.Wake()
	eventually(t, "all but what is under way asked again", func() bool { return asked() == 11 })
	eventually(t, "recorded", func() bool {
		return detailOf(t, store, "site0.test", 0).Checked.After(time.Now().Add(365 * 24 * time.Hour))
	})
	leap.Store(0)
	c.Wake()
	eventually(t, "nothing put off for years", func() bool {
		rows, err := store.Resources(t.Context(), catalog.Query{})
		return err == nil && !slices.ContainsFunc(rows.Rows, func(r catalog.Row) bool { return r.Due.After(time.Now().Add(40 * 24 * time.Hour)) })
	})
	stop()
	if n := len(web.Requests("stall.test")); n != 1 {
		t.Errorf("a visit under way was begun %d times", n)
	}
}
