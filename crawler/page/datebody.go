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
	nearby    = 120  // bytes in front of a year in which the rest of its date may stand
	shortly   = 60   // and behind it
	lookBack  = 500  // bytes of markup in front of a date in which the words that introduce it may stand
	maxTries  = 1000 // years that are looked at, before only those at the end are
	maxDates  = 3    // a page that gives more different dates of one kind is a list
	nearTitle = 1500 // bytes from a heading within which a date alone is that of what it heads
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
	line   line        // the one that is looked at
	tries  int         // years that were looked at
	lone   Dated       // the first date that stands alone somewhere in the content
	seen   []time.Time // the different dates of a change
	listed []time.Time // those of them that stand in a list or a table
	dated  []time.Time // the different dates of a publication
	free   []time.Time // those of them that only an element for dates tells, which may be of anything
}

// body looks for dates behind the head. It leaps from one number that can be a year to the next, and looks closer only
// where a date stands there and something tells that it is the page's.
func (c calendar) body(src []byte, from int, text texts, language string) claims {
	s := searcher{calendar: c, src: src, from: from, text: text, ground: ground{src: src, pos: from}}
	for at := range years(src, from) {
		s.look(at)
	}
	if s.said == (claims{}) {
		s.ground = ground{src: src, pos: from}
		for at := range foreignYears(src, from, language) {
			s.look(at)
		}
	}
	if len(s.seen) > maxDates && s.said.changed.Sure != catalog.High {
		s.said.changed = Dated{}
	}
	if len(s.listed) > 1 && s.said.changed.Sure == catalog.Medium {
		s.said.changed.Sure = catalog.Low // of several things
	}
	if (len(s.dated) >= maxDates || len(s.free) > 1) && s.said.published.Sure == catalog.Medium {
		s.said.published.Sure = catalog.Low // a list of posts, of editions, of answers
	}
	return s.said.or(claims{vague: s.lone})
}

func (s *searcher) look(at int) {
	if s.tries++; s.tries > maxTries && len(s.src)-at > yearsBehind {
		return
	}
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
		s.element(m, d, strings.ToLower(s.leadingUp(open)), open)
	}
}

// within reports that a place of a source lies in a slice of it.
func within(part, src []byte, at int) bool {
	start := cap(src) - cap(part)
	return start <= at && at < start+len(part)
}

// element judges the date of an element that says what it is a date of.
func (s *searcher) element(m mark, d Dated, line string, open int) {
	if s.ground.foreign.open() {
		return
	}
	if m.itemKind != noDate {
		d.From, d.Sure = FromMicrodata, catalog.High
		s.record(m.itemKind, d)
		return
	}
	said, introduced := introduces(line)
	switch {
	case introduced && said.kind != ofEither:
		s.record(said.kind, d)
	case s.ground.edge.open():
	case m.kind == ofChange || m.kind == ofPublication:
		s.record(m.kind, d)
	case isFree(line, "") && s.inArticle(open) && !s.ground.table.open():
		s.free = addDay(s.free, d.At)
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
	before, behind := s.text.content(s.src[start:at]), s.text.content(s.src[at:end])
	p := newPassage(&s.line, "", before, behind, s.order)
	if !p.ok && strings.TrimSpace(before) == "" && s.behindInline(start) {
		lead := s.leadingUp(start)
		i := strings.LastIndexByte(lead, '\n') + 1
		p = newPassage(&s.line, lead[:i], lead[i:]+before, behind, s.order)
	} else if p.first >= 0 && p.worthReading() {
		p.lead = s.leadingUp(start)
	}
	if p.first >= 0 {
		s.judge(p, start)
	}
}

// passage is a date in its line of text.
type passage struct {
	*line
	moment
	lead        string // the text that leads up to the line
	written     string // the line as it is written, as long as its text
	first, last int    // the parts of the date; first is -1 when there is none
	ok          bool   // there is more than a year
}

// newPassage finds the date whose year begins a text; without a day or a month the year alone.
func newPassage(l *line, lead, before, behind string, o order) passage {
	lower := strings.ToLower(before)
	l.cut(lower + strings.ToLower(behind))
	p := passage{line: l, lead: lead, written: before + behind, first: -1}
	if len(p.written) != len(p.text) {
		p.written = p.text
	}
	k := slices.IndexFunc(p.parts, func(p part) bool { return p.start == len(lower) })
	if k < 0 || !p.parts[k].isYear() {
		return p
	}
	if p.moment, p.first, p.last, p.ok = p.date(k, o); !p.ok {
		p.moment, p.first, p.last = inYear(p.parts[k].value), k, k
	}
	return p
}

// cut returns what stands in front of the date, the date as it is written, and what stands behind it.
func (p passage) cut() (head, date, tail string) {
	from, to := p.parts[p.first].start, p.parts[p.last].end
	return p.text[:from], p.written[from:to], p.text[to:]
}

// worthReading reports that the words beside a date may tell that it is the page's, as far as that can be told by its line.
func (p passage) worthReading() bool {
	head, _, tail := p.cut()
	rest := trimFillers(head)
	return strings.TrimSpace(rest) == "" || mayIntroduce(rest) || mayFollow(tail) || isFree(head, tail)
}

// behindInline reports that a text goes on behind a tag that only dresses its words.
func (s *searcher) behindInline(at int) bool {
	open := bytes.LastIndexByte(s.src[max(s.from, at-40):at], '<')
	return open >= 0 && isInline(s.src[max(s.from, at-40)+open+1:at])
}

// judge decides whether a date in the text is the page's: by the words around it, or the element that it stands in.
func (s *searcher) judge(p passage, start int) {
	head, date, tail := p.cut()
	d := Dated{At: p.latest(s.limit), From: FromText, Sure: catalog.Medium, As: date}
	if d.At.IsZero() || isCopyright(head) || isPartOfName(head, tail) || !p.worthReading() {
		return
	}
	line := strings.ToLower(p.lead) + head
	said, ok := introduces(line)
	if ok {
		written := p.lead + p.written[:len(head)]
		if len(written) != len(line) {
			written = line
		}
		d.As = written[said.from:] + date
	} else if said, ok = follows(line, tail); ok {
		d.As = date + tail[:said.to]
	}
	if strings.HasSuffix(strings.TrimSpace(line), "$date:") { // as CVS writes it into a file that is changed
		said.kind, ok = ofChange, true
	}
	d.As = shorten(clean(d.As), maxAs)
	switch {
	case ok && p.known == toYear && said.kind != ofChange:
	case ok:
		s.worded(said.kind, d, start)
	case p.known == toDay:
		s.marked(d, line, start, tail)
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

// marked records a date that stands in an element that is marked as the date of an article, or alone beside the heading.
func (s *searcher) marked(d Dated, line string, start int, tail string) {
	m := s.around(start)
	if !m.isStrong() && !isFree(line, tail) || len(strings.TrimSpace(tail)) > 60 {
		return
	}
	if m.isDate() {
		if s.ground.advance(start) {
			d.From = FromTime
			s.element(m, d, line, start)
		}
		return
	}
	if !s.ground.advance(start) || s.ground.foreign.open() || s.ground.edge.open() {
		return
	}
	d.Sure = catalog.Low
	near := s.src[start:min(len(s.src), start+nearTitle)]
	if s.ground.heading > 0 && start-s.ground.heading < nearTitle || bytes.Contains(near, []byte("<h1")) {
		s.record(ofEither, d)
	} else if s.lone.At.IsZero() && beginsPiece(line) {
		s.lone = d
	}
}

// around returns what the elements say that a place stands in: those that begin right in front of it, and those that mark
// all they hold as the date of the article.
func (s *searcher) around(at int) mark {
	best, closed, floor := mark{}, 0, max(s.from, at-lookBack)
	beside := true
	for range 8 {
		before := s.src[floor:at]
		open := bytes.LastIndexByte(before, '<')
		if open < 0 {
			break
		}
		closing := bytes.LastIndexByte(before, '>')
		beside = beside && closing > open && len(bytes.Trim(before[closing+1:], " \t\r\n[(")) == 0
		at = floor + open
		t, ok := (&walker{src: s.src[:at-open+len(before)], pos: at}).next()
		switch {
		case !ok || t.at != at || t.empty || isVoid(t.name):
		case t.end:
			closed++
		case closed > 0:
			closed--
		default:
			m := markOf(t)
			if m.value != nil && !s.read(s.text.attribute(m.value)).IsZero() {
				return mark{} // it is told by the attribute
			}
			if m.isStrong() && !best.isStrong() || beside && !best.isDate() {
				best = m
			}
		}
	}
	return best
}

// isVoid reports the elements that have no end and are met beside dates.
func isVoid(name []byte) bool {
	return equalFold(name, "br") || equalFold(name, "img") || equalFold(name, "hr") || equalFold(name, "wbr")
}

// record keeps a date: the latest change, the first publication of those that are surest.
func (s *searcher) record(kind dateKind, d Dated) {
	switch kind {
	case ofChange:
		s.seen = addDay(s.seen, d.At)
		if s.ground.list.open() || s.ground.table.open() {
			s.listed = addDay(s.listed, d.At)
		}
		if c := s.said.changed; surer(d, c) || c.Sure == d.Sure && d.At.After(c.At) {
			s.said.changed = d
		}
	case ofPublication:
		s.dated = addDay(s.dated, d.At)
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

// addDay adds a date to different ones.
func addDay(list []time.Time, at time.Time) []time.Time {
	if slices.ContainsFunc(list, func(t time.Time) bool { return t.Sub(at).Abs() < oneDay }) {
		return list
	}
	return append(list, at)
}

// surer reports that a claim is more certain than another.
func surer(a, b Dated) bool { return degree(a.Sure) > degree(b.Sure) }

func degree(c catalog.Confidence) int {
	return slices.Index([]catalog.Confidence{"", catalog.Low, catalog.Medium, catalog.High}, c)
}

// isCopyright reports that a sentence claims a copyright.
func isCopyright(head string) bool {
	head = head[strings.LastIndexAny(head, ".|\n")+1:]
	return strings.Contains(head, "©") || strings.Contains(head, "copyright") || strings.Contains(head, "(c)")
}

// isPartOfName reports that what stands right in front of a date or behind it makes it a part of something else, such as a
// version or a path.
func isPartOfName(head, tail string) bool {
	if tail != "" && strings.IndexByte("/_=@", tail[0]) >= 0 {
		return true
	}
	if head == "" {
		return false
	}
	switch c := head[len(head)-1]; c {
	case '_', '@', '#', '=', '/':
		return true
	case '-', '.':
		return len(head) > 1 && (isLetter(head[len(head)-2]) || isDigit(head[len(head)-2]))
	default:
		return isLetter(c)
	}
}
