package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"waymark/catalog"
)

// selection is a query of resources r in the making: a walk along a table, or the members d of something, and tests on
// each row.
type selection struct {
	table   string // resources r, walked in an order; empty where members lead
	members string // a query of ids
	lead    []any  // its arguments
	tests   []string
	values  []any // arguments of the tests

	behind  int64 // the members are a part of all, and behind this one there are more; 0 when they are all
	partial bool  // the members are a part of all, and no more are given
}

func (s *selection) from() string {
	if s.members == "" {
		return `FROM ` + s.table
	}
	return `FROM (` + s.members + `) d CROSS JOIN resources r ON r.id = d.id`
}

func (s *selection) where() string { return "WHERE " + strings.Join(s.tests, " AND ") }
func (s *selection) args() []any   { return slices.Concat(s.lead, s.values) }

func (s *selection) test(condition string, args ...any) {
	s.tests, s.values = append(s.tests, condition), append(s.values, args...)
}

// narrow is how many resources are read and sorted rather than met on a walk along the order. Reading them takes some
// 50 ms at this size; a walk past a filter that passes fewer takes longer, as they are too far apart.
const narrow = 10_000

// choose decides how to run a query without a text, given its narrowest filter. Where some filter passes few resources,
// they are read by that filter's index and sorted. Otherwise the resources are walked in the order of the page, and
// enough rows that pass are met soon. SQLite cannot tell, as it knows no counts of single values, so each filter is
// counted as far as it matters.
//
// The indexes of columns hold the URLs as well: in that order a walk along such an index meets only what passes.
func choose(filters []filter, best int, order order) *selection {
	lead := -1
	if order.sort == catalog.SortURL {
		lead = slices.IndexFunc(filters, func(f filter) bool { return f.column })
		if best >= 0 && filters[best].column {
			lead, best = best, -1
		}
	}
	if best >= 0 {
		return byMembers(filters, best)
	}
	return walk(filters, order, lead)
}

// narrowest returns the filter that passes the fewest resources, or -1 when none is narrow.
func narrowest(ctx context.Context, tx *sql.Tx, filters []filter) (int, error) {
	best, fewest := -1, narrow+1
	for i, f := range filters {
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
	s := &selection{members: filters[best].members, lead: filters[best].args}
	s.test(`r.placed > 0`)
	for i, f := range filters {
		if i != best {
			s.test(f.test, f.args...)
		}
	}
	return s
}

// walk goes along the index of the order, or along that of the leading filter, if there is one. The plus sign keeps the
// other filters from choosing an index, whose rows would have to be sorted.
func walk(filters []filter, order order, lead int) *selection {
	s := &selection{table: order.table()}
	s.test(`r.placed > 0`)
	for i, f := range filters {
		test := f.test
		switch {
		case i == lead:
			s.table = `resources r`
		case f.column:
			test = "+" + test
		}
		s.test(test, f.args...)
	}
	return s
}

// after begins the page behind the last row of the one before.
func (s *selection) after(o order, last *position) {
	if last != nil {
		s.test(`(`+o.key+`, `+o.tie+`) `+o.behind()+` (?, `+o.last+`)`, last.Key, last.ID)
	}
}
