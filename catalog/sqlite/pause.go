package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"waymark/catalog"
)

// pausedOfResource is until when the sources of a resource are all paused: 0 when one of them never was.
const pausedOfResource = `CASE WHEN resources.placed > 0 AND EXISTS (SELECT 1 FROM pauses WHERE source_id IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.resource_id = resources.id AND m.section = '' AND m.source_id <> 0
		AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.source_id = m.source_id))
	THEN (SELECT min(p.until_at) FROM memberships m JOIN pauses p ON p.source_id = m.source_id
		WHERE m.resource_id = resources.id AND m.section = '') ELSE 0 END`

// inForce is the condition on pauses p that they have not ended by the time that is bound to it.
const inForce = `coalesce(p.until_at > ?, 1)`

// selectPauses reads pauses p that have not ended by the time that is bound first.
const selectPauses = `SELECT coalesce(s.name, ''), coalesce(h.name, ''), p.since_at, p.until_at, p.by_whom, p.why
	FROM pauses p LEFT JOIN sources s ON s.id = p.source_id LEFT JOIN hosts h ON h.id = p.host_id
	WHERE ` + inForce + ` AND s.retired_at IS NULL `

// Pause begins a pause at its Since, or changes the one that is in force. Claims give nothing of what is paused from
// then on; visits under way are not touched. The pause holds from its first transaction on, even if ctx ends or the
// process dies while resources are still being marked. It returns catalog.ErrNotFound for a source that is not known.
func (s *Store) Pause(ctx context.Context, p catalog.Pause) error {
	if err := p.Check(); err != nil {
		return err
	}
	return s.decidePause(ctx, "pause "+p.What(), func(ctx context.Context, tx *sql.Tx) error {
		source, host, err := paused(ctx, tx, p)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO pauses (source_id, host_id, since_at, until_at, by_whom, why) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET until_at = excluded.until_at, by_whom = excluded.by_whom, why = excluded.why,
				since_at = CASE WHEN until_at <= excluded.since_at THEN excluded.since_at ELSE since_at END`,
			source, host, stamp(p.Since), stamp(p.Until), p.By, p.Why); err != nil {
			return err
		}
		return keepPaused(ctx, tx, source, host)
	})
}

// Resume ends the pause of a source, a host or everything. It returns catalog.ErrNotFound when there is none in force.
func (s *Store) Resume(ctx context.Context, what catalog.Pause, now time.Time) error {
	return s.decidePause(ctx, "resume "+what.What(), func(ctx context.Context, tx *sql.Tx) error {
		source, host, err := paused(ctx, tx, what)
		if err != nil {
			return err
		}
		done, err := tx.ExecContext(ctx, `UPDATE pauses AS p SET until_at = ?
			WHERE coalesce(source_id, 0) = coalesce(?, 0) AND coalesce(host_id, 0) = coalesce(?, 0) AND `+inForce,
			stamp(now), source, host, stamp(now))
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return firstError(err, catalog.ErrNotFound)
		}
		return keepPaused(ctx, tx, source, host)
	})
}

// Pauses returns the pauses in force: of everything, of sources and of hosts, each in order of name.
func (s *Store) Pauses(ctx context.Context, now time.Time) (list []catalog.Pause, err error) {
	err = s.read(ctx, "read the pauses", func(ctx context.Context, tx *sql.Tx) error {
		list, err = readPauses(ctx, tx, `ORDER BY p.host_id IS NOT NULL, s.name, h.name`, now.UnixMilli())
		return err
	})
	return list, err
}

// readPauses reads pauses; the clause selects among those in force and orders them.
func readPauses(ctx context.Context, tx *sql.Tx, clause string, args ...any) ([]catalog.Pause, error) {
	rows, err := tx.QueryContext(ctx, selectPauses+clause, args...)
	return collect(rows, err, func(rows *sql.Rows) (p catalog.Pause, err error) {
		return p, rows.Scan(&p.Source, &p.Host, into{&p.Since}, into{&p.Until}, &p.By, &p.Why)
	})
}

// paused returns the numbers of what a pause is of. A host that no list has yet is known from then on.
func paused(ctx context.Context, tx *sql.Tx, p catalog.Pause) (source, host sql.NullInt64, err error) {
	switch {
	case p.Source != "":
		err = tx.QueryRowContext(ctx, `SELECT id FROM sources WHERE name = ? AND retired_at IS NULL`, p.Source).Scan(&source)
		if errors.Is(err, sql.ErrNoRows) {
			err = fmt.Errorf("source %s: %w", p.Source, catalog.ErrNotFound)
		}
	case p.Host != "":
		err = tx.QueryRowContext(ctx, `INSERT INTO hosts (name) VALUES (?) ON CONFLICT DO UPDATE SET name = name RETURNING id`, p.Host).Scan(&host)
	}
	return source, host, err
}

// allPaused returns the end of a pause of everything: the zero time when there is none or when it has no end.
func allPaused(ctx context.Context, tx *sql.Tx, now time.Time) (until time.Time, paused bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT until_at FROM pauses p WHERE source_id IS NULL AND host_id IS NULL AND `+inForce,
		now.UnixMilli()).Scan(into{&until})
	if errors.Is(err, sql.ErrNoRows) {
		return until, false, nil
	}
	return until, err == nil, err
}

// refusePaused returns a catalog.PausedError when one of the resources is paused.
func refusePaused(ctx context.Context, tx *sql.Tx, resources string, now time.Time) error {
	pauses, err := readPauses(ctx, tx, `AND (p.source_id IS NULL AND p.host_id IS NULL
		OR p.host_id IN (SELECT host_id FROM resources WHERE id IN (SELECT value FROM json_each(?)))
		OR p.source_id IN (SELECT m.source_id FROM memberships m JOIN resources ON resources.id = m.resource_id
			WHERE m.resource_id IN (SELECT value FROM json_each(?)) AND m.section = '' AND coalesce(`+pausedOfResource+` > ?, 1)))
		ORDER BY p.id LIMIT 1`, now.UnixMilli(), resources, resources, now.UnixMilli())
	if err != nil || len(pauses) == 0 {
		return err
	}
	return &catalog.PausedError{Pause: pauses[0]}
}

// noLimit is LIMIT's word for none.
const noLimit = -1

// unpaused is the condition on resources that no pause kept them from being visited until the time that is bound to it
// twice. With the due time it is all in one index: what is paused is soon due, and passed over in each count.
const unpaused = ` AND paused_until <= ? AND coalesce(host_id, 0) NOT IN (SELECT host_id FROM pauses p WHERE host_id IS NOT NULL AND ` + inForce + `)`

// countDue counts the resources that are due by a time and that no pause kept from being visited until then, up to most.
// A further condition narrows them.
func countDue(ctx context.Context, tx *sql.Tx, by time.Time, most int, further string, args ...any) (n int, err error) {
	at := by.UnixMilli()
	if _, paused, err := allPaused(ctx, tx, by); err != nil || paused {
		return 0, err
	}
	query := `SELECT count(*) FROM (SELECT 1 FROM resources WHERE ` + dueKey + ` <= ? ` + further
	args = append([]any{at}, args...)
	var any bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pauses p WHERE `+inForce+`)`, at).Scan(&any); err != nil {
		return 0, err
	}
	if any {
		query += unpaused
		args = append(args, at, at)
	}
	err = tx.QueryRowContext(ctx, query+` LIMIT ?)`, append(args, most)...).Scan(&n)
	return n, err
}
