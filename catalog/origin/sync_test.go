package origin_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/origin"
	"waymark/catalog/sqlite"
)

// syncing is a syncer over a folder, with the store that it writes to and what it logs.
type syncing struct {
	*origin.Syncer
	store *sqlite.Store
	log   *bytes.Buffer
}

func newSyncing(t *testing.T, folder string) syncing {
	t.Helper()
	log := &bytes.Buffer{}
	logger := slog.New(slog.NewTextHandler(log, nil))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "waymark.db"), logger)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	syncer := &origin.Syncer{Reader: &origin.Reader{Folder: folder}, Store: store, Rules: catalog.DefaultRules(), Logger: logger, Now: func() time.Time { return now }}
	return syncing{syncer, store, log}
}

func (s syncing) sync(t *testing.T, source catalog.Source) (catalog.Snapshot, catalog.SyncReport) {
	t.Helper()
	snap, report, err := s.Sync(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	return snap, report
}

func (s syncing) states(t *testing.T) map[string]catalog.State {
	t.Helper()
	page, err := s.store.Resources(t.Context(), catalog.Query{})
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]catalog.State{}
	for _, row := range page.Rows {
		states[row.URL] = row.Verdict.State
	}
	return states
}

// status returns how the source of a test stands in the store.
func (s syncing) status(t *testing.T) catalog.SourceStatus {
	t.Helper()
	sources, err := s.store.Sources(t.Context())
	if err != nil || len(sources) != 1 {
		t.Fatalf("sources: %+v, %v", sources, err)
	}
	return sources[0]
}

var local = catalog.Source{Name: "x", Path: "list.md"}

const mixed = "- [a](https://example.org/)\n- [b](there.md)\n- [c](gone.md)\n- [d](ttps://example.org/)\n- [e](mailto:a@example.org)\n"

var judged = map[string]catalog.State{"https://example.org/": catalog.Unchecked, "there.md": catalog.OK, "gone.md": catalog.Dead,
	"ttps://example.org/": catalog.Dead, "mailto:a@example.org": catalog.Skipped}

func TestSyncJudgesWhatNeedsNoVisit(t *testing.T) {
	s := newSyncing(t, lay(t, map[string]string{"list.md": mixed, "there.md": "# There\n"}))
	if snap, report := s.sync(t, local); snap.Unchanged || report.Added != 5 {
		t.Errorf("the first sync: unchanged %v, %+v", snap.Unchanged, report)
	}
	if diff := cmp.Diff(judged, s.states(t)); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	if snap, report := s.sync(t, local); !snap.Unchanged || report.Added != 0 || report.Placements != 5 {
		t.Errorf("the second sync: unchanged %v, %+v", snap.Unchanged, report)
	}
}

// failingRecord is a store that cannot record for a while.
type failingRecord struct {
	*sqlite.Store
	fails bool
}

func (f *failingRecord) Record(ctx context.Context, results []catalog.Result) error {
	if f.fails {
		return errors.New("disk full")
	}
	return f.Store.Record(ctx, results)
}

// TestSyncJudgesInTheEnd: a sync that ended before it judged is made up for by the next one, though the list is the same.
func TestSyncJudgesInTheEnd(t *testing.T) {
	s := newSyncing(t, lay(t, map[string]string{"list.md": mixed, "there.md": "# There\n"}))
	store := &failingRecord{s.store, true}
	s.Store = store
	if _, _, err := s.Sync(t.Context(), local); err == nil || err.Error() != "disk full" {
		t.Fatalf("a sync that cannot record: %v", err)
	}
	store.fails = false
	s.sync(t, local)
	if diff := cmp.Diff(judged, s.states(t)); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
}

func TestASourceThatCannotBeReadKeepsItsLinks(t *testing.T) {
	folder := lay(t, map[string]string{"list.md": list})
	s := newSyncing(t, folder)
	s.sync(t, local)
	if err := os.Remove(filepath.Join(folder, "list.md")); err != nil {
		t.Fatal(err)
	}
	_, _, err := s.Sync(t.Context(), local)
	const want = "source x: list.md: no such file or folder; the links known so far are kept"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if status := s.status(t); status.Error != want || status.Placements != 1 {
		t.Errorf("error %q, %d placements", status.Error, status.Placements)
	}
	if !strings.Contains(s.log.String(), "source not read") {
		t.Errorf("the log has no word of it:\n%s", s.log)
	}
}

func TestAListThatLostMostIsHeldAndLogged(t *testing.T) {
	var many strings.Builder
	for i := range 30 {
		fmt.Fprintf(&many, "- [A](https://example.org/%d)\n", i)
	}
	folder := lay(t, map[string]string{"list.md": many.String()})
	s := newSyncing(t, folder)
	s.sync(t, local)
	write(t, folder, "list.md", list)
	_, report := s.sync(t, local)
	if report.Held == "" || report.Retired != 0 || !strings.Contains(s.log.String(), "nothing is retired") {
		t.Errorf("report %+v, log:\n%s", report, s.log)
	}
	s.Accept = true
	if _, report = s.sync(t, local); report.Held != "" || report.Retired != 30 {
		t.Errorf("accepted: %+v", report)
	}
}

// canceling is a web on which a list cannot be read because somebody stops the program meanwhile.
type canceling struct{ cancel context.CancelFunc }

func (c canceling) Fetch(ctx context.Context, _ string, _ int64) ([]byte, error) {
	c.cancel()
	return nil, ctx.Err()
}

// TestAnInterruptedSyncBlamesNobody: stopping the program is no failure of the source.
func TestAnInterruptedSyncBlamesNobody(t *testing.T) {
	s := newSyncing(t, t.TempDir())
	web := catalog.Source{Name: "x", URL: "https://example.org/list.md"}
	s.Reader.Fetch = fetched{web.URL: list}
	s.sync(t, web)
	ctx, cancel := context.WithCancel(t.Context())
	s.Reader.Fetch = canceling{cancel}
	if _, _, err := s.Sync(ctx, web); err == nil || strings.Contains(err.Error(), "are kept") {
		t.Errorf("interrupted: %v", err)
	}
	if status := s.status(t); status.Error != "" || strings.Contains(s.log.String(), "not read") {
		t.Errorf("error %q, log:\n%s", status.Error, s.log)
	}
}

func TestSyncStoresTheLineOfEachLink(t *testing.T) {
	folder := lay(t, map[string]string{"list.md": "# H\n\n- [One](https://one.example/) - the first.\n"})
	s := newSyncing(t, folder)
	source := catalog.Source{Name: "a", Path: "list.md"}
	plain, err := s.Reader.Read(t.Context(), source, "", now)
	if err != nil || plain.Listings[0].Placements[0].Quote != "" {
		t.Errorf("a reader that was not asked for lines keeps %q, %v", plain.Listings[0].Placements[0].Quote, err)
	}
	s.sync(t, source)
	rows, err := s.store.Resources(t.Context(), catalog.Query{})
	if err != nil || len(rows.Rows) != 1 {
		t.Fatal(rows, err)
	}
	d, err := s.store.Resource(t.Context(), rows.Rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := d.Places[0].Quote, "- [One](https://one.example/) - the first."; got != want {
		t.Errorf("the store has the line %q, want %q", got, want)
	}
	if again, _ := s.sync(t, source); !again.Unchanged {
		t.Error("an unchanged list is not known again")
	}
}
