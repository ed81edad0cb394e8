package sqlite

import (
	"context"
	"database/sql"
	"time"

	"waymark/catalog"
)

// slack is how far a clock may be put back without being noticed: as much as keeping it right takes.
const slack = time.Minute

// heal mends what a clock that went wrong has left: times further ahead than they can be by the clock of now. Such a
// clock was put back since the last claim, or before this process began; so it looks only then.
func (s *Store) heal(ctx context.Context, tx *sql.Tx, req catalog.ClaimRequest) error {
	before := s.clock
	s.clock = req.Now
	if !before.IsZero() && !req.Now.Before(before.Add(-slack)) {
		return nil
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
