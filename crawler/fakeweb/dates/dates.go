// Package dates is a table of pages that say, or do not say, when they were last changed: one row for each way in which
// blogs, manuals, libraries, authorities and single people write it, and for each date on a page that is not the page's.
//
// The rows are written from what the programs behind these sites put out and from the usage of languages, never from what
// Waymark looks for. Each page stands in surroundings full of other dates: related posts, comments, a footer.
package dates

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"waymark/crawler/fakeweb"
)

// Row is one page and what is true of it.
type Row struct {
	Name     string
	Path     string // of its address; default: a slug
	Language string // of <html>
	Header   string // a header field of the answer, as "Last-Modified: …"
	Head     string // markup in <head>
	Body     string // markup of the main part
	Bare     bool   // the body is all there is: no surroundings
	File     string // media type of an answer that is no page
	Want     Want
}

// Want is the date of the page, and where a careful reader would find it.
type Want struct {
	Day  string // 2006-01-02, the last one that is meant where only a month is given; "" is none
	From string // alternatives separated by "|"
	Sure string // high, medium or low; alternatives separated by "|"
	As   string // part of what is kept as evidence; "" is any
}

// Now is when the pages are visited.
func Now() time.Time { return time.Date(2025, 1, 15, 12, 0, 0, 0, time.UTC) }

// All gives the whole table.
func All() []Row {
	return slices.Concat(blogs, systems, manuals, libraries, authorities, languages, styles, addresses, headers, traps)
}

// Host is where the row with an index lives, as each has a host of its own.
func Host(i int) string { return fmt.Sprintf("dated-%d.test", i+1) }

// Address is the path of a row.
func (r Row) Address() string {
	if r.Path == "" {
		return "/on-keeping-lists"
	}
	return r.Path
}

// Furnish puts the whole table onto a web, which should live at Now.
func Furnish(web *fakeweb.Web) {
	for i, r := range All() {
		web.Handle(Host(i), "/*", r)
	}
}

// ServeHTTP answers with the page, whatever is asked for.
func (r Row) ServeHTTP(rw http.ResponseWriter, q *http.Request) {
	for name, values := range r.Answer() {
		rw.Header()[name] = values
	}
	fakeweb.Bytes(r.kind(), []byte(r.Document())).ServeHTTP(rw, q)
}

// Answer gives the header of the answer.
func (r Row) Answer() http.Header {
	h := http.Header{"Date": {Now().Format(http.TimeFormat)}, "Content-Type": {r.kind()}}
	if name, value, ok := strings.Cut(r.Header, ": "); ok {
		h.Set(name, value)
	}
	return h
}

func (r Row) kind() string {
	if r.File != "" {
		return r.File
	}
	return "text/html; charset=utf-8"
}

// Document gives the whole text of the answer.
func (r Row) Document() string {
	if r.File != "" {
		return r.Body
	}
	language := ""
	if r.Language != "" {
		language = ` lang="` + r.Language + `"`
	}
	body := r.Body
	if !r.Bare {
		body = before + body + after
	}
	return "<!doctype html>\n<html" + language + "><head><meta charset=\"utf-8\"><title>On keeping lists</title>\n" + r.Head + "</head>\n<body class=\"single\">\n" + body + "\n</body></html>\n"
}

// Other dates that are on most pages, and never theirs.
const (
	before = `<header class="site-header"><a href="/">Lists &amp; Links</a><nav><ul><li><a href="/archive/2011/">2011</a></li><li><a href="/events/2030-05-06/">Meeting of 6 May 2030</a></li></ul></nav></header>
`
	after = `
<section id="comments" class="comments-area"><h2>2 comments</h2><ol class="comment-list"><li class="comment"><article><footer><b>Ada</b> <time datetime="2024-12-01T10:00:00Z">1 December 2024</time></footer><p>Thank you!</p></article></li>
<li class="comment"><article><footer><b>Ben</b> said on <time datetime="2024-12-24T10:00:00Z">24 December 2024</time></footer><p>Posted on December 25, 2024 from a train. Updated on December 26, 2024.</p></article></li></ol></section>
<aside class="related-posts"><h2>Related</h2><ul><li><a href="/2024/11/11/other/">Other lists</a> <time datetime="2024-11-11">November 11, 2024</time></li><li>Published on November 12, 2024: <a href="/more/">More lists</a></li></ul></aside>
<footer class="site-footer"><p>&copy; 2009–2025 Lists &amp; Links. Version 2024.10.01. All rights reserved.</p></footer>`

	prose = `<p>A list that nobody looks after tells more about its author than about its subject. In May 2009 the first lines of this one were
written on the back of a ticket; the conference of 17 June 2013 added the rest. Since then it has been read by many, and mended by some.</p>
<p>Those who keep lists know that the work is never in the writing. It is in the coming back, with the eyes of somebody who needs it today.</p>
`
)
