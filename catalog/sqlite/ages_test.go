package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

	"waymark/catalog"
)

// shelf holds one source of which each resource was last changed another number of months ago, -1 for unknown.
func shelf(t *testing.T, months ...int) *Store {
	t.Helper()
	s := open(t)
	s.now = func() time.Time { return noon }
	links := make([]catalog.Placement, len(months))
	for i := range months {
		links[i] = link(i+1, fmt.Sprint("Title ", i), fmt.Sprintf("https://one.example/%d", i))
	}
	bring(t, s, list("a", noon, links...))
	bring(t, s, list("b", noon, links[0]))
	for _, c := range claim(t, s, noon, 100, 100) {
		seen := answer(c, noon, 200)
		var i int
		_, err := fmt.Sscanf(c.URL, "https://one.example/%d", &i)
		must(t, err)
		if months[i] >= 0 {
			seen.Page.Modified, seen.Page.ModifiedFrom, seen.Page.ModifiedAs = noon.AddDate(0, -months[i], 0), "meta", "once upon a time"
			seen.Page.ModifiedSure = catalog.Medium
		}
		record(t, s, judged(c, seen, noon))
	}
	must(t, talliesHold(s))
	return s
}

// TestAgesAreCountedAndFound: a picture of the ages and the table behind each of its parts agree.
func TestAgesAreCountedAndFound(t *testing.T) {
	s := shelf(t, 0, 3, 12, 13, 30, 40, 59, 61, 200, -1, -1)
	ages, err := s.Ages(t.Context(), "a", noon)
	must(t, err)
	want := map[catalog.AgeBand]int{catalog.AgeUnder1: 3, catalog.Age1To2: 1, catalog.Age2To3: 1, catalog.Age3To5: 2, catalog.Age5To10: 1,
		catalog.AgeOver10: 1, catalog.AgeUnknown: 2}
	same(t, "ages", ages.Bands, want)
	whole, err := s.Ages(t.Context(), "", noon)
	must(t, err)
	same(t, "ages of the whole catalog", whole, ages)
	other, err := s.Ages(t.Context(), "b", noon)
	must(t, err)
	same(t, "ages of the other source", other.Bands, map[catalog.AgeBand]int{catalog.AgeUnder1: 1, catalog.AgeUnknown: 0})
	if _, err := s.Ages(t.Context(), "c", noon); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("ages of no source: %v", err)
	}
	for _, band := range catalog.AgeBands() {
		for _, sort := range []catalog.Sort{"", catalog.SortModified} {
			rows, err := s.Resources(t.Context(), catalog.Query{Age: band, Source: "a", Sort: sort})
			must(t, err)
			same(t, fmt.Sprintf("%s by %q", band, sort), []int{len(rows.Rows), rows.Count}, []int{want[band], want[band]})
			for _, r := range rows.Rows {
				since, until := band.Within(noon)
				if band == catalog.AgeUnknown != r.Modified.IsZero() || band != catalog.AgeUnknown && (r.Modified.At.Before(since) || !until.IsZero() && !r.Modified.At.Before(until)) {
					t.Errorf("%s: %s was last changed on %s", band, r.URL, r.Modified.At)
				}
			}
		}
	}
	counts, err := s.Counts(t.Context(), noon)
	must(t, err)
	same(t, "ages for metrics", counts.Sources[0].Ages, ages)
}

// TestTheEvidenceOfADateIsKept: a 304 leaves it, a resource and its claim tell it, and ageing moves it to the next band.
func TestTheEvidenceOfADateIsKept(t *testing.T) {
	s := shelf(t, 3)
	want := catalog.Modified{At: noon.AddDate(0, -3, 0), From: "meta", As: "once upon a time", Sure: catalog.Medium}
	later := noon.AddDate(1, 0, 0)
	c := claim(t, s, later, 1, 1)[0]
	same(t, "claimed", c.Standing.Modified, want)
	unmodified := answer(c, later, 304)
	unmodified.Page = nil
	record(t, s, judged(c, unmodified, later))
	same(t, "after a 304", detail(t, s, c.URL).Modified, want)
	ages, err := s.Ages(t.Context(), "a", later)
	must(t, err)
	same(t, "a year later", ages.Bands[catalog.Age1To2], 1)

	c = claim(t, s, later.AddDate(1, 0, 0), 1, 1)[0]
	changed := answer(c, later, 200)
	changed.Page.Modified = later
	record(t, s, judged(c, changed, later))
	must(t, talliesHold(s))
	same(t, "changed", detail(t, s, c.URL).Modified.At.Equal(later), true)
}

// TestClaimsTellTheSectionsOfPlacements: a resource has a spot for each placement that differs in kind, section or title.
func TestClaimsTellTheSectionsOfPlacements(t *testing.T) {
	s := open(t)
	one := "https://one.example/"
	book := link(4, "One", one, "Old")
	book.Kind = catalog.Book
	bring(t, s, list("a", noon, link(1, "One", one+"#a", "Old"), link(2, "One", one+"#b", "Old"), link(3, "Two", one, "New", "Deep"), book))
	same(t, "spots", claim(t, s, noon, 1, 1)[0].Spots, []catalog.Spot{
		{Kind: catalog.Article, Title: "One", Section: []string{"Old"}},
		{Kind: catalog.Article, Title: "Two", Section: []string{"New", "Deep"}},
		{Kind: catalog.Book, Title: "One", Section: []string{"Old"}},
	})
}

// TestAnOlderDatabaseGainsItsEvidence: what the pages said is taken over, and what no page said was told by the forge.
func TestAnOlderDatabaseGainsItsEvidence(t *testing.T) {
	path := schemaAt(t, 13)
	at := time.Date(2019, 3, 2, 0, 0, 0, 0, time.UTC)
	db, err := sql.Open("sqlite", writerDSN(path))
	must(t, err)
	change := func(query string, args ...any) {
		t.Helper()
		_, err := db.Exec(query, args...)
		must(t, err)
	}
	change(`INSERT INTO sources (id, name) VALUES (1, 'a')`)
	for i, facts := range []string{
		`{"modified":"2019-03-02T00:00:00Z","modified_from":"json-ld"}`, `{"modified":"2019-03-02T00:00:00Z","modified_from":"last-modified"}`,
		`{"modified":"2018-01-01T00:00:00Z","modified_from":"meta"}`, `{"title":"x"}`,
	} {
		change(`INSERT INTO resources (id, url, page_id, modified_at) VALUES (?, ?, ?, ?)`, i+1, fmt.Sprint("https://one.example/", i), i+1, at.UnixMilli())
		change(`INSERT INTO pages (id, resource_id, facts) VALUES (?1, ?1, ?2)`, i+1, facts)
		change(`INSERT INTO memberships (resource_id, source_id, section, placements) VALUES (?1, 0, '', 1), (?1, 1, '', 1), (?1, 1, 'A', 1)`, i+1)
	}
	change(`INSERT INTO resources (id, url) VALUES (9, 'https://one.example/9')`)
	must(t, db.Close())
	s := openAt(t, path)
	got := map[string]int{}
	rows, err := s.readers.Query(`SELECT coalesce(modified_month, 0) || ' ' || modified_from || ' ' || modified_sure FROM resources`)
	must(t, each(rows, err, func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		got[text]++
		return err
	}))
	month := fmt.Sprint(catalog.MonthOf(at))
	same(t, "evidence", got, map[string]int{month + " json-ld high": 1, month + " last-modified low": 1, month + " forge high": 2, "0  ": 1})
	var kept string
	must(t, s.readers.QueryRow(`SELECT group_concat(source_id || ':' || month || ':' || count) FROM age_tallies`).Scan(&kept))
	same(t, "tallies", kept, "0:"+month+":4,1:"+month+":4")
}
