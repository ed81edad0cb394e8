package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"waymark/catalog"
)

// standing selects the reviews v that are in force at a moment, its parameter.
const standing = `v.withdrawn_at IS NULL AND v.replaced_at IS NULL AND v.ends_at > ?`

// Review records a person's decision on an open finding; it replaces an earlier one on the same subject. It is on the
// disk when Review returns. The errors are catalog.ErrNotFound when there is no such finding or it is closed,
// catalog.ErrConflict when it, or the decision on it, is another than the person saw, and those of catalog.Decide.
func (s *Store) Review(ctx context.Context, req catalog.ReviewRequest, now time.Time) (r catalog.Review, err error) {
	err = s.decide(ctx, "review a finding", func(ctx context.Context, tx *sql.Tx) (err error) {
		r, err = reviewFinding(ctx, tx, req.Finding, 0, now, func(catalog.Finding) catalog.ReviewRequest { return req })
		return err
	})
	return r, err
}

// reviewFinding records a decision on an open finding, as one of a batch where there is one.
func reviewFinding(ctx context.Context, tx *sql.Tx, finding, batch int64, now time.Time, ask func(catalog.Finding) catalog.ReviewRequest) (r catalog.Review, err error) {
	resource, f, err := findingOpen(ctx, tx, finding)
	if err != nil {
		return r, err
	}
	standing, err := reviewOf(ctx, tx, resource, f, now)
	if err != nil {
		return r, err
	}
	if r, err = catalog.Decide(resource, f, standing, ask(f), now); err != nil {
		return r, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE reviews SET replaced_at = ? WHERE resource_id = ? AND kind = ? AND fragment = ?
		AND withdrawn_at IS NULL AND replaced_at IS NULL`, stamp(now), r.Resource, string(r.Kind), r.Fragment); err != nil {
		return r, err
	}
	res, err := tx.ExecContext(ctx, `INSERT INTO reviews (resource_id, kind, fragment, decision, reason, made_by, made_at, until_at, batch)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))`, r.Resource, string(r.Kind), r.Fragment, string(r.Decision), r.Reason, r.By, stamp(r.At), stamp(r.Until), batch)
	if err != nil {
		return r, err
	}
	r.Batch = batch
	if r.ID, err = res.LastInsertId(); err != nil {
		return r, err
	}
	return r, accept(ctx, tx, r)
}

// findingOpen reads a finding, or returns catalog.ErrNotFound when it is not open.
func findingOpen(ctx context.Context, tx *sql.Tx, id int64) (resource int64, f catalog.Finding, err error) {
	err = tx.QueryRowContext(ctx, `SELECT resource_id, id, kind, fragment, message, suggestion, opened_at FROM findings
		WHERE id = ? AND closed_at IS NULL`, id).Scan(&resource, &f.ID, &f.Kind, &f.Fragment, &f.Message, &f.Suggestion, into{&f.Opened})
	return resource, f, notFound(err)
}

// notFound turns the absence of a row into catalog.ErrNotFound.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return catalog.ErrNotFound
	}
	return err
}

// Withdraw takes a review back, so that its finding is open again. The errors are catalog.ErrNotFound when there is no
// such review, and catalog.ErrConflict when it was withdrawn or replaced already. It is on the disk when Withdraw returns.
func (s *Store) Withdraw(ctx context.Context, review int64, by string, now time.Time) error {
	return s.decide(ctx, "withdraw a review", func(ctx context.Context, tx *sql.Tx) error {
		var stands bool
		err := tx.QueryRowContext(ctx, `SELECT withdrawn_at IS NULL AND replaced_at IS NULL FROM reviews WHERE id = ?`, review).Scan(&stands)
		switch {
		case err != nil:
			return notFound(err)
		case !stands:
			return catalog.ErrConflict
		}
		_, err = tx.ExecContext(ctx, `UPDATE reviews SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ?`, stamp(now), by, review)
		return err
	})
}

// reviewColumns are the columns of reviews v that reviewInto scans.
const reviewColumns = `v.id, v.resource_id, v.kind, v.fragment, v.decision, v.reason, v.made_by, v.made_at, v.until_at, v.withdrawn_at, v.withdrawn_by, v.replaced_at, coalesce(v.batch, 0)`

func reviewInto(r *catalog.Review) []any {
	return []any{&r.ID, &r.Resource, &r.Kind, &r.Fragment, &r.Decision, &r.Reason, &r.By, into{&r.At}, into{&r.Until},
		into{&r.Withdrawn}, &r.WithdrawnBy, into{&r.Replaced}, &r.Batch}
}

// Reviews returns who decided what: the latest first, those no longer in force included.
func (s *Store) Reviews(ctx context.Context, q catalog.ReviewQuery) (list []catalog.Reviewed, err error) {
	where, args := `v.id < ?`, []any{q.Before}
	if q.Before == 0 {
		where, args = `v.id > ?`, []any{0}
	}
	if q.Resource != 0 {
		where, args = where+` AND v.resource_id = ?`, append(args, q.Resource)
	} else {
		where += ` AND (v.batch IS NULL OR v.batch = v.id)`
	}
	if q.Kind != "" {
		where, args = where+` AND v.kind = ?`, append(args, string(q.Kind))
	}
	err = s.read(ctx, "read reviews", func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT `+reviewColumns+`, r.url, coalesce(nullif(r.title, ''), r.list_title),
			EXISTS (SELECT 1 FROM findings f WHERE (f.resource_id, f.kind, f.fragment) = (v.resource_id, v.kind, v.fragment) AND f.closed_at IS NULL),
			coalesce(h.name, ''), (SELECT count(*) FROM reviews b WHERE b.batch = v.id),
			(SELECT count(*) FROM reviews b WHERE b.batch = v.id AND b.withdrawn_at IS NULL AND b.replaced_at IS NULL)
			FROM reviews v JOIN resources r ON r.id = v.resource_id LEFT JOIN hosts h ON h.id = r.host_id WHERE `+where+` ORDER BY v.id DESC LIMIT ?`, append(args, pageSize(q.Limit))...)
		list, err = collect(rows, err, func(rows *sql.Rows) (r catalog.Reviewed, err error) {
			return r, rows.Scan(append(reviewInto(&r.Review), &r.URL, &r.Title, &r.Open, &r.Host, &r.Together, &r.Standing)...)
		})
		return err
	})
	return list, err
}

// ReviewTally counts the open findings of the catalog by what people decided on them.
func (s *Store) ReviewTally(ctx context.Context, now time.Time) (tally catalog.ReviewTally, err error) {
	err = s.read(ctx, "count reviews", func(ctx context.Context, tx *sql.Tx) error {
		all := map[catalog.FindingKind]int{}
		rows, err := tx.QueryContext(ctx, `SELECT kind, count FROM finding_tallies WHERE source_id = 0 AND section = '' AND count > 0`)
		err = each(rows, err, func(rows *sql.Rows) error {
			var kind catalog.FindingKind
			var n int
			err := rows.Scan(&kind, &n)
			all[kind] = n
			return err
		})
		if err != nil {
			return err
		}
		decided, err := readDecided(ctx, tx, now)
		tally = tallyReviews(all, decided[memberOf{}])
		return err
	})
	return tally, err
}

// decided counts the open findings that people decided on, by who holds their resources.
type decided map[memberOf]catalog.ReviewTally

// readDecided counts the open findings with a review in force. The tallies know nothing of reviews, as those end by
// time alone; but people make few of them, so that they are counted when they are asked for.
func readDecided(ctx context.Context, tx *sql.Tx, now time.Time, states ...catalog.ReviewState) (decided, error) {
	if len(states) == 0 {
		states = []catalog.ReviewState{catalog.ReviewKept, catalog.ReviewAside}
	}
	all := decided{}
	for _, state := range states {
		rows, err := tx.QueryContext(ctx, `SELECT m.source_id, m.section, f.kind, count(*)
			FROM reviews v INDEXED BY reviews_decision
			CROSS JOIN findings f ON (f.resource_id, f.kind, f.fragment) = (v.resource_id, v.kind, v.fragment) AND f.closed_at IS NULL
			CROSS JOIN memberships m ON m.resource_id = v.resource_id
			WHERE v.decision = ? AND `+standing+` GROUP BY 1, 2, 3`, string(state), now.UnixMilli())
		err = each(rows, err, func(rows *sql.Rows) error {
			var m memberOf
			var kind catalog.FindingKind
			var n int
			err := rows.Scan(&m.source, &m.section, &kind, &n)
			if all[m] == nil {
				all[m] = catalog.ReviewTally{}
			}
			if all[m][state] == nil {
				all[m][state] = map[catalog.FindingKind]int{}
			}
			all[m][state][kind] = n
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// tallyReviews splits the number of open findings by what people decided.
func tallyReviews(all map[catalog.FindingKind]int, byReview catalog.ReviewTally) catalog.ReviewTally {
	open := map[catalog.FindingKind]int{}
	for kind, n := range all {
		for _, findings := range byReview {
			n -= findings[kind]
		}
		if n > 0 {
			open[kind] = n
		}
	}
	tally := catalog.ReviewTally{catalog.ReviewOpen: open}
	for state, findings := range byReview {
		tally[state] = findings
	}
	return tally
}
