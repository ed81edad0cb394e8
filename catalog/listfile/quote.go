package listfile

import (
	"strings"
	"unicode/utf8"

	"waymark/catalog"
)

// longestQuote bounds a quote, in bytes of the list, without the marks of where it was cut.
const longestQuote = 300

// QuotedBefore is how much of a line that is cut on both sides stands before its link, in bytes.
const QuotedBefore = longestQuote / 5

// Quote gives each placement of a listing the line that it stands on in the file, which content is: on one line,
// without what cannot be seen, and of a line beyond 300 bytes the part around the link, between "…". It is apart from
// [Parse], as lines take as much memory as the file, and only a store keeps them.
func Quote(listing *catalog.Listing, content []byte) {
	lines := newIndex(content)
	var last *catalog.Placement
	for i := range listing.Placements {
		p := &listing.Placements[i]
		start, end := lines.line(p.Line)
		switch {
		case last != nil && last.Line == p.Line && end-start <= longestQuote:
			p.Quote = last.Quote // one text in memory for all links of a line
		default:
			p.Quote = quote(content[start:end], p.Column-1)
		}
		last = p
	}
}

// quote makes a text of a line, of a long one the part around the link at an offset in it.
func quote(line []byte, at int) string {
	if len(line) <= longestQuote {
		return oneLine(clean(line))
	}
	from := max(0, min(at-QuotedBefore, len(line)-longestQuote))
	to := from + longestQuote
	for from < at && !utf8.RuneStart(line[from]) {
		from++
	}
	for to < len(line) && to > from && !utf8.RuneStart(line[to]) {
		to--
	}
	text := oneLine(clean(line[from:to]))
	if from > 0 {
		text = "…" + text
	}
	if to < len(line) {
		text += "…"
	}
	return text
}

// clean makes text of bytes; what is not UTF-8 becomes U+FFFD.
func clean(line []byte) string { return strings.ToValidUTF8(string(line), "\uFFFD") }
