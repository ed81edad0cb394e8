package page

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"waymark/catalog"
)

const (
	nearby    = 60   // bytes in front of a year in which the rest of its date may stand
	shortly   = 60   // and behind it
	lookBack  = 500  // bytes of markup in front of a date in which the words that introduce it may stand
	maxDates  = 3    // a page that gives more different dates of one kind is a list
	nearStart = 8000 // bytes from the beginning of an article in which its date is expected
)

// searcher looks for dates in the body of a page.
type searcher struct {
	calendar
	src    []byte
	from   int
	text   texts
	ground ground
	said   claims
	seen   []time.Time // the different dates of a change
}

// body looks for dates behind the head. It leaps from one number that can be a year to the next, and looks closer only
// where a date stands there and something tells that it is the page's.
func (c calendar) body(src []byte, from int, text texts, language string) claims {
	s := searcher{calendar: c, src: src, from: from, text: text, ground: ground{src: src, pos: from}}
	for at := range years(src, from) {
		s.look(at)
	}
	if s.said == (claims{}) {
		for at := range foreignYears(src, from, language) {
			s.look(at)
		}
	}
	if len(s.seen) > maxDates && s.said.changed.Sure != catalog.High {
		s.said.changed = Dated{}
	}
	return s.said
}

func (s *searcher) look(at int) {
	before := s.src[max(s.from, at-lookBack):at]
	tag, text := bytes.LastIndexByte(before, '<'), bytes.LastIndexByte(before, '>')
	switch {
	case tag > text:
		s.inTag(at-len(before)+tag, at)
	case text >= 0:
		s.inText(at-len(before)+text+1, at)
	}
}

// inTag reads a date in an attribute of the tag at open.
func (s *searcher) inTag(open, at int) {
	if quote := s.src[at-1]; quote != '"' && quote != '\'' && quote != '=' && quote != ' ' {
		return
	}
	t, ok := (&walker{src: s.src[:min(len(s.src), at+1000)], pos: open}).next()
	if !ok || t.end || t.at != open {
		return
	}
	m := markOf(t)
	if m.value == nil || !within(m.value, s.src, at) || !m.isDate() {
		return
	}
	d := s.as(s.text.attribute(m.value), FromTime, catalog.Medium)
	if !d.At.IsZero() && s.ground.advance(open) {
		s.element(m, d, open)
	}
}

// within reports that a place of a source lies in a slice of it.
func within(part, src []byte, at int) bool {
	start := cap(src) - cap(part)
	return start <= at && at < start+len(part)
}

// element judges the date of an element that says what it is a date of.
func (s *searcher) element(m mark, d Dated, open int) {
	if s.ground.foreign.open() {
		return
	}
	if m.itemKind != noDate {
		d.From, d.Sure = FromMicrodata, catalog.High
		s.record(m.itemKind, d)
		return
	}
	line := s.leadingUp(open)
	said, introduced := introduces(line)
	switch {
	case introduced && said.kind != ofEither:
		s.record(said.kind, d)
	case s.ground.edge.open():
	case m.kind == ofChange || m.kind == ofPublication:
		s.record(m.kind, d)
	case isFree(line) && s.inArticle(open):
		s.record(ofPublication, d)
	default:
		d.Sure = catalog.Low
		s.record(ofEither, d)
	}
}

// inArticle reports a place near the beginning of the article.
func (s *searcher) inArticle(at int) bool {
	return s.ground.article.open() && at-s.ground.article.at < nearStart
}

// inText reads a date in the text that begins at start.
func (s *searcher) inText(start, at int) {
	if at-start > nearby {
		start = at - nearby
		for start < at && !utf8.RuneStart(s.src[start]) {
			start++
		}
	}
	end := min(len(s.src), at+shortly)
	if i := bytes.IndexByte(s.src[at:end], '<'); i >= 0 {
		end = at + i
	}
	before := strings.ToLower(s.text.content(s.src[start:at]))
	l := newLine(before + strings.ToLower(s.text.content(s.src[at:end])))
	k := slices.IndexFunc(l.parts, func(p part) bool { return p.start == len(before) })
	if k < 0 || !l.parts[k].isYear() {
		return
	}
	m, first, last, ok := l.date(k, s.order)
	if !ok {
		m, first, last = inYear(l.parts[k].value), k, k
	}
	s.judge(l, m, first, last, start)
}

// judge decides whether a date in the text is the page's: by the words around it, or the element that it stands in.
func (s *searcher) judge(l *line, m moment, first, last, start int) {
	head, tail := l.text[:l.parts[first].start], l.text[l.parts[last].end:]
	if rest := trimFillers(head); rest != "" && !mayIntroduce(rest) && !mayFollow(tail) {
		return
	}
	at := m.latest(s.limit)
	if at.IsZero() || s.isCopyright(head) {
		return
	}
	line := s.leadingUp(start) + head
	said, ok := introduces(line)
	if !ok {
		said, ok = follows(line, tail)
	}
	d := Dated{at, FromText, "", catalog.Medium}
	d.As = l.text[l.parts[first].start:l.parts[last].end]
	switch {
	case ok && m.known == toYear && said.kind != ofChange:
	case ok:
		d.As = shorten(clean(said.as(d.As)), maxAs)
		s.worded(said.kind, d, start)
	case m.known == toDay && isFree(line):
		s.marked(d, start, tail)
	}
}

// worded records a date that words introduce.
func (s *searcher) worded(kind dateKind, d Dated, start int) {
	if !s.ground.advance(start) || s.ground.foreign.open() || s.ground.edge.open() && kind != ofChange {
		return
	}
	if kind == ofEither {
		d.Sure = catalog.Low
	}
	s.record(kind, d)
}

// marked records a date that is all there is in an element that is marked as the date of an article.
func (s *searcher) marked(d Dated, start int, tail string) {
	open := bytes.LastIndexByte(s.src[max(s.from, start-lookBack):start], '<')
	if open < 0 {
		return
	}
	open += max(s.from, start-lookBack)
	t, ok := (&walker{src: s.src[:start], pos: open}).next()
	if !ok || t.end || len(trimFillers(tail)) > 40 {
		return
	}
	m := markOf(t)
	if m.kind == noDate && m.itemKind == noDate && !t.is("time") || m.value != nil || !s.ground.advance(start) {
		return
	}
	d.From = FromTime
	s.element(m, d, open)
}

// record keeps a date: the latest change, the first publication of those that are surest.
func (s *searcher) record(kind dateKind, d Dated) {
	switch kind {
	case ofChange:
		if !slices.Contains(s.seen, d.At) {
			s.seen = append(s.seen, d.At)
		}
		if c := s.said.changed; surer(d, c) || c.Sure == d.Sure && d.At.After(c.At) {
			s.said.changed = d
		}
	case ofPublication:
		if surer(d, s.said.published) {
			s.said.published = d
		}
	case ofEither:
		if s.said.vague.At.IsZero() {
			s.said.vague = d
		}
	case noDate:
	}
}

// surer reports that a claim is more certain than another.
func surer(a, b Dated) bool { return degree(a.Sure) > degree(b.Sure) }

func degree(c catalog.Confidence) int {
	return slices.Index([]catalog.Confidence{"", catalog.Low, catalog.Medium, catalog.High}, c)
}

func (s *searcher) isCopyright(head string) bool {
	return strings.Contains(head, "©") || strings.Contains(head, "copyright") || strings.Contains(head, "(c)")
}
