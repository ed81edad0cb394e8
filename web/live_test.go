package web_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"waymark/catalog"
	"waymark/web"
)

// newsroom counts how often it is asked.
type newsroom struct {
	last, asked atomic.Int64
	once        sync.Once
	begun       chan struct{} // closed when it is first asked
}

func (n *newsroom) News(context.Context, catalog.NewsQuery) (catalog.News, error) {
	n.asked.Add(1)
	n.once.Do(func() { close(n.begun) })
	return catalog.News{Last: n.last.Load()}, nil
}

// running is a dashboard that tells open pages what happens, behind a real server.
type running struct {
	*dashboard
	news *newsroom
	at   string
	stop func() // ends Run, and waits for it
	die  func() // ends the server at once
}

func run(t *testing.T) *running {
	t.Helper()
	others := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, others) })
	r := &running{news: &newsroom{begun: make(chan struct{})}}
	r.news.last.Store(7)
	r.dashboard = serve(t, today, func(o *web.Options) { o.News = r.news })
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.site.Run(ctx) }()
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Run ended with %v", err)
		}
	})
	server := httptest.NewUnstartedServer(r)
	server.Config.WriteTimeout = 20 * time.Second
	server.Start()
	r.at = server.URL
	r.die = func() {
		server.Listener.Close()
		server.CloseClientConnections()
	}
	t.Cleanup(func() {
		r.stop()
		server.CloseClientConnections() // a browser keeps some open
		server.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	<-r.news.begun
	return r
}

// stream opens the events as a viewer at an address, who may have heard of a change before.
func (r *running) stream(t *testing.T, address, heard string) (*http.Response, *bufio.Scanner) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.at+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Forwarded-For", address)
	req.Header.Set("Accept-Encoding", "gzip") // events must not be held back to be packed
	req.Header.Set("Last-Event-ID", heard)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer, bufio.NewScanner(answer.Body)
}

// await reads on to a line; it is false when the stream ended before.
func await(lines *bufio.Scanner, want string) bool {
	for lines.Scan() {
		if lines.Text() == want {
			return true
		}
	}
	return false
}

func TestOpenPagesHearWhatHappens(t *testing.T) {
	r := run(t)
	answer, lines := r.stream(t, "192.0.2.1", "")
	if got := answer.Header.Get("Content-Type"); answer.StatusCode != 200 || got != "text/event-stream" || answer.Header.Get("Content-Encoding") != "" {
		t.Fatalf("%d %s %s", answer.StatusCode, got, answer.Header.Get("Content-Encoding"))
	}
	if !await(lines, "event: progress") || !lines.Scan() || !strings.Contains(lines.Text(), `"visiting":2,"resources":[1,2]`) {
		t.Errorf("the work of the crawler is told as %s", lines.Text())
	}
	r.news.last.Store(8)
	if !await(lines, "id: 8") || !await(lines, "event: turned") {
		t.Error("a change is not told")
	}
	if _, back := r.stream(t, "192.0.2.1", "3"); !await(back, "id: 8") {
		t.Error("who comes back does not hear of what turned meanwhile")
	}
}

// TestManyViewers holds that a hundred viewers ask the store no more than one does, and that the end of the service
// ends all their streams.
func TestManyViewers(t *testing.T) {
	r := run(t)
	const viewers = 100
	var heard, ended sync.WaitGroup
	for i := range viewers {
		_, lines := r.stream(t, fmt.Sprintf("192.0.2.%d", i), "")
		heard.Add(1)
		ended.Go(func() {
			ok := await(lines, "id: 9")
			heard.Done()
			if !ok || await(lines, "never") || lines.Err() != nil {
				t.Errorf("a stream ended early or badly: %v", lines.Err())
			}
		})
	}
	r.news.last.Store(9)
	before := r.news.asked.Load()
	heard.Wait()
	if asked := r.news.asked.Load() - before; asked > viewers/10 {
		t.Errorf("the store was asked %d times", asked)
	}
	r.stop()
	ended.Wait()
	if answer, _ := r.stream(t, "192.0.2.1", ""); answer.StatusCode != 503 {
		t.Errorf("after the end: %d, want 503", answer.StatusCode)
	}
}

func TestStreamsOfOneAddressAreBounded(t *testing.T) {
	r := run(t)
	for range 32 {
		if answer, _ := r.stream(t, "192.0.2.1", ""); answer.StatusCode != 200 {
			t.Fatalf("%d", answer.StatusCode)
		}
	}
	if answer, _ := r.stream(t, "192.0.2.1", ""); answer.StatusCode != 429 {
		t.Errorf("the 33rd: %d, want 429", answer.StatusCode)
	}
	answer, _ := r.stream(t, "192.0.2.2", "")
	if answer.StatusCode != 200 {
		t.Errorf("another address: %d", answer.StatusCode)
	}
}
