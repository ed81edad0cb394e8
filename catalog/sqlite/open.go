package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	// applicationID marks a file as Waymark's in its header: "Wayk" (https://sqlite.org/pragma.html#pragma_application_id).
	applicationID = 0x5761796b
	// readerConns is how many pages can be read at once. Each holds a page cache of its own.
	readerConns = 4
	// wholeCheck is the size in bytes up to which a database is checked wholly when it is opened; a larger one would
	// delay the start, and is checked page by page as it is read.
	wholeCheck = 32 << 20
)

// Open opens the database at path, creates it where there is none, and brings its schema up to date. It refuses, with
// a sentence that says what to do, what is newer than this program, in use, damaged, or cannot be written. One process
// at a time may have a database open, except for [OpenBeside].
func Open(ctx context.Context, path string, logger *slog.Logger) (*Store, error) {
	if err := inspect(path); err != nil {
		return nil, err
	}
	lock, err := lockFile(path)
	if err != nil {
		return nil, errors.Join(err, lock.release())
	}
	s := &Store{path: path, log: logger, lock: lock, syncing: make(chan struct{}, 1), now: time.Now}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(s.explain("open", err), s.Close())
	}
	return s, nil
}

// OpenBeside is Open for a short decision of a person, also while another process has the database open and goes on
// with its work. It changes no schema then, and must not be crawled with: leases and syncs belong to that process.
func OpenBeside(ctx context.Context, path string, logger *slog.Logger) (*Store, error) {
	s, err := Open(ctx, path, logger)
	if !errors.Is(err, syscall.EWOULDBLOCK) {
		return s, err
	}
	s = &Store{path: path, log: logger, syncing: make(chan struct{}, 1), now: time.Now}
	if err := s.join(ctx); err != nil {
		return nil, errors.Join(s.explain("open", err), s.Close())
	}
	return s, nil
}

// join opens what another process keeps in order.
func (s *Store) join(ctx context.Context) error {
	if err := s.connectWriter(); err != nil {
		return err
	}
	provider, err := s.migrations()
	if err != nil {
		return err
	}
	has, knows, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has != knows {
		return fmt.Errorf("the database %s is in use by a Waymark of another version (schema %d, this one knows %d); use the same version for both", s.path, has, knows)
	}
	return s.connectReaders(ctx)
}

// inspect refuses a path that cannot hold a database.
func inspect(path string) error {
	folder := filepath.Dir(path)
	switch info, err := os.Stat(folder); {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder %s of the database does not exist; create it, or name another database", folder)
	case err != nil:
		return openError(path, err)
	case !info.IsDir():
		return fmt.Errorf("%s, which is to hold the database, is not a folder; name another database", folder)
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("the database %s is not a regular file; name another database", path)
	}
	return nil
}

func (s *Store) open(ctx context.Context) error {
	if err := s.connectWriter(); err != nil {
		return err
	}
	if err := s.verify(ctx); err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if err := s.endLeases(ctx); err != nil {
		return err
	}
	if err := s.followPauses(ctx); err != nil {
		return err
	}
	if err := s.keep(ctx); err != nil {
		return err
	}
	if err := s.connectReaders(ctx); err != nil {
		return err
	}
	return s.startCheckpoints(usual())
}

func (s *Store) connectWriter() (err error) {
	if s.writer, err = sql.Open("sqlite", writerDSN(s.path)); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	s.writer.SetMaxIdleConns(1)
	return nil
}

func (s *Store) connectReaders(ctx context.Context) (err error) {
	if s.readers, err = sql.Open("sqlite", readerDSN(s.path)); err != nil {
		return err
	}
	s.readers.SetMaxOpenConns(readerConns)
	s.readers.SetMaxIdleConns(readerConns)
	return s.readers.PingContext(ctx)
}

func (s *Store) startCheckpoints(at thresholds) error {
	db, err := sql.Open("sqlite", copierDSN(s.path))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	s.copier = newCheckpointer(db, s.path+"-wal", &s.gate, s.log, at)
	s.copier.written() // by a migration
	return nil
}

// verify tells a database of Waymark from a damaged file and from the database of another program.
func (s *Store) verify(ctx context.Context) error {
	var id, tables int
	err := s.writer.QueryRowContext(ctx, `SELECT a.application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id a`).Scan(&id, &tables)
	switch {
	case err != nil:
		return err
	case tables == 0:
		_, err := s.writer.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID))
		return err
	case id != applicationID:
		return fmt.Errorf("%s is the database of another program; name another database", s.path)
	}
	info, err := os.Stat(s.path)
	if err != nil || info.Size() > wholeCheck {
		return err
	}
	var verdict string
	if err := s.writer.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("the database %s is damaged (%s); restore a backup, or move the file away to start anew", s.path, firstLine(verdict))
	}
	return nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// migrate brings the schema up to date. The lock on the file is held, so that no other process does the same.
func (s *Store) migrate(ctx context.Context) error {
	provider, err := s.migrations()
	if err != nil {
		return err
	}
	has, knows, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has > knows {
		return fmt.Errorf("the database %s was written by a newer Waymark (schema %d, this one knows %d); update this program, or restore a backup of the older schema", s.path, has, knows)
	}
	if has == knows {
		return nil
	}
	if _, err = provider.Up(ctx); err != nil {
		return fmt.Errorf("update the schema of %s: %w", s.path, err)
	}
	s.log.Info("database schema updated", "path", s.path, "from", has, "to", knows)
	return nil
}

func (s *Store) migrations() (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, s.writer, folder, goose.WithSlog(s.log), goose.WithDisableGlobalRegistry(true))
}

// writerDSN sets every pragma in the name, so that each new connection gets them; busy_timeout goes first, as setting
// the journal mode already needs a lock. Checkpoints are the checkpointer's. At a million resources nearly every row that a
// batch writes is on a page of its own, which no cache of a bearable size would hold: one of 64 MiB was no faster. What
// counts is that the pages of a batch are not written before it is committed (cache_spill, in pages: 32 MiB); after it
// their memory is free again.
func writerDSN(path string) string {
	return dsn(path, url.Values{
		"_pragma": {
			fmt.Sprintf("busy_timeout(%d)", busyTurn.Milliseconds()), "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)",
			"cache_size(-8192)", "cache_spill(8192)", "wal_autocheckpoint(0)", fmt.Sprintf("journal_size_limit(%d)", logKept), "temp_store(MEMORY)",
		},
		"_txlock": {"immediate"},
	})
}

// copierDSN is for checkpoints. Its synchronous flushes the log before the database is changed, as a writer's would.
func copierDSN(path string) string {
	return dsn(path, url.Values{
		"_pragma": {fmt.Sprintf("busy_timeout(%d)", checkpointPatience.Milliseconds()), "synchronous(NORMAL)", "wal_autocheckpoint(0)", "cache_size(-1024)"},
	})
}

// readerDSN gives each reader a cache of 2 MiB, which holds the upper levels of the trees; 16 MiB were no faster.
func readerDSN(path string) string {
	return dsn(path, url.Values{
		"mode":    {"ro"},
		"_pragma": {"busy_timeout(5000)", "cache_size(-2048)", "temp_store(MEMORY)", "query_only(1)"},
	})
}

// dsn writes a path as an SQLite URI (https://sqlite.org/uri.html), in which "?", "#" and "%" are escaped.
func dsn(path string, query url.Values) string {
	u := url.URL{Path: filepath.ToSlash(path)}
	return "file:" + u.EscapedPath() + "?" + query.Encode()
}
