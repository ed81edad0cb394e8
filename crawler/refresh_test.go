package crawler

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestAPageThatSendsItsVisitorsOnIsAHop(t *testing.T) {
	web := startWeb(t)
	on := func(path, to string) {
		web.Handle("page.test", path, fakeweb.Page{Title: "Moved", Refresh: "0; url=" + to})
	}
	web.Handle("page.test", "/new", fakeweb.Page{Title: "New"})
	on("/old", "/new")
	on("/older", "/old")
	on("/lost", "/nowhere")
	on("/a", "/b")
	on("/b", "/a")
	on("/self", "/self")
	on("/script", "javascript:go()")
	on("/inside", web.URL("inside.test", "/"))
	web.Resolve("inside.test", fakeweb.Addresses("10.0.0.1"))
	web.Handle("page.test", "/header", fakeweb.Header(fakeweb.Page{Title: "Moved"}, "Refresh", "0;url=/new"))
	web.Handle("page.test", "/mixed", fakeweb.Redirect(301, "/old"))
	web.Handle("page.test", "/error", fakeweb.Page{Code: 404, Title: "Gone", Refresh: "0; url=/new"})
	web.Handle("page.test", "/cookie", fakeweb.Header(fakeweb.Page{Title: "Moved", Refresh: "0; url=/gate"}, "Set-Cookie", "gate=open; Path=/"))
	web.Handle("page.test", "/gate", fakeweb.CookieGate(fakeweb.Page{Title: "Inside"}))
	web.Handle("doi.test", "/1", fakeweb.Page{Title: "Moved", Refresh: "0; url=" + web.URL("page.test", "/nowhere")})
	o := options(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "doi.test", Redirects: catalog.RedirectsAnswer}}
	c := newCrawler(t, o)
	for name, test := range map[string]struct {
		host, path string
		reason     catalog.Reason
		hops       []int // statuses
		title      string
	}{
		"by an element":             {"page.test", "/old", "ok", []int{200, 200}, "New"},
		"twice":                     {"page.test", "/older", "ok", []int{200, 200, 200}, "New"},
		"by a header":               {"page.test", "/header", "ok", []int{200, 200}, "New"},
		"after a redirect":          {"page.test", "/mixed", "ok", []int{301, 200, 200}, "New"},
		"to what is gone":           {"page.test", "/lost", "not-found", []int{200, 404}, ""},
		"in a circle":               {"page.test", "/a", "redirect-loop", []int{200, 200}, ""},
		"to itself":                 {"page.test", "/self", "ok", []int{200}, "Moved"},
		"to what is no web address": {"page.test", "/script", "ok", []int{200}, "Moved"},
		"to a refused address":      {"page.test", "/inside", "bad-redirect", []int{200, 0}, ""},
		"of an error":               {"page.test", "/error", "not-found", []int{404}, ""},
		"with a cookie":             {"page.test", "/cookie", "ok", []int{200, 200}, "Inside"},
		"as a rule's answer":        {"doi.test", "/1", "ok", []int{200}, "Moved"},
	} {
		t.Run(name, func(t *testing.T) {
			got := visitOne(t, c, web.URL(test.host, test.path))
			var hops []int
			for _, h := range got.Observation.Hops {
				hops = append(hops, h.Status)
			}
			if diff := cmp.Diff(test.hops, hops); diff != "" || got.Judgement.Verdict.Reason != test.reason {
				t.Errorf("%s (%s), hops (-want +got):\n%s", got.Judgement.Verdict.Reason, got.Judgement.Verdict.Message, diff)
			}
			if p := got.Observation.Page; test.title != "" && (p == nil || p.Title != test.title) {
				t.Errorf("page %+v, want the title %q", p, test.title)
			}
		})
	}
}

// TestThePageBehindARefreshIsAskedForAnew: the validators of the last page are not sent to the first, which may be older
// and would say that nothing has changed.
func TestThePageBehindARefreshIsAskedForAnew(t *testing.T) {
	web := startWeb(t)
	web.Handle("page.test", "/old", fakeweb.Page{Title: "Moved", Refresh: "0; url=/new"})
	web.Handle("page.test", "/new", fakeweb.ETag("v1", fakeweb.Page{Title: "New"}))
	got := visitOne(t, newCrawler(t, options(web)), web.URL("page.test", "/old")).Observation
	if got.ETag != "" || len(got.Hops) != 2 || !got.Hops[0].Refresh || got.Hops[0].Location != web.URL("page.test", "/new") {
		t.Errorf("tag %q, hops %+v", got.ETag, got.Hops)
	}
}
