package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

	"waymark/catalog"
)

// flaggedStore is a catalog with a host that died, dead and moved links elsewhere, and one that is recommended twice.
func flaggedStore(t *testing.T) (*Store, time.Time) {
	t.Helper()
	s := open(t)
	bring(t, s, list("a", noon, link(1, "D1", "https://died.example/1"), link(2, "D2", "https://died.example/2"), link(3, "D3", "https://died.example/3"),
		link(4, "Gone", "https://mixed.example/gone"), link(5, "Fine", "https://mixed.example/fine"), link(6, "Moved", "https://moved.example/"),
		link(7, "Twice", "https://twice.example/")))
	bring(t, s, list("b", noon, link(1, "Twice again", "https://twice.example/"), link(2, "D1 again", "https://died.example/1")))
	now := noon.AddDate(0, 2, 0)
	for _, day := range []time.Time{noon, now} {
		for _, c := range claim(t, s, day, 100, 100) {
			status := 404
			if c.URL == "https://mixed.example/fine" || c.URL == "https://moved.example/" || c.URL == "https://twice.example/" && day.Equal(noon) {
				status = 200
			}
			seen := answer(c, day, status)
			if c.URL == "https://moved.example/" {
				seen.Hops = []catalog.Hop{{URL: c.URL, Status: 301}, {URL: "https://moved.example/new", Status: 200}}
			}
			record(t, s, judged(c, seen, day))
		}
	}
	later := now.AddDate(0, 1, 0)
	for _, c := range claim(t, s, later, 100, 100) {
		status := 404
		if c.URL == "https://mixed.example/fine" {
			status = 200
		}
		if c.URL != "https://moved.example/" {
			record(t, s, judged(c, answer(c, later, status), later))
		}
	}
	return s, later
}

func flagRows(t *testing.T, s *Store, q catalog.FlagQuery, now time.Time) catalog.FlagRows {
	t.Helper()
	rows, err := s.Flags(t.Context(), q, now)
	must(t, err)
	return rows
}

func flagNames(rows catalog.FlagRows) []string {
	list := []string{}
	for _, g := range rows.Groups {
		if g.Host != "" {
			list = append(list, fmt.Sprintf("%d of %s, the first %s", g.Count, g.Host, g.Flags[0].Resource.URL))
			continue
		}
		list = append(list, fmt.Sprintf("%s %s", g.Flags[0].Kind, g.Flags[0].Resource.URL))
	}
	return list
}

func TestFlagsTheMostHarmfulFirst(t *testing.T) {
	s, now := flaggedStore(t)
	const died, twice, gone, moved = "3 of died.example, the first https://died.example/1", "dead https://twice.example/", "dead https://mixed.example/gone", "moved https://moved.example/"
	for name, c := range map[string]struct {
		q     catalog.FlagQuery
		want  []string
		count int
	}{
		"all":                  {catalog.FlagQuery{}, []string{died, twice, gone, moved}, 6},
		"apart":                {catalog.FlagQuery{Apart: true}, []string{"dead https://died.example/1", twice, "dead https://died.example/3", "dead https://died.example/2", gone, moved}, 6},
		"kind":                 {catalog.FlagQuery{Kind: catalog.FindingMoved}, []string{moved}, 1},
		"source":               {catalog.FlagQuery{Source: "b"}, []string{"1 of died.example, the first https://died.example/1", twice}, 2},
		"host":                 {catalog.FlagQuery{Host: "Mixed.example"}, []string{gone}, 1},
		"host that died":       {catalog.FlagQuery{Host: "died.example"}, []string{died}, 3},
		"host of a source":     {catalog.FlagQuery{Host: "died.example", Source: "b", Apart: true}, []string{"dead https://died.example/1"}, 1},
		"unknown source":       {catalog.FlagQuery{Source: "z"}, []string{}, 0},
		"nothing is kept":      {catalog.FlagQuery{Review: catalog.ReviewKept}, []string{}, 0},
		"nothing is set aside": {catalog.FlagQuery{Review: catalog.ReviewAside}, []string{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			rows := flagRows(t, s, c.q, now)
			same(t, "flags", flagNames(rows), c.want)
			same(t, "count", rows.Amount, catalog.Amount{Count: c.count})
		})
	}
}

func TestFlagsPageThroughAllOnce(t *testing.T) {
	s, now := flaggedStore(t)
	for _, q := range []catalog.FlagQuery{{}, {Apart: true}, {Source: "a"}} {
		whole := flagNames(flagRows(t, s, q, now))
		var paged []string
		for q.Limit = 1; ; {
			rows := flagRows(t, s, q, now)
			paged = append(paged, flagNames(rows)...)
			if q.Cursor = rows.Next; q.Cursor == "" {
				break
			}
		}
		same(t, fmt.Sprintf("%+v", q), paged, whole)
	}
	for _, cursor := range []string{"!", "aGVsbG8", "e30"} {
		if _, err := s.Flags(t.Context(), catalog.FlagQuery{Cursor: cursor}, now); !errors.Is(err, catalog.ErrCursor) {
			t.Errorf("cursor %q gives %v", cursor, err)
		}
	}
}

func TestAFlagHasItsEvidence(t *testing.T) {
	s, now := flaggedStore(t)
	f := flagRows(t, s, catalog.FlagQuery{Kind: catalog.FindingMoved}, now).Groups[0].Flags[0]
	same(t, "suggestion", f.Suggestion, "https://moved.example/new")
	same(t, "line", f.Places[0].Line, 6)
	same(t, "verdict", f.Resource.Verdict.State, catalog.OK)
	same(t, "review", f.Review.ID, int64(0))
	one, err := s.Flag(t.Context(), f.ID, now)
	must(t, err)
	same(t, "one", one, f)
	if _, err := s.Flag(t.Context(), 999, now); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("an unknown finding gives %v", err)
	}
}

// decideOn reviews a finding as it stands.
func decideOn(t *testing.T, s *Store, f catalog.Finding, d catalog.ReviewState, now time.Time) catalog.Review {
	t.Helper()
	flag, err := s.Flag(t.Context(), f.ID, now)
	must(t, err)
	req := catalog.ReviewRequest{Finding: f.ID, Version: flag.Version(), Decision: d, Reason: "known", By: "Ada"}
	if d == catalog.ReviewAside {
		req.Until = now.Add(24 * time.Hour)
	}
	r, err := s.Review(t.Context(), req, now)
	must(t, err)
	return r
}

func TestWhatIsSetAsideComesBackByItself(t *testing.T) {
	s, now := flaggedStore(t)
	f := flagRows(t, s, catalog.FlagQuery{Host: "mixed.example"}, now).Groups[0].Flags[0]
	dead := func(at time.Time) int { return overview(t, s, at).Catalog.Findings[catalog.FindingDead] }
	before := dead(now)
	decideOn(t, s, f.Finding, catalog.ReviewAside, now)
	same(t, "shown", len(flagRows(t, s, catalog.FlagQuery{Host: "mixed.example"}, now).Groups), 0)
	same(t, "aside", flagNames(flagRows(t, s, catalog.FlagQuery{Review: catalog.ReviewAside}, now)), []string{"dead https://mixed.example/gone"})
	same(t, "overview", dead(now), before-1)
	tally, err := s.ReviewTally(t.Context(), now)
	must(t, err)
	same(t, "tally", tally, catalog.ReviewTally{catalog.ReviewOpen: {catalog.FindingDead: before - 1, catalog.FindingMoved: 1}, catalog.ReviewAside: {catalog.FindingDead: 1}})
	counts, err := s.Counts(t.Context(), now)
	must(t, err)
	same(t, "metrics of a", counts.Sources[0].Findings.Total(catalog.ReviewAside), 1)
	same(t, "metrics of b", counts.Sources[1].Findings.Total(catalog.ReviewAside), 0)

	later := now.Add(24 * time.Hour)
	same(t, "back", len(flagRows(t, s, catalog.FlagQuery{Host: "mixed.example"}, later).Groups), 1)
	same(t, "overview afterwards", dead(later), before)
}

func TestAReviewOutlivesItsFinding(t *testing.T) {
	s, now := flaggedStore(t)
	f := flagRows(t, s, catalog.FlagQuery{Host: "mixed.example"}, now).Groups[0].Flags[0]
	r := decideOn(t, s, f.Finding, catalog.ReviewKept, now)
	at := now
	for _, status := range []int{200, 404, 404, 404} {
		at = at.AddDate(0, 1, 0)
		visit(t, s, at, status)
		must(t, talliesHold(s))
	}
	again := flagRows(t, s, catalog.FlagQuery{Host: "mixed.example", Review: catalog.ReviewKept}, at)
	var found *catalog.Flag
	for _, g := range again.Groups {
		if g.Flags[0].Resource.URL == "https://mixed.example/gone" {
			found = &g.Flags[0]
		}
	}
	if found == nil || found.ID == f.ID || found.Review.ID != r.ID {
		t.Errorf("the finding that opened again is %+v; want another one under review %d", found, r.ID)
	}
}

func TestReviewsAreMadeOnAVersion(t *testing.T) {
	s, now := flaggedStore(t)
	f := flagRows(t, s, catalog.FlagQuery{Kind: catalog.FindingMoved}, now).Groups[0].Flags[0].Finding
	stale := f.Version()
	must(t, writeTx(t.Context(), s.writer, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE findings SET suggestion = 'https://elsewhere.example/' WHERE id = ?`, f.ID)
		return err
	}))
	req := catalog.ReviewRequest{Finding: f.ID, Version: stale, Decision: catalog.ReviewKept, By: "Ada"}
	if _, err := s.Review(t.Context(), req, now); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("a decision on what was there before gives %v", err)
	}
	req.Finding = 999
	if _, err := s.Review(t.Context(), req, now); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("a decision on nothing gives %v", err)
	}
	f.Suggestion = "https://elsewhere.example/"
	first := decideOn(t, s, f, catalog.ReviewKept, now)
	again := catalog.ReviewRequest{Finding: f.ID, Version: f.Version(), Decision: catalog.ReviewKept, By: "Bob"}
	if _, err := s.Review(t.Context(), again, now); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("a decision on what somebody else decided meanwhile gives %v", err)
	}
	second := decideOn(t, s, f, catalog.ReviewAside, now.Add(time.Minute))
	if err := s.Withdraw(t.Context(), first.ID, "Bob", now); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("withdrawing what was replaced gives %v", err)
	}
	must(t, s.Withdraw(t.Context(), second.ID, "Bob", now.Add(time.Hour)))
	if err := s.Withdraw(t.Context(), 999, "Bob", now); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("withdrawing nothing gives %v", err)
	}
	log, err := s.Reviews(t.Context(), catalog.ReviewQuery{})
	must(t, err)
	var told []string
	for _, r := range log {
		told = append(told, fmt.Sprintf("%s %s by %s, withdrawn by %q, replaced %v, open %v", r.Decision, r.URL, r.By, r.WithdrawnBy, !r.Replaced.IsZero(), r.Open))
	}
	same(t, "who did what", told, []string{
		`aside https://moved.example/ by Ada, withdrawn by "Bob", replaced false, open true`,
		`kept https://moved.example/ by Ada, withdrawn by "", replaced true, open true`})
	page, err := s.Reviews(t.Context(), catalog.ReviewQuery{Resource: log[0].Resource, Kind: catalog.FindingMoved, Before: log[0].ID})
	must(t, err)
	same(t, "the page before", len(page), 1)
	same(t, "flag", flagRows(t, s, catalog.FlagQuery{Kind: catalog.FindingMoved, Review: catalog.ReviewOpen}, now.Add(time.Hour)).Count, 1)
}
