package behaviours

import (
	"slices"
	"strings"
	"testing"

	"waymark/crawler/fakeweb"
)

// TestTable holds the table to its own rules: names and links are unique, and every word is one of the vocabulary.
func TestTable(t *testing.T) {
	states := []string{"ok", "failing", "dead", "blocked", "skipped"}
	reasons := strings.Fields("ok not-found gone soft-404 parked empty client-error server-error dns refused unreachable reset timeout tls protocol " +
		"redirect-loop bad-redirect unauthorized forbidden rate-limited challenge robots private-address invalid-url unsupported-scheme")
	kinds := strings.Fields("moved off-site missing-anchor stale archived drifted insecure certificate duplicate")
	names, links := map[string]bool{}, map[string]string{}
	for _, theme := range All() {
		for _, c := range theme.Cases {
			if names[c.Name] {
				t.Errorf("%s: two behaviours of this name", c.Name)
			}
			names[c.Name] = true
			for _, l := range c.Links() {
				if other := links[l]; other != "" {
					t.Errorf("%s: %s is the link of %q as well", c.Name, l, other)
				}
				links[l] = c.Name
			}
			for _, w := range append(c.Or, c.Want) {
				if !slices.Contains(states, w.State) {
					t.Errorf("%s: %q is no state", c.Name, w.State)
				}
				for _, r := range strings.Split(w.Reason, "|") {
					if r != "" && !slices.Contains(reasons, r) {
						t.Errorf("%s: %q is no reason", c.Name, r)
					}
				}
				for _, f := range w.Findings {
					if !slices.Contains(kinds, f.Kind) {
						t.Errorf("%s: %q is no kind of finding", c.Name, f.Kind)
					}
				}
			}
		}
	}
	if len(names) < 200 {
		t.Errorf("%d behaviours, want at least 200", len(names))
	}
}

// TestPutUp plays every behaviour in one web, at ports that anybody may have.
func TestPutUp(t *testing.T) {
	web, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(web.Close)
	themes := All()
	Furnish(web, themes)
	for _, theme := range themes {
		for _, c := range theme.Cases {
			for _, item := range PutUp(web, c) {
				if !strings.HasPrefix(item, "- [") || strings.ContainsAny(item, "\n\r") {
					t.Errorf("%s: %q is no item of a list", c.Name, item)
				}
			}
		}
	}
	res, err := web.Client().Get(web.HTTPSURL("slow-queues.test", "/2024/queues-that-do-not-grow/"))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != 200 || res.Header.Get("Server") != "nginx/1.24.0" {
		t.Errorf("%s, %v", res.Status, res.Header)
	}
}

// TestPagesAreWhole holds the pages to a plausible size.
func TestPagesAreWhole(t *testing.T) {
	for m := range frames {
		page := Doc{Make: m}.with("slow-queues.test", "Queues").HTML()
		if n := len(page); n < 2000 || n > 30000 || strings.Contains(page, "%!") {
			t.Errorf("a page of maker %d has %d bytes:\n%s", m, n, page)
		}
	}
}

func TestPlainUndoesLive(t *testing.T) {
	web, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(web.Close)
	const text = "http://a.test/x?y=1 and https://b-c.test#z"
	s := &Stage{Web: web}
	if live := s.Live(text); live == text || Plain(web, live) != text {
		t.Errorf("%q becomes %q becomes %q", text, live, Plain(web, live))
	}
}
