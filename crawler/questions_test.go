package crawler

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// notFound is what many servers say with status 200.
var notFound = fakeweb.Page{Title: "Page not found", Body: "<p>We could not find what you were looking for. Try the search."}

var madeUp = regexp.MustCompile(`/[a-z]{25}/?$`)

// probes counts the requests to a host for names that nobody chose.
func probes(web *fakeweb.Web, host string) (n int) {
	for _, r := range web.Requests(host) {
		if madeUp.MatchString(r.Path) {
			n++
		}
	}
	return n
}

func TestASuspiciousPageIsHeldAgainstAMadeUpNameBesideIt(t *testing.T) {
	tests := map[string]struct {
		serve  func(*fakeweb.Web, string)
		state  catalog.State
		reason catalog.Reason
		probes int
	}{
		"one page for every name": {func(web *fakeweb.Web, host string) { web.Handle(host, "*", notFound) }, "dead", "soft-404", 1},
		"an article about it": {func(web *fakeweb.Web, host string) {
			web.Handle(host, "/docs/guide", fakeweb.Page{Title: "Page not found: how to write a good 404"})
		}, "ok", "ok", 1},
		"a link into the deep that leads home": {func(web *fakeweb.Web, host string) {
			web.Handle(host, "/", fakeweb.Page{Title: "Home"})
			web.Handle(host, "/docs/*", fakeweb.Redirect(302, "/"))
		}, "dead", "soft-404", 1},
		"a page that moved home, beside others": {func(web *fakeweb.Web, host string) {
			web.Handle(host, "/", fakeweb.Page{Title: "Home"})
			web.Handle(host, "/docs/guide", fakeweb.Redirect(301, "/"))
		}, "ok", "ok", 1},
		"a page that refreshes to home, like every name": {func(web *fakeweb.Web, host string) {
			web.Handle(host, "/", fakeweb.Page{Title: "Home"})
			web.Handle(host, "/docs/*", fakeweb.Page{Refresh: "0; url=/"})
		}, "dead", "soft-404", 1},
		"asking is rate-limited": {func(web *fakeweb.Web, host string) {
			web.Handle(host, "/docs/*", fakeweb.Status(429))
			web.Handle(host, "/docs/guide", notFound)
		}, "ok", "ok", 1},
		"robots.txt forbids asking": {func(web *fakeweb.Web, host string) {
			web.Handle(host, "*", notFound)
			web.Handle(host, "/robots.txt", fakeweb.Text(200, "User-agent: *\nAllow: /docs/guide$\nDisallow: /docs/\n"))
		}, "ok", "ok", 0},
		"no suspicion": {func(web *fakeweb.Web, host string) { web.Handle(host, "*", fakeweb.Page{Title: "One for all"}) }, "ok", "ok", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			web := startWeb(t)
			web.Secure("soft.test", fakeweb.TLS{})
			test.serve(web, "soft.test")
			o := options(web)
			o.Robots = true
			got := visitOne(t, newCrawler(t, o), web.HTTPSURL("soft.test", "/docs/guide"))
			if v := got.Judgement.Verdict; v.State != test.state || v.Reason != test.reason {
				t.Errorf("%s/%s (%s), want %s/%s; answers %+v", v.State, v.Reason, v.Message, test.state, test.reason, got.Observation.Answers)
			}
			if n := probes(web, "soft.test"); n != test.probes {
				t.Errorf("%d made-up names were asked for, want %d", n, test.probes)
			}
		})
	}
}

func TestWhatCouldNotBeAskedIsAnAnswer(t *testing.T) {
	tests := map[string]struct {
		change func(*fakeweb.Web, *Options)
		want   catalog.Reason
	}{
		"robots.txt forbids it": {func(web *fakeweb.Web, o *Options) {
			web.Handle("soft.test", "/robots.txt", fakeweb.Text(200, "User-agent: *\nAllow: /docs/guide$\nDisallow: /docs/\n"))
			o.Robots = true
		}, catalog.ReasonRobots},
		"it leads to a host that is never visited": {func(web *fakeweb.Web, o *Options) {
			web.Handle("soft.test", "/docs/*", fakeweb.Redirect(302, web.URL("never.test", "/")))
			o.Rules.Hosts = []catalog.HostRule{{Match: "never.test", Skip: true}}
		}, catalog.ReasonRule},
		"it leads to a private address": {func(web *fakeweb.Web, _ *Options) {
			web.Resolve("inside.test", fakeweb.Addresses("10.0.0.1"))
			web.Handle("soft.test", "/docs/*", fakeweb.Redirect(302, web.URL("inside.test", "/")))
		}, catalog.ReasonPrivateAddress},
		"it goes round in circles": {func(web *fakeweb.Web, _ *Options) {
			web.Handle("soft.test", "/docs/*", fakeweb.EndlessRedirect(302))
		}, catalog.ReasonRedirectLoop},
		"the host asks for a rest": {func(web *fakeweb.Web, _ *Options) {
			web.Handle("soft.test", "/docs/guide", headerToo(notFound, "RateLimit", `"day";r=0;t=3000`))
		}, catalog.ReasonRateLimited},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			web := startWeb(t)
			web.Handle("soft.test", "*", notFound)
			o := options(web)
			web.Handle("soft.test", "/docs/guide", notFound)
			test.change(web, &o)
			got := visitOne(t, newCrawler(t, o), web.URL("soft.test", "/docs/guide"))
			if v := got.Judgement.Verdict; v.State != catalog.OK {
				t.Errorf("%s/%s (%s), want ok", v.State, v.Reason, v.Message)
			}
			if as := got.Observation.Answers; len(as) == 0 || as[0].Kind != catalog.AskSibling || as[0].Failure == nil || as[0].Failure.Reason != test.want || as[0].Why == "" {
				t.Errorf("answers %+v, want the first to have failed with %s", as, test.want)
			}
		})
	}
}

func TestTheMadeUpNameIsAskedForOnceForAllPagesOfAFolder(t *testing.T) {
	web := startWeb(t)
	web.Handle("soft.test", "*", fakeweb.Delay(20*time.Millisecond, notFound))
	var addresses []string
	for _, path := range strings.Fields("/a/1 /a/2 /a/3 /a/4 /a/5 /a/6 /b/1 /b/2") {
		addresses = append(addresses, web.URL("soft.test", path))
	}
	c := newCrawler(t, options(web))
	for range 2 {
		for _, r := range check(t, c, claimsOf(addresses...)...) {
			if v := r.Judgement.Verdict; v.Reason != catalog.ReasonSoft404 {
				t.Errorf("%s: %s (%s)", r.Claim.URL, v.Reason, v.Message)
			}
		}
	}
	if n := probes(web, "soft.test"); n != 2 {
		t.Errorf("%d made-up names were asked for in two folders", n)
	}
}

func TestTheServiceConfirmsWhatQuestionsShow(t *testing.T) {
	web := startWeb(t)
	web.Handle("soft.test", "*", notFound)
	store := openStore(t, web.URL("soft.test", "/docs/guide"))
	serve(t, newCrawler(t, serviceOptions(web)), store)
	eventually(t, "judged", func() bool { return states(t, store)[catalog.Failing] == 1 })
}

// question asks by a visit of its own, as part of another.
func question(t *testing.T, c *Crawler, kind catalog.QuestionKind, address string, left int) found {
	t.Helper()
	v := &visit{crawler: c, claim: &catalog.Claim{URL: address, Host: catalog.Host(address)}}
	return v.answer(t.Context(), catalog.Question{Kind: kind, URL: address, Accept: "application/json"}, &left)
}

func TestAnAnswerTellsWhatCameBack(t *testing.T) {
	web := startWeb(t)
	web.Secure("twin.test", fakeweb.TLS{})
	web.Handle("twin.test", "/page", fakeweb.Redirect(301, "/there"))
	web.Handle("twin.test", "/there", notFound)
	web.Handle("api.test", "/oembed", fakeweb.Bytes("application/json", []byte(`{"title":"x"}`)))
	c := newCrawler(t, options(web))
	a := question(t, c, catalog.AskHTTPS, web.HTTPSURL("twin.test", "/page"), 9).answer
	if a.Status != 200 || a.Hops != 1 || a.Final != web.HTTPSURL("twin.test", "/there") || a.Title != "Page not found" || a.Sketch == nil || len(a.Signals) == 0 {
		t.Errorf("answer %+v", a)
	}
	a = question(t, c, catalog.AskSite, web.URL("api.test", "/oembed"), 9).answer
	if a.Status != 200 || a.Failure != nil || a.Final != "" {
		t.Errorf("answer %+v", a)
	}
	if got := web.Requests("api.test")[0].Header.Get("Accept"); got != "application/json" {
		t.Errorf("Accept: %q", got)
	}
}

func TestAVisitSpendsSoManyRequestsOnQuestions(t *testing.T) {
	web := startWeb(t)
	web.Chain("long.test", "/a", fakeweb.Page{Title: "End"}, 302, 302, 302)
	c := newCrawler(t, options(web))
	for left, want := range map[int]int{4: 200, 3: 0} {
		got := question(t, c, catalog.AskHTTPS, web.URL("long.test", "/a"), left)
		if got.unasked != (want == 0) || (got.answer.Failure == nil) != (want == 200) {
			t.Errorf("with %d requests: %+v", left, got.answer)
		}
	}
	if n := len(web.Requests("long.test")); n != 7 {
		t.Errorf("%d requests, want 4 and 3", n)
	}
}

func TestWantedAnchorsAreLookedForInTheOneVisit(t *testing.T) {
	web := startWeb(t)
	web.Handle("page.test", "/", fakeweb.ETag("v1", fakeweb.Page{Title: "Page", Sections: []string{"First steps", "Last words"}}))
	claim := claimOf(0, web.URL("page.test", "/"))
	claim.Standing.Verdict.State, claim.ETag = catalog.OK, `"v1"`
	claim.Fragments = []string{"first-steps", "First-Steps", "nowhere"}
	got := check(t, newCrawler(t, options(web)), claim)[0].Observation
	if !slices.Contains(got.Missing, "nowhere") || slices.Contains(got.Missing, "first-steps") || got.Near["First-Steps"] != "first-steps" || got.Status() != 200 {
		t.Errorf("status %d, missing %v, near %v", got.Status(), got.Missing, got.Near)
	}
}
