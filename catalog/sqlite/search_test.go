package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"waymark/catalog"
)

// TestWhatIsTypedIsNoSyntax: neither quotes and operators nor any character gets through to the syntax of the index.
func TestWhatIsTypedIsNoSyntax(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, `He said "and" OR not NEAR Café 学习 編程 हिन्दी`, "https://one.example/")))
	for text, want := range map[string]int{
		`"`: 0, `'`: 0, `*`: 0, `^`: 0, `()`: 0, `said"`: 1, `"said`: 1, `said AND`: 1, `OR`: 1, `NOT nothing`: 0, `said OR nothing`: 0,
		`NEAR(said one)`: 1, `words:said`: 0, `said -one`: 1, `sai*`: 1, `sa*`: 0, `{said}`: 1, `caf`: 1, `CAFE`: 1, `Cafe` + "\u0301": 1, `学习`: 1, `हिन्दी`: 1,
		"said\x00one": 1, "\ue000article": 0, "article": 0, `one.example`: 1, `https://one.example/`: 1,
	} {
		same(t, fmt.Sprintf("hits of %q", text), len(rowsOf(t, s, catalog.Query{Text: text})), want)
	}
	var text strings.Builder
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if r > 0x3400 && r%97 != 0 || !unicode.IsPrint(r) {
			continue
		}
		fmt.Fprintf(&text, "a%cb ", r)
		if r%100 == 0 {
			if _, err := s.Resources(t.Context(), catalog.Query{Text: text.String()}); err != nil {
				t.Fatalf("the hundred characters up to %U: %v", r, err)
			}
			text.Reset()
		}
	}
}

// TestWordsFollowWhateverHappens holds the index against the texts after random syncs and visits.
func TestWordsFollowWhateverHappens(t *testing.T) {
	s := open(t)
	random := rand.New(rand.NewPCG(3, 3))
	now := noon
	vocabulary := []string{"apple", "apply", "banana", "cherry", "date"}
	pick := func() string { return vocabulary[random.IntN(len(vocabulary))] }
	for range 15 {
		now = now.Add(40 * 24 * time.Hour)
		name := []string{"first", "second"}[random.IntN(2)]
		var links []catalog.Placement
		for i := range 4 + random.IntN(6) {
			links = append(links, link(i+1, pick()+" "+pick(), fmt.Sprintf("https://h-%d.example/%s", random.IntN(6), pick()), pick(), pick()))
		}
		bring(t, s, list(name, now, links...))
		for _, c := range claim(t, s, now, 100, 100) {
			seen := answer(c, now, []int{200, 200, 404, 403}[random.IntN(4)])
			if seen.Page != nil {
				seen.Page.Title = pick() + " page"
			}
			if random.IntN(4) == 0 {
				seen.Hops = []catalog.Hop{{URL: c.URL, Status: 301}, {URL: c.URL + "new", Status: 200}}
			}
			record(t, s, judged(c, seen, now))
		}
		must(t, wordsHold(s))
		must(t, talliesHold(s))
	}
	for _, word := range vocabulary {
		for _, q := range []catalog.Query{{}, {State: catalog.Dead}, {State: catalog.Blocked}, {Finding: catalog.FindingMoved}, {Kind: catalog.Article}, {Source: "first"}, {Section: "apple"}} {
			all := rowsOf(t, s, q)
			q.Text, q.Sort = word, catalog.SortURL
			var want []string
			for _, row := range all {
				if slicesHave(wordsIn(t, s, row.ID), word) {
					want = append(want, row.URL)
				}
			}
			page, err := s.Resources(t.Context(), q)
			must(t, err)
			same(t, fmt.Sprintf("%+v", q), strings.Join(shown(page.Rows), "\n"), strings.Join(want, "\n"))
			same(t, "count", page.Amount, catalog.Amount{Count: len(want)})
		}
	}
}

// slicesHave reports whether a word, or one that begins with it, is among words.
func slicesHave(words []string, word string) bool {
	for _, w := range words {
		if strings.HasPrefix(w, word) {
			return true
		}
	}
	return false
}

func wordsIn(t *testing.T, s *Store, id int64) []string {
	t.Helper()
	var text string
	must(t, s.writer.QueryRow(`SELECT words FROM resource_words WHERE id = ?`, id).Scan(&text))
	return wordsOf(strings.ToLower(text))
}

// wordsHold holds the index against one that is made anew.
func wordsHold(s *Store) error {
	for _, statement := range []string{`DROP TABLE IF EXISTS temp.anew`, `DROP TABLE IF EXISTS temp.anew_words`, `DROP TABLE IF EXISTS temp.kept_words`,
		`CREATE VIRTUAL TABLE temp.anew USING fts5 (words, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 2')`,
		`INSERT INTO temp.anew (rowid, words) SELECT id, words FROM resource_words`,
		`CREATE VIRTUAL TABLE temp.anew_words USING fts5vocab (temp, anew, instance)`,
		`CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab (main, texts, instance)`} {
		if _, err := s.writer.Exec(statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	var wrong int
	err := s.writer.QueryRow(`SELECT count(*) FROM (SELECT * FROM (SELECT term, doc FROM temp.anew_words EXCEPT SELECT term, doc FROM temp.kept_words)
		UNION ALL SELECT * FROM (SELECT term, doc FROM temp.kept_words EXCEPT SELECT term, doc FROM temp.anew_words))`).Scan(&wrong)
	if err == nil && wrong > 0 {
		err = fmt.Errorf("%d words of the index are wrong", wrong)
	}
	return err
}

// crowd is a catalog with more hits than are counted: every resource has the word "everywhere", one in ten is a video.
func crowd(t *testing.T, n int) *Store {
	t.Helper()
	s := open(t)
	var links []catalog.Placement
	for i := range n {
		p := link(i+1, fmt.Sprintf("Everywhere %d", i), fmt.Sprintf("https://h-%d.example/%d", i%7, n-i))
		if i == 5 {
			p.Title += " rarely"
		}
		if i%10 == 0 {
			p.Kind = catalog.Video
		}
		links = append(links, p)
	}
	bring(t, s, list("crowd", noon, links...))
	return s
}

func TestCountsStopWhereTheyNoLongerMatter(t *testing.T) {
	const n = catalog.MostCounted + 500
	s := crowd(t, n)
	most := catalog.Amount{Count: catalog.MostCounted, More: true}
	for name, c := range map[string]struct {
		q       catalog.Query
		want    catalog.Amount
		partial bool
	}{
		"all":                     {catalog.Query{}, most, false},
		"text":                    {catalog.Query{Text: "everywhere"}, most, false},
		"text in another order":   {catalog.Query{Text: "everywhere", Sort: catalog.SortURL}, most, true},
		"text and kind":           {catalog.Query{Text: "everywhere", Kind: catalog.Video}, catalog.Amount{Count: n / 10}, false},
		"rare text":               {catalog.Query{Text: "rarely", Sort: catalog.SortURL}, catalog.Amount{Count: 1}, false},
		"kind":                    {catalog.Query{Kind: catalog.Video}, catalog.Amount{Count: n / 10}, false},
		"wide state":              {catalog.Query{State: catalog.Unchecked}, most, false},
		"wide state, narrow kind": {catalog.Query{State: catalog.Unchecked, Kind: catalog.Video}, catalog.Amount{Count: n / 10}, false},
		"host":                    {catalog.Query{Host: "h-1.example"}, catalog.Amount{Count: n / 7}, false},
		"nothing":                 {catalog.Query{State: catalog.Dead}, catalog.Amount{}, false},
	} {
		page, err := s.Resources(t.Context(), c.q)
		must(t, err)
		same(t, name, page.Amount, c.want)
		same(t, name+", partial", page.Partial, c.partial)
	}
}

// TestAStretchOfTheOrderFindsItsMembers: else each page would read all members, in the right order too.
func TestAStretchOfTheOrderFindsItsMembers(t *testing.T) {
	const n = 3 * narrow
	s := crowd(t, n)
	for _, sort := range catalog.Sorts() {
		p, err := newPaging(catalog.Query{Source: "crowd", Kind: catalog.Video, Sort: sort}, noon)
		must(t, err)
		if p.order.index == "" {
			continue
		}
		along := alongIndex(p.filters, 0, p.order)
		along.within(p.order, nil)
		must(t, s.read(t.Context(), "test", func(ctx context.Context, tx *sql.Tx) error {
			ids, err := p.ids(ctx, tx, along, n)
			same(t, string(sort)+": members within a stretch that holds all", len(ids), n/10)
			return err
		}))
	}
}

// TestTheOrderOfVisitsGivesTheLastOnes: of a catalog that is too big to be sorted, and all of what a filter leaves.
func TestTheOrderOfVisitsGivesTheLastOnes(t *testing.T) {
	const n = catalog.MostCounted + 500
	s := crowd(t, n)
	at := noon.Add(time.Hour)
	var want []int64
	for range 3 {
		at = at.Add(time.Hour)
		for _, c := range claim(t, s, at, 2, 1) {
			record(t, s, judged(c, answer(c, at, 200), at))
			want = append(want, c.Resource)
		}
	}
	for i, id := range want[:2] { // once more, so that they come first
		at = at.Add(time.Hour)
		must(t, s.CheckNow(t.Context(), []int64{id}, at))
		c := claim(t, s, at, 1, 1)[0]
		same(t, "claimed", c.Resource, id)
		record(t, s, judged(c, answer(c, at, 404), at))
		want = append(want, want[i])
	}
	page, err := s.Resources(t.Context(), catalog.Query{Sort: catalog.SortChecked})
	must(t, err)
	var got []int64
	for _, r := range page.Rows {
		got = append(got, r.ID)
	}
	same(t, "partial", page.Partial, true)
	same(t, "amount", page.Amount, catalog.Amount{Count: catalog.MostCounted, More: true})
	same(t, "the last", got[:2], []int64{want[1], want[0]})
	same(t, "rows", len(got), 6)

	narrow, err := s.Resources(t.Context(), catalog.Query{Sort: catalog.SortChecked, Kind: catalog.Video, Limit: mostRows})
	must(t, err)
	same(t, "what a filter leaves is whole", []any{narrow.Partial, len(narrow.Rows)}, []any{false, mostRows})
	exportedRows := 0
	for _, err := range s.EachResource(t.Context(), catalog.Query{Sort: catalog.SortChecked}) {
		must(t, err)
		exportedRows++
	}
	same(t, "exported", exportedRows, n)
}

// TestMembersAreFoundWhereverTheyStandInTheOrder: those of a filter that is neither narrow nor wide are looked for in a
// stretch of the order first, which may hold all, some or none of them.
func TestMembersAreFoundWhereverTheyStandInTheOrder(t *testing.T) {
	const n = 4 * stretch / 3
	s := open(t)
	links := make([]catalog.Placement, 0, n)
	for i := range n {
		p := link(i+1, "Title", fmt.Sprintf("https://h-%d.example/%06d", i%7, n-i))
		if i%7 == 6 && i > n/2 || i == 0 {
			p.Kind = catalog.Video // all but one on the last host by name
		}
		if i%14 == 0 {
			p.Kind = catalog.Book
		}
		links = append(links, p)
	}
	bring(t, s, list("crowd", noon, links...))
	for _, kind := range []catalog.Kind{catalog.Video, catalog.Book} {
		for _, sort := range catalog.Sorts() {
			var got []int64
			q := catalog.Query{Kind: kind, Source: "crowd", Sort: sort, Limit: mostRows}
			for more := true; more; more = q.Cursor != "" {
				page, err := s.Resources(t.Context(), q)
				must(t, err)
				for _, r := range page.Rows {
					got = append(got, r.ID)
				}
				q.Cursor = page.Next
			}
			o, err := orderOf(sort)
			must(t, err)
			rows, err := s.readers.Query(`SELECT id FROM resources r WHERE kind = ? ORDER BY `+o.by(), string(kind))
			want, err := collect(rows, err, scanID)
			must(t, err)
			if !slices.Equal(got, want) {
				t.Errorf("%s by %s: %d rows, want %d, or another order", kind, sort, len(got), len(want))
			}
		}
	}
}

// TestWhatIsRetiredOrFlaggedTwiceIsCountedOnceAtMost: a resource that left its list keeps its findings, and one may lack two
// anchors.
func TestWhatIsRetiredOrFlaggedTwiceIsCountedOnceAtMost(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "One", "https://one.example/#x"), link(2, "One", "https://one.example/#y"), link(3, "Two", "https://two.example/#z")))
	for _, c := range claim(t, s, noon.Add(time.Hour), 4, 4) {
		seen := answer(c, noon.Add(time.Hour), 200)
		seen.Missing = c.Fragments
		record(t, s, judged(c, seen, noon.Add(time.Hour)))
	}
	bring(t, s, list("a", noon.Add(2*time.Hour), link(1, "One", "https://one.example/#x"), link(2, "One", "https://one.example/#y")))
	page, err := s.Resources(t.Context(), catalog.Query{Finding: catalog.FindingMissingAnchor})
	must(t, err)
	same(t, "rows", shown(page.Rows), []string{"https://one.example/"})
	same(t, "amount", page.Amount, catalog.Amount{Count: 1})
}

// TestAWideTextIsPagedToItsEnd: also where a filter that the index does not know lets few hits pass.
func TestAWideTextIsPagedToItsEnd(t *testing.T) {
	const n = catalog.MostCounted + 500
	s := crowd(t, n)
	must(t, writeTx(t.Context(), s.writer, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE resources SET state = 'ok' WHERE id IN (1, ?)`, n)
		return err
	}))
	q := catalog.Query{Text: "everywhere", State: catalog.OK, Limit: 1}
	var got []string
	pages := 0
	for ; pages < 20; pages++ {
		page, err := s.Resources(t.Context(), q)
		must(t, err)
		got = append(got, shown(page.Rows)...)
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	same(t, "rows", got, []string{fmt.Sprintf("https://h-%d.example/%d", (n-1)%7, 1), fmt.Sprintf("https://h-0.example/%d", n)})
}

func TestExportsGiveAllInOrder(t *testing.T) {
	const n = 2*exported + 7
	s := crowd(t, n)
	for name, q := range map[string]catalog.Query{"all": {}, "text": {Text: "everywhere"}, "kind": {Kind: catalog.Video}, "added": {Sort: catalog.SortAdded}, "limit does not count": {Limit: 3}} {
		want := n
		if q.Kind != "" {
			want = (n + 9) / 10
		}
		var rows []catalog.Row
		seen := map[int64]bool{}
		for row, err := range s.EachResource(t.Context(), q) {
			must(t, err)
			rows = append(rows, row)
			seen[row.ID] = true
		}
		same(t, name, len(rows), want)
		same(t, name+", each once", len(seen), want)
		q.Limit = 50
		for i, row := range rowsOf(t, s, q) {
			same(t, fmt.Sprintf("%s, row %d", name, i), rows[i].URL, row.URL)
		}
	}
	for _, err := range s.EachResource(t.Context(), catalog.Query{Cursor: "!"}) {
		if err == nil {
			t.Error("a malformed cursor gives rows")
		}
	}
	for range s.EachResource(t.Context(), catalog.Query{}) {
		break // a reader may stop
	}
}
