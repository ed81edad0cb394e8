package web_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"waymark/web"
)

// TestSinceYouLastLooked looks at the overview at several times, as one reader whose browser keeps the cookie.
func TestSinceYouLastLooked(t *testing.T) {
	now := today.AddDate(0, 0, -4)
	d := serve(t, today, func(o *web.Options) { o.Now = func() time.Time { return now } })
	cookie := ""
	look := func() string {
		t.Helper()
		w := d.do(http.MethodGet, "/", "Cookie", cookie)
		cookie, _, _ = strings.Cut(w.Header().Get("Set-Cookie"), ";")
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		return text(doc.Find("#news h2")) + " | " + text(doc.Find("#news .words, #news .none"))
	}
	if got := look(); !strings.HasPrefix(got, "In the last day | ") {
		t.Errorf("at first: %s", got)
	}
	now = now.Add(10 * time.Minute)
	if got := look(); !strings.HasPrefix(got, "In the last day | ") {
		t.Errorf("after ten minutes the same look goes on: %s", got)
	}
	now = today
	if got := look(); got != "Since you last looked, 3 days ago | Nothing turned." {
		t.Errorf("days later: %s", got)
	}
	if w := d.do(http.MethodGet, "/", "Cookie", cookie, "Waymark-Live", "1"); w.Header().Get("Set-Cookie") != "" {
		t.Error("a page that stays open looks anew by itself")
	}
	// As if the reader had looked before the last change.
	first, rest, _ := strings.Cut(strings.TrimPrefix(cookie, "seen="), ".")
	change, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	cookie = fmt.Sprintf("seen=%d.%s", change-1, rest)
	if got := look(); !strings.Contains(got, "1 began to fail") {
		t.Errorf("with %s: %s", cookie, got)
	}
	for _, odd := range []string{"seen=", "seen=1.2.3", "seen=a.b.c.d", "seen=-1.2.3.4", "seen=99999999999999999999.1.1.1"} {
		cookie = odd
		if got := look(); !strings.HasPrefix(got, "In the last day") {
			t.Errorf("%s: %s", odd, got)
		}
	}
}

func TestTreeOfASource(t *testing.T) {
	d := serve(t, today, nil)
	doc := d.open(t, "/sources/backend", 200)
	if got := text(doc.Find(".tree li > a")); got != "roadmap videos.md" {
		t.Errorf("below the source: %q", got)
	}
	folder := doc.Find(".tree li > a").First().AttrOr("href", "")
	file := d.open(t, folder, 200).Find(".tree li > a").First().AttrOr("href", "")
	inside := d.open(t, file, 200)
	if got := text(inside.Find(".crumbs")); got != "Sources / backend / roadmap" {
		t.Errorf("the way is %q", got)
	}
	if got := text(inside.Find(".tree li").First()); !strings.HasPrefix(got, "Languages 1 dead 5") {
		t.Errorf("the first heading says %q", got)
	}
	part := inside.Find(".head a[href*=branch]").Last().AttrOr("href", "")
	listed := d.open(t, part, 200)
	if got := text(listed.Find(".head .fine").First()); got != "19 resources" {
		t.Errorf("%s lists %s", part, got)
	}
	if got := text(listed.Find(".chips")); !strings.Contains(got, "part roadmap/backend.md") {
		t.Errorf("the chips say %q", got)
	}
	if got := listed.Find(".chips a[href='/resources?source=backend']").Length(); got != 1 {
		t.Error("the part cannot be taken off")
	}
	d.open(t, "/sources/nobody", 404)
	d.open(t, "/sources/backend?branch=99999", 404)
	d.open(t, "/sources/backend?branch=x", 400)
	d.open(t, "/resources?branch=x", 400)
}
