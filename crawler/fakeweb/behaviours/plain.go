package behaviours

import (
	"net/http"
	"strings"

	"waymark/crawler/fakeweb"
)

// plainCases are links that have nothing the matter with them.
var plainCases = []Case{
	{Name: "article on a weblog", Link: "https://slow-queues.test/2024/queues-that-do-not-grow/", Want: ok("Queues that do not grow | Slow Queues")},
	{Name: "start page of a site", Link: "https://small-notebook.test/", Want: ok("Small Notebook"),
		Serve: page(Doc{Subject: 1})},
	{Name: "start page without a slash", Link: "https://bare-origin.test", Want: ok("Bare Origin"), Serve: page(Doc{Subject: 1})},
	{Name: "page of a manual behind a content network", Link: "https://docs.widget-kit.test/en/stable/quickstart.html",
		Want: ok("Quick start — Widget Kit 3.2 documentation"), Serve: page(Doc{Make: docs})},
	{Name: "lecture notes of the nineties", Link: "https://cs.northfield-college.test/~okafor/cs101/notes.html",
		Want: ok("CS 101: Lecture Notes"), Serve: page(Doc{Make: academic, Subject: 6})},
	{Name: "magazine with consent banner and much script", Link: "https://the-ferryman.test/culture/why-everybody-sings-again",
		Want: ok("Why everybody sings again - The Ferryman"), Serve: page(Doc{Make: press})},
	{Name: "page of an encyclopedia", Link: "https://wiki.reference-desk.test/wiki/B-tree", Want: ok("B-tree – Reference Desk"), Serve: page(Doc{Make: wiki, Subject: 3})},
	{Name: "query that matters", Link: "https://question-board.test/viewtopic.php?f=3&t=1841", Want: ok("How do I read an index plan? • Question Board"),
		Serve: page(Doc{})},
	{Name: "page that is answered 404 without its query", Link: "https://old-board.test/showthread.php?t=99", Want: ok("Thread 99: which keyboard?"),
		Serve: page(Doc{})},
	{Name: "path in Cyrillic, written raw", Link: "https://zametki-sysadmina.test/заметки/днс", Want: ok("Как устроен DNS | Заметки"),
		Serve: pageAt("https://zametki-sysadmina.test/%D0%B7%D0%B0%D0%BC%D0%B5%D1%82%D0%BA%D0%B8/%D0%B4%D0%BD%D1%81", Doc{Lang: "ru"})},
	{Name: "path with escapes of either case", Link: "https://escapes-of-either-case.test/caf%c3%a9/menu%20of%20the%20day", Want: ok("Menu of the day"),
		Serve: pageAt("https://escapes-of-either-case.test/caf*", Doc{})},
	{Name: "path with a tilde, a comma and brackets", Link: "https://odd-paths.test/~ana/a,b;c=(d)!", Want: ok("Odd paths, collected"), Serve: page(Doc{Make: academic})},
	{Name: "internationalised host", Link: "https://xn--bcher-kva.test/regal", Want: ok("Unser Regal"), Serve: page(Doc{Lang: "de"})},
	{Name: "host with a trailing dot", Standard: true, Link: "https://rooted-name.test./guide", Want: ok("A guide at a rooted name"),
		Serve: pageAt("https://rooted-name.test/guide", Doc{}),
		Why:   "RFC 1034 3.1: the final dot is the root; certificates and virtual hosts are named without it"},
	{Name: "host in capitals", Standard: true, Link: "https://CAPITAL-LETTERS.test/Guide", Want: ok("Names are read without case"), Serve: page(Doc{}),
		Why: "RFC 3986 3.2.2: the host is case-insensitive, the path is not"},
	{Name: "short but real page", Link: "https://plain-answers.test/is-it-friday", Want: ok("Is it Friday?"),
		Serve: page(Doc{Make: academic, Main: "<h1>Is it Friday?</h1>\n<p>Not yet. Ask again later; this page is asked about forty times a day and is right about six of them.</p>\n"})},
	{Name: "index of files made by the server", Link: "https://mirror.open-archive.test/pub/tools/", Want: ok("Index of /pub/tools"),
		Serve: page(Doc{Make: academic, Main: autoindex})},
	{Name: "raw text file", Link: "https://raw.text-press.test/notes/README", Want: ok(""),
		Serve: serve(fakeweb.Header(fakeweb.Text(200, "NOTES\n=====\n\n"+strings.Join(subjects[7], "\n\n")+"\n"), "X-Content-Type-Options", "nosniff"))},
	{Name: "document of an interface in JSON", Link: "https://api.open-numbers.test/v2/openapi.json", Want: ok(""),
		Serve: serve(fakeweb.Bytes("application/json", []byte(`{"openapi":"3.1.0","info":{"title":"Open Numbers","version":"2.4.0"},"paths":{"/series":{"get":{"summary":"All series","responses":{"200":{"description":"A list"},"404":{"description":"Not found"}}}}}}`)))},
	{Name: "feed", Link: "https://weekly-digest.test/index.xml", Want: ok(""), Serve: serve(fakeweb.Bytes("application/rss+xml; charset=utf-8", []byte(feed)))},
	{Name: "page over HTTP/2", Link: "https://second-version.test/streams", Want: ok("Streams and frames"),
		Serve: all(secure(fakeweb.TLS{HTTP2: true}), page(Doc{Make: docs}))},
	{Name: "page over HTTP/2 and nothing else", Link: "https://only-second-version.test/", Want: ok("Only the second version"), Text: "Only the second version",
		Serve: all(secure(fakeweb.TLS{OnlyHTTP2: true}), page(Doc{Make: docs}))},
	{Name: "page that never changes", Link: "https://immutable-page.test/v1.4.2/notes", Want: ok("Notes of 1.4.2"),
		Serve: page(Doc{Make: docs, Headers: []string{"Cache-Control", "public, max-age=31536000, immutable"}}), Why: "RFC 8246"},
	{Name: "feed in Atom", Link: "https://atom-digest.test/atom.xml", Want: ok(""), Text: "A digest", Serve: serve(fakeweb.Bytes("application/atom+xml", []byte(`<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A digest</title><id>urn:uuid:60a76c80</id><updated>2026-11-16T08:00:00Z</updated><entry><title>Number 7</title><id>urn:uuid:1225c695</id><updated>2026-11-16T08:00:00Z</updated></entry></feed>`)))},
	{Name: "page that goes on by its script to a language", Link: "https://script-language.test/", Want: ok(""), Text: "Script Language",
		Serve: serve(html200(`<!doctype html><html><head><meta charset="utf-8"><title>Script Language</title><script>var l=(navigator.language||"en").slice(0,2);location.replace(["de","fr"].indexOf(l)<0?"/en/":"/"+l+"/");</script></head><body><noscript><a href="/en/">English</a> <a href="/de/">Deutsch</a> <a href="/fr/">Français</a></noscript></body></html>`)), Why: "a site of three languages, drawn by no lander"},
	{Name: "stub of a manual that goes on by its script", Link: "https://script-stub.test/old/guide.html", Want: ok(""), Text: "The guide",
		Serve: all(serve(html200(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Redirecting&hellip;</title><link rel="canonical" href="/guide/"><script>location="/guide/"</script><meta name="robots" content="noindex"></head><body><h1>Redirecting&hellip;</h1><a href="/guide/">Click here if you are not redirected.</a></body></html>`)), on("https://script-stub.test/guide/", Doc{Make: docs, Site: "Script Stub", Title: "The guide"})),
		Or:    []Want{ok("", finding("moved"))}},
	{Name: "HEAD is answered 404, GET is not", Link: "https://head-says-404.test/models/overview", Want: ok("Overview of the models"),
		Serve: onHead(404), Why: "kaggle.com: 142 days of false alarms"},
	{Name: "HEAD is answered 502, GET is not", Link: "https://head-says-502.test/docs/setup", Want: ok("Set up a connector"), Serve: onHead(502)},
	{Name: "HEAD is answered 405, GET is not", Link: "https://head-says-405.test/item/12", Want: ok("Item twelve"), Serve: onHead(405)},
	{Name: "HEAD is answered 403, GET is not", Link: "https://head-says-403.test/product/12", Want: ok("Product twelve"), Serve: onHead(403)},
	{Name: "HEAD never ends, GET does", Link: "https://head-stalls.test/handbook", Want: ok("The handbook"),
		Serve: func(s *Stage) { s.Here(fakeweb.OnHead(fakeweb.Stall(), Doc{Title: "The handbook"}.with(s.Host, ""))) }},
	{Name: "page that needs Accept: text/html", Link: "https://wants-html.test/packages/serial", Want: ok("serial: a package"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Wanting("Accept", "text/html", Doc{Title: "serial: a package"}.with(s.Host, ""), missing(s.Host)))
		}},
	{Name: "page that needs Accept-Language", Link: "https://wants-language.test/start", Want: ok("Start here"),
		Serve: func(s *Stage) {
			s.Here(onlyWith("Accept-Language", Doc{Title: "Start here"}.with(s.Host, ""), fakeweb.Status(406)))
		}, Or: []Want{blocked("forbidden", "")}, Why: "406 is a refusal (RFC 9110 15.5.7); a client that names a language is answered"},
	{Name: "page as it is only for agents with a name", Link: "https://wants-agent.test/wiki/Physics", Want: ok("Physics — an overview"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Wanting("User-Agent", "+http", Doc{Title: "Physics — an overview", Make: wiki}.with(s.Host, ""), fakeweb.Wanting("User-Agent", "@", Doc{Title: "Physics — an overview", Make: wiki}.with(s.Host, ""), fakeweb.Status(403))))
		}, Or: []Want{blocked("forbidden", "")}, Why: "policy of Wikimedia: the user agent names a contact"},
	{Name: "page that refuses old browsers", Link: "https://no-old-browsers.test/articles/7", Want: ok("Seven ways to fold a map"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Wanting("User-Agent", "Mozilla/5.0 (", fakeweb.Status(403), Doc{Title: "Seven ways to fold a map"}.with(s.Host, "")))
		}, Why: "a browser's name without a browser's handshake is refused by several walls; an honest robot is not"},
	{Name: "page of a slow server", Link: "https://slow-but-there.test/report", Want: ok("The yearly report"),
		Serve: func(s *Stage) { s.Here(fakeweb.Delay(800e6, Doc{Title: "The yearly report"}.with(s.Host, ""))) }},
	{Name: "two links to one page", Link: "https://linked-twice.test/page", Also: 1, Want: ok("Linked twice")},
}

func onHead(code int) func(*Stage) {
	return func(s *Stage) {
		s.Here(fakeweb.OnHead(fakeweb.Status(code), Doc{Make: press}.with(s.Host, s.Case.Want.Title)))
	}
}

// onlyWith answers with b to requests that have the header at all.
func onlyWith(header string, b, otherwise fakeweb.Behaviour) fakeweb.Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get(header) != "" {
			b.ServeHTTP(rw, r)
			return
		}
		otherwise.ServeHTTP(rw, r)
	})
}

const autoindex = `<h1>Index of /pub/tools</h1>
<table><tr><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th><th><a href="?C=S;O=A">Size</a></th></tr>
<tr><td><a href="/pub/">Parent Directory</a></td><td>&nbsp;</td><td align="right">-</td></tr>
<tr><td><a href="measure-1.4.tar.gz">measure-1.4.tar.gz</a></td><td>2025-11-02 09:14</td><td align="right">1.2M</td></tr>
<tr><td><a href="measure-1.5.tar.gz">measure-1.5.tar.gz</a></td><td>2026-03-18 11:40</td><td align="right">1.3M</td></tr>
<tr><td><a href="SHA256SUMS">SHA256SUMS</a></td><td>2026-03-18 11:41</td><td align="right">184</td></tr>
</table>
<address>Apache/2.4.57 (Debian) Server at mirror.open-archive.test Port 443</address>
`

const feed = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Weekly Digest</title><link>https://weekly-digest.test/</link><description>What we read this week.</description>
<atom:link href="https://weekly-digest.test/index.xml" rel="self" type="application/rss+xml"/>
<item><title>Number 214</title><link>https://weekly-digest.test/214</link><pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate><description>Indexes, ferries and choirs.</description></item>
<item><title>Number 213</title><link>https://weekly-digest.test/213</link><pubDate>Mon, 09 Nov 2026 08:00:00 GMT</pubDate><description>Keyboards, again.</description></item>
</channel></rss>
`
