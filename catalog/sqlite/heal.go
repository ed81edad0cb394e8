package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"waymark/catalog"
)

// slack is how far a clock may be put back without being noticed: as much as keeping it right takes. The time of the last
// claim is remembered as exactly.
const slack = time.Minute

// heal mends what a clock that went wrong has left: times further ahead than they can be by the clock of now. It looks
// for them only when the clock was put back since the last claim, of this process or another: what is far ahead may be
// right, as the first visits of a big new list of a slow host are.
func (s *Store) heal(ctx context.Context, tx *sql.Tx, req catalog.ClaimRequest) error {
	if back, err := putBack(ctx, tx, req.Now); err != nil || !back {
		return err
	}
	due, err := healDue(ctx, tx, req)
	leased, leases := healLeases(ctx, tx, req)
	paused, pauses := healPauses(ctx, tx, req.Now)
	_, hosts := tx.ExecContext(ctx, `UPDATE hosts SET not_before = 0 WHERE not_before > ?`, req.Now.Add(catalog.LongestWait+slack).UnixMilli())
	_, quiet := tx.ExecContext(ctx, `UPDATE hosts SET quiet_until = 0 WHERE quiet_until > ?`, req.Now.Add(24*time.Hour).UnixMilli())
	if err := firstError(err, leases, pauses, hosts, quiet); err != nil {
		return err
	}
	if n := len(due) + len(leased) + paused; n > 0 {
		s.log.Warn("the clock was put back; what it had put off is brought forward", "visits", len(due), "leases", len(leased), "pauses", paused)
	}
	return refreshHostsOf(ctx, tx, append(due, leased...))
}

// putBack remembers the time of a claim, and reports whether an earlier one was later. It is part of the claim's
// transaction: if that fails, the next claim finds the same.
func putBack(ctx context.Context, tx *sql.Tx, now time.Time) (bool, error) {
	var last time.Time
	err := tx.QueryRowContext(ctx, `SELECT at FROM clock`).Scan(into{&last})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	back := now.Before(last.Add(-slack))
	if !back && now.Before(last.Add(slack)) {
		return false, nil
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO clock (id, at) VALUES (1, ?) ON CONFLICT DO UPDATE SET at = excluded.at`, now.UnixMilli())
	return back, err
}

// healDue brings visits that are due later than any can be within that time; their order is kept in parts.
func healDue(ctx context.Context, tx *sql.Tx, req catalog.ClaimRequest) ([]int64, error) {
	if req.Longest <= 0 {
		return nil, nil
	}
	now, longest := req.Now.UnixMilli(), req.Longest.Milliseconds()
	rows, err := tx.QueryContext(ctx, `UPDATE resources SET due_at = ? + (due_at - ?) % ?
		WHERE `+dueKey+` > ? AND due_at IS NOT NULL RETURNING id`, now, now, longest, now+longest)
	return collect(rows, err, scanID)
}

// healLeases lets leases end in their time from now.
func healLeases(ctx context.Context, tx *sql.Tx, req catalog.ClaimRequest) ([]int64, error) {
	until := req.Now.Add(req.Lease).UnixMilli()
	rows, err := tx.QueryContext(ctx, `UPDATE leases SET until_at = ? WHERE until_at > 0 AND until_at > ? RETURNING resource_id`, until, until)
	return collect(rows, err, scanID)
}

// healPauses lets pauses that began later than now begin now, as long as they were meant to be.
func healPauses(ctx context.Context, tx *sql.Tx, now time.Time) (int, error) {
	type part struct{ source, host sql.NullInt64 }
	rows, err := tx.QueryContext(ctx, `UPDATE pauses SET until_at = until_at - (since_at - ?), since_at = ?
		WHERE since_at > ? RETURNING source_id, host_id`, now.UnixMilli(), now.UnixMilli(), now.Add(slack).UnixMilli())
	parts, err := collect(rows, err, func(rows *sql.Rows) (p part, err error) { return p, rows.Scan(&p.source, &p.host) })
	for _, p := range parts {
		err = firstError(err, keepPaused(ctx, tx, p.source, p.host))
	}
	return len(parts), err
}
