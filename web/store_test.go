package web_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
)

// rounds is how often the links of the world were visited.
const rounds = 14

// store opens an empty catalog.
func store(t *testing.T) *sqlite.Store {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "waymark.db"))
}

func open(t *testing.T, file string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// ofToday is the file of the world as it is today, made by the first test that asks for it, as each would need
// seconds for it under the race detector.
var ofToday struct {
	once sync.Once
	file []byte
}

// world returns a catalog with the lists of the world and all that was seen of their links until now.
func world(t *testing.T, now time.Time) *sqlite.Store {
	t.Helper()
	if !now.Equal(today) {
		s := store(t)
		fill(t, s, now)
		return s
	}
	ofToday.once.Do(func() { ofToday.file = made(t, now) })
	file := filepath.Join(t.TempDir(), "waymark.db")
	if err := os.WriteFile(file, ofToday.file, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, file)
}

// made returns the file of the world at a time.
func made(t *testing.T, now time.Time) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "waymark.db")
	s, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, now)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// fill reads the lists into an empty catalog and visits their links.
func fill(t *testing.T, s *sqlite.Store, now time.Time) {
	t.Helper()
	times := visits(now)
	backend := snapshot(catalog.Source{Name: "backend", Git: "https://git.example.org/roads/backend.git", Ref: "main", Format: "auto"}, chapters(now), times[0].Add(-time.Hour))
	backend.Problems = []catalog.Problem{
		{File: "roadmap/backend.md", Line: 212, Column: 9, Message: "The link has no closing parenthesis, so it is read as text."},
		{File: "legacy/old.md", Message: "The file is not valid UTF-8; what could be read was read."},
	}
	books := snapshot(catalog.Source{Name: "books", Path: "lists/**/*.md", Format: "markdown"}, library(), times[0].Add(-time.Hour))
	tools := snapshot(catalog.Source{Name: "tools", URL: "https://lists.example.org/tools.md", Format: "auto"}, fresh(), now.Add(-3*time.Minute))

	read(t, s, backend)
	read(t, s, books)
	skip(t, s, "backend", now.AddDate(0, 0, -9))
	fates := fatesOf(chapters(now), library())
	for i, at := range times {
		visit(t, s, fates, i, times, at)
		for day := at; day.Before(at.AddDate(0, 0, 5)) && !day.After(now); day = day.AddDate(0, 0, 1) {
			if err := s.SaveDay(t.Context(), day); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, snap := range []catalog.Snapshot{backend, books} {
		snap.Taken, snap.Unchanged, snap.Listings = now.Add(-40*time.Minute), true, nil
		read(t, s, snap)
	}
	read(t, s, tools)
	if err := s.SyncFailed(t.Context(), tools.Source, "lists.example.org answered 503 Service Unavailable.", now.Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
}

// visits returns the times of the visits, the oldest first, the last a few hours before now.
func visits(now time.Time) []time.Time {
	times := make([]time.Time, rounds)
	for i := range times {
		times[i] = now.Add(-3*time.Hour - time.Duration(rounds-1-i)*5*24*time.Hour)
	}
	return times
}

func fatesOf(lists ...[]chapter) map[string]fate {
	fates := map[string]fate{}
	for _, chapters := range lists {
		for _, c := range chapters {
			for _, at := range c.links {
				fates[catalog.Canonical(at.url, catalog.From{}).URL] = at.fate
			}
		}
	}
	return fates
}

func read(t *testing.T, s *sqlite.Store, snap catalog.Snapshot) {
	t.Helper()
	if _, err := s.Sync(t.Context(), snap); err != nil {
		t.Fatal(err)
	}
}

// skip judges what is never visited.
func skip(t *testing.T, s *sqlite.Store, source string, at time.Time) {
	t.Helper()
	claims, err := s.Unvisited(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	var results []catalog.Result
	for _, c := range claims {
		reason := catalog.Canonical(c.URL, catalog.From{}).Reason
		results = append(results, catalog.Result{Claim: c, Judgement: catalog.Skip(c.Standing, reason, at)})
	}
	if err := s.Record(t.Context(), results); err != nil {
		t.Fatal(err)
	}
}

// visit does the i-th round: it claims all that is due, lets the fates answer, and records what came of it.
func visit(t *testing.T, s *sqlite.Store, fates map[string]fate, i int, times []time.Time, at time.Time) {
	t.Helper()
	claims, err := s.Claim(t.Context(), catalog.ClaimRequest{Now: at, Lease: time.Hour, Limit: 1000, PerHost: 1000})
	if err != nil {
		t.Fatal(err)
	}
	rules := catalog.DefaultRules()
	var results []catalog.Result
	for n, c := range claims {
		policy := rules.For(c.Host, c.Spots)
		seen := fates[c.URL](c.URL, i, len(times))
		seen.At = at.Add(time.Duration(n) * time.Second)
		j := catalog.Judge(c.Standing, seen, policy, seen.At)
		due, _ := catalog.NextVisit(j.Verdict, seen, policy, c.URL, seen.At)
		if i+1 < len(times) {
			due = times[i+1]
		}
		results = append(results, catalog.Result{Claim: c, Observation: seen, Judgement: j, Due: due})
	}
	if err := s.Record(t.Context(), results); err != nil {
		t.Fatal(err)
	}
}
