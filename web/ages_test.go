package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
)

// TestAResourceShowsWhatItsAgeRestsOn: the date, where it was read and as it is written there, the rule, and since when it
// is too old by it.
func TestAResourceShowsWhatItsAgeRestsOn(t *testing.T) {
	now := time.Now()
	d := serve(t, now, nil)
	stale := text(d.open(t, d.resource(t, "https://blog.example.net/2016"), 200).Find("#age"))
	changed := now.AddDate(0, 0, -2100)
	for _, want := range []string{
		"last changed" + changed.Format(time.DateOnly), "read from" + "structured data", "written" + changed.Format("January 2, 2006"), "confidence" + "high",
		"stale since" + changed.AddDate(0, 0, 3*365).Format(time.DateOnly), "Articles are stale after 3 years (kind article).",
	} {
		if !strings.Contains(strings.ReplaceAll(stale, " ", ""), strings.ReplaceAll(want, " ", "")) {
			t.Errorf("%q is missing in %q", want, stale)
		}
	}
	if never := text(d.open(t, d.resource(t, "https://www.postgresql.org/docs"), 200).Find("#age")); strings.Contains(never, "stale since") || !strings.Contains(never, "never stale (kind official)") {
		t.Errorf("official pages: %q", never)
	}
	unknown := d.open(t, d.resource(t, "https://go.dev/tour"), 200).Find("#age")
	if got := unknown.Find("dd").Length(); got != 1 || !strings.Contains(text(unknown), "unknown") {
		t.Errorf("a resource without a date: %q", text(unknown))
	}
}

// TestTheAgesOfASourceLeadToItsResources: behind each bar are as many resources as it counts.
func TestTheAgesOfASourceLeadToItsResources(t *testing.T) {
	d := serve(t, time.Now(), nil)
	doc := d.open(t, "/sources/backend", 200)
	bars := doc.Find(".ages li")
	if bars.Length() != len(catalog.AgeBands()) {
		t.Fatalf("%d bars", bars.Length())
	}
	if n := bars.Last().Find("rect").Length(); n != 0 || !strings.Contains(text(bars.Last()), "unknown") {
		t.Errorf("what is of unknown age has a bar beside those of an age: %s", text(bars.Last()))
	}
	known := 0
	for i, bar := range bars.EachIter() {
		href, some := bar.Find("a").Attr("href")
		if !some {
			if text(bar.Find("b")) != "0" {
				t.Errorf("%s leads nowhere", text(bar))
			}
			continue
		}
		rows := d.open(t, href, 200)
		if got, want := fmt.Sprint(rows.Find("[data-rows] tbody tr").Length()), text(bar.Find("b")); got != want {
			t.Errorf("%s has %s rows, the bar says %s", href, got, want)
		}
		if !strings.Contains(text(rows.Find(".chips")), text(bar.Find("a"))) || rows.Find(`select[name="age"] option[selected]`).Length() != 1 {
			t.Errorf("%s does not tell its filter: %s", href, text(rows.Find(".chips")))
		}
		if i < 6 && text(bar.Find("b")) != "0" {
			known++
		}
	}
	if known < 2 {
		t.Errorf("only %d bands have resources, so the test proves little", known)
	}
	if n := d.open(t, "/sources/books", 200).Find(".ages").Length(); n != 0 {
		t.Error("a source without any date has a picture of them")
	}
	if w := d.do("GET", "/resources?age=old"); w.Code != 400 {
		t.Errorf("an age that is none answers %d", w.Code)
	}
}
