package sqlite

import (
	"context"
	"database/sql"
	"time"

	"waymark/catalog"
)

// How much of the crawler's past the queue shows.
const (
	failedShown  = 20
	slowestShown = 10
	slowestOf    = 1000
)

// Queue returns what the crawler has before it and what it met last. It counts in the index of what is due, as far as it
// matters.
func (s *Store) Queue(ctx context.Context, now time.Time) (q catalog.Queue, err error) {
	err = s.read(ctx, "read the queue", func(ctx context.Context, tx *sql.Tx) error {
		for _, span := range []struct {
			amount *catalog.Amount
			after  time.Time // zero: from the beginning
			to     time.Time
		}{
			{&q.Overdue, time.Time{}, now.Add(-catalog.OverdueAfter)},
			{&q.Due, time.Time{}, now},
			{&q.Hour, now, now.Add(time.Hour)},
			{&q.Day, now, now.Add(24 * time.Hour)},
			{&q.Week, now, now.Add(7 * 24 * time.Hour)},
		} {
			*span.amount, err = countUpTo(ctx, tx, `SELECT 1 FROM resources WHERE `+dueKey+` > ? AND `+dueKey+` <= ?`,
				millis(span.after, -1), span.to.UnixMilli())
			if err != nil {
				return err
			}
		}
		if q.NextDue, err = nextDue(ctx, tx, now); err != nil {
			return err
		}
		if q.Failed, err = readVisited(ctx, tx, `(SELECT * FROM observations WHERE state IN ('failing', 'dead') ORDER BY id DESC LIMIT ?)`,
			`o.id DESC`, failedShown); err != nil {
			return err
		}
		q.Slowest, err = readVisited(ctx, tx, `(SELECT * FROM (SELECT * FROM observations ORDER BY id DESC LIMIT ?)
			ORDER BY duration_us DESC, id DESC LIMIT ?)`, `o.duration_us DESC, o.id DESC`, slowestOf, slowestShown)
		return err
	})
	return q, err
}

// readVisited reads observations o in an order.
func readVisited(ctx context.Context, tx *sql.Tx, observations, by string, args ...any) ([]catalog.Visited, error) {
	rows, err := tx.QueryContext(ctx, `SELECT o.resource_id, r.url, coalesce(nullif(r.title, ''), r.list_title), o.at, o.duration_us,
		o.status, o.state, o.reason, o.message
		FROM `+observations+` o CROSS JOIN resources r ON r.id = o.resource_id ORDER BY `+by, args...)
	return collect(rows, err, func(rows *sql.Rows) (v catalog.Visited, err error) {
		var micros int64
		err = rows.Scan(&v.Resource, &v.URL, &v.Title, into{&v.At}, &micros, &v.Status, &v.State, &v.Reason, &v.Message)
		v.Duration = time.Duration(micros) * time.Microsecond
		return v, err
	})
}
