package sqlite

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"waymark/catalog"
)

func TestMain(m *testing.M) {
	if runChild() {
		return
	}
	goleak.VerifyTestMain(m)
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// blank is the file of a database with nothing in it. Making it once spares each test the migrations.
var blank = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "waymark")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "blank.db")
	if err := tryOpen(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// open returns a new store in a temporary folder.
func open(t testing.TB) *Store {
	t.Helper()
	file, err := blank()
	must(t, err)
	path := filepath.Join(t.TempDir(), "waymark.db")
	must(t, os.WriteFile(path, file, 0o600))
	return openAt(t, path)
}

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

// reopen opens what a store has committed, as the next process does when this one is killed.
func reopen(t testing.TB, s *Store) *Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "again.db")
	change(t, s, `VACUUM INTO ?`, path)
	return openAt(t, path)
}

// change alters a store behind its back.
func change(t testing.TB, s *Store, query string, args ...any) {
	t.Helper()
	_, err := s.writer.Exec(query, args...)
	must(t, err)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t testing.TB, what string, got, want any, opts ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, opts...); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// link is a placement of a test list.
func link(line int, title, url string, section ...string) catalog.Placement {
	return catalog.Placement{File: "README.md", Line: line, Column: 3, Start: line * 100, End: line*100 + len(url),
		Section: section, Title: title, Kind: catalog.Article, URL: url}
}

// list is a snapshot of a source of one file.
func list(name string, at time.Time, links ...catalog.Placement) catalog.Snapshot {
	return catalog.Snapshot{Source: catalog.Source{Name: name, Path: name}, Hash: fmt.Sprint(name, links), Taken: at,
		Listings: []catalog.Listing{{File: "README.md", Placements: links}}}
}

func bring(t testing.TB, s *Store, snap catalog.Snapshot) catalog.SyncReport {
	t.Helper()
	report, err := s.Sync(context.Background(), snap)
	must(t, err)
	return report
}

func claim(t testing.TB, s *Store, now time.Time, limit, perHost int) []catalog.Claim {
	t.Helper()
	claims, err := s.Claim(context.Background(), catalog.ClaimRequest{Now: now, Lease: time.Minute, Limit: limit, PerHost: perHost})
	must(t, err)
	return claims
}

func urls(claims []catalog.Claim) []string {
	list := []string{}
	for _, c := range claims {
		list = append(list, c.URL)
	}
	return list
}

// answer is an observation of a page that answered with a status.
func answer(c catalog.Claim, at time.Time, status int) catalog.Observation {
	seen := catalog.Observation{At: at, Duration: 120 * time.Millisecond, Attempts: 1, ContentType: "text/html", Bytes: 1000,
		Hops: []catalog.Hop{{URL: c.URL, Status: status, Duration: 80 * time.Millisecond}}}
	if status == 200 {
		seen.Page = &catalog.Page{Title: "Title of " + c.URL, Language: "en"}
	}
	return seen
}

// judged is what the crawler makes of an observation.
func judged(c catalog.Claim, seen catalog.Observation, now time.Time) catalog.Result {
	policy := catalog.DefaultRules().For(c.Host, c.Spots)
	j := catalog.Judge(c.Standing, seen, policy, now)
	due, _ := catalog.NextVisit(j.Verdict, seen, policy, c.URL, now)
	return catalog.Result{Claim: c, Observation: seen, Judgement: j, Due: due}
}

func record(t testing.TB, s *Store, results ...catalog.Result) {
	t.Helper()
	must(t, s.Record(context.Background(), results))
}

// visit claims everything due and records one status for all.
func visit(t testing.TB, s *Store, now time.Time, status int) []catalog.Claim {
	t.Helper()
	claims := claim(t, s, now, 1000, 1000)
	var results []catalog.Result
	for _, c := range claims {
		results = append(results, judged(c, answer(c, now, status), now))
	}
	record(t, s, results...)
	return claims
}

func overview(t testing.TB, s *Store, now time.Time) catalog.Overview {
	t.Helper()
	o, err := s.Overview(context.Background(), now)
	must(t, err)
	return o
}

func rowsOf(t testing.TB, s *Store, q catalog.Query) []catalog.Row {
	t.Helper()
	page, err := s.Resources(context.Background(), q)
	must(t, err)
	return page.Rows
}

func detail(t testing.TB, s *Store, url string) catalog.Detail {
	t.Helper()
	for _, row := range rowsOf(t, s, catalog.Query{Limit: 500}) {
		if row.URL == url {
			d, err := s.Resource(context.Background(), row.ID)
			must(t, err)
			return d
		}
	}
	t.Fatalf("no resource %s", url)
	return catalog.Detail{}
}
