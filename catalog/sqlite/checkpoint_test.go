package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"os"
	"testing"
	"time"
)

// soon are thresholds that few pages reach.
func soon() thresholds {
	return thresholds{wait: 256, long: 2048, gap: 64, rounds: 3, quiet: 20 * time.Millisecond}
}

// never are the same for a checkpointer that does nothing by itself, as on a machine that gives it no time.
func never() thresholds {
	at := soon()
	at.wait, at.quiet = 1<<30, time.Hour
	return at
}

// hurried is a store whose checkpointer acts by thresholds, with a table of a thousand pages.
func hurried(t *testing.T, at thresholds) *Store {
	t.Helper()
	s := open(t)
	must(t, s.copier.close())
	must(t, s.startCheckpoints(at))
	for _, query := range []string{
		`PRAGMA journal_size_limit = 2097152`,
		`CREATE TABLE blobs (id INTEGER PRIMARY KEY, b BLOB)`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO blobs SELECT i, zeroblob(4000) FROM n`,
	} {
		_, err := s.writer.Exec(query)
		must(t, err)
	}
	return s
}

// rewrite changes every page of the table some times, 50 in a transaction.
func rewrite(t *testing.T, s *Store, times int) {
	t.Helper()
	for i := range 20 * times {
		must(t, s.write(t.Context(), crawling, "test", func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE blobs SET b = CAST(CAST(b AS INTEGER) + 1 AS TEXT) || zeroblob(3990) WHERE id % 20 = ?`, i%20)
			return err
		}))
	}
}

func logSize(t *testing.T, s *Store) int64 {
	t.Helper()
	info, err := os.Stat(s.path + "-wal")
	must(t, err)
	return info.Size()
}

// eventually waits for something that the checkpointer does by itself.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 3000 {
		if done() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}

// TestTheLogStaysShortUnderConstantWriting: at 4096 pages, twice its length, it is cut whoever has to do it.
func TestTheLogStaysShortUnderConstantWriting(t *testing.T) {
	for name, at := range map[string]thresholds{"a checkpointer that works": soon(), "one that gets no time": never()} {
		t.Run(name, func(t *testing.T) {
			s := hurried(t, at)
			rewrite(t, s, 30)
			const most = (2*2048 + 1000) * framed
			if size := logSize(t, s); size > most {
				t.Errorf("after writing 120 MiB without a pause the log has %d bytes, want at most %d", size, most)
			}
			must(t, integrity(s))
		})
	}
}

// TestAReaderInTheWayIsGivenTime: while it reads, the log cannot begin anew, and not every writer tries.
func TestAReaderInTheWayIsGivenTime(t *testing.T) {
	s := hurried(t, never())
	must(t, s.read(t.Context(), "test", func(ctx context.Context, tx *sql.Tx) error {
		var n int
		must(t, tx.QueryRowContext(ctx, `SELECT count(*) FROM blobs`).Scan(&n))
		rewrite(t, s, 6)
		if long := s.copier.long.Load(); long < 2*2*2048 {
			t.Errorf("it is tried again at %d pages, though the log had twice 2048 the last time", 2*long)
		}
		return nil
	}))
	rewrite(t, s, 20)
	same(t, "once the reader has gone", s.copier.long.Load(), int64(2048))
	must(t, integrity(s))
}

// TestALongReadDelaysTheLogAndNothingElse: what a reader may still look at cannot be overwritten. Once it has ended,
// the log begins anew and its file is cut back.
func TestALongReadDelaysTheLogAndNothingElse(t *testing.T) {
	s := hurried(t, soon())
	done := errors.New("done")
	err := s.read(t.Context(), "test", func(ctx context.Context, tx *sql.Tx) error {
		var before, after int
		const sum = `SELECT sum(CAST(b AS INTEGER)) FROM blobs`
		must(t, tx.QueryRowContext(ctx, sum).Scan(&before))
		rewrite(t, s, 5)
		must(t, tx.QueryRowContext(ctx, sum).Scan(&after))
		same(t, "what a reader sees", after, before)
		must(t, s.read(ctx, "test", func(ctx context.Context, tx *sql.Tx) error { return tx.QueryRowContext(ctx, sum).Scan(&after) }))
		same(t, "what the next one sees", after, before+5000)
		time.Sleep(50 * time.Millisecond) // it is quiet, and the reader still in the way
		return done
	})
	if !errors.Is(err, done) {
		t.Fatal(err)
	}
	if size := logSize(t, s); size < 16<<20 {
		t.Fatalf("the log has only %d MiB, so the reader held nothing back", size>>20)
	}
	eventually(t, "all is copied when it is quiet", func() bool {
		l, err := s.copier.checkpoint(t.Context(), "NOOP")
		must(t, err)
		return l.left() == 0
	})
	rewrite(t, s, 1)
	if size := logSize(t, s); size > 8<<20 {
		t.Errorf("after the read has ended, the log still has %d MiB", size>>20)
	}
	must(t, integrity(s))
}

func TestClosingLeavesNoLog(t *testing.T) {
	s, err := Open(t.Context(), made(t), slog.New(slog.DiscardHandler))
	must(t, err)
	visit(t, s, noon, 404)
	must(t, s.Close())
	for _, suffix := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(s.path + suffix); err == nil {
			t.Errorf("%s is left behind", suffix)
		}
	}
}
