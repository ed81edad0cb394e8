package listfile

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"waymark/catalog"
)

// span is a range of bytes, start inclusive, end exclusive.
type span struct{ start, end int }

// document is a file made safe to read.
type document struct {
	file    string
	content []byte // as given; all positions refer to it
	// work has the length of content. In it every line ends with LF, and sub stands for NUL and for each byte
	// that is not UTF-8, so that no parser stumbles while every offset stays what it was.
	work     []byte
	from     int // where the text starts, past a byte order mark
	index    index
	listing  catalog.Listing
	problems int
}

// sub is the ASCII control character SUBSTITUTE, which no list has a use for.
const sub = 0x1A

// maxProblems bounds the problems reported for one file; the others are counted.
const maxProblems = 100

var byteOrderMark = []byte("\xEF\xBB\xBF")

func newDocument(file string, content []byte) *document {
	d := &document{file: file, content: content, work: content, index: newIndex(content)}
	d.listing.File = file
	if bytes.HasPrefix(content, byteOrderMark) {
		d.from = len(byteOrderMark)
	}
	if d.foreign() {
		d.problem(0, "the file is UTF-16; save it as UTF-8 to have it read")
		return d
	}
	if bytes.IndexByte(content, '\r') >= 0 || bytes.IndexByte(content, 0) >= 0 || !utf8.Valid(content) {
		d.work = bytes.Clone(content)
		d.unifyLineEnds()
		d.substitute()
	}
	return d
}

// foreign reports whether the file starts with a byte order mark of UTF-16.
func (d *document) foreign() bool {
	return bytes.HasPrefix(d.content, []byte{0xFF, 0xFE}) || bytes.HasPrefix(d.content, []byte{0xFE, 0xFF})
}

func (d *document) unifyLineEnds() {
	for i, c := range d.work {
		switch {
		case c != '\r':
		case i+1 < len(d.work) && d.work[i+1] == '\n':
			d.work[i] = ' '
		default:
			d.work[i] = '\n'
		}
	}
}

// substitute replaces what is no text and reports its first spot and its number, once for each of the two sorts.
func (d *document) substitute() {
	var invalid, null []int
	for i := 0; i < len(d.work); {
		r, size := utf8.DecodeRune(d.work[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			d.work[i], invalid = sub, append(invalid, i)
		case r == 0:
			d.work[i], null = sub, append(null, i)
		}
		i += size
	}
	if len(invalid) > 0 {
		d.problem(invalid[0], fmt.Sprintf("not valid UTF-8 here (%s in the file); save the file as UTF-8", count(len(invalid), "byte")))
	}
	if len(null) > 0 {
		d.problem(null[0], fmt.Sprintf("a NUL byte stands here (%s in the file); remove it", count(len(null), "byte")))
	}
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// problem reports what could not be read at an offset.
func (d *document) problem(offset int, message string) {
	line, column := d.index.at(offset)
	d.problemAt(line, column, message)
}

func (d *document) problemAt(line, column int, message string) {
	if d.problems++; d.problems <= maxProblems {
		d.listing.Problems = append(d.listing.Problems, catalog.Problem{File: d.file, Line: line, Column: column, Message: message})
	}
}

// place adds a placement. use is the offset of the link's first byte; p needs no File, Line, Column, Start or End.
func (d *document) place(use int, destination span, p catalog.Placement) {
	p.File = d.file
	p.Line, p.Column = d.index.at(use)
	p.Start, p.End = destination.start, destination.end
	if p.Kind == "" {
		p.Kind = catalog.Other
	}
	if p.Title = oneLine(p.Title); p.Title == "" {
		p.Title = oneLine(p.URL)
	}
	d.listing.Placements = append(d.listing.Placements, p)
}

// original returns the bytes of a range as text; what is not UTF-8 becomes U+FFFD.
func (d *document) original(r span) string {
	return strings.ToValidUTF8(string(d.content[r.start:r.end]), "\uFFFD")
}

// finish brings placements and problems into the order of the file.
func (d *document) finish() catalog.Listing {
	slices.SortStableFunc(d.listing.Placements, func(a, b catalog.Placement) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	slices.SortStableFunc(d.listing.Problems, func(a, b catalog.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if more := d.problems - maxProblems; more > 0 {
		d.listing.Problems = append(d.listing.Problems, catalog.Problem{
			File: d.file, Message: fmt.Sprintf("%s more could not be listed; mend those above first", count(more, "problem")),
		})
	}
	return d.listing
}

// maxTitle bounds titles and section names, in runes.
const maxTitle = 300

// oneLine makes a title of text: whitespace collapsed, control and invisible formatting characters dropped, cut at
// maxTitle runes. The zero-width joiner stays, as emoji and Indic scripts need it.
func oneLine(text string) string {
	var b strings.Builder
	runes, space := 0, false
	for _, r := range text {
		switch {
		case r == sub:
			r = utf8.RuneError
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200D' && r != '\u200C':
			continue
		}
		if space && runes > 0 {
			b.WriteByte(' ')
			runes++
		}
		space = false
		if runes >= maxTitle {
			break
		}
		b.WriteRune(r)
		runes++
	}
	return strings.TrimRight(b.String(), " ")
}
