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

// write16 commits 16 MiB, in transactions of 256 KiB, to a table of its own.
func write16(t *testing.T, s *Store) {
	t.Helper()
	for range 64 {
		must(t, s.write(t.Context(), crawling, "test", func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE blobs SET b = randomblob(4000) WHERE id IN (SELECT id FROM blobs ORDER BY random() LIMIT 64)`)
			return err
		}))
	}
}

// blobs adds a table of 4 MiB that write16 changes over and over.
func blobs(t *testing.T, s *Store) {
	t.Helper()
	_, err := s.writer.Exec(`CREATE TABLE blobs (id INTEGER PRIMARY KEY, b BLOB)`)
	must(t, err)
	_, err = s.writer.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1024) INSERT INTO blobs SELECT i, zeroblob(4000) FROM n`)
	must(t, err)
}

func logSize(t *testing.T, s *Store) int64 {
	t.Helper()
	info, err := os.Stat(s.path + "-wal")
	must(t, err)
	return info.Size()
}

// settled waits until the checkpointer has nothing more to do.
func settled(t *testing.T, s *Store) logState {
	t.Helper()
	for range 1000 {
		s.gate.mu.Lock()
		idle := !s.gate.held && len(s.copier.wake) == 0
		s.gate.mu.Unlock()
		state, err := s.copier.checkpoint(t.Context(), "NOOP")
		must(t, err)
		if idle && state.left() < checkpointPages {
			return state
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the log is never copied")
	return logState{}
}

func TestTheLogStaysShortUnderConstantWriting(t *testing.T) {
	s := open(t)
	blobs(t, s)
	for range 12 {
		write16(t, s)
	}
	settled(t, s)
	if size := logSize(t, s); size > 128<<20 {
		t.Errorf("after writing 192 MiB the log has %d MiB", size>>20)
	}
	must(t, integrity(s))
}

// TestALongReadDelaysTheLogAndNothingElse: what a reader may still look at cannot be overwritten. Once it has ended,
// the log begins anew and its file is cut back.
func TestALongReadDelaysTheLogAndNothingElse(t *testing.T) {
	s := open(t)
	blobs(t, s)
	done := errors.New("done")
	err := s.read(t.Context(), "test", func(ctx context.Context, tx *sql.Tx) error {
		var before, after string
		const sum = `SELECT group_concat(hex(substr(b, 1, 4)), '') FROM (SELECT b FROM blobs ORDER BY id)`
		must(t, tx.QueryRowContext(ctx, sum).Scan(&before))
		for range 5 {
			write16(t, s)
		}
		must(t, tx.QueryRowContext(ctx, sum).Scan(&after))
		same(t, "what a reader sees", after, before)
		return done
	})
	if !errors.Is(err, done) {
		t.Fatal(err)
	}
	if size := logSize(t, s); size < 64<<20 {
		t.Fatalf("the log has only %d MiB, so the reader held nothing back", size>>20)
	}
	for range 8 {
		write16(t, s)
		settled(t, s)
	}
	if size := logSize(t, s); size > 40<<20 {
		t.Errorf("after the read has ended, the log still has %d MiB", size>>20)
	}
}

func TestClosingLeavesNoLog(t *testing.T) {
	s, err := Open(t.Context(), made(t), slog.New(slog.DiscardHandler))
	must(t, err)
	blobs(t, s)
	write16(t, s)
	must(t, s.Close())
	for _, suffix := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(s.path + suffix); err == nil {
			t.Errorf("%s is left behind", suffix)
		}
	}
}
