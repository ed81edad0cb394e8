package sqlite

import (
	"errors"
	"testing"
	"time"

	"waymark/catalog"
)

// deathOf returns the group of a host that died, and the request to set it aside for a week.
func deathOf(t *testing.T, s *Store, host string, now time.Time) (catalog.FlagGroup, catalog.HostReviewRequest) {
	t.Helper()
	rows := flagRows(t, s, catalog.FlagQuery{Host: host, Review: catalog.ReviewOpen}, now)
	if len(rows.Groups) == 0 || rows.Groups[0].Host != host {
		t.Fatalf("%s is no group: %v", host, flagNames(rows))
	}
	g := rows.Groups[0]
	return g, catalog.HostReviewRequest{Host: host, Version: g.Version, Decision: catalog.ReviewAside, Reason: "moving house", By: "Ada", Until: now.AddDate(0, 0, 7)}
}

func TestOneDecisionOnAHostThatDied(t *testing.T) {
	s, now := flaggedStore(t)
	before := flagNames(flagRows(t, s, catalog.FlagQuery{Review: catalog.ReviewOpen}, now))
	g, req := deathOf(t, s, "died.example", now)
	first, n, err := s.ReviewHost(t.Context(), req, now)
	must(t, err)
	same(t, "findings decided on", n, 3)
	if _, _, err := s.ReviewHost(t.Context(), req, now); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("somebody else decides on the same: %v", err)
	}
	open := flagRows(t, s, catalog.FlagQuery{Review: catalog.ReviewOpen, Host: "died.example"}, now)
	same(t, "open of it", open.Count, 0)
	aside := flagRows(t, s, catalog.FlagQuery{Review: catalog.ReviewAside}, now)
	same(t, "set aside", aside.Count, 3)
	for _, one := range aside.Groups {
		r := one.Flags[0].Review
		same(t, "who and why", []any{r.By, r.Reason, r.Until, r.Batch}, []any{"Ada", "moving house", req.Until, first.ID})
	}
	history, err := s.Reviews(t.Context(), catalog.ReviewQuery{})
	must(t, err)
	if len(history) != 1 || history[0].Together != 3 || history[0].Standing != 3 || history[0].Host != "died.example" {
		t.Errorf("the history says %+v", history)
	}
	of, err := s.Reviews(t.Context(), catalog.ReviewQuery{Resource: g.Flags[2].Resource.ID})
	must(t, err)
	same(t, "reviews of one resource", len(of), 1)
	same(t, "what was set aside comes back", flagNames(flagRows(t, s, catalog.FlagQuery{Review: catalog.ReviewOpen}, req.Until)), before)

	must(t, s.Withdraw(t.Context(), first.ID, "Ben", now))
	must(t, s.WithdrawBatch(t.Context(), first.ID, "Cleo", now))
	same(t, "undone", flagNames(flagRows(t, s, catalog.FlagQuery{Review: catalog.ReviewOpen}, now)), before)
	of, err = s.Reviews(t.Context(), catalog.ReviewQuery{Resource: first.Resource})
	must(t, err)
	same(t, "who took the first back", of[0].WithdrawnBy, "Ben")
	if err := s.WithdrawBatch(t.Context(), first.ID, "Cleo", now); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("undone twice: %v", err)
	}
	if err := s.WithdrawBatch(t.Context(), 999, "Cleo", now); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("undone what never was: %v", err)
	}
}

func TestADecisionOnAHostIsMadeOnWhatWasSeen(t *testing.T) {
	s, now := flaggedStore(t)
	g, req := deathOf(t, s, "died.example", now)
	refused := map[string]struct {
		change func(*catalog.HostReviewRequest)
		want   error
	}{
		"another group":       {func(r *catalog.HostReviewRequest) { r.Version = "x" }, catalog.ErrConflict},
		"of one source alone": {func(r *catalog.HostReviewRequest) { r.Source = "b" }, catalog.ErrConflict},
		"a host that lives":   {func(r *catalog.HostReviewRequest) { r.Host = "mixed.example" }, catalog.ErrConflict},
		"nothing dead":        {func(r *catalog.HostReviewRequest) { r.Host = "moved.example" }, catalog.ErrNotFound},
		"no such host":        {func(r *catalog.HostReviewRequest) { r.Host = "nowhere.example" }, catalog.ErrNotFound},
		"no reason":           {func(r *catalog.HostReviewRequest) { r.Reason = "" }, catalog.ErrInvalid},
	}
	for name, test := range refused {
		changed := req
		test.change(&changed)
		if _, _, err := s.ReviewHost(t.Context(), changed, now); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	same(t, "nothing was written", flagRows(t, s, catalog.FlagQuery{Review: catalog.ReviewAside}, now).Count, 0)
	decideOn(t, s, g.Flags[1].Finding, catalog.ReviewKept, now)
	if _, _, err := s.ReviewHost(t.Context(), req, now); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("somebody decided on one of them meanwhile: %v", err)
	}
}
