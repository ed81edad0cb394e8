package crawler

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"io"
	"runtime"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

const smallPage = "<!doctype html><title>Small</title><p>Small."

func TestBodiesAreDecodedAndBounded(t *testing.T) {
	const bound = 100 << 10
	coded := func(coding string, wrap func(io.Writer) io.WriteCloser) fakeweb.Behaviour {
		var b bytes.Buffer
		w := wrap(&b)
		io.WriteString(w, smallPage)
		w.Close()
		return fakeweb.Header(fakeweb.Bytes("text/html", b.Bytes()), "Content-Encoding", coding)
	}
	raw := func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, 6); return z }
	plain := fakeweb.Bytes("text/html", []byte(smallPage))
	tests := map[string]struct {
		behaviour fakeweb.Behaviour
		bytes     int64 // -1: at most the bound
		truncated bool
		failure   catalog.Reason
		slow      bool // our own deadline ends it
	}{
		"plain":                    {plain, int64(len(smallPage)), false, "", false},
		"gzip":                     {fakeweb.Gzip(plain), int64(len(smallPage)), false, "", false},
		"zlib":                     {coded("deflate", func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }), int64(len(smallPage)), false, "", false},
		"bare deflate":             {coded("deflate", raw), int64(len(smallPage)), false, "", false},
		"says gzip and is not":     {fakeweb.Header(plain, "Content-Encoding", "gzip"), int64(len(smallPage)), false, "", false},
		"a coding nobody asked":    {fakeweb.Header(plain, "Content-Encoding", "utf-8"), int64(len(smallPage)), false, "", false},
		"broken gzip":              {fakeweb.Header(fakeweb.Text(200, "\x1f\x8bnonsense"), "Content-Encoding", "gzip"), 0, false, "protocol", false},
		"empty":                    {fakeweb.Text(200, ""), 0, false, "", false},
		"too long":                 {fakeweb.Bulk("Long", 300<<10), -1, true, "", false},
		"without end":              {fakeweb.Endless(), -1, true, "", false},
		"gzip bomb":                {fakeweb.GzipBomb(1 << 30), -1, true, "", false},
		"gzip file bomb":           {fakeweb.GzipFileBomb(1 << 30), -1, true, "", false},
		"stalls in the body":       {fakeweb.StallBody(), -1, true, "", true},
		"drips":                    {fakeweb.Drip(10, 20*time.Millisecond, fakeweb.Bulk("Drip", 64<<10)), -1, true, "", true},
		"whole, length too large":  {fakeweb.Raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4000\r\n\r\n" + smallPage + "<p>All.</HTML>\n"), int64(len(smallPage)) + 15, false, "", false},
		"cut, length too large":    {fakeweb.Raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4000\r\n\r\n" + smallPage + "<p>Ha"), int64(len(smallPage)) + 5, false, "reset", false},
		"HTTP/1.0 without length":  {fakeweb.HTTP10(fakeweb.Page{Title: "Old"}), -1, false, "", false},
		"a hundred small headers":  {fakeweb.ManyHeaders(100, 100, plain), int64(len(smallPage)), false, "", false},
		"a hundred thousand bytes": {fakeweb.ManyHeaders(1, 100_000, plain), int64(len(smallPage)), false, "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := startWeb(t)
			web.Handle("body.test", "/", test.behaviour)
			o := options(web)
			o.MaxBody = bound
			if test.slow {
				o.Timeout = time.Second
			}
			seen := visitOne(t, newCrawler(t, o), web.URL("body.test", "/")).Observation
			var failure catalog.Reason
			if seen.Failure != nil {
				failure = seen.Failure.Reason
			}
			if failure != test.failure || seen.Truncated != test.truncated || seen.Bytes > bound || test.bytes >= 0 && seen.Bytes != test.bytes {
				t.Errorf("failure %q, truncated %v, %d bytes; want %q, %v, %d", failure, seen.Truncated, seen.Bytes, test.failure, test.truncated, test.bytes)
			}
		})
	}
}

func TestBombsTakeNoMemory(t *testing.T) {
	web := startWeb(t)
	web.Handle("bomb.test", "/", fakeweb.GzipBomb(4<<30))
	c := newCrawler(t, options(web))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	seen := visitOne(t, c, web.URL("bomb.test", "/")).Observation
	runtime.ReadMemStats(&after)
	if !seen.Truncated || seen.Bytes != c.opts.MaxBody {
		t.Errorf("%d bytes, truncated %v; want the bound of %d", seen.Bytes, seen.Truncated, c.opts.MaxBody)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 64<<20 {
		t.Errorf("%d MiB were allocated", grown>>20)
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	web := startWeb(t)
	web.Handle("keep.test", "/page", fakeweb.Bulk("Page", 30<<10))
	web.Handle("keep.test", "/gone", fakeweb.Status(404))
	web.Handle("keep.test", "/old", fakeweb.Redirect(301, "/page"))
	web.Handle("keep.test", "/gzip", fakeweb.Gzip(fakeweb.Bulk("Page", 30<<10)))
	web.Handle("keep.test", "/image", fakeweb.PNG())
	o := options(web)
	o.HostConcurrency = 1
	var addresses []string
	for range 5 {
		for _, path := range []string{"/page", "/gone", "/old", "/gzip", "/image"} {
			addresses = append(addresses, web.URL("keep.test", path))
		}
	}
	check(t, newCrawler(t, o), claimsOf(addresses...)...)
	if n := web.Stats("keep.test").Connections; n != 1 {
		t.Errorf("%d connections for %d visits, want 1", n, len(addresses))
	}
}
