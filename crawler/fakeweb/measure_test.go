package fakeweb

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPerSecond(t *testing.T) {
	var now atomic.Int64 // milliseconds
	web := start(t, Options{Now: func() time.Time { return time.UnixMilli(now.Load()) }})
	web.Handle("busy.example.test", "*", Status(200))
	web.Guard("busy.example.test", PerSecond(2))
	for _, step := range []struct {
		at   int64
		want int
	}{{0, 200}, {10, 200}, {20, 429}, {999, 429}, {1000, 200}, {1005, 429}, {1010, 200}} {
		now.Store(step.at)
		if res, _ := mustGet(t, web.Client(), web.URL("busy.example.test", "/")); res.StatusCode != step.want {
			t.Errorf("at %d ms: %d, want %d", step.at, res.StatusCode, step.want)
		}
	}
}

// gate is a behaviour that holds requests until it is opened.
type gate struct {
	holding atomic.Int64
	open    chan struct{}
}

func (g *gate) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	g.holding.Add(1)
	<-g.open
	Status(200).ServeHTTP(rw, r)
}

func TestBanAbove(t *testing.T) {
	var now atomic.Int64 // seconds
	web := start(t, Options{Now: func() time.Time { return time.Unix(now.Load(), 0) }})
	slow := &gate{open: make(chan struct{})}
	web.Handle("strict.example.test", "/slow", slow)
	web.Handle("strict.example.test", "/", Status(200))
	web.Guard("strict.example.test", BanAbove(1, time.Minute))
	c := web.Client()
	var wg sync.WaitGroup
	wg.Go(func() { get(t, c, web.URL("strict.example.test", "/slow")) })
	waitFor(t, func() bool { return slow.holding.Load() == 1 }, "the first request never came")
	status := func() int {
		res, _ := mustGet(t, c, web.URL("strict.example.test", "/"))
		return res.StatusCode
	}
	if got := status(); got != 403 {
		t.Errorf("a second request at once: %d, want 403", got)
	}
	close(slow.open)
	wg.Wait()
	if got := status(); got != 403 {
		t.Errorf("during the ban: %d, want 403", got)
	}
	now.Store(61)
	if got := status(); got != 200 {
		t.Errorf("after the ban: %d, want 200", got)
	}
}

func waitFor(t *testing.T, ok func() bool, otherwise string) {
	t.Helper()
	for range 2000 {
		if ok() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal(otherwise)
}

func TestRequestsAreRecorded(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	web := start(t, Options{Now: func() time.Time { return now }})
	web.Handle("r.example.test", "*", Page{})
	req, _ := http.NewRequestWithContext(t.Context(), "GET", web.HTTPSURL("r.example.test", "/a?b=c"), nil)
	req.Header.Set("User-Agent", "tester/1 (+https://a.example)")
	res, err := web.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	got := web.Requests("r.example.test")
	if len(got) != 1 {
		t.Fatalf("%d requests, want 1", len(got))
	}
	want := Request{At: now, Method: "GET", Host: req.URL.Host, Path: "/a?b=c", TLS: true, Proto: "HTTP/1.1", Concurrent: 1,
		Header: http.Header{"User-Agent": {"tester/1 (+https://a.example)"}, "Accept-Encoding": {"gzip"}}}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Error(diff)
	}
}

func TestConcurrencyIsMeasured(t *testing.T) {
	web := start(t, Options{Unrecorded: true})
	slow := &gate{open: make(chan struct{})}
	web.Handle("m.example.test", "/", slow)
	c := web.Client()
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() { get(t, c, web.URL("m.example.test", "/")) })
	}
	waitFor(t, func() bool { return web.Stats("m.example.test").Requests == 5 }, "five requests never came")
	close(slow.open)
	wg.Wait()
	waitFor(t, func() bool { return web.Stats("m.example.test").Bytes >= 5*100 }, "five bodies were never counted") // the last may be known before
	s := web.Stats("m.example.test")
	if s.MaxConcurrent != 5 || s.Connections != 5 || s.Requests != 5 {
		t.Errorf("%+v, want 5 requests at once on 5 connections", s)
	}
	if total := web.Totals(); total.Requests != 5 || total.MaxConcurrent != 5 || total.Bytes < s.Bytes {
		t.Errorf("totals %+v", total)
	}
	if n := len(web.Requests("m.example.test")); n != 0 {
		t.Errorf("%d requests recorded, want none", n)
	}
}

// A client that asks again as soon as it has a document must not count as
// two requests at work, on whatever connection it does so.
func TestOneByOneIsNeverTwo(t *testing.T) {
	web := start(t, Options{})
	web.Handle("one.example.test", "/", Bulk("Page", 30<<10))
	c := web.Client()
	c.Transport.(*http.Transport).DisableKeepAlives = true
	for range 100 {
		mustGet(t, c, web.URL("one.example.test", "/"))
	}
	if s := web.Stats("one.example.test"); s.MaxConcurrent != 1 || s.Connections != 100 {
		t.Errorf("%+v, want one request at a time on 100 connections", s)
	}
}

func TestLognormal(t *testing.T) {
	latency := Lognormal(150*time.Millisecond, 2*time.Second, 1)
	var below, above int
	for i := range 20000 {
		r := &http.Request{Host: "h.example.test", URL: &url.URL{Path: "/" + strconv.Itoa(i)}}
		d := latency(r)
		if d < 150*time.Millisecond {
			below++
		}
		if d > 2*time.Second {
			above++
		}
		if d != latency(r) {
			t.Fatal("the same address waits differently")
		}
	}
	if below < 9500 || below > 10500 || above < 120 || above > 300 {
		t.Errorf("%d of 20000 below the median, %d above the 99th percentile", below, above)
	}
}

func TestLatencyIsWaitedFor(t *testing.T) {
	long := Constant(time.Hour)
	everywhere, here := start(t, Options{Latency: long}), start(t, Options{})
	here.Guard("l.example.test", Lag(long))
	for _, web := range []*Web{everywhere, here} {
		web.Handle("l.example.test", "/", Page{})
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		req, _ := http.NewRequestWithContext(ctx, "GET", web.URL("l.example.test", "/"), nil)
		if _, err := web.Client().Do(req); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("answered at once: %v", err)
		}
		cancel()
	}
}
