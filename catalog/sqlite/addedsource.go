package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"waymark/catalog"
)

// AddSource remembers a source that a person adds. It is read by the next sync. The error is catalog.ErrConflict when
// a source in force has the name already, and wraps catalog.ErrInvalid when the source is none that a page may add.
func (s *Store) AddSource(ctx context.Context, src catalog.Source, by string, now time.Time) error {
	src, err := catalog.CheckAdded(src)
	if err != nil {
		return err
	}
	return s.decide(ctx, "add a source", func(ctx context.Context, tx *sql.Tx) error {
		var taken bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sources WHERE name = ? AND (retired_at IS NULL OR added_at IS NOT NULL))`,
			src.Name).Scan(&taken)
		if err != nil {
			return err
		}
		if taken {
			return catalog.ErrConflict
		}
		id, err := saveSource(ctx, tx, src)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE sources SET added_at = ?, added_by = ?, hash = '' WHERE id = ?`, stamp(now), by, id)
		return err
	})
}

// RemoveSource forgets that a person added a source; the next sync takes it out, with all its placements. The error is
// catalog.ErrNotFound when no added source has the name.
func (s *Store) RemoveSource(ctx context.Context, name string) error {
	return s.decide(ctx, "remove a source", func(ctx context.Context, tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE sources SET added_at = NULL, added_by = '' WHERE name = ? AND added_at IS NOT NULL`, name)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return catalog.ErrNotFound
	})
}

// AddedSources returns the sources that people added, in order of name.
func (s *Store) AddedSources(ctx context.Context) (list []catalog.AddedSource, err error) {
	err = s.read(ctx, "read the added sources", func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT name, git, ref, paths, url, format, added_at, added_by FROM sources
			WHERE added_at IS NOT NULL ORDER BY name`)
		list, err = collect(rows, err, func(rows *sql.Rows) (a catalog.AddedSource, err error) {
			var paths string
			if err := rows.Scan(&a.Name, &a.Git, &a.Ref, &paths, &a.URL, &a.Format, into{&a.At}, &a.By); err != nil {
				return a, err
			}
			return a, json.Unmarshal([]byte(paths), &a.Paths)
		})
		return err
	})
	return list, err
}
