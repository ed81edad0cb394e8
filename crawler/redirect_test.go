package crawler

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

var hopsOnly = cmpopts.IgnoreFields(catalog.Hop{}, "Duration")

func TestEveryHopIsRecorded(t *testing.T) {
	web := startWeb(t)
	end := web.URL("b.test", "/new")
	web.Handle("a.test", "/old", fakeweb.Redirect(301, "/mid"))
	web.Handle("a.test", "/mid", fakeweb.Redirect(302, end+"#part"))
	web.Handle("b.test", "/new", fakeweb.Page{Title: "New"})
	got := visitOne(t, newCrawler(t, options(web)), web.URL("a.test", "/old"))
	want := []catalog.Hop{
		{URL: web.URL("a.test", "/old"), Status: 301, Location: "/mid"},
		{URL: web.URL("a.test", "/mid"), Status: 302, Location: end + "#part"},
		{URL: end + "#part", Status: 200},
	}
	if diff := cmp.Diff(want, got.Observation.Hops, hopsOnly); diff != "" {
		t.Errorf("hops (-want +got):\n%s", diff)
	}
	if got.Observation.Page == nil || got.Observation.Page.Title != "New" {
		t.Errorf("page %+v, want the title of the last hop", got.Observation.Page)
	}
	if o := got.Observation; o.ContentType != "text/html" || o.Bytes == 0 || o.Attempts != 1 || o.Duration == 0 {
		t.Errorf("observation %+v lacks facts", o)
	}
}

func TestRedirectsThatLeadNowhere(t *testing.T) {
	web := startWeb(t)
	location := func(path string, code int, to string) string {
		web.Handle("r.test", path, fakeweb.Redirect(code, to))
		return web.URL("r.test", path)
	}
	web.Loop("r.test", "/x", "/y")
	web.Handle("r.test", "/bare", fakeweb.Status(302))
	web.Handle("r.test", "/choices", fakeweb.Status(300))
	web.Handle("r.test", "/forever", fakeweb.EndlessRedirect(302))
	web.Handle("r.test", "/forever/*", fakeweb.EndlessRedirect(302))
	tests := map[string]struct {
		url    string
		reason catalog.Reason // of the failure
		judged catalog.Reason
		hops   int
	}{
		"loop of two":         {web.URL("r.test", "/x"), "redirect-loop", "redirect-loop", 2},
		"more than 20 hops":   {web.URL("r.test", "/forever"), "redirect-loop", "redirect-loop", 20},
		"no Location":         {web.URL("r.test", "/bare"), "bad-redirect", "bad-redirect", 1},
		"300 without a way":   {web.URL("r.test", "/choices"), "bad-redirect", "bad-redirect", 1},
		"another scheme":      {location("/mail", 302, "mailto:me@example.test"), "bad-redirect", "bad-redirect", 1},
		"javascript":          {location("/js", 302, "javascript:alert(1)"), "bad-redirect", "bad-redirect", 1},
		"no valid address":    {location("/bad", 301, "http://[::1"), "bad-redirect", "bad-redirect", 1},
		"private address":     {location("/meta", 302, "http://169.254.169.254/latest/meta-data/"), "private-address", "bad-redirect", 2},
		"decimal address":     {location("/dec", 302, "http://2852039166/"), "private-address", "bad-redirect", 2},
		"octal address":       {location("/oct", 302, "http://0251.0376.0251.0376/"), "private-address", "bad-redirect", 2},
		"mapped address":      {location("/map", 302, "http://[::ffff:10.0.0.1]/"), "private-address", "bad-redirect", 2},
		"port of another use": {location("/smtp", 302, "http://mail.test:25/"), "private-address", "bad-redirect", 2},
	}
	c := newCrawler(t, options(web))
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := visitOne(t, c, test.url)
			if got.Observation.Failure == nil || got.Observation.Failure.Reason != test.reason {
				t.Fatalf("failure %+v, want %s", got.Observation.Failure, test.reason)
			}
			if v := got.Judgement.Verdict; v.Reason != test.judged || v.State != catalog.Dead {
				t.Errorf("verdict %s/%s (%s), want dead/%s", v.State, v.Reason, v.Message, test.judged)
			}
			if len(got.Observation.Hops) != test.hops {
				t.Errorf("%d hops, want %d: %+v", len(got.Observation.Hops), test.hops, got.Observation.Hops)
			}
		})
	}
}

func TestRedirectsThatBrowsersFollow(t *testing.T) {
	web := startWeb(t)
	web.Handle("f.test", "/end", fakeweb.Page{Title: "End"})
	web.Handle("f.test", "/caf%C3%A9", fakeweb.Page{Title: "Café"})
	web.Handle("f.test", "/a%20b", fakeweb.Page{Title: "Space"})
	base := strings.TrimSuffix(web.URL("f.test", "/"), "/")
	for name, test := range map[string]struct{ location, end string }{
		"absolute path":   {"/end", base + "/end"},
		"relative path":   {"../end", base + "/end"},
		"own scheme":      {strings.TrimPrefix(base, "http:") + "/end", base + "/end"},
		"raw UTF-8":       {"/café", base + "/caf%C3%A9"},
		"a bare space":    {"/a b", base + "/a%20b"},
		"backslashes":     {`\end`, base + "/end"},
		"spaces around":   {"  /end  ", base + "/end"},
		"with a fragment": {"/end#here", base + "/end#here"},
	} {
		t.Run(name, func(t *testing.T) {
			web.Handle("f.test", "/go", fakeweb.Redirect(302, test.location))
			got := visitOne(t, newCrawler(t, options(web)), base+"/go")
			if got.Observation.FinalURL() != test.end || got.Observation.Status() != 200 {
				t.Errorf("ended with %d at %s (%+v), want 200 at %s", got.Observation.Status(), got.Observation.FinalURL(), got.Observation.Failure, test.end)
			}
		})
	}
}

func TestCookiesLiveWithinOneChain(t *testing.T) {
	web := startWeb(t)
	web.Handle("gate.test", "/", fakeweb.CookieGate(fakeweb.Page{Title: "Inside"}))
	c := newCrawler(t, options(web))
	for range 2 {
		got := visitOne(t, c, web.URL("gate.test", "/"))
		if got.Observation.Page == nil || got.Observation.Page.Title != "Inside" {
			t.Fatalf("the gate did not open: %+v", got.Observation)
		}
	}
	requests := web.Requests("gate.test")
	with := slices.Collect(func(yield func(bool) bool) {
		for _, r := range requests {
			yield(r.Header.Get("Cookie") != "")
		}
	})
	if diff := cmp.Diff([]bool{false, true, false, true}, with); diff != "" {
		t.Errorf("requests with a cookie (-want +got):\n%s", diff)
	}
}

func TestSecretsStayWithTheirHost(t *testing.T) {
	web := startWeb(t)
	web.Handle("own.test", "/", fakeweb.Header(fakeweb.Redirect(302, web.URL("other.test", "/")), "Set-Cookie", "s=1"))
	web.Handle("other.test", "/", fakeweb.Page{Title: "Other"})
	o := options(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "own.test", Headers: map[string]string{
		"Authorization": "Bearer x", "X-Key": "k", "Cookie": "id=7"}}}
	address := strings.Replace(web.URL("own.test", "/"), "http://", "http://user:word@", 1)
	claim := claimOf(0, address)
	claim.Host = catalog.Host(address)
	claim.ETag, claim.Standing.Verdict.State = `"v"`, catalog.OK
	got := check(t, newCrawler(t, o), claim)[0]
	if got.Observation.Status() != 200 {
		t.Fatalf("observation %+v", got.Observation)
	}
	own, other := web.Requests("own.test")[0].Header, web.Requests("other.test")[0].Header
	for _, name := range []string{"Authorization", "X-Key", "Cookie", "If-None-Match"} {
		if own.Get(name) == "" {
			t.Errorf("%s was not sent to its own host", name)
		}
		if v := other.Get(name); v != "" {
			t.Errorf("%s: %s was carried to another host", name, v)
		}
	}
	if v := other.Get("Referer"); v != "" {
		t.Errorf("Referer %s was sent", v)
	}
}

func TestSecretsAreNotSentInTheClearAfterHTTPS(t *testing.T) {
	web := startWeb(t)
	web.Secure("s.test", fakeweb.TLS{})
	web.Handle("s.test", "/in", fakeweb.Redirect(302, web.URL("s.test", "/out")))
	web.Handle("s.test", "/out", fakeweb.Page{Title: "Out"})
	o := options(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "s.test", Headers: map[string]string{"Authorization": "Bearer x", "Accept": "text/x"}}}
	visitOne(t, newCrawler(t, o), web.HTTPSURL("s.test", "/in"))
	var sent []string
	for _, r := range web.Requests("s.test") {
		if madeUp.MatchString(r.Path) {
			continue // a question of its own, by https
		}
		sent = append(sent, fmt.Sprintf("%s %s %s", r.Path, r.Header.Get("Authorization"), r.Header.Get("Accept")))
	}
	if diff := cmp.Diff([]string{"/in Bearer x text/x", "/out  text/x"}, sent); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
}

func FuzzLocation(f *testing.F) {
	for _, location := range []string{"/a", "//host", "http://[::1", "mailto:x", "%zz", "\\\\evil", "https:/x", "#f", "?q", "\x00"} {
		f.Add(location)
	}
	from, err := url.Parse("https://from.test/dir/page")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, location string) {
		next, failure := target(from, location)
		if failure != nil {
			if next != "" || strings.ContainsAny(failure.Detail, "\r\n") {
				t.Errorf("%q: next %q and failure %+v", location, next, failure)
			}
			return
		}
		u, err := url.Parse(next)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			t.Errorf("%q leads to %q: %v", location, next, err)
		}
	})
}
