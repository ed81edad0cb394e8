package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"waymark/catalog"
)

// lockOut lets another program hold the right to write a store's database until unlock.
func lockOut(t *testing.T, s *Store) (unlock func()) {
	t.Helper()
	other, err := sql.Open("sqlite", writerDSN(s.path))
	must(t, err)
	tx, err := other.BeginTx(context.Background(), nil)
	must(t, err)
	return func() {
		must(t, tx.Rollback())
		must(t, other.Close())
	}
}

// TestALockOfAnotherProgramIsWaitedFor: as long as the caller has time, and not much longer.
func TestALockOfAnotherProgramIsWaitedFor(t *testing.T) {
	for name, change := range map[string]func(ctx context.Context, s *Store) error{
		"by a crawler": func(ctx context.Context, s *Store) error {
			return s.SaveHosts(ctx, []catalog.HostState{{Host: "one.example", Failures: 1}})
		},
		"by a person": func(ctx context.Context, s *Store) error {
			return s.Pause(ctx, catalog.Pause{Host: "one.example", Since: noon})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			unlock := lockOut(t, s)
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			defer cancel()
			err := change(ctx, s)
			if !errors.Is(err, context.DeadlineExceeded) || advice(err) != "is locked by another program; close that program and try again" {
				t.Errorf("a caller with a millisecond gets %v", err)
			}
			time.AfterFunc(4*busyTurn, unlock)
			must(t, change(t.Context(), s))
		})
	}
}

// TestALockThatLastsIsAnError: nobody waits for ever.
func TestALockThatLastsIsAnError(t *testing.T) {
	s := open(t)
	defer lockOut(t, s)()
	if err := s.SaveHosts(t.Context(), []catalog.HostState{{Host: "one.example", Failures: 1}}); !isBusy(err) {
		t.Errorf("got %v, want that the database is locked", err)
	}
}
