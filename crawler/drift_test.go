package crawler

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/crawler/fakeweb"
)

// story is a page over seven visits, a month apart or as far as the schedule says.
type story struct {
	name    string
	title   string // in the list; default: that of the first page
	section string
	path    string
	accept  int                 // a person confirms the finding after this visit; 0: nobody does
	pages   []fakeweb.Behaviour // at each visit; the last one stays
	want    string              // after each visit: d where drifted is open
	says    string              // in the last message
}

func said(title, body string) fakeweb.Page {
	return fakeweb.Page{Title: title, Lang: "en", Body: body}
}

// framed puts a text into a template.
func framed(frame string, p fakeweb.Page) fakeweb.Page {
	p.Body = strings.ReplaceAll(frame, "TEXT", p.Body)
	return p
}

var (
	frameOld = `<div class="site"><nav><a href="/">Home</a> <a href="/all">Archive</a> <a href="/about">About me</a></nav><article>TEXT</article><footer>All rights reserved</footer></div>`
	frameNew = `<header><ul><li>Start</li><li>Writing</li><li>Projects</li><li>Newsletter</li><li>Contact</li></ul></header><main><section><div>TEXT</div></section>
<aside><h3>Popular</h3><ul><li>Why we moved offices</li><li>Ten lessons of a founder</li><li>Hiring a designer</li></ul></aside></main><footer><p>Imprint, terms, careers</p></footer>`
	article = said("Bounded Queues in Practice", queues)
	lottery = said("Lucky Reels Palace", casino)
)

func advert(n int) string {
	return strings.Repeat([]string{"<p>Buy sturdy boots for winter hikes today.</p>", "<p>Insurance for motorbikes, cheaper than ever.</p>",
		"<p>Learn piano within thirty evenings.</p>", "<p>Mattresses delivered overnight.</p>"}[n%4], 3)
}

func stories() []story {
	many := func(make func(n int) fakeweb.Behaviour) (list []fakeweb.Behaviour) {
		for n := range 7 {
			list = append(list, make(n))
		}
		return list
	}
	then := func(pages ...fakeweb.Behaviour) []fakeweb.Behaviour { return pages }
	return []story{
		{name: "nothing changes", pages: then(article), want: "......."},
		{name: "nothing changes, and the server says so", pages: then(fakeweb.ETag("a", article)), want: "......."},
		{name: "another template", pages: then(framed(frameOld, article), framed(frameNew, article)), want: "......."},
		{name: "a redesign with another title", pages: then(framed(frameOld, article), framed(frameNew, said("Essays by Nora", queues))), want: "......."},
		{name: "only the title changes", pages: then(article, said("Lucky Reels Palace", queues)), want: "......."},
		{name: "advertisements rotate", pages: many(func(n int) fakeweb.Behaviour { return said(article.Title, advert(n)+queues+advert(n+1)) }), want: "......."},
		{name: "two variants of a heading", pages: many(func(n int) fakeweb.Behaviour {
			return said([]string{"Bounded Queues in Practice", "Why your system falls over"}[n%2], queues)
		}), want: "......."},
		{name: "half of the text is new", pages: then(article, said(article.Title, queues[:len(queues)/2]+"</p>"+gardens[:len(gardens)/3]+"</p>")), want: "......."},
		{name: "a growing page", title: "Notes of a gardener", pages: many(func(n int) fakeweb.Behaviour {
			return said("Log", gardens+strings.Repeat(queues+lots, 3*n))
		}), want: "......."},
		{name: "a page that shrinks to its first part", pages: then(said("Log", queues+gardens+lots), said("Start", gardens[:800]+"</p>")), want: "......."},
		{name: "a consent page", pages: then(article, said("Before you continue", consent)), want: "......."},
		{name: "a consent page now and then", pages: then(article, said("Before you continue", consent), article, said("Before you continue", consent), article), want: "......."},
		{name: "a translation", title: "Tomatoes", pages: then(said("Growing tomatoes", gardens), fakeweb.Page{Title: "Tomaten anbauen", Lang: "de", Body: gardensGerman}), want: "......."},
		{name: "a translation that keeps the old language tag", title: "Tomatoes", pages: then(said("Growing tomatoes", gardens), said("Tomaten anbauen", gardensGerman)), want: "......."},
		{name: "an emptied page", pages: then(article, said("Moved", "<p>This text will be back in another place soon, thank you for your patience.</p>")), want: "......."},
		{name: "a page drawn by script from now on", pages: then(article, fakeweb.Page{Title: "App", Head: `<script src="/app.js"></script>`, Body: `<div id="root">Loading</div>`}), want: "......."},
		{name: "a start page with news each time", title: "The Daily Notebook", pages: many(func(n int) fakeweb.Behaviour {
			return said([]string{"Monday", "Ripe tomatoes", "Reels"}[n%3], []string{queues, gardens, casino}[n%3])
		}), want: "......."},
		{name: "another page for one visit", pages: then(article, lottery, article), want: "......."},
		{name: "a page replaced by a casino", pages: then(article, article, lottery), want: "...dddd",
			says: "“Bounded Queues in Practice”, on 2026-05-"},
		{name: "a page replaced by a casino that answers with entity tags", pages: then(fakeweb.ETag("a", article), fakeweb.ETag("b", lottery)), want: "..ddddd", says: "now it speaks of"},
		{name: "a long page replaced by a short one about houses", pages: then(said("Log", queues+gardens+queues+gardens), said("Villas and cottages", lots)), want: "..ddddd", says: "Villas and cottages"},
		{name: "a page replaced by one about gardens, and mended", pages: then(article, said("Growing tomatoes", gardens), said("Growing tomatoes", gardens), article), want: "..d....", says: "tomatoes"},
		{name: "a person takes the new page, which becomes yet another", accept: 3,
			pages: then(article, said("Growing tomatoes", gardens), said("Growing tomatoes", gardens), said("Growing tomatoes", gardens), lottery),
			want:  "..ddddd", says: "titled “Growing tomatoes”, on "},
		{name: "a person takes the new page, which stays", accept: 3, pages: then(article, said("Growing tomatoes", gardens)), want: "..ddddd", says: "“Bounded Queues in Practice”, on "},
		{name: "a parked domain", pages: then(article, said("parked.test is for sale", "<p>Buy this domain. The domain parked.test may be for sale by its owner.</p>")), want: "......."},
		{name: "a list that names the page by another word of it", title: "Backpressure explained", section: "Messaging", pages: then(article), want: "......."},
		{name: "a list whose title has nothing to do with the page", title: "Compiler internals", section: "Toolchains", path: "/llvm", pages: then(lottery),
			want: ".dddddd", says: "nothing in common with what the list says of it, “Compiler internals”"},
		{name: "a list in another language than the page", title: "Übersetzerbau für Anfänger", section: "Programmierung", path: "/llvm", pages: then(lottery), want: "......."},
		{name: "a list in Japanese whose title has nothing to do with the page", title: "コンパイラの作り方", section: "プログラミング言語", path: "/llvm",
			pages: then(fakeweb.Page{Title: "黄金の宮殿", Lang: "ja", Body: japaneseCasino}), want: ".dddddd", says: "“コンパイラの作り方”"},
		{name: "a list in Japanese with a word of the page", title: "スロットの確率を計算する", path: "/llvm",
			pages: then(fakeweb.Page{Title: "黄金の宮殿", Lang: "ja", Body: japaneseCasino}), want: "......."},
		{name: "a list in Japanese of a page in English", title: "コンパイラの作り方", section: "プログラミング言語", path: "/llvm", pages: then(lottery), want: "......."},
		{name: "a list that fits at the second look", title: "Compiler internals", section: "Toolchains", path: "/llvm", pages: then(lottery, said("Compiler internals", casino+queues)), want: "......."},
	}
}

// TestDrift tells stories of pages over half a year, to the real store and the real crawler.
func TestDrift(t *testing.T) {
	web := startWeb(t)
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	o := serviceOptions(web)
	o.Now = func() time.Time { return now }
	c := newCrawler(t, o)
	file := filepath.Join(t.TempDir(), "waymark.db")
	store := openAt(t, file)
	defer func() { store.Close() }()
	stories := stories()
	listing := catalog.Listing{File: "README.md"}
	for i, s := range stories {
		if first, ok := s.pages[0].(fakeweb.Page); ok && s.title == "" {
			s.title = first.Title
		}
		listing.Placements = append(listing.Placements, catalog.Placement{File: "README.md", Line: i + 1, Column: 1, Kind: catalog.Other,
			Title: s.title, Section: []string{s.section}, URL: storyURL(web, i, s)})
	}
	if _, err := store.Sync(t.Context(), catalog.Snapshot{Source: catalog.Source{Name: "list"}, Hash: "1", Taken: now, Listings: []catalog.Listing{listing}}); err != nil {
		t.Fatal(err)
	}
	got, last := make([]string, len(stories)), make([]string, len(stories))
	for visit := range 7 {
		for i, s := range stories {
			web.Handle(fmt.Sprintf("story%d.test", i), orDefault(s.path, "/page"), s.pages[min(visit, len(s.pages)-1)])
		}
		visitAll(t, store, c, now, len(stories))
		open := openDrift(t, store)
		for i, s := range stories {
			flag, drifted := open[storyURL(web, i, s)]
			if drifted {
				last[i] = flag.Message
			}
			got[i] += map[bool]string{true: "d", false: "."}[drifted]
			if s.accept > 0 && s.accept == visit+1 {
				_, err := store.Review(t.Context(), catalog.ReviewRequest{Finding: flag.ID, Version: flag.Version(), Decision: catalog.ReviewKept, By: "Ada"}, now)
				if err != nil {
					t.Fatalf("%s: %v", s.name, err)
				}
			}
		}
		if visit == 2 { // what is kept outlives the process
			store.Close()
			store = openAt(t, file)
		}
		now = now.Add(33 * 24 * time.Hour)
	}
	for i, s := range stories {
		if got[i] != s.want || !strings.Contains(last[i], s.says) {
			t.Errorf("%s: %s, want %s; it says %q, want %q", s.name, got[i], s.want, last[i], s.says)
		}
	}
}

func storyURL(web *fakeweb.Web, i int, s story) string {
	return web.URL(fmt.Sprintf("story%d.test", i), orDefault(s.path, "/page"))
}

func openAt(t *testing.T, file string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), file, (&logBook{}).logger())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// visitAll visits what is due and records it.
func visitAll(t *testing.T, store *sqlite.Store, c *Crawler, now time.Time, want int) {
	t.Helper()
	claims, err := store.Claim(t.Context(), catalog.ClaimRequest{Now: now, Lease: time.Minute, Limit: 1000})
	if err != nil || len(claims) != want {
		t.Fatalf("%d visits are due on %s, want %d (%v)", len(claims), now.Format(time.DateOnly), want, err)
	}
	var results []catalog.Result
	if err := c.Check(t.Context(), len(claims), at(claims), func(r catalog.Result) { results = append(results, r) }); err != nil {
		t.Fatal(err)
	}
	if err := store.Record(t.Context(), results); err != nil {
		t.Fatal(err)
	}
}

// openDrift returns the findings of drift that are open, by address.
func openDrift(t *testing.T, store *sqlite.Store) map[string]catalog.Flag {
	t.Helper()
	open := map[string]catalog.Flag{}
	for _, review := range []catalog.ReviewState{catalog.ReviewOpen, catalog.ReviewKept} {
		rows, err := store.Flags(t.Context(), catalog.FlagQuery{Kind: catalog.FindingDrifted, Review: review, Apart: true, Limit: 200}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range rows.Groups {
			for _, flag := range group.Flags {
				open[flag.Resource.URL] = flag
			}
		}
	}
	return open
}

// TestTextIsReadOnlyWhereItMayHaveChanged: what looks the same from outside, and what has no history, is not looked into.
func TestTextIsReadOnlyWhereItMayHaveChanged(t *testing.T) {
	web := startWeb(t)
	web.Handle("same.test", "/", article)
	c := newCrawler(t, options(web))
	claim := claimOf(0, web.URL("same.test", "/"))
	if r := check(t, c, claim)[0]; r.Observation.Text != nil {
		t.Errorf("a claim without history got a text: %+v", r.Observation.Text)
	}
	claim.Remembered = true
	first := check(t, c, claim)[0]
	if text := first.Observation.Text; text == nil || text.Print == nil || !slices.ContainsFunc(text.Print.Terms, func(t catalog.Term) bool { return t.Word == "queue" }) {
		t.Fatalf("the first visit found %+v", text)
	}
	claim.Standing = catalog.Standing{Verdict: first.Judgement.Verdict, Prints: first.Judgement.Prints}
	if text := check(t, c, claim)[0].Observation.Text; text == nil || !text.Same || text.Print != nil {
		t.Errorf("a page that looks the same was read again: %+v", text)
	}
}
