package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// part is a piece of a line that can belong to a date: a number, the name of a month, or a sign between them.
type part struct {
	kind       partKind
	value      int // of a number; of a month, 1 to 12
	width      int // digits of a number
	start, end int // in the line
}

type partKind byte

const (
	otherWord partKind = iota // ends a date
	number
	month
	sign  // one of "-/.,", in value
	joint // what may stand between the parts of a date: spaces, "of", "de", the ending of an ordinal number
	unit  // 年, 月, 日 and the like, in value
)

// line is a line of text in lower case, cut into parts.
type line struct {
	text  string
	parts []part
	room  [64]part
}

// newLine cuts a text, which is in lower case, into parts.
func newLine(text string) *line {
	l := new(line)
	l.cut(text)
	return l
}

// cut cuts a text into parts; the first of them, when there are very many.
func (l *line) cut(text string) {
	l.text, l.parts = text, l.room[:0]
	for pos := 0; pos < len(text) && len(l.parts) < len(l.room); {
		p := nextPart(text, pos)
		if len(l.parts) > 0 {
			p = l.parts[len(l.parts)-1].before(p, text)
		}
		l.parts = append(l.parts, p)
		pos = p.end
	}
}

func nextPart(text string, pos int) part {
	switch c := text[pos]; {
	case c >= utf8.RuneSelf:
		return nextForeignPart(text, pos)
	case isDigit(c):
		return readNumber(text, pos)
	case isLetter(c):
		return readWord(text, pos)
	case c == '-' || c == '/' || c == '.' || c == ',':
		return part{kind: sign, start: pos, end: pos + 1, value: int(c)}
	case isSpace(c) || c == '\'':
		return part{kind: joint, start: pos, end: pos + 1}
	default:
		return part{start: pos, end: pos + 1}
	}
}

// nextForeignPart reads what begins with a character beyond ASCII.
func nextForeignPart(text string, pos int) part {
	r, size := utf8.DecodeRuneInString(text[pos:])
	p := part{start: pos, end: pos + size, value: int(r)}
	switch {
	case digitOf(r) >= 0:
		return readNumber(text, pos)
	case strings.ContainsRune("年月日년월일號号", r):
		p.kind = unit
	case isIdeograph(r):
	case isWordRune(r):
		return readWord(text, pos)
	case r == '،':
		p.kind, p.value = sign, ','
	case r == '‑' || r == '–':
		p.kind, p.value = sign, '-'
	case unicode.IsSpace(r), isInvisible(r), strings.ContainsRune("ºª°’־", r):
		p.kind = joint
	}
	return p
}

func readNumber(text string, pos int) part {
	p := part{kind: number, start: pos}
	for p.end = pos; p.end < len(text) && p.width < 9; {
		r, size := utf8.DecodeRuneInString(text[p.end:])
		d := digitOf(r)
		if d < 0 {
			break
		}
		p.value, p.width, p.end = p.value*10+d, p.width+1, p.end+size
	}
	return p
}

func readWord(text string, pos int) part {
	p := part{start: pos}
	for p.end = pos; p.end < len(text); {
		r, size := rune(text[p.end]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[p.end:])
		}
		if !isWordRune(r) || isIdeograph(r) {
			break
		}
		p.end += size
	}
	p.kind, p.value = wordKind(text[p.start:p.end])
	return p
}

// isIdeograph reports the characters that are words without spaces between them.
func isIdeograph(r rune) bool { return r >= 0x2e80 && r < 0xfb00 }

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isLetter(byte(r))
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r)
}

// digitOf returns the value of a digit of the scripts in which dates are written, -1 for all else.
func digitOf(r rune) int {
	if r < utf8.RuneSelf && !isDigit(byte(r)) {
		return -1
	}
	for _, zero := range [...]rune{'0', '٠', '۰', '०', '０'} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}

// wordKind tells the names of months, and the words that stand between the parts of a date.
func wordKind(word string) (partKind, int) {
	if m := months[word]; m != 0 {
		return month, int(m)
	}
	if joints[word] {
		return joint, 0
	}
	return otherWord, 0
}

// joints are the words between the day, the month and the year in the languages of monthWords: prepositions, and what
// follows the year or an ordinal.
var joints = wordSet("st nd rd th er re ère eme ème of de del d den the di do da dʼ г гг року рік року́ р m tháng năm an án én ban ben från r")

// before mends a part by the one in front of it: an ordinal ending counts only directly behind its number.
func (p part) before(next part, text string) part {
	if p.kind != number || next.kind != otherWord || p.end != next.start {
		return next
	}
	switch text[next.start:next.end] {
	case "a", "o", "e", "го", "е", "ого", "an", "en", "й":
		next.kind = joint
	}
	return next
}

// isYear reports a number that can be the year of a page.
func (p part) isYear() bool {
	return p.kind == number && p.width == 4 && p.value >= 1985 && p.value <= 2100
}

// step goes from one part over signs and joints to the next number or month. It returns its index, -1 when none is
// near, and the sign between the two: 0 for mere space, the unit's character where there is one.
func (l *line) step(from, by int) (int, int) {
	between, signs := 0, 0
	for i, n := from+by, 0; i >= 0 && i < len(l.parts) && n < 6; i, n = i+by, n+1 {
		switch p := l.parts[i]; p.kind {
		case number, month:
			return i, between
		case sign:
			if signs++; signs > 1 && p.value != ',' && p.value != '.' {
				return -1, 0
			}
			between = p.value
		case unit:
			between = p.value
		case joint:
		case otherWord:
			return -1, 0
		}
	}
	return -1, 0
}

// date reads the date whose year is the part at k. It returns the date with its first and last part.
func (l *line) date(k int, o order) (m moment, first, last int, ok bool) {
	if m, first, ok := l.withClockBetween(k); ok {
		return m, first, k, true
	}
	if a, sep := l.step(k, -1); a >= 0 {
		if b, sep2 := l.step(a, -1); b >= 0 {
			if m, ok := l.threeBack(b, a, k, sep2, sep, o); ok {
				return m, b, k, true
			}
		}
		if l.parts[a].kind == month && sep != '/' {
			m, ok := inMonth(l.parts[k].value, l.parts[a].value)
			return m, a, k, ok && !l.hasDayBefore(a)
		}
		if m, ok := l.monthAndYear(a, k, sep); ok {
			return m, a, k, true
		}
	}
	return l.forward(k)
}

// withClockBetween reads "mar 2 10:00:00 cet 2019", as C's ctime and the date command write it.
func (l *line) withClockBetween(k int) (moment, int, bool) {
	for a := k - 1; a >= 0 && k-a < 16; a-- {
		if l.parts[a].kind != month {
			continue
		}
		b, sep := l.step(a, 1)
		if b < 0 || b >= k || sep != 0 || l.parts[b].width > 2 {
			return moment{}, 0, false
		}
		d := l.parts[b]
		clock, zone, _ := strings.Cut(strings.TrimSpace(l.text[d.end:l.parts[k].start]), " ")
		if !strings.Contains(clock, ":") || strings.Trim(clock, ":0123456789") != "" || len(zone) > 6 {
			return moment{}, 0, false
		}
		m, ok := on(l.parts[k].value, l.parts[a].value, d.value)
		return m, a, ok
	}
	return moment{}, 0, false
}

// threeBack reads day, month and year in any order that ends with the year.
func (l *line) threeBack(b, a, k, sep, sep2 int, o order) (moment, bool) {
	x, y, year := l.parts[b], l.parts[a], l.parts[k].value
	switch {
	case x.width > 2 || y.width > 2:
	case x.kind == number && y.kind == month && tight(sep) && sep2 != '/' || x.kind == number && y.kind == month && sep == sep2:
		return on(year, y.value, x.value)
	case x.kind == month && y.kind == number && (sep == 0 || sep == '.' || sep == '-' || sep == '/'):
		return on(year, x.value, y.value)
	case x.kind == number && y.kind == number && sep == sep2 && (sep == '.' || sep == '/' || sep == '-'):
		return inOrder(year, x.value, y.value, sep, o)
	case x.kind == number && y.kind == number && l.spells(b, k, "tháng"):
		return on(year, y.value, x.value)
	}
	return moment{}, false
}

// tight reports what may stand between a day and the name of its month.
func tight(sep int) bool { return sep == 0 || sep == '.' || sep == '-' }

// spells reports that a word stands between two parts.
func (l *line) spells(i, k int, word string) bool {
	return strings.Contains(l.text[l.parts[i].end:l.parts[k].start], word)
}

// inOrder settles which of two numbers is the day: an impossible month, points (which are written day first
// everywhere but in English), or the language of the page. Else the day stays unknown.
func inOrder(year, x, y, sep int, o order) (moment, bool) {
	switch {
	case x == y, y <= 12 && (x > 12 || o == dayFirst || sep == '.' && o != monthFirst):
		return on(year, y, x)
	case x <= 12 && (y > 12 || o == monthFirst):
		return on(year, x, y)
	}
	return moment{}, false
}

// hasDayBefore reports a number right before the name of a month that did not make a date with it: then the whole is
// something else.
func (l *line) hasDayBefore(a int) bool {
	b, _ := l.step(a, -1)
	return b >= 0 && l.parts[b].kind == number && l.parts[b].width <= 2
}

// monthAndYear reads 03/2019 and 3-2019.
func (l *line) monthAndYear(a, k, sep int) (moment, bool) {
	p := l.parts[a]
	if p.kind != number || p.width > 2 || p.value > 12 || sep != '/' && sep != '-' && sep != '.' || l.parts[k].start-p.end > 2 {
		return moment{}, false
	}
	if b, sep := l.step(a, -1); b >= 0 && sep != 0 {
		return moment{}, false
	}
	return inMonth(l.parts[k].value, p.value)
}

// forward reads what begins with the year: 2019-03-02, 2019年3月2日, 2019. március 2.
func (l *line) forward(k int) (m moment, first, last int, ok bool) {
	year := l.parts[k].value
	a, sep := l.step(k, 1)
	if a < 0 || sep == ',' || l.parts[a].width > 2 {
		return moment{}, 0, 0, false
	}
	b, sep2 := l.step(a, 1)
	named := l.parts[a].kind == month
	if b >= 0 && l.parts[b].kind == number && l.parts[b].width <= 2 && (named && sep2 != ',' || sep == sep2 && sep != 0 || sep == '年' || sep == '년') {
		if m, ok := on(year, l.parts[a].value, l.parts[b].value); ok {
			return m, k, l.withUnit(b), true
		}
		return moment{}, 0, 0, false
	}
	if !named && (sep == 0 || sep == '.') || sep2 == sep && b >= 0 && !named {
		return moment{}, 0, 0, false
	}
	m, ok = inMonth(year, l.parts[a].value)
	return m, k, l.withUnit(a), ok
}

// withUnit takes the unit behind a number to it.
func (l *line) withUnit(i int) int {
	if i+1 < len(l.parts) && l.parts[i+1].kind == unit {
		return i + 1
	}
	return i
}

// readWritten reads a date as people write it, alone in its text.
func readWritten(s string, o order) (moment, bool) {
	l := newLine(strings.ToLower(s))
	for k, p := range l.parts {
		if p.isYear() {
			m, _, _, ok := l.date(k, o)
			return m, ok
		}
	}
	return moment{}, false
}
