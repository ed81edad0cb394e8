package behaviours

import (
	"strings"

	"waymark/crawler/fakeweb"
)

// titleCases are documents whose kind and title have to be found out.
var titleCases = []Case{
	{Name: "title from og:title", Link: "https://card-title.test/talk", Want: ok("A talk about cards"), Text: "A talk about cards",
		Serve: serve(html200(`<!doctype html><html><head><meta charset="utf-8"><meta property="og:title" content="A talk about cards"></head><body>` + paragraphs(5) + `</body></html>`))},
	{Name: "title from the first heading", Link: "https://heading-title.test/essay", Want: ok("An essay without a title"),
		Serve: serve(html200(`<html><body><h1>An essay <em>without</em> a title</h1>` + paragraphs(1) + `</body></html>`))},
	{Name: "title with entities and line breaks", Link: "https://title-entities.test/", Want: ok("Tea & biscuits – “a history”"),
		Serve: serve(html200("<!doctype html><html><head><title>\n  Tea &amp; biscuits &ndash;\n  &ldquo;a history&rdquo;\n</title></head><body>" + paragraphs(1) + "</body></html>"))},
	{Name: "title of a drawing before that of the page", Link: "https://svg-title.test/icons", Want: ok("Icons for maps"),
		Serve: serve(html200(`<html><body><svg viewBox="0 0 9 9"><title>Menu</title><path d="M0 0h9"/></svg><title>Icons for maps</title>` + paragraphs(5) + `</body></html>`)),
		Or:    []Want{{State: "ok", Reason: "ok"}}},
	{Name: "title in a comment and in a script", Link: "https://hidden-titles.test/", Want: ok("The real title"),
		Serve: serve(html200(`<html><head><!-- <title>Old</title> --><script>var t="<title>Scripted</title>";</script><title>The real title</title></head><body>` + paragraphs(5) + `</body></html>`))},
	{Name: "title after 100 KB of style", Link: "https://late-title.test/", Want: ok("A title that comes late"),
		Serve: serve(html200("<html><head><style>" + strings.Repeat(".u{margin:0}", 9000) + "</style><title>A title that comes late</title></head><body>" + paragraphs(5) + "</body></html>"))},
	{Name: "title with control characters", Link: "https://control-title.test/", Want: ok("Bell and escape"), Text: "Bell and escape",
		Serve: serve(html200("<html><head><title>Bell\a and \x1b escape</title></head><body>" + paragraphs(5) + "</body></html>"))},
	{Name: "PDF without a type", Link: "https://untyped-pdf.test/papers/clocks.pdf", Want: ok(""), Text: "Clocks",
		Serve: func(s *Stage) { s.Here(untyped(pdf("On clocks"))) }},
	{Name: "PDF with its type", Link: "https://typed-pdf.test/papers/clocks.pdf", Want: ok("On clocks"), Serve: serve(fakeweb.PDF("On clocks")),
		Or: []Want{ok("clocks.pdf")}},
	{Name: "PDF as octets to be saved", Link: "https://saved-pdf.test/download/17", Want: ok(""), Text: "Annual figures",
		Serve: serve(fakeweb.Header(fakeweb.Bytes("application/octet-stream", pdf("Figures")), "Content-Disposition", `attachment; filename="figures-2025.pdf"`))},
	{Name: "PDF that is called HTML", Link: "https://mistyped-pdf.test/thesis.pdf", Want: ok(""), Text: "A thesis",
		Serve: serve(fakeweb.Bytes("text/html", pdf("A thesis")))},
	{Name: "HTML without a type", Link: "https://untyped-html.test/guide", Want: ok("Served without a type"),
		Serve: func(s *Stage) { s.Here(untyped([]byte(Doc{Title: "Served without a type"}.with(s.Host, "").HTML()))) }},
	{Name: "HTML in a charset that does not exist", Link: "https://unknown-charset.test/guide", Want: ok("A charset of its own"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Bytes("text/html; charset=utf8mb4", []byte(Doc{Title: "A charset of its own"}.with(s.Host, "").HTML())))
		}},
	{Name: "HTML that is called plain text", Link: "https://plain-html.test/snapshot.html", Want: ok(""), Text: "Snapshot",
		Serve: func(s *Stage) {
			s.Here(fakeweb.Bytes("text/plain", []byte(Doc{Title: "Snapshot"}.with(s.Host, "").HTML())))
		}},
	{Name: "XHTML", Link: "https://strict-markup.test/", Want: ok("Markup that is well-formed"),
		Serve: serve(fakeweb.Bytes("application/xhtml+xml", []byte(`<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Markup that is well-formed</title></head><body>`+paragraphs(5)+`</body></html>`)))},
	{Name: "picture", Link: "https://diagram-store.test/layers.png", Want: ok(""), Text: "Layers", Serve: serve(fakeweb.PNG())},
	{Name: "archive of 30 MB", Link: "https://big-archive.test/dataset.zip", Want: ok(""), Text: "A data set",
		Serve: serve(fakeweb.Header(fakeweb.Huge(30<<20), "Content-Disposition", "attachment; filename=dataset.zip"))},
	{Name: "video that is sent in part", Link: "https://partial-video.test/talk.mp4", Want: ok(""), Text: "The talk",
		Serve: serve(fakeweb.Header(fakeweb.Document(206, "video/mp4", []byte("\x00\x00\x00\x18ftypmp42"+strings.Repeat("\x00", 4000))), "Content-Range", "bytes 0-4023/88122044"))},
	{Name: "Markdown", Link: "https://markdown-raw.test/guide.md", Want: ok(""), Text: "The guide",
		Serve: serve(fakeweb.Bytes("text/markdown; charset=utf-8", []byte("# The guide\n\n"+strings.Join(subjects[0], "\n\n")+"\n")))},
	{Name: "notebook", Link: "https://notebook-raw.test/lesson.ipynb", Want: ok(""), Text: "Lesson",
		Serve: serve(fakeweb.Bytes("application/x-ipynb+json", []byte(`{"cells":[{"cell_type":"markdown","metadata":{},"source":["# Lesson"]}],"metadata":{},"nbformat":4,"nbformat_minor":5}`)))},
	{Name: "empty file of text", Link: "https://empty-text.test/.nojekyll", Want: failing("empty"), Text: "A marker",
		Serve: serve(fakeweb.Bytes("text/plain", nil)), Or: []Want{ok("")}, Why: "an empty file is what it is; a person would shrug"},
}

// html200 is a document as it is.
func html200(text string) fakeweb.Behaviour {
	return fakeweb.Header(fakeweb.Bytes("text/html; charset=utf-8", []byte(text)), "Server", "Apache/2.4.57 (Debian)")
}

func untyped(document []byte) fakeweb.Behaviour { return fakeweb.Bytes("", document) }

// paragraphs are all that is said about a subject.
func paragraphs(subject int) string {
	return "<p>" + strings.Join(subjects[subject], "</p>\n<p>") + "</p>\n"
}

// pdf is a document of some twenty kilobytes with a title.
func pdf(title string) []byte {
	return []byte("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" +
		"3 0 obj\n<< /Title (" + title + ") /Producer (a printer) >>\nendobj\n4 0 obj\n<< /Length 20000 >>\nstream\n" +
		strings.Repeat("q 1 0 0 1 72 720 cm\n", 1000) + "endstream\nendobj\ntrailer\n<< /Root 1 0 R /Info 3 0 R >>\n%%EOF\n")
}

// charsetCases are pages whose titles are not in ASCII, one for each charset that lists meet and each place where a page
// can say so.
func charsetCases() []Case {
	places := map[fakeweb.Declared]string{fakeweb.InHeader: "header", fakeweb.InMeta: "meta", fakeweb.InPragma: "pragma", fakeweb.InBOM: "mark"}
	var cases []Case
	for _, c := range fakeweb.Charsets() {
		for _, d := range []fakeweb.Declared{fakeweb.InHeader, fakeweb.InMeta, fakeweb.InPragma, fakeweb.InBOM} {
			if !c.Can(d) {
				continue
			}
			cases = append(cases, Case{Name: c.Label + " declared in its " + places[d], Want: ok(c.Title),
				Link: "https://" + strings.ReplaceAll(c.Label, "_", "-") + "-" + places[d] + ".test/intro", Serve: serve(c.Page(d))})
		}
	}
	return cases
}
