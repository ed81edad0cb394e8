// Package page reads one document into facts: what it calls itself, where it says it lives, its language, and
// when it was last changed. It holds no opinion, does no I/O and reads no clock.
//
// Most pages tell all of that before </head>. So the reading is one pass over the markup that stops there, unless
// something that is wanted can still follow. Texts are cut from the body as they stand and decoded one by one;
// the page as a whole is decoded only where its encoding hides the markup. A tree is built only for a page that
// names itself nowhere but in its headings.
package page

import (
	"net/http"

	"waymark/catalog"
)

// Document is an answer as it was received.
type Document struct {
	URL    string      // absolute URL of the answer, after redirects
	Header http.Header // of the final answer
	Body   []byte      // transfer and content encodings undone; bounded by the caller; never written to
	// Truncated says that Body is only the beginning. What Read finds is then still true; what it does not
	// find may stand further on.
	Truncated bool
}

// Read returns the facts of a document. It accepts any bytes: what cannot be read is left empty. For what is not
// HTML, the title is the file's name and the date is that of the Last-Modified header.
func Read(d Document) catalog.Page {
	if d.Header == nil {
		d.Header = http.Header{}
	}
	reading := readingOf(d.Header.Get("Content-Type"))
	if reading == asFile {
		return readFile(d)
	}
	source := newSource(d)
	if !reading.isHTML(source.body) {
		return readFile(d)
	}
	return readHTML(d, source)
}

// readFile reads what has no markup to look at.
func readFile(d Document) catalog.Page {
	p := catalog.Page{
		Title:    fileTitle(d),
		Language: language(d.Header.Get("Content-Language")),
	}
	if t, ok := lastModified(d.Header); ok {
		p.Modified, p.ModifiedFrom = t, FromLastModified
	}
	return p
}

func readHTML(d Document, source source) catalog.Page {
	found := scan(source.body)
	text := source.texts(d, found)
	links := links{document: d.URL, base: text.attribute(found.base)}

	p := catalog.Page{
		Title:     firstOf(clean(text.content(found.title)), clean(text.attribute(found.ogTitle))),
		Canonical: links.absolute(text.attribute(found.canonical)).URL,
		Language: firstOf(language(text.attribute(found.lang)), language(text.attribute(found.metaLanguage)),
			language(d.Header.Get("Content-Language"))),
		Refresh: firstOf(links.refresh(d.Header.Get("Refresh")), links.refresh(text.attribute(found.refresh))),
	}
	if p.Title == "" && found.headings {
		p.Title = headingTitle(text.all(source.body[:min(len(source.body), treeSize)]))
	}
	p.Modified, p.ModifiedFrom = modified(d.Header, found, text)
	return p
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
