package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"waymark/catalog"
)

// roadmap is a source of several files, in which some links are dead and some failing.
func roadmap(t *testing.T) (*Store, time.Time) {
	t.Helper()
	s := open(t)
	now := noon.AddDate(0, 2, 0)
	at := func(file string, n int, section ...string) catalog.Listing {
		l := catalog.Listing{File: file}
		for i := range n {
			p := link(i+1, "T", fmt.Sprintf("https://%d.example/%s", i, file), section...)
			p.File = file
			l.Placements = append(l.Placements, p)
		}
		return l
	}
	tour := at("content/go/tour.md", 3, "Tour", "First")
	tour.Placements = append(tour.Placements, link(9, "Z", "https://0.example/content/go/tour.md", "Tour", "Also"))
	tour.Placements[3].File = "content/go/tour.md"
	bring(t, s, catalog.Snapshot{Source: catalog.Source{Name: "map", Path: "map"}, Hash: "1", Taken: noon,
		Listings: []catalog.Listing{tour, at("content/go/basics.md", 2, "Basics"), at("content/css.md", 2), at("readme.md", 1, "Readme")}})
	for _, day := range []time.Time{noon, now} {
		for _, c := range claim(t, s, day, 100, 100) {
			status := 200
			switch {
			case c.URL == "https://0.example/content/go/tour.md", c.URL == "https://1.example/content/css.md":
				status = 404
			case c.URL == "https://1.example/content/go/basics.md" && day.Equal(now):
				status = 500
			}
			record(t, s, judged(c, answer(c, day, status), day))
		}
	}
	return s, now
}

func branch(t *testing.T, s *Store, id int64, now time.Time) catalog.Tree {
	t.Helper()
	tree, err := s.Branch(t.Context(), "map", id, now)
	must(t, err)
	return tree
}

func below(tree catalog.Tree) []string {
	list := []string{}
	for _, b := range tree.Below {
		list = append(list, fmt.Sprintf("%s %s: %d links, %d dead, %d failing, %d below", b.Kind, b.Name, b.Links,
			b.States[catalog.Dead], b.States[catalog.Failing], b.Branches))
	}
	return list
}

func child(t *testing.T, tree catalog.Tree, name string) int64 {
	t.Helper()
	i := slices.IndexFunc(tree.Below, func(b catalog.Branch) bool { return b.Name == name })
	if i < 0 {
		t.Fatalf("there is no %s below %s", name, tree.Name)
	}
	return tree.Below[i].ID
}

func TestTheTreeOfASource(t *testing.T) {
	s, now := roadmap(t)
	root := branch(t, s, 0, now)
	same(t, "root", below(root), []string{"folder content: 8 links, 3 dead, 1 failing, 2 below", "file readme.md: 1 links, 0 dead, 0 failing, 1 below"})
	same(t, "root's links", root.Links, 9)
	content := branch(t, s, child(t, root, "content"), now)
	same(t, "content", below(content), []string{"file css.md: 2 links, 1 dead, 0 failing, 0 below", "folder go: 6 links, 2 dead, 1 failing, 2 below"})
	tour := branch(t, s, child(t, branch(t, s, child(t, branch(t, s, child(t, content, "go"), now), "tour.md"), now), "Tour"), now)
	same(t, "headings in the order of the file", below(tour), []string{
		"heading First: 3 links, 1 dead, 0 failing, 0 below", "heading Also: 1 links, 1 dead, 0 failing, 0 below"})
	var above []string
	for _, b := range tour.Above {
		above = append(above, b.Name)
	}
	same(t, "above", above, []string{"map", "content", "go", "tour.md"})
	same(t, "findings, once for each link", tour.Findings[catalog.FindingDead], 2)
	same(t, "file", tour.File, "content/go/tour.md")
	same(t, "resources below a branch", len(rowsOf(t, s, catalog.Query{Branch: tour.ID})), 3)
	same(t, "resources below a branch by state", shown(rowsOf(t, s, catalog.Query{Branch: content.ID, State: catalog.Failing})), []string{"https://1.example/content/go/basics.md"})

	for name, id := range map[string]int64{"map": 9999, "none": 0} {
		if _, err := s.Branch(t.Context(), name, id, now); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("branch %d of %s: %v", id, name, err)
		}
	}
}

func sore(t *testing.T, s *Store, source string, limit int, now time.Time) []string {
	t.Helper()
	branches, err := s.SoreBranches(t.Context(), source, limit, now)
	must(t, err)
	var list []string
	for _, b := range branches {
		list = append(list, fmt.Sprintf("%s %s %d", b.File, b.Name, b.Sore()))
	}
	return list
}

func TestSoreBranches(t *testing.T) {
	s, now := roadmap(t)
	want := []string{"content/go/tour.md tour.md 2", "content/css.md css.md 1", "content/go/basics.md basics.md 1"}
	same(t, "of all", sore(t, s, "", 10, now), want)
	same(t, "the first two", sore(t, s, "map", 2, now), want[:2])

	rows := rowsOf(t, s, catalog.Query{State: catalog.Dead, Text: "tour"})
	d, err := s.Resource(t.Context(), rows[0].ID)
	must(t, err)
	_, err = s.Review(t.Context(), catalog.ReviewRequest{Finding: d.Findings[0].ID, Version: d.Findings[0].Version(), Decision: catalog.ReviewAside,
		Reason: "known", By: "Ada", Until: now.Add(time.Hour)}, now)
	must(t, err)
	same(t, "set aside", sore(t, s, "", 10, now), want[1:])
	same(t, "findings of the root", branch(t, s, 0, now).Findings, map[catalog.FindingKind]int{catalog.FindingDead: 1})
	same(t, "back by itself", sore(t, s, "", 10, now.Add(time.Hour)), want)
}

func TestALinkThatChangesItsFileChangesItsBranch(t *testing.T) {
	s := open(t)
	bring(t, s, list("map", noon, link(1, "One", "https://one.example/"), link(2, "Two", "https://two.example/")))
	moved := list("map", noon.Add(time.Hour), link(2, "Two", "https://two.example/"))
	p := link(1, "One", "https://one.example/")
	p.File = "other.md"
	moved.Listings = append(moved.Listings, catalog.Listing{File: "other.md", Placements: []catalog.Placement{p}})
	bring(t, s, moved)
	same(t, "root", below(branch(t, s, 0, noon)), []string{"file README.md: 1 links, 0 dead, 0 failing, 0 below", "file other.md: 1 links, 0 dead, 0 failing, 0 below"})
	must(t, talliesHold(s))
}
