package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"strings"
	"time"

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
	p, err := newPaging(q, s.now())
	if err != nil {
		return page, err
	}
	err = s.read(ctx, "read resources", func(ctx context.Context, tx *sql.Tx) error {
		sel, amount, err := p.choose(ctx, tx, true)
		if err != nil {
			return err
		}
		page.Amount, page.Partial = amount, sel.partial
		page.Rows, page.Next, err = p.read(ctx, tx, sel, pageSize(q.Limit))
		return err
	})
	return page, err
}

// exported is how many rows of an export are read at once.
const exported = 1000

// EachResource gives all rows that a query selects, in its order, from its cursor on; its limit does not count. They are
// read in pages, so that a slow reader does not keep the write-ahead log from being taken over into the database; what
// changes its place meanwhile may be missed or come twice. What is too much to sort comes in the order of
// catalog.SortAdded. After an error there is no further row.
func (s *Store) EachResource(ctx context.Context, q catalog.Query) iter.Seq2[catalog.Row, error] {
	return func(yield func(catalog.Row, error) bool) {
		for {
			rows, next, err := s.export(ctx, &q)
			if err != nil {
				yield(catalog.Row{}, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if q.Cursor = next; next == "" {
				return
			}
		}
	}
}

// export reads a page, and changes the order of the query where its own would not give all.
func (s *Store) export(ctx context.Context, q *catalog.Query) (rows []catalog.Row, next string, err error) {
	p, err := newPaging(*q, s.now())
	if err != nil {
		return nil, "", err
	}
	err = s.read(ctx, "export resources", func(ctx context.Context, tx *sql.Tx) error {
		sel, _, err := p.choose(ctx, tx, false)
		if err == nil && sel.partial {
			q.Sort, q.Cursor = catalog.SortAdded, ""
			if p, err = newPaging(*q, s.now()); err == nil {
				sel, _, err = p.choose(ctx, tx, false)
			}
		}
		if err != nil {
			return err
		}
		rows, next, err = p.read(ctx, tx, sel, exported)
		return err
	})
	return rows, next, err
}

// paging is a query with its parts looked at.
type paging struct {
	query   catalog.Query
	filters []filter
	order   order
	from    *position
}

func newPaging(q catalog.Query, now time.Time) (p paging, err error) {
	p.query, p.filters = q, filtersOf(q, now)
	if q.Sort == "" && p.searches() {
		q.Sort = catalog.SortAdded
	}
	if p.order, err = orderOf(q.Sort); err != nil {
		return p, err
	}
	p.from, err = p.order.parse(q.Cursor)
	return p, err
}

func (p paging) searches() bool { return strings.TrimSpace(p.query.Text) != "" }

// choose decides how to run the query, and counts what it selects if that is wanted.
func (p paging) choose(ctx context.Context, tx *sql.Tx, count bool) (sel *selection, amount catalog.Amount, err error) {
	if p.searches() {
		return search(ctx, tx, p.query, p.filters, p.order, p.from)
	}
	best, fewest, err := narrowest(ctx, tx, p.filters)
	if err == nil && count {
		amount, err = countFiltered(ctx, tx, p.query, p.filters, best, fewest)
	}
	if err == nil && best < 0 && p.order.sort == catalog.SortChecked {
		sel, err = byVisits(ctx, tx, p.filters)
		return sel, amount, err
	}
	return choose(p.filters, best, fewest, p.order), amount, err
}

// read reads a page of a selection, and the cursor of the next. The rows are chosen first and filled in then, as sorting
// would fill in all.
func (p paging) read(ctx context.Context, tx *sql.Tx, sel *selection, limit int) (list []catalog.Row, next string, err error) {
	ids, err := p.ids(ctx, tx, sel, limit+1)
	if err != nil {
		return nil, "", err
	}
	more := len(ids) > limit
	list, err = readRows(ctx, tx, `FROM json_each(?) j CROSS JOIN resources r ON r.id = j.value`, `ORDER BY j.key`, numbers(ids[:min(len(ids), limit)]))
	switch {
	case err != nil:
	case more:
		next = p.order.cursor(list[limit-1])
	case sel.behind > 0: // too few passed among the hits that were looked at
		next = p.order.cursor(catalog.Row{ID: sel.behind})
	}
	return list, next, err
}

// ids reads as many of a selection, in order. What is to be tried first is tried first.
func (p paging) ids(ctx context.Context, tx *sql.Tx, sel *selection, wanted int) ([]int64, error) {
	if sel.first != nil {
		sel.first.within(p.order, p.from)
		if ids, err := p.ids(ctx, tx, sel.first, wanted); err != nil || len(ids) == wanted {
			return ids, err
		}
	}
	sel.after(p.order, p.from)
	rows, err := tx.QueryContext(ctx, `SELECT r.id `+sel.from()+` `+sel.where()+` ORDER BY `+p.order.by()+` LIMIT ?`, append(sel.args(), wanted)...)
	return collect(rows, err, scanID)
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
		r.placed, r.modified_at, r.modified_from, r.modified_as, r.modified_sure, r.checked_at, r.due_at, `+verdictColumns+` `+from+` `+clause, args...)
	return collect(rows, err, scanRow)
}

func scanRow(rows *sql.Rows) (r catalog.Row, err error) {
	var open string
	dest := []any{&r.ID, &r.URL, &r.Source, &r.Host, &r.Title, &r.Kind, &r.Status, &open, &r.Count, into{&r.Modified.At}, &r.Modified.From, &r.Modified.As, &r.Modified.Sure, into{&r.Checked}, into{&r.Due}}
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
