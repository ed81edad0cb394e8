package listfile

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"waymark/catalog"
)

// markdown reads CommonMark with GitHub's tables, strikethrough and bare URLs. goldmark parses, this package finds
// the offsets: goldmark keeps the start of a link but not the place of its destination.
//
// Sections are the headings above a link, ATX, setext and raw HTML alike; but a heading of raw HTML that holds a link
// is an advertisement more often than not, and names no section. A single level-one heading is the title of the
// document and no section; where there are several, they are the outermost sections.
//
// Front matter is data about the page and not part of the list: it is passed over unread, links in it included.
type markdown struct {
	*document
	text        []byte // work with what goldmark trips over masked; see mask
	masked      []span // of text, in order: stretches that are left to the text reader
	definitions map[string]definition
	blocks      parser.Parser // block structure and definitions only
	full        parser.Parser
	links       *linkParser
	above       sections
	slugs       *slugger
	anchors     []string
	titles      []int // offsets of the level-one headings
	leaf        leaf
}

func readMarkdown(d *document) {
	m := &markdown{document: d, definitions: map[string]definition{}, slugs: newSlugger(), anchors: []string{}}
	m.links = newLinkParser()
	m.blocks, m.full = newBlockParser(), newFullParser(m.links)
	from := frontMatter(d.work, d.from)
	m.mask(from)
	for _, window := range m.split(from) {
		m.readWindow(window)
	}
	m.dropTitle()
	d.listing.Anchors = m.anchors
}

func (m *markdown) readWindow(w span) {
	root := m.full.Parse(m.reader(w), parser.WithContext(&references{parser.NewContext(), m.definitions}))
	m.block(root)
	clear(m.links.found)
}

// reader reads a window with offsets that count from the start of the file.
func (m *markdown) reader(w span) text.Reader {
	r := text.NewReader(m.text[:w.end])
	r.SetPosition(-1, text.NewSegment(w.start, w.start))
	r.AdvanceLine()
	return r
}

// dropTitle takes a single level-one heading off the sections.
func (m *markdown) dropTitle() {
	if len(m.titles) != 1 {
		return
	}
	line, _ := m.index.at(m.titles[0])
	for i := range m.listing.Placements {
		if p := &m.listing.Placements[i]; p.Line > line && len(p.Section) > 0 {
			if p.Section = p.Section[1:]; len(p.Section) == 0 {
				p.Section = nil
			}
		}
	}
}

// block reads a block and all that is in it.
func (m *markdown) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.LinkReferenceDefinition:
	case *ast.HTMLBlock:
		m.htmlBlock(n)
	case *ast.Heading:
		m.heading(n)
	default:
		if first := n.FirstChild(); first != nil && first.Type() == ast.TypeInline {
			m.readLeaf(n)
			return
		}
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			m.block(child)
		}
	}
}

func (m *markdown) heading(n *ast.Heading) {
	m.above.leave(n.Level)
	m.readLeaf(n)
	var c content
	m.collect(n, &c)
	offset := max(n.Pos(), 0)
	m.enter(n.Level, offset, c.words())
}

// enter starts a section and offers its slug as an anchor.
func (m *markdown) enter(level, offset int, words string) {
	if level == 1 && oneLine(words) != "" {
		m.titles = append(m.titles, offset)
	}
	m.above.enter(level, words)
	m.anchor(words)
}

// anchor offers the slug of a heading.
func (m *markdown) anchor(words string) {
	if slug := m.slugs.slug(collapse(words)); slug != "" {
		m.anchors = append(m.anchors, slug)
	}
}

// leaf is the block with inline content that is being read.
type leaf struct {
	lines *text.Segments
	line  int     // lines.At(line) holds the text being read
	tries int     // broken links looked for
	done  int     // text before this offset belongs to a bare URL and is not read again
	found []found // in order of use
	html  htmlState
}

// found is a link of a leaf, before its kind is known.
type found struct {
	use, stop   int // offsets of its first byte and just past its last
	destination span
	url, title  string
	section     []string
	broken      string // what is wrong with its markup
	omit        bool   // a badge, or not a link after all: it only parts the text around its neighbours
}

func (m *markdown) readLeaf(n ast.Node) {
	m.leaf = leaf{lines: n.Lines(), found: m.leaf.found[:0], html: htmlState{open: -1}}
	m.inlines(n)
	m.flush(n.Lines())
}

// flush turns what was found in a leaf into placements.
func (m *markdown) flush(lines *text.Segments) {
	m.closeAnchor(-1)
	first, last := bounds(lines)
	for i := range m.leaf.found {
		f := &m.leaf.found[i]
		if f.omit {
			continue
		}
		before, after := first, last
		if i > 0 {
			before = m.leaf.found[i-1].stop
		}
		if i+1 < len(m.leaf.found) {
			after = m.leaf.found[i+1].use
		}
		m.placeFound(f, near(m.work[min(before, f.use):f.use], m.work[f.stop:max(after, f.stop)]))
	}
}

func bounds(lines *text.Segments) (first, last int) {
	if lines == nil || lines.Len() == 0 {
		return 0, 0
	}
	return lines.At(0).Start, lines.At(lines.Len() - 1).Stop
}

func (m *markdown) placeFound(f *found, around surroundings) {
	if f.broken != "" {
		m.problem(f.use, f.broken)
	}
	if oneLine(f.url) == "" {
		m.problem(f.use, "a link without an address")
		return
	}
	around.section = f.section
	title, kind, unknown := kindOf(f.title, f.url, around)
	m.reportKind(f.use, unknown)
	m.place(f.use, f.destination, catalog.Placement{Section: f.section, Title: title, Kind: kind, URL: f.url})
}
