//go:build unix

package main

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// What a check may have in memory at its worst, in bytes.
const (
	mostMemory = 150 << 20 // of a bomb of each kind, 16 at once
	longMemory = 220 << 20 // of any number of them
	mostPiled  = 170 << 20 // of any number of pages of 2 MiB, 64 at once
)

// bomb is an answer that costs whoever takes it whole, and what is to be made of it.
type bomb struct {
	answer fakeweb.Behaviour
	state  catalog.State
	reason catalog.Reason // empty: it depends on how fast this machine is
}

func bombs() map[string]bomb {
	const whole, mega = catalog.OK, 1 << 20
	page := fakeweb.Page{Title: "Behind"}
	return map[string]bomb{
		"gzip":            {fakeweb.GzipBomb(10 << 30), whole, catalog.ReasonOK},
		"gzip-file":       {fakeweb.GzipFileBomb(10 << 30), whole, catalog.ReasonOK},
		"deflate":         {deflateBomb(), whole, catalog.ReasonOK},
		"brotli":          {packedBomb("br", repeated10GB("br")), whole, catalog.ReasonOK},
		"zstd":            {packedBomb("zstd", repeated10GB("zstd")), whole, catalog.ReasonOK},
		"zstd-window":     {packedBomb("zstd", []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 1, 0, 0}), catalog.Failing, catalog.ReasonProtocol},
		"trailers":        {fakeweb.Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + strings.Repeat("X-Trailer: "+strings.Repeat("v", 1000)+"\r\n", 10_000)), catalog.Failing, ""},
		"header-line":     {fakeweb.Raw("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 8*mega)), catalog.Failing, ""},
		"far-redirects":   {farRedirects(), catalog.Dead, catalog.ReasonRedirectLoop},
		"endless":         {fakeweb.Endless(), whole, catalog.ReasonOK},
		"headers":         {fakeweb.ManyHeaders(100_000, 20, page), catalog.Failing, ""},
		"endless-headers": {fakeweb.EndlessHeaders(), catalog.Failing, catalog.ReasonProtocol},
		"endless-hints":   {fakeweb.Raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 100_000)), catalog.Failing, ""},
		"chunk":           {fakeweb.Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + strings.Repeat("x", 4*mega)), catalog.Failing, ""},
		"drip":            {fakeweb.Drip(1, 100*time.Millisecond, page), whole, catalog.ReasonOK},
		"stalling-body":   {fakeweb.StallBody(), whole, catalog.ReasonOK},
		"title":           {fakeweb.Page{Title: strings.Repeat("title ", mega/6)}, whole, catalog.ReasonOK},
		"refresh":         {fakeweb.Page{Title: "Bomb", Refresh: "0; url=/" + strings.Repeat("r", mega)}, whole, catalog.ReasonOK},
		"sections":        {fakeweb.Page{Title: "Many", Sections: strings.Split(strings.Repeat("s ", 50_000), " ")}, whole, catalog.ReasonOK},
		"location":        {fakeweb.Redirect(301, "/"+strings.Repeat("l", mega)), catalog.Failing, catalog.ReasonProtocol},
		"cookies":         {cookieFlood(), whole, catalog.ReasonOK},
		"nested-div":      {repeated("<div>", ""), whole, catalog.ReasonOK},
		"nested-format":   {repeated("<b><p>", ""), whole, catalog.ReasonOK},
		"nested-anchor":   {repeated("<a href=x><table>", ""), whole, catalog.ReasonOK},
		"nested-svg":      {repeated("<svg><desc>", ""), whole, catalog.ReasonOK},
		"attributes":      {repeated(" a b=c", "<p"), whole, catalog.ReasonOK},
		"entities":        {repeated("&CounterClockwiseContourIntegral;", "<title>"), whole, catalog.ReasonOK},
		"comment":         {repeated("<!-", ""), whole, catalog.ReasonOK},
		"json-ld":         {repeated(`{"@graph":[`, `<script type="application/ld+json">`), whole, catalog.ReasonOK},
	}
}

// repeated is a page of 4 MB that says the same again and again and closes nothing.
func repeated(what, first string) fakeweb.Behaviour {
	return fakeweb.Bytes("text/html", []byte("<!doctype html><html><body><p>Some text to read.</p>"+first+strings.Repeat(what, (4<<20)/len(what))))
}

// packedBomb says that a body is a page in a coding.
func packedBomb(coding string, body []byte) fakeweb.Behaviour {
	return fakeweb.Header(fakeweb.Bytes("text/html", body), "Content-Encoding", coding)
}

// repeated10GB packs zeros: the same megabyte again and again, packed the same way each time.
func repeated10GB(coding string) []byte {
	var b bytes.Buffer
	var w interface {
		io.WriteCloser
		Flush() error
	} = brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 5, LGWin: 24})
	if coding == "zstd" {
		w, _ = zstd.NewWriter(&b, zstd.WithWindowSize(8<<20)) // the option is one of those that are allowed
	}
	var from int
	for range 3 {
		from = b.Len()
		w.Write(make([]byte, 1<<20)) // a buffer takes everything
		w.Flush()
	}
	return append(bytes.Clone(b.Bytes()), bytes.Repeat(b.Bytes()[from:], 10<<10)...)
}

// farRedirects leads on for ever, each time to an address of 8 KB.
func farRedirects() fakeweb.Behaviour {
	var hops atomic.Int64
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, fmt.Sprintf("/%d%s", hops.Add(1), strings.Repeat("x", 8000)), http.StatusFound)
	})
}

// deflateBomb answers with zeros without end.
func deflateBomb() fakeweb.Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		rw.Header().Set("Content-Encoding", "deflate")
		z := zlib.NewWriter(rw)
		io.WriteString(z, "<!doctype html><title>Boom</title><p>Some text to read.</p>")
		for block := make([]byte, 64<<10); r.Context().Err() == nil; {
			if _, err := z.Write(block); err != nil {
				return
			}
		}
	})
}

// cookieFlood sends the visitor round three times, with 200 KB of cookies each time.
func cookieFlood() fakeweb.Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		turn := len(r.URL.RawQuery)
		if turn == 3 {
			fakeweb.Page{Title: "Behind"}.ServeHTTP(rw, r)
			return
		}
		for i := range 2000 {
			http.SetCookie(rw, &http.Cookie{Name: fmt.Sprintf("c-%d-%d", turn, i), Value: strings.Repeat("v", 80)})
		}
		http.Redirect(rw, r, "/?"+strings.Repeat("x", turn+1), http.StatusFound)
	})
}

// slowHeaders sends the beginning of an answer, a byte at a time.
func slowHeaders(ctx context.Context, c net.Conn) {
	io.WriteString(c, "HTTP/1.1 200 OK\r\nX-Slow: ")
	for ctx.Err() == nil {
		time.Sleep(50 * time.Millisecond)
		if _, err := c.Write([]byte{'x'}); err != nil {
			return
		}
	}
}

// checked is what check --format jsonl says of a link.
type checked struct {
	URL     string         `json:"url"`
	State   catalog.State  `json:"state"`
	Reason  catalog.Reason `json:"reason"`
	Message string         `json:"message"`
	Title   string         `json:"title"`
}

// TestBombs: a check of everything that is made to exhaust its visitor ends, stays small, and calls nothing dead.
func TestBombs(t *testing.T) {
	t.Parallel()
	_, long := torture(t)
	copies, most := 1, int64(mostMemory)
	if long {
		copies, most = 10, longMemory
	}
	simulated, err := fakeweb.Start(fakeweb.Options{Unrecorded: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(simulated.Close)
	folder := t.TempDir()
	want := layBombs(t, simulated, folder, copies)
	out := checkWithin(t, folder, most)
	// An address of 1 MB may be called no valid address; nothing else here may be called dead.
	for lines := json.NewDecoder(bytes.NewReader(out)); lines.More(); {
		var got checked
		if err := lines.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if b, ok := want[got.URL]; ok && (got.State != b.state || b.reason != "" && got.Reason != b.reason) {
			t.Errorf("%s is %s, %s (%.200s); want %s, %s", got.URL, got.State, got.Reason, got.Message, b.state, b.reason)
		} else if got.State == catalog.Dead && got.Reason != catalog.ReasonInvalidURL && b.state != catalog.Dead {
			t.Errorf("%.200s is called dead: %.200s", got.URL, got.Message)
		}
		delete(want, got.URL)
	}
	for url := range want {
		t.Errorf("nothing is said of %s", url)
	}
}

// pileUp is how many hosts send a small answer that is long to read.
const (
	pileUp   = 120
	longPile = 600
)

// TestPile: however many hosts answer at once with what takes a processor long to read, few of the answers are in memory.
func TestPile(t *testing.T) {
	t.Parallel()
	hosts := pileUp
	if _, long := torture(t); long {
		hosts = longPile
	}
	simulated, err := fakeweb.Start(fakeweb.Options{Unrecorded: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(simulated.Close)
	page := fakeweb.Gzip(fakeweb.Bytes("text/html", []byte("<!doctype html><body>Text."+strings.Repeat("<b><p>", (2<<20)/6))))
	var list strings.Builder
	for i := range hosts {
		host := fmt.Sprintf("pile-%d.test", i)
		simulated.Handle(host, "/", page)
		fmt.Fprintf(&list, "- [Link](%s)\n", simulated.URL(host, "/"))
	}
	folder := t.TempDir()
	writeCheck(t, folder, list.String(), fmt.Sprintf("check: {retries: 0, robots: ignore}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\n", simulated.Resolver()))
	out := checkWithin(t, folder, mostPiled)
	if n := bytes.Count(out, []byte(`"state":"ok"`)); n != hosts {
		t.Errorf("%d of %d pages are in order", n, hosts)
	}
}

// checkWithin runs a check of list.md in a folder, and returns its report as JSON lines. It fails the test when the
// check takes more memory than so many bytes at its worst.
func checkWithin(t *testing.T, folder string, most int64) (report []byte) {
	t.Helper()
	plain := filepath.Join(t.TempDir(), "waymark") // without the race detector, which takes memory of its own
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", plain, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*patience)
	defer cancel()
	command := exec.CommandContext(ctx, plain, "check", "--format", "jsonl", "--fail-on", "none", "list.md")
	command.Dir = folder
	var out, complaints bytes.Buffer
	command.Stdout, command.Stderr = &out, &complaints
	// The system counts what this process had in memory when it started another as the other's; no bound can be below.
	own := peak(t, nil)
	if err := command.Run(); err != nil {
		t.Fatalf("check ended with %v after %s\n%s", err, ctx.Err(), &complaints)
	}
	used := peak(t, command.ProcessState)
	t.Logf("at most %d MiB in memory (the test itself: %d), %s of CPU", used>>20, own>>20, command.ProcessState.UserTime())
	if used > max(most, own) {
		t.Errorf("the check took %d MiB of memory, more than %d", used>>20, most>>20)
	}
	return out.Bytes()
}

// writeCheck writes a list and the configuration of its check.
func writeCheck(t *testing.T, folder, list, config string) {
	t.Helper()
	for name, text := range map[string]string{"list.md": list, "waymark.yaml": config} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// layBombs fills the web, each bomb on a host of its own, and writes the list and the configuration.
func layBombs(t *testing.T, w *fakeweb.Web, folder string, copies int) map[string]bomb {
	t.Helper()
	want := map[string]bomb{}
	var list strings.Builder
	link := func(url string, b bomb) {
		want[url] = b
		fmt.Fprintf(&list, "- [Link](%s)\n", url)
	}
	all := bombs()
	for n := range copies {
		for name, b := range all {
			host := fmt.Sprintf("%s-%d.test", name, n)
			w.Handle(host, "/*", b.answer)
			w.Handle(host, "/robots.txt", fakeweb.Status(404))
			link(w.URL(host, "/"), b)
		}
		for name, robots := range map[string]fakeweb.Behaviour{
			"endless": fakeweb.Header(fakeweb.Endless(), "Content-Type", "text/plain"),
			"bomb":    fakeweb.GzipBomb(10 << 30),
			"stars":   fakeweb.Robots("User-agent: *\n" + strings.Repeat("Disallow: /*a*a*a*a*a*a*a*a*a*a*b\n", 10_000)),
		} {
			host := fmt.Sprintf("robots-%s-%d.test", name, n)
			w.Handle(host, "/robots.txt", robots)
			path := "/" + strings.Repeat("a", 500)
			w.Handle(host, path, fakeweb.Page{Title: "Behind"})
			link(w.URL(host, path), bomb{nil, catalog.OK, catalog.ReasonOK})
		}
		slow := fmt.Sprintf("slow-headers-%d.test", n)
		if err := w.HandleConn(slow, slowHeaders); err != nil {
			t.Fatal(err)
		}
		link(w.URL(slow, "/"), bomb{nil, catalog.Failing, catalog.ReasonTimeout})
	}
	w.Handle("long.test", "*", fakeweb.Page{Title: "Long"})
	fmt.Fprintf(&list, "- [Long](%s)\n", w.URL("long.test", "/"+strings.Repeat("u", 1<<20)))
	config := fmt.Sprintf("check: {concurrency: 16, retries: 0, timeout: 8s, per_host: {interval: 0}}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\n", w.Resolver())
	writeCheck(t, folder, list.String(), config)
	return want
}

// peak returns the most memory that a process that ended ever had, in bytes; of this process for nil.
func peak(t *testing.T, state *os.ProcessState) int64 {
	t.Helper()
	usage := &syscall.Rusage{}
	if state == nil {
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, usage); err != nil {
			t.Fatal(err)
		}
	} else {
		usage = state.SysUsage().(*syscall.Rusage)
	}
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return usage.Maxrss << 10 // elsewhere it is counted in KiB
}
