package behaviours

import (
	"fmt"
	"strings"
	"time"

	"waymark/crawler/fakeweb"
)

// serverCases are servers that bend the protocol and mean well, and some that break it.
var serverCases = []Case{
	{Name: "HTTP/1.0 that ends with the connection", Link: "https://first-version.test/hello", Want: ok("Hello from 1996"),
		Serve: serve(fakeweb.HTTP10(fakeweb.Page{Title: "Hello from 1996", Body: paragraphs(4)}))},
	{Name: "60 KB of headers", Link: "https://many-headers.test/", Want: ok("A talkative server"),
		Serve: func(s *Stage) { s.Here(fakeweb.ManyHeaders(600, 90, Doc{}.with(s.Host, "A talkative server"))) }},
	{Name: "one header of 60 KB", Link: "https://long-header.test/", Want: ok("A long policy"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Header(Doc{}.with(s.Host, "A long policy"), "Content-Security-Policy", "script-src 'self' "+strings.Repeat("'nonce-2f6c9a' ", 4000)))
		}},
	{Name: "page without end", Link: "https://endless-page.test/log", Want: ok("Huge"), Serve: serve(fakeweb.Endless()), Text: "A log that goes on"},
	{Name: "page of 8 MB", Link: "https://eight-megabytes.test/spec", Want: ok("Huge"), Serve: serve(fakeweb.Huge(8 << 20)), Text: "The whole specification"},
	{Name: "length too small, the page is whole", Link: "https://short-length.test/", Want: ok("Longer than it says"),
		Serve: serve(raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", "Longer than it says", -700))},
	{Name: "length too large on a whole document", Link: "https://large-length.test/", Want: ok("Shorter than it says"),
		Serve: serve(raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", "Shorter than it says", +31)),
		Why:   "the document ends with </html>; browsers show it"},
	{Name: "garbage behind the page", Link: "https://trailing-garbage.test/", Want: ok("Followed by noise"),
		Serve: serve(raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%sHTTP/1.1 400 Bad Request\r\n\x00\x01\xff", "Followed by noise", 0))},
	{Name: "bare line feeds in the head", Link: "https://bare-feeds.test/", Want: ok("Line feeds only"),
		Serve: serve(raw("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: %d\n\n%s", "Line feeds only", 0)), Why: "RFC 9112 2.2: a recipient may take a single LF"},
	{Name: "status without words", Link: "https://wordless-status.test/", Want: ok("No reason given"),
		Serve: serve(raw("HTTP/1.1 200 \r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", "No reason given", 0)), Why: "RFC 9112 4: the reason phrase is optional"},
	{Name: "interim answer before the page", Link: "https://early-hints.test/", Want: ok("Hints come first"),
		Serve: serve(raw("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", "Hints come first", 0)),
		Why:   "RFC 8297"},
	{Name: "two types", Link: "https://two-types.test/", Want: ok("Typed twice"),
		Serve: serve(raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", "Typed twice", 0))},
	{Name: "type that is no type", Link: "https://odd-type.test/", Want: ok("Of type html"),
		Serve: serve(raw("HTTP/1.1 200 OK\r\nContent-Type: html\r\nContent-Length: %d\r\n\r\n%s", "Of type html", 0)), Or: []Want{{State: "ok", Reason: "ok"}}},
	{Name: "gzip though nobody asked", Link: "https://always-gzip.test/", Want: ok("Packed"),
		Serve: func(s *Stage) { s.Here(fakeweb.Gzip(Doc{}.with(s.Host, "Packed"))) }},
	{Name: "says gzip, sends plain", Link: "https://false-gzip.test/", Want: ok(""), Text: "Not packed at all",
		Serve: func(s *Stage) {
			s.Here(fakeweb.Header(Doc{}.with(s.Host, "Not packed at all"), "Content-Encoding", "gzip"))
		},
		Or: []Want{failing("protocol")}, Why: "browsers refuse it with a decoding error; lenient clients show it"},
	{Name: "page that drips", Link: "https://dripping-page.test/", Want: ok("Drop by drop"),
		Serve: func(s *Stage) { s.Here(fakeweb.Drip(1500, 40*time.Millisecond, Doc{}.with(s.Host, "Drop by drop"))) }},
	{Name: "page in chunks with a trailer", Link: "https://chunked-trailer.test/", Want: ok("In pieces"), Serve: chunked("In pieces", true)},
	{Name: "page in chunks, the last one missing", Link: "https://unended-chunks.test/", Want: ok("Whole in spite of that"), Serve: chunked("Whole in spite of that", false),
		Or: []Want{failing("reset"), failing("protocol")}, Why: "the document is whole, the message is not (RFC 9112 8)"},
	{Name: "page cut in its middle by the peer", Link: "https://cut-short.test/", Want: failing("reset"), Text: "Cut short", Serve: serve(fakeweb.Truncated())},
	{Name: "reset after the headers", Link: "https://reset-late.test/", Want: failing("reset"), Text: "Half a page", Serve: serve(fakeweb.ResetAfterHeaders())},
	{Name: "reset before anything", Link: "https://reset-early.test/", Want: failing("reset"), Text: "Nothing", Serve: serve(fakeweb.Reset())},
	{Name: "closed without a byte", Link: "https://empty-reply.test/", Want: failing("reset|protocol"), Text: "No reply", Serve: serve(fakeweb.EmptyReply())},
	{Name: "reset once, then in order", Link: "https://reset-once.test/", Want: ok("The second try"),
		Serve: func(s *Stage) { s.Here(fakeweb.Sequence(fakeweb.Reset(), Doc{}.with(s.Host, "The second try"))) }},
	{Name: "mail server at the port", Link: "https://not-a-web-server.test/", Want: failing("protocol"), Text: "Somebody else", Serve: serve(fakeweb.Malformed())},
	{Name: "headers without end", Link: "https://endless-headers.test/", Want: failing("protocol|timeout|reset"), Text: "On and on", Serve: serve(fakeweb.EndlessHeaders())},
	{Name: "never answers", Link: "https://never-answers.test/", Want: failing("timeout"), Text: "Patience", Serve: serve(fakeweb.Stall())},
	{Name: "answers and then stalls", Link: "https://stalls-in-body.test/", Want: ok("To be continued"), Serve: serve(fakeweb.StallBody()),
		Or: []Want{failing("timeout")}, Why: "a body that we cut counts as read; a person would see the title and give up"},
	{Name: "502 twice, then in order", Link: "https://restarting.test/", Want: ok("Back from a restart"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Sequence(fakeweb.Status(502), fakeweb.Status(502), Doc{}.with(s.Host, "Back from a restart")))
		}},
	{Name: "404 once, then in order", Link: "https://one-bad-mirror.test/", Want: ok("One mirror was behind"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Sequence(fakeweb.Status(404), Doc{}.with(s.Host, "One mirror was behind")))
		},
		Why: "a balancer with one node that has not got the page; definite causes are looked at twice"},
	{Name: "304 to a plain question", Link: "https://stuck-304.test/", Want: ok(""), Text: "Unchanged, it says", Serve: serve(fakeweb.Status(304)),
		Or: []Want{failing("protocol"), failing("empty")}, Why: "the table of answers takes 304 for ok; RFC 9110 15.4.5 has it only for conditional requests"},
}

// raw is an answer written by hand around a page: the verbs of the format are its length, off by so many bytes, and itself.
func raw(format, title string, off int) fakeweb.Behaviour {
	document := Doc{Title: title, Site: "By hand", Make: academic}.HTML()
	return fakeweb.Raw(fmt.Sprintf(format, len(document)+off, document))
}

// chunked sends a page in three chunks, and the last one of no length, with a trailer, only where it is to be whole.
func chunked(title string, whole bool) func(*Stage) {
	document := Doc{Title: title, Site: "Pieces"}.HTML()
	var b strings.Builder
	b.WriteString("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nTrailer: X-Checksum\r\n\r\n")
	for third := len(document)/3 + 1; document != ""; {
		n := min(third, len(document))
		fmt.Fprintf(&b, "%x\r\n%s\r\n", n, document[:n])
		document = document[n:]
	}
	if whole {
		b.WriteString("0\r\nX-Checksum: 2f6c\r\n\r\n")
	}
	return serve(fakeweb.Raw(b.String()))
}

// statusCases are what a number alone says.
var statusCases = []Case{
	{Name: "404 with a proper page", Link: "https://proper-404.test/guides/removed", Want: dead("not-found"), Serve: nowhere},
	{Name: "404 with the words of nginx", Link: "https://nginx-404.test/old.html", Want: dead("not-found"),
		Serve: serve(fakeweb.Header(fakeweb.Document(404, "text/html", []byte("<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n")), "Server", "nginx/1.24.0"))},
	{Name: "404 with the words of a Windows server", Link: "https://iis-404.test/Default.aspx", Want: dead("not-found"),
		Serve: serve(fakeweb.Header(fakeweb.Document(404, "text/html", []byte(iis404)), "Server", "Microsoft-IIS/10.0", "X-Powered-By", "ASP.NET"))},
	{Name: "404 as a list of keys in XML", Link: "https://bucket-store.test/files/2019/slides.pdf", Want: dead("not-found"),
		Serve: serve(fakeweb.Header(fakeweb.Document(404, "application/xml", []byte(`<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>files/2019/slides.pdf</Key><RequestId>7C2A</RequestId></Error>`)), "Server", "AmazonS3", "x-amz-request-id", "7C2A"))},
	{Name: "404 without a body", Link: "https://mute-404.test/x", Want: dead("not-found"), Serve: serve(fakeweb.Document(404, "", nil))},
	{Name: "404 around a whole article", Link: "https://article-with-404.test/post", Want: dead("not-found"), Serve: page(Doc{Code: 404, Title: "Still here, says the template"}),
		Why: "the number decides (RFC 9110 15.5.5)"},
	{Name: "410", Link: "https://said-goodbye.test/blog/last", Want: dead("gone"), Serve: page(Doc{Code: 410, Title: "This weblog has ended"})},
	{Name: "403 of a private bucket", Link: "https://private-bucket.test/figure.png", Want: blocked("forbidden", ""),
		Serve: serve(fakeweb.Header(fakeweb.Document(403, "application/xml", []byte(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`)), "Server", "AmazonS3"))},
	{Name: "403 of a plain server", Link: "https://plain-403.test/members/", Want: blocked("forbidden", ""), Serve: serve(fakeweb.Status(403))},
	{Name: "401 with a realm", Link: "https://realm-401.test/wiki", Want: blocked("unauthorized", ""), Serve: serve(fakeweb.Unauthorized())},
	{Name: "402", Link: "https://pay-first.test/issue/7", Want: blocked("forbidden", ""), Serve: serve(fakeweb.Status(402))},
	{Name: "406", Link: "https://not-acceptable.test/", Want: blocked("forbidden", ""), Serve: serve(fakeweb.Status(406))},
	{Name: "407", Link: "https://proxy-wanted.test/", Want: blocked("forbidden", ""), Serve: serve(fakeweb.Status(407))},
	{Name: "451", Link: "https://unavailable-here.test/news", Want: blocked("forbidden", ""), Serve: serve(fakeweb.Header(fakeweb.Status(451), "Link", `<https://law.example>; rel="blocked-by"`)), Why: "RFC 7725"},
	{Name: "999", Link: "https://nine-nine-nine.test/in/somebody", Want: blocked("forbidden", ""), Serve: serve(fakeweb.Status(999))},
	{Name: "429 for an hour", Link: "https://come-back-later.test/", Want: blocked("rate-limited", ""), Serve: serve(fakeweb.RetryAfter(429, 3600))},
	{Name: "429 once, for a second", Link: "https://come-back-soon.test/", Want: ok("Waited for"),
		Serve: func(s *Stage) { s.Here(fakeweb.Sequence(fakeweb.RetryAfter(429, 1), Doc{}.with(s.Host, "Waited for"))) }},
	{Name: "429 without a time", Link: "https://too-many-for-ever.test/", Want: blocked("rate-limited", ""), Serve: serve(fakeweb.Status(429))},
	{Name: "500", Link: "https://broken-500.test/", Want: failing("server-error"), Serve: serve(fakeweb.Status(500))},
	{Name: "503 for maintenance", Link: "https://maintenance.test/", Want: failing("server-error"),
		Serve: page(Doc{Code: 503, Title: "Down for maintenance", Headers: []string{"Retry-After", "7200"}})},
	{Name: "520 of a content network", Link: "https://origin-lost.test/", Want: failing("server-error"), Serve: page(Doc{Code: 522, Make: docs, Title: "origin-lost.test | 522: Connection timed out"})},
	{Name: "530 of a content network", Link: "https://origin-unknown.test/", Want: failing("server-error"), Serve: page(Doc{Code: 530, Make: docs, Title: "Origin DNS error"})},
	{Name: "400", Link: "https://bad-request.test/search?q=%zz", Want: failing("client-error"), Serve: on("https://bad-request.test/search*", fakeweb.Status(400))},
	{Name: "405", Link: "https://post-only.test/api", Want: failing("client-error"), Serve: serve(fakeweb.Header(fakeweb.Status(405), "Allow", "POST"))},
	{Name: "408", Link: "https://too-slow-it-says.test/", Want: failing("timeout"), Serve: serve(fakeweb.Status(408))},
	{Name: "418", Link: "https://teapot.test/", Want: failing("client-error"), Serve: serve(fakeweb.Status(418))},
	{Name: "426", Link: "https://upgrade-first.test/socket", Want: failing("client-error"), Serve: serve(fakeweb.Header(fakeweb.Status(426), "Upgrade", "websocket", "Connection", "Upgrade"))},
	{Name: "204", Link: "https://no-content.test/beacon", Want: ok(""), Text: "A beacon", Serve: serve(fakeweb.Status(204)), Or: []Want{failing("empty")},
		Why: "the table of answers takes 2xx for ok; RFC 9110 15.3.5 means it so"},
	{Name: "203 through a proxy that changed it", Link: "https://transformed.test/", Want: ok("Changed on the way"), Serve: page(Doc{Code: 203})},
	{Name: "status of two digits", Link: "https://two-digits.test/", Want: failing("protocol"), Text: "Odd", Serve: serve(fakeweb.Raw("HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nhi"))},
}

const iis404 = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"/>
<title>404 - File or directory not found.</title></head><body><div id="header"><h1>Server Error</h1></div>
<div id="content"><h2>404 - File or directory not found.</h2><h3>The resource you want may have been removed, renamed, or is not to be had for now.</h3></div></body></html>
`

// movedPage is what servers put under a redirect.
func movedPage(to string) []byte {
	return []byte("<html>\r\n<head><title>301 Moved</title></head>\r\n<body>\r\n<h1>Moved</h1>\r\n<p>The document is <a href=\"" + to + "\">here</a>.</p>\r\n</body>\r\n</html>\r\n")
}
