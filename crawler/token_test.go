package crawler

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// slowQueue hands what was claimed out when it is allowed to, as a busy machine would.
type slowQueue struct {
	Queue
	claimed chan int      // how many, when they are committed
	goOn    chan struct{} // one for each claim
}

func (q *slowQueue) Claim(ctx context.Context, req catalog.ClaimRequest) ([]catalog.Claim, error) {
	claims, err := q.Queue.Claim(ctx, req)
	if len(claims) > 0 {
		q.claimed <- len(claims)
		<-q.goOn
	}
	return claims, err
}

// TestAResultCountsByTheTokenOfTheLastClaim: a person asks while the visit is under way, and its result comes before the
// second claim is known here.
func TestAResultCountsByTheTokenOfTheLastClaim(t *testing.T) {
	web := startWeb(t)
	open := make(chan struct{})
	web.Handle("a.test", "/", fakeweb.Gate(open, fakeweb.Page{Title: "A page"}))
	store := openStore(t, web.URL("a.test", "/"))
	q := &slowQueue{Queue: store, claimed: make(chan int), goOn: make(chan struct{})}
	c := newCrawler(t, serviceOptions(web))
	stop := serve(t, c, q)
	<-q.claimed
	q.goOn <- struct{}{}
	begun(t, web, "a.test")
	if err := store.CheckNow(t.Context(), []int64{detailOf(t, store, "a.test", 0).ID}, time.Now()); err != nil {
		t.Fatal(err)
	}
	c.Wake()
	<-q.claimed
	close(open)
	eventually(t, "the visit over", func() bool { return len(c.Activity().Visiting) == 0 })
	time.Sleep(2 * recordTick)
	q.goOn <- struct{}{}
	eventually(t, "recorded", func() bool { return states(t, store)[catalog.OK] == 1 })
	time.Sleep(2 * claimPause)
	stop()
	if n := len(web.Requests("a.test")); n != 1 {
		t.Errorf("one visit was made %d times", n)
	}
}

// orderly is a queue that knows whether hosts were saved before claims came back.
type orderly struct {
	Queue
	saved, early atomic.Bool
}

func (q *orderly) SaveHosts(ctx context.Context, states []catalog.HostState) error {
	q.saved.Store(true)
	return q.Queue.SaveHosts(ctx, states)
}

func (q *orderly) Release(ctx context.Context, claims []catalog.Claim) error {
	q.early.Store(q.early.Load() || !q.saved.Load())
	return q.Queue.Release(ctx, claims)
}

// TestAHostsWishIsSavedBeforeItsClaimsGoBack: they could be claimed again at once otherwise.
func TestAHostsWishIsSavedBeforeItsClaimsGoBack(t *testing.T) {
	web := startWeb(t)
	web.Handle("busy.test", "/*", fakeweb.RetryAfter(503, 1800))
	store := openStore(t, web.URL("busy.test", "/0"), web.URL("busy.test", "/1"), web.URL("busy.test", "/2"))
	o := serviceOptions(web)
	o.HostConcurrency = 1
	q := &orderly{Queue: store}
	stop := serve(t, newCrawler(t, o), q)
	eventually(t, "one answer recorded", func() bool { return states(t, store)[catalog.Failing] == 1 })
	eventually(t, "saved", q.saved.Load)
	stop()
	if q.early.Load() {
		t.Error("claims went back before the queue knew of the host's wish")
	}
}

// TestAHostIsGivenWhatItCanBeginInTime: one visit a minute leaves room for ten within half a lease. The first does not end,
// as one that is recorded makes room for another.
func TestAHostIsGivenWhatItCanBeginInTime(t *testing.T) {
	web := startWeb(t)
	web.Handle("slow.test", "/*", fakeweb.Stall())
	var addresses []string
	for i := range 30 {
		addresses = append(addresses, web.URL("slow.test", fmt.Sprint("/", i)))
	}
	store := openStore(t, addresses...)
	o := serviceOptions(web)
	o.Timeout = time.Hour
	o.Rules.Hosts = []catalog.HostRule{{Match: "slow.test", Interval: time.Minute}}
	c := newCrawler(t, o)
	q := &troubled{Queue: store}
	serve(t, c, q)
	eventually(t, "claimed", func() bool { return q.claimed.Load() >= 10 && len(web.Requests("slow.test")) > 0 })
	for range 3 { // further looks for due visits give none
		looks := q.looks.Load()
		c.Wake()
		eventually(t, "another look", func() bool { return q.looks.Load() > looks })
	}
	if n := q.claimed.Load(); n != 10 {
		t.Errorf("%d claims were given, want 10", n)
	}
}

// TestOfflineNothingWaitsInAQueue: it would only fail too.
func TestOfflineNothingWaitsInAQueue(t *testing.T) {
	web := startWeb(t)
	slow := pagesOf(web, "slow.test", 10)
	store := openStore(t, append(slow, addressesOf(manySites(web, 12))...)...)
	web.CutResolver(fakeweb.ServFail())
	o := serviceOptions(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "slow.test", Interval: 30 * time.Second}}
	c := newCrawler(t, o)
	c.outage = outageTimes{window: time.Minute, settle: 300 * time.Millisecond, canary: time.Hour, again: time.Hour}
	serve(t, c, store)
	eventually(t, "queued", func() bool { return queued(c, slow[0]) > 5 })
	eventually(t, "offline noticed", func() bool { return c.Activity().Offline != "" })
	eventually(t, "given back", func() bool { return queued(c, slow[0]) <= 1 })
}
