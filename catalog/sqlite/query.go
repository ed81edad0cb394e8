package sqlite

import (
	"math"
	"strings"
	"time"

	"waymark/catalog"
)

// filter is one condition on resources r, written in two ways, of which the narrowest filter of a query takes the
// second and the others the first.
type filter struct {
	test    string // on one row
	members string // a query of the ids that pass and that a list holds, by an index alone
	args    []any  // of either
	column  bool   // the test is on an indexed column, so that the order by URL comes with it
	repeats bool   // members may give an id again
}

// once gives each member once.
func (f filter) once() string {
	if f.repeats {
		return `SELECT DISTINCT id FROM (` + f.members + `)`
	}
	return f.members
}

// filtersOf writes the filters of a query other than its text. Ages are of now.
func filtersOf(q catalog.Query, now time.Time) []filter {
	var list []filter
	add := func(wanted bool, f filter) {
		if wanted {
			list = append(list, f)
		}
	}
	add(q.State != "", filter{`r.state = ?`, `SELECT id FROM resources WHERE state = ? AND placed > 0`, []any{string(q.State)}, true, false})
	add(q.Kind != "", filter{`r.kind = ?`, `SELECT id FROM resources WHERE kind = ? AND placed > 0`, []any{string(q.Kind)}, true, false})
	add(q.Host != "", filter{`r.host_id = (SELECT id FROM hosts WHERE name = ?)`,
		`SELECT id FROM resources WHERE host_id = (SELECT id FROM hosts WHERE name = ?) AND placed > 0`, []any{strings.ToLower(q.Host)}, true, false})
	add(q.Age != "", ageFilter(q.Age, now))
	add(q.Finding != "", filter{
		`EXISTS (SELECT 1 FROM findings f WHERE f.resource_id = r.id AND f.kind = ? AND f.closed_at IS NULL)`,
		`SELECT resource_id AS id FROM findings WHERE kind = ? AND closed_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM resources x INDEXED BY resources_retired WHERE x.id = resource_id AND x.placed = 0)`, []any{string(q.Finding)}, false, true})
	if q.Section != "" {
		list = append(list, sectionFilter(q.Source, q.Section))
	} else {
		add(q.Source != "", filter{
			`EXISTS (SELECT 1 FROM memberships m WHERE m.resource_id = r.id AND m.source_id = (SELECT id FROM sources WHERE name = ?) AND m.section = '')`,
			`SELECT resource_id AS id FROM memberships WHERE source_id = (SELECT id FROM sources WHERE name = ?) AND section = ''`,
			[]any{q.Source}, false, false})
	}
	add(q.Branch != 0, filter{
		`EXISTS (SELECT 1 FROM placements p WHERE p.resource_id = r.id AND p.retired_at IS NULL AND p.branch_id IN (` + branchesBelow + `))`,
		`SELECT resource_id AS id FROM placements WHERE retired_at IS NULL AND branch_id IN (` + branchesBelow + `)`,
		[]any{q.Branch}, false, true})
	return list
}

// ageFilter selects what was last changed so long ago, by the index of the order of that name.
func ageFilter(band catalog.AgeBand, now time.Time) filter {
	const key = `coalesce(modified_at, 9223372036854775807)`
	since, until := int64(math.MinInt64), int64(math.MaxInt64)
	if from, to := band.Within(now); band == catalog.AgeUnknown {
		since = math.MaxInt64
	} else {
		since, until = millis(from, since), millis(to, until)-1
	}
	return filter{`+coalesce(r.modified_at, 9223372036854775807) BETWEEN ? AND ?`,
		`SELECT id FROM resources f INDEXED BY resources_modified WHERE ` + key + ` BETWEEN ? AND ?
			AND NOT EXISTS (SELECT 1 FROM resources x INDEXED BY resources_retired WHERE x.id = f.id AND x.placed = 0)`, []any{since, until}, false, false}
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
		`SELECT resource_id AS id FROM placements WHERE retired_at IS NULL AND section_id IN (` + within + `)`, args, false, true}
}
