package sqlite

import (
	"context"
	"testing"
	"time"

	"waymark/catalog"
)

func TestSyncBringsAListIn(t *testing.T) {
	s := open(t)
	report := bring(t, s, list("a", noon,
		link(1, "One", "https://one.example/", "Top", "Sub"),
		link(2, "One again", "https://one.example/#part", "Top"),
		link(3, "Mail", "mailto:x@example.org"),
		link(4, "Local", "guide.md#setup"),
	))
	same(t, "report", report, catalog.SyncReport{Placements: 4, Resources: 3, Added: 4})

	d := detail(t, s, "https://one.example/")
	same(t, "places", d.Places, []catalog.Place{
		{Source: "a", Placement: link(1, "One", "https://one.example/", "Top", "Sub")},
		{Source: "a", Placement: link(2, "One again", "https://one.example/#part", "Top"), Fragment: "part"},
	})
	same(t, "verdict", d.Verdict, catalog.Fresh(noon))
	same(t, "due", d.Due, noon)
	same(t, "title of the first placement", d.Title, "One")
	same(t, "local resource", detail(t, s, "guide.md").Source, "a")
	same(t, "no visit", detail(t, s, "mailto:x@example.org").Due, time.Time{})

	hash, err := s.SourceHash(context.Background(), "a")
	must(t, err)
	same(t, "hash is kept", hash != "", true)
}

func TestVisitsReachTheWholeChain(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "One", "https://one.example/", "Top"), link(2, "Two", "https://two.example/", "Top")))
	visit(t, s, noon, 200)
	d := detail(t, s, "https://one.example/")
	same(t, "state", d.Verdict.State, catalog.OK)
	same(t, "title", d.Title, "Title of https://one.example/")
	same(t, "history", len(d.History), 1)
	o := overview(t, s, noon)
	same(t, "overview", o.Catalog.States, map[catalog.State]int{catalog.OK: 2})
	same(t, "sections", o.Sections[0].Section, "Top")
	same(t, "due", o.Due, 0)
	same(t, "last", o.LastCheck, noon)
	if !o.NextDue.After(noon.Add(24 * time.Hour)) {
		t.Errorf("next due %v", o.NextDue)
	}
}
