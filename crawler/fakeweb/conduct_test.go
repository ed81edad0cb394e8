package fakeweb

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFaults(t *testing.T) {
	web := start(t, Options{})
	for name, tc := range map[string]struct {
		b    Behaviour
		want func(error) bool
	}{
		"reset":               {Reset(), is(syscall.ECONNRESET)},
		"reset after headers": {ResetAfterHeaders(), is(syscall.ECONNRESET)},
		"empty reply":         {EmptyReply(), is(io.EOF)},
		"truncated":           {Truncated(), is(io.ErrUnexpectedEOF)},
		"malformed":           {Malformed(), says("malformed HTTP")},
		"raw":                 {Raw("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), says("bad Content-Length")},
		"endless headers":     {EndlessHeaders(), says("exceeded")},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := get(t, web.Client(), play(t, web, tc.b)); err == nil || !tc.want(err) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func is(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }

func says(text string) func(error) bool {
	return func(err error) bool { return strings.Contains(err.Error(), text) }
}

func TestFaultsUnderTLS(t *testing.T) {
	web := start(t, Options{})
	web.Handle("s.example.test", "/reset", Reset())
	web.Handle("s.example.test", "/cut", Truncated())
	if _, _, err := get(t, web.Client(), web.HTTPSURL("s.example.test", "/reset")); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("reset: %v", err)
	}
	if _, _, err := get(t, web.Client(), web.HTTPSURL("s.example.test", "/cut")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("truncated: %v", err)
	}
}

func TestHTTP10(t *testing.T) {
	web := start(t, Options{})
	res, text := mustGet(t, web.Client(), play(t, web, HTTP10(Page{Title: "Old"})))
	if res.Proto != "HTTP/1.0" || !strings.Contains(text, "<title>Old</title>") {
		t.Errorf("%s: %q", res.Proto, text)
	}
}

// What stalls must go on stalling until the client leaves, and then notice.
func TestStallsEndWithTheClient(t *testing.T) {
	web := start(t, Options{})
	for path, b := range map[string]Behaviour{
		"/stall": Stall(), "/body": StallBody(), "/delay": Delay(time.Hour, Page{}), "/drip": Drip(1, time.Hour, Page{}),
	} {
		web.Handle("slow.example.test", path, b)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		req, _ := http.NewRequestWithContext(ctx, "GET", web.URL("slow.example.test", path), nil)
		res, err := web.Client().Do(req)
		if err == nil {
			_, err = io.Copy(io.Discard, res.Body)
			res.Body.Close()
		}
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s ended by itself: %v", path, err)
		}
	}
	h := web.lookup("slow.example.test")
	for h.active.Load() > 0 {
		time.Sleep(time.Millisecond)
	}
}

func TestDripSendsEverything(t *testing.T) {
	web := start(t, Options{})
	if _, text := mustGet(t, web.Client(), play(t, web, Drip(7, time.Microsecond, Text(200, "drop by drop by drop")))); text != "drop by drop by drop" {
		t.Errorf("got %q", text)
	}
}

func TestTurns(t *testing.T) {
	web := start(t, Options{})
	bad, good := Status(503), Status(200)
	for name, tc := range map[string]struct {
		b    Behaviour
		want []int
	}{
		"sequence": {Sequence(bad, bad, good), []int{503, 503, 200, 200, 200}},
		"cycle":    {Cycle(bad, good), []int{503, 200, 503, 200, 503}},
		"times":    {Sequence(append(Times(3, bad), good)...), []int{503, 503, 503, 200, 200}},
	} {
		url := play(t, web, tc.b)
		var got []int
		for range tc.want {
			res, _ := mustGet(t, web.Client(), url)
			got = append(got, res.StatusCode)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestUntilFollowsTheClock(t *testing.T) {
	var now atomic.Int64
	web := start(t, Options{Now: func() time.Time { return time.Unix(now.Load(), 0) }})
	url := play(t, web, Until(time.Unix(100, 0), Status(200), Status(410)))
	for at, want := range map[int64]int{0: 200, 99: 200, 100: 410, 500: 410} {
		now.Store(at)
		if res, _ := mustGet(t, web.Client(), url); res.StatusCode != want {
			t.Errorf("at %d: %d, want %d", at, res.StatusCode, want)
		}
	}
}

func TestChoices(t *testing.T) {
	web := start(t, Options{})
	c := web.Client()
	if res, err := c.Head(play(t, web, OnHead(Status(404), Status(200)))); err != nil || res.StatusCode != 404 {
		t.Errorf("HEAD: %v, %v", res, err)
	}
	if res, _ := mustGet(t, c, play(t, web, OnHead(Status(404), Status(200)))); res.StatusCode != 200 {
		t.Errorf("GET: %d", res.StatusCode)
	}
	url := play(t, web, Wanting("Accept", "text/html", Status(200), Status(404)))
	for accept, want := range map[string]int{"text/html, */*": 200, "*/*": 404} {
		req, _ := http.NewRequestWithContext(t.Context(), "GET", url, nil)
		req.Header.Set("Accept", accept)
		res, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("Accept %s: %d, want %d", accept, res.StatusCode, want)
		}
	}
}

func TestTalkSaysTheSameToAll(t *testing.T) {
	web := start(t, Options{})
	const greeting = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThis is plain HTTP.\n"
	if err := web.HandleConn("plain.example.test", Talk(greeting)); err != nil {
		t.Fatal(err)
	}
	if res, text := mustGet(t, web.Client(), web.URL("plain.example.test", "/")); res.StatusCode != 400 || text != "This is plain HTTP.\n" {
		t.Errorf("over http: %d, %q", res.StatusCode, text)
	}
	if _, err := web.Client().Get(web.HTTPSURL("plain.example.test", "/")); err == nil {
		t.Error("a handshake with plain text went well")
	}
}
