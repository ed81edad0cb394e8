package origin

import (
	"testing"

	"waymark/catalog"
)

// TestDigestNoticesEverything: what the store keeps of a snapshot is brought in line only when the digest differs.
func TestDigestNoticesEverything(t *testing.T) {
	fresh := func() catalog.Snapshot {
		return catalog.Snapshot{
			Source: catalog.Source{URL: "https://example.org/list.md"},
			Listings: []catalog.Listing{{
				File: "list.md",
				Placements: []catalog.Placement{{File: "list.md", Line: 1, Column: 3, Start: 7, End: 9, Section: []string{"ab", "c"},
					Title: "Title", Kind: catalog.Article, URL: "a.md", Quote: "- [Title](a.md)"}},
				Problems: []catalog.Problem{{File: "list.md", Line: 2, Column: 1, Message: "odd"}},
			}},
			Problems: []catalog.Problem{{File: "gone.md", Message: "not there"}},
			Local:    map[string]catalog.LocalFile{"a.md": {Exists: true, Anchors: []string{"xy", "z"}}},
		}
	}
	first := func(s *catalog.Snapshot) *catalog.Placement { return &s.Listings[0].Placements[0] }
	changes := map[string]func(*catalog.Snapshot){
		"address of the source": func(s *catalog.Snapshot) { s.Source.URL = "https://example.com/list.md" },
		"file":                  func(s *catalog.Snapshot) { s.Listings[0].File = "other.md" },
		"no placement":          func(s *catalog.Snapshot) { s.Listings[0].Placements = nil },
		"line":                  func(s *catalog.Snapshot) { first(s).Line++ },
		"column":                func(s *catalog.Snapshot) { first(s).Column++ },
		"start":                 func(s *catalog.Snapshot) { first(s).Start++ },
		"end":                   func(s *catalog.Snapshot) { first(s).End++ },
		"section":               func(s *catalog.Snapshot) { first(s).Section = []string{"ab", "d"} },
		"section, split anew":   func(s *catalog.Snapshot) { first(s).Section = []string{"a", "bc"} },
		"title":                 func(s *catalog.Snapshot) { first(s).Title = "Other" },
		"kind":                  func(s *catalog.Snapshot) { first(s).Kind = catalog.Video },
		"url":                   func(s *catalog.Snapshot) { first(s).URL = "b.md" },
		"words around it":       func(s *catalog.Snapshot) { first(s).Quote += " - more" },
		"url and title, split":  func(s *catalog.Snapshot) { first(s).URL, first(s).Title = "a.mdT", "itle" },
		"problem of a file":     func(s *catalog.Snapshot) { s.Listings[0].Problems = nil },
		"its line":              func(s *catalog.Snapshot) { s.Listings[0].Problems[0].Line++ },
		"problem of the source": func(s *catalog.Snapshot) { s.Problems[0].Message = "empty" },
		"file of a problem":     func(s *catalog.Snapshot) { s.Problems[0].File = "other.md" },
		"a local file is gone":  func(s *catalog.Snapshot) { s.Local["a.md"] = catalog.LocalFile{Anchors: []string{"xy", "z"}} },
		"anchors":               func(s *catalog.Snapshot) { s.Local["a.md"].Anchors[1] = "w" },
		"anchors, split anew":   func(s *catalog.Snapshot) { copy(s.Local["a.md"].Anchors, []string{"x", "yz"}) },
		"another local file":    func(s *catalog.Snapshot) { s.Local["b.md"] = catalog.LocalFile{} },
	}
	before := digest(fresh())
	if again := digest(fresh()); again != before {
		t.Fatalf("the same snapshot has the digests %s and %s", before, again)
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			snap := fresh()
			change(&snap)
			if digest(snap) == before {
				t.Error("the digest did not notice")
			}
		})
	}
}

func TestDigestOfACommit(t *testing.T) {
	source := func() catalog.Source { return catalog.Source{Git: "g", Format: "markdown", Paths: []string{"a", "bc"}} }
	before := digestCommit(source(), "1")
	changes := map[string]func(*catalog.Source){
		"repository":       func(s *catalog.Source) { s.Git = "h" },
		"format":           func(s *catalog.Source) { s.Format = "text" },
		"paths":            func(s *catalog.Source) { s.Paths[1] = "d" },
		"paths, split":     func(s *catalog.Source) { copy(s.Paths, []string{"ab", "c"}) },
		"every list is it": func(s *catalog.Source) { s.Paths = nil },
	}
	for name, change := range changes {
		changed := source()
		change(&changed)
		if digestCommit(changed, "1") == before {
			t.Errorf("%s: the digest did not notice", name)
		}
	}
	if digestCommit(source(), "2") == before {
		t.Error("the digest did not notice another commit")
	}
	if digestCommit(source(), "1") != before {
		t.Error("the same commit has two digests")
	}
}
