package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"waymark/catalog"
)

// isNews tells what turned from a first visit that found all in order; it is the condition of index changes_news.
const isNews = `NOT (c.from_state = 'unchecked' AND c.to_state = 'ok')`

// newsShown is how many changes are given where nobody says how many.
const newsShown = 20

// News returns what turned since somebody last looked.
func (s *Store) News(ctx context.Context, q catalog.NewsQuery) (news catalog.News, err error) {
	limit := newsShown
	if q.Limit > 0 {
		limit = min(q.Limit, mostRows)
	}
	err = s.read(ctx, "read the news", func(ctx context.Context, tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM changes`).Scan(&news.Last); err != nil {
			return err
		}
		recent, args, err := recentNews(ctx, tx, q)
		if err != nil {
			return err
		}
		if news.Amount, err = countUpTo(ctx, tx, recent, args...); err != nil {
			return err
		}
		ids := `SELECT id FROM (` + recent + ` ORDER BY c.id DESC LIMIT ?)`
		args = append(args, limit)
		if q.Harmful {
			harm, harms := harmOfChange()
			ids = `SELECT id FROM (` + recent + ` ORDER BY c.id DESC LIMIT ?) c ORDER BY ` + harm + `, id DESC LIMIT ?`
			args = slices.Concat(args[:len(args)-1], []any{catalog.MostCounted}, harms, []any{limit})
		}
		news.Turned, err = readChanges(ctx, tx, `WHERE c.id IN (`+ids+`) ORDER BY c.id DESC`, args...)
		if q.Harmful {
			slices.SortStableFunc(news.Turned, func(a, b catalog.Turned) int { return a.Harm() - b.Harm() })
		}
		return err
	})
	return news, err
}

// recentNews selects the changes c that a query asks for. Changes are numbered in time, so that a moment is looked up as
// the number of the first change then.
func recentNews(ctx context.Context, tx *sql.Tx, q catalog.NewsQuery) (query string, args []any, err error) {
	after := q.After
	if !q.Since.IsZero() {
		first, err := changeAt(ctx, tx, q.Since.UnixMilli())
		if err != nil {
			return "", nil, err
		}
		after = max(after, first-1)
	}
	query, args = `SELECT c.* FROM changes c WHERE `+isNews+` AND c.id > ?`, []any{after}
	if q.Source != "" {
		query += ` AND EXISTS (SELECT 1 FROM memberships m WHERE m.resource_id = c.resource_id AND m.section = ''
			AND m.source_id = (SELECT id FROM sources WHERE name = ?))`
		args = append(args, q.Source)
	}
	return query, args, nil
}

// changeAt finds the first change at a moment or later by halving, as there is no index of their times: that would cost
// each change, and their numbers rise with the time but for the seconds that a batch of results takes.
func changeAt(ctx context.Context, tx *sql.Tx, at int64) (int64, error) {
	var low, high int64
	if err := tx.QueryRowContext(ctx, `SELECT coalesce((SELECT min(id) FROM changes), 1), coalesce((SELECT max(id) FROM changes), 0) + 1`).Scan(&low, &high); err != nil {
		return 0, err
	}
	for low < high {
		middle := (low + high) / 2
		var id, when int64
		err := tx.QueryRowContext(ctx, `SELECT id, at FROM changes WHERE id >= ? ORDER BY id LIMIT 1`, middle).Scan(&id, &when)
		switch {
		case err != nil:
			return 0, err
		case when >= at:
			high = middle
		default:
			low = id + 1
		}
	}
	return low, nil
}

// harmOfChange writes catalog.Change.Harm as an expression over changes c.
func harmOfChange() (expression string, args []any) {
	var b strings.Builder
	b.WriteString(`CASE`)
	when := func(condition string, c catalog.Change) {
		b.WriteString(` WHEN ` + condition + ` THEN ?`)
		args = append(args, c.Harm())
	}
	when(`c.to_state = 'dead'`, catalog.Change{To: catalog.Dead})
	for _, kind := range catalog.FindingKinds() {
		when(`c.finding = '`+string(kind)+`' AND NOT c.closed`, catalog.Change{Finding: kind})
	}
	when(`c.to_state = 'failing'`, catalog.Change{To: catalog.Failing})
	when(`c.to_state = 'blocked'`, catalog.Change{To: catalog.Blocked})
	when(`c.to_state = 'ok' OR c.closed`, catalog.Change{To: catalog.OK})
	b.WriteString(` ELSE ? END`)
	return b.String(), append(args, catalog.Change{}.Harm())
}
