package sqlite

import (
	"context"
	"database/sql"
	"time"

	"waymark/catalog"
)

// SaveDay writes how the catalog and each source stand as the row of today; the last call of a day is what is kept of
// it. Days older than catalog.KeptDays are dropped. It reads tallies and takes a few milliseconds.
func (s *Store) SaveDay(ctx context.Context, now time.Time) error {
	return s.write(ctx, crawling, "save the day", func(ctx context.Context, tx *sql.Tx) error {
		healths, err := readHealths(ctx, tx, now)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT 0 UNION ALL SELECT id FROM sources WHERE retired_at IS NULL`)
		sources, err := collect(rows, err, scanID)
		if err != nil {
			return err
		}
		for _, id := range sources {
			h := healths.at(memberOf{source: id})
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO days (source_id, day, unchecked, ok, failing, dead, blocked, skipped, findings)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, dayOf(now), h.States[catalog.Unchecked], h.States[catalog.OK], h.States[catalog.Failing],
				h.States[catalog.Dead], h.States[catalog.Blocked], h.States[catalog.Skipped], sum(h.Findings)); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM days WHERE day <= ?`, dayOf(now)-catalog.KeptDays)
		return err
	})
}

// dayOf returns the number of a day since 1970-01-01 (UTC).
func dayOf(t time.Time) int64 { return t.Unix() / int64(24*time.Hour/time.Second) }

func sum[K comparable](counts map[K]int) (n int) {
	for _, count := range counts {
		n += count
	}
	return n
}

// Trends returns how the catalog (the first, without a name) and the sources in force, in order of name, stood on the
// days from a moment on.
func (s *Store) Trends(ctx context.Context, from time.Time) (list []catalog.Trend, err error) {
	err = s.read(ctx, "read the trends", func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT s.name, d.day, d.unchecked, d.ok, d.failing, d.dead, d.blocked, d.skipped, d.findings
			FROM (SELECT 0 AS id, '' AS name UNION ALL SELECT id, name FROM sources WHERE retired_at IS NULL) s
			LEFT JOIN days d ON d.source_id = s.id AND d.day >= ? ORDER BY s.name, d.day`, dayOf(from))
		return each(rows, err, func(rows *sql.Rows) error {
			var name string
			var day, unchecked, ok, failing, dead, blocked, skipped, findings sql.NullInt64
			if err := rows.Scan(&name, &day, &unchecked, &ok, &failing, &dead, &blocked, &skipped, &findings); err != nil {
				return err
			}
			if len(list) == 0 || list[len(list)-1].Source != name {
				list = append(list, catalog.Trend{Source: name})
			}
			if last := &list[len(list)-1]; day.Valid {
				last.Days = append(last.Days, catalog.Day{Date: time.Unix(day.Int64*24*60*60, 0).UTC(), Findings: int(findings.Int64),
					States: statesOf(int(unchecked.Int64), int(ok.Int64), int(failing.Int64), int(dead.Int64), int(blocked.Int64), int(skipped.Int64))})
			}
			return nil
		})
	})
	return list, err
}
