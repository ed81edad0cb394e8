package web

import (
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// quotePart is a stretch of a list's own line.
type quotePart struct {
	Text  string
	Mark  string // "words" for the link's text, "to" for its address; empty for what stands around them
	Whole string // of an address that is cut in its middle
}

// longestQuoted is how much of an address is shown within a line, in characters: it stands in full elsewhere on the page.
const longestQuoted = 44

// quoteParts takes the line of a place apart, so that the link's text can be told from its address and from what the list
// says besides. It is nothing where the line says no more than the title and the address do.
func quoteParts(p catalog.Place) []quotePart {
	line, words, begin := p.Quote, quotePart{p.Title, "words", ""}, linkBegin(p)
	if line == "" || line == p.Title || line == p.URL {
		return nil
	}
	if p.Title == p.URL {
		return parted(line, nearest(line, p.URL, begin), words)
	}
	at := nearest(line, p.URL, begin+len(p.Title)+len("[]("))
	if at < 0 {
		return parted(line, nearest(line, p.Title, begin), words)
	}
	before, after := line[:at], line[at+len(p.URL):]
	address := quotePart{shorten(p.URL, longestQuoted), "to", p.URL}
	left, right := strings.LastIndex(before, p.Title), strings.Index(after, p.Title)
	if left >= 0 && (right < 0 || at-left-len(p.Title) <= right) { // the closer to the address is the link's own
		return slices.Concat(parted(before, left, words), []quotePart{address}, plain(after))
	}
	return slices.Concat(plain(before), []quotePart{address}, parted(after, right, words))
}

// linkBegin is about where the link begins in its line as it is kept: white space at the front is left out of it, and a long
// line is cut, so that the part around the link remains.
func linkBegin(p catalog.Place) int {
	switch front, back := strings.HasPrefix(p.Quote, "…"), strings.HasSuffix(p.Quote, "…"); {
	case p.Column < 1 || front && !back:
		return len(p.Quote)
	case front:
		return listfile.QuotedBefore
	}
	return p.Column - 1
}

// nearest returns where in a line a text stands that is expected at a place in it; -1 where it does not. The same address can
// stand in a line twice, or begin another one.
func nearest(line, text string, expected int) int {
	best := -1
	for from := 0; text != "" && from < len(line); {
		at := strings.Index(line[from:], text)
		if at < 0 {
			break
		}
		at += from
		if best < 0 || distance(at, expected) <= distance(best, expected) {
			best = at
		}
		from = at + 1
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }

// parted puts a part in the place of its text in a line; the line is left as it is where it has none.
func parted(line string, at int, in quotePart) []quotePart {
	if at < 0 || in.Text == "" {
		return plain(line)
	}
	return slices.Concat(plain(line[:at]), []quotePart{in}, plain(line[at+len(in.Text):]))
}

func plain(text string) []quotePart {
	if text == "" {
		return nil
	}
	return []quotePart{{Text: text}}
}
