package fakeweb

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// play serves one behaviour at a fresh host and gives its address.
func play(t *testing.T, web *Web, b Behaviour) string {
	t.Helper()
	web.mu.RLock()
	name := fmt.Sprintf("h%d.example.test", len(web.hosts))
	web.mu.RUnlock()
	web.Handle(name, "*", b)
	return web.URL(name, "/page")
}

func TestStatuses(t *testing.T) {
	web := start(t, Options{})
	c := web.Client()
	for _, code := range []int{200, 202, 204, 304, 401, 402, 403, 404, 406, 407, 410, 429, 451, 500, 503, 599, 999} {
		if res, _ := mustGet(t, c, play(t, web, Status(code))); res.StatusCode != code {
			t.Errorf("status %d, want %d", res.StatusCode, code)
		}
	}
}

func TestAnswerHeaders(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	web := start(t, Options{Now: func() time.Time { return now }})
	c := web.Client()
	modified := time.Date(2011, 3, 2, 1, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		b           Behaviour
		code        int
		header, val string
	}{
		"retry seconds":   {RetryAfter(429, 120), 429, "Retry-After", "120"},
		"retry date":      {RetryAfterDate(503, time.Hour), 503, "Retry-After", "Mon, 04 May 2026 13:00:00 GMT"},
		"retry odd":       {Header(Status(429), "Retry-After", "1m30s"), 429, "Retry-After", "1m30s"},
		"unauthorized":    {Unauthorized(), 401, "WWW-Authenticate", `Basic realm="members"`},
		"redirect":        {Redirect(301, "gopher://files.example/a b"), 301, "Location", "gopher://files.example/a b"},
		"lost":            {Status(302), 302, "Location", ""},
		"pdf":             {PDF("Notes (draft)"), 200, "Content-Type", "application/pdf"},
		"png":             {PNG(), 200, "Content-Type", "image/png"},
		"no type":         {Bytes("", []byte("<html>")), 200, "Content-Type", ""},
		"last modified":   {Page{LastModified: modified}, 200, "Last-Modified", "Wed, 02 Mar 2011 01:00:00 GMT"},
		"cloudflare":      {Challenge(Cloudflare), 403, "cf-mitigated", "challenge"},
		"aws":             {Challenge(AWSWAF), 202, "x-amzn-waf-action", "challenge"},
		"datadome":        {Challenge(DataDome), 403, "x-dd-b", "2"},
		"vercel":          {Challenge(Vercel), 429, "x-vercel-mitigated", "challenge"},
		"akamai":          {Challenge(Akamai), 403, "Server", "AkamaiGHost"},
		"anubis":          {Challenge(Anubis), 200, "Content-Type", "text/html; charset=utf-8"},
		"many headers":    {ManyHeaders(500, 20, Status(200)), 200, "X-Extra-499", strings.Repeat("v", 20)},
		"robots disallow": {Disallow("/a", "/b"), 200, "Content-Length", "40"},
	} {
		t.Run(name, func(t *testing.T) {
			res, _ := mustGet(t, c, play(t, web, tc.b))
			if res.StatusCode != tc.code || res.Header.Get(tc.header) != tc.val {
				t.Errorf("%d, %s: %q; want %d, %q", res.StatusCode, tc.header, res.Header.Get(tc.header), tc.code, tc.val)
			}
		})
	}
}

func TestRobotsText(t *testing.T) {
	web := start(t, Options{})
	for text, b := range map[string]Behaviour{
		"User-agent: *\nDisallow: /a\nDisallow: /b\n":     Disallow("/a", "/b"),
		"User-agent: *\nCrawl-delay: 0.5\nDisallow:\n":    CrawlDelay("0.5"),
		"User-agent: waymark\nAllow: /a$\nDisallow: /*\n": Robots("User-agent: waymark\nAllow: /a$\nDisallow: /*\n"),
	} {
		web.Handle("r.example.test", "/robots.txt", b)
		if _, got := mustGet(t, web.Client(), web.URL("r.example.test", "/robots.txt")); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
	}
}

func TestPageHoldsItsFacts(t *testing.T) {
	got := Page{
		Title: `Tea & "Go"`, Lang: "en", Description: "Short.", Canonical: "https://a.example/x", Refresh: "0; url=/new",
		Robots: "noindex", Published: "2012-01-02", Modified: "2012-03-04", ArticleModified: "2012-03-04T05:06:07Z",
		Head: "<script></script>\n", Body: "<p>Body</p>\n", Sections: []string{"First Steps", "C & Go"},
	}.HTML()
	want := `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Tea &amp; &#34;Go&#34;</title>
<meta name="description" content="Short.">
<link rel="canonical" href="https://a.example/x">
<meta http-equiv="refresh" content="0; url=/new">
<meta name="robots" content="noindex">
<meta property="article:modified_time" content="2012-03-04T05:06:07Z">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","dateModified":"2012-03-04","datePublished":"2012-01-02","headline":"Tea \u0026 \"Go\""}</script>
<script></script>
</head>
<body>
<main>
<h1>Tea &amp; &#34;Go&#34;</h1>
<p>Body</p>
<h2 id="first-steps">First Steps</h2>
<h2 id="c-go">C &amp; Go</h2>
</main>
</body>
</html>
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if bare := (Page{}).HTML(); strings.Contains(bare, "title") || strings.Contains(bare, "ld+json") {
		t.Errorf("an empty page shows empty fields:\n%s", bare)
	}
}

func TestChain(t *testing.T) {
	web := start(t, Options{})
	end := web.Chain("c.example.test", "/old", Page{Title: "End"}, 301, 302, 308)
	c := web.Client()
	var codes []int
	path := "/old"
	for path != "" && len(codes) < 9 {
		res, _ := mustGet(t, c, web.URL("c.example.test", path))
		codes = append(codes, res.StatusCode)
		path = res.Header.Get("Location")
	}
	if diff := cmp.Diff([]int{301, 302, 308, 200}, codes); diff != "" || end != "/old.3" {
		t.Errorf("end %s\n%s", end, diff)
	}
}

func TestLoopsGoRound(t *testing.T) {
	web := start(t, Options{})
	web.Loop("l.example.test", "/a", "/b")
	web.Handle("l.example.test", "/on", EndlessRedirect(302))
	c := web.Client()
	for path, want := range map[string]string{"/a": "/b", "/b": "/a", "/on": "/on?hop=1", "/on?hop=41": "/on?hop=42"} {
		if res, _ := mustGet(t, c, web.URL("l.example.test", path)); res.Header.Get("Location") != want {
			t.Errorf("%s leads to %q, want %q", path, res.Header.Get("Location"), want)
		}
	}
}

func TestCookies(t *testing.T) {
	web := start(t, Options{})
	url := play(t, web, CookieGate(Text(200, "inside")))
	c := web.Client()
	res, _ := mustGet(t, c, url)
	if res.StatusCode != 302 || res.Header.Get("Location") != "/page" {
		t.Errorf("without a cookie: %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	c.Jar, _ = cookiejar.New(nil)
	c.CheckRedirect = nil
	if _, text := mustGet(t, c, url); text != "inside" {
		t.Errorf("with a cookie: %q", text)
	}
	res, _ = mustGet(t, web.Client(), play(t, web, LoginWall("/login")))
	if res.Header.Get("Location") != "/login?next=%2Fpage" || res.Header.Get("Set-Cookie") == "" {
		t.Errorf("login wall: %v", res.Header)
	}
}

func TestHugeHasItsSize(t *testing.T) {
	web := start(t, Options{})
	c := web.Client()
	for _, size := range []int64{0, 10, 35, 100, 1 << 20} {
		res, text := mustGet(t, c, play(t, web, Huge(size)))
		if int64(len(text)) != size || res.ContentLength != size {
			t.Errorf("size %d: %d bytes, declared %d", size, len(text), res.ContentLength)
		}
	}
	res, err := c.Get(play(t, web, Endless()))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if n, err := io.CopyN(io.Discard, res.Body, 4<<20); err != nil {
		t.Errorf("the endless page ended after %d bytes: %v", n, err)
	}
}

func TestGzip(t *testing.T) {
	web := start(t, Options{})
	c := web.Client() // its transport asks for gzip and unpacks
	res, text := mustGet(t, c, play(t, web, Gzip(Bulk("Packed", 30<<10))))
	if !res.Uncompressed || !strings.Contains(text, "<title>Packed</title>") || !strings.HasSuffix(text, "</html>\n") {
		t.Errorf("unpacked %t: %.80q", res.Uncompressed, text)
	}
	c.Transport.(*http.Transport).DisableCompression = true
	if res, text := mustGet(t, c, play(t, web, Gzip(Bulk("Plain", 30<<10)))); res.Header.Get("Content-Encoding") != "" || !strings.Contains(text, "Plain") {
		t.Errorf("a client without gzip got %q", res.Header.Get("Content-Encoding"))
	}
}

func TestGzipBombs(t *testing.T) {
	web := start(t, Options{})
	c := web.Client()
	c.Transport.(*http.Transport).DisableCompression = true
	const size = 4 << 20
	for encoding, b := range map[string]Behaviour{"gzip": GzipBomb(size), "": GzipFileBomb(size)} {
		res, packed := mustGet(t, c, play(t, web, b))
		if res.Header.Get("Content-Encoding") != encoding || len(packed) > size/500 {
			t.Errorf("encoding %q, %d bytes packed", res.Header.Get("Content-Encoding"), len(packed))
		}
		z, err := gzip.NewReader(strings.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, z); err != nil || n < size {
			t.Errorf("unpacked %d bytes, %v", n, err)
		}
	}
}

func TestCharsets(t *testing.T) {
	web := start(t, Options{})
	c := web.Client()
	for _, cs := range Charsets() {
		for d, mark := range map[Declared]string{
			InHeader: "", InMeta: `<meta charset="` + cs.Label, InPragma: "text/html; charset=" + cs.Label, InBOM: cs.mark, Nowhere: "",
		} {
			if !cs.Can(d) {
				continue
			}
			res, text := mustGet(t, c, play(t, web, cs.Page(d)))
			inHeader := strings.Contains(res.Header.Get("Content-Type"), cs.Label)
			if inHeader != (d == InHeader) || !strings.Contains(text, mark) {
				t.Errorf("%s, place %d: %s, %q", cs.Label, d, res.Header.Get("Content-Type"), text)
			}
			if strings.HasPrefix(text, "\xef\xbb\xbf") && d != InBOM {
				t.Errorf("%s, place %d: an undeclared mark", cs.Label, d)
			}
		}
	}
	utf16 := Charsets()[1].document("")
	if !bytes.Contains(utf16, []byte{'<', 0, 't', 0}) {
		t.Errorf("UTF-16LE: %q", utf16)
	}
}

func TestConditional(t *testing.T) {
	web := start(t, Options{})
	then := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		b           Behaviour
		header, val string
		want        int
	}{
		"first visit":  {ETag("v1", Page{}), "X-None", "", 200},
		"same tag":     {ETag("v1", Page{}), "If-None-Match", `"v1"`, 304},
		"other tag":    {ETag("v2", Page{}), "If-None-Match", `"v1"`, 200},
		"seen since":   {ModifiedAt(then, Page{}), "If-Modified-Since", then.Format(http.TimeFormat), 304},
		"changed then": {ModifiedAt(then, Page{}), "If-Modified-Since", then.Add(-time.Second).Format(http.TimeFormat), 200},
	} {
		t.Run(name, func(t *testing.T) {
			req, _ := http.NewRequestWithContext(t.Context(), "GET", play(t, web, tc.b), nil)
			req.Header.Set(tc.header, tc.val)
			res, err := web.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != tc.want {
				t.Errorf("status %d, want %d", res.StatusCode, tc.want)
			}
		})
	}
}
