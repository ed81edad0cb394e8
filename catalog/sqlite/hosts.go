package sqlite

import (
	"context"
	"database/sql"
	"time"

	"waymark/catalog"
)

// SaveHosts remembers what a crawler must know of hosts to stay polite over a restart, also of those that it only met
// in redirects. A host that is back in its default state is remembered as that.
func (s *Store) SaveHosts(ctx context.Context, hosts []catalog.HostState) error {
	if len(hosts) == 0 {
		return nil
	}
	return s.write(ctx, crawling, "save hosts", func(ctx context.Context, tx *sql.Tx) error {
		db := compile(tx)
		for _, h := range hosts {
			if err := db.exec(ctx, `INSERT INTO hosts (name, gap_us, not_before, failures, quiet_until)
				VALUES (?, ?, coalesce(?, 0), ?, coalesce(?, 0)) ON CONFLICT DO UPDATE SET gap_us = excluded.gap_us,
				not_before = excluded.not_before, failures = excluded.failures, quiet_until = excluded.quiet_until`,
				h.Host, h.Gap.Microseconds(), stamp(h.NotBefore), h.Failures, stamp(h.Quiet)); err != nil {
				return err
			}
			if err := saveShown(ctx, db, h); err != nil {
				return err
			}
		}
		return nil
	})
}

// saveShown keeps what is new to be shown of a host; where nothing is, what was known stays.
func saveShown(ctx context.Context, db *statements, h catalog.HostState) error {
	var errs [2]error
	if r := h.Robots; !r.Read.IsZero() {
		errs[0] = db.exec(ctx, `UPDATE hosts SET robots_at = ?, robots_status = ?, robots_access = ?, robots_delay_us = ? WHERE name = ?`,
			stamp(r.Read), r.Status, string(r.Access), r.Delay.Microseconds(), h.Host)
	}
	if h.Error != "" {
		errs[1] = db.exec(ctx, `UPDATE hosts SET error = ?, error_at = ? WHERE name = ?`, h.Error, stamp(h.ErrorAt), h.Host)
	}
	return firstError(errs[:]...)
}

// Hosts returns what was saved of hosts that are not in the default state, in order of name.
func (s *Store) Hosts(ctx context.Context) (hosts []catalog.HostState, err error) {
	err = s.read(ctx, "read hosts", func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT name, gap_us, nullif(not_before, 0), failures FROM hosts
			WHERE gap_us <> 0 OR not_before <> 0 OR failures <> 0 ORDER BY name`)
		hosts, err = collect(rows, err, func(rows *sql.Rows) (h catalog.HostState, err error) {
			var gap int64
			err = rows.Scan(&h.Host, &gap, into{&h.NotBefore}, &h.Failures)
			h.Gap = time.Duration(gap) * time.Microsecond
			return h, err
		})
		return err
	})
	return hosts, err
}
