package catalog_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

func TestReadPackage(t *testing.T) {
	const npm, pypi, crates = "https://registry.npmjs.org/x/latest", "https://pypi.org/pypi/x/json", "https://crates.io/api/v1/crates/x"
	kept := &catalog.Package{}
	tests := []struct {
		name, address, body string
		want                *catalog.Package
	}{
		{"npm, kept", npm, `{"name":"x","version":"1.0.0"}`, kept},
		{"npm, deprecated", npm, `{"name":"x","deprecated":"request has been deprecated,\nsee \u202ehttps://example.org/."}`, &catalog.Package{GivenUp: "npm says that it is deprecated, “request has been deprecated, see https://example.org/”"}},
		{"npm, moved", npm, `{"name":"x","deprecated":"Renamed to @babel/x-y."}`, &catalog.Package{GivenUp: "npm says that it is deprecated, “Renamed to @babel/x-y”", To: "https://www.npmjs.com/package/@babel/x-y"}},
		{"npm, deprecation taken back", npm, `{"name":"x","deprecated":""}`, kept},
		{"npm, false", npm, `{"name":"x","deprecated":false}`, kept},
		{"npm, cut", npm, `{"name":"x","depre`, nil},
		{"PyPI, kept", pypi, `{"info":{"classifiers":["Development Status :: 6 - Mature"],"yanked":false}}`, kept},
		{"PyPI, inactive, cut in the description", pypi, `{"info":{"classifiers":["A :: B","Development Status :: 7 - Inactive"],"description":"very lo`, &catalog.Package{GivenUp: "PyPI has it as “Development Status :: 7 - Inactive”"}},
		{"PyPI, yanked", pypi, `{"info":{"classifiers":[],"description":"\"yanked\":false","yanked":true}}`, &catalog.Package{GivenUp: "all its releases on PyPI were taken back"}},
		{"PyPI, a page", pypi, `<html>`, nil},
		{"crates.io, kept", crates, `{"categories":[{"a":1}],"crate":{"id":"x","yanked":false},"versions":[{"yanked":true}]}`, kept},
		{"crates.io, yanked, cut behind it", crates, `{"crate":{"id":"x","yanked":true},"versions":[{"num":`, &catalog.Package{GivenUp: "all its versions on crates.io were yanked"}},
		{"crates.io, cut before", crates, `{"crate":{"id":`, nil},
		{"another site", "https://www.youtube.com/oembed?url=x", `{"name":"x","deprecated":"y"}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, catalog.ReadPackage(tt.address, []byte(tt.body))); diff != "" {
				t.Errorf("package (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWhoSaysThatSomethingIsGivenUp: the forge stands above its page, the registry above all other words, and what no
// visit could tell is left as it was.
func TestWhoSaysThatSomethingIsGivenUp(t *testing.T) {
	mark := func(rule, says, to string) catalog.Signal {
		return catalog.Signal{Kind: catalog.SignalArchived, Rule: rule, Says: says, To: to}
	}
	banner := mark(catalog.RuleForgeBanner, "since Mar 3, 2023", "")
	forge := func(archived bool, marks ...catalog.Signal) catalog.Observation {
		seen := with(shown("https://github.com/a/b"), marks...)
		seen.Answers = []catalog.Answer{{Kind: catalog.AskForge, Status: 200, Repository: &catalog.Repository{Archived: archived, Pushed: start}}}
		return seen
	}
	registry := answered(403)
	registry.Hops[0].URL = "https://www.npmjs.com/package/x"
	registry.Answers = []catalog.Answer{{Kind: catalog.AskSite, URL: "https://registry.npmjs.org/x/latest", Status: 200, Package: &catalog.Package{GivenUp: "npm says so", To: "https://www.npmjs.com/package/y"}}}
	page := "https://example.org/a"
	tests := []struct {
		name             string
		seen             catalog.Observation
		message, instead string
	}{
		{"the forge", forge(true), "The repository is archived: its makers gave it up.", ""},
		{"the forge, and its page since when", forge(true, banner), "The repository is archived: since Mar 3, 2023.", ""},
		{"the page, where the forge says otherwise", forge(false, banner), "", ""},
		{"a README, where the forge does not", forge(false, mark("given-up", "its README begins with “DEPRECATED”", "https://github.com/c/d")), "Given up by its makers: its README begins with “DEPRECATED”.", "https://github.com/c/d"},
		{"a banner alone", with(shown("https://github.com/a/b"), banner), "The repository is archived: since Mar 3, 2023.", ""},
		{"old documentation", with(shown(page), mark(catalog.RuleOldVersion, "a notice says “old”", page+"b")), "Documentation of an old version: a notice says “old”.", page + "b"},
		{"a registry, its page behind a wall", registry, "The package is given up by its makers: npm says so.", "https://www.npmjs.com/package/y"},
		{"nothing", shown(page), "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got catalog.Finding
			if f := found(catalog.Judge(unchecked(), tt.seen, policy(), start), catalog.FindingArchived); f != nil {
				got = *f
			}
			if got.Message != tt.message || got.Suggestion != tt.instead {
				t.Errorf("got %q, instead %q; want %q, %q", got.Message, got.Suggestion, tt.message, tt.instead)
			}
		})
	}
	standing := after(unchecked(), catalog.Judge(unchecked(), registry, policy(), start))
	silent := answered(403)
	silent.Answers = []catalog.Answer{{Kind: catalog.AskSite, URL: "https://registry.npmjs.org/x/latest", Status: 200}}
	silent.Hops[0].URL = registry.Hops[0].URL
	if j := catalog.Judge(standing, silent, policy(), start.Add(time.Hour)); len(j.Closed) > 0 {
		t.Errorf("a visit that could not tell closed %+v", j.Closed)
	}
	registry.Answers[0].Package = &catalog.Package{}
	if j := catalog.Judge(standing, registry, policy(), start.Add(time.Hour)); len(j.Closed) != 1 {
		t.Errorf("a package that is kept again closed %+v", j.Closed)
	}
}
