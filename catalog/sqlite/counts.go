package sqlite

import (
	"context"
	"database/sql"
	"time"

	"waymark/catalog"
)

// Counts returns the numbers that metrics show. Like the overview it reads tallies; only what is overdue is counted,
// in its index.
func (s *Store) Counts(ctx context.Context, now time.Time) (c catalog.Counts, err error) {
	err = s.read(ctx, "count for metrics", func(ctx context.Context, tx *sql.Tx) error {
		healths, err := readTallies(ctx, tx)
		if err != nil {
			return err
		}
		reviews, err := readDecided(ctx, tx, now)
		if err != nil {
			return err
		}
		months, err := readMonths(ctx, tx, ``)
		if err != nil {
			return err
		}
		c.Catalog = healths.of(0, "", "").States
		rows, err := tx.QueryContext(ctx, `SELECT id, name, synced_at FROM sources WHERE retired_at IS NULL ORDER BY name`)
		c.Sources, err = collect(rows, err, func(rows *sql.Rows) (catalog.SourceCounts, error) {
			var id int64
			var sc catalog.SourceCounts
			err := rows.Scan(&id, &sc.Source, into{&sc.Synced})
			h := healths.of(id, "", sc.Source)
			sc.States, sc.Findings = h.States, tallyReviews(h.Findings, reviews[memberOf{source: id}])
			sc.Ages = catalog.AgesOf(months[id], h.Total(), now)
			return sc, err
		})
		if err != nil {
			return err
		}
		late := now.Add(-catalog.OverdueAfter)
		if c.Overdue, err = countDue(ctx, tx, late, noLimit, ``); err != nil {
			return err
		}
		visited, err := countDue(ctx, tx, late, noLimit, `AND id IN (SELECT resource_id FROM leases WHERE until_at > ?)`, now.UnixMilli())
		if err != nil {
			return err
		}
		c.Overdue -= visited
		if c.Paused, err = readPauses(ctx, tx, ``, now.UnixMilli()); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT (SELECT at FROM observations ORDER BY id DESC LIMIT 1)`).Scan(into{&c.LastCheck})
	})
	return c, err
}

// Flagged returns open findings, the most harmful kind first and then the longest open, at most limit. A resource
// that several sources hold gives one for each. What is set aside is left out.
func (s *Store) Flagged(ctx context.Context, limit int) (list []catalog.Flagged, err error) {
	err = s.read(ctx, "list findings for metrics", func(ctx context.Context, tx *sql.Tx) error {
		for _, kind := range catalog.FindingKinds() {
			rows, err := tx.QueryContext(ctx, `SELECT s.name, f.kind, r.url, coalesce(nullif(r.title, ''), r.list_title)
				FROM findings f
				JOIN resources r ON r.id = f.resource_id
				JOIN memberships m ON m.resource_id = r.id AND m.section = '' AND m.source_id <> 0
				JOIN sources s ON s.id = m.source_id
				WHERE f.kind = ? AND f.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM reviews v
					WHERE (v.resource_id, v.kind, v.fragment) = (f.resource_id, f.kind, f.fragment) AND v.decision = 'aside' AND `+standing+`)
				ORDER BY f.opened_at, f.id, s.name LIMIT ?`, kind, s.now().UnixMilli(), limit-len(list))
			found, err := collect(rows, err, func(rows *sql.Rows) (f catalog.Flagged, err error) {
				return f, rows.Scan(&f.Source, &f.Kind, &f.URL, &f.Title)
			})
			if err != nil {
				return err
			}
			list = append(list, found...)
		}
		return nil
	})
	return list, err
}
