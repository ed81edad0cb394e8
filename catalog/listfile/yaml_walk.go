package listfile

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"waymark/catalog"
)

// scope is what encloses a value.
type scope struct {
	section []string
	name    string       // of the nearest map that has one
	named   bool         // it is the map that the value belongs to
	key     string       // that the value belongs to
	kind    catalog.Kind // that a map says it is; empty when it says nothing
	depth   int
}

// node reads a value and all that is in it.
func (y *yamlReader) node(n ast.Node, s scope) error {
	if s.depth++; s.depth > 10*maxYAMLDepth {
		return &unfit{y.window.start, "too deeply nested to be read as YAML"}
	}
	switch n := n.(type) {
	case *ast.AnchorNode:
		return y.node(n.Value, s)
	case *ast.TagNode:
		return y.node(n.Value, s)
	case *ast.SequenceNode:
		if !isURLKey(strings.TrimSuffix(s.key, "s")) {
			s.key, s.named = "", false
		}
		for _, item := range n.Values {
			if err := y.node(item, s); err != nil {
				return err
			}
		}
	case *ast.MappingNode:
		return y.mapping(n.Values, s)
	case *ast.MappingValueNode:
		return y.mapping([]*ast.MappingValueNode{n}, s)
	case *ast.StringNode, *ast.LiteralNode:
		y.scalar(n, s)
	}
	return nil
}

// titleKeys name a map, the best first; kindKeys say what it is.
var (
	titleKeys = []string{"title", "name", "label", "text"}
	kindKeys  = []string{"type", "kind", "category"}
)

// containerKeys hold the entries of a list and say nothing about them.
var containerKeys = map[string]bool{
	"items": true, "entries": true, "links": true, "list": true, "resources": true, "children": true, "data": true,
	"urls": true, "content": true, "contents": true, "sections": true, "categories": true, "subcategories": true,
}

// urlKeys hold addresses: theirs are taken whole, and they name nothing.
var urlKeys = map[string]bool{
	"url": true, "uri": true, "link": true, "href": true, "src": true, "homepage": true, "home": true, "website": true,
	"site": true, "web": true, "repo": true, "repository": true, "source": true, "source_code": true, "demo": true,
	"github": true, "address": true,
}

func isURLKey(key string) bool {
	key = strings.ToLower(key)
	return urlKeys[key] || strings.HasSuffix(key, "_url") || strings.HasSuffix(key, "-url") || strings.HasSuffix(key, "_link")
}

func (y *yamlReader) mapping(pairs []*ast.MappingValueNode, s scope) error {
	own := s
	name := firstOf(pairs, titleKeys)
	if own.named = name != ""; own.named {
		own.name = name
	}
	if kind := kindNames[strings.ToLower(firstOf(pairs, kindKeys))]; kind != "" {
		own.kind = kind
	}
	for _, pair := range pairs {
		key := scalarText(pair.Key)
		if address, ok := wholeURL(key, false); ok {
			y.placeScalar(pair.Key, address, scope{section: s.section, name: scalarText(pair.Value), named: true, kind: own.kind})
		}
		below := own
		below.key = key
		if !isScalar(pair.Value) {
			below.section = sectionBelow(s, own.name, key)
		}
		if err := y.node(pair.Value, below); err != nil {
			return err
		}
	}
	return nil
}

// sectionBelow adds to the section the name of a map, and the key that its value belongs to.
func sectionBelow(s scope, name, key string) []string {
	section := slices.Clip(s.section)
	if name = oneLine(name); name != "" && name != s.name {
		section = append(section, name)
	}
	if key = oneLine(key); key != "" && !containerKeys[strings.ToLower(key)] {
		section = append(section, key)
	}
	return section
}

func firstOf(pairs []*ast.MappingValueNode, keys []string) string {
	for _, key := range keys {
		for _, pair := range pairs {
			if strings.EqualFold(scalarText(pair.Key), key) {
				if text := scalarText(pair.Value); text != "" {
					return text
				}
			}
		}
	}
	return ""
}

func isScalar(n ast.Node) bool {
	_, ok := n.(ast.ScalarNode)
	return ok
}

// scalarText returns the text of a string, behind an anchor or a tag too, and "" for anything else.
func scalarText(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.AnchorNode:
		return scalarText(n.Value)
	case *ast.TagNode:
		return scalarText(n.Value)
	case *ast.MappingKeyNode:
		return scalarText(n.Value)
	case *ast.IntegerNode, *ast.FloatNode:
		return n.GetToken().Value
	}
	return ""
}

func (y *yamlReader) scalar(n ast.Node, s scope) {
	if address, ok := wholeURL(scalarText(n), isURLKey(s.key)); ok {
		y.placeScalar(n, address, s)
	}
}

// wholeURL reports whether a text is a URL and nothing else. As the value of a key that holds addresses it may have
// spaces in it, or another scheme.
func wholeURL(text string, wanted bool) (string, bool) {
	text = strings.TrimSpace(text)
	u, ok := scanURLs([]byte(text), 0, 1).next(0)
	switch {
	case ok && (wanted || u.end == len(text) || !strings.ContainsAny(text, " \t\n")):
		return u.url(text), true
	case wanted && (strings.Contains(text, "://") || strings.HasPrefix(text, "mailto:")) && !strings.ContainsAny(text, " \n"):
		return text, true
	}
	return "", false
}

func (y *yamlReader) placeScalar(n ast.Node, address string, s scope) {
	use, destination := y.locate(n, strings.TrimSpace(scalarText(n)))
	title, kind, unknown := kindOf(s.title(), address, surroundings{section: s.section})
	if s.kind != "" {
		kind = s.kind
	}
	y.reportKind(use, unknown)
	address = strings.ReplaceAll(address, string(rune(sub)), "\uFFFD")
	y.place(use, destination, catalog.Placement{Section: s.section, Title: title, Kind: kind, URL: address})
}

// title returns what to call the address of this scope: the name of its map, its own key where that says more than
// "url", or the name further out. An item of a list that has neither is called nothing.
func (s scope) title() string {
	switch {
	case s.named, s.key != "" && isURLKey(s.key):
		return s.name
	case containerKeys[strings.ToLower(s.key)], slices.Contains(titleKeys, s.key):
		return ""
	}
	return s.key
}

// locate finds the bytes of a scalar. The parser counts lines right, and columns in runes nearly so: a tag, or space
// at the end of the line before, shifts them. So the line is searched for the value, and a range is exact or empty.
func (y *yamlReader) locate(n ast.Node, value string) (use int, r span) {
	t := scalarToken(n)
	if t == nil || t.Position == nil {
		return y.window.start, span{y.window.start, y.window.start}
	}
	at := y.offset(t.Position.Line, t.Position.Column)
	if _, block := n.(*ast.LiteralNode); block {
		at = y.blockText(at)
	}
	number, _ := y.index.at(at)
	start, end := y.index.line(number)
	line := span{max(start, y.window.start), min(end, y.window.end)}
	if r, ok := nearest(y.work, line, at, value); ok {
		return r.start, r
	}
	at += len(y.work[at:line.end]) - len(bytes.TrimLeft(y.work[at:line.end], " "))
	if end := quotedEnd(y.work[at:line.end]); end > 0 {
		r := trimSpan(y.work, span{at + 1, at + end})
		return r.start, r
	}
	return at, span{at, at}
}

// nearest finds the occurrence of a value in a line that starts nearest to an offset. It must stand by itself.
func nearest(text []byte, line span, at int, value string) (best span, found bool) {
	for from := line.start; value != ""; {
		i := bytes.Index(text[from:line.end], []byte(value))
		if i < 0 {
			break
		}
		r := span{from + i, from + i + len(value)}
		from = r.start + 1
		if r.end < line.end && bytes.IndexByte([]byte(" \t\n\"',]}:"), text[r.end]) < 0 {
			continue
		}
		if found && distance(r.start, at) >= distance(best.start, at) {
			break
		}
		best, found = r, true
	}
	return best, found
}

func distance(a, b int) int { return max(a-b, b-a) }

// blockText returns where the text of a block scalar starts whose "|" or ">" stands at an offset.
func (y *yamlReader) blockText(at int) int {
	i := bytes.IndexByte(y.work[at:y.window.end], '\n')
	if i < 0 {
		return at
	}
	text := at + i + len(y.work[at+i:y.window.end]) - len(bytes.TrimLeft(y.work[at+i:y.window.end], " \n"))
	return min(text, y.window.end)
}

// scalarToken returns the token where a scalar starts: its quote, its text, or the sign of a block scalar.
func scalarToken(n ast.Node) *token.Token {
	switch n := n.(type) {
	case *ast.AnchorNode:
		return scalarToken(n.Value)
	case *ast.TagNode:
		return scalarToken(n.Value)
	case *ast.MappingKeyNode:
		return scalarToken(n.Value)
	}
	return n.GetToken()
}

// quotedEnd returns where the quote stands that ends the quoted text at the start of a line's rest, or -1.
func quotedEnd(text []byte) int {
	if len(text) == 0 || text[0] != '"' && text[0] != '\'' {
		return -1
	}
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] == quote && quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return i
		}
	}
	return -1
}

// offset turns a line of the window and a column in runes, both from 1, into an offset of the file.
func (y *yamlReader) offset(line, column int) int {
	first, _ := y.index.at(y.window.start)
	start, end := y.index.line(first + max(line, 1) - 1)
	at := max(start, y.window.start)
	for ; column > 1 && at < end; column-- {
		_, size := utf8.DecodeRune(y.work[at:])
		at += size
	}
	return min(at, len(y.work))
}
