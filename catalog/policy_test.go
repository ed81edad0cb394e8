package catalog_test

import (
	"strings"
	"testing"

	"waymark/catalog"
)

func TestGatherGroupsByResource(t *testing.T) {
	place := func(file, url string, kind catalog.Kind) catalog.Placement {
		return catalog.Placement{File: file, URL: url, Kind: kind}
	}
	snap := func(name string, places ...catalog.Placement) catalog.Snapshot {
		return catalog.Snapshot{Source: catalog.Source{Name: name}, Listings: []catalog.Listing{{File: "a.md", Placements: places}}}
	}
	wanted := catalog.Gather(
		snap("one", place("a.md", "https://Example.org/x#p", catalog.Article), place("a.md", "b.md", catalog.Other), place("a.md", "https://example.org/x#q", catalog.Book)),
		snap("two", place("a.md", "b.md", catalog.Other), place("a.md", "https://example.org/x#p", catalog.Article), place("a.md", "tel:1", catalog.Other)),
	)
	type row struct {
		url, source, host string
		places            int
	}
	want := []row{{"https://example.org/x", "", "example.org", 3}, {"b.md", "one", "", 1}, {"b.md", "two", "", 1}, {"tel:1", "", "", 1}}
	if len(wanted) != len(want) {
		t.Fatalf("%d resources, want %d", len(wanted), len(want))
	}
	for i, w := range wanted {
		if got := (row{w.URL, w.Source, w.Host, len(w.Places)}); got != want[i] {
			t.Errorf("resource %d is %+v, want %+v", i, got, want[i])
		}
	}
	if w := wanted[0]; len(w.Places) != 3 || len(w.Fragments) != 2 {
		t.Errorf("places %v and fragments %v, want three and two", w.Places, w.Fragments)
	}
}

func TestALinkOutOfTheSourceSaysSo(t *testing.T) {
	snap := catalog.Snapshot{Listings: []catalog.Listing{{Placements: []catalog.Placement{{File: "a.md", URL: "../up.md"}}}}}
	result, ok := catalog.Gather(snap)[0].Settle(catalog.Claim{Standing: unchecked()}, nil, catalog.DefaultRules(), start)
	v := result.Judgement.Verdict
	if !ok || v.State != catalog.Skipped || v.Reason != catalog.ReasonRule || !strings.Contains(v.Message, "out of the source") {
		t.Errorf("got %+v, %v", v, ok)
	}
}

func TestUnvisited(t *testing.T) {
	local := map[string]catalog.LocalFile{"b.md": {Exists: true, Anchors: []string{"part-one", "über"}}, "pic.png": {Exists: true}}
	tests := []struct {
		name, url string
		ok        bool
		skip      catalog.Reason
		failure   catalog.Reason
		missing   int
	}{
		{"a page", "https://example.org/", false, "", "", 0},
		{"mail", "mailto:a@b.c", true, catalog.ReasonUnsupportedScheme, "", 0},
		{"invalid", "ttps://example.org", true, "", catalog.ReasonInvalidURL, 0},
		{"out of the source", "../x", true, catalog.ReasonRule, "", 0},
		{"missing file", "c.md", true, "", catalog.ReasonNotFound, 0},
		{"section", "b.md#part-one", true, "", "", 0},
		{"section in other letters", "b.md#Part-One", true, "", "", 0},
		{"encoded section", "b.md#%C3%BCber", true, "", "", 0},
		{"top of the page", "b.md#", true, "", "", 0},
		{"top of the page by name", "b.md#Top", true, "", "", 0},
		{"missing section", "b.md#part-two", true, "", "", 1},
		{"fragment of a file whose anchors are not known", "pic.png#x", true, "", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			snap := catalog.Snapshot{Listings: []catalog.Listing{{Placements: []catalog.Placement{{File: "a.md", URL: tt.url}}}}}
			seen, skip, ok := catalog.Gather(snap)[0].Unvisited(local)
			var failure catalog.Reason
			if seen.Failure != nil {
				failure = seen.Failure.Reason
			}
			if ok != tt.ok || skip != tt.skip || failure != tt.failure || len(seen.Missing) != tt.missing {
				t.Errorf("got ok %v, skip %q, failure %q, missing %v", ok, skip, failure, seen.Missing)
			}
		})
	}
}

// TestSettleNeedsOneLook: nothing that time could confirm is missing from what was held against the source itself.
func TestSettleNeedsOneLook(t *testing.T) {
	list := catalog.Snapshot{Listings: []catalog.Listing{{Placements: []catalog.Placement{
		{File: "a.md", URL: "gone.md"}, {File: "a.md", URL: "mailto:a@b.c"}, {File: "a.md", URL: "https://example.org/"},
	}}}}
	want := []catalog.State{catalog.Dead, catalog.Skipped, ""}
	for i, w := range catalog.Gather(list) {
		result, ok := w.Settle(catalog.Claim{Standing: unchecked()}, nil, catalog.DefaultRules(), start)
		if ok != (want[i] != "") || result.Judgement.Verdict.State != want[i] {
			t.Errorf("%s is settled %v as %q, want %q", w.URL, ok, result.Judgement.Verdict.State, want[i])
		}
		if ok && (!result.Observation.At.Equal(start) || !result.Due.After(start)) {
			t.Errorf("%s was seen at %s and is due at %s", w.URL, result.Observation.At, result.Due)
		}
	}
}
