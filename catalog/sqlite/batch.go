package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"waymark/catalog"
)

// ReviewHost records one decision on all that is open of the death of a host of which nothing lives any more, at most on
// catalog.MostCounted findings. It returns the first of the reviews, which names them all, and their number. It is on the
// disk when ReviewHost returns. The errors are catalog.ErrNotFound when there is no such host or nothing of it is
// dead, catalog.ErrConflict when something of it lives again or it is another group than the person saw, as when all of
// it is decided on, and those of catalog.Decide.
func (s *Store) ReviewHost(ctx context.Context, req catalog.HostReviewRequest, now time.Time) (first catalog.Review, n int, err error) {
	err = s.decide(ctx, "review a host", func(ctx context.Context, tx *sql.Tx) error {
		ids, err := hostDeaths(ctx, tx, req, now)
		if err != nil {
			return err
		}
		for _, id := range ids {
			r, err := reviewFinding(ctx, tx, id, first.ID, now, req.On)
			if err != nil {
				return err
			}
			if first.ID == 0 {
				first = r
				first.Batch = r.ID
			}
		}
		n = len(ids)
		_, err = tx.ExecContext(ctx, `UPDATE reviews SET batch = id WHERE id = ?`, first.ID)
		return err
	})
	return first, n, err
}

// hostDeaths returns the findings that a decision on a host is about.
func hostDeaths(ctx context.Context, tx *sql.Tx, req catalog.HostReviewRequest, now time.Time) ([]int64, error) {
	fl, err := newFlagging(ctx, tx, catalog.FlagQuery{Host: req.Host, Source: req.Source, Review: catalog.ReviewOpen}, now)
	if err != nil {
		return nil, err
	}
	ids, err := fl.deaths(ctx, tx, -fl.scope)
	if err != nil {
		return nil, err
	}
	var died bool
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM (SELECT ? AS host_id) r WHERE `+hostDied+`)`, -fl.scope).Scan(&died)
	switch {
	case err != nil:
	case !died && len(ids) == 0:
		err = catalog.ErrNotFound
	case !died || catalog.GroupVersion(strings.ToLower(req.Host), ids) != req.Version:
		err = catalog.ErrConflict
	}
	return ids, err
}

// WithdrawBatch takes back what of the reviews made at once still stands, so that their findings are open again. The
// errors are those of Withdraw. It is on the disk when WithdrawBatch returns.
func (s *Store) WithdrawBatch(ctx context.Context, batch int64, by string, now time.Time) error {
	return s.decide(ctx, "withdraw reviews", func(ctx context.Context, tx *sql.Tx) error {
		var all, standing int
		err := tx.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE withdrawn_at IS NULL AND replaced_at IS NULL)
			FROM reviews WHERE batch = ?`, batch).Scan(&all, &standing)
		switch {
		case err != nil:
			return err
		case all == 0:
			return catalog.ErrNotFound
		case standing == 0:
			return catalog.ErrConflict
		}
		_, err = tx.ExecContext(ctx, `UPDATE reviews SET withdrawn_at = ?, withdrawn_by = ?
			WHERE batch = ? AND withdrawn_at IS NULL AND replaced_at IS NULL`, stamp(now), by, batch)
		return err
	})
}
