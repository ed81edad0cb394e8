package sqlite

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"waymark/catalog"
)

func TestCountsForMetrics(t *testing.T) {
	s := library(t)
	now := noon.Add(time.Hour)
	c, err := s.Counts(t.Context(), now)
	must(t, err)
	same(t, "sources", c.Sources, []catalog.SourceCounts{
		{Source: "a", Synced: noon, Findings: catalog.ReviewTally{catalog.ReviewOpen: {catalog.FindingMoved: 1}},
			States: map[catalog.State]int{catalog.OK: 2, catalog.Failing: 1, catalog.Blocked: 1, catalog.Unchecked: 1}},
		{Source: "b", Synced: noon, States: map[catalog.State]int{catalog.OK: 1, catalog.Unchecked: 2}, Findings: catalog.ReviewTally{catalog.ReviewOpen: {}}},
	}, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(catalog.SourceCounts{}, "Ages"))
	same(t, "last check", c.LastCheck.After(now), true)
	same(t, "overdue", c.Overdue, 1) // the fifth address was left by the claim of four
}

func TestFlaggedNamesEverySource(t *testing.T) {
	s := open(t)
	dead := link(1, "One", "https://one.example/")
	bring(t, s, list("a", noon, dead))
	bring(t, s, list("b", noon, dead))
	for _, at := range []time.Time{noon, noon.AddDate(0, 1, 0)} {
		visit(t, s, at, 404)
	}
	flagged, err := s.Flagged(t.Context(), 5)
	must(t, err)
	same(t, "flagged", flagged, []catalog.Flagged{
		{Source: "a", Kind: catalog.FindingDead, URL: "https://one.example/", Title: "One"},
		{Source: "b", Kind: catalog.FindingDead, URL: "https://one.example/", Title: "One"},
	})
}

// TestManyDueAreNotCountedForAPage: the metric is compared with the whole and stays exact, less what is being visited.
func TestManyDueAreNotCountedForAPage(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "One", "https://one.example/0")))
	_, err := s.writer.Exec(`INSERT INTO resources (url, host_id, due_at)
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT 'https://one.example/' || i, 1, ? FROM n`,
		catalog.ManyDue+99, stamp(noon))
	must(t, err)
	same(t, "due", overview(t, s, noon).Due, catalog.ManyDue)
	late := noon.Add(2 * catalog.OverdueAfter)
	claim(t, s, late, 30, 30)
	c, err := s.Counts(t.Context(), late)
	must(t, err)
	same(t, "overdue", c.Overdue, catalog.ManyDue+100-30)
}
