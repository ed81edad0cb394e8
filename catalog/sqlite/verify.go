package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// Verify reads the whole file and returns an error that tells what is damaged, if anything is: a page, an index, a
// constraint (PRAGMA integrity_check), a row that points nowhere (PRAGMA foreign_key_check), or a mark of a pause that
// disagrees with the pauses. The work grows
// with the file; nobody has to wait for it.
func (s *Store) Verify(ctx context.Context) error {
	return s.read(ctx, "verify", func(ctx context.Context, tx *sql.Tx) error {
		var verdict string
		if err := tx.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			return fmt.Errorf("the database %s is damaged (%s); restore a backup, or move the file away to start anew", s.path, firstLine(verdict))
		}
		if err := s.verifyPauses(ctx, tx); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2`)
		return each(rows, err, func(rows *sql.Rows) error {
			var table, parent string
			var n int
			if err := rows.Scan(&table, &parent, &n); err != nil {
				return err
			}
			return fmt.Errorf("the database %s is damaged (%d rows of %s point to no row of %s); restore a backup, or move the file away to start anew", s.path, n, table, parent)
		})
	})
}

// verifyPauses holds what a claim looks at against the pauses. One that has ended may have been forgotten there.
func (s *Store) verifyPauses(ctx context.Context, tx *sql.Tx) error {
	now := s.now().UnixMilli()
	var n int
	err := tx.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM resources WHERE max(paused_until, ?) IS NOT max(`+pausedOfResource+`, ?)) +
		(SELECT count(*) FROM hosts WHERE max(paused_until, ?) IS NOT max(CASE WHEN EXISTS (SELECT 1 FROM pauses WHERE host_id = hosts.id)
			THEN (SELECT until_at FROM pauses WHERE host_id = hosts.id) ELSE 0 END, ?))`,
		now, now, now, now).Scan(&n)
	if err == nil && n > 0 {
		err = fmt.Errorf("the database %s is damaged (%d resources or hosts disagree with the pauses); pause and resume once more, or restore a backup", s.path, n)
	}
	return err
}
