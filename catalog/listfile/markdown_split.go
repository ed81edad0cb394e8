package listfile

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// windowSize is how many bytes are parsed at once. The syntax tree of a window takes some thirteen times its size,
// and what is quadratic in goldmark is so within a window.
const windowSize = 16 << 10

// split cuts the text into windows that can be parsed one by one, and gathers the link reference definitions. A
// window ends where a block of the top level, or an item of a list of the top level, starts.
func (m *markdown) split(from int) []span {
	var windows []span
	for from < len(m.text) {
		root, cut := m.window(from, windowSize)
		m.define(root, cut)
		windows = append(windows, span{from, cut})
		from = cut
	}
	return windows
}

// window parses the blocks of a window of about the size, and returns where to cut. A block that is larger than the
// window makes it grow; only a paragraph is cut at a line.
func (m *markdown) window(from, size int) (root ast.Node, cut int) {
	for ; ; size *= 2 {
		to := m.lineEnd(from + size)
		root = m.blocks.Parse(m.reader(span{from, to}), parser.WithContext(parser.NewContext()))
		if to == len(m.text) {
			return root, to
		}
		if cut = m.lastStart(root, from); cut > from {
			return root, cut
		}
		if ast.IsParagraph(root.LastChild()) || root.LastChild() == nil {
			return root, m.flushLeft(from, to)
		}
	}
}

// flushLeft returns the last start of a line up to an offset where a paragraph can be cut: what is indented would be
// code behind the cut.
func (m *markdown) flushLeft(from, to int) int {
	for cut := to; cut > from; cut = m.lineStart(cut - 1) {
		if at := skipBlanks(m.text, cut); width(m.text[cut:at]) < 4 {
			return cut
		}
	}
	return to
}

// lineEnd returns the offset past the line that an offset is in.
func (m *markdown) lineEnd(at int) int {
	if at >= len(m.text) {
		return len(m.text)
	}
	if i := bytes.IndexByte(m.text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(m.text)
}

// lastStart returns the offset of the line in which the last block of the top level starts or, if that is a list,
// its last item. An item that is indented so far that it would be code on its own is no place to cut.
func (m *markdown) lastStart(root ast.Node, from int) int {
	last := root.LastChild()
	if last == nil {
		return from
	}
	if list, ok := last.(*ast.List); ok {
		for item := list.LastChild(); item != nil; item = item.PreviousSibling() {
			if start := m.lineStart(item.Pos()); start > from && item.Pos()-start < 4 && m.text[start] != '\t' {
				return start
			}
		}
	}
	return max(from, m.lineStart(last.Pos()))
}

func (m *markdown) lineStart(at int) int {
	if at < 0 {
		return 0
	}
	return bytes.LastIndexByte(m.text[:at], '\n') + 1
}

// define gathers the definitions that start before the cut. The first of a label wins.
func (m *markdown) define(n ast.Node, cut int) {
	for child := n.FirstChild(); child != nil && child.Type() != ast.TypeInline; child = child.NextSibling() {
		reference, ok := child.(*ast.LinkReferenceDefinition)
		if !ok {
			m.define(child, cut)
			continue
		}
		label := util.ToLinkReference(reference.Label)
		if _, taken := m.definitions[label]; taken || reference.Lines().Len() == 0 || reference.Lines().At(0).Start >= cut {
			continue
		}
		m.definitions[label] = definition{m.defined(reference), bytes.Clone(reference.Destination)}
	}
}

// defined reads a definition once more, to learn where its destination stands.
func (m *markdown) defined(reference *ast.LinkReferenceDefinition) span {
	block := text.NewBlockReader(m.text, reference.Lines())
	block.SkipSpaces()
	block.Advance(len("["))
	block.FindClosure('[', ']', text.FindClosureOptions{Newline: true, Advance: true})
	block.Advance(len(":"))
	return destinationAt(block, len(reference.Destination))
}
