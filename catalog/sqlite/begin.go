package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// Another process may write too: a person who pauses something, a backup, a shell. SQLite waits for it without looking at
// a context, so it waits in short turns.
const (
	busyTurn     = 250 * time.Millisecond
	busyPatience = 5 * time.Second // in all, after which the database counts as locked
)

// beginner is a *sql.DB or a *sql.Conn of the writer.
type beginner interface {
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}

// writeTx runs fn in a transaction that may write. The context bounds only the wait for other processes.
func writeTx(ctx context.Context, db beginner, fn func(ctx context.Context, tx *sql.Tx) error) error {
	begun := context.WithoutCancel(ctx)
	tx, err := db.BeginTx(begun, nil)
	for turns := busyPatience / busyTurn; turns > 1 && isBusy(err); turns-- {
		if ctx.Err() != nil {
			return fmt.Errorf("%w: %w", ctx.Err(), err)
		}
		tx, err = db.BeginTx(begun, nil)
	}
	if err != nil {
		return err
	}
	return inTx(begun, tx, fn)
}

func isBusy(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) && e.Code()&0xff == codes.SQLITE_BUSY
}
