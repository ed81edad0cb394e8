package crawler

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// ruledWeb has a resolver whose redirects are answers, and a shortener whose redirects are expected.
func ruledWeb(t *testing.T) (*fakeweb.Web, *Crawler) {
	web := startWeb(t)
	web.Handle("publisher.test", "/*", fakeweb.Status(403))
	web.Handle("doi.test", "/1", fakeweb.Redirect(302, web.URL("publisher.test", "/1")))
	web.Handle("doi.test", "/self", fakeweb.Redirect(302, "/self"))
	web.Handle("doi.test", "/bare", fakeweb.Status(302))
	web.Handle("doi.test", "/mail", fakeweb.Redirect(302, "mailto:a@publisher.test"))
	web.Handle("doi.test", "/gone", fakeweb.Status(404))
	web.Handle("dx.test", "/1", fakeweb.Redirect(301, web.URL("doi.test", "/1")))
	web.Handle("page.test", "/x", fakeweb.Page{Title: "Page"})
	web.Handle("short.test", "/page", fakeweb.Redirect(301, web.URL("page.test", "/x")))
	web.Handle("short.test", "/lost", fakeweb.Redirect(301, web.URL("page.test", "/lost")))
	web.Handle("short.test", "/refused", fakeweb.Redirect(301, web.URL("publisher.test", "/2")))
	web.Loop("short.test", "/a", "/b")
	o := options(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "doi.test", Redirects: catalog.RedirectsAnswer}, {Match: "short.test", Redirects: catalog.RedirectsExpected}}
	return web, newCrawler(t, o)
}

func TestRedirectsMeanWhatTheRuleOfTheirHostSays(t *testing.T) {
	web, c := ruledWeb(t)
	tests := map[string]struct {
		address  string
		state    catalog.State
		reason   catalog.Reason
		findings []catalog.FindingKind
		hops     int
	}{
		"an answer":                     {web.URL("doi.test", "/1"), "ok", "ok", nil, 1},
		"an answer at the end":          {web.URL("dx.test", "/1"), "ok", "ok", []catalog.FindingKind{"moved", "off-site"}, 2},
		"an answer that names itself":   {web.URL("doi.test", "/self"), "ok", "ok", nil, 1},
		"no address is no answer":       {web.URL("doi.test", "/bare"), "dead", "bad-redirect", []catalog.FindingKind{"dead"}, 1},
		"nor is another scheme":         {web.URL("doi.test", "/mail"), "dead", "bad-redirect", []catalog.FindingKind{"dead"}, 1},
		"a resolver that knows nothing": {web.URL("doi.test", "/gone"), "dead", "not-found", []catalog.FindingKind{"dead"}, 1},
		"expected":                      {web.URL("short.test", "/page"), "ok", "ok", nil, 2},
		"expected, to what is gone":     {web.URL("short.test", "/lost"), "dead", "not-found", []catalog.FindingKind{"dead"}, 2},
		"expected, to what is closed":   {web.URL("short.test", "/refused"), "blocked", "forbidden", nil, 2},
		"expected, in a circle":         {web.URL("short.test", "/a"), "dead", "redirect-loop", []catalog.FindingKind{"dead"}, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := visitOne(t, c, test.address)
			if v := got.Judgement.Verdict; v.State != test.state || v.Reason != test.reason || len(got.Observation.Hops) != test.hops {
				t.Errorf("%s/%s (%s) after %d hops, want %s/%s after %d", v.State, v.Reason, v.Message, len(got.Observation.Hops), test.state, test.reason, test.hops)
			}
			var kinds []catalog.FindingKind
			for _, f := range got.Judgement.Opened {
				kinds = append(kinds, f.Kind)
			}
			if diff := cmp.Diff(test.findings, kinds); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheTargetOfAnAnswerIsNotAsked(t *testing.T) {
	web, c := ruledWeb(t)
	visitOne(t, c, web.URL("doi.test", "/1"))
	if n := len(web.Requests("publisher.test")); n != 0 || web.Lookups("publisher.test") != 0 {
		t.Errorf("the target was asked %d times, looked up %d times", n, web.Lookups("publisher.test"))
	}
}

// TestALongChainMayEndInAnAnswer: what is not asked is no further hop.
func TestALongChainMayEndInAnAnswer(t *testing.T) {
	web, c := ruledWeb(t)
	codes := make([]int, maxHops-1)
	for i := range codes {
		codes[i] = 302
	}
	web.Chain("long.test", "/go", fakeweb.Redirect(302, web.URL("doi.test", "/1")), codes[1:]...)
	got := visitOne(t, c, web.URL("long.test", "/go"))
	if v := got.Judgement.Verdict; v.State != catalog.OK || len(got.Observation.Hops) != maxHops {
		t.Errorf("%s/%s after %d hops, want ok after %d", v.State, v.Reason, len(got.Observation.Hops), maxHops)
	}
}
