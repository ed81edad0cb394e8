package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// Verify reads the whole file and returns an error that tells what is damaged, if anything is: a page, an index, a
// constraint (PRAGMA integrity_check), a row that points nowhere (PRAGMA foreign_key_check), a mark of a pause that
// disagrees with the pauses, or a number that is kept and differs from a count. The work grows with the file; nobody has
// to wait for it.
func (s *Store) Verify(ctx context.Context) error {
	return s.read(ctx, "verify", func(ctx context.Context, tx *sql.Tx) error {
		// The check of the index of words trusts what its connection last saw of it; a query makes it look anew.
		var verdict string
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM texts('anew')`).Scan(new(int)); err != nil {
			return err
		}
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
		err = each(rows, err, func(rows *sql.Rows) error {
			var table, parent string
			var n int
			if err := rows.Scan(&table, &parent, &n); err != nil {
				return err
			}
			return fmt.Errorf("the database %s is damaged (%d rows of %s point to no row of %s); restore a backup, or move the file away to start anew", s.path, n, table, parent)
		})
		if err != nil {
			return err
		}
		return s.verifyCounts(ctx, tx)
	})
}

// verifyCounts holds numbers that triggers keep against a count of what they stand for.
func (s *Store) verifyCounts(ctx context.Context, tx *sql.Tx) error {
	const resources, links = `SELECT count(*) FROM resources WHERE placed > 0`, `SELECT count(*) FROM placements WHERE retired_at IS NULL`
	for _, c := range []struct{ what, kept, real string }{
		{"resources in the index of words", `SELECT count(*) FROM texts_docsize`, resources},
		{"resources in the tallies of states", `SELECT coalesce(sum(count), 0) FROM state_tallies WHERE source_id = 0`, resources},
		{"resources in the tallies of hosts", `SELECT coalesce(sum(resources), 0) FROM host_tallies`, resources + ` AND host_id IS NOT NULL`},
		{"resources in the tallies of ages", `SELECT coalesce(sum(count), 0) FROM age_tallies WHERE source_id = 0`, resources + ` AND modified_at IS NOT NULL`},
		{"links in the branches of sources", `SELECT coalesce(sum(links), 0) FROM branches WHERE kind = 'source'`, links},
		{"open findings in their order", `SELECT count(*) FROM flags WHERE scope = 0`,
			`SELECT count(*) FROM findings f JOIN resources r ON r.id = f.resource_id WHERE f.closed_at IS NULL AND r.placed > 0`},
	} {
		var kept, real int
		if err := tx.QueryRowContext(ctx, `SELECT (`+c.kept+`), (`+c.real+`)`).Scan(&kept, &real); err != nil {
			return err
		}
		if kept != real {
			return fmt.Errorf("the database %s is damaged (%d %s, but a count finds %d); restore a backup, or move the file away to start anew", s.path, kept, c.what, real)
		}
	}
	return nil
}

// verifyPauses holds what a claim looks at against the pauses, unless it is being brought in line. A pause that has ended
// may have been forgotten there.
func (s *Store) verifyPauses(ctx context.Context, tx *sql.Tx) error {
	behind, err := marksBehind(ctx, tx)
	if err != nil || behind {
		return err
	}
	now := s.now().UnixMilli()
	var n int
	err = tx.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM resources WHERE max(paused_until, ?) IS NOT max(`+pausedOfResource+`, ?)) +
		(SELECT count(*) FROM hosts WHERE max(paused_until, ?) IS NOT max(CASE WHEN EXISTS (SELECT 1 FROM pauses WHERE host_id = hosts.id)
			THEN (SELECT until_at FROM pauses WHERE host_id = hosts.id) ELSE 0 END, ?))`,
		now, now, now, now).Scan(&n)
	if err == nil && n > 0 {
		err = fmt.Errorf("the database %s is damaged (%d resources or hosts disagree with the pauses); pause and resume once more, or restore a backup", s.path, n)
	}
	return err
}
