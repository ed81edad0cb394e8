package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"waymark/catalog"
)

// filter is one condition on resources r, written in two ways, of which the narrowest filter of a query takes the
// second and the others the first.
type filter struct {
	test    string // on one row
	members string // a query of the ids that pass, by an index; empty when there is none
	args    []any  // of either
	column  bool   // the test is on an indexed column, so that the order by URL comes with it
}

// filtersOf writes the filters of a query.
func filtersOf(q catalog.Query) []filter {
	var list []filter
	add := func(wanted bool, f filter) {
		if wanted {
			list = append(list, f)
		}
	}
	add(q.State != "", filter{`r.state = ?`, `SELECT id FROM resources WHERE state = ?`, []any{string(q.State)}, true})
	add(q.Kind != "", filter{`r.kind = ?`, `SELECT id FROM resources WHERE kind = ?`, []any{string(q.Kind)}, true})
	add(q.Host != "", filter{`r.host_id = (SELECT id FROM hosts WHERE name = ?)`,
		`SELECT id FROM resources WHERE host_id = (SELECT id FROM hosts WHERE name = ?)`, []any{strings.ToLower(q.Host)}, true})
	add(q.Finding != "", filter{
		`EXISTS (SELECT 1 FROM findings f WHERE f.resource_id = r.id AND f.kind = ? AND f.closed_at IS NULL)`,
		`SELECT resource_id AS id FROM findings WHERE kind = ? AND closed_at IS NULL`, []any{string(q.Finding)}, false})
	if q.Section != "" {
		list = append(list, sectionFilter(q.Source, q.Section))
	} else {
		add(q.Source != "", filter{
			`EXISTS (SELECT 1 FROM memberships m WHERE m.resource_id = r.id AND m.source_id = (SELECT id FROM sources WHERE name = ?) AND m.section = '')`,
			`SELECT resource_id AS id FROM memberships WHERE source_id = (SELECT id FROM sources WHERE name = ?) AND section = ''`,
			[]any{q.Source}, false})
	}
	add(q.Branch != 0, filter{
		`EXISTS (SELECT 1 FROM placements p WHERE p.resource_id = r.id AND p.retired_at IS NULL AND p.branch_id IN (` + branchesBelow + `))`,
		`SELECT DISTINCT resource_id AS id FROM placements WHERE retired_at IS NULL AND branch_id IN (` + branchesBelow + `)`,
		[]any{q.Branch}, false})
	for word := range strings.FieldsSeq(q.Text) {
		list = append(list, textFilter(word))
	}
	return list
}

// branchesBelow are a branch and all below it.
const branchesBelow = `WITH RECURSIVE below (id) AS (VALUES (?) UNION ALL SELECT b.id FROM below JOIN branches b ON b.parent_id = below.id) SELECT id FROM below`

// sectionFilter selects a section with everything below it: paths that go on with " / ". '!' is the byte after the
// space, so that the range holds exactly the paths with that beginning.
func sectionFilter(source, section string) filter {
	const sections = `SELECT s.id FROM sections s WHERE (s.path = ? OR (s.path >= ? AND s.path < ?))`
	within, args := sections, []any{section, section + sectionSeparator, section + " /!"}
	if source != "" {
		within, args = sections+` AND s.source_id = (SELECT id FROM sources WHERE name = ?)`, append(args, source)
	}
	return filter{
		`EXISTS (SELECT 1 FROM placements p WHERE p.resource_id = r.id AND p.retired_at IS NULL AND p.section_id IN (` + within + `))`,
		`SELECT DISTINCT resource_id AS id FROM placements WHERE retired_at IS NULL AND section_id IN (` + within + `)`, args, false}
}

// textFilter selects what has a word in a title or the URL, whatever its case.
func textFilter(word string) filter {
	pattern := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(word) + "%"
	return filter{
		test: `(r.url LIKE ? ESCAPE '\' OR r.title LIKE ? ESCAPE '\' OR r.list_title LIKE ? ESCAPE '\')`,
		args: []any{pattern, pattern, pattern}}
}

// selection is a query of resources in the making.
type selection struct {
	from   string
	tests  []string
	values []any // of from, then of tests
}

func (s *selection) where() string { return "WHERE " + strings.Join(s.tests, " AND ") }
func (s *selection) args() []any   { return s.values }

// narrow is how many resources are read and sorted rather than met on a walk along the order. Reading them takes some
// 50 ms at this size; a walk past a filter that passes fewer takes longer, as they are too far apart.
const narrow = 10_000

// choose decides how to run a query. Where some filter passes few resources, they are read by that filter's index and
// sorted. Otherwise the resources are walked in the order of the page, and enough rows that pass are met soon. SQLite
// cannot tell, as it knows no counts of single values, so each filter is counted as far as it matters.
//
// The indexes of columns hold the URLs as well: in that order a walk along such an index meets only what passes.
func choose(ctx context.Context, tx *sql.Tx, filters []filter, order order) (*selection, error) {
	best, err := narrowest(ctx, tx, filters)
	if err != nil {
		return nil, err
	}
	lead := -1
	if order.sort == catalog.SortURL {
		lead = slices.IndexFunc(filters, func(f filter) bool { return f.column })
		if best >= 0 && filters[best].column {
			lead, best = best, -1
		}
	}
	if best >= 0 {
		return byMembers(filters, best), nil
	}
	return walk(filters, order, lead), nil
}

// narrowest returns the filter that passes the fewest resources, or -1 when none is narrow.
func narrowest(ctx context.Context, tx *sql.Tx, filters []filter) (int, error) {
	best, fewest := -1, narrow+1
	for i, f := range filters {
		if f.members == "" {
			continue
		}
		var n int
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM (`+f.members+` LIMIT ?)`, append(slices.Clone(f.args), fewest)...).Scan(&n)
		if err != nil {
			return -1, err
		}
		if n < fewest {
			best, fewest = i, n
		}
	}
	return best, nil
}

// byMembers reads the members of one filter and tests the others on each.
func byMembers(filters []filter, best int) *selection {
	s := &selection{
		from:   `FROM (` + filters[best].members + `) d CROSS JOIN resources r ON r.id = d.id`,
		tests:  []string{`r.placed > 0`},
		values: slices.Clone(filters[best].args),
	}
	for i, f := range filters {
		if i != best {
			s.tests, s.values = append(s.tests, f.test), append(s.values, f.args...)
		}
	}
	return s
}

// walk goes along the index of the order, or along that of the leading filter, if there is one. The plus sign keeps the
// other filters from choosing an index, whose rows would have to be sorted.
func walk(filters []filter, order order, lead int) *selection {
	s := &selection{from: `FROM ` + order.table(), tests: []string{`r.placed > 0`}}
	for i, f := range filters {
		test := f.test
		switch {
		case i == lead:
			s.from = `FROM resources r`
		case f.column:
			test = "+" + test
		}
		s.tests, s.values = append(s.tests, test), append(s.values, f.args...)
	}
	return s
}

// after begins the page behind the last row of the one before.
func (s *selection) after(o order, last *position) {
	if last != nil {
		s.tests = append(s.tests, `(`+o.key+`, `+o.tie+`) `+o.behind()+` (?, `+o.last+`)`)
		s.values = append(s.values, last.Key, last.ID)
	}
}
