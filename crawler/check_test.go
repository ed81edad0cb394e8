package crawler

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestEveryHopWaitsForItsOwnHost(t *testing.T) {
	web := startWeb(t)
	const gap = 40 * time.Millisecond
	var addresses []string
	for i := range 4 {
		from := fmt.Sprintf("from%d.test", i)
		for _, path := range []string{"/a", "/b"} {
			web.Handle(from, path, fakeweb.Redirect(302, web.URL("to.test", "/page")))
			addresses = append(addresses, web.URL(from, path))
		}
	}
	web.Handle("to.test", "/page", fakeweb.Page{Title: "Target"})
	o := options(web)
	o.HostInterval, o.HostConcurrency = gap, 1
	results := check(t, newCrawler(t, o), claimsOf(addresses...)...)
	for _, r := range results {
		if r.Observation.Status() != 200 {
			t.Errorf("%s: %+v", r.Claim.URL, r.Observation)
		}
	}
	// Start to start is kept where a request leaves; it arrives a little later, the first one most of all.
	requests := web.Requests("to.test")
	if span := requests[len(requests)-1].At.Sub(requests[0].At); len(requests) != 8 || span < 5*gap {
		t.Errorf("the target of redirects was asked %d times within %s, want 8 times, %s apart", len(requests), span, gap)
	}
	if most := web.Stats("to.test").MaxConcurrent; most != 1 {
		t.Errorf("%d requests at once", most)
	}
}

func TestRulesShapeAHost(t *testing.T) {
	web := startWeb(t)
	var addresses []string
	for i := range 8 {
		web.Handle("one.test", fmt.Sprint("/", i), fakeweb.Delay(5*time.Millisecond, fakeweb.Status(403)))
		addresses = append(addresses, web.URL("one.test", fmt.Sprint("/", i)))
	}
	o := options(web)
	o.HostConcurrency = 8
	o.Rules.Hosts = []catalog.HostRule{
		{Match: "one.test", Concurrency: 2, Accept: []int{403}, Headers: map[string]string{"X-Pass": "please"}},
		{Match: "*.skip.test", Skip: true},
	}
	web.Handle("one.test", "/away", fakeweb.Redirect(302, web.URL("a.skip.test", "/")))
	addresses = append(addresses, web.URL("b.skip.test", "/"), web.URL("one.test", "/away"))
	results := check(t, newCrawler(t, o), claimsOf(addresses...)...)
	for _, r := range results[:8] {
		if v := r.Judgement.Verdict; v.State != catalog.OK {
			t.Errorf("%s: %s/%s", r.Claim.URL, v.State, v.Reason)
		}
	}
	for _, r := range results[8:] {
		if v := r.Judgement.Verdict; v.State != catalog.Skipped || v.Reason != catalog.ReasonRule {
			t.Errorf("%s: %s/%s", r.Claim.URL, v.State, v.Reason)
		}
	}
	if most := web.Stats("one.test").MaxConcurrent; most > 2 {
		t.Errorf("%d requests at once", most)
	}
	if got := web.Requests("one.test")[0].Header.Get("X-Pass"); got != "please" {
		t.Errorf("the rule's header arrived as %q", got)
	}
	if n := len(web.Requests("a.skip.test")) + len(web.Requests("b.skip.test")); n != 0 {
		t.Errorf("%d requests to hosts that are never visited", n)
	}
}

func TestConditionalRequests(t *testing.T) {
	web := startWeb(t)
	web.Handle("c.test", "/", fakeweb.ETag("v1", fakeweb.Page{Title: "Page"}))
	c := newCrawler(t, options(web))
	known := func(change func(*catalog.Claim)) catalog.Claim {
		claim := claimOf(0, web.URL("c.test", "/"))
		claim.ETag, claim.Standing.Verdict.State = `"v1"`, catalog.OK
		change(&claim)
		return claim
	}
	for name, test := range map[string]struct {
		change func(*catalog.Claim)
		status int
	}{
		"known and in order":   {func(*catalog.Claim) {}, 304},
		"another version":      {func(c *catalog.Claim) { c.ETag = `"v0"` }, 200},
		"was failing":          {func(c *catalog.Claim) { c.Standing.Verdict.State = catalog.Failing }, 200},
		"a fragment is wanted": {func(c *catalog.Claim) { c.Fragments = []string{"x"} }, 200},
	} {
		t.Run(name, func(t *testing.T) {
			got := check(t, c, known(test.change))[0]
			seen := got.Observation
			if seen.Status() != test.status || (seen.Page == nil) != (test.status == 304) || seen.ETag != `"v1"` {
				t.Errorf("status %d, page %v, tag %s; want %d", seen.Status(), seen.Page, seen.ETag, test.status)
			}
			if got.Judgement.Verdict.State != catalog.OK {
				t.Errorf("state %s", got.Judgement.Verdict.State)
			}
		})
	}
}

func TestAHostThatWantsALongRestIsReportedWithoutAsking(t *testing.T) {
	web := startWeb(t)
	web.Handle("busy.test", "/*", fakeweb.RetryAfter(429, 3600))
	web.Handle("from.test", "/", fakeweb.Redirect(302, web.URL("busy.test", "/x")))
	var addresses []string
	for i := range 50 {
		addresses = append(addresses, web.URL("busy.test", fmt.Sprint("/", i)))
	}
	o := options(web)
	o.HostConcurrency = 1
	c := newCrawler(t, o)
	results := check(t, c, claimsOf(addresses...)...)
	results = append(results, visitOne(t, c, web.URL("from.test", "/")))
	for _, r := range results {
		if v := r.Judgement.Verdict; v.State != catalog.Blocked || v.Reason != catalog.ReasonRateLimited {
			t.Errorf("%s: %s/%s", r.Claim.URL, v.State, v.Reason)
		}
	}
	if n := len(web.Requests("busy.test")); n != 1 {
		t.Errorf("the host was asked %d times, want once", n)
	}
}

func TestAHostWithoutConnectionsIsGivenUp(t *testing.T) {
	web := startWeb(t)
	if err := web.HandleConn("mute.test", fakeweb.Mute); err != nil {
		t.Fatal(err)
	}
	var addresses []string
	for i := range 40 {
		addresses = append(addresses, web.HTTPSURL("mute.test", fmt.Sprint("/", i)))
	}
	o := options(web)
	o.Timeout, o.HostConcurrency, o.Retries = 300*time.Millisecond, 2, 1
	for _, r := range check(t, newCrawler(t, o), claimsOf(addresses...)...) {
		if v := r.Judgement.Verdict; v.State != catalog.Failing || v.Reason != catalog.ReasonTimeout || !r.Observation.Unreached() {
			t.Errorf("%s: %s/%s (%s)", r.Claim.URL, v.State, v.Reason, v.Message)
		}
	}
	if n := web.Totals().Connections; n > 6 {
		t.Errorf("%d connections were tried", n)
	}
}

func TestEveryVersionOfHTTP(t *testing.T) {
	web := startWeb(t)
	web.Secure("two.test", fakeweb.TLS{HTTP2: true})
	web.Handle("two.test", "/*", fakeweb.Gzip(fakeweb.Page{Title: "Two"}))
	web.Secure("one.test", fakeweb.TLS{})
	web.Handle("one.test", "/*", fakeweb.Page{Title: "One"})
	web.Handle("zero.test", "/", fakeweb.HTTP10(fakeweb.Page{Title: "Zero"}))
	results := check(t, newCrawler(t, options(web)), claimsOf(
		web.HTTPSURL("two.test", "/a"), web.HTTPSURL("two.test", "/b"), web.HTTPSURL("one.test", "/"), web.URL("zero.test", "/"))...)
	var titles []string
	for _, r := range results {
		if r.Observation.Page == nil {
			t.Fatalf("%s: %+v", r.Claim.URL, r.Observation.Failure)
		}
		titles = append(titles, r.Observation.Page.Title)
	}
	if diff := cmp.Diff([]string{"Two", "Two", "One", "Zero"}, titles); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
	if proto := web.Requests("two.test")[0].Proto; proto != "HTTP/2.0" {
		t.Errorf("spoke %s where HTTP/2 is offered", proto)
	}
}

func TestTheEnvironmentDoesNotOverrideTheCode(t *testing.T) {
	for _, setting := range []string{"COLLY_MAX_BODY_SIZE=1", "COLLY_FOLLOW_REDIRECTS=no", "COLLY_ALLOWED_DOMAINS=x.test", "COLLY_MAX_REQUESTS=1", "COLLY_USER_AGENT=spoofed"} {
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}
	web := startWeb(t)
	web.Handle("e.test", "/old", fakeweb.Redirect(301, "/new"))
	web.Handle("e.test", "/new", fakeweb.Page{Title: "New"})
	for _, r := range check(t, newCrawler(t, options(web)), claimsOf(web.URL("e.test", "/old"), web.URL("e.test", "/new"))...) {
		if r.Observation.Page == nil || r.Observation.Page.Title != "New" {
			t.Errorf("%s: %+v", r.Claim.URL, r.Observation)
		}
	}
	if agent := web.Requests("e.test")[0].Header.Get("User-Agent"); agent != DefaultUserAgent {
		t.Errorf("User-Agent %q", agent)
	}
}

func TestCheckEndsWithItsContext(t *testing.T) {
	web := startWeb(t)
	web.Handle("stall.test", "/*", fakeweb.Stall())
	web.Handle("fine.test", "/", fakeweb.Page{Title: "Fine"})
	addresses := []string{web.URL("fine.test", "/")}
	for i := range 200 {
		addresses = append(addresses, web.URL("stall.test", fmt.Sprint("/", i)))
	}
	o := options(web)
	o.Timeout = time.Hour
	c := newCrawler(t, o)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var emitted []string
	err := c.Check(ctx, len(addresses), at(claimsOf(addresses...)), func(r catalog.Result) {
		emitted = append(emitted, r.Claim.URL)
		cancel()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if diff := cmp.Diff(addresses[:1], emitted); diff != "" {
		t.Errorf("emitted (-want +got):\n%s", diff)
	}
	if a := c.Activity(); len(a.Visiting) != 0 || a.Hosts["busy"] != 0 || a.Hosts["waiting"] != 0 || c.frontier.free != o.Concurrency+64 {
		t.Errorf("left behind: %+v, %d slots free", a, c.frontier.free)
	}
}

func TestWhatIsGoingOn(t *testing.T) {
	web := startWeb(t)
	web.Handle("stall.test", "/*", fakeweb.Stall())
	o := options(web)
	o.Timeout, o.HostConcurrency = time.Hour, 1
	c := newCrawler(t, o)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		done <- c.Check(ctx, 2, at(claimsOf(web.URL("stall.test", "/1"), web.URL("stall.test", "/2"))), func(catalog.Result) {})
	}()
	for len(c.Activity().Visiting) == 0 {
		time.Sleep(time.Millisecond)
	}
	a := c.Activity()
	if a.Visiting[0].URL != web.URL("stall.test", "/1") || a.Visiting[0].Phase != "fetching" || a.Hosts["busy"] != 1 {
		t.Errorf("activity %+v", a)
	}
	cancel()
	<-done
}

func TestACheckOfThousandsLosesNone(t *testing.T) {
	web := startWeb(t)
	for i := range 100 {
		web.Handle(fmt.Sprintf("h%d.test", i), "/*", fakeweb.Status(200))
	}
	var claims []catalog.Claim
	for i := range 5_000 {
		claims = append(claims, claimOf(i, web.URL(fmt.Sprintf("h%d.test", i%100), fmt.Sprint("/", i))))
	}
	meter := newTally()
	o := options(web)
	o.Meter = meter
	for _, r := range check(t, newCrawler(t, o), claims...) {
		if r.Judgement.Verdict.State != catalog.OK {
			t.Fatalf("%s: %+v", r.Claim.URL, r.Observation.Failure)
		}
	}
	if meter.checked[catalog.ReasonOK] != 5_000 || meter.hops != 5_000 {
		t.Errorf("counted %v and %d hops", meter.checked, meter.hops)
	}
}

func TestBadOptionsAreNamed(t *testing.T) {
	for want, o := range map[string]Options{
		"concurrency": {Concurrency: -1},
		"timeout":     {Timeout: -1},
	} {
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not name the %s", err, want)
		}
	}
}
