package crawler

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestFloodsEndAsFailures(t *testing.T) {
	page := fakeweb.Page{Title: "Page"}
	chunked := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
	slowHeaders := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		c, _, err := http.NewResponseController(rw).Hijack()
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer c.Close()
		for i := 0; ; i++ {
			if _, err := fmt.Fprintf(c, "%c", "HTTP/1.1 200 OK\r\nX: "[min(i, 19)]); err != nil || r.Context().Err() != nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	})
	tests := map[string]struct {
		behaviour fakeweb.Behaviour
		reason    catalog.Reason
		slow      bool
	}{
		"as many headers as are allowed": {fakeweb.ManyHeaders(900, 10, page), "ok", false},
		"more headers than are allowed":  {fakeweb.ManyHeaders(1100, 10, page), "protocol", false},
		"a hundred thousand headers":     {fakeweb.ManyHeaders(100_000, 1, page), "protocol", false},
		"headers without end":            {fakeweb.EndlessHeaders(), "protocol", false},
		"one header of a megabyte":       {fakeweb.ManyHeaders(1, 1<<20, page), "protocol", false},
		"headers that drip":              {slowHeaders, "timeout", true},
		"interim answers without end":    {fakeweb.Raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 50_000)), "protocol", false},
		"a few interim answers":          {fakeweb.Raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 3) + chunked + "\r\n"), "ok", false},
		"trailers without end":           {fakeweb.Raw(chunked + strings.Repeat("X-Trailer: and on\r\n", 50_000)), "protocol", false},
		"chunks with endless extensions": {fakeweb.Raw(strings.TrimSuffix(chunked, "0\r\n") + "1;" + strings.Repeat("x", 1<<20) + "\r\n"), "protocol", false},
		"trailers of ten megabytes":      {fakeweb.Raw(chunked + strings.Repeat("X-Trailer: "+strings.Repeat("v", 1000)+"\r\n", 10_000) + "\r\n"), "protocol", false},
		"many chunks with extensions":    {fakeweb.Raw(strings.TrimSuffix(chunked, "0\r\n") + strings.Repeat("1;"+strings.Repeat("x", 100)+"\r\nx\r\n", 50_000)), "protocol", false},
		"a chunk larger than there are":  {fakeweb.Raw(strings.TrimSuffix(chunked, "0\r\n") + "fffffffffffffffff\r\n"), "protocol", false},
		"a chunk of negative length":     {fakeweb.Raw(strings.TrimSuffix(chunked, "0\r\n") + "-1\r\nxx"), "protocol", false},
		"a header line without end":      {fakeweb.Raw("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 4<<20)), "protocol", false},
		"a status line without end":      {fakeweb.Raw("HTTP/1.1 200 " + strings.Repeat("OK", 2<<20)), "protocol", false},
		"a header folded without end":    {fakeweb.Raw("HTTP/1.1 200 OK\r\nX: x\r\n" + strings.Repeat(" x\r\n", 1<<20)), "protocol", false},
		"go on, without end":             {fakeweb.Raw(strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 100_000)), "protocol", false},
		"switching protocols":            {fakeweb.Raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nxyz"), "protocol", false},
		"longer than it says":            {fakeweb.Raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok" + strings.Repeat("x", 1<<20)), "ok", false},
		"shorter than it says":           {fakeweb.Raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999999999999\r\n\r\nok"), "reset", false},
		"two lengths":                    {fakeweb.Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk"), "protocol", false},
		"a length below nothing":         {fakeweb.Raw("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok"), "protocol", false},
		"a length and chunks":            {fakeweb.Raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n" + chunked[len("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"):] + "\r\n"), "ok", false},
		"a redirect of 9 KiB":            {fakeweb.Redirect(302, "/"+strings.Repeat("x", 9<<10)), "bad-redirect", false},
		"a redirect of 200 KiB":          {fakeweb.Redirect(302, "/"+strings.Repeat("x", 200<<10)), "bad-redirect", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := startWeb(t)
			web.Handle("flood.test", "/", test.behaviour)
			o := options(web)
			if test.slow {
				o.Timeout = 500 * time.Millisecond
			}
			got := visitOne(t, newCrawler(t, o), web.URL("flood.test", "/")).Judgement.Verdict
			if got.Reason != test.reason {
				t.Errorf("%s (%s), want %s", got.Reason, got.Message, test.reason)
			}
		})
	}
}

// TestAnAnswerBeforeItsRequestIsNotTaken: what a host sends unasked is no answer to the next request.
func TestAnAnswerBeforeItsRequestIsNotTaken(t *testing.T) {
	const answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 22\r\n\r\n<title>%s</title>"
	web := startWeb(t)
	served := make(chan struct{}, 4)
	err := web.HandleConn("eager.test", func(_ context.Context, c net.Conn) {
		defer func() { served <- struct{}{} }()
		if _, err := http.ReadRequest(bufio.NewReader(c)); err != nil {
			return
		}
		fmt.Fprintf(c, answer, "asked->")
		time.Sleep(50 * time.Millisecond) // until the connection is kept for later
		fmt.Fprintf(c, answer, "unasked")
		io.Copy(io.Discard, c)
	})
	if err != nil {
		t.Fatal(err)
	}
	c := newCrawler(t, options(web))
	for range 3 {
		if got := visitOne(t, c, web.URL("eager.test", "/")).Observation; got.Page == nil || got.Page.Title != "asked->" {
			t.Errorf("page %+v, failure %+v", got.Page, got.Failure)
		}
		<-served
	}
}

// TestAChainOfLongAddressesIsBounded: 20 hops of 8 KB each; of what a host wrote, one line per hop is kept.
func TestAChainOfLongAddressesIsBounded(t *testing.T) {
	web := startWeb(t)
	var hops atomic.Int64
	web.Handle("far.test", "/*", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, fmt.Sprintf("/%d%s", hops.Add(1), strings.Repeat("x", 8000)), http.StatusFound)
	}))
	got := visitOne(t, newCrawler(t, options(web)), web.URL("far.test", "/"))
	if v := got.Judgement.Verdict; v.Reason != catalog.ReasonRedirectLoop || hops.Load() != maxHops {
		t.Errorf("%s (%s) after %d hops", v.Reason, v.Message, hops.Load())
	}
	for _, hop := range got.Observation.Hops {
		if len(hop.Location) > 310 {
			t.Errorf("%d bytes of a Location are kept", len(hop.Location))
		}
	}
}

func TestALinkTooLongIsInvalid(t *testing.T) {
	web := startWeb(t)
	web.Handle("long.test", "*", fakeweb.Page{Title: "Page"})
	c := newCrawler(t, options(web))
	long := visitOne(t, c, web.URL("long.test", "/"+strings.Repeat("x", maxLink)))
	fine := visitOne(t, c, web.URL("long.test", "/"+strings.Repeat("x", maxLink/2)))
	if long.Judgement.Verdict.Reason != catalog.ReasonInvalidURL || fine.Judgement.Verdict.Reason != catalog.ReasonOK {
		t.Errorf("a long link is %+v, one half as long %+v", long.Judgement.Verdict, fine.Judgement.Verdict)
	}
}

func TestAHostileHostHasItsShareAndNoMore(t *testing.T) {
	web := startWeb(t)
	page := fakeweb.Page{Title: "Page"}
	brBomb := packed(t, "br", bytes.Repeat([]byte("<p>a promise"), 3<<19))
	for path, b := range map[string]fakeweb.Behaviour{
		"/headers/*": fakeweb.ManyHeaders(5000, 20, page),
		"/forever/*": fakeweb.EndlessHeaders(),
		"/bomb/*":    fakeweb.GzipBomb(1 << 30),
		"/br/*":      fakeweb.Header(fakeweb.Bytes("text/html", brBomb), "Content-Encoding", "br"),
		"/endless/*": fakeweb.Endless(),
		"/drip/*":    fakeweb.Drip(10, 20*time.Millisecond, fakeweb.Bulk("Drip", 64<<10)),
	} {
		web.Handle("evil.test", path, b)
	}
	var addresses []string
	for i := range 4 {
		for _, kind := range strings.Fields("headers forever bomb br endless") {
			addresses = append(addresses, web.URL("evil.test", fmt.Sprintf("/%s/%d", kind, i)))
		}
	}
	addresses = append(addresses, web.URL("evil.test", "/drip/1"))
	hostile := len(addresses)
	for i := range 20 {
		host := fmt.Sprintf("good%d.test", i)
		web.Handle(host, "/", fakeweb.Bulk("Good", 30<<10))
		addresses = append(addresses, web.URL(host, "/"))
	}
	o := options(web)
	o.Timeout = 3 * time.Second
	peak := watchHeap(t)
	results := check(t, newCrawler(t, o), claimsOf(addresses...)...)
	most := peak()
	t.Logf("the heap grew by %d MiB at most", most>>20)
	if most > 160<<20 {
		t.Errorf("the heap grew by %d MiB", most>>20)
	}
	// The server is still at work on an endless answer for a moment after its visitor has left.
	if n := web.Stats("evil.test").MaxConcurrent; n > 8 {
		t.Errorf("%d requests at once, want about 4", n)
	}
	for _, r := range results[hostile:] {
		if r.Judgement.Verdict.State != catalog.OK {
			t.Errorf("%s: %+v", r.Claim.URL, r.Judgement.Verdict)
		}
	}
}

// watchHeap begins to look at the heap; what it returns ends that, and gives by how much it grew at most.
func watchHeap(t *testing.T) func() uint64 {
	t.Helper()
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	look := func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most.Store(max(most.Load(), m.HeapAlloc))
	}
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			look()
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-done
		look()
		return most.Load() - min(before.HeapAlloc, most.Load())
	}
}

func TestAHostThatOnlyTakesTimeIsGivenUpInASingleRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := &catalog.Failure{Reason: catalog.ReasonTimeout, Detail: "too slow"}
		for name, test := range map[string]struct {
			limits limits
			good   func(int) bool // visits that bring something
			begun  int
		}{
			"always slow":           {onceLimits(), func(int) bool { return false }, 16},
			"slow now and then":     {onceLimits(), func(n int) bool { return n%10 == 9 }, 40},
			"slow, and the service": {serviceLimits(), func(int) bool { return false }, 40},
		} {
			s := &stage{took: ms, end: func(_ start, n int) outcome {
				if test.good(n) {
					return outcome{mood: content}
				}
				return outcome{mood: neutral, lost: slow, cost: costSlow}
			}}
			f := newFrontier(64, fixed(1, 0))
			f.setLimits(test.limits)
			s.play(f, repeat("a", 40)...)
			if len(s.starts) != test.begun || len(s.away) != 40-test.begun {
				t.Errorf("%s: %d visits begun, %d turned away; want %d begun", name, len(s.starts), len(s.away), test.begun)
			}
		}
	})
}
