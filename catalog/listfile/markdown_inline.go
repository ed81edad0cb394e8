package listfile

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// inlines reads the inline content of a block, in order.
func (m *markdown) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			m.plain(n)
		case *ast.Link:
			m.link(n)
		case *ast.AutoLink:
			m.autoLink(n)
		case *ast.RawHTML:
			m.rawHTML(n)
		case *ast.Image, *ast.CodeSpan:
			m.collectInto(n, &m.leaf.html.content)
		default:
			m.inlines(n)
		}
	}
}

func (m *markdown) add(f found) {
	f.section = m.above.current()
	m.leaf.found = append(m.leaf.found, f)
}

// link reads an inline or a reference link. A link around badges only is omitted.
func (m *markdown) link(n *ast.Link) {
	place, ok := m.links.found[n]
	if !ok || n.Pos() < m.leaf.done || m.leaf.html.hidden != "" {
		return
	}
	var c content
	m.collect(n, &c)
	f := found{use: n.Pos(), stop: m.linkEnd(n.Pos(), place.stop), destination: place.destination, title: c.title(), omit: c.onlyBadges()}
	if n.Reference != nil {
		f.destination = m.definitions[util.ToLinkReference(n.Reference.Value)].destination
	}
	f.url = m.decoded(f.destination)
	m.add(f)
}

// linkEnd steps back over line ends and container markers to the bracket that closes a link.
func (m *markdown) linkEnd(start, stop int) int {
	for stop > start+1 && m.text[stop-1] != ')' && m.text[stop-1] != ']' {
		stop--
	}
	return stop
}

// decoded returns a destination as the Markdown processor would give it: escapes and entities resolved.
func (m *markdown) decoded(r span) string {
	written := m.original(r)
	if !strings.ContainsAny(written, `\&`) {
		return written
	}
	return unescape([]byte(written), true)
}

func unescape(written []byte, escapes bool) string {
	if escapes {
		written = util.UnescapePunctuations(written)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(written)))
}

// autoLink reads <https://example.org>. An e-mail address in angle brackets is no link to check.
func (m *markdown) autoLink(n *ast.AutoLink) {
	start := n.Pos()
	if n.AutoLinkType != ast.AutoLinkURL || start < m.leaf.done || m.leaf.html.hidden != "" {
		return
	}
	destination := span{start + 1, start + 1 + len(n.Label(m.text))}
	url := m.original(destination)
	m.add(found{use: start, stop: destination.end + 1, destination: destination, url: url})
}

// plain reads text: it belongs to the title of an HTML link that is open, or it holds bare URLs.
func (m *markdown) plain(n *ast.Text) {
	html := &m.leaf.html
	m.collectInto(n, &html.content)
	if html.hidden != "" || html.quiet != "" || html.open >= 0 {
		return
	}
	r := span{max(n.Segment.Start, m.leaf.done), n.Segment.Stop}
	if r.start >= r.end {
		return
	}
	if m.readMasked(r) {
		return
	}
	m.bareURLs(r, m.reach(n))
}

// reach returns how far a bare URL that starts in a text may go: to the end of its line, at most to the next
// inline markup other than emphasis. What looks like emphasis inside a URL is part of the URL.
func (m *markdown) reach(n *ast.Text) int {
	const siblings = 100
	end := n.Segment.Stop
	for lines := m.leaf.lines; m.leaf.line < lines.Len(); m.leaf.line++ {
		if line := lines.At(m.leaf.line); end <= line.Stop {
			end = line.Stop
			break
		}
	}
	seen := 0
	for next := ast.Node(n); next != nil && next.Type() == ast.TypeInline; next = next.Parent() {
		for sibling := next.NextSibling(); sibling != nil && sibling.Pos() < end; sibling = sibling.NextSibling() {
			seen++
			switch sibling.(type) {
			case *ast.Link, *ast.Image, *ast.AutoLink, *ast.RawHTML, *ast.CodeSpan:
				return max(n.Segment.Stop, sibling.Pos())
			}
			if seen > siblings {
				return n.Segment.Stop
			}
		}
	}
	return end
}

// bareURLs reads the URLs, and the links that their author broke, that start within a text.
func (m *markdown) bareURLs(r span, reach int) {
	urls := scanURLs(m.text[:reach], r.start, r.end)
	for at := r.start; at < r.end; {
		u, ok := urls.next(at)
		limit := r.end
		if ok {
			limit = u.start
		}
		f, broken := m.brokenLink(span{at, limit}, reach)
		switch {
		case broken:
		case ok:
			f = m.bareLink(u)
		default:
			return
		}
		m.add(f)
		at = f.stop
		m.leaf.done = at
	}
}

func (m *markdown) bareLink(u bare) found {
	f := found{use: u.start, stop: u.end, destination: u.span, url: u.url(m.original(u.span))}
	if strings.Contains(f.url, "&") {
		f.url = unescape([]byte(f.url), false)
	}
	if open, title, broken, ok := bracketed(m.work, m.behind(), u); ok {
		f.use, f.title, f.broken = open, title, broken
	}
	return f
}

// behind returns the offset behind the last link of the leaf, where a title can start at the earliest.
func (m *markdown) behind() int {
	if n := len(m.leaf.found); n > 0 {
		return m.leaf.found[n-1].stop
	}
	return m.leaf.lines.At(0).Start
}

// maxTries bounds how many times per block a broken link is looked for.
const maxTries = 1000

// brokenLink finds "[title](address)" with a space in the address, which Markdown does not take for a link though
// its author did: the address is an absolute URL or holds a template variable. "](" stands within r.
func (m *markdown) brokenLink(r span, reach int) (found, bool) {
	for at := r.start; m.leaf.tries < maxTries; m.leaf.tries++ {
		i := bytes.Index(m.text[at:r.end], []byte("]("))
		if i < 0 {
			return found{}, false
		}
		at += i + len("](")
		from := max(m.behind(), at-4*maxTitle)
		open := openBracket(m.text[from : at-len("](")])
		address, ok := brokenAddressIn(m.text[at:reach])
		if !ok || open < 0 {
			continue
		}
		f := found{use: from + open, stop: at + address.end + 1, broken: brokenAddress}
		f.destination = span{at + address.start, at + address.end}
		f.title, f.url = string(m.work[f.use+1:at-len("](")]), m.original(f.destination)
		return f, true
	}
	return found{}, false
}

// brokenAddressIn returns the range of an address that a ")" closes, without a title in quotes behind it.
func brokenAddressIn(text []byte) (span, bool) {
	end, depth := -1, 0
	for i, c := range text[:min(len(text), 4*maxTitle)] {
		if c == '\n' {
			break
		}
		if c == '(' {
			depth++
		}
		if c == ')' {
			if depth == 0 {
				end = i
				break
			}
			depth--
		}
	}
	if end < 0 {
		return span{}, false
	}
	address := text[:end]
	if quote := bytes.Index(address, []byte(` "`)); quote > 0 {
		address = address[:quote]
	}
	start := len(address) - len(bytes.TrimLeft(address, " "))
	address = bytes.TrimRight(address, " ")
	meant := bytes.Contains(address, []byte("{{")) || bytes.Contains(address, []byte("://"))
	if start >= len(address) || !meant || bytes.Contains(address, []byte("）")) || !bytes.Contains(address[start:], []byte(" ")) {
		return span{}, false
	}
	return span{start, len(address)}, true
}
