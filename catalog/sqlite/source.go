package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"waymark/catalog"
)

// saveSource writes a source as it is configured and returns its number. One that had been taken out is back.
func saveSource(ctx context.Context, tx *sql.Tx, src catalog.Source) (int64, error) {
	paths, err := json.Marshal(src.Paths)
	if err != nil {
		return 0, err
	}
	var id int64
	err = tx.QueryRowContext(ctx, `INSERT INTO sources (name, path, git, ref, paths, url, format) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET path = excluded.path, git = excluded.git, ref = excluded.ref, paths = excluded.paths,
			url = excluded.url, format = excluded.format, retired_at = NULL
		RETURNING id`, src.Name, src.Path, src.Git, src.Ref, string(paths), src.URL, src.Format).Scan(&id)
	return id, err
}

// SyncFailed records that a source could not be read; its placements stay in force. The message is for people.
func (s *Store) SyncFailed(ctx context.Context, src catalog.Source, message string, at time.Time) error {
	return s.write(ctx, crawling, "record a failed sync", func(ctx context.Context, tx *sql.Tx) error {
		id, err := saveSource(ctx, tx, src)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE sources SET tried_at = ?, error = ? WHERE id = ?`, stamp(at), message, id)
		return err
	})
}

// SourceHash returns the hash of the contents that the placements of a source stand for; empty when the source is not
// known, or is to be read anew: because its last reading was not believed, or because what needs no network has not
// all been judged by it.
func (s *Store) SourceHash(ctx context.Context, name string) (hash string, err error) {
	err = s.read(ctx, "look up a source", func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT hash FROM sources WHERE name = ? AND retired_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM resources r INDEXED BY resources_unvisited WHERE r.host_id IS NULL AND r.state = 'unchecked' AND EXISTS (
				SELECT 1 FROM memberships m WHERE m.resource_id = r.id AND m.source_id = sources.id AND m.section = ''))`, name).Scan(&hash)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return hash, err
}

// RetireSources takes the sources out that are not among those to keep, with all their placements. Their resources
// keep their history; put back, a source is read anew.
func (s *Store) RetireSources(ctx context.Context, keep []string) error {
	const what = "retire sources"
	done, err := s.alone(ctx, what)
	if err != nil {
		return err
	}
	defer done()
	var retired []int64
	err = s.read(ctx, what, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id, name FROM sources WHERE retired_at IS NULL`)
		return each(rows, err, func(rows *sql.Rows) error {
			var id int64
			var name string
			err := rows.Scan(&id, &name)
			if !slices.Contains(keep, name) {
				retired = append(retired, id)
			}
			return err
		})
	})
	for _, id := range retired {
		err = firstError(err, s.retireSource(ctx, id))
	}
	return err
}

// retireSource retires the placements of a source in chunks, the source itself last.
func (s *Store) retireSource(ctx context.Context, id int64) error {
	const what = "retire a source"
	now := s.now()
	for done := false; !done; {
		err := s.write(ctx, crawling, what, func(ctx context.Context, tx *sql.Tx) error {
			rows, err := tx.QueryContext(ctx, `SELECT id, resource_id FROM placements WHERE source_id = ? AND retired_at IS NULL LIMIT ?`, id, chunk)
			gone, err := collect(rows, err, func(rows *sql.Rows) (k kept, err error) { return k, rows.Scan(&k.id, &k.resource) })
			if err != nil {
				return err
			}
			if done = len(gone) < chunk; done {
				_, err = tx.ExecContext(ctx, `UPDATE sources SET retired_at = ?, hash = '', placements = 0 WHERE id = ?`, now.UnixMilli(), id)
			}
			return firstError(err, retire(ctx, tx, gone, now))
		})
		if err != nil {
			return err
		}
	}
	return nil
}
