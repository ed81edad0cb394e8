package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"waymark/catalog"
)

func tryOpen(path string) error {
	s, err := Open(context.Background(), path, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	return s.Close()
}

// made returns the path of a database with some content, closed.
func made(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "waymark.db")
	s, err := Open(context.Background(), path, slog.New(slog.DiscardHandler))
	must(t, err)
	var links []catalog.Placement
	for i := range 300 {
		links = append(links, link(i+1, "Title", "https://example.org/"+strings.Repeat("x", i)))
	}
	bring(t, s, list("a", noon, links...))
	must(t, s.Close())
	return path
}

func execRaw(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	_, err = db.Exec(query)
	must(t, err)
}

func TestOpenRefusesWithASentence(t *testing.T) {
	overwrite := func(offset int64, n int) func(*testing.T) string {
		return func(t *testing.T) string {
			path := made(t)
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			must(t, err)
			_, err = f.WriteAt(bytes.Repeat([]byte{0xa5}, n), offset)
			must(t, err)
			must(t, f.Close())
			return path
		}
	}
	cases := map[string]struct {
		path func(t *testing.T) string
		want string
	}{
		"missing folder":       {func(t *testing.T) string { return filepath.Join(t.TempDir(), "none", "waymark.db") }, "does not exist; create it"},
		"the path is a folder": {func(t *testing.T) string { return t.TempDir() }, "is not a regular file; name another database"},
		"the folder is a file": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "file")
			must(t, os.WriteFile(path, nil, 0o600))
			return filepath.Join(path, "waymark.db")
		}, "is not a folder; name another database"},
		"newer schema": {func(t *testing.T) string {
			path := made(t)
			execRaw(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
			return path
		}, "was written by a newer Waymark (schema 9999, this one knows"},
		"text file": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "waymark.db")
			must(t, os.WriteFile(path, bytes.Repeat([]byte("# A list\n"), 1000), 0o600))
			return path
		}, "is damaged or not a database; restore a backup"},
		"overwritten header": {overwrite(0, 100), "is damaged or not a database; restore a backup"},
		"overwritten schema": {overwrite(100, 2000), "damaged"},
		"overwritten middle": {overwrite(20*4096, 4*4096), "damaged"},
		"another program's": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "waymark.db")
			execRaw(t, path, `CREATE TABLE bookmarks (url TEXT)`)
			return path
		}, "is the database of another program; name another database"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			err := tryOpen(c.path(t))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want one with %q", err, c.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %v", err)
			}
		})
	}
}

func TestOpenNamesTheFolderThatCannotBeWritten(t *testing.T) {
	for _, cause := range []error{fs.ErrPermission, syscall.EROFS} {
		err := openError("/data/waymark.db", &fs.PathError{Op: "open", Path: "/data/waymark.db.lock", Err: cause})
		if !strings.Contains(err.Error(), "cannot be written; give this user the right") {
			t.Errorf("%v gives %v", cause, err)
		}
	}
}

func TestOneOfManyThatOpenAtOnceWins(t *testing.T) {
	path := filepath.Join(t.TempDir(), "way #1?%20 mark.db")
	var wg sync.WaitGroup
	stores, failures := make(chan *Store, 8), make(chan error, 8)
	for range 8 {
		wg.Go(func() {
			s, err := Open(context.Background(), path, slog.New(slog.DiscardHandler))
			if err != nil {
				failures <- err
				return
			}
			stores <- s
		})
	}
	wg.Wait()
	close(stores)
	close(failures)
	same(t, "winners", len(stores), 1)
	for err := range failures {
		if !strings.Contains(err.Error(), "is in use by another Waymark") {
			t.Errorf("unexpected refusal: %v", err)
		}
	}
	for s := range stores {
		must(t, s.Close())
	}
	must(t, tryOpen(path))
	if _, err := os.Stat(path); err != nil {
		t.Error("the name of the file was not taken literally:", err)
	}
}

func TestOpenKeepsWhatIsStored(t *testing.T) {
	s := openAt(t, made(t))
	same(t, "placements", overview(t, s, noon).Catalog.Total(), 300)
}

func TestPragmasHoldOnEveryConnection(t *testing.T) {
	s := open(t)
	pragma := func(db *sql.DB, name string) (value string) {
		must(t, db.QueryRow(`PRAGMA `+name).Scan(&value))
		return value
	}
	want := map[string]string{"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1", "busy_timeout": "250", "wal_autocheckpoint": "0"}
	for name, value := range want {
		same(t, name, pragma(s.writer, name), value)
	}
	if _, err := s.readers.Exec(`DELETE FROM sources`); err == nil {
		t.Error("a reader may write")
	}
	must(t, s.decide(context.Background(), "test", func(ctx context.Context, tx *sql.Tx) error {
		var level string
		err := tx.QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&level)
		same(t, "flushing of a decision", level, "2")
		return err
	}))
	same(t, "flushing afterwards", pragma(s.writer, "synchronous"), "1")
}

func TestAFullDiskLosesNothing(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "One", "https://one.example/")))
	var pages int
	must(t, s.writer.QueryRow(`PRAGMA page_count`).Scan(&pages))
	_, err := s.writer.Exec(`PRAGMA max_page_count = ` + numberText(pages+2))
	must(t, err)
	var links []catalog.Placement
	for i := range 600 {
		links = append(links, link(i+1, "Title", "https://example.org/"+numberText(i)))
	}
	_, err = s.Sync(context.Background(), list("b", noon, links...))
	if err == nil || !strings.Contains(err.Error(), "the disk is full; free some space and try again") {
		t.Fatalf("a full disk gives %v", err)
	}
	same(t, "what was there", overview(t, s, noon).Catalog.Total(), 1)
	_, err = s.writer.Exec(`PRAGMA max_page_count = 1000000`)
	must(t, err)
	same(t, "once there is room", bring(t, s, list("b", noon, links...)).Placements, 600)
	must(t, integrity(s))
}

func TestLockedByAnotherProgram(t *testing.T) {
	path := made(t)
	first, err := sql.Open("sqlite", path)
	must(t, err)
	defer first.Close()
	first.SetMaxOpenConns(1)
	_, err = first.Exec(`BEGIN IMMEDIATE`)
	must(t, err)
	second, err := sql.Open("sqlite", path)
	must(t, err)
	defer second.Close()
	_, err = second.Exec(`DELETE FROM changes`)
	same(t, "advice", advice(err), "is locked by another program; close that program and try again")
}

func TestPing(t *testing.T) {
	s := open(t)
	must(t, s.Ping(context.Background()))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Ping(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a ping nobody waits for gives %v", err)
	}
}

func TestTimesComeBackInUTC(t *testing.T) {
	var got time.Time
	must(t, into{&got}.Scan(stamp(time.Date(1066, 10, 14, 9, 0, 0, 5e6, time.FixedZone("", 3600)))))
	same(t, "time", got, time.Date(1066, 10, 14, 8, 0, 0, 5e6, time.UTC))
	must(t, into{&got}.Scan(stamp(time.Time{})))
	same(t, "no time", got.IsZero(), true)
}

// integrity is nil when SQLite finds the file whole and every reference holds.
func integrity(s *Store) error {
	var verdict string
	if err := s.writer.QueryRow(`PRAGMA integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
		return errors.Join(err, errors.New("integrity_check: "+verdict))
	}
	var broken int
	err := s.writer.QueryRow(`SELECT count(*) FROM pragma_foreign_key_check`).Scan(&broken)
	if broken > 0 {
		err = errors.New("foreign keys are broken")
	}
	return err
}
