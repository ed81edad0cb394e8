package web

import (
	"slices"
	"strings"

	"waymark/catalog"
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
	line, words, address := p.Quote, quotePart{p.Title, "words", ""}, quotePart{shorten(p.URL, longestQuoted), "to", p.URL}
	if line == "" || line == p.Title || line == p.URL {
		return nil
	}
	if p.Title == p.URL {
		return around(line, p.URL, words, quoteRest)
	}
	if at := strings.LastIndex(line, p.URL); at >= 0 && strings.Contains(line[:at], p.Title) {
		return append(around(line[:at], p.Title, words, quoteRest), around(line[at:], p.URL, address, quoteRest)...)
	}
	return around(line, p.URL, address, func(rest string) []quotePart { return around(rest, p.Title, words, quoteRest) })
}

// around cuts a line at the last occurrence of a text, puts a part in its place, and leaves what stands around to rest.
func around(line, text string, in quotePart, rest func(string) []quotePart) []quotePart {
	at := strings.LastIndex(line, text)
	if at < 0 || text == "" {
		return rest(line)
	}
	return slices.Concat(rest(line[:at]), []quotePart{in}, rest(line[at+len(text):]))
}

func quoteRest(text string) []quotePart {
	if text == "" {
		return nil
	}
	return []quotePart{{Text: text}}
}
