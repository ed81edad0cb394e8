package crawler

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/crawler/fakeweb"
)

// openStore returns a real store that wants the addresses visited now.
func openStore(t *testing.T, addresses ...string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "waymark.db"), (&logBook{}).logger())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	listing := catalog.Listing{File: "README.md"}
	for i, address := range addresses {
		listing.Placements = append(listing.Placements, catalog.Placement{
			File: "README.md", Line: i + 1, Column: 1, Title: address, Kind: catalog.Other, URL: address})
	}
	taken := time.Now().Add(-2 * time.Hour)
	_, err = s.Sync(t.Context(), catalog.Snapshot{Source: catalog.Source{Name: "list"}, Hash: "1", Taken: taken, Listings: []catalog.Listing{listing}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// serve runs the service until the test or the returned function ends it.
func serve(t *testing.T, c *Crawler, q Queue) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() {
		if err := c.Serve(ctx, q); err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	stop = func() { cancel(); done.Wait() }
	t.Cleanup(stop)
	return stop
}

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still not: %s", what)
		}
	}
}

func states(t *testing.T, s *sqlite.Store) map[catalog.State]int {
	t.Helper()
	o, err := s.Overview(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return o.Catalog.States
}

func addressesOf(claims []catalog.Claim) (addresses []string) {
	for _, c := range claims {
		addresses = append(addresses, c.URL)
	}
	return addresses
}

// serviceOptions are those of a service in the web.
func serviceOptions(web *fakeweb.Web) Options {
	o := options(web)
	o.Rules = catalog.DefaultRules()
	return o
}

func TestTheServiceVisitsWhatIsDue(t *testing.T) {
	web := startWeb(t)
	addresses := addressesOf(manySites(web, 30))
	web.Handle("many.test", "/*", fakeweb.Page{Title: "One of many"})
	for i := range 300 {
		addresses = append(addresses, web.URL("many.test", fmt.Sprint("/", i)))
	}
	web.Resolve("lost.test", fakeweb.NXDomain())
	addresses = append(addresses, web.URL("lost.test", "/"))
	store := openStore(t, addresses...)
	c := newCrawler(t, serviceOptions(web))
	stop := serve(t, c, store)
	eventually(t, "all visited", func() bool { return states(t, store)[catalog.OK] == 330 && states(t, store)[catalog.Failing] == 1 })

	asked := len(web.Requests("site7.test"))
	rows, err := store.Resources(t.Context(), catalog.Query{Host: catalog.Host(web.URL("site7.test", "/"))})
	if err != nil || len(rows.Rows) != 1 {
		t.Fatalf("rows %+v, %v", rows, err)
	}
	if err := store.CheckNow(t.Context(), []int64{rows.Rows[0].ID}, time.Now()); err != nil {
		t.Fatal(err)
	}
	c.Wake()
	eventually(t, "checked now", func() bool { return len(web.Requests("site7.test")) > asked })
	stop()
	if n := len(web.Requests("many.test")); n != 300 {
		t.Errorf("300 pages were asked for %d times", n)
	}
}

func TestStoppingGivesBackWhatIsUnderWay(t *testing.T) {
	web := startWeb(t)
	web.Handle("stall.test", "/*", fakeweb.Stall())
	var addresses []string
	for i := range 100 {
		addresses = append(addresses, web.URL("stall.test", fmt.Sprint("/", i)))
	}
	addresses = append(addresses, addressesOf(manySites(web, 20))...)
	store := openStore(t, addresses...)
	o := serviceOptions(web)
	o.Timeout = time.Hour
	stop := serve(t, newCrawler(t, o), store)
	eventually(t, "the others visited", func() bool { return states(t, store)[catalog.OK] == 20 })
	eventually(t, "stalled", func() bool { return len(web.Requests("stall.test")) == 4 })
	stop()
	if got := states(t, store); got[catalog.Unchecked] != 100 || got[catalog.OK] != 20 {
		t.Errorf("states %v, want 100 unchecked and 20 ok", got)
	}
	claims, err := store.Claim(t.Context(), catalog.ClaimRequest{Now: time.Now(), Lease: time.Minute, Limit: 1000})
	if err != nil || len(claims) != 100 {
		t.Errorf("%d claims can be taken anew, want 100 (%v)", len(claims), err)
	}
}

// troubled is a queue that fails while its switch is on.
type troubled struct {
	Queue
	broken  atomic.Bool
	refused atomic.Int64
	claimed atomic.Int64
	looks   atomic.Int64 // for due visits
}

func (q *troubled) Record(ctx context.Context, results []catalog.Result) error {
	if q.broken.Load() {
		q.refused.Add(1)
		return errors.New("no space left on device")
	}
	return q.Queue.Record(ctx, results)
}

func (q *troubled) Claim(ctx context.Context, req catalog.ClaimRequest) ([]catalog.Claim, error) {
	claims, err := q.Queue.Claim(ctx, req)
	q.claimed.Add(int64(len(claims)))
	q.looks.Add(1)
	return claims, err
}

func TestResultsThatCannotBeRecordedAreKept(t *testing.T) {
	web := startWeb(t)
	addresses := addressesOf(manySites(web, 600))
	store := openStore(t, addresses...)
	book := &logBook{}
	o := serviceOptions(web)
	o.Logger, o.Concurrency = book.logger(), 8
	c := newCrawler(t, o)
	q := &troubled{Queue: store}
	q.broken.Store(true)
	serve(t, c, q)
	capacity := int64(c.frontier.maxVisits)
	eventually(t, "as much claimed as can be held", func() bool { return q.claimed.Load() == capacity && q.refused.Load() >= 2 })
	if n := q.claimed.Load(); n > capacity {
		t.Errorf("%d claims were taken while nothing could be recorded, want at most %d", n, capacity)
	}
	if !c.Activity().Stuck {
		t.Error("nobody is told that nothing can be recorded")
	}
	q.broken.Store(false)
	eventually(t, "all recorded", func() bool { return states(t, store)[catalog.OK] == 600 })
	eventually(t, "the trouble is over for everybody", func() bool { return !c.Activity().Stuck })
	if n := book.count("cannot be recorded"); n != 1 {
		t.Errorf("the trouble was logged %d times", n)
	}
	if n := web.Totals().Requests; n != 600 {
		t.Errorf("%d requests for 600 pages", n)
	}
}

func TestALongRetryAfterGivesTheHostsClaimsBack(t *testing.T) {
	web := startWeb(t)
	web.Handle("busy.test", "/*", fakeweb.RetryAfter(503, 1800))
	var addresses []string
	for i := range 10 {
		addresses = append(addresses, web.URL("busy.test", fmt.Sprint("/", i)))
	}
	store := openStore(t, append(addresses, addressesOf(manySites(web, 3))...)...)
	o := serviceOptions(web)
	o.HostConcurrency = 1
	stop := serve(t, newCrawler(t, o), store)
	eventually(t, "one answer recorded", func() bool { return states(t, store)[catalog.Failing] == 1 && states(t, store)[catalog.OK] == 3 })
	stop()
	if n := len(web.Requests("busy.test")); n != 1 {
		t.Errorf("the host was asked %d times", n)
	}
	hosts, err := store.Hosts(t.Context())
	if err != nil || len(hosts) != 1 || time.Until(hosts[0].NotBefore) < 25*time.Minute {
		t.Errorf("saved hosts %+v, %v", hosts, err)
	}
	next, err := store.NextDue(t.Context(), time.Now())
	if err != nil || time.Until(next) < 25*time.Minute {
		t.Errorf("next due at %s, want after the host's wait (%v)", next, err)
	}
}

// TestAClockThatLeapsOverAWaitOfAHost: as after the machine slept, which by the monotonic clock took no time. The host is
// not asked sooner, and its visits are not given and given back until then.
func TestAClockThatLeapsOverAWaitOfAHost(t *testing.T) {
	web := startWeb(t)
	web.Handle("busy.test", "/*", fakeweb.RetryAfter(503, 1800))
	store := openStore(t, web.URL("busy.test", "/1"), web.URL("busy.test", "/2"))
	var leapt atomic.Int64
	o := serviceOptions(web)
	o.HostConcurrency = 1
	o.Now = func() time.Time { return time.Now().Add(time.Duration(leapt.Load())) }
	c := newCrawler(t, o)
	stop := serve(t, c, store)
	resting := func() bool {
		next, err := store.NextDue(t.Context(), o.Now())
		return err == nil && next.Sub(o.Now()) > 25*time.Minute
	}
	eventually(t, "the host left alone", resting)
	leapt.Store(int64(time.Hour))
	c.Wake()
	eventually(t, "the host left alone in spite of the clock", resting)
	stop()
	if n := len(web.Requests("busy.test")); n != 1 {
		t.Errorf("the host was asked %d times", n)
	}
}

func TestAnOutageHoldsVerdictsAndPassesByItself(t *testing.T) {
	web := startWeb(t)
	store := openStore(t, addressesOf(manySites(web, 40))...)
	web.CutResolver(fakeweb.ServFail())
	book, meter := &logBook{}, newTally()
	o := serviceOptions(web)
	o.Logger, o.Meter, o.Concurrency = book.logger(), meter, 12
	c := newCrawler(t, o)
	// Ten sites have failed before the first of them is settled, on a busy machine too.
	c.outage = outageTimes{window: time.Minute, settle: 3 * time.Second, canary: 100 * time.Millisecond, again: 200 * time.Millisecond}
	stop := serve(t, c, store)
	eventually(t, "offline noticed", func() bool { return c.Activity().Offline != "" })
	held := func() (n int) {
		meter.with(func() { n = meter.checked[catalog.ReasonOffline] })
		return n
	}
	eventually(t, "canaries sent", func() bool { return held() > 45 })
	if got := states(t, store); got[catalog.Unchecked] != 40 {
		t.Errorf("states during the outage: %v", got)
	}
	web.MendResolver()
	eventually(t, "all visited", func() bool { return states(t, store)[catalog.OK] == 40 })
	if why := c.Activity().Offline; why != "" {
		t.Errorf("still offline: %s", why)
	}
	stop()
	if down, up := book.count("seems to be offline"), book.count("back online"); down == 0 || up != down {
		t.Errorf("logged %d times offline and %d times back", down, up)
	}
}
