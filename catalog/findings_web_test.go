package catalog_test

import (
	"strings"
	"testing"
	"time"

	"waymark/catalog"
)

// TestFindingsOfAPage: kinds with their suggestions, as they open at the first visit.
func TestFindingsOfAPage(t *testing.T) {
	const page = "https://example.org/a/page"
	twin := func(status int, title, final string) catalog.Answer {
		return catalog.Answer{Kind: catalog.AskHTTPS, URL: "https://example.org/a", Status: status, Title: title, Final: final}
	}
	ends := func(days int) catalog.Observation {
		seen := shown(page)
		seen.CertificateEnds = start.AddDate(0, 0, days)
		return seen
	}
	forge := func(r catalog.Repository) catalog.Observation {
		return told(shown("https://github.com/a/b"), catalog.Answer{Kind: catalog.AskForge, URL: "https://github.com/a/b", Status: 200, Repository: &r})
	}
	anchors := shown(page)
	anchors.Missing, anchors.Near = []string{"one", "tow"}, map[string]string{"tow": "two"}
	upgraded := shown("http://example.org/a", "https://example.org/a")
	upgraded.Hops[0].Status = 302
	refreshed := shown(page, "https://example.org/b")
	refreshed.Hops[0] = catalog.Hop{URL: page, Status: 200, Location: "https://example.org/b", Refresh: true}

	tests := map[string]struct {
		seen catalog.Observation
		want string
	}{
		"nothing":             {shown(page), ""},
		"moved":               {shown(page, "https://example.org/new"), "moved https://example.org/new"},
		"moved to a fragment": {shown(page, "https://example.org/new#part"), "moved https://example.org/new#part"},
		"moved with a mark of where it was clicked": {shown(page, "https://example.org/new?utm_source=old&x=1"), "moved https://example.org/new?x=1"},
		"moved with the number of a session":        {shown(page, "https://example.org/new;jsessionid=8A7F?PHPSESSID=1&x=1"), "moved https://example.org/new?x=1"},
		"nothing but such a mark":                   {shown(page, page+"?utm_source=old"), ""},
		"moved to https":                            {shown("http://example.org/a", "https://example.org/a"), "moved https://example.org/a"},
		"sent to https for now":                     {upgraded, "insecure https://example.org/a"},
		"moved to the home of a language":           {shown(page, "https://example.org/en/"), "moved "},
		"refreshed elsewhere":                       {refreshed, ""},
		"another site":                              {shown(page, "https://other.example/page"), "moved https://other.example/page, off-site "},
		"an alias":                                  {shown("https://golang.org/doc", "https://go.dev/doc"), "moved https://go.dev/doc"},
		"an alias below":                            {shown("https://blog.golang.org/x", "https://go.dev/blog/x"), "moved https://go.dev/blog/x"},
		"a short link":                              {shown("https://youtu.be/abc", "https://www.youtube.com/watch?v=abc"), "moved https://www.youtube.com/watch?v=abc"},
		"a shortener":                               {shown("https://bit.ly/abc", page), "moved " + page},
		"a name that ends like an alias":            {shown("https://notgolang.org/doc", "https://go.dev/doc"), "moved https://go.dev/doc, off-site "},
		"https serves the same":                     {told(shown("http://example.org/a"), twin(200, "Queues", "")), "insecure https://example.org/a"},
		"https serves something else":               {told(shown("http://example.org/a"), twin(200, "Welcome to nginx!", "")), ""},
		"https answers 404":                         {told(shown("http://example.org/a"), twin(404, "Queues", "")), ""},
		"https sends back":                          {told(shown("http://example.org/a"), twin(200, "Queues", "http://example.org/a")), ""},
		"a certificate that ends soon":              {ends(13), "certificate "},
		"a certificate that will be renewed":        {ends(20), ""},
		"archived":                                  {forge(catalog.Repository{URL: "https://github.com/a/b", Archived: true, Pushed: start}), "archived "},
		"archived, says the page":                   {with(shown("https://github.com/a/b"), catalog.Signal{Kind: catalog.SignalArchived, Rule: "x"}), "archived "},
		"not pushed to for long":                    {forge(catalog.Repository{URL: "https://github.com/a/b", Pushed: start.AddDate(-9, 0, 0)}), "stale "},
		"missing anchors":                           {anchors, "missing-anchor , missing-anchor " + page + "#two"},
		"a page of gambling":                        {with(shown(page), doubt(catalog.SignalHijacked)), "drifted "},
		"a page that may be parked":                 {with(shown(page), doubt(catalog.SignalParked)), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			j := catalog.Judge(unchecked(), tt.seen, policy(), start)
			var got []string
			for _, f := range j.Opened {
				got = append(got, string(f.Kind)+" "+f.Suggestion)
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("findings %q, want %q", strings.Join(got, ", "), tt.want)
			}
		})
	}
}

// TestFindingsThatNoVisitLookedAtStay: a 304 reads no page, and settles nothing that only a page tells.
func TestFindingsThatNoVisitLookedAtStay(t *testing.T) {
	first := shown("https://example.org/a")
	first.Missing = []string{"one"}
	standing := after(unchecked(), catalog.Judge(unchecked(), first, policy(), start))
	if j := catalog.Judge(standing, answered(304), policy(), start.Add(time.Hour)); len(j.Closed) > 0 {
		t.Errorf("closed %+v", j.Closed)
	}
	if j := catalog.Judge(standing, shown("https://example.org/a"), policy(), start.Add(time.Hour)); len(j.Closed) != 1 {
		t.Errorf("closed %+v, want the anchor", j.Closed)
	}
}

func TestASuggestionKeepsTheFragmentOfTheLink(t *testing.T) {
	for _, tt := range []struct{ suggestion, fragment, want string }{
		{"https://example.org/b", "part", "https://example.org/b#part"},
		{"https://example.org/b#own", "part", "https://example.org/b#own"},
		{"https://example.org/b", "", "https://example.org/b"},
		{"", "part", ""},
	} {
		if got := (catalog.Finding{Suggestion: tt.suggestion}).SuggestionFor(tt.fragment); got != tt.want {
			t.Errorf("%q for %q is %q, want %q", tt.suggestion, tt.fragment, got, tt.want)
		}
	}
}
