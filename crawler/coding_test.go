package crawler

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// packed returns a text in a coding.
func packed(t testing.TB, coding string, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 5, LGWin: 24})
	case "zstd":
		w, _ = zstd.NewWriter(&b, zstd.WithWindowSize(maxWindow))
	case "zstd, wide":
		w, _ = zstd.NewWriter(&b, zstd.WithWindowSize(8*maxWindow))
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func noise(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

func TestPackedBodiesAreDecodedAndBounded(t *testing.T) {
	const bound = 100 << 10
	page, long := []byte(smallPage), bytes.Repeat([]byte("<p>a promise"), 3<<19)
	says := func(coding string, body []byte) fakeweb.Behaviour {
		return fakeweb.Header(fakeweb.Bytes("text/html", body), "Content-Encoding", coding)
	}
	half := func(coding string) fakeweb.Behaviour {
		b := packed(t, coding, noise(4000))
		return says(coding, b[:len(b)/2])
	}
	tests := map[string]struct {
		behaviour fakeweb.Behaviour
		bytes     int64 // -1: any number
		truncated bool
		failure   catalog.Reason
	}{
		"br":                       {says("br", packed(t, "br", page)), int64(len(page)), false, ""},
		"br, in capitals":          {says("BR", packed(t, "br", page)), int64(len(page)), false, ""},
		"zstd":                     {says("zstd", packed(t, "zstd", page)), int64(len(page)), false, ""},
		"zstd, two frames":         {says("zstd", append(packed(t, "zstd", page), packed(t, "zstd", page)...)), int64(2 * len(page)), false, ""},
		"zstd, says so and is not": {says("zstd", page), int64(len(page)), false, ""},
		"br, says so and is not":   {says("br", page), -1, false, "protocol"},
		"br bomb":                  {says("br", packed(t, "br", long)), bound, true, ""},
		"zstd bomb":                {says("zstd", packed(t, "zstd", long)), bound, true, ""},
		"br, incompressible":       {says("br", packed(t, "br", noise(bound))), bound, false, ""},
		"zstd, incompressible":     {says("zstd", packed(t, "zstd", noise(bound))), bound, false, ""},
		"br, long":                 {says("br", packed(t, "br", noise(1<<20))), bound, true, ""},
		"zstd, long":               {says("zstd", packed(t, "zstd", noise(1<<20))), bound, true, ""},
		"br, cut by the packer":    {half("br"), -1, false, "reset"},
		"zstd, cut by the packer":  {half("zstd"), -1, false, "reset"},
		"zstd, too wide a window":  {says("zstd", packed(t, "zstd, wide", long)), 0, false, "protocol"},
		"br, nothing but empty":    {says("br", packed(t, "br", nil)), 0, false, ""},
		"zstd, without a byte":     {says("zstd", nil), 0, false, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := startWeb(t)
			web.Handle("body.test", "/", test.behaviour)
			o := options(web)
			o.MaxBody = bound
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

func TestAStalledPackedBodyCountsAsReadAndHoldsNobodyUp(t *testing.T) {
	web := startWeb(t)
	whole := packed(t, "br", []byte(smallPage))
	for _, host := range strings.Fields("a.test b.test c.test d.test e.test f.test") {
		web.Handle(host, "/", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("Content-Type", "text/html")
			rw.Header().Set("Content-Encoding", "br")
			rw.Write(whole[:8])
			http.NewResponseController(rw).Flush()
			<-r.Context().Done()
		}))
	}
	web.Handle("good.test", "/", fakeweb.Header(fakeweb.Bytes("text/html", whole), "Content-Encoding", "br"))
	o := options(web)
	o.Timeout = 2 * time.Second
	var addresses []string
	for _, host := range strings.Fields("a.test b.test c.test d.test e.test f.test good.test") {
		addresses = append(addresses, web.URL(host, "/"))
	}
	results := check(t, newCrawler(t, o), claimsOf(addresses...)...)
	for _, r := range results[:6] {
		if r.Observation.Failure != nil || !r.Observation.Truncated {
			t.Errorf("%s: failure %+v, truncated %v", r.Claim.URL, r.Observation.Failure, r.Observation.Truncated)
		}
	}
	good := results[6].Observation
	if good.Failure != nil || good.Duration >= o.Timeout {
		t.Errorf("the good host took %s, failure %+v", good.Duration, good.Failure)
	}
}

func TestWindowsTakeBoundedMemory(t *testing.T) {
	long := bytes.Repeat([]byte("<p>a promise"), 3<<19)
	for coding, most := range map[string]uint64{"br": 20 << 20, "zstd": 12 << 20} {
		body := packed(t, coding, long)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m := newBodies(1, 64<<10)
		if err := m.decode(m.open(-1, nil), bytes.NewReader(body), coding, 64<<10); err != nil {
			t.Error(err)
		}
		runtime.ReadMemStats(&after)
		if grown := after.TotalAlloc - before.TotalAlloc; grown > most {
			t.Errorf("%s: %d KiB were allocated for one body", coding, grown>>10)
		}
	}
}

func TestFewBodiesAreUnpackedAtOnce(t *testing.T) {
	body := packed(t, "br", []byte(smallPage))
	m := newBodies(64, 1<<20)
	for range maxUnpacking {
		m.unpacking <- struct{}{}
	}
	into := m.open(-1, nil)
	done := make(chan error, 1)
	go func() { done <- m.decode(into, bytes.NewReader(body), "br", 1<<20) }()
	select {
	case <-done:
		t.Error("a body was unpacked although no place was free")
	case <-time.After(50 * time.Millisecond):
	}
	for range maxUnpacking {
		<-m.unpacking
	}
	if err := <-done; err != nil || string(into.data) != smallPage {
		t.Errorf("%q, %v", into.data, err)
	}
}

func TestWhatIsOfferedDependsOnTheScheme(t *testing.T) {
	for scheme, want := range map[string]string{"http": "gzip, deflate", "https": "gzip, deflate, br, zstd"} {
		if got := acceptEncoding(&url.URL{Scheme: scheme}); got != want {
			t.Errorf("%s: %q, want %q", scheme, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, coding := range []string{"gzip", "br", "zstd"} {
		f.Add(coding, packed(f, coding, []byte(smallPage)))
	}
	f.Add("deflate", []byte("\x78\x9c"))
	f.Fuzz(func(t *testing.T, coding string, body []byte) {
		const most = 1 << 17
		m := newBodies(1, most)
		into := m.open(-1, nil)
		_ = m.decode(into, bytes.NewReader(body), coding, most) // an error is fine, a panic or a flood is not
		if len(into.data) > most {
			t.Errorf("%d bytes, want at most %d", len(into.data), most)
		}
		if into.close(); len(m.places) > 0 {
			t.Error("its place was not given back")
		}
	})
}
