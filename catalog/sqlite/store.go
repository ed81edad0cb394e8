package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Store is the catalog on disk. It is safe for concurrent use.
type Store struct {
	path    string
	log     *slog.Logger
	lock    *fileLock
	writer  *sql.DB // one connection
	readers *sql.DB
	copier  *checkpointer
	kept    map[string]*sql.Stmt // of the writer
	gate    gate
	syncing chan struct{} // holds one token: a single sync at a time
	now     func() time.Time
}

// Close ends the store. What is under way is finished first.
func (s *Store) Close() error {
	var errs []error
	if s.copier != nil {
		errs = append(errs, s.copier.close())
	}
	errs = append(errs, s.drop())
	if s.readers != nil {
		errs = append(errs, s.readers.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
	}
	errs = append(errs, s.lock.release())
	return errors.Join(errs...)
}

// Ping reports whether the store can be read, for readiness checks.
func (s *Store) Ping(ctx context.Context) error {
	return s.read(ctx, "ping", func(ctx context.Context, tx *sql.Tx) error {
		var n int
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM sources LIMIT 1)`).Scan(&n)
	})
}

// write runs fn in a transaction of the writer, in a lane. The context bounds the waiting, for the lane and for another
// process; a transaction that has begun is short and runs to its end, as statements under a context that can end cost
// a goroutine each.
func (s *Store) write(ctx context.Context, l lane, what string, fn func(ctx context.Context, tx *sql.Tx) error) error {
	if err := s.gate.enter(ctx, l); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer s.copier.written()
	defer s.gate.leave()
	err := writeTx(ctx, s.writer, fn)
	s.copier.brake(context.WithoutCancel(ctx))
	return s.explain(what, err)
}

// decide is write for the decisions of people: the transaction is flushed to the disk before decide returns.
// SQLite refuses to change the flushing within a transaction, and there is one connection, so it is changed around.
func (s *Store) decide(ctx context.Context, what string, fn func(ctx context.Context, tx *sql.Tx) error) error {
	if err := s.gate.enter(ctx, people); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer s.copier.written()
	defer s.gate.leave()
	begun := context.WithoutCancel(ctx)
	conn, err := s.writer.Conn(begun)
	if err != nil {
		return s.explain(what, err)
	}
	if _, err = conn.ExecContext(begun, `PRAGMA synchronous = FULL`); err == nil {
		err = writeTx(ctx, conn, fn)
	}
	_, back := conn.ExecContext(begun, `PRAGMA synchronous = NORMAL`)
	s.copier.brake(begun)
	return s.explain(what, errors.Join(err, back, conn.Close()))
}

// read runs fn in a read transaction: all that it sees is of one moment.
func (s *Store) read(ctx context.Context, what string, fn func(ctx context.Context, tx *sql.Tx) error) error {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err == nil {
		err = inTx(ctx, tx, fn)
	}
	return s.explain(what, err)
}

func inTx(ctx context.Context, tx *sql.Tx, fn func(ctx context.Context, tx *sql.Tx) error) error {
	if err := fn(ctx, tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

// ignoreDone drops the error of rolling back what was rolled back already, as when a reader's context ended.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// collect reads all rows of a query.
func collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// each calls scan for every row of a query.
func each(rows *sql.Rows, err error, scan func(*sql.Rows) error) error {
	_, err = collect(rows, err, func(rows *sql.Rows) (struct{}, error) { return struct{}{}, scan(rows) })
	return err
}

// stamp binds a time as Unix milliseconds, the zero time as NULL.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// into scans a time that stamp bound.
type into struct{ t *time.Time }

// Scan implements sql.Scanner.
func (i into) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*i.t = time.Time{}
	case int64:
		*i.t = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("a time is stored as %T, want an integer", value)
	}
	return nil
}
