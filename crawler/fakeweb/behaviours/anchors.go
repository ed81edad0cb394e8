package behaviours

import (
	"strings"

	"waymark/crawler/fakeweb"
)

// anchorCases are links to a spot within a page (RFC 3986, 3.5; HTML, 7.4.6.3).
var anchorCases = []Case{
	{Name: "anchor by id", Link: "https://anchor-by-id.test/manual#setup", Want: ok("The manual"), Serve: anchors(`<h2 id="setup">Setup</h2>`)},
	{Name: "anchor by name", Link: "https://anchor-by-name.test/manual#setup", Want: ok("The manual"), Serve: anchors(`<a name="setup"></a><h2>Setup</h2>`)},
	{Name: "anchor by name of something else", Link: "https://anchor-by-meta.test/manual#viewport", Want: ok("The manual", noAnchor("viewport")), Serve: anchors(``),
		Why: "HTML: only the name of an a element counts, and <meta name=viewport> is none"},
	{Name: "anchor that is missing", Link: "https://anchor-missing.test/manual#configuration", Want: ok("The manual", noAnchor("configuration")), Serve: anchors(`<h2 id="setup">Setup</h2>`)},
	{Name: "anchor of another case", Link: "https://anchor-case.test/manual#Setup", Want: ok("The manual", noAnchor("Setup")), Serve: anchors(`<h2 id="setup">Setup</h2>`),
		Why: "ids are compared with case"},
	{Name: "anchor in percent-encoding", Link: "https://anchor-percent.test/manual#%C3%BCber-uns", Want: ok("The manual"), Serve: anchors(`<h2 id="über-uns">Über uns</h2>`)},
	{Name: "anchor whose id is itself encoded", Link: "https://anchor-encoded-id.test/manual#%D7%A9", Want: ok("The manual"), Serve: anchors(`<h2 id="%D7%A9">Shin</h2>`), Why: "HTML: the fragment is tried as written, then decoded"},
	{Name: "anchor raw in Japanese", Link: "https://anchor-raw.test/manual#設定", Want: ok("The manual"), Serve: anchors(`<h2 id="設定">設定</h2>`)},
	{Name: "anchor with an entity", Link: "https://anchor-entity.test/manual#q&a", Want: ok("The manual"), Serve: anchors(`<h2 id="q&amp;a">Q &amp; A</h2>`)},
	{Name: "#top", Link: "https://anchor-top.test/manual#top", Want: ok("The manual"), Serve: anchors(``)},
	{Name: "#TOP", Link: "https://anchor-top-capitals.test/manual#TOP", Want: ok("The manual"), Serve: anchors(``), Why: "HTML: top matches in any case of letters"},
	{Name: "empty fragment", Link: "https://anchor-empty.test/manual#", Want: ok("The manual"), Serve: anchors(``)},
	{Name: "text fragment", Link: "https://anchor-text.test/manual#:~:text=confession%20that", Want: ok("The manual"), Serve: anchors(``), Why: "WICG: the directive is for the browser and is cut off the fragment"},
	{Name: "text fragment behind an anchor that is there", Link: "https://anchor-and-text.test/manual#setup:~:text=x", Want: ok("The manual"), Serve: anchors(`<h2 id="setup">Setup</h2>`)},
	{Name: "text fragment behind an anchor that is missing", Link: "https://no-anchor-and-text.test/manual#nowhere:~:text=x", Want: ok("The manual", noAnchor("nowhere")),
		Or: []Want{ok("The manual", noAnchor("nowhere:~:text=x"))}, Serve: anchors(``)},
	{Name: "anchor of a README rendered with a prefix", Link: "https://prefixed-readme.test/project#install", Want: ok("The manual"), Serve: anchors(`<h2 id="user-content-install">Install</h2>`)},
	{Name: "anchor after 300 KB", Link: "https://anchor-late.test/manual#the-end", Want: ok("The manual"), Serve: anchors(strings.Repeat("<p>"+subjects[0][0]+"</p>\n", 800) + `<h2 id="the-end">The end</h2>`)},
	{Name: "anchor in a template that is never shown", Link: "https://anchor-template.test/manual#ghost", Want: ok("The manual", noAnchor("ghost")), Serve: anchors(`<template><h2 id="ghost">Boo</h2></template>`), Or: []Want{ok("The manual")}},
	{Name: "anchor within noscript", Link: "https://anchor-noscript.test/manual#plain", Want: ok("The manual"), Serve: anchors(`<noscript><h2 id="plain">Plain</h2></noscript>`), Or: []Want{ok("The manual", noAnchor("plain"))}},
	{Name: "anchor in an application drawn by script", Link: "https://anchor-in-app.test/docs#props", Want: ok("Docs of an app"), Serve: serve(shell("Docs of an app")), Why: "where nothing is on the page yet nothing can be missing"},
	{Name: "anchor of a hash route", Link: "https://anchor-route.test/#/guide/props", Want: ok("Routes"), Serve: serve(shell("Routes"))},
	{Name: "anchor of a hash-bang route", Link: "https://anchor-bang.test/#!/guide/props", Want: ok("Routes"), Serve: serve(shell("Routes"))},
	{Name: "page of a PDF", Link: "https://anchor-pdf.test/thesis.pdf#page=7", Want: ok(""), Text: "A thesis", Serve: serve(fakeweb.PDF("A thesis")), Why: "RFC 8118 3"},
	{Name: "line of a raw file", Link: "https://anchor-line.test/raw/main.go#L10", Want: ok(""), Text: "main.go", Serve: serve(fakeweb.Text(200, "package main\n\nfunc main() {}\n")), Why: "fragments of text/plain are lines (RFC 5147) or nothing"},
	{Name: "lines of a viewer of code", Link: "https://code-viewer.test/src/main.go#L10-L20", Want: ok("main.go - code viewer"), Serve: page(Doc{Make: docs}), Or: []Want{ok("main.go - code viewer", noAnchor("L10-L20"))},
		Why: "ranges are drawn by script"},
	{Name: "anchor on a page that moved", Link: "https://anchor-moved.test/old#api", Want: ok("The API", moved("https://anchor-moved.test/new#api"), noAnchor("api")), Or: []Want{ok("The API", moved("https://anchor-moved.test/new"), noAnchor("api"))},
		Serve: all(redirect(301, "https://anchor-moved.test/new"), pageAt("https://anchor-moved.test/new", Doc{Main: "<h1>The API</h1><h2 id=\"v2\">Version 2</h2><p>" + subjects[7][1] + "</p>"}))},
	{Name: "anchor of a picture", Link: "https://anchor-svg.test/map.svg#harbour", Want: ok(""), Text: "A map", Serve: serve(fakeweb.Bytes("image/svg+xml", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><view id="coast" viewBox="0 0 9 9"/></svg>`))), Or: []Want{ok("", noAnchor("harbour"))}},
	{Name: "anchor wanted on a page cut by us", Link: "https://anchor-cut.test/book#last-chapter", Want: ok("Huge"), Text: "A book", Serve: serve(fakeweb.Huge(8 << 20)), Why: "what was not read cannot be called missing"},
}

func anchors(markup string) func(*Stage) {
	return page(Doc{Title: "The manual", Make: docs, Above: `<meta name="viewport" content="width=device-width">` + markup})
}
