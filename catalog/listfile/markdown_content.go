package listfile

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// content is what stands inside a link or a heading.
type content struct {
	text   strings.Builder
	alt    strings.Builder
	images int
	badges int
}

// words returns the text, images left out.
func (c *content) words() string { return c.text.String() }

// title returns the text, or where there is none what the images stand for.
func (c *content) title() string {
	if strings.TrimSpace(c.text.String()) == "" {
		return c.alt.String()
	}
	return c.text.String()
}

// onlyBadges reports whether there is nothing but badges.
func (c *content) onlyBadges() bool {
	return c.images > 0 && c.images == c.badges && strings.TrimSpace(c.text.String()) == ""
}

func (c *content) image(source, alt string) {
	c.images++
	if isBadge(source) {
		c.badges++
	}
	c.alt.WriteString(alt)
	c.alt.WriteByte(' ')
}

// collect gathers the content of a node's children.
func (m *markdown) collect(parent ast.Node, c *content) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		m.collectNode(n, c)
	}
}

// collectInto gathers one node for the HTML link or heading that is open, if there is one.
func (m *markdown) collectInto(n ast.Node, c *content) {
	if m.leaf.html.open >= 0 {
		m.collectNode(n, c)
	}
}

func (m *markdown) collectNode(n ast.Node, c *content) {
	switch n := n.(type) {
	case *ast.Text:
		c.text.WriteString(m.textOf(n))
		if n.SoftLineBreak() || n.HardLineBreak() {
			c.text.WriteByte(' ')
		}
	case *ast.CodeSpan:
		m.collectCode(n, c)
	case *ast.Image:
		var alt content
		m.collect(n, &alt)
		c.image(unescape(n.Destination, true), alt.title())
	case *ast.AutoLink:
		c.text.Write(n.Label(m.work))
	case *ast.RawHTML:
		m.collectTag(n, c)
	default:
		m.collect(n, c)
	}
}

// textOf returns text with its escapes and entities resolved.
func (m *markdown) textOf(n *ast.Text) string {
	value := m.work[n.Segment.Start:n.Segment.Stop]
	if n.IsRaw() {
		return string(value)
	}
	for _, c := range value {
		if c == '\\' || c == '&' {
			return unescape(value, true)
		}
	}
	return string(value)
}

func (m *markdown) collectCode(n *ast.CodeSpan, c *content) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			c.text.Write(util.TrimRightSpace(m.work[t.Segment.Start:t.Segment.Stop]))
			if t.SoftLineBreak() {
				c.text.WriteByte(' ')
			}
		}
	}
}

// collectTag takes an <img> for an image, and the anchors that any tag offers.
func (m *markdown) collectTag(n *ast.RawHTML, c *content) {
	raw, at := m.joined(n.Segments)
	t, _, ok := readTag(raw, 0)
	if !ok {
		return
	}
	m.tagAnchors(t, raw, at)
	if t.name == "img" {
		c.image(t.value(raw, "src"), t.value(raw, "alt"))
	}
}

// collapse makes one line of a heading for its slug; unlike a title it keeps invisible characters.
func collapse(words string) string { return strings.Join(strings.Fields(words), " ") }
