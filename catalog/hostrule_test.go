package catalog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

func TestHostRuleFirstMatchWins(t *testing.T) {
	rules := catalog.Rules{Hosts: []catalog.HostRule{
		{Match: "www.example.org", Concurrency: 1}, {Match: "*.Example.org", Concurrency: 2},
		{Match: "10.0.0.*", Concurrency: 3}, {Match: "::1", Concurrency: 4}, {Match: "*.shop.*", Concurrency: 5}, {Match: "*", Concurrency: 9},
	}}
	tests := map[string]int{
		"www.example.org": 1, "WWW.example.org:8080": 1, "a.b.example.org": 2, "example.org": 9, "notexample.org": 9,
		"10.0.0.7:80": 3, "[::1]:8080": 4, "[::1]": 4, "my.shop.test": 5, "shop.test": 9, "other.test": 9,
	}
	for host, want := range tests {
		if got := rules.Host(host).Concurrency; got != want {
			t.Errorf("rule for %s has concurrency %d, want %d", host, got, want)
		}
	}
}

func TestWhatARuleLeavesOutIsAsShipped(t *testing.T) {
	night := catalog.Quiet{From: 22 * time.Hour, To: 6 * time.Hour}
	shipped := catalog.HostRule{Match: "*.great.test", Concurrency: 2, Interval: time.Second, Accept: []int{403},
		Headers: map[string]string{"Accept": "text/html", "X-A": "1"}, Redirects: catalog.RedirectsExpected,
		TLS: catalog.HostTLS{MinVersion: 1}, Skip: true, Quiet: night}
	other := catalog.HostRule{Match: "a.great.test", Concurrency: 3, Interval: time.Minute, Accept: []int{},
		Headers: map[string]string{"accept": "*/*"}, Redirects: catalog.RedirectsFollow, TLS: catalog.HostTLS{Unverified: true},
		Quiet: catalog.Quiet{To: time.Hour}}
	tests := map[string]struct {
		own  []catalog.HostRule
		want func(*catalog.HostRule)
	}{
		"no rule of the user":      {nil, func(*catalog.HostRule) {}},
		"a rule for another host":  {[]catalog.HostRule{{Match: "x.test", Interval: 1}}, func(*catalog.HostRule) {}},
		"a rule that says nothing": {[]catalog.HostRule{{Match: "*"}}, func(h *catalog.HostRule) { h.Match = "*" }},
		"a header": {[]catalog.HostRule{{Match: "*", Headers: map[string]string{"x-b": "2"}}}, func(h *catalog.HostRule) {
			h.Match, h.Headers = "*", map[string]string{"Accept": "text/html", "X-A": "1", "X-B": "2"}
		}},
		"the first of two only": {[]catalog.HostRule{{Match: "*", Concurrency: 7}, {Match: "*", Interval: 1}}, func(h *catalog.HostRule) { h.Match, h.Concurrency = "*", 7 }},
		"everything is the user's": {[]catalog.HostRule{other}, func(h *catalog.HostRule) {
			*h = other
			h.Skip, h.Headers = true, map[string]string{"Accept": "*/*", "X-A": "1"}
		}},
		"a port changes no interval": {[]catalog.HostRule{{Match: "a.great.test", Concurrency: 1}}, func(h *catalog.HostRule) { h.Match, h.Concurrency = "a.great.test", 1 }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			want := shipped
			tt.want(&want)
			got := catalog.Rules{Hosts: tt.own, Shipped: []catalog.HostRule{shipped}}.Host("a.great.test:8443")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rule (-want +got):\n%s", diff)
			}
		})
	}
	if shipped.Headers["Accept"] != "text/html" || len(shipped.Headers) != 2 {
		t.Errorf("the shipped headers were changed: %v", shipped.Headers)
	}
}

// ruled is a hop whose redirect a rule says something of.
func ruled(status int, url string, rule catalog.RedirectRule) catalog.Hop {
	return catalog.Hop{Status: status, URL: url, Rule: rule}
}

func TestRedirectsByRule(t *testing.T) {
	const answer, expected = catalog.RedirectsAnswer, catalog.RedirectsExpected
	tests := map[string]struct {
		seen    catalog.Observation
		state   catalog.State
		moved   string // suggestion; empty: no finding
		offSite bool
		told    bool // a rule has to be told of in the verdict
	}{
		"an answer": {chain(ruled(302, "https://doi.test/1", answer)), catalog.OK, "", false, true},
		"on the way to an answer": {chain(hop(301, "https://dx.test/1"), ruled(302, "https://doi.test/1", answer)),
			catalog.OK, "https://doi.test/1", true, true},
		"a redirect that leads no further": {chain(hop(302, "https://a.test/1")), catalog.Dead, "", false, false},
		"expected, to another site":        {chain(ruled(301, "https://sho.test/1", expected), hop(200, "https://a.test/x")), catalog.OK, "", false, false},
		"expected, to what is gone":        {chain(ruled(301, "https://sho.test/1", expected), hop(404, "https://a.test/x")), catalog.Dead, "", false, false},
		"expected, then not":               {chain(ruled(302, "https://sho.test/1", expected), hop(301, "https://a.test/x"), hop(200, "https://b.test/x")), catalog.OK, "", true, false},
		"expected twice":                   {chain(ruled(302, "https://sho.test/1", expected), ruled(301, "https://a.test/x", expected), hop(200, "https://b.test/x")), catalog.OK, "", false, false},
		"moved to a shortener":             {chain(hop(301, "https://a.test/1"), ruled(301, "https://sho.test/1", expected), hop(200, "https://b.test/x")), catalog.OK, "https://sho.test/1", true, false},
		"there and back":                   {chain(ruled(302, "https://a.test/1", expected), ruled(302, "https://login.test/", expected), hop(200, "https://a.test/1")), catalog.OK, "", false, false},
		"followed by rule":                 {chain(ruled(301, "https://a.test/1", catalog.RedirectsFollow), hop(200, "https://b.test/x")), catalog.OK, "https://b.test/x", true, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			policy := catalog.DefaultRules().OneRun().For("", nil)
			j := catalog.Judge(unchecked(), tt.seen, policy, start)
			if j.Verdict.State != tt.state {
				t.Errorf("state %s (%s), want %s", j.Verdict.State, j.Verdict.Message, tt.state)
			}
			suggestion := ""
			if f := found(j, catalog.FindingMoved); f != nil {
				suggestion = f.Suggestion
			}
			if off := found(j, catalog.FindingOffSite) != nil; suggestion != tt.moved || off != tt.offSite {
				t.Errorf("moved to %q, off-site %v; want %q, %v", suggestion, off, tt.moved, tt.offSite)
			}
			if told := strings.Contains(j.Verdict.Message, "a rule takes a redirect"); told != tt.told {
				t.Errorf("the verdict says %q", j.Verdict.Message)
			}
		})
	}
}
