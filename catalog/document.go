package catalog

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// PlaceDocument is a place as every JSON document writes it: that of check, of list and of the API. Its fields are
// fixed, as scripts depend on them.
type PlaceDocument struct {
	Source   string   `json:"source"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Title    string   `json:"title"`
	Kind     Kind     `json:"kind"`
	Section  []string `json:"section"` // never null
	URL      string   `json:"url"`     // as written
	Fragment string   `json:"fragment"`
}

// Document returns the place as JSON documents write it.
func (p Place) Document() PlaceDocument {
	return PlaceDocument{Source: p.Source, File: p.File, Line: p.Line, Column: p.Column, Title: p.Title, Kind: p.Kind,
		Section: append([]string{}, p.Section...), URL: p.URL, Fragment: p.Fragment}
}

// PrintableJSON returns a JSON document of the same meaning that is safe to look at on a terminal. It escapes what
// JSON allows and some terminals obey: the control characters U+007F to U+009F, and the marks that reorder the text
// after them. Such characters stand only within strings.
func PrintableJSON(document []byte) []byte {
	var b strings.Builder
	b.Grow(len(document))
	for _, r := range string(document) {
		if r >= 0x7f && r <= 0x9f || r > 0x9f && unicode.Is(unicode.Bidi_Control, r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return []byte(b.String())
}

// PrintableHTML returns a page in which every character that a terminal obeys, or that reorders the text after it, is
// replaced by U+FFFD. HTML has no way to write them that browsers show as such: a reference to U+202E reorders like the
// character itself, and one to U+009B becomes another character. Markup does not need them.
func PrintableHTML(page []byte) []byte {
	return bytes.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return unicode.ReplacementChar
		}
		return r
	}, page)
}
