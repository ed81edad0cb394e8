package page

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"waymark/catalog"
)

// Where Page.Modified was read: the values of Page.ModifiedFrom.
const (
	FromJSONLD       = "json-ld"       // structured data (schema.org)
	FromMeta         = "meta"          // article:modified_time and its kin
	FromMicrodata    = "microdata"     // itemprop=dateModified and its kin
	FromTime         = "time"          // a <time> element, or one that is marked as the date of the article
	FromText         = "text"          // words such as "last updated"
	FromURL          = "url"           // the path of the address
	FromLastModified = "last-modified" // the header
)

// maxAs is how many characters are kept of what a date was read from.
const maxAs = 80

// earliest is the first date that a page is believed to be of: the web is not older.
func earliest() time.Time { return time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC) }

// Dated is a date of a page with what it rests on; the zero value is none.
type Dated struct {
	At   time.Time // in the zone that the page names, else UTC; of a month or a year the last day
	From string    // FromJSONLD and so on
	As   string    // what was read, as it is written, in at most 80 characters
	Sure catalog.Confidence
}

// claims are what a part of a page says: the last change, the publication, and what may be either or neither.
type claims struct{ changed, published, vague Dated }

// believed returns the date to go by: the last change, else the publication. A change that comes before the
// publication is a mistake of the page's, and then it is as old as its publication.
func (c claims) believed() Dated {
	if c.changed.At.IsZero() || c.changed.At.Before(c.published.At) && c.published.Sure == catalog.High {
		return c.published
	}
	if c.changed.At.Before(c.published.At) && c.changed.Sure == catalog.Medium {
		c.changed.Sure = catalog.Low // one of both is about something else
	}
	return c.changed
}

// calendar reads the dates of one document.
type calendar struct {
	order order
	made  time.Time // when the answer was made, by its Date header; zero when it does not tell
	limit time.Time // from which on a date is refused; zero for none
}

func newCalendar(h http.Header, language string) calendar {
	c := calendar{order: orderOf(language), limit: future(h)}
	if !c.limit.IsZero() {
		c.made = c.limit.Add(-oneDay)
	}
	return c
}

// read reads a date of metadata; the zero time for none, and for one that is the moment of this answer.
func (c calendar) read(s string) time.Time {
	t := parseDate(s, c.order, c.limit)
	if c.isNow(t) {
		return time.Time{}
	}
	return t
}

// isNow reports a time of day that is that of the answer: it only says that the page was made for this visit.
func (c calendar) isNow(t time.Time) bool {
	return !c.made.IsZero() && !t.Equal(t.Truncate(oneDay)) && t.After(c.made.Add(-time.Minute)) && t.Before(c.made.Add(time.Minute))
}

// as makes a claim of a text that was read.
func (c calendar) as(written, from string, sure catalog.Confidence) Dated {
	t := c.read(written)
	if t.IsZero() {
		return Dated{}
	}
	return Dated{t, from, shorten(clean(written), maxAs), sure}
}

// datesOf collects what a document says of its age. What the page says itself stands above its address, and the address
// above the header, which most servers set to the time of deployment. The body is searched only where the head does not
// name what is wanted: a change, or a publication.
func datesOf(d Document, source source, found facts, text texts, publication bool) claims {
	language := text.attribute(found.lang)
	c := newCalendar(d.Header, language)
	said := c.head(found, text, d.URL)
	if isStart(d.URL) {
		said = said.doubted()
	}
	if wanted := said.changed; wanted.At.IsZero() || publication && said.published.At.IsZero() {
		said = said.or(c.body(source.body, found.headEnd, text, language))
	}
	said.published = c.inPath(d.URL, text.attribute(found.canonical), said)
	if said.changed.At.IsZero() && !said.modified().At.IsZero() && changedAgo(source.body[min(found.headEnd, len(source.body)):]) {
		said.published.Sure, said.vague.Sure = catalog.Low, catalog.Low // it was changed since, nobody can tell when
	}
	if t, ok := lastModified(d.Header); ok {
		said = said.or(claims{vague: Dated{t, FromLastModified, shorten(clean(d.Header.Get("Last-Modified")), maxAs), catalog.Low}})
	}
	return said
}

// Published returns when a document was first published, else changed: Page.Modified the other way round. It is what
// collections of dated pages ask for. The zero value is unknown, and stands for all that is not HTML.
func Published(d Document) Dated {
	if d.Header == nil {
		d.Header = http.Header{}
	}
	source := newSource(d)
	found := scan(source.body)
	said := datesOf(d, source, found, source.texts(d, found), true)
	for _, date := range [...]Dated{said.published, said.changed} {
		if !date.At.IsZero() {
			return date
		}
	}
	return said.vague
}

// isStart reports the start page of a site. Its metadata date the entry that a publishing system has for it, while what it
// shows, such as the newest posts, is put together of others.
func isStart(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// doubted makes of claims one that is hardly sure.
func (c claims) doubted() claims {
	d := c.modified()
	if d.Sure != "" {
		d.Sure = catalog.Low
	}
	return claims{vague: d}
}

// modified returns when a document was last changed, else published.
func (c claims) modified() Dated {
	if best := c.believed(); !best.At.IsZero() {
		return best
	}
	return c.vague
}

// or fills what is not known from other claims.
func (c claims) or(others claims) claims {
	for _, pair := range [...]struct{ mine, other *Dated }{
		{&c.changed, &others.changed}, {&c.published, &others.published}, {&c.vague, &others.vague},
	} {
		if pair.mine.At.IsZero() {
			*pair.mine = *pair.other
		}
	}
	return c
}

// head collects the claims of structured data and metadata.
func (c calendar) head(found facts, text texts, address string) claims {
	said := readJSONLD(found.jsonLD, text, c, []string{address, text.attribute(found.canonical)})
	made := said.vague // of a page without a publication, what it tells of its making
	said.vague = Dated{}
	return said.or(claims{
		changed:   c.as(text.attribute(found.modifiedMeta), FromMeta, catalog.High),
		published: c.as(text.attribute(found.publishedMeta), FromMeta, catalog.High),
	}).or(claims{published: made})
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
	return date.Add(oneDay)
}
