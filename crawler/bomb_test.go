package crawler

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"io"
	"net/http"
	"testing"

	"github.com/andybalholm/brotli"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// repeating packs ten gigabytes of zeros: after the first flush, each flushed part of as many zeros is packed alike.
func repeating(t *testing.T, to *bytes.Buffer, w interface {
	io.WriteCloser
	Flush() error
}) []byte {
	t.Helper()
	const part, parts = 1 << 20, 10_240
	zeros := make([]byte, part)
	write := func() []byte {
		before := to.Len()
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		return bytes.Clone(to.Bytes()[before:])
	}
	whole := append(write(), write()...)
	return append(whole, bytes.Repeat(write(), parts-2)...)
}

// frame is one whole frame, or member, of a coding.
func frame(t *testing.T, coding string, size int) []byte {
	t.Helper()
	return packed(t, coding, make([]byte, size))
}

func TestTenGigabytesInLittleTakeLittle(t *testing.T) {
	var br, deflate bytes.Buffer
	raw, err := flate.NewWriter(&deflate, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	bombs := map[string]struct {
		coding string
		body   []byte
	}{
		"br":                       {"br", repeating(t, &br, brotli.NewWriterOptions(&br, brotli.WriterOptions{Quality: 5, LGWin: 24}))},
		"deflate":                  {"deflate", repeating(t, &deflate, raw)},
		"gzip, in many members":    {"gzip", bytes.Repeat(frame(t, "gzip", 1<<20), 10_240)},
		"zstd, in many frames":     {"zstd", bytes.Repeat(frame(t, "zstd", 1<<20), 10_240)},
		"zstd, in tiny frames":     {"zstd", bytes.Repeat(frame(t, "zstd", 1), 200_000)},
		"zstd, in frames of none":  {"zstd", bytes.Repeat(frame(t, "zstd", 0), 200_000)},
		"zstd, to be skipped":      {"zstd", bytes.Repeat([]byte{0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0}, 300_000)},
		"zstd, skipping 4 GB":      {"zstd", []byte{0x50, 0x2a, 0x4d, 0x18, 0xff, 0xff, 0xff, 0xff, 0}},
		"zstd, a window of 3.75TB": {"zstd", []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 1, 0, 0}},
		"zstd, a window of 2 GB":   {"zstd", []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 1, 0, 0}},
		"zstd, one piece of 1 EB":  {"zstd", []byte{0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0x10, 1, 0, 0}},
		"zstd, one piece of 7 MB":  {"zstd", []byte{0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0x70, 0, 1, 0, 0}},
		"gzip, in empty members":   {"gzip", bytes.Repeat(frame(t, "gzip", 0), 100_000)},
	}
	const most = 2 << 20
	for name, bomb := range bombs {
		t.Run(name, func(t *testing.T) {
			m := newBodies(1, most)
			into := m.open(-1, nil)
			peak := watchHeap(t)
			err := m.decode(into, bytes.NewReader(bomb.body), bomb.coding, most)
			grown := peak()
			t.Logf("%d bytes became %d, with at most %d KiB in use: %v", len(bomb.body), len(into.data), grown>>10, err)
			if len(into.data) > most || grown > 80<<20 { // of which the window takes 16 MiB, the packed body and what it became the rest
				t.Errorf("%d bytes became %d, want at most %d; %d MiB were in use", len(bomb.body), len(into.data), most, grown>>20)
			}
		})
	}
}

// headerToo adds a header line to an answer, beside those of its name.
func headerToo(b fakeweb.Behaviour, name, value string) fakeweb.Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Add(name, value)
		b.ServeHTTP(rw, r)
	})
}

// TestGzipWithinGzip: one coding is undone and no more, so that what is inside costs what it weighs packed.
func TestGzipWithinGzip(t *testing.T) {
	inner := frame(t, "gzip", 64<<20)
	tests := map[string]struct {
		codings []string
		bytes   int64
		failure catalog.Reason
	}{
		"a packed file, packed":    {[]string{"gzip"}, int64(len(inner)), ""},
		"said twice, in two lines": {[]string{"gzip", "gzip"}, int64(len(inner)), ""},
		"said twice, in one line":  {[]string{"gzip, gzip"}, 0, "protocol"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			web := startWeb(t)
			var outer bytes.Buffer
			z := gzip.NewWriter(&outer)
			z.Write(inner)
			z.Close()
			behaviour := fakeweb.Bytes("text/html", outer.Bytes())
			for _, coding := range test.codings {
				behaviour = headerToo(behaviour, "Content-Encoding", coding)
			}
			web.Handle("body.test", "/", behaviour)
			seen := visitOne(t, newCrawler(t, options(web)), web.URL("body.test", "/")).Observation
			var failure catalog.Reason
			if seen.Failure != nil {
				failure = seen.Failure.Reason
			}
			if failure != test.failure || seen.Bytes != test.bytes {
				t.Errorf("failure %q, %d bytes; want %q, %d", failure, seen.Bytes, test.failure, test.bytes)
			}
		})
	}
}
