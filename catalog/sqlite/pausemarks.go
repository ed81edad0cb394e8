package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// markChunk is how many resources of a source one transaction marks as paused or not: some 50 ms of work, which is how
// long others wait for it at most.
const markChunk = 500

// decidePause makes a decision on a pause, and has the marks follow. The decision stands whether they do or not: a claim
// gives nothing before they are complete.
func (s *Store) decidePause(ctx context.Context, what string, fn func(ctx context.Context, tx *sql.Tx) error) error {
	if err := s.decide(ctx, what, fn); err != nil {
		return err
	}
	if err := s.followPauses(ctx); err != nil {
		s.log.Warn("resources are not all marked yet; the next claim goes on with it", "after", what, "error", err)
	}
	return nil
}

// keepPaused brings what a claim looks at in line with the pauses of a source or host; of a source that has many
// resources, the first of them.
func keepPaused(ctx context.Context, tx *sql.Tx, source, host sql.NullInt64) error {
	if host.Valid {
		_, err := tx.ExecContext(ctx, `UPDATE hosts SET paused_until = (SELECT until_at FROM pauses WHERE host_id = hosts.id) WHERE id = ?`, host)
		return err
	}
	if !source.Valid {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `UPDATE pauses SET behind = 0 WHERE source_id = ?`, source); err != nil {
		return err
	}
	_, err := markSome(ctx, tx)
	return err
}

// followPauses marks resources until all marks are in line with the pauses. Others write in between. Several may do it
// at once, also in several processes.
func (s *Store) followPauses(ctx context.Context) error {
	for behind := true; behind; {
		err := s.write(ctx, crawling, "mark what is paused", func(ctx context.Context, tx *sql.Tx) (err error) {
			behind, err = markSome(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// marksBehind reports whether the marks of some pause are not complete.
func marksBehind(ctx context.Context, tx *sql.Tx) (behind bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pauses WHERE behind IS NOT NULL)`).Scan(&behind)
	return behind, err
}

// markSome marks the next resources of a pause that is behind, and reports whether there was one.
func markSome(ctx context.Context, tx *sql.Tx) (behind bool, err error) {
	var pause, source, from int64
	err = tx.QueryRowContext(ctx, `SELECT id, source_id, behind FROM pauses WHERE behind IS NOT NULL ORDER BY id LIMIT 1`).Scan(&pause, &source, &from)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT resource_id FROM memberships
		WHERE source_id = ? AND section = '' AND resource_id > ? ORDER BY resource_id LIMIT ?`, source, from, markChunk)
	ids, err := collect(rows, err, scanID)
	if err != nil {
		return false, err
	}
	var reached any
	if len(ids) == markChunk {
		reached = ids[len(ids)-1]
	}
	_, err = tx.ExecContext(ctx, `UPDATE pauses SET behind = ? WHERE id = ?`, reached, pause)
	return true, firstError(err, markPaused(ctx, tx, ids), refreshHostsOf(ctx, tx, ids))
}

// markPaused brings the marks of resources in line with the pauses of their sources.
func markPaused(ctx context.Context, tx *sql.Tx, resources []int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE resources SET paused_until = `+pausedOfResource+`
		WHERE id IN (SELECT value FROM json_each(?)) AND paused_until IS NOT `+pausedOfResource, numbers(resources))
	return err
}
