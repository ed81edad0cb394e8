package listfile

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"

	"waymark/catalog"
)

// readYAML reads data lists of any shape: every string that is a URL, and every value of a key such as url or
// homepage that is one, is a placement. Its title is the name of the map that it stands in, or else its key; the
// names and keys further out are its section.
//
// A file of many documents or entries is parsed in windows, cut where an entry of the outermost list or map starts.
// A window that does not parse is halved until the entry is found that is broken; of that one the URLs are taken
// as from plain text.
func readYAML(d *document) {
	y := &yamlReader{document: d}
	for at := d.from; at < len(d.work); {
		end := y.documentEnd(at)
		y.readDocument(span{at, end})
		at = end
	}
}

type yamlReader struct {
	*document
	window span // that is being read
}

// The bounds beyond which a stretch is not parsed: the parser's time grows with the square of the depth, and its
// memory is some hundred times the text.
const (
	maxYAML      = 16 << 20 // bytes without a place to cut
	maxYAMLDepth = 100      // brackets, or list markers in a line
	maxYAMLLine  = 64 << 10 // bytes
	maxYAMLRun   = 256      // times that a byte other than a space is repeated; the scanner counts from each of them
)

// documentEnd returns where the next document starts: at a line that begins with "---".
func (y *yamlReader) documentEnd(at int) int {
	for from := at; ; {
		i := bytes.Index(y.work[from:], []byte("\n---"))
		if i < 0 {
			return len(y.work)
		}
		from += i + 1
		if rest := y.work[from+len("---"):]; len(rest) == 0 || rest[0] == ' ' || rest[0] == '\n' {
			return from
		}
	}
}

func (y *yamlReader) readDocument(r span) {
	entries := y.entries(r)
	for i := 0; i < len(entries); {
		j := i + 1
		for j < len(entries) && entries[j]-entries[i] < windowSize {
			j++
		}
		end := r.end
		if j < len(entries) {
			end = entries[j]
		}
		y.read(entries[i:j], end)
		i = j
	}
}

// entries returns where the entries of the outermost list or map start. The first starts with the document.
func (y *yamlReader) entries(r span) []int {
	starts := []int{r.start}
	var style byte
	for at := r.start; at < r.end; {
		end := r.end
		if i := bytes.IndexByte(y.work[at:r.end], '\n'); i >= 0 {
			end = at + i + 1
		}
		own := entryStyle(y.work[at:end])
		switch {
		case own == 0:
		case style == 0:
			style = own
		case own == style && style != '{':
			starts = append(starts, at)
		}
		at = end
	}
	return starts
}

// entryStyle tells how a line that is not indented starts: '-' for an item of a list, ':' for a key, '{' for what
// cannot be cut, 0 for what is no entry.
func entryStyle(line []byte) byte {
	switch c := line[0]; {
	case c == ' ', c == '\t', c == '\n', c == '#', c == '%', bytes.HasPrefix(line, []byte("---")), bytes.HasPrefix(line, []byte("...")):
		return 0
	case c == '-' && len(line) > 1 && (line[1] == ' ' || line[1] == '\n'):
		return '-'
	case bytes.IndexByte([]byte("{}[]\"'?&*!|>,"), c) >= 0:
		return '{'
	}
	if _, value, found := bytes.Cut(line, []byte(":")); found && (len(value) == 0 || value[0] == ' ' || value[0] == '\n') {
		return ':'
	}
	return 0
}

// read parses the entries, which reach to end.
func (y *yamlReader) read(entries []int, end int) {
	y.window = span{entries[0], end}
	err := y.parse()
	switch {
	case err == nil:
	case len(entries) == 1:
		y.fallBack(err)
	default:
		half := len(entries) / 2
		y.read(entries[:half], entries[half])
		y.read(entries[half:], end)
	}
}

// unfit says why a stretch cannot be parsed, and where.
type unfit struct {
	offset  int
	message string
}

// Error implements error.
func (u *unfit) Error() string { return u.message }

func (y *yamlReader) parse() (err error) {
	text := y.work[y.window.start:y.window.end]
	if err := bounded(text, y.window.start); err != nil {
		return err
	}
	// The parser has panicked on malformed input before; a list must not stop a run.
	defer func() {
		if p := recover(); p != nil {
			err = &unfit{y.window.start, fmt.Sprintf("the YAML parser gave up: %v", p)}
		}
	}()
	file, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return y.located(err)
	}
	found := len(y.listing.Placements)
	for _, doc := range file.Docs {
		if err := y.node(doc.Body, scope{}); err != nil {
			y.listing.Placements = y.listing.Placements[:found]
			return err
		}
	}
	return nil
}

// located gives a syntax error its place in the file.
func (y *yamlReader) located(err error) error {
	var syntax yaml.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		return &unfit{y.window.start, "not valid YAML: " + oneLine(err.Error())}
	}
	at := syntax.GetToken().Position
	return &unfit{y.offset(at.Line, at.Column), "not valid YAML: " + oneLine(syntax.GetMessage())}
}

// bounded refuses what the parser would need too much time or memory for.
func bounded(text []byte, offset int) error {
	if len(text) > maxYAML {
		return &unfit{offset, "too long to be read as YAML in one piece"}
	}
	depth, markers, leading, line, run := 0, 0, true, 0, 0
	for i, c := range text {
		if run++; c == ' ' || i == 0 || text[i-1] != c {
			run = 0
		}
		if i-line > maxYAMLLine || run > maxYAMLRun {
			return &unfit{offset + i, "a line that is too long, or one sign too often, to be read as YAML"}
		}
		switch {
		case c == '\n':
			markers, leading, line = 0, true, i
		case c == '[', c == '{':
			depth++
		case c == ']', c == '}':
			depth = max(0, depth-1)
		case leading && (c == '-' || c == '?' || c == ':'):
			markers++
		}
		leading = leading && bytes.IndexByte([]byte("\n -?:"), c) >= 0
		if depth > maxYAMLDepth || markers > maxYAMLDepth {
			return &unfit{offset + i, "too deeply nested to be read as YAML"}
		}
	}
	return nil
}

// fallBack takes the URLs of what is not YAML line by line, comments left out.
func (y *yamlReader) fallBack(err error) {
	var u *unfit
	if errors.As(err, &u) {
		y.problem(u.offset, u.message+"; only the URLs were taken")
	}
	for at := y.window.start; at < y.window.end; {
		end := y.window.end
		if i := bytes.IndexByte(y.work[at:end], '\n'); i >= 0 {
			end = at + i + 1
		}
		if commentLevel(y.work[at:end]) == 0 {
			for _, l := range y.linksIn(span{at, end}) {
				address := l.url(y.original(l.span))
				_, kind, _ := kindOf("", address, surroundings{})
				y.place(l.start, l.span, catalog.Placement{Kind: kind, URL: address})
			}
		}
		at = end
	}
}
