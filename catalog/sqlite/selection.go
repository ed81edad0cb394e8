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
	values  []any      // arguments of the tests
	first   *selection // of a part of the order, to be tried before; nil for none

	behind  int64 // the members are a part of all, and behind this one there are more; 0 when they are all
	partial bool  // the members are a part of all, and no more are given
}

func (s *selection) from() string {
	if s.members == "" {
		return `FROM ` + s.table
	}
	return `FROM (` + s.members + `) d CROSS JOIN resources r ON r.id = d.id`
}

func (s *selection) where() string { return "WHERE " + strings.Join(append(s.tests, "true"), " AND ") }
func (s *selection) args() []any   { return slices.Concat(s.lead, s.values) }

func (s *selection) test(condition string, args ...any) {
	s.tests, s.values = append(s.tests, condition), append(s.values, args...)
}

// The sizes of filters. The few resources that a narrow filter passes are read and sorted, 5 µs each. Of more, up to
// wide, enough for a page are mostly met sooner on a walk along the order, as its index is all that is read: a stretch of
// it is tried, and only where that is not enough are they all read. What passes more is met soon on any walk.
const (
	narrow  = 1_000
	wide    = catalog.MostCounted
	stretch = 15_000
)

// choose decides how to run a query without a text, given its narrowest filter and how many resources that passes. SQLite
// cannot tell, as it knows no counts of single values, so each filter is counted as far as it matters.
//
// The indexes of columns hold the URLs as well: in that order a walk along such an index meets only what passes.
func choose(filters []filter, best, fewest int, order order) *selection {
	lead := -1
	if order.sort == catalog.SortURL {
		lead = slices.IndexFunc(filters, func(f filter) bool { return f.column })
		if best >= 0 && filters[best].column {
			lead, best = best, -1
		}
	}
	if best < 0 {
		return walk(filters, order, lead)
	}
	s := byMembers(filters, best)
	if fewest > narrow && order.index != "" {
		s.first = alongIndex(filters, best, order)
	}
	return s
}

// lately is how many of the last visits are looked at for a page in the order of visits.
const lately = 3_000

// byVisits reads the resources of the last visits: each visit puts its resource first, and an index on when a resource was
// visited would cost a fifth of all that recording writes. A catalog that is read in no time is read as a whole.
func byVisits(ctx context.Context, tx *sql.Tx, filters []filter) (*selection, error) {
	all, err := countTallied(ctx, tx, catalog.Query{})
	s := &selection{members: `SELECT id FROM resources WHERE placed > 0`}
	if all.More {
		s.members, s.lead = `SELECT DISTINCT resource_id AS id FROM (SELECT resource_id FROM observations ORDER BY id DESC LIMIT ?)`, []any{lately}
		s.partial = true
	}
	s.test(`r.placed > 0`)
	s.testOthers(filters, -1)
	return s, err
}

// narrowest returns the filter that passes the fewest resources and their number, or -1 when none passes so few that
// they can all be looked at.
func narrowest(ctx context.Context, tx *sql.Tx, filters []filter) (best, fewest int, err error) {
	best, fewest = -1, wide+1
	for i, f := range filters {
		var n int
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM (`+f.once()+` LIMIT ?)`, append(slices.Clone(f.args), fewest)...).Scan(&n)
		if err != nil {
			return -1, 0, err
		}
		if n < fewest {
			best, fewest = i, n
		}
	}
	return best, fewest, nil
}

// byMembers reads the members of one filter and tests the others on each.
func byMembers(filters []filter, best int) *selection {
	s := &selection{members: filters[best].once(), lead: filters[best].args}
	s.testOthers(filters, best)
	return s
}

// alongIndex walks a stretch of the order's index, and reads the rows only of the members of one filter.
func alongIndex(filters []filter, best int, order order) *selection {
	s := &selection{table: order.table()}
	s.test(`r.id IN (`+filters[best].members+`)`, filters[best].args...)
	s.testOthers(filters, best)
	return s
}

// testOthers tests all filters but one on each row.
func (s *selection) testOthers(filters []filter, best int) {
	for i, f := range filters {
		if i != best {
			s.test(plain(f), f.args...)
		}
	}
}

// plain is the test of a filter, kept from choosing an index, whose rows would have to be sorted.
func plain(f filter) string {
	if f.column {
		return "+" + f.test
	}
	return f.test
}

// walk goes along the index of the order, or along that of the leading filter, if there is one.
func walk(filters []filter, order order, lead int) *selection {
	s := &selection{table: order.table()}
	s.test(`r.placed > 0`)
	for i, f := range filters {
		if i == lead {
			s.table = `resources r`
			s.test(f.test, f.args...)
			continue
		}
		s.test(plain(f), f.args...)
	}
	return s
}

// after begins the page behind the last row of the one before.
func (s *selection) after(o order, last *position) {
	if last != nil {
		s.test(`(`+o.key+`, `+o.tie+`) `+o.behind()+` (?, `+o.last+`)`, last.Key, last.ID)
	}
}

// within ends a walk at the end of a stretch; where the order ends before, it goes on to there.
func (s *selection) within(o order, last *position) {
	part := &selection{table: o.table()}
	part.after(o, last)
	s.test(o.key+` `+o.before()+` coalesce((SELECT `+o.key+` `+part.from()+` `+part.where()+` ORDER BY `+o.by()+` LIMIT 1 OFFSET ?), ?)`,
		append(part.args(), stretch, o.end())...)
}
