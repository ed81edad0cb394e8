package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// takeAll fills a channel of places, and returns what empties it.
func takeAll(places chan struct{}) (giveBack func()) {
	for range cap(places) {
		places <- struct{}{}
	}
	return func() {
		for range cap(places) {
			<-places
		}
	}
}

// pile gives n hosts the same answer, and returns their addresses.
func pile(web *fakeweb.Web, n int, answer fakeweb.Behaviour) (addresses []string) {
	for i := range n {
		host := fmt.Sprintf("pile%d.test", i)
		web.Handle(host, "/", answer)
		addresses = append(addresses, web.URL(host, "/"))
	}
	return addresses
}

// begin starts a check, and returns what waits for its results: none where the check failed, which ends its goroutine.
func begin(t *testing.T, c *Crawler, addresses []string) (results func() []catalog.Result) {
	t.Helper()
	done := make(chan []catalog.Result, 1)
	go func() {
		defer close(done)
		done <- check(t, c, claimsOf(addresses...)...)
	}()
	return func() []catalog.Result { return <-done }
}

// settled waits until nothing has been asked for a while, and returns how much was.
func settled(web *fakeweb.Web) (requests int) {
	for quiet := 0; quiet < 20; time.Sleep(10 * time.Millisecond) {
		if n := web.Totals().Requests; n != requests || n == 0 {
			requests, quiet = n, 0
		} else {
			quiet++
		}
	}
	return requests
}

func TestNoMoreIsAskedForThanCanBeRead(t *testing.T) {
	web := startWeb(t)
	tags := append([]byte("Text."), bytes.Repeat([]byte("<b><p>"), 1<<18)...)
	bomb := fakeweb.Header(fakeweb.Bytes("text/html", packed(t, "gzip", tags)), "Content-Encoding", "gzip")
	o := options(web)
	o.Concurrency = 8
	c := newCrawler(t, o)
	letRead := takeAll(c.bodies.reading)
	peak := watchHeap(t)
	results := begin(t, c, pile(web, 120, bomb))
	asked := settled(web)
	letRead()
	for _, r := range results() {
		if r.Judgement.Verdict.State != catalog.OK || r.Observation.Bytes != int64(len(tags)) {
			t.Errorf("%s: %+v, %d bytes", r.Claim.URL, r.Judgement.Verdict, r.Observation.Bytes)
		}
	}
	if most := cap(c.bodies.places) + o.Concurrency; asked > most {
		t.Errorf("%d pages were asked for while none could be read, want at most %d", asked, most)
	}
	if most := peak(); most > 80<<20 {
		t.Errorf("the heap grew by %d MiB", most>>20)
	}
	if n := len(c.bodies.places); n != 0 {
		t.Errorf("%d places were not given back", n)
	}
}

// TestSmallPagesAddUp: where none can be read, no more is asked for than may wait for a processor and than has a slot.
func TestSmallPagesAddUp(t *testing.T) {
	web := startWeb(t)
	o := options(web)
	o.Concurrency = 8
	c := newCrawler(t, o)
	letRead := takeAll(c.bodies.reading)
	results := begin(t, c, pile(web, 3*mostUnread, fakeweb.Page{Title: "Small"}))
	asked := settled(web)
	letRead()
	for _, r := range results() {
		if r.Judgement.Verdict.State != catalog.OK || r.Observation.Page.Title != "Small" {
			t.Errorf("%s: %+v", r.Claim.URL, r.Judgement.Verdict)
		}
	}
	if most := mostUnread + o.Concurrency; asked > most {
		t.Errorf("%d pages were asked for while none could be read, want at most %d", asked, most)
	}
	if n := len(c.bodies.unread); n != 0 {
		t.Errorf("%d pages still count as unread", n)
	}
}

func TestALargeBodyWaitsForAPlaceAndASmallOneDoesNot(t *testing.T) {
	text := bytes.Repeat([]byte("<p>text"), 500<<10/7)
	for coding, body := range map[string][]byte{"": text, "gzip": packed(t, "gzip", text), "br": packed(t, "br", text), "zstd": packed(t, "zstd", text)} {
		t.Run(coding, func(t *testing.T) {
			t.Parallel()
			web := startWeb(t)
			answer := fakeweb.Bytes("text/html", body)
			if coding != "" {
				answer = fakeweb.Header(answer, "Content-Encoding", coding)
			}
			web.Handle("large.test", "/", answer)
			web.Handle("small.test", "/", fakeweb.Page{Title: "Small"})
			o := options(web)
			o.Timeout = 2 * time.Second
			wait := 2 * o.Timeout // for which the host is not to blame
			c := newCrawler(t, o)
			time.AfterFunc(wait, takeAll(c.bodies.places))
			var first catalog.Result
			results := map[string]catalog.Observation{}
			err := c.Check(t.Context(), 2, at(claimsOf(web.URL("large.test", "/"), web.URL("small.test", "/"))), func(r catalog.Result) {
				if len(results) == 0 {
					first = r
				}
				results[r.Claim.Host] = r.Observation
			})
			seen := results[catalog.Host(web.URL("large.test", "/"))]
			if err != nil || seen.Failure != nil || seen.Truncated || seen.Bytes != int64(len(text)) || seen.Duration >= wait {
				t.Errorf("failure %+v, truncated %v, %d bytes in %s; %v", seen.Failure, seen.Truncated, seen.Bytes, seen.Duration, err)
			}
			if !strings.Contains(first.Claim.URL, "small") {
				t.Error("the small body came after the large one")
			}
		})
	}
}

func TestHostsThatTakeTheirTimeHoldNobodyUpForLonger(t *testing.T) {
	web := startWeb(t)
	stalls := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		rw.Write(bytes.Repeat([]byte("<p>text"), 100<<10/7)) // as much as takes a place
		http.NewResponseController(rw).Flush()
		<-r.Context().Done()
	})
	o := options(web)
	o.Timeout, o.Concurrency = 2*time.Second, 4
	addresses := pile(web, 8, stalls)
	for i := range 8 {
		host := fmt.Sprintf("good%d.test", i)
		web.Handle(host, "/", fakeweb.Bulk("Good", 300<<10))
		addresses = append(addresses, web.URL(host, "/"))
	}
	c := newCrawler(t, o)
	for i, r := range check(t, c, claimsOf(addresses...)...) {
		if seen := r.Observation; seen.Failure != nil || seen.Truncated != (i < 8) {
			t.Errorf("%s: failure %+v, truncated %v", r.Claim.URL, seen.Failure, seen.Truncated)
		}
	}
	if n := len(c.bodies.places); n != 0 {
		t.Errorf("%d places were not given back", n)
	}
}

func TestAStopGivesPlacesBack(t *testing.T) {
	web := startWeb(t)
	o := options(web)
	c := newCrawler(t, o)
	giveBack := takeAll(c.bodies.reading)
	defer giveBack()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, cancel)
	err := c.Check(ctx, 100, at(claimsOf(pile(web, 100, fakeweb.Bulk("Large", 100<<10))...)), func(r catalog.Result) {
		t.Errorf("%s was read when it was nobody's turn", r.Claim.URL)
	})
	if n := len(c.bodies.places); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d places were not given back; %v", n, err)
	}
}

func TestAPeerSendsLittleAheadOverHTTP2(t *testing.T) {
	web := startWeb(t)
	web.Secure("ahead.test", fakeweb.TLS{HTTP2: true})
	var sent, version atomic.Int64
	web.Handle("ahead.test", "/", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		version.Store(int64(r.ProtoMajor))
		rw.Header().Set("Content-Type", "text/html")
		for block := make([]byte, 16<<10); sent.Load() < 1<<20; {
			n, err := rw.Write(block)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	}))
	c := newCrawler(t, options(web))
	giveBack := takeAll(c.bodies.places)
	results := begin(t, c, []string{web.HTTPSURL("ahead.test", "/")})
	settled(web)
	ahead := sent.Load()
	giveBack()
	if seen := results()[0].Observation; seen.Bytes != 1<<20 || version.Load() != 2 {
		t.Errorf("%d bytes over HTTP/%d", seen.Bytes, version.Load())
	}
	if most := int64(smallBody + streamWindow + 64<<10); ahead == 0 || ahead > most {
		t.Errorf("%d bytes were sent while the visit waited for a place, want at most %d", ahead, most)
	}
}
