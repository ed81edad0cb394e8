package crawler

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/crawler/fakeweb"
)

// parked are n sites that all lead to one slow host, as sites for sale do.
func parked(web *fakeweb.Web, n int) (addresses []string) {
	web.Handle("lander.test", "/robots.txt", fakeweb.CrawlDelay("60"))
	web.Handle("lander.test", "/*", fakeweb.Page{Title: "For sale"})
	for i := range n {
		host := fmt.Sprintf("parked%d.test", i)
		web.Handle(host, "/", fakeweb.Redirect(302, web.URL("lander.test", fmt.Sprint("/", i))))
		addresses = append(addresses, web.URL(host, "/"))
	}
	return addresses
}

// putOff counts the resources that were never judged and are due much later.
func putOff(t *testing.T, s *sqlite.Store) (n int) {
	t.Helper()
	q := catalog.Query{State: catalog.Unchecked, Limit: 500}
	for first := true; first || q.Cursor != ""; first = false {
		rows, err := s.Resources(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows.Rows {
			if time.Until(row.Due) > 5*time.Minute {
				n++
			}
		}
		q.Cursor = rows.Next
	}
	return n
}

// TestSitesThatLeadToOneSlowHostHoldNobodyUp: there are more of them than visits can be under way, and they come first.
func TestSitesThatLeadToOneSlowHostHoldNobodyUp(t *testing.T) {
	web := startWeb(t)
	addresses := append(parked(web, 560), addressesOf(manySites(web, 20))...)
	store := openStore(t, addresses...)
	o := serviceOptions(web)
	o.Robots, o.Concurrency = true, 4
	c := newCrawler(t, o)
	stop := serve(t, c, store)
	eventually(t, "the others visited", func() bool { return states(t, store)[catalog.OK] >= 20 })
	eventually(t, "most put off", func() bool { return putOff(t, store) > 540 })
	stop()
	for i := range 560 {
		if n := len(web.Requests(fmt.Sprintf("parked%d.test", i))); n > 2 { // robots.txt and the page
			t.Errorf("parked%d.test was asked %d times", i, n)
		}
	}
}

// TestOnlySoManyVisitsWaitForOneHost: the others come again one after the other, and not all at once.
func TestOnlySoManyVisitsWaitForOneHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrontier(64, fixed(1, time.Minute))
		first, err := f.acquire(t.Context(), ask{host: "slow", guest: true})
		if err != nil {
			t.Fatal(err)
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		h, now := first.host, time.Now()
		join := func(a ask) bool {
			w := &waiter{ask: a}
			at := h.turn(w)
			if f.full(h, w, at) {
				return false
			}
			h.waiters = append(h.waiters[:at:at], append([]*waiter{w}, h.waiters[at:]...)...)
			return true
		}
		n := 0
		for join(ask{host: "slow", guest: true}) {
			n++
		}
		if want := int(f.limits.horizon/time.Minute) + 1; n != want {
			t.Errorf("%d visits wait, want %d", n, want)
		}
		var waits []time.Duration
		for range 3 {
			waits = append(waits, h.later(now, f.limits).wait)
		}
		if waits[0] < f.limits.horizon || waits[1]-waits[0] != time.Minute || waits[2]-waits[1] != time.Minute {
			t.Errorf("the others come again after %v, want them a gap apart, when those that wait have been asked", waits)
		}
		if !join(ask{host: "slow", guest: true, asked: true}) || !h.waiters[0].asked {
			t.Error("what a person asked for is not let in before the others")
		}
		if !join(ask{host: "slow"}) {
			t.Error("a visit of the host itself was sent away")
		}
		f.limits = onceLimits()
		if !join(ask{host: "slow", guest: true}) {
			t.Error("a visit of a single run was sent away: it has no other day")
		}
	})
}

// TestAHostThatBecomesSlowerSendsVisitsAway: those that it could take in time before.
func TestAHostThatBecomesSlowerSendsVisitsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrontier(64, fixed(1, time.Second))
		first, err := f.acquire(t.Context(), ask{host: "slow"})
		if err != nil {
			t.Fatal(err)
		}
		const guests = 40
		sent := make(chan error, guests)
		var all sync.WaitGroup
		for range guests {
			all.Go(func() {
				s, err := f.acquire(t.Context(), ask{host: "slow", guest: true})
				sent <- err
				if err == nil {
					s.done(outcome{})
				}
			})
		}
		synctest.Wait()
		f.setDelay("slow", time.Minute)
		synctest.Wait()
		if want := guests - int(f.limits.horizon/time.Minute) - 1; len(sent) != want {
			t.Errorf("%d visits were sent away, want %d", len(sent), want)
		}
		first.done(outcome{})
		all.Wait()
		f.timer.Stop()
		if f.free != 64 || len(f.hosts["slow"].waiters) != 0 {
			t.Errorf("left behind: free %d, host %+v", f.free, f.hosts["slow"])
		}
	})
}

// underWay is how many visits are under way.
func underWay(c *Crawler) int {
	c.frontier.mu.Lock()
	defer c.frontier.mu.Unlock()
	return c.frontier.visits
}

// TestWhatPeopleAskForFindsRoom: as much is under way as can be, and none of it comes to an end.
func TestWhatPeopleAskForFindsRoom(t *testing.T) {
	web := startWeb(t)
	var addresses []string
	for i := range 600 {
		host := fmt.Sprintf("site%d.test", i)
		web.Handle(host, "/robots.txt", fakeweb.CrawlDelay("60"))
		web.Handle(host, "/", fakeweb.Page{Title: "A page"})
		addresses = append(addresses, web.URL(host, "/"))
	}
	web.Handle("wanted.test", "/", fakeweb.Page{Title: "Wanted"})
	store := openStore(t, append(addresses, web.URL("wanted.test", "/"))...)
	o := serviceOptions(web)
	o.Robots, o.Concurrency = true, 4
	c := newCrawler(t, o)
	q := &troubled{Queue: store}
	serve(t, c, q)
	full := int64(c.frontier.maxVisits)
	eventually(t, "full", func() bool { return q.claimed.Load() == full && underWay(c) == c.frontier.maxVisits })
	id := detailOf(t, store, "wanted.test", 0).ID
	if err := store.CheckNow(t.Context(), []int64{id}, time.Now()); err != nil {
		t.Fatal(err)
	}
	c.Wake()
	eventually(t, "visited", func() bool { return len(web.Requests("wanted.test")) > 0 })
	if n := q.claimed.Load(); n != full+1 {
		t.Errorf("%d claims, want those that there is room for, and the one", n)
	}
}
