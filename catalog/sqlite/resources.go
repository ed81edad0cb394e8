package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"waymark/catalog"
)

// The bounds of a page of resources.
const (
	defaultRows = 50
	mostRows    = 500
)

// Resources returns a page of the resources that a query selects, among those that a list holds. Filters are joined by
// "and". Pages follow each other by cursor; a row that stays where it is in the order is neither missed nor repeated
// however many rows come and go in between. A cursor of another order gives catalog.ErrCursor.
func (s *Store) Resources(ctx context.Context, q catalog.Query) (page catalog.Rows, err error) {
	order, err := orderOf(q.Sort)
	if err != nil {
		return page, err
	}
	from, err := order.parse(q.Cursor)
	if err != nil {
		return page, err
	}
	limit := pageSize(q.Limit)
	err = s.read(ctx, "read resources", func(ctx context.Context, tx *sql.Tx) error {
		sel, err := choose(ctx, tx, filtersOf(q), order)
		if err != nil {
			return err
		}
		sel.after(order, from)
		page.Rows, err = readRows(ctx, tx, sel.from, sel.where()+` ORDER BY `+order.by()+` LIMIT ?`, append(sel.args(), limit+1)...)
		return err
	})
	if len(page.Rows) > limit {
		page.Rows = page.Rows[:limit]
		page.Next = order.cursor(page.Rows[limit-1])
	}
	return page, err
}

func pageSize(limit int) int {
	if limit <= 0 {
		return defaultRows
	}
	return min(limit, mostRows)
}

// readRows reads rows of resources r, as they are shown in a table.
func readRows(ctx context.Context, tx *sql.Tx, from, clause string, args ...any) ([]catalog.Row, error) {
	rows, err := tx.QueryContext(ctx, `SELECT r.id, r.url,
		coalesce((SELECT name FROM sources WHERE id = r.source_id), ''),
		coalesce((SELECT name FROM hosts WHERE id = r.host_id), ''),
		coalesce(nullif(r.title, ''), r.list_title), r.kind, r.status,
		coalesce((SELECT group_concat(kind) FROM findings WHERE resource_id = r.id AND closed_at IS NULL), ''),
		r.placed, r.modified_at, r.checked_at, r.due_at, `+verdictColumns+` `+from+` `+clause, args...)
	return collect(rows, err, scanRow)
}

func scanRow(rows *sql.Rows) (r catalog.Row, err error) {
	var open string
	dest := []any{&r.ID, &r.URL, &r.Source, &r.Host, &r.Title, &r.Kind, &r.Status, &open, &r.Count, into{&r.Modified}, into{&r.Checked}, into{&r.Due}}
	if err := rows.Scan(append(dest, verdictInto(&r.Verdict)...)...); err != nil {
		return r, err
	}
	for kind := range strings.SplitSeq(open, ",") {
		if kind != "" {
			r.Open = append(r.Open, catalog.FindingKind(kind))
		}
	}
	r.Open = sortedKinds(r.Open)
	return r, nil
}
