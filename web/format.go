package web

import (
	"fmt"
	"html/template"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"waymark/catalog"
)

// number writes an integer with thousands separators.
func number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// count writes a number with its noun in the right form; plurals are formed by adding an s.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}

// amount writes a number that was counted as far as it matters, with its noun.
func amount(a catalog.Amount, noun string) string {
	if a.More {
		return number(a.Count) + "+ " + noun + "s"
	}
	return count(a.Count, noun)
}

// percent writes a share in percent. It never rounds up to 100, nor down to 0: one dead link in ten thousand
// is still to be seen.
func percent(part, whole int) string {
	switch {
	case whole == 0:
		return "–"
	case part == whole:
		return "100%"
	case part == 0:
		return "0%"
	}
	share := math.Floor(1000*float64(part)/float64(whole)) / 10
	share = min(max(share, 0.1), 99.9)
	if share == math.Trunc(share) {
		return fmt.Sprintf("%.0f%%", share)
	}
	return fmt.Sprintf("%.1f%%", share)
}

// span writes a duration in its largest fitting unit.
func span(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "<1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return rough(d)
}

// rough writes a duration of minutes and more as people say it. The script in static/time.js counts the same.
func rough(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < day:
		return fmt.Sprintf("%d h", int(d.Hours()))
	case d < 2*day:
		return "1 day"
	case d < 60*day:
		return fmt.Sprintf("%d days", int(d/day))
	case d < 730*day:
		return fmt.Sprintf("%d months", int(d/(30*day)))
	}
	return fmt.Sprintf("%d years", int(d/(365*day)))
}

// relative writes a time as seen from now. Clocks that differ by seconds do not turn what was into what will be.
func relative(t, now time.Time) string {
	switch d := now.Sub(t); {
	case d > -5*time.Second && d < time.Minute:
		return "just now"
	case d <= 0 && d > -time.Minute:
		return "in a moment"
	case d < 0:
		return "in " + rough(-d)
	default:
		return rough(d) + " ago"
	}
}

// exact writes a time in full, in UTC; the script words it in the reader's zone.
func exact(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") + " UTC" }

// moment is a time element: relative for reading, exact on hover and for machines.
func moment(now, t time.Time) template.HTML {
	if t.IsZero() {
		return `<span class="none">never</span>`
	}
	text := relative(t, now)
	return template.HTML(fmt.Sprintf(`<time datetime="%s" title="%s">%s</time>`, t.UTC().Format(time.RFC3339), exact(t), text))
}

// coming is a time element of what is to happen: when its time is there, it is due.
func coming(now, t time.Time) template.HTML {
	text := "due"
	if t.Sub(now) > 5*time.Second {
		text = relative(t, now)
	}
	return worded(t, "data-due", text)
}

// lasting is a time element of what goes on since a time, by how long that is.
func lasting(now, t time.Time) template.HTML {
	if t.IsZero() {
		return ""
	}
	text := "less than a minute"
	if d := now.Sub(t); d >= time.Minute {
		text = rough(d)
	}
	return worded(t, "data-lasting", text)
}

// worded is a time element with the attribute that tells static/time.js how to keep its words true.
func worded(t time.Time, attribute, text string) template.HTML {
	return template.HTML(fmt.Sprintf(`<time datetime="%s" %s title="%s">%s</time>`, t.UTC().Format(time.RFC3339), attribute, exact(t), text))
}

// day writes the date of a page, whose hour means nothing.
func day(t time.Time) template.HTML {
	if t.IsZero() {
		return `<span class="none">unknown</span>`
	}
	date := t.UTC().Format(time.DateOnly)
	return template.HTML(fmt.Sprintf(`<time datetime="%s" data-exact>%s</time>`, date, date))
}

// outbound returns an address that may become a link: http and https alone. Lists and pages can name any other
// scheme, such as javascript.
func outbound(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return address
}

// shorten cuts an address in its middle to at most n characters, as its host and its last part tell the most.
// The scheme is left out where it is https.
func shorten(address string, n int) string {
	text := strings.TrimPrefix(address, "https://")
	if text != address && strings.Count(text, "/") == 1 {
		text = strings.TrimSuffix(text, "/")
	}
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	runes := []rune(text)
	head := n * 6 / 10
	tail := n - head - 1
	return string(runes[:head]) + "…" + string(runes[len(runes)-tail:])
}

// size writes a number of bytes.
func size(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	default:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
}

// words turns a closed set into texts.
func words[T ~string](set []T) []string {
	list := make([]string, len(set))
	for i, w := range set {
		list[i] = string(w)
	}
	return list
}

// stateText is a sentence for each state, for tooltips and legends.
func stateText(s catalog.State) string {
	return map[catalog.State]string{
		catalog.OK:        "The page is there.",
		catalog.Failing:   "Something is wrong, not yet confirmed.",
		catalog.Dead:      "Gone, confirmed over time.",
		catalog.Blocked:   "The host answers but does not let us judge.",
		catalog.Unchecked: "Not judged yet.",
		catalog.Skipped:   "Never visited, on purpose.",
	}[s]
}
