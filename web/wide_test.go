package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"waymark/catalog"
)

// TestWordsWithoutASpaceFit: names, titles and addresses come from elsewhere, and may be one long word. The widths are a phone,
// and the least of each layout.
func TestWordsWithoutASpaceFit(t *testing.T) {
	long := func(s string, n int) string { return strings.Repeat(s, n) }
	host := long("h", 60) + "." + long("i", 60) + ".example"
	name, now := long("n", catalog.LongestName), time.Now()
	list := []chapter{{long("f", 120) + ".md", []string{long("S", 200), long("T", 200)}, []link{
		{long("W", 300), "https://" + host + "/" + long("p", 400), catalog.Tool, status(404)},
		{"Two", "https://" + host + "/2", catalog.Tool, status(404)},
		{"Three", "https://" + host + "/3", catalog.Tool, status(404)},
		{long("M", 300), "https://moved.example/" + long("q", 900) + "?" + long("r", 900), catalog.Tool, fine(long("Z", 300))},
	}}}
	s := store(t)
	times := visits(now)
	read(t, s, snapshot(catalog.Source{Name: name, Path: long("f", 120) + ".md"}, list, times[0].Add(-time.Hour)))
	for i, at := range times {
		visit(t, s, fatesOf(list), i, times, at)
	}
	if err := s.Pause(t.Context(), catalog.Pause{Host: host, Since: now, By: long("b", 80), Why: long("w", 400)}); err != nil {
		t.Fatal(err)
	}
	d := serveFrom(t, s, now, nil)
	at, ctx := start(t, d), chromium(t)
	long1, long2 := d.resource(t, "https://"+host), d.resource(t, "https://moved.example")
	for _, page := range []string{"/", "/resources", "/resources?source=" + name + "&text=" + long("x", 500), "/flagged", "/hosts", "/hosts/" + host,
		"/sources", "/sources/" + name, "/crawler", "/settings", "/nowhere", "/resources?state=" + long("y", 500), long1, long2} {
		for _, width := range []int64{360, 737, 929, 1025} {
			if err := chromedp.Do(ctx, viewport(width), chromedp.Navigate(at+page)); err != nil {
				t.Fatal(err)
			}
			wide, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](tooWide))
			if err != nil {
				t.Fatal(err)
			}
			if len(wide) > 0 {
				t.Errorf("%.60s: %d elements are wider than %d, such as %s", page, len(wide), width, wide[len(wide)-1])
			}
		}
	}
}
