package page

import (
	"net/http"
	"strings"
	"time"
)

// Where Page.Modified was read: the values of Page.ModifiedFrom.
const (
	FromJSONLD       = "json-ld"       // structured data (schema.org)
	FromMeta         = "meta"          // article:modified_time and its kin
	FromLastModified = "last-modified" // the header
)

// earliest is the first date that a page is believed to be of: the web is not older.
func earliest() time.Time { return time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC) }

// modified returns when a document was last changed, else published, and where that was read. What the page
// says itself stands above the header, which most servers set to the time of deployment; a change stands above
// a publication wherever either is named.
func modified(h http.Header, found facts, text texts) (time.Time, string) {
	limit := future(h)
	structured := readJSONLD(found.jsonLD, text, limit)
	for _, c := range []struct {
		at   time.Time
		from string
	}{
		{structured.modified, FromJSONLD},
		{parseDate(text.attribute(found.modifiedMeta), limit), FromMeta},
		{structured.published, FromJSONLD},
		{parseDate(text.attribute(found.publishedMeta), limit), FromMeta},
	} {
		if !c.at.IsZero() {
			return c.at, c.from
		}
	}
	if t, ok := lastModified(h); ok {
		return t, FromLastModified
	}
	return time.Time{}, ""
}

// lastModified returns the Last-Modified header where it can be believed: one that is younger than a minute
// when the answer is made only says that the page was made for this visit.
func lastModified(h http.Header) (time.Time, bool) {
	t, err := http.ParseTime(h.Get("Last-Modified"))
	if err != nil || t.Before(earliest()) {
		return time.Time{}, false
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil && t.After(date.Add(-time.Minute)) {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// future returns the time from which on a date is refused, a day behind the Date header, so that time zones do
// no harm; zero when the answer does not tell the time.
func future(h http.Header) time.Time {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return date.Add(24 * time.Hour)
}

// parseDate reads a date of metadata as UTC, in whole seconds. It returns the zero time for what is no date, is
// ambiguous, stands before 1990, after limit (when limit is not zero), or, in UTC, beyond the year 9999, which JSON cannot
// hold. Beside ISO 8601, which schema.org and
// Open Graph ask for, it reads what is met instead; no layout leaves open which number is the month, and none is
// without a day.
func parseDate(s string, limit time.Time) time.Time {
	s = strings.TrimSpace(s)
	if len(s) < len("2006-1-2") || len(s) > 64 {
		return time.Time{}
	}
	for _, layout := range [...]string{
		time.RFC3339,
		"2006-1-2T15:04:05Z0700",
		"2006-1-2T15:04Z07:00",
		"2006-1-2T15:04:05",
		"2006-1-2T15:04",
		"2006-1-2",
		"2006-1-2 15:04:05Z07:00",
		"2006-1-2 15:04:05 Z07:00",
		"2006-1-2 15:04:05 Z0700",
		"2006-1-2 15:04:05 MST",
		"2006-1-2 15:04:05",
		"2006-1-2 15:04",
		"20060102",
		"20060102T150405Z0700",
		time.RFC1123,
		time.RFC1123Z,
		"January 2, 2006",
		"Jan 2, 2006",
		"2 January 2006",
		"2 Jan 2006",
	} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if t.Before(earliest()) || !limit.IsZero() && t.After(limit) || t.UTC().Year() > 9999 {
			return time.Time{}
		}
		return t.UTC().Truncate(time.Second)
	}
	return time.Time{}
}
