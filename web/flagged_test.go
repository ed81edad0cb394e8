package web_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"waymark/catalog"
	"waymark/web"
)

// finding returns the address of the form that keeps the first finding of a page, and its version.
func decideOn(t *testing.T, doc *goquery.Document) (action, version string) {
	t.Helper()
	form := doc.Find(".decide form").First()
	action, version = form.AttrOr("action", ""), form.Find("[name=version]").AttrOr("value", "")
	if action == "" || version == "" {
		t.Fatal("there is nothing to decide on")
	}
	return action, version
}

func (d *dashboard) openAs(t *testing.T, cookie, path string) *goquery.Document {
	t.Helper()
	w := d.do("GET", path, "Cookie", cookie)
	if w.Code != 200 {
		t.Fatalf("%s: %d", path, w.Code)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestFlagged(t *testing.T) {
	d := serve(t, today, nil)
	doc := d.open(t, "/flagged", 200)
	if got := text(doc.Find(".flag .tag").First()); got != "dead" {
		t.Errorf("the first is %q, not the most harmful", got)
	}
	for selector, want := range map[string]string{
		".tabs [aria-current]": "open 5",
		".kinds":               "moved 1",
		".flag .suggest":       "https://golangweekly.com/",
		".flag code":           "roadmap/backend.md:15",
		".head a":              "Sign in",
	} {
		if got := text(doc.Find(selector)); !strings.Contains(got, want) {
			t.Errorf("%s: %q does not say %q", selector, got, want)
		}
	}
	if n := doc.Find(".decide").Length(); n != 0 {
		t.Errorf("whoever looks may decide %d times", n)
	}
	if n := d.open(t, "/flagged?kind=moved", 200).Find(".flag").Length(); n != 1 {
		t.Errorf("of a kind: %d findings", n)
	}
	for _, query := range []string{"kind=odd", "review=maybe", "source=nobody", "cursor=made-up"} {
		d.open(t, "/flagged?"+query, 400)
	}
}

func TestDecisions(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	action, version := decideOn(t, d.openAs(t, ada, "/flagged"))
	w := d.sendAs(ada, action, "decision=aside&reason=known&for=30&back=/flagged&next=7&version="+version)
	if w.Code != 303 || w.Header().Get("Location") != "/flagged#finding-7" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	cookie, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	banner := d.openAs(t, ada+"; "+cookie, "/flagged").Find(".banner.done")
	if got := text(banner); got != "Set aside “The Little MongoDB Book” until 2026-04-13. Undo" || banner.Find("form").AttrOr("action", "") == "" {
		t.Errorf("the banner says %q", got)
	}
	aside := d.openAs(t, ada, "/flagged?review=aside")
	if got := text(aside.Find(".decision")); !strings.HasPrefix(got, "Set aside by Ada just now , until 2026-04-13 : known") {
		t.Errorf("the page says %q", got)
	}
	if got := text(d.open(t, "/flagged", 200).Find(".tabs [aria-current]")); got != "open 4" {
		t.Errorf("afterwards there are %s", got)
	}
	undo := aside.Find(".decision form").AttrOr("action", "")
	if w := d.sendAs(ada, undo, ""); w.Code != 303 {
		t.Fatalf("undo: %d", w.Code)
	}
	if w := d.sendAs(ada, undo, ""); w.Code != 409 {
		t.Errorf("undone twice: %d, want 409", w.Code)
	}
	if got := text(d.open(t, "/flagged/decided", 200).Find(".decisions")); !strings.Contains(got, "Set aside by Ada") || !strings.Contains(got, "Undone by Ada") {
		t.Errorf("the history says %q", got)
	}
}

func TestEachFindingLeadsToTheNext(t *testing.T) {
	d := serve(t, today, nil)
	flags := d.openAs(t, d.signedIn(t, "Ada"), "/flagged").Find(".flag")
	flags.Each(func(i int, flag *goquery.Selection) {
		beside := i + 1
		if beside == flags.Length() {
			beside = i - 1
		}
		if got, want := "finding-"+flag.Find("[name=next]").AttrOr("value", ""), flags.Eq(beside).AttrOr("id", ""); got != want {
			t.Errorf("finding %d leads to %s, want %s", i, got, want)
		}
	})
}

func TestNothingIsSuggestedWhereALinkLandsElsewhere(t *testing.T) {
	sold := []chapter{{"README.md", []string{"Tools"}, []link{
		{"Sold", "https://sold.example/ship", catalog.Tool, led("For sale", 301, "https://parking.example/sold")},
		{"Renamed", "https://kept.example/old", catalog.Tool, led("Renamed", 301, "https://kept.example/new")},
	}}}
	s := store(t)
	times := visits(today)
	read(t, s, snapshot(catalog.Source{Name: "tools", Path: "README.md"}, sold, times[0].Add(-time.Hour)))
	for i, at := range times {
		visit(t, s, fatesOf(sold), i, times, at)
	}
	d := serveFrom(t, s, today, nil)
	doc := d.open(t, "/flagged", 200)
	if got := text(doc.Find(".flag.f-off-site .what")); !strings.HasSuffix(got, "also moved") {
		t.Errorf("the other finding is not named beside %q", got)
	}
	if got := text(doc.Find(".suggest")); got != "write instead https://kept.example/new" {
		t.Errorf("the suggestions are %q", got)
	}
	for _, path := range []string{"/api/v1/findings", "/api/v1" + d.resource(t, "https://sold.example")} {
		if told := d.do("GET", path).Body.String(); !strings.Contains(told, `moved`) || strings.Contains(told, `"suggestion":"https://parking.example`) {
			t.Errorf("%s suggests what the page does not: %s", path, told)
		}
	}
}

func TestDecisionsAreRefused(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	action, version := decideOn(t, d.openAs(t, ada, "/flagged"))
	for name, test := range map[string]struct {
		cookie, path, form string
		want               int
	}{
		"by nobody":                 {"", action, "decision=kept&version=" + version, 303},
		"undone by nobody":          {"", "/reviews/1/withdraw", "", 303},
		"on another version":        {ada, action, "decision=kept&version=old", 409},
		"on nothing":                {ada, "/findings/99999/review", "decision=kept&version=" + version, 404},
		"of no kind":                {ada, action, "decision=maybe&version=" + version, 422},
		"without a reason":          {ada, action, "decision=aside&for=7&version=" + version, 422},
		"for no time":               {ada, action, "decision=aside&reason=x&version=" + version, 422},
		"until yesterday":           {ada, action, "decision=aside&reason=x&for=date&until=2026-03-13&version=" + version, 422},
		"until a date that is none": {ada, action, "decision=aside&reason=x&for=date&until=soon&version=" + version, 422},
		"for two years":             {ada, action, "decision=aside&reason=x&for=800&version=" + version, 422},
	} {
		w := d.sendAs(test.cookie, test.path, test.form+"&back=/flagged")
		if w.Code != test.want || test.want == 303 && w.Header().Get("Location") != "/sign-in?back=%2Fflagged" {
			t.Errorf("%s: %d %s, want %d", name, w.Code, w.Header().Get("Location"), test.want)
		}
	}
	if got := text(d.open(t, "/flagged", 200).Find(".tabs [aria-current]")); got != "open 5" {
		t.Errorf("afterwards there are %s", got)
	}
}

func TestTwoPeopleDecideAtOnce(t *testing.T) {
	d := serve(t, today, nil)
	ada, ben := d.signedIn(t, "Ada"), d.signedIn(t, "Ben")
	action, version := decideOn(t, d.openAs(t, ada, "/flagged"))
	if w := d.sendAs(ada, action, "decision=kept&version="+version); w.Code != 303 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	form := url.Values{"decision": {"aside"}, "reason": {"known"}, "for": {"7"}, "version": {version}, "back": {"/flagged?review=kept"}}
	doc := d.refusedAs(t, ben, action, form, 409)
	if got := text(doc.Find("[role=alert]")); !strings.Contains(got, "somebody else decided on it") || !strings.Contains(text(doc.Find(".decision")), "by Ada") {
		t.Errorf("who is second is told %q, and shown %q", got, text(doc.Find(".decision")))
	}
	var told struct{ Findings []struct{ Version string } }
	if err := json.Unmarshal(d.do("GET", "/api/v1/findings?review=kept").Body.Bytes(), &told); err != nil || len(told.Findings) != 1 {
		t.Fatalf("%+v, %v", told, err)
	}
	form.Set("version", told.Findings[0].Version)
	if w := d.sendAs(ben, action, form.Encode()); w.Code != 303 {
		t.Errorf("having seen the decision: %d", w.Code)
	}
}

func TestWhatIsNotThereIsNamed(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	for path, want := range map[string]string{"/findings/99999/review": "no such finding", "/reviews/99999/withdraw": "no such decision",
		"/hosts/nowhere.example/review": "no source leads to it"} {
		if got := text(d.refusedAs(t, ada, path, url.Values{"decision": {"kept"}, "back": {"/flagged"}}, 404).Find("main")); !strings.Contains(got, want) {
			t.Errorf("%s says %q", path, got)
		}
	}
	if got := text(d.open(t, "/hosts/nowhere.example", 404).Find("main")); !strings.Contains(got, "leads to this host") {
		t.Errorf("a host that is none says %q", got)
	}
}

// TestAHostThatDiedIsOneFinding fills a catalog with a host of which nothing lives, and one that is well.
// serveDied is serve over a list of which one host died.
func serveDied(t *testing.T, now time.Time, change func(*web.Options)) *dashboard {
	t.Helper()
	gone := []chapter{{"README.md", []string{"Tools"}, []link{
		{"One", "https://gone.example/1", catalog.Tool, status(404)},
		{"Two", "https://gone.example/2", catalog.Tool, status(404)},
		{"Three", "https://gone.example/3", catalog.Tool, status(410)},
		{"Well", "https://well.example/", catalog.Tool, fine("Well")},
	}}}
	s := store(t)
	times := visits(now)
	read(t, s, snapshot(catalog.Source{Name: "tools", Path: "README.md"}, gone, times[0].Add(-time.Hour)))
	for i, at := range times {
		visit(t, s, fatesOf(gone), i, times, at)
	}
	return serveFrom(t, s, now, change)
}

func TestAHostThatDiedIsOneFinding(t *testing.T) {
	d := serveDied(t, today, nil)
	doc := d.open(t, "/flagged", 200)
	if got := text(doc.Find(".flags.host h2").First()); got != "Nothing lives on gone.example any more" {
		t.Errorf("the group says %q", got)
	}
	if n := doc.Find(".flags.host .flag").Length(); n != 3 {
		t.Errorf("%d findings are in the group, want 3", n)
	}
	if n := d.open(t, "/flagged?host=gone.example", 200).Find(".flags.host").Length(); n != 0 {
		t.Error("the findings of one host are grouped again")
	}
}

func TestAMissingPartIsOfTheLinksToItAlone(t *testing.T) {
	manual := func(url string, i, n int) catalog.Observation {
		o := fine("Manual")(url, i, n)
		o.Missing = []string{"securty"}
		return o
	}
	list := []chapter{{"README.md", []string{"Tools"}, []link{
		{"Security", "https://doc.example/#securty", catalog.Tool, manual},
		{"Setup", "https://doc.example/#setup", catalog.Tool, manual},
		{"Use", "https://doc.example/#use", catalog.Tool, manual},
	}}}
	s := store(t)
	times := visits(today)
	read(t, s, snapshot(catalog.Source{Name: "tools", Path: "README.md"}, list, times[0].Add(-time.Hour)))
	for i, at := range times {
		visit(t, s, fatesOf(list), i, times, at)
	}
	if got := text(serveFrom(t, s, today, nil).open(t, "/flagged?kind=missing-anchor", 200).Find(".flag .words > .fine")); got != "tools README.md:7" {
		t.Errorf("it is said to be at %q", got)
	}
}
