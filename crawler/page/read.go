// Package page reads one document into facts: what it calls itself, where it says it lives, its language, and
// when it was last changed. It holds no opinion, does no I/O and reads no clock.
//
// Most pages tell all of that before </head>. So the reading is one pass over the markup that stops there, unless
// something that is wanted can still follow. Texts are cut from the body as they stand and decoded one by one;
// the page as a whole is decoded only where its encoding hides the markup. A tree is built only for a page that
// names itself nowhere but in its headings.
package page

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

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
	Status    int // of the answer; 0 stands for 200

	Redirected bool          // the link that was followed names another address than URL
	Closer     bool          // look closely, whatever the page seems to be: it is to be compared with another
	Fragments  []string      // percent-encoded, without "#": the anchors that are wanted in it
	Look       *catalog.Look // what is wanted of its text; nil: nothing
}

// Facts is what Read finds.
type Facts struct {
	catalog.Page
	Signals []catalog.Signal  // marks of the answer that speak against taking it for the page
	Missing []string          // wanted fragments that the document certainly lacks
	Near    map[string]string // for some of them, the one fragment of the document that is written almost the same
	Text    *catalog.Text     // what was wanted of its text; nil where nothing was
}

// Read returns the facts of a document. It accepts any bytes: what cannot be read is left empty. For what is not
// HTML, the title is the file's name and the date is that of the Last-Modified header.
func Read(d Document) Facts {
	if d.Header == nil {
		d.Header = http.Header{}
	}
	if d.Status == 0 {
		d.Status = http.StatusOK
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

// readFile reads what has no markup to look at. An error of a store of files is XML.
func readFile(d Document) Facts {
	p := catalog.Page{
		Title:    fileTitle(d),
		Language: language(d.Header.Get("Content-Language")),
	}
	if t, ok := lastModified(d.Header); ok {
		p.Modified, p.ModifiedFrom, p.ModifiedSure = t, FromLastModified, catalog.Medium
		p.ModifiedAs = shorten(clean(d.Header.Get("Last-Modified")), maxAs)
	}
	e := evidence{status: d.Status, header: d.Header, place: placeOf(d.URL)}
	if head := bytes.TrimLeft(d.Body[:min(len(d.Body), smallPage)], " \t\r\n"); len(d.Body) < smallPage && bytes.HasPrefix(head, []byte("<")) {
		seen := look(d.Body, d.URL)
		e.look = &seen
	}
	facts := Facts{Page: p, Signals: e.bareSignals(d)}
	if d.Look != nil && d.Status/100 == 2 {
		mark := d.mark(p.Title)
		facts.Text = &catalog.Text{Mark: mark, Same: mark == d.Look.Mark}
	}
	return facts
}

func readHTML(d Document, source source) Facts {
	found := scan(source.body)
	text := source.texts(d, found)
	links := links{document: d.URL, base: text.attribute(found.base)}

	p := catalog.Page{
		Title:     firstOf(clean(text.content(found.title)), clean(text.attribute(found.ogTitle)), clean(text.attribute(found.cardTitle))),
		Canonical: links.absolute(text.attribute(found.canonical)).URL,
		Language: firstOf(language(text.attribute(found.lang)), language(text.attribute(found.metaLanguage)),
			language(d.Header.Get("Content-Language"))),
		Refresh: firstOf(links.refresh(d.Header.Get("Refresh")), links.refresh(text.attribute(found.refresh))),
	}
	e := evidence{status: d.Status, header: d.Header, place: placeOf(d.URL), title: strings.ToLower(p.Title), file: d.namesFile(), above: d.namesAbove(p.Canonical)}
	if d.suspicious(e.title, p.Canonical, source.body) {
		seen := look(text.all(source.body[:min(len(source.body), surveySize)]), d.URL)
		seen.shows = seen.shows || p.Refresh != ""
		e.look, p.Sketch = &seen, seen.sketch()
	}
	if p.Title == "" && found.headings {
		p.Title = headingTitle(text.all(source.body[:min(len(source.body), treeSize)]))
	}
	age := datesOf(d, source, found, text, false).modified()
	p.Modified, p.ModifiedFrom, p.ModifiedAs, p.ModifiedSure = age.At.UTC(), age.From, age.As, age.Sure
	facts := Facts{Page: p, Signals: append(e.signals(!d.Truncated && len(source.body) <= surveySize), append(archivedSignals(d, source.body), givenUpSignals(d, p, source, text, links)...)...)}
	if !d.wantsSketch(facts) {
		facts.Sketch = nil
	}
	facts.Missing, facts.Near = missingAnchors(d, source, text, e.look)
	facts.Text = d.inspect(p, source, text)
	return facts
}

// doubtful reports marks that can raise a question.
func (f Facts) doubtful() bool {
	return slices.ContainsFunc(f.Signals, func(s catalog.Signal) bool { return !s.Proof && s.Kind != catalog.SignalArchived })
}

// wantsSketch reports whether there may be something to compare a document with. What is kept of every visit is to be
// small.
func (d Document) wantsSketch(f Facts) bool {
	return d.Status/100 == 2 && (d.Closer || d.Redirected || f.doubtful() || strings.HasPrefix(d.URL, "http:"))
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
