package listfile

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newBlockParser parses the block structure and leaves inline content alone.
func newBlockParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithParagraphTransformers(paragraphTransformers()...),
	)
}

// newFullParser parses all that links depend on. goldmark's task lists are left out, as they take the "[x]" of a
// link named x for a check box; its linkify too, as it ends a URL at the first letter beyond ASCII and needs a space
// before it.
func newFullParser(links *linkParser) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithParagraphTransformers(paragraphTransformers()...),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(links, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(&delimiters{InlineParser: parser.NewEmphasisParser()}, 500),
			util.Prioritized(&delimiters{InlineParser: extension.NewStrikethroughParser()}, 500),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

func paragraphTransformers() []util.PrioritizedValue {
	return append(parser.DefaultParagraphTransformers(), util.Prioritized(extension.NewTableParagraphTransformer(), 200))
}

// The bounds per block keep goldmark linear: each attempt beyond them could read the whole block again. What lies
// beyond stays text, in which bare URLs are still found.
const (
	maxDelimiters = 500  // emphasis and strikethrough
	maxFailures   = 100  // "](" that is no link
	maxLookups    = 2000 // "[…]" that may be a reference
	maxAddress    = 4096 // bytes of a destination without a space
)

// delimiters bounds an inline parser whose delimiters are matched in quadratic time.
type delimiters struct {
	parser.InlineParser
	used int
}

// Parse implements [parser.InlineParser].
func (p *delimiters) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if p.used >= maxDelimiters {
		return nil
	}
	p.used++
	return p.InlineParser.Parse(parent, block, pc)
}

// CloseBlock implements [parser.CloseBlocker].
func (p *delimiters) CloseBlock(ast.Node, text.Reader, parser.Context) { p.used = 0 }

// linkPlace is where a link ends and where its destination stands; the latter is empty for reference links.
type linkPlace struct {
	stop        int
	destination span
}

// linkParser is goldmark's parser of links that also notes where the parts of a link stand.
type linkParser struct {
	parser.InlineParser
	found             map[*ast.Link]linkPlace
	failures, lookups int // within the block
}

func newLinkParser() *linkParser {
	return &linkParser{InlineParser: parser.NewLinkParser(), found: map[*ast.Link]linkPlace{}}
}

// Parse implements [parser.InlineParser].
func (p *linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	rest, _ := block.PeekLine()
	if rest[0] != ']' {
		return p.InlineParser.Parse(parent, block, pc)
	}
	inline := len(rest) > 1 && rest[1] == '('
	if p.failures >= maxFailures && inline || p.lookups >= maxLookups && !inline {
		return nil
	}
	line, closing := block.Position()
	n := p.InlineParser.Parse(parent, block, pc)
	if link, ok := n.(*ast.Link); ok {
		p.note(link, block, line, closing)
	}
	switch {
	case !inline:
		p.lookups++
	case n == nil:
		p.failures++
	}
	return n
}

// note reads the link once more from its "]", to learn where the destination starts.
func (p *linkParser) note(link *ast.Link, block text.Reader, line int, closing text.Segment) {
	endLine, end := block.Position()
	place := linkPlace{stop: end.Start}
	if link.Reference == nil {
		block.SetPosition(line, closing)
		block.Advance(len("]("))
		place.destination = destinationAt(block, len(link.Destination))
		block.SetPosition(endLine, end)
	}
	p.found[link] = place
}

// destinationAt returns the range of a destination that is size bytes long and comes next after white space.
func destinationAt(block text.Reader, size int) span {
	block.SkipSpaces()
	_, at := block.Position()
	start := at.Start
	if size > 0 && block.Peek() == '<' {
		start++
	}
	return span{start, start + size}
}

// CloseBlock implements [parser.CloseBlocker].
func (p *linkParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.failures, p.lookups = 0, 0
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// definition is a link reference definition: "[label]: destination".
type definition struct {
	destination span
	raw         []byte // as written
}

// references is a parser's context that knows the definitions of the whole file, not only of the window.
type references struct {
	parser.Context
	definitions map[string]definition
}

// AddReference does nothing: the definitions are known by now.
func (r *references) AddReference(parser.Reference) {}

// Reference implements [parser.Context].
func (r *references) Reference(label string) (parser.Reference, bool) {
	d, ok := r.definitions[label]
	if !ok {
		return nil, false
	}
	return parser.NewReference([]byte(label), d.raw, nil), true
}
