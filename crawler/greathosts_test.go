package crawler

import (
	"path"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestGreatHostsHaveAReasonAndOnlyPoliteness(t *testing.T) {
	for _, g := range greatHosts {
		if g.why == "" || g.concurrency < 1 || g.interval < 100*time.Millisecond {
			t.Errorf("%v: reason %q, %d at once, %s apart", g.matches, g.why, g.concurrency, g.interval)
		}
	}
	var before []string
	for _, rule := range GreatHosts() {
		if rule.Skip || rule.Accept != nil || rule.Redirects != "" && !slices.Contains(resolvers, rule.Match) || rule.TLS != (catalog.HostTLS{}) {
			t.Errorf("%s: more than politeness", rule.Match)
		}
		for _, pattern := range before {
			if ok, err := path.Match(pattern, strings.Replace(rule.Match, "*", "any", 1)); ok || err != nil {
				t.Errorf("%s is never reached, after %s (%v)", rule.Match, pattern, err)
			}
		}
		before = append(before, rule.Match)
	}
}

func TestGreatHostsAreFoundAndTheUsersRulesComeFirst(t *testing.T) {
	rules := catalog.Rules{Hosts: []catalog.HostRule{{Match: "github.com", Concurrency: 9}}, Shipped: GreatHosts()}
	for host, want := range map[string]catalog.HostRule{
		"github.com":           {Concurrency: 9, Interval: 300 * time.Millisecond},
		"gist.github.com":      {Concurrency: 2, Interval: 500 * time.Millisecond},
		"en.wikipedia.org":     {Concurrency: 2, Interval: 500 * time.Millisecond},
		"old.reddit.com:443":   {Concurrency: 1, Interval: 2 * time.Second},
		"web.archive.org":      {Concurrency: 1, Interval: 2 * time.Second},
		"notgithub.com":        {},
		"github.com.evil.test": {},
	} {
		if got := rules.Host(host); got.Concurrency != want.Concurrency || got.Interval != want.Interval {
			t.Errorf("%s: %d at once, %s apart; want %d, %s", host, got.Concurrency, got.Interval, want.Concurrency, want.Interval)
		}
	}
}

func TestGreatHostsCannotBeChangedByTheirUsers(t *testing.T) {
	find := func(rules []catalog.HostRule) catalog.HostRule {
		return catalog.Rules{Shipped: rules}.Host("crates.io")
	}
	find(GreatHosts()).Headers["Accept"] = "*/*"
	if got := find(GreatHosts()).Headers["Accept"]; got != "text/html" {
		t.Errorf("crates.io is sent Accept: %s", got)
	}
}

func TestCratesIsSentWhatItWants(t *testing.T) {
	web := startWeb(t)
	web.Handle("crates.io", "/crates/serde", fakeweb.Page{Title: "serde"})
	o := options(web)
	o.Rules.Shipped = GreatHosts()
	check(t, newCrawler(t, o), claimsOf(web.URL("crates.io", "/crates/serde"))...)
	if got := web.Requests("crates.io")[0].Header.Get("Accept"); got != "text/html" {
		t.Errorf("Accept: %s, want text/html", got)
	}
}

// TestAHeaderMoreKeepsTheInterval: who sends a token along is no less polite for it.
func TestAHeaderMoreKeepsTheInterval(t *testing.T) {
	web := startWeb(t)
	web.Handle("crates.io", "/*", fakeweb.Page{Title: "crate"})
	o := options(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "crates.io", Headers: map[string]string{"X-Token": "t"}, Interval: 50 * time.Millisecond}}
	o.Rules.Shipped = GreatHosts()
	c := newCrawler(t, o)
	check(t, c, claimsOf(web.URL("crates.io", "/a"), web.URL("crates.io", "/b"))...)
	for _, r := range web.Requests("crates.io") {
		if r.Header.Get("X-Token") != "t" || r.Header.Get("Accept") != "text/html" {
			t.Errorf("sent X-Token %q and Accept %q", r.Header.Get("X-Token"), r.Header.Get("Accept"))
		}
	}
	if concurrency, interval := c.shape("crates.io"); concurrency != 1 || interval != 50*time.Millisecond {
		t.Errorf("asked %d at once, %s apart; want the shipped 1 and the rule's 50 ms", concurrency, interval)
	}
}

func TestHowLongGitHubTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rule := catalog.Rules{Shipped: GreatHosts()}.Host("github.com")
		f := newFrontier(64, fixed(rule.Concurrency, rule.Interval))
		f.setLimits(onceLimits())
		s := &stage{took: 800 * ms} // of an answer, which is slow for GitHub
		began := time.Now()
		s.play(f, repeat("github.com", 2800)...)
		if took := time.Since(began); took > 14*time.Minute+10*time.Second {
			t.Errorf("2,800 links take %s; the manual says 14 minutes", took)
		}
	})
}
