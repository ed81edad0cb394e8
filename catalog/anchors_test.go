package catalog_test

import (
	"testing"

	"waymark/catalog"
)

func TestAMissingPartOfAFileHasASuggestion(t *testing.T) {
	anchors := []string{"security", "set-up", "setup", "deployment", "api", "übersicht"}
	for fragment, want := range map[string]string{
		"Securitty":       "#security",
		"secu-rity":       "#security",
		"setu-p":          "", // two are as near
		"deploymant":      "#deployment",
		"apl":             "", // too short to guess by
		"elsewhere":       "",
		"%C3%9Cber-sicht": "#%C3%BCbersicht",
	} {
		snap := catalog.Snapshot{Listings: []catalog.Listing{{File: "a.md", Placements: []catalog.Placement{{File: "a.md", Line: 1, URL: "guide.md#" + fragment}}}}}
		w := catalog.Gather(snap)[0]
		local := map[string]catalog.LocalFile{"guide.md": {Exists: true, Anchors: anchors}}
		result, ok := w.Settle(catalog.Claim{Standing: unchecked()}, local, catalog.DefaultRules(), start)
		if !ok || len(result.Judgement.Opened) != 1 {
			t.Fatalf("#%s: %+v", fragment, result.Judgement)
		}
		if got := result.Judgement.Opened[0].Suggestion; got != want {
			t.Errorf("for #%s the suggestion is %q, want %q", fragment, got, want)
		}
	}
}
