package page

import (
	"net/url"
	"slices"
	"strings"

	"waymark/catalog"
)

// path reads the date in the path of an address, as blogs and newspapers put it there: /2019/03/02/, /2019/03/,
// /2019-03-02-slug, /20190302. A year alone is no date: it can be that of a conference, a budget or a version.
func (c calendar) path(address string) (Dated, moment) {
	u, err := url.Parse(address)
	if err != nil {
		return Dated{}, moment{}
	}
	segments := strings.Split(u.Path, "/")
	for i := range segments {
		m, used, ok := dateOfSegments(segments[i:])
		if !ok || used == 1 && isVersioned(segments[i], segments) {
			continue
		}
		at := m.latest(c.limit)
		if at.IsZero() {
			continue
		}
		return Dated{at, FromURL, shorten(clean("/"+strings.Join(segments[i:i+used], "/")), maxAs), catalog.Medium}, m
	}
	return Dated{}, moment{}
}

// isVersioned reports a day that names a version of an interface or a schema, as in /api/2012-05-04/reference.
func isVersioned(day string, segments []string) bool {
	return len(day) == len("2012-05-04") && slices.ContainsFunc(segments, func(s string) bool { return versioned[strings.ToLower(s)] })
}

// versioned are parts of a path beside which a day is a version.
var versioned = words("api", "apis", "apireference", "reference", "rest", "schema", "schemas", "spec", "specs", "specification", "version", "versions", "userguide", "developerguide")

// dateOfSegments reads a date at the beginning of the segments of a path, and how many of them it takes.
func dateOfSegments(segments []string) (moment, int, bool) {
	year, rest := digits(segments[0], 4)
	if year < 1990 || year > 2100 {
		return moment{}, 0, false
	}
	if rest != "" {
		m, ok := dateOfSegment(year, rest)
		return m, 1, ok
	}
	if len(segments) < 2 {
		return moment{}, 0, false
	}
	month, behind := oneOrTwo(segments[1])
	if behind != "" || month < 0 {
		month = int(months[strings.ToLower(segments[1])])
	}
	if len(segments) > 2 {
		if d, behind := oneOrTwo(segments[2]); d > 0 && (behind == "" || behind[0] == '-' && !startsWithDigit(behind[1:])) {
			m, ok := on(year, month, d)
			return m, 3, ok
		}
	}
	m, ok := inMonth(year, month)
	return m, 2, ok && len(segments[1]) > 1 // /2019/3/ is as often the third issue
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// dateOfSegment reads the rest of a segment that begins with a year: -03-02-slug, 0302.
func dateOfSegment(year int, s string) (moment, bool) {
	sign := ""
	if s[0] == '-' || s[0] == '_' {
		sign = s[:1]
		s = s[1:]
	}
	month, s := digits(s, 2)
	s, signed := strings.CutPrefix(s, sign)
	d, s := digits(s, 2)
	if month < 0 || d < 0 || !signed || startsWithDigit(s) {
		return moment{}, false
	}
	return on(year, month, d)
}

// inPath settles a publication by the address: what the page says within the month or about the day of a path is more
// precise, and else the path stands above what is not meant for machines.
func (c calendar) inPath(address, canonical string, said claims) Dated {
	path, m := c.path(address)
	if path.At.IsZero() {
		path, m = c.path(canonical)
	}
	if path.At.IsZero() || said.published.Sure == catalog.High {
		return said.published
	}
	for _, d := range [...]Dated{said.published, said.vague} {
		agrees := d.At.Sub(path.At).Abs() < 2*oneDay
		if m.known == toMonth {
			agrees = d.At.After(m.at.Add(-oneDay)) && d.At.Before(path.At.Add(oneDay))
		}
		if agrees && !d.At.IsZero() {
			d.Sure = catalog.Medium
			return d
		}
	}
	return path
}
