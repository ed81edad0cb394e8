package crawler

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"waymark/catalog"
)

// startHTTP2 starts a server that speaks HTTP/2 frame by frame: play gets each connection after its greetings, with the
// number of its first stream, and ends with it.
func startHTTP2(t *testing.T, play func(f *http2.Framer, stream uint32)) (address string, roots *x509.CertPool) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	server.TLS = &tls.Config{NextProtos: []string{"h2"}}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Config.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){
		"h2": func(_ *http.Server, c *tls.Conn, _ http.Handler) {
			defer c.Close()
			if _, err := io.ReadFull(c, make([]byte, len(http2.ClientPreface))); err != nil {
				return
			}
			f := http2.NewFramer(c, c)
			if f.WriteSettings() != nil {
				return
			}
			for {
				frame, err := f.ReadFrame()
				if err != nil {
					return
				}
				if frame.Header().Type == http2.FrameHeaders {
					play(f, frame.Header().StreamID)
					return
				}
			}
		},
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	roots = x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return server.URL + "/", roots
}

// block packs header fields, a name and its value in turn.
func block(fields ...string) []byte {
	var b bytes.Buffer
	e := hpack.NewEncoder(&b)
	for i := 0; i < len(fields); i += 2 {
		if err := e.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1]}); err != nil {
			panic(err) // a buffer takes everything
		}
	}
	return b.Bytes()
}

var goodHeaders = block(":status", "200", "content-type", "text/html")

// headers begins an answer.
func headers(f *http2.Framer, stream uint32, fields []byte) error {
	return f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: fields, EndHeaders: true})
}

// pour writes frames until the other side has had enough. It reads what comes back, unless deaf.
func pour(f *http2.Framer, deaf bool, frame func(i int) error) {
	if !deaf {
		gone := make(chan struct{})
		defer func() { <-gone }()
		go func() {
			defer close(gone)
			for {
				if _, err := f.ReadFrame(); err != nil {
					return
				}
			}
		}()
	}
	for i := 0; frame(i) == nil; i++ {
	}
}

func TestHTTP2FloodsEndInTimeAndTakeNoMemory(t *testing.T) {
	many := make([]string, 0, 200_000)
	for i := range 100_000 {
		many = append(many, "x-"+strconv.Itoa(i), "v")
	}
	manyHeaders := block(append([]string{":status", "200"}, many...)...)
	inFrames := func(f *http2.Framer, stream uint32, fields []byte) error {
		const most = 16 << 10
		err := f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: fields[:most]})
		for rest := fields[most:]; err == nil; rest = rest[min(most, len(rest)):] {
			last := len(rest) <= most
			if err = f.WriteContinuation(stream, last, rest[:min(most, len(rest))]); last {
				return err
			}
		}
		return err
	}
	tests := map[string]struct {
		play  func(f *http2.Framer, stream uint32)
		wants string // reasons, any of which will do
	}{
		"continuations without end": {func(f *http2.Framer, stream uint32) {
			if f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: goodHeaders}) == nil {
				pour(f, false, func(i int) error {
					return f.WriteContinuation(stream, false, block("x-"+strconv.Itoa(i), strings.Repeat("v", 1000)))
				})
			}
		}, "protocol reset"},
		"empty continuations without end": {func(f *http2.Framer, stream uint32) {
			if f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: goodHeaders}) == nil {
				pour(f, false, func(int) error { return f.WriteContinuation(stream, false, nil) })
			}
		}, "protocol reset timeout"},
		"a hundred thousand headers": {func(f *http2.Framer, stream uint32) {
			if inFrames(f, stream, manyHeaders) == nil {
				pour(f, false, func(int) error { return f.WritePing(false, [8]byte{}) })
			}
		}, "protocol reset"},
		"a header that unpacks to a thousand times itself": {func(f *http2.Framer, stream uint32) {
			var b bytes.Buffer
			e := hpack.NewEncoder(&b)
			e.WriteField(hpack.HeaderField{Name: ":status", Value: "200"})
			for range 15_000 { // of which each but the first is one byte long
				e.WriteField(hpack.HeaderField{Name: "x", Value: strings.Repeat("v", 4000)})
			}
			if inFrames(f, stream, append(b.Bytes(), make([]byte, 16<<10)...)) == nil {
				pour(f, false, func(int) error { return f.WritePing(false, [8]byte{}) })
			}
		}, "protocol reset"},
		"interim answers without end": {func(f *http2.Framer, stream uint32) {
			pour(f, false, func(int) error { return headers(f, stream, block(":status", "103", "link", "</a>")) })
		}, "protocol reset"},
		"trailers without end": {func(f *http2.Framer, stream uint32) {
			if headers(f, stream, goodHeaders) == nil && f.WriteData(stream, false, []byte(smallPage)) == nil &&
				f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: block("x-trailer", "v"), EndStream: true}) == nil {
				pour(f, false, func(i int) error {
					return f.WriteContinuation(stream, false, block("x-"+strconv.Itoa(i), strings.Repeat("v", 1000)))
				})
			}
		}, "protocol reset"},
		"every stream is reset": {func(f *http2.Framer, stream uint32) {
			for f.WriteRSTStream(stream, http2.ErrCodeInternal) == nil {
				frame, err := f.ReadFrame()
				for err == nil && frame.Header().Type != http2.FrameHeaders {
					frame, err = f.ReadFrame()
				}
				if err != nil {
					return
				}
				stream = frame.Header().StreamID
			}
		}, "reset"},
		"every stream is refused": {func(f *http2.Framer, stream uint32) {
			for f.WriteRSTStream(stream, http2.ErrCodeRefusedStream) == nil {
				frame, err := f.ReadFrame()
				for err == nil && frame.Header().Type != http2.FrameHeaders {
					frame, err = f.ReadFrame()
				}
				if err != nil {
					return
				}
				stream = frame.Header().StreamID
			}
		}, "reset timeout"},
		"bytes one by one": {func(f *http2.Framer, stream uint32) {
			if headers(f, stream, goodHeaders) == nil {
				pour(f, false, func(int) error { return f.WriteData(stream, false, []byte{'x'}) })
			}
		}, "ok reset"},
		"frames with nothing in them": {func(f *http2.Framer, stream uint32) {
			if headers(f, stream, goodHeaders) == nil {
				pour(f, false, func(int) error { return f.WriteData(stream, false, nil) })
			}
		}, "ok reset"},
		"nothing but padding": {func(f *http2.Framer, stream uint32) {
			if headers(f, stream, goodHeaders) == nil {
				pour(f, false, func(int) error { return f.WriteDataPadded(stream, false, nil, make([]byte, 255)) })
			}
		}, "ok reset protocol"},
		"more than the window holds": {func(f *http2.Framer, stream uint32) {
			if headers(f, stream, goodHeaders) == nil {
				pour(f, true, func(int) error { return f.WriteData(stream, false, make([]byte, 16<<10)) })
			}
		}, "ok reset protocol"},
		"pings, and no ear for the answers": {func(f *http2.Framer, _ uint32) {
			pour(f, true, func(int) error { return f.WritePing(false, [8]byte{}) })
		}, "timeout reset protocol"},
		"pings": {func(f *http2.Framer, _ uint32) {
			pour(f, false, func(int) error { return f.WritePing(false, [8]byte{}) })
		}, "timeout"},
		"settings, and no ear for the answers": {func(f *http2.Framer, _ uint32) {
			pour(f, true, func(i int) error {
				return f.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: uint32(i)})
			})
		}, "timeout reset protocol"},
		"a window beyond all bounds": {func(f *http2.Framer, stream uint32) {
			pour(f, false, func(int) error { return f.WriteWindowUpdate(stream, 1<<31-1) })
		}, "reset protocol timeout"},
		"pushes that nobody wanted": {func(f *http2.Framer, stream uint32) {
			pour(f, false, func(i int) error {
				return f.WritePushPromise(http2.PushPromiseParam{StreamID: stream, PromiseID: uint32(2 * (i + 1)), BlockFragment: goodHeaders, EndHeaders: true})
			})
		}, "reset protocol"},
		"frames of kinds that do not exist": {func(f *http2.Framer, stream uint32) {
			pour(f, false, func(int) error { return f.WriteRawFrame(0xbe, 0, stream, make([]byte, 1000)) })
		}, "timeout"},
		"a good-bye in place of an answer": {func(f *http2.Framer, _ uint32) {
			if f.WriteGoAway(0, http2.ErrCodeNo, nil) == nil {
				pour(f, false, func(int) error { return f.WritePing(false, [8]byte{}) })
			}
		}, "reset timeout"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			address, roots := startHTTP2(t, test.play)
			timeout := 500 * time.Millisecond
			if !strings.Contains(test.wants, "timeout") {
				timeout = 20 * time.Second // what is noticed is noticed, also by a busy machine
			}
			o := Options{RootCAs: roots, Timeout: timeout, MaxBody: 100 << 10, Rules: catalog.DefaultRules().OneRun(),
				Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
			peak := watchHeap(t)
			got := visitOne(t, newCrawler(t, o), address)
			if most := peak(); most > 24<<20 {
				t.Errorf("the heap grew by %d MiB", most>>20)
			}
			if v := got.Judgement.Verdict; !strings.Contains(test.wants, string(v.Reason)) {
				t.Errorf("%s (%s), want %s", v.Reason, v.Message, test.wants)
			}
		})
	}
}

// TestAHostThatDoesNotListenIsLeft: what we cannot say for as long as a hop may take, we do not wait to say.
func TestAHostThatDoesNotListenIsLeft(t *testing.T) {
	left := make(chan struct{})
	address, roots := startHTTP2(t, func(f *http2.Framer, _ uint32) {
		pour(f, true, func(int) error { return f.WritePing(false, [8]byte{}) })
		close(left)
	})
	o := Options{RootCAs: roots, Timeout: 500 * time.Millisecond, Rules: catalog.DefaultRules().OneRun(),
		Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	visitOne(t, newCrawler(t, o), address)
	select {
	case <-left:
	case <-time.After(time.Minute):
		t.Error("the connection is still there")
	}
}
