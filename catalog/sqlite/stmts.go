package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// querier is a transaction, or the statements of one.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// statements compiles each query of a transaction once. Compiling an insert into placements takes ten times as long as
// running it, as its triggers are compiled with it.
type statements struct {
	tx       *sql.Tx
	kept     map[string]*sql.Stmt // outlive the transaction
	compiled map[string]*sql.Stmt // closed with the transaction
}

func compile(tx *sql.Tx) *statements { return &statements{tx, nil, map[string]*sql.Stmt{}} }

// compile is for the crawler's transactions, whose queries the store keeps compiled: a third of a claim was compiling.
func (s *Store) compile(tx *sql.Tx) *statements {
	return &statements{tx, s.kept, map[string]*sql.Stmt{}}
}

// keep compiles the crawler's queries on the one connection that writes.
func (s *Store) keep(ctx context.Context) error {
	s.kept = map[string]*sql.Stmt{}
	for _, query := range []string{claimQuery, holdQuery, leaseQuery, claimedQuery, wantsQuery, headingsQuery, heldByQuery, findingsQuery, printsQuery, keepPrints,
		loadQuery, addPage, addObservation, updateFacts, updateVisit, updateState, openFinding, closeFinding, addChange, endLeases, refreshHosts} {
		stmt, err := s.writer.PrepareContext(ctx, query) //nolint:sqlclosecheck // closed with the store
		if err != nil {
			return err
		}
		s.kept[query] = stmt
	}
	return nil
}

// drop is the inverse of keep.
func (s *Store) drop() error {
	var errs []error
	for _, stmt := range s.kept {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(errs...)
}

// ready compiles a query unless it is.
func (s *statements) ready(ctx context.Context, query string) (stmt *sql.Stmt, err error) {
	if stmt = s.compiled[query]; stmt != nil {
		return stmt, nil
	}
	if kept := s.kept[query]; kept != nil {
		stmt = s.tx.StmtContext(ctx, kept)
	} else if stmt, err = s.tx.PrepareContext(ctx, query); err != nil {
		return nil, err
	}
	s.compiled[query] = stmt
	return stmt, nil
}

// QueryContext implements querier.
func (s *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := s.ready(ctx, query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// ExecContext implements querier.
func (s *statements) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt, err := s.ready(ctx, query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

func (s *statements) exec(ctx context.Context, query string, args ...any) error {
	_, err := s.ExecContext(ctx, query, args...)
	return err
}

// insert returns the number of the row that it added. That is faster than a RETURNING clause, which SQLite serves from
// a table of its own.
func (s *statements) insert(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := s.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// scan runs a query that gives one row with one value.
func (s *statements) scan(ctx context.Context, dest any, query string, args ...any) error {
	stmt, err := s.ready(ctx, query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(ctx, args...).Scan(dest)
}
