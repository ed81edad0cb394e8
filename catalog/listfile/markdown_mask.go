package listfile

import (
	"bytes"
	"sort"
	"strings"
)

// The bounds beyond which a line is not read as Markdown, since goldmark would need quadratic time and memory.
const (
	maxLine    = 1 << 20 // bytes of a line
	maxWord    = maxAddress
	maxDepth   = 64  // block quotes and list markers at the start of a line
	maxIndent  = 256 // columns of white space at the start of a line
	maxColumns = 256 // of a table
)

// mask changes what goldmark trips over into what it does not, byte for byte, in a copy of the text:
//
//   - Lines and words beyond the bounds become a word of x, which is inert wherever it stands. Where it turns up as
//     text, the bytes below are read as plain text; in code or in the address of an image they are not.
//   - An empty list item before a blank line becomes blank. goldmark 1.8.7 remembers that it saw one and takes the
//     next list for code.
//   - The "[" of a footnote "[^1]:" becomes a space. It would be read as the definition of a reference.
func (m *markdown) mask(from int) {
	m.text = m.work
	previous := span{from, from}
	for at := from; at < len(m.work); {
		line := span{at, m.workLineEnd(at)}
		m.maskLine(previous, line)
		previous, at = line, line.end
	}
}

func (m *markdown) workLineEnd(at int) int {
	if i := bytes.IndexByte(m.work[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(m.work)
}

func (m *markdown) maskLine(previous, line span) {
	text := bytes.TrimRight(m.work[line.start:line.end], "\n")
	lead := leading(text)
	switch {
	case len(text) > maxLine, lead.depth > maxDepth, lead.indent > maxIndent, delimiterColumns(text) > maxColumns:
		m.hide(span{line.start, line.start + len(text)})
		return
	case len(text) > maxWord:
		m.hideWords(line.start, text)
	}
	switch {
	case lead.empty && m.isBlankAt(line.end) && m.startsItem(previous, lead):
		m.blank(line.start+lead.marker, line.start+len(text))
	case bytes.HasPrefix(text[lead.content:], []byte("[^")):
		m.blank(line.start+lead.content, line.start+lead.content+1)
	}
}

// lead is what a line starts with: white space, block quotes and list markers.
type lead struct {
	indent  int  // columns of white space before anything else
	depth   int  // containers
	marker  int  // offset of the last list marker
	dash    bool // it is a hyphen
	list    bool // there is a list marker
	content int  // offset of what follows
	empty   bool // nothing follows the last list marker
}

func leading(line []byte) lead {
	var l lead
	i := skipBlanks(line, 0)
	l.indent = width(line[:i])
	for i < len(line) && l.depth <= maxDepth {
		n := markerLength(line[i:])
		if n == 0 {
			break
		}
		l.depth++
		if l.list = line[i] != '>'; l.list {
			l.marker, l.dash = i, line[i] == '-'
		}
		i = skipBlanks(line, i+n)
	}
	l.content, l.empty = i, l.list && i == len(line)
	return l
}

func skipBlanks(line []byte, at int) int {
	for at < len(line) && (line[at] == ' ' || line[at] == '\t') {
		at++
	}
	return at
}

// width counts columns, a tab as four.
func width(blanks []byte) int { return len(blanks) + 3*bytes.Count(blanks, []byte("\t")) }

// markerLength returns the length of the container marker that the text starts with, 0 when there is none.
func markerLength(text []byte) int {
	n := 1
	switch c := text[0]; {
	case c == '>':
		return 1
	case c == '-', c == '*', c == '+':
	case isDigit(c):
		for n < len(text) && n < 10 && isDigit(text[n]) {
			n++
		}
		if n == len(text) || text[n] != '.' && text[n] != ')' {
			return 0
		}
		n++
	default:
		return 0
	}
	if n < len(text) && text[n] != ' ' && text[n] != '\t' {
		return 0
	}
	return n
}

// startsItem tells an empty list item from the underline of a heading, which a single hyphen can be too: it is an
// item if the line before is blank, or is an item whose text stands further right.
func (m *markdown) startsItem(previous span, l lead) bool {
	if !l.dash || previous.start == previous.end {
		return true
	}
	before := bytes.TrimRight(m.work[previous.start:previous.end], "\n")
	p := leading(before)
	return p.content == len(before) || p.list && width(before[:p.content]) > l.marker
}

func (m *markdown) isBlankAt(at int) bool {
	return skipBlanks(m.work, at) == len(m.work) || m.work[skipBlanks(m.work, at)] == '\n'
}

// delimiterColumns counts the columns of a line that may be the delimiter row of a table. A table fills its short
// rows up with cells: a short text can make millions of them.
func delimiterColumns(text []byte) int {
	if len(text) < maxColumns || len(bytes.TrimLeft(text, "|:- \t>")) > 0 {
		return 0
	}
	return bytes.Count(text, []byte("|")) + 1
}

// hideWords hides the words of a line that are too long, such as pictures in the text.
func (m *markdown) hideWords(offset int, text []byte) {
	for i := 0; i < len(text); {
		start := i
		for i < len(text) && text[i] != ' ' && text[i] != '\t' {
			i++
		}
		if i-start > maxWord {
			m.hideWord(span{offset + start, offset + i})
		}
		i++
	}
}

// hideWord hides a word, but leaves the Markdown of a link or image at its ends: the address alone is too long.
func (m *markdown) hideWord(r span) {
	word := m.work[r.start:r.end]
	if i := bytes.Index(word[:min(len(word), maxTitle)], []byte("](")); i >= 0 {
		if j := bytes.IndexByte(word[i:], ')'); j > maxWord/2 {
			m.hideBut(span{r.start + i + len("]("), r.start + i + j}, "")
			return
		}
	}
	m.hideBut(r, "\"'`=>")
}

func (m *markdown) hide(r span) { m.hideBut(r, "") }

// hideBut makes a range a word of x, but for the signs that end code and the tags of HTML.
func (m *markdown) hideBut(r span, kept string) {
	m.own()
	for i := r.start; i < r.end; i++ {
		if strings.IndexByte(kept, m.text[i]) < 0 {
			m.text[i] = 'x'
		}
	}
	m.masked = append(m.masked, r)
}

func (m *markdown) blank(start, end int) {
	m.own()
	for i := start; i < end; i++ {
		m.text[i] = ' '
	}
}

// own makes the text a copy, the first time that it is changed.
func (m *markdown) own() {
	if len(m.text) > 0 && &m.text[0] == &m.work[0] {
		m.text = bytes.Clone(m.work)
	}
}

// readMasked reads a text that is masked, wholly or in part, as plain text, and reports whether it is.
func (m *markdown) readMasked(r span) bool {
	i := sort.Search(len(m.masked), func(i int) bool { return m.masked[i].end > r.start })
	if i == len(m.masked) || m.masked[i].start >= r.end {
		return false
	}
	m.problem(m.masked[i].start, "too long or too deeply nested to be read as Markdown; only the URLs in it were taken")
	for _, l := range m.linksIn(r) {
		m.add(found{use: l.use, stop: l.stop, destination: l.span, url: l.url(m.original(l.span)), title: l.title})
	}
	m.leaf.done = r.end
	return true
}
