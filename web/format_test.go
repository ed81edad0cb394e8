package web

import (
	"strings"
	"testing"
	"time"

	"waymark/catalog"
)

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "−1,234"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestPercentHidesNoExtreme(t *testing.T) {
	for _, test := range []struct {
		part, whole int
		want        string
	}{
		{0, 0, "–"}, {0, 10, "0%"}, {10, 10, "100%"}, {999_999, 1_000_000, "99.9%"}, {1, 1_000_000, "0.1%"},
		{1, 2, "50%"}, {2, 3, "66.6%"},
	} {
		if got := percent(test.part, test.whole); got != test.want {
			t.Errorf("percent(%d, %d) = %s, want %s", test.part, test.whole, got, test.want)
		}
	}
}

func TestRelativeTimes(t *testing.T) {
	const day = 24 * time.Hour
	now := time.Date(2026, 3, 14, 15, 0, 0, 0, time.UTC)
	for ago, want := range map[time.Duration]string{
		0: "just now", 59 * time.Second: "just now", -3 * time.Second: "just now", -30 * time.Second: "in a moment", time.Minute: "1 min ago",
		90 * time.Minute: "1 h ago", -3 * time.Hour: "in 3 h", 30 * time.Hour: "1 day ago", 59 * day: "59 days ago",
		-90 * day: "in 3 months", 800 * day: "2 years ago",
	} {
		if got := relative(now.Add(-ago), now); got != want {
			t.Errorf("%s: %s, want %s", ago, got, want)
		}
	}
}

func TestWhatComesAndWhatLasts(t *testing.T) {
	now := time.Date(2026, 3, 14, 15, 0, 0, 0, time.UTC)
	for ahead, want := range map[time.Duration]string{
		-time.Hour: ">due<", 0: ">due<", 4 * time.Second: ">due<", 20 * time.Second: ">in a moment<", 3 * time.Hour: ">in 3 h<",
	} {
		if got := string(coming(now, now.Add(ahead))); !strings.Contains(got, want) || !strings.Contains(got, " data-due ") {
			t.Errorf("what comes in %s: %s, want %s", ahead, got, want)
		}
	}
	for ago, want := range map[time.Duration]string{0: ">less than a minute<", 2 * time.Minute: ">2 min<", 30 * time.Hour: ">1 day<"} {
		if got := string(lasting(now, now.Add(-ago))); !strings.Contains(got, want) || !strings.Contains(got, " data-lasting ") {
			t.Errorf("what lasts since %s: %s, want %s", ago, got, want)
		}
	}
}

func TestOutboundLeadsToTheWebOnly(t *testing.T) {
	for address, want := range map[string]bool{
		"https://go.dev/": true, "http://go.dev/": true, "HTTPS://go.dev/": true, "javascript:alert(1)": false,
		"data:text/html,x": false, "mailto:a@example.org": false, "//evil.example/": false, "docs/README.md": false,
		"https:": false, "vbscript:x": false, "\x01javascript:alert(1)": false, "": false,
	} {
		if got := outbound(address) != ""; got != want {
			t.Errorf("outbound(%q): %t, want %t", address, got, want)
		}
	}
}

func TestShortenKeepsHostAndEnd(t *testing.T) {
	for _, test := range []struct{ address, want string }{
		{"https://go.dev/", "go.dev"},
		{"http://go.dev/", "http://go.dev/"},
		{"https://example.org/a/very/long/path/to/the/last-part.html", "example.org/a/very/…ast-part.html"},
	} {
		if got := shorten(test.address, 33); got != test.want {
			t.Errorf("shorten(%s) = %s, want %s", test.address, got, test.want)
		}
	}
}

func TestBarFillsItsWidth(t *testing.T) {
	for _, states := range []map[catalog.State]int{
		{catalog.OK: 1},
		{catalog.OK: 1_000_000, catalog.Dead: 1},
		{catalog.OK: 1, catalog.Failing: 1, catalog.Dead: 1, catalog.Blocked: 1, catalog.Unchecked: 1, catalog.Skipped: 1},
	} {
		end := 0
		for _, s := range bar(catalog.Health{States: states}) {
			if s.Width < barNarrowed {
				t.Errorf("%v: %s is %d wide: it cannot be seen", states, s.State, s.Width)
			}
			if s.X < end {
				t.Errorf("%v: %s begins at %d, before %d", states, s.State, s.X, end)
			}
			end = s.X + s.Width
		}
		if end != barWidth {
			t.Errorf("%v: ends at %d, want %d", states, end, barWidth)
		}
	}
	if got := bar(catalog.Health{}); got != nil {
		t.Errorf("an empty list has segments: %v", got)
	}
}
