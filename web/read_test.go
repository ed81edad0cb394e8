package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"waymark/catalog"
	"waymark/web"
)

func TestOverview(t *testing.T) {
	doc := serve(t, today, nil).open(t, "/", 200)
	for selector, want := range map[string]string{
		"#lead .say":                   "of 101 resources work",
		"#lead .legend":                "dead 2",
		"#needs":                       "off-site 1",
		"#sources .list:first-of-type": "backend",
		"#sore .sections":              "2 dead",
		"#now .visiting":               "go.dev fetching",
		"#now .well":                   "2 visits under way",
		"#news h2":                     "In the last day",
		"#news .words":                 "1 began to fail",
		"#news .timeline":              "Notes on queues",
		"#news .timeline li .turn":     "ok → failing",
	} {
		if got := text(doc.Find(selector)); !strings.Contains(got, want) {
			t.Errorf("%s: %q does not say %q", selector, got, want)
		}
	}
	if n := doc.Find("#offline .banner").Length(); n != 0 {
		t.Error("says that it is offline")
	}
}

func TestOverviewSaysWhichSourceWasNotRead(t *testing.T) {
	d := serve(t, today, nil)
	const backend = "#sources .list:first-child .figures a[title]"
	if n := d.open(t, "/", 200).Find(backend).Length(); n != 0 {
		t.Errorf("a source that was read is said not to be")
	}
	if err := d.store.SyncFailed(t.Context(), catalog.Source{Name: "backend"}, "no route to host", today.Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	said := d.open(t, "/", 200).Find(backend)
	if text(said) != "not read, 2 h ago" || said.AttrOr("title", "") != "no route to host" || said.AttrOr("href", "") != "/sources/backend" {
		t.Errorf("says %q", text(said))
	}
}

func TestAListsOwnFileIsARowWithoutATick(t *testing.T) {
	s := store(t)
	list := []chapter{{"README.md", []string{"Tools"}, []link{{"the setup", "docs/guide.md#setup", catalog.Other, nil}}},
		{"README.md", []string{"Tools"}, []link{{"broken", "http://load test.example/", catalog.Other, nil}}}}
	read(t, s, snapshot(catalog.Source{Name: "tools", Path: "README.md"}, list, today))
	rows := serveFrom(t, s, today, nil).open(t, "/resources", 200).Find(".rows tbody tr")
	row := rows.Last() // the first that was added
	if n := rows.Find("input").Length(); n != 0 {
		t.Errorf("%d rows without a host can be ticked", n)
	}
	if got := text(row.Find(".c-main a")); got != "guide.md" {
		t.Errorf("it is called %q", got)
	}
}

func TestOverviewSaysTheNextStep(t *testing.T) {
	d := serveFrom(t, store(t), today, nil)
	if got := text(d.open(t, "/", 200).Find("main")); !strings.Contains(got, "sources: - name:") {
		t.Errorf("does not say how to add a list: %s", got)
	}
}

func TestOfflineIsSaidOnEveryPage(t *testing.T) {
	d := serve(t, today, nil)
	d.crawler.set(catalog.Activity{Offline: "48 of the last 50 sites could not be reached"})
	for _, path := range []string{"/", "/resources", "/resources/1", "/sources", "/nowhere"} {
		want := http.StatusOK
		if path == "/nowhere" {
			want = http.StatusNotFound
		}
		if got := text(d.open(t, path, want).Find("#offline")); !strings.Contains(got, "48 of the last 50 sites") {
			t.Errorf("%s: %q", path, got)
		}
	}
}

func TestTroubleWithTheDatabaseIsSaid(t *testing.T) {
	d := serve(t, today, nil)
	d.crawler.set(catalog.Activity{Stuck: true})
	if got := text(d.open(t, "/", http.StatusOK).Find("#offline")); !strings.Contains(got, "cannot write to its database") {
		t.Errorf("the overview does not tell of a full disk: %q", got)
	}
}

func TestFilters(t *testing.T) {
	d := serve(t, today, nil)
	for _, test := range []struct {
		query string
		want  int // rows on the first page
		chips []string
	}{
		{"", 50, nil},
		{"limit=7", 7, nil},
		{"state=dead", 2, []string{"state dead"}},
		{"finding=moved", 1, []string{"finding moved"}},
		{"source=tools", 2, []string{"source tools"}},
		{"section=Databases", 6, []string{"section Databases"}},
		{"host=go.dev", 2, []string{"host go.dev"}},
		{"kind=video", 3, []string{"kind video"}},
		{"text=postgres", 1, []string{"text postgres"}},
		{"source=backend&state=ok&kind=official", 4, []string{"state ok", "source backend", "kind official"}},
		{"text=nothing+is+called+so", 0, []string{"text nothing is called so"}},
	} {
		doc := d.open(t, "/resources?"+test.query, 200)
		if got := doc.Find(".rows tbody tr").Length(); got != test.want {
			t.Errorf("%s: %d rows, want %d", test.query, got, test.want)
		}
		var chips []string
		doc.Find(".chips a:not(.clear)").Each(func(_ int, s *goquery.Selection) {
			chips = append(chips, strings.TrimSuffix(text(s), " remove"))
		})
		if !slices.Equal(chips, test.chips) {
			t.Errorf("%s: chips %q, want %q", test.query, chips, test.chips)
		}
	}
}

func TestChipsRemoveOnlyThemselves(t *testing.T) {
	d := serve(t, today, nil)
	doc := d.open(t, "/resources?source=backend&state=ok&sort=turned", 200)
	got, _ := doc.Find(".chips a").First().Attr("href")
	if want := "/resources?sort=turned&source=backend"; got != want {
		t.Errorf("without the first chip: %s, want %s", got, want)
	}
	if got := text(doc.Find(".filters option[selected]")); got != "backend turned last" {
		t.Errorf("the form stands on %q", got)
	}
}

func TestStatesAreCountedWhereNothingElseIsFiltered(t *testing.T) {
	d := serve(t, today, nil)
	for path, want := range map[string]string{
		"/resources":                "all 108 ok 97 failing 2 dead 2 blocked 2 unchecked 2 skipped 3",
		"/resources?state=dead":     "all 108 ok 97 failing 2 dead 2 blocked 2 unchecked 2 skipped 3",
		"/resources?source=backend": "all ok failing dead blocked unchecked skipped",
	} {
		if got := text(d.open(t, path, 200).Find("#states")); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if got := text(d.open(t, "/resources?state=dead", 200).Find("tbody .c-open")); got != "" {
		t.Errorf("the findings of dead ones repeat their state: %q", got)
	}
}

func TestASearchIsSortedByWhatWasAdded(t *testing.T) {
	d := serve(t, today, nil)
	for query, want := range map[string]string{"": "turned last", "text=go": "added last", "text=go&sort=url": "address", "sort=due": "next visit"} {
		doc := d.open(t, "/resources?"+query, 200)
		got := text(doc.Find("[name=sort] [selected]"))
		if got == "" {
			got = text(doc.Find("[name=sort] option").First()) // the choice of none
		}
		if got != want {
			t.Errorf("%q stands on %q, want %q", query, got, want)
		}
	}
	if got := d.do("GET", "/resources?text=go&sort=url&state=").Header().Get("Location"); got != "/resources?sort=url&text=go" {
		t.Errorf("the chosen order became %s", got)
	}
}

func TestAllResourcesAreSortedByWhatTurnedLast(t *testing.T) {
	d := serve(t, today, nil)
	doc := d.open(t, "/resources", 200)
	visited := doc.Find(".rows tbody tr").Not(":has(.s-unchecked)") // what is new stands before it
	if got := text(visited.Find(".c-main").First()); !strings.HasPrefix(got, "Notes on queues") {
		t.Errorf("the first is %q, not what turned last", got)
	}
	sort := func(path string) string { return text(d.open(t, path, 200).Find("[name=sort] option").First()) }
	if all, part := sort("/resources"), sort("/resources?kind=book"); all != "turned last" || part != "address" {
		t.Errorf("by default all is sorted by %q, a part by %q", all, part)
	}
	if got := d.open(t, "/resources?sort=url", 200).Find("[name=sort] option[selected]").AttrOr("value", ""); got != "url" {
		t.Errorf("by address is shown as %q", got)
	}
	if w := d.do(http.MethodGet, "/resources?kind=book&sort="); w.Code != 303 || w.Header().Get("Location") != "/resources?kind=book" {
		t.Errorf("the form leads to %d %s", w.Code, w.Header().Get("Location"))
	}
}

func TestEmptyFieldsLeaveTheAddress(t *testing.T) {
	w := serve(t, today, nil).do("GET", "/resources?text=&state=&finding=&source=books&sort=url")
	if got, want := w.Header().Get("Location"), "/resources?source=books"; w.Code != 303 || got != want {
		t.Errorf("%d %s, want 303 %s", w.Code, got, want)
	}
}

func TestUnknownValuesAreNamed(t *testing.T) {
	d := serve(t, today, nil)
	for query, want := range map[string]string{
		"state=broken":                        "failing",
		"finding=gone":                        "off-site",
		"kind=website":                        "opensource",
		"sort=name":                           "checked",
		"source=nobody":                       "backend",
		"limit=501":                           "1 to 500",
		"limit=many":                          "1 to 500",
		"cursor=made-up":                      "cursor",
		"text=" + strings.Repeat("x", 501):    "500",
		"host=" + url.QueryEscape("\xff\xfe"): "host",
	} {
		name, _, _ := strings.Cut(query, "=")
		page := text(d.open(t, "/resources?"+query, 400).Find("main"))
		if !strings.Contains(page, name) || !strings.Contains(page, want) {
			t.Errorf("%s: the page names neither parameter nor values: %s", query, page)
		}
		if w := d.do("GET", "/api/v1/resources?"+query); w.Code != 400 || !strings.Contains(w.Body.String(), name) {
			t.Errorf("%s: the API answers %d %s", query, w.Code, w.Body)
		}
	}
}

func TestCursorsVisitEveryResourceOnce(t *testing.T) {
	d := serve(t, today, nil)
	seen := map[string]int{}
	path := "/resources?limit=9&sort=checked"
	for pages := 0; path != ""; pages++ {
		if pages > 20 {
			t.Fatal("the pages do not end")
		}
		doc := d.open(t, path, 200)
		doc.Find(".rows .c-main a").Each(func(_ int, s *goquery.Selection) { seen[s.AttrOr("href", "")]++ })
		path = doc.Find(".pager a[rel=next]").AttrOr("href", "")
	}
	for page, times := range seen {
		if times != 1 {
			t.Errorf("%s was shown %d times", page, times)
		}
	}
	o, err := d.store.Overview(t.Context(), today)
	if err != nil {
		t.Fatal(err)
	}
	if want := o.Catalog.Total(); len(seen) != want {
		t.Errorf("%d resources shown, want %d", len(seen), want)
	}
}

func TestResource(t *testing.T) {
	d := serve(t, today, nil)
	doc := d.open(t, d.resource(t, "http://golangweekly"), 200)
	for selector, want := range map[string]string{
		"h1":              "Golang Weekly",
		"#verdict .state": "ok",
		"#verdict .facts": "next visit",
		".findings":       "Permanently redirected to https://golangweekly.com/.",
		".findings a":     "golangweekly.com",
		".places code":    "roadmap/backend.md:13",
		".places .fine":   "Languages",
		"blockquote":      "- [ Golang Weekly ]( http://golangweekly.com/ ) - as the list has it.",
		"blockquote mark": "Golang Weekly",
		".hops":           "301 http://golangweekly.com/ 60 ms 200 golangweekly.com",
		"#page .facts":    "lands on golangweekly.com",
		"#changes":        "moved found",
		".raw":            `"location": "https://golangweekly.com/"`,
	} {
		if got := text(doc.Find(selector)); !strings.Contains(got, want) {
			t.Errorf("%s: %q does not say %q", selector, got, want)
		}
	}
	if got := doc.Find(".strip li a .tip").Length(); got != 14 {
		t.Errorf("%d visits in the strip, want 14", got)
	}
}

func TestCheckNow(t *testing.T) {
	d := serve(t, today, nil)
	page := d.resource(t, "https://effectivepython")
	if got := text(d.open(t, page, 200).Find("#verdict button")); got != "Check now" {
		t.Fatalf("the button says %q", got)
	}
	w := d.do("POST", page+"/check", "Sec-Fetch-Site", "same-origin")
	if w.Code != 303 || w.Header().Get("Location") != page {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Location"))
	}
	if got := text(d.open(t, page, 200).Find("#verdict .pending")); got != "Due, next in line" {
		t.Errorf("afterwards the page says %q", got)
	}
	if d.crawler.woken != 1 {
		t.Errorf("the crawler was woken %d times", d.crawler.woken)
	}
}

func TestReadOnly(t *testing.T) {
	d := serve(t, today, func(o *web.Options) { o.Writer, o.Syncer = nil, nil })
	for _, path := range []string{"/resources/1", "/sources"} {
		if n := d.open(t, path, 200).Find("main button").Length(); n != 0 {
			t.Errorf("%s offers %d buttons that do nothing", path, n)
		}
	}
	for _, path := range []string{"/resources/1/check", "/sources/books/sync", "/sources/books/pause", "/hosts/go.dev/resume", "/pause"} {
		if w := d.do("POST", path); w.Code != 403 {
			t.Errorf("POST %s: %d, want 403", path, w.Code)
		}
	}
}

func TestSources(t *testing.T) {
	d := serve(t, today, nil)
	doc := d.open(t, "/sources", 200)
	for selector, want := range map[string]string{
		"#backend .location": "git.example.org/roads/backend.git@main",
		"#backend .facts":    "read 40 min ago files 2 placements 22",
		"#backend .problems": "roadmap/backend.md:212:9",
		"#tools .alert":      "503 Service Unavailable",
		"#books .facts":      "in order 100%",
	} {
		if got := text(doc.Find(selector)); !strings.Contains(got, want) {
			t.Errorf("%s: %q does not say %q", selector, got, want)
		}
	}
	if w := d.do("POST", "/sources/books/sync"); w.Code != 303 || w.Header().Get("Location") != "/sources#books" {
		t.Errorf("sync: %d %s", w.Code, w.Header().Get("Location"))
	}
	if !slices.Equal(d.syncer.asked, []string{"books"}) {
		t.Errorf("asked to sync %q", d.syncer.asked)
	}
}

func TestHostileTextsStayText(t *testing.T) {
	d := serve(t, today, nil)
	for _, path := range []string{"/", "/resources?source=backend", "/flagged", "/sources", "/sources/backend", "/hosts",
		"/crawler", d.resource(t, "https://hostile"), d.resource(t, "javascript:")} {
		if body := d.do("GET", path).Body.String(); strings.ContainsAny(body, "\u202e\x1b\u009b") {
			t.Errorf("%s: a character that fools whoever reads it", path)
		}
		doc := d.open(t, path, 200)
		if n := doc.Find("script:not([src]), img, [onerror], [style], style").Length(); n != 0 {
			t.Errorf("%s: %d elements that no template wrote", path, n)
		}
		doc.Find("[href]").Each(func(_ int, s *goquery.Selection) {
			href := s.AttrOr("href", "")
			if !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "http") {
				t.Errorf("%s: a link to %s", path, href)
			}
			if strings.HasPrefix(href, "http") && s.AttrOr("rel", "") != "noopener noreferrer nofollow" {
				t.Errorf("%s: a bare link to %s", path, href)
			}
		})
	}
	if got := d.open(t, d.resource(t, "https://hostile"), 200).Find("h1 bdi").Text(); got != shownTitle {
		t.Errorf("the title became %q", got)
	}
}

func TestTheme(t *testing.T) {
	d := serve(t, today, nil)
	for cookie, want := range map[string]string{"": "system", "theme=dark": "dark", "theme=light": "light", `theme="><script>`: "system"} {
		w := d.do("GET", "/", "Cookie", cookie)
		if !strings.Contains(w.Body.String(), `<html lang="en" data-theme="`+want+`"`) {
			t.Errorf("with the cookie %q the theme is not %s", cookie, want)
		}
	}
}

func TestThemeIsKeptWithoutScript(t *testing.T) {
	d := serve(t, today, nil)
	for _, test := range []struct {
		form     string
		want     int
		location string
	}{
		{"theme=dark&back=%2Fresources%3Fstate%3Dok", 303, "/resources?state=ok"},
		{"theme=dark&back=https%3A%2F%2Fevil.example", 303, "/"},
		{"theme=dark&back=%2F%2Fevil.example", 303, "/"},
		{"theme=dark&back=%2F%5Cevil.example", 303, "/"},
		{"theme=plaid", 400, ""},
	} {
		w := d.send("/theme", test.form)
		if got := w.Header().Get("Location"); w.Code != test.want || got != test.location {
			t.Errorf("%s: %d %q, want %d %q", test.form, w.Code, got, test.want, test.location)
		}
		if kept := strings.HasPrefix(w.Header().Get("Set-Cookie"), "theme=dark;"); kept != (test.want == 303) {
			t.Errorf("%s: Set-Cookie: %s", test.form, w.Header().Get("Set-Cookie"))
		}
	}
}
