package sqlite

import (
	"context"
	"database/sql"
	"time"

	"waymark/catalog"
)

// Ages counts the resources of a source by age, or returns catalog.ErrNotFound where it is not known. An empty name
// stands for the whole catalog. It reads tallies by month, some hundred rows.
func (s *Store) Ages(ctx context.Context, source string, now time.Time) (ages catalog.Ages, err error) {
	err = s.read(ctx, "count ages", func(ctx context.Context, tx *sql.Tx) error {
		id, err := idOf(ctx, tx, `SELECT id FROM sources WHERE name = ? AND retired_at IS NULL`, source)
		if err != nil {
			return err
		}
		var total int
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(sum(count), 0) FROM state_tallies WHERE source_id = ? AND section = ''`, id).Scan(&total); err != nil {
			return err
		}
		months, err := readMonths(ctx, tx, `AND source_id = ?`, id)
		ages = catalog.AgesOf(months[id], total, now)
		return err
	})
	return ages, err
}

// readMonths returns the resources of sources by the month of their last change.
func readMonths(ctx context.Context, tx *sql.Tx, condition string, args ...any) (map[int64][]catalog.MonthCount, error) {
	found := map[int64][]catalog.MonthCount{}
	rows, err := tx.QueryContext(ctx, `SELECT source_id, month, count FROM age_tallies WHERE count > 0 `+condition, args...)
	return found, each(rows, err, func(rows *sql.Rows) error {
		var source int64
		var m catalog.MonthCount
		err := rows.Scan(&source, &m.Month, &m.Count)
		found[source] = append(found[source], m)
		return err
	})
}
