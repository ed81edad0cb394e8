package sqlite

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"waymark/catalog"
)

func TestSyncBringsAListIn(t *testing.T) {
	s := open(t)
	report := bring(t, s, list("a", noon,
		link(1, "One", "https://one.example/", "Top", "Sub"),
		link(2, "One again", "https://one.example/#part", "Top"),
		link(3, "Mail", "mailto:x@example.org"),
		link(4, "Local", "guide.md#setup"),
	))
	same(t, "report", report, catalog.SyncReport{Placements: 4, Resources: 3, Added: 4})

	d := detail(t, s, "https://one.example/")
	same(t, "places", d.Places, []catalog.Place{
		{Source: "a", Placement: link(1, "One", "https://one.example/", "Top", "Sub")},
		{Source: "a", Placement: link(2, "One again", "https://one.example/#part", "Top"), Fragment: "part"},
	})
	same(t, "verdict", d.Verdict, catalog.Fresh(noon))
	same(t, "due", d.Due, noon)
	same(t, "title of the first placement", d.Title, "One")
	same(t, "owner of a local resource", detail(t, s, "guide.md").Source, "a")
	same(t, "no visit of an address for mail", detail(t, s, "mailto:x@example.org").Due, time.Time{})
}

// numbersOf returns the numbers of the placements in force by title.
func numbersOf(t *testing.T, s *Store) map[string]int64 {
	t.Helper()
	found := map[string]int64{}
	rows, err := s.readers.Query(`SELECT title, id FROM placements WHERE retired_at IS NULL`)
	must(t, each(rows, err, func(rows *sql.Rows) error {
		var title string
		var id int64
		err := rows.Scan(&title, &id)
		found[title] = id
		return err
	}))
	return found
}

func TestSyncTellsMovesFromNewLinks(t *testing.T) {
	old := []catalog.Placement{link(1, "One", "https://one.example/", "A"), link(2, "Two", "https://two.example/", "A"),
		link(3, "Three", "https://three.example/", "B"), link(4, "Four", "https://four.example/", "B")}
	elsewhere := link(1, "Four", "https://four.example/", "C")
	elsewhere.File = "other.md"
	next := catalog.Snapshot{Source: catalog.Source{Name: "a"}, Hash: "2", Taken: noon, Listings: []catalog.Listing{
		{File: "README.md", Placements: []catalog.Placement{old[0], link(7, "Two", "https://two.example/", "B"),
			link(8, "Three, revised", "https://three.example/", "B"), link(9, "Five", "https://five.example/", "B")}},
		{File: "other.md", Placements: []catalog.Placement{elsewhere}},
	}}
	s := open(t)
	bring(t, s, list("a", noon, old...))
	before := numbersOf(t, s)
	same(t, "report", bring(t, s, next), catalog.SyncReport{Placements: 5, Resources: 5, Added: 1, Moved: 3})
	after := numbersOf(t, s)
	same(t, "numbers", []int64{after["One"], after["Two"], after["Three, revised"], after["Four"]},
		[]int64{before["One"], before["Two"], before["Three"], before["Four"]})
	same(t, "the moved one", detail(t, s, "https://four.example/").Places, []catalog.Place{{Source: "a", Placement: elsewhere}})
	must(t, talliesHold(s))

	next.Hash = "3"
	same(t, "nothing changed", bring(t, s, next), catalog.SyncReport{Placements: 5, Resources: 5})
}

func TestWhatNoListHoldsRestsUntilItIsBack(t *testing.T) {
	one, two := link(1, "One", "https://one.example/"), link(2, "Two", "https://two.example/")
	s := open(t)
	bring(t, s, list("a", noon, one, two))
	bring(t, s, list("b", noon, two))
	visit(t, s, noon, 200)

	same(t, "report", bring(t, s, list("a", noon.Add(time.Hour), link(1, "Three", "https://three.example/"))).Retired, 2)
	year := noon.Add(365 * 24 * time.Hour)
	same(t, "claims", urls(claim(t, s, year, 10, 10)), []string{"https://three.example/", "https://two.example/"}, cmpopts.SortSlices(strings.Compare))

	bring(t, s, list("a", year, one))
	d := detail(t, s, "https://one.example/")
	same(t, "history is kept", len(d.History), 1)
	same(t, "due at once", d.Due, year)
}

func TestSyncHoldsAListThatSuddenlyLosesMost(t *testing.T) {
	var links []catalog.Placement
	for i := range 20 {
		links = append(links, link(i+1, fmt.Sprint("Title ", i), fmt.Sprintf("https://example.org/%d", i)))
	}
	s := open(t)
	bring(t, s, list("a", noon, links...))
	bring(t, s, list("a", noon, links[:10]...))
	same(t, "half may go", overview(t, s, noon).Catalog.Total(), 10)
	bring(t, s, list("a", noon, links...))

	report := bring(t, s, list("a", noon, append(links[:9:9], link(30, "New", "https://new.example/"))...))
	if !strings.Contains(report.Held, "a lost 11 of its 20 placements at once") {
		t.Errorf("held: %q", report.Held)
	}
	report.Held = ""
	same(t, "nothing is retired, the new one is there", report, catalog.SyncReport{Placements: 21, Resources: 21, Added: 1})
	hash, err := s.SourceHash(t.Context(), "a")
	must(t, err)
	same(t, "hash", hash, "")
	sources, err := s.Sources(t.Context())
	must(t, err)
	same(t, "the maintainer is told", strings.Contains(sources[0].Problems[0].Message, "lost 11"), true)

	same(t, "the list is back", bring(t, s, list("a", noon, links...)), catalog.SyncReport{Placements: 20, Resources: 20, Retired: 1})
}

func TestFilesThatCannotBeReadKeepTheirPlacements(t *testing.T) {
	other := link(1, "Other", "https://other.example/")
	other.File = "other.md"
	whole := list("a", noon, link(1, "One", "https://one.example/"))
	whole.Listings = append(whole.Listings, catalog.Listing{File: "other.md", Placements: []catalog.Placement{other}})
	problem := catalog.Problem{File: "other.md", Message: "cannot be read"}

	noListing, emptyListing, gone := whole, whole, whole
	noListing.Listings, noListing.Problems = whole.Listings[:1:1], []catalog.Problem{problem}
	emptyListing.Listings = append(whole.Listings[:1:1], catalog.Listing{File: "other.md", Problems: []catalog.Problem{problem}})
	gone.Listings = whole.Listings[:1:1]
	nothing := catalog.Snapshot{Source: whole.Source, Hash: "x", Taken: noon, Problems: []catalog.Problem{{Message: "the folder is empty"}}}
	cases := map[string]struct {
		snap catalog.Snapshot
		left int
	}{"named by a problem": {noListing, 2}, "empty because of a problem": {emptyListing, 2}, "gone": {gone, 1}, "nothing could be read": {nothing, 2}}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			bring(t, s, whole)
			same(t, "in force", bring(t, s, c.snap).Placements, c.left)
		})
	}
}

func TestAnUnchangedListOnlyTouchesTheTimes(t *testing.T) {
	s := open(t)
	snap := list("a", noon, link(1, "One", "https://one.example/"))
	bring(t, s, snap)
	must(t, s.SyncFailed(t.Context(), snap.Source, "no such folder", noon.Add(time.Hour)))
	sources, err := s.Sources(t.Context())
	must(t, err)
	same(t, "error", sources[0].Error, "no such folder")
	same(t, "last success", sources[0].Synced, noon)

	report := bring(t, s, catalog.Snapshot{Source: snap.Source, Hash: snap.Hash, Taken: noon.Add(2 * time.Hour), Unchanged: true})
	same(t, "report", report, catalog.SyncReport{Placements: 1, Resources: 1})
	sources, err = s.Sources(t.Context())
	must(t, err)
	same(t, "status", sources, []catalog.SourceStatus{{Source: snap.Source, Placements: 1, Files: 1, Synced: noon.Add(2 * time.Hour),
		Health: catalog.Health{Source: "a", States: map[catalog.State]int{catalog.Unchecked: 1}}}}, cmpopts.EquateEmpty())
}

func TestASourceTakenOutComesBackAnew(t *testing.T) {
	s := open(t)
	snap := list("a", noon, link(1, "One", "https://one.example/"), link(2, "Local", "guide.md"))
	bring(t, s, snap)
	bring(t, s, list("b", noon, link(1, "Two", "https://two.example/")))
	must(t, s.RetireSources(t.Context(), []string{"b"}))
	sources, err := s.Sources(t.Context())
	must(t, err)
	same(t, "sources", len(sources), 1)
	same(t, "claims", urls(claim(t, s, noon, 10, 10)), []string{"https://two.example/"})
	hash, err := s.SourceHash(t.Context(), "a")
	must(t, err)
	same(t, "hash", hash, "")
	same(t, "back", bring(t, s, snap), catalog.SyncReport{Placements: 2, Resources: 2, Added: 2})
	must(t, talliesHold(s))
}

func TestABigSyncGoesInChunks(t *testing.T) {
	var links []catalog.Placement
	for i := range 2*chunk + 40 {
		links = append(links, link(i+1, fmt.Sprint("Title ", i), fmt.Sprintf("https://host-%d.example/%d", i%2, i), fmt.Sprint("Section ", i/500)))
	}
	s := open(t)
	snap := list("a", noon, links...)
	snap.Pace = func(host string) time.Duration {
		if host == "host-0.example" {
			return time.Second
		}
		return time.Minute
	}
	same(t, "report", bring(t, s, snap), catalog.SyncReport{Placements: len(links), Resources: len(links), Added: len(links)})
	each := chunk + 20 // on each of the two hosts
	o := overview(t, s, noon.Add(time.Duration(each-burst)*time.Minute))
	same(t, "due in the end", o.Due, len(links))
	same(t, "due at once", overview(t, s, noon).Due, 2*(burst+1)) // the first beyond the burst is due with it
	same(t, "a minute later", overview(t, s, noon.Add(time.Minute)).Due, 2*(burst+1)+60+1)
	for i, h := range o.Sections {
		same(t, "order of sections", h.Section, fmt.Sprint("Section ", i))
	}
	must(t, talliesHold(s))
	same(t, "most may not go", bring(t, s, list("a", noon, links[:5]...)).Retired, 0)
	same(t, "fewer than half", bring(t, s, list("a", noon, links[chunk+9:]...)).Retired, chunk+9)
	must(t, talliesHold(s))
}

func TestLocalResourcesBelongToTheirSource(t *testing.T) {
	s := open(t)
	for _, name := range []string{"a", "b"} {
		bring(t, s, list(name, noon, link(1, "Guide", "guide.md#x"), link(2, "Broken", "ttps://one.example/"), link(3, "Web", "https://web.example/")))
	}
	claims, err := s.Unvisited(t.Context(), "a")
	must(t, err)
	same(t, "what needs no network", urls(claims), []string{"guide.md", "ttps://one.example/"})
	same(t, "wanted", claims[0].Fragments, []string{"x"})

	now := noon.Add(time.Minute)
	missing := catalog.Observation{At: now, Local: true, Failure: &catalog.Failure{Reason: catalog.ReasonNotFound, Detail: "guide.md"}}
	skip := catalog.Result{Claim: claims[1], Judgement: catalog.Skip(claims[1].Standing, catalog.ReasonUnsupportedScheme, now)}
	record(t, s, judged(claims[0], missing, now), skip)
	same(t, "skipped without a visit", len(detail(t, s, "ttps://one.example/").History), 0)
	same(t, "skipped", detail(t, s, "ttps://one.example/").Verdict.State, catalog.Skipped)
	states := map[string]catalog.State{}
	for _, r := range rowsOf(t, s, catalog.Query{Text: "guide"}) {
		states[r.Source] = r.Verdict.State
		same(t, "never due", r.Due.IsZero(), true)
	}
	same(t, "states", states, map[string]catalog.State{"a": catalog.Failing, "b": catalog.Unchecked})
}

// TestASourceIsReadAnewUntilAllIsJudged: a sync that ends before it has judged what no crawler visits is done again.
func TestASourceIsReadAnewUntilAllIsJudged(t *testing.T) {
	s := open(t)
	snap := list("a", noon, link(1, "Guide", "guide.md"), link(2, "Broken", "ttps://one.example/"), link(3, "Web", "https://web.example/"))
	bring(t, s, snap)
	bring(t, s, list("b", noon, link(1, "Web", "https://web.example/")))
	hashes := func(what string, a string) {
		t.Helper()
		for source, want := range map[string]string{"a": a, "b": fmt.Sprint("b", []catalog.Placement{link(1, "Web", "https://web.example/")})} {
			got, err := s.SourceHash(t.Context(), source)
			must(t, err)
			same(t, what+", hash of "+source, got, want)
		}
	}
	hashes("nothing is judged", "")
	claims, err := s.Unvisited(t.Context(), "a")
	must(t, err)
	missing := catalog.Observation{At: noon, Local: true, Failure: &catalog.Failure{Reason: catalog.ReasonNotFound, Detail: "guide.md"}}
	record(t, s, judged(claims[0], missing, noon))
	hashes("one is judged", "")
	record(t, s, catalog.Result{Claim: claims[1], Judgement: catalog.Skip(claims[1].Standing, catalog.ReasonUnsupportedScheme, noon)})
	hashes("all are judged", snap.Hash)

	bring(t, s, list("a", noon, link(3, "Web", "https://web.example/"), link(4, "Mail", "mailto:a@example.org")))
	hashes("a new one is not judged", "")
	gone := list("a", noon, link(3, "Web", "https://web.example/"))
	bring(t, s, gone)
	hashes("what is not judged is gone", gone.Hash)
}

func TestProblemsOfTheReadingAreKept(t *testing.T) {
	s := open(t)
	snap := list("a", noon, link(1, "One", "https://one.example/"))
	snap.Problems = []catalog.Problem{{File: "x.md", Message: "not UTF-8"}}
	snap.Listings[0].Problems = []catalog.Problem{{File: "README.md", Line: 4, Column: 2, Message: "a link without an end"}}
	bring(t, s, snap)
	sources, err := s.Sources(t.Context())
	must(t, err)
	if diff := cmp.Diff(append(snap.Problems, snap.Listings[0].Problems...), sources[0].Problems); diff != "" {
		t.Error(diff)
	}
}

// TestAnUnreadableFolderKeepsWhatItHolds: a folder that cannot be read is no proof that its lists are gone.
func TestAnUnreadableFolderKeepsWhatItHolds(t *testing.T) {
	s := open(t)
	top, below, beside := link(1, "Top", "https://one.example/"), link(1, "Below", "https://two.example/"), link(1, "Beside", "https://three.example/")
	below.File, beside.File = "deep/list.md", "deeper.md"
	snap := list("a", noon, top)
	snap.Listings = append(snap.Listings, catalog.Listing{File: below.File, Placements: []catalog.Placement{below}},
		catalog.Listing{File: beside.File, Placements: []catalog.Placement{beside}})
	bring(t, s, snap)

	again := list("a", noon.Add(time.Hour), top)
	again.Hash += "2"
	again.Problems = []catalog.Problem{{File: "deep", Message: "permission denied."}}
	report := bring(t, s, again)
	same(t, "retired", report.Retired, 1)
	same(t, "in force", report.Placements, 2)
}

// TestSyncKeepsTheLineOfALink: a line that was reworded around its link changes nothing else of the placement.
func TestSyncKeepsTheLineOfALink(t *testing.T) {
	s := open(t)
	p := link(1, "One", "https://one.example/", "A")
	bring(t, s, list("a", noon, p)) // as an older Waymark left it
	before := numbersOf(t, s)
	p.Quote = "- [One](https://one.example/) - the first."
	same(t, "report", bring(t, s, list("a", noon, p)), catalog.SyncReport{Placements: 1, Resources: 1, Moved: 1})
	same(t, "number", numbersOf(t, s), before)
	same(t, "places", detail(t, s, p.URL).Places, []catalog.Place{{Source: "a", Placement: p}})
	p.Title = "Uno"
	bring(t, s, list("a", noon, p))
	same(t, "places, retitled", detail(t, s, p.URL).Places, []catalog.Place{{Source: "a", Placement: p}})
	must(t, talliesHold(s))
}
