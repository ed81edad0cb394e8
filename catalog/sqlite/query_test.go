package sqlite

import (
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"waymark/catalog"
)

// library is a store with resources of many sorts.
func library(t *testing.T) *Store {
	t.Helper()
	s := open(t)
	video := link(3, "Watch 100% of it", "https://video.example/w", "Web", "Basics", "First")
	video.Kind = catalog.Video
	bring(t, s, list("a", noon,
		link(1, "Alpha", "https://alpha.example/", "Web"),
		link(2, "Beta", "https://beta.example/x_y", "Web", "Basics"),
		video,
		link(4, "Gamma", "https://gamma.example/", "Web", "Basics of more"),
		link(5, "Guide", "guide.md", "Local"),
	))
	bring(t, s, list("b", noon, link(1, "Alpha too", "https://alpha.example/", "Misc"), link(2, "Delta", "http://delta.example/", "Misc"),
		link(3, "Guide", "guide.md", "Misc")))
	now := noon.Add(time.Hour)
	for i, c := range claim(t, s, now, 4, 4) {
		at := now.Add(time.Duration(i) * time.Minute)
		seen := answer(c, at, map[string]int{"https://alpha.example/": 200, "https://beta.example/x_y": 404}[c.URL]+map[string]int{"https://video.example/w": 403, "https://gamma.example/": 200, "http://delta.example/": 200}[c.URL])
		if seen.Page != nil {
			seen.Page.Title = "" // the list's own titles are shown
			seen.Page.Modified = noon.AddDate(0, -i-1, 0)
		}
		if c.URL == "https://gamma.example/" {
			seen.Hops = []catalog.Hop{{URL: c.URL, Status: 301}, {URL: c.URL + "n", Status: 200}}
		}
		record(t, s, judged(c, seen, at))
	}
	return s
}

func shown(rows []catalog.Row) []string {
	list := []string{}
	for _, r := range rows {
		list = append(list, strings.TrimSpace(r.Source+" "+r.URL))
	}
	return list
}

func TestFiltersAreJoinedByAnd(t *testing.T) {
	s := library(t)
	const alpha, beta, video, gamma, delta, guideA, guideB = "https://alpha.example/", "https://beta.example/x_y", "https://video.example/w",
		"https://gamma.example/", "http://delta.example/", "a guide.md", "b guide.md"
	cases := map[string]struct {
		q    catalog.Query
		want []string
	}{
		"none":                         {catalog.Query{}, []string{guideA, guideB, delta, alpha, beta, gamma, video}},
		"source":                       {catalog.Query{Source: "b"}, []string{guideB, delta, alpha}},
		"unknown source":               {catalog.Query{Source: "z"}, nil},
		"state":                        {catalog.Query{State: catalog.Failing}, []string{beta}},
		"host":                         {catalog.Query{Host: "Video.example"}, []string{video}},
		"kind":                         {catalog.Query{Kind: catalog.Video}, []string{video}},
		"finding":                      {catalog.Query{Finding: catalog.FindingMoved}, []string{gamma}},
		"top section":                  {catalog.Query{Section: "Web"}, []string{alpha, beta, gamma, video}},
		"section with all below it":    {catalog.Query{Section: "Web / Basics"}, []string{beta, video}},
		"section of a source":          {catalog.Query{Source: "b", Section: "Misc"}, []string{guideB, delta, alpha}},
		"section of another source":    {catalog.Query{Source: "b", Section: "Web"}, nil},
		"part of a heading":            {catalog.Query{Section: "We"}, nil},
		"words in any order":           {catalog.Query{Text: "too  ALPHA"}, []string{alpha}},
		"words of two placements":      {catalog.Query{Text: "misc web alpha"}, []string{alpha}},
		"word of a section":            {catalog.Query{Text: "basics", Sort: catalog.SortURL}, []string{beta, gamma, video}},
		"name of a source":             {catalog.Query{Text: "b delta"}, []string{delta}},
		"word of a title":              {catalog.Query{Text: "gam"}, []string{gamma}},
		"percent is a character":       {catalog.Query{Text: "100%"}, []string{video}},
		"underscore is a character":    {catalog.Query{Text: "x_y"}, []string{beta}},
		"a whole address":              {catalog.Query{Text: "https://beta.example/x_y"}, []string{beta}},
		"two letters are a word":       {catalog.Query{Text: "al"}, nil},
		"the middle of a word":         {catalog.Query{Text: "lpha"}, nil},
		"beginning of an earlier word": {catalog.Query{Text: "alp example"}, nil},
		"text and host":                {catalog.Query{Text: "example", Host: "video.example"}, []string{video}},
		"text and another host":        {catalog.Query{Text: "gamma", Host: "video.example"}, nil},
		"backslash":                    {catalog.Query{Text: `\`}, nil},
		"quote":                        {catalog.Query{Text: `'`}, nil},
		"all at once":                  {catalog.Query{State: catalog.OK, Source: "a", Section: "Web", Host: "gamma.example", Kind: catalog.Article, Finding: catalog.FindingMoved, Text: "gamma"}, []string{gamma}},
		"contradiction":                {catalog.Query{State: catalog.OK, Host: "video.example"}, nil},
		"turned":                       {catalog.Query{Sort: catalog.SortTurned, Source: "a", State: catalog.Unchecked}, []string{guideA}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			same(t, "rows", shown(rowsOf(t, s, c.q)), c.want, cmpopts.EquateEmpty())
		})
	}
}

func TestARowTellsTheEssentials(t *testing.T) {
	s := library(t)
	row := rowsOf(t, s, catalog.Query{Host: "gamma.example"})[0]
	same(t, "row", row, catalog.Row{ID: row.ID, URL: "https://gamma.example/", Host: "gamma.example", Title: "Gamma", Kind: catalog.Article,
		Verdict: row.Verdict, Status: 200, Open: []catalog.FindingKind{catalog.FindingMoved}, Count: 1,
		Modified: row.Modified, Checked: row.Checked, Due: row.Due})
	same(t, "placements of both sources", rowsOf(t, s, catalog.Query{Host: "alpha.example"})[0].Count, 2)
}

// TestEveryOrderPagesThroughAllOnce walks each order by pages of two, while other rows come and go.
func TestEveryOrderPagesThroughAllOnce(t *testing.T) {
	for _, sort := range catalog.Sorts() {
		for _, q := range []catalog.Query{{}, {Source: "a", State: catalog.OK}} {
			t.Run(fmt.Sprintf("%s %+v", sort, q), func(t *testing.T) {
				s := library(t)
				q.Sort = sort
				whole := rowsOf(t, s, q)
				var paged []catalog.Row
				q.Limit = 2
				for round := 0; ; round++ {
					page, err := s.Resources(t.Context(), q)
					must(t, err)
					paged = append(paged, page.Rows...)
					if page.Next == "" {
						break
					}
					q.Cursor = page.Next
					bring(t, s, list("c", noon, link(1, "Between", fmt.Sprintf("https://alpha.example/%d", round), "Elsewhere")))
				}
				listed := map[string]int{}
				for _, row := range paged {
					listed[shown([]catalog.Row{row})[0]]++
				}
				for _, name := range shown(whole) {
					if listed[name] != 1 {
						t.Errorf("%s came %d times", name, listed[name])
					}
				}
			})
		}
	}
}

func TestOrders(t *testing.T) {
	s := library(t)
	for sort, key := range map[catalog.Sort]func(catalog.Row) int64{
		catalog.SortTurned:   func(r catalog.Row) int64 { return -r.Verdict.Since.UnixMilli() },
		catalog.SortChecked:  func(r catalog.Row) int64 { return -millis(r.Checked, 0) },
		catalog.SortDue:      func(r catalog.Row) int64 { return millis(r.Due, 1<<62) },
		catalog.SortModified: func(r catalog.Row) int64 { return millis(r.Modified.At, 1<<62) },
	} {
		rows := rowsOf(t, s, catalog.Query{Sort: sort})
		same(t, "rows", len(rows), 7)
		for i := range rows[1:] {
			if key(rows[i]) > key(rows[i+1]) {
				t.Errorf("%s: row %d stands before row %d", sort, i, i+1)
			}
		}
	}
	if _, err := s.Resources(t.Context(), catalog.Query{Sort: "size"}); err == nil || !strings.Contains(err.Error(), "the orders are [url added turned checked due modified]") {
		t.Errorf("an unknown order gives %v", err)
	}
}

func TestForeignCursorsAreRefused(t *testing.T) {
	s := library(t)
	page, err := s.Resources(t.Context(), catalog.Query{Limit: 1, Sort: catalog.SortDue})
	must(t, err)
	encode := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	for _, cursor := range []string{page.Next, "!", "aGVsbG8", encode(`{"s":"url","k":5,"i":1}`), encode(`{"s":"url","k":null,"i":1}`), encode(`[]`)} {
		if _, err := s.Resources(t.Context(), catalog.Query{Cursor: cursor}); !errors.Is(err, catalog.ErrCursor) {
			t.Errorf("cursor %q gives %v", cursor, err)
		}
	}
}

func TestPageSizes(t *testing.T) {
	for limit, want := range map[int]int{-1: 50, 0: 50, 7: 7, 500: 500, 100000: 500} {
		same(t, fmt.Sprint("limit ", limit), pageSize(limit), want)
	}
}

func TestResourceNotFound(t *testing.T) {
	if _, err := open(t).Resource(t.Context(), 7); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

// TestHotQueriesUseIndexes asks SQLite how it would run the queries that a million resources must not slow down.
func TestHotQueriesUseIndexes(t *testing.T) {
	s := library(t)
	plans := map[string][]string{
		"claim":     s.plan(t, claimQuery, 0, 1, 0, 0, 0, 0, 1),
		"next host": s.plan(t, `UPDATE hosts SET next_at = `+nextOfHost+` WHERE id = 1`),
		"next due":  s.plan(t, `SELECT ready_at FROM hosts WHERE ready_at >= 0 ORDER BY ready_at LIMIT 1`),
		"overdue":   s.plan(t, `SELECT count(*) FROM resources WHERE `+dueKey+` <= 1`),
		"history":   s.plan(t, chain+`SELECT * FROM chain CROSS JOIN observations o ON o.id = chain.id ORDER BY n`, 1, 50),
		"last":      s.plan(t, `SELECT * FROM changes WHERE resource_id = 1 ORDER BY id DESC LIMIT 50`),
		"news":      s.plan(t, `SELECT * FROM changes c WHERE NOT (c.from_state = 'unchecked' AND c.to_state = 'ok') ORDER BY c.id DESC LIMIT 20`),
		"lookup":    s.plan(t, `SELECT id FROM resources WHERE url = 'x' AND coalesce(source_id, 0) = 0`),
	}
	for _, sort := range catalog.Sorts() {
		o, err := orderOf(sort)
		must(t, err)
		for name, q := range map[string]catalog.Query{"all": {}, "state": {State: catalog.OK}, "source": {Source: "a"}, "host": {Host: "x"}, "kind": {Kind: catalog.Tool},
			"finding": {Finding: catalog.FindingDead}, "section": {Section: "A"}, "age": {Age: catalog.Age3To5}, "several": {State: catalog.OK, Kind: catalog.Tool, Host: "x", Age: catalog.AgeUnknown}} {
			lead := -1
			if sort == catalog.SortURL {
				lead = slices.IndexFunc(filtersOf(q, noon), func(f filter) bool { return f.column })
			}
			if sort == catalog.SortChecked {
				continue
			}
			sel := walk(filtersOf(q, noon), o, lead)
			sel.after(o, &position{Key: "", ID: 1})
			plan := s.plan(t, `SELECT r.id `+sel.from()+` `+sel.where()+` ORDER BY `+o.by()+` LIMIT 50`, sel.args()...)
			plans[fmt.Sprintf("walk by %s, %s", sort, name)] = plan
			if sorts(plan) {
				t.Errorf("walk by %s, %s sorts all rows:\n%s", sort, name, strings.Join(plan, "\n"))
			}
			for i := range filtersOf(q, noon) {
				sel := byMembers(filtersOf(q, noon), i)
				plans[fmt.Sprintf("members by %s, %s, %d", sort, name, i)] = s.plan(t, `SELECT r.id `+sel.from()+` `+sel.where(), sel.args()...)
				if o.index == "" {
					continue
				}
				along := alongIndex(filtersOf(q, noon), i, o)
				along.within(o, &position{Key: "", ID: 1})
				plan := s.plan(t, `SELECT r.id `+along.from()+` `+along.where()+` ORDER BY `+o.by()+` LIMIT 50`, along.args()...)
				plans[fmt.Sprintf("along %s, %s, %d", sort, name, i)] = plan
				if sorts(plan) {
					t.Errorf("along %s, %s sorts all rows:\n%s", sort, name, strings.Join(plan, "\n"))
				}
			}
		}
	}
	paused := s.plan(t, `SELECT count(*) FROM resources WHERE `+dueKey+` <= 1`+unpaused, 1, 1)
	if !slices.ContainsFunc(paused, func(line string) bool { return strings.Contains(line, "COVERING INDEX resources_due") }) {
		t.Errorf("what is due is counted by rows while something is paused:\n%s", strings.Join(paused, "\n"))
	}
	full := regexp.MustCompile(`^SCAN (r|resources|l|observations|o|changes|c|placements|p|findings|f|memberships|m)$`)
	for name, plan := range plans {
		for _, line := range plan {
			if full.MatchString(line) {
				t.Errorf("%s reads a whole table:\n%s", name, strings.Join(plan, "\n"))
			}
		}
	}
}

func (s *Store) plan(t *testing.T, query string, args ...any) []string {
	t.Helper()
	rows, err := s.readers.Query(`EXPLAIN QUERY PLAN `+query, args...)
	lines, err := collect(rows, err, func(rows *sql.Rows) (detail string, err error) {
		var id, parent, unused int
		return detail, rows.Scan(&id, &parent, &unused, &detail)
	})
	must(t, err)
	return lines
}

// sorts reports whether a plan reads everything before it can give the first row. Sorting ties alone does not.
func sorts(plan []string) bool {
	for _, line := range plan {
		if strings.Contains(line, "TEMP B-TREE FOR ORDER BY") {
			return true
		}
	}
	return false
}
