package sqlite

import (
	"context"
	"database/sql"
)

// statements compiles each query of a transaction once. Compiling an insert into placements takes ten times as long as
// running it, as its triggers are compiled with it.
type statements struct {
	tx       *sql.Tx
	compiled map[string]*sql.Stmt // closed with the transaction
}

func compile(tx *sql.Tx) *statements { return &statements{tx, map[string]*sql.Stmt{}} }

// ready compiles a query unless it is.
func (s *statements) ready(ctx context.Context, query string) (err error) {
	if s.compiled[query] == nil {
		s.compiled[query], err = s.tx.PrepareContext(ctx, query) //nolint:sqlclosecheck // closed with the transaction
	}
	return err
}

func (s *statements) exec(ctx context.Context, query string, args ...any) error {
	_, err := s.insert(ctx, query, args...)
	return err
}

// insert returns the number of the row that it added. That is faster than a RETURNING clause, which SQLite serves from
// a table of its own.
func (s *statements) insert(ctx context.Context, query string, args ...any) (int64, error) {
	if err := s.ready(ctx, query); err != nil {
		return 0, err
	}
	res, err := s.compiled[query].ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// scan runs a query that gives one row with one value.
func (s *statements) scan(ctx context.Context, dest any, query string, args ...any) error {
	if err := s.ready(ctx, query); err != nil {
		return err
	}
	return s.compiled[query].QueryRowContext(ctx, args...).Scan(dest)
}
