package listfile

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// htmlState is what raw HTML has opened within a block.
type htmlState struct {
	open    int     // the link that is open, by its place in leaf.found; -1 when none is
	content content // of the link that is open
	hidden  string  // the element that is open in which links do not count
	quiet   string  // the element that is open in which bare URLs do not count
	level   int     // of the heading that is open; 0 when none is
	at      int     // offset of the heading that is open
	linked  bool    // the heading holds a link
	heading strings.Builder
}

// verbatim elements show or hold code: links in them are samples.
var verbatim = map[string]bool{"pre": true, "script": true, "style": true, "textarea": true, "xmp": true, "template": true}

// unparsed elements hold no tags; only their end tag ends them (HTML standard, section 13.2.5).
var unparsed = map[string]bool{"script": true, "style": true, "textarea": true, "xmp": true, "title": true, "iframe": true}

// codelike elements show text as it is.
var codelike = map[string]bool{"code": true, "kbd": true, "samp": true, "tt": true, "var": true}

// offsets maps places in text joined of several lines back to the file.
type offsets struct {
	pieces []span // of the file
	starts []int  // of each piece in the joined text
}

func (o offsets) at(i int) int {
	p := len(o.starts) - 1
	for low, high := 0, p; low < high; {
		middle := (low + high + 1) / 2
		if o.starts[middle] <= i {
			low = middle
		} else {
			high = middle - 1
		}
		p = low
	}
	return o.pieces[p].start + i - o.starts[p]
}

// span maps a range back. A range over a container marker, such as an attribute in two lines of a quotation, has no
// bytes of its own in the file: it becomes empty.
func (o offsets) span(r span) span {
	start := o.at(r.start)
	if r.end > r.start && o.at(r.end-1)-start == r.end-1-r.start {
		return span{start, start + r.end - r.start}
	}
	return span{start, start}
}

// joined returns lines as one text. Where they follow one another in the file nothing is copied.
func (m *markdown) joined(lines *text.Segments) ([]byte, offsets) {
	var o offsets
	size := 0
	for i := range lines.Len() {
		line := lines.At(i)
		if n := len(o.pieces); n > 0 && o.pieces[n-1].end == line.Start {
			o.pieces[n-1].end = line.Stop
		} else {
			o.pieces, o.starts = append(o.pieces, span{line.Start, line.Stop}), append(o.starts, size)
		}
		size += line.Stop - line.Start
	}
	if len(o.pieces) == 0 {
		return nil, offsets{[]span{{}}, []int{0}}
	}
	if len(o.pieces) == 1 {
		return m.text[o.pieces[0].start:o.pieces[0].end], o
	}
	raw := make([]byte, 0, size)
	for _, p := range o.pieces {
		raw = append(raw, m.text[p.start:p.end]...)
	}
	return raw, o
}

// rawHTML reads a tag, or a comment, among inline content.
func (m *markdown) rawHTML(n *ast.RawHTML) {
	if n.Pos() < m.leaf.done {
		return
	}
	raw, at := m.joined(n.Segments)
	if t, end, ok := readTag(raw, 0); ok {
		m.tag(t, raw, at, 0, end)
	}
}

// htmlBlock reads a block of HTML.
func (m *markdown) htmlBlock(n *ast.HTMLBlock) {
	lines := text.NewSegments()
	lines.AppendAll(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		lines.Append(n.ClosureLine)
	}
	raw, at := m.joined(lines)
	m.leaf = leaf{lines: lines, found: m.leaf.found[:0], html: htmlState{open: -1}}
	m.tokens(raw, at)
	m.endHeading()
	m.closeAnchor(-1)
	for i := range m.leaf.found {
		if f := &m.leaf.found[i]; !f.omit {
			m.placeFound(f, surroundings{})
		}
	}
}

// tokens reads HTML: tags, text, and comments, which are passed over.
func (m *markdown) tokens(raw []byte, at offsets) {
	for i := 0; i < len(raw); {
		next := bytes.IndexByte(raw[i:], '<')
		if next < 0 {
			m.htmlText(raw[i:])
			return
		}
		m.htmlText(raw[i : i+next])
		i += next
		t, end, ok := readTag(raw, i)
		switch {
		case ok:
			m.tag(t, raw, at, i, end)
			if i = end; unparsed[t.name] && !t.closing {
				i = endOf(raw, i, t.name)
			}
		case isMarkup(raw[i:]):
			i = pastMarkup(raw, i)
		default:
			m.htmlText(raw[i : i+1])
			i++
		}
	}
}

// isMarkup reports whether a "<" starts a comment, a declaration, an instruction, or a tag that never ends.
func isMarkup(raw []byte) bool {
	return len(raw) > 1 && (raw[1] == '!' || raw[1] == '?' || raw[1] == '/' || isLetter(raw[1]))
}

// pastMarkup returns the offset past a comment, a declaration or an instruction. A tag that never ends takes all.
func pastMarkup(raw []byte, at int) int {
	closer := ">"
	switch {
	case bytes.HasPrefix(raw[at:], []byte("<!-->")), bytes.HasPrefix(raw[at:], []byte("<!--->")):
	case bytes.HasPrefix(raw[at:], []byte("<!--")):
		closer = "-->"
	case bytes.HasPrefix(raw[at:], []byte("<![CDATA[")):
		closer = "]]>"
	case bytes.HasPrefix(raw[at:], []byte("<?")):
		closer = "?>"
	case isLetter(raw[at+1]), raw[at+1] == '/' && at+2 < len(raw) && isLetter(raw[at+2]):
		return len(raw)
	}
	if i := bytes.Index(raw[at:], []byte(closer)); i >= 0 {
		return at + i + len(closer)
	}
	return len(raw)
}

// endOf returns where the end tag of an element stands, or the end of the text.
func endOf(raw []byte, at int, name string) int {
	for at < len(raw) {
		i := bytes.Index(raw[at:], []byte("</"))
		if i < 0 {
			break
		}
		at += i
		if rest := raw[at+2:]; len(rest) >= len(name) && strings.EqualFold(string(rest[:len(name)]), name) {
			return at
		}
		at += len("</")
	}
	return len(raw)
}

func (m *markdown) htmlText(raw []byte) {
	h := &m.leaf.html
	if h.hidden != "" || len(raw) == 0 || h.open < 0 && h.level == 0 {
		return
	}
	words := html.UnescapeString(string(raw))
	if h.open >= 0 {
		h.content.text.WriteString(words)
	}
	if h.level > 0 {
		h.heading.WriteString(words)
	}
}

// tag takes in a tag that stands in raw[start:end].
func (m *markdown) tag(t tag, raw []byte, at offsets, start, end int) {
	h := &m.leaf.html
	if !t.closing {
		m.tagAnchors(t, raw, at)
	}
	switch {
	case h.hidden != "":
		if t.closing && t.name == h.hidden {
			h.hidden = ""
		}
	case verbatim[t.name]:
		if !t.closing {
			h.hidden = t.name
		}
	case codelike[t.name]:
		h.quiet = ""
		if !t.closing {
			h.quiet = t.name
		}
	case t.name == "a":
		m.anchorTag(t, raw, at, start, end)
	case t.name == "img":
		if h.open >= 0 {
			h.content.image(t.value(raw, "src"), t.value(raw, "alt"))
		}
	case len(t.name) == 2 && t.name[0] == 'h' && t.name[1] >= '1' && t.name[1] <= '6':
		m.headingTag(t, at.at(start))
	}
}

// tagAnchors takes the fragments that a tag offers: any id, and the name of an <a>.
func (m *markdown) tagAnchors(t tag, raw []byte, at offsets) {
	for _, name := range [...]string{"id", "name"} {
		if a, ok := t.find(name); ok && a.value.end > a.value.start && (name == "id" || t.name == "a") {
			m.anchors = append(m.anchors, t.value(raw, name))
		}
	}
}

// anchorTag opens or closes a link.
func (m *markdown) anchorTag(t tag, raw []byte, at offsets, start, end int) {
	if t.closing {
		m.closeAnchor(at.at(end-1) + 1)
		return
	}
	a, ok := t.find("href")
	if !ok {
		return
	}
	m.closeAnchor(at.at(start))
	f := found{use: at.at(start), stop: at.at(end-1) + 1, destination: at.span(a.value)}
	f.url = m.href(raw[a.value.start:a.value.end], f.destination)
	m.add(f)
	m.leaf.html.linked = true
	m.leaf.html.open = len(m.leaf.found) - 1
	m.leaf.html.content = content{}
}

// href returns the value of an attribute with its entities resolved, from the bytes of the file where it has some.
func (m *markdown) href(value []byte, r span) string {
	if r.end > r.start {
		value = []byte(m.original(r))
	}
	return unescape(value, false)
}

// closeAnchor ends the link that is open, if there is one; stop is the offset past it, or -1 when it is not known.
func (m *markdown) closeAnchor(stop int) {
	h := &m.leaf.html
	if h.open < 0 {
		return
	}
	f := &m.leaf.found[h.open]
	f.title, f.omit = h.content.title(), h.content.onlyBadges()
	f.stop = max(f.stop, stop)
	h.open = -1
}

func (m *markdown) headingTag(t tag, offset int) {
	h := &m.leaf.html
	m.endHeading()
	if !t.closing {
		h.level, h.at, h.linked = int(t.name[1]-'0'), offset, false
		m.above.leave(h.level)
	}
}

func (m *markdown) endHeading() {
	h := &m.leaf.html
	if h.level > 0 {
		if words := h.heading.String(); h.linked {
			m.anchor(words)
		} else {
			m.enter(h.level, h.at, words)
		}
		h.level = 0
		h.heading.Reset()
	}
}
