package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// refusedAs posts a form and reads the page that answers.
func (d *dashboard) refusedAs(t *testing.T, cookie, path string, form url.Values, want int) *goquery.Document {
	t.Helper()
	w := d.sendAs(cookie, path, form.Encode())
	if w.Code != want {
		t.Fatalf("%s: %d, want %d", path, w.Code, want)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestARefusedDecisionKeepsWhatWasEntered(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	action, version := decideOn(t, d.openAs(t, ada, "/flagged"))
	form := url.Values{"decision": {"aside"}, "reason": {"known"}, "for": {"date"}, "until": {""}, "version": {version}, "back": {"/flagged?kind=dead"}}
	doc := d.refusedAs(t, ada, action, form, 422)
	for selector, want := range map[string]string{
		".banner[role=alert]":   "year, month and day",
		".decide .wrong":        "year, month and day",
		".kinds [aria-current]": "dead",
	} {
		if got := text(doc.Find(selector)); !strings.Contains(got, want) {
			t.Errorf("%s: %q does not say %q", selector, got, want)
		}
	}
	open := doc.Find(".decide details[open]")
	if open.Length() != 1 || open.Find("[name=reason]").AttrOr("value", "") != "known" || open.Find("[name=until][aria-invalid=true]").Length() != 1 {
		t.Errorf("%d forms are open, or what was entered is lost", open.Length())
	}
	if at := doc.Find("html").AttrOr("data-at", ""); at != "/flagged?kind=dead" {
		t.Errorf("the page takes itself to be at %q", at)
	}
	if back := doc.Find(`[action="/sign-out"] [name=back]`).AttrOr("value", ""); back != "/flagged?kind=dead" {
		t.Errorf("signing out leads to %q", back)
	}
	both := d.refusedAs(t, ada, action, url.Values{"decision": {"aside"}, "for": {"date"}, "back": {"/flagged"}}, 422)
	if n := both.Find(".decide .wrong").Length(); n != 2 {
		t.Errorf("%d fields are said to be wrong, want both", n)
	}
	form.Set("until", today.AddDate(0, 0, 9).Format("2006-01-02"))
	form.Set("version", "old")
	if got := text(d.refusedAs(t, ada, action, form, 409).Find(".banner[role=alert]")); !strings.Contains(got, "changed") {
		t.Errorf("what changed meanwhile: %q", got)
	}
}

func TestADateThatWasEnteredHolds(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	action, version := decideOn(t, d.openAs(t, ada, "/flagged"))
	day := today.AddDate(0, 0, 9).Format("2006-01-02")
	if w := d.sendAs(ada, action, "decision=aside&reason=known&for=30&until="+day+"&version="+version); w.Code != 303 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if got := text(d.openAs(t, ada, "/flagged?review=aside").Find(".decision")); !strings.Contains(got, "until "+day) {
		t.Errorf("the page says %q", got)
	}
}

func TestNothingTickedGoesBackToTheList(t *testing.T) {
	d := serve(t, today, nil)
	doc := d.refusedAs(t, "", "/resources/check", url.Values{"back": {"/resources?state=dead"}}, 400)
	if got := text(doc.Find(".banner[role=alert]")); !strings.Contains(got, "Tick one or more rows") || doc.Find("[data-rows]").Length() != 1 {
		t.Errorf("it says %q", got)
	}
}

func TestNoPageLeadsToWhatIsNone(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	for _, back := range []string{"/findings/13/review", "/events", "//evil.example", "nowhere"} {
		if w := d.sendAs(ada, "/theme", url.Values{"theme": {"dark"}, "back": {back}}.Encode()); w.Header().Get("Location") != "/" {
			t.Errorf("%s leads to %s", back, w.Header().Get("Location"))
		}
	}
	doc := d.refusedAs(t, ada, "/findings/99999/review", url.Values{"decision": {"kept"}, "back": {"/flagged?kind=dead"}}, 404)
	if doc.Find(`.ways a[href="/flagged?kind=dead"]`).Length() != 1 {
		t.Error("the error leads nowhere")
	}
}

func TestARefusedSourceKeepsWhatWasEntered(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	form := url.Values{"where": {"url"}, "name": {strings.Repeat("n", 81)}, "address": {"file:///etc/passwd"}, "back": {"/sources"}}
	doc := d.refusedAs(t, ada, "/sources", form, 422)
	if n := doc.Find("#add .wrong").Length(); n != 2 || doc.Find("#add [name=where][value=url][checked]").Length() != 1 ||
		doc.Find("#add [name=address]").AttrOr("value", "") != "file:///etc/passwd" {
		t.Errorf("%d fields are said to be wrong, or what was entered is lost", n)
	}
	if w := d.sendAs(ada, "/sources", "where=git&address=https://git.example/lists/awesome-brokers.git"); w.Code != 303 {
		t.Fatalf("without a name: %d", w.Code)
	}
	if w := d.do("GET", "/sources/awesome-brokers"); w.Code != 200 {
		t.Errorf("the source is not named after its address: %d", w.Code)
	}
}
