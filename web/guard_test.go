package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/web"
)

func TestHostNames(t *testing.T) {
	d := serve(t, today, func(o *web.Options) {
		o.ExternalURL, o.Hosts = "https://links.example.org/", []string{"waymark:8080", "Box.LAN"}
	})
	for _, test := range []struct {
		host, path string
		want       int
	}{
		{"localhost:8080", "/", 200},
		{"waymark.localhost", "/", 200},
		{"127.0.0.1:8080", "/", 200},
		{"127.9.9.9", "/", 200},
		{"[::1]:8080", "/", 200},
		{"links.example.org", "/", 200},
		{"LINKS.example.org.", "/", 200},
		{"waymark", "/", 200},
		{"box.lan:99", "/", 200},
		{"evil.example", "/", 421},
		{"evil.example", "/api/v1/overview", 421},
		{"evil.example", "/metrics", 421},
		{"", "/metrics", 421},
		{"prometheus-target:8080", "/metrics", 404}, // let through; there are no metrics here
		{"172.18.0.3:8080", "/metrics", 404},
		{"prometheus-target:8080", "/", 421},
		{"172.18.0.3:8080", "/", 200}, // an address is no name that a stranger could point here
		{"evil.example", "/static/x/waymark.css", 421},
		{"localhost.evil.example", "/", 421},
		{"", "/", 421},
		{"evil.example", "/healthz", 200},
		{"evil.example", "/readyz", 200},
	} {
		if w := d.do(http.MethodGet, test.path, "Host", test.host); w.Code != test.want {
			t.Errorf("GET %s as %q: %d, want %d", test.path, test.host, w.Code, test.want)
		}
	}
	if body := d.do(http.MethodGet, "/", "Host", "evil.example").Body.String(); !strings.Contains(body, "external_url") {
		t.Error("the refusal does not name the key of the configuration")
	}
}

func TestWritesFromElsewhereAreRefused(t *testing.T) {
	d := serve(t, today, func(o *web.Options) { o.ExternalURL = "https://links.example.org" })
	for _, test := range []struct {
		name    string
		headers []string
		want    int
	}{
		{"a page of another site", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a page of a sibling", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"an old browser, from another origin", []string{"Origin", "https://evil.example"}, 403},
		{"a page of its own", []string{"Sec-Fetch-Site", "same-origin"}, 303},
		{"its own address behind a proxy", []string{"Origin", "https://links.example.org"}, 303},
		{"a program", nil, 303},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, path := range []string{"/resources/1/check", "/sources/books/sync"} {
				if w := d.do(http.MethodPost, path, test.headers...); w.Code != test.want {
					t.Errorf("POST %s: %d, want %d", path, w.Code, test.want)
				}
			}
		})
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	d := serve(t, today, nil)
	for _, path := range []string{"/", "/nowhere", "/api/v1/overview", "/healthz", "/resources?state=broken"} {
		h := d.do(http.MethodGet, path).Header()
		csp := h.Get("Content-Security-Policy")
		if !strings.HasPrefix(csp, "default-src 'none'; ") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: Content-Security-Policy: %s", path, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s: %q, want %q", path, name, got, want)
			}
		}
		if h.Get("X-Request-Id") == "" {
			t.Errorf("%s: no request id", path)
		}
	}
}

func TestRoutesThatDoNotExist(t *testing.T) {
	d := serve(t, today, nil)
	for _, test := range []struct {
		method, path string
		want         int
		allow        string
	}{
		{"GET", "/nowhere", 404, ""},
		{"GET", "/resources/", 404, ""},
		{"GET", "/resources/0", 404, ""},
		{"GET", "/resources/abc", 404, ""},
		{"GET", "/resources/99999", 404, ""},
		{"GET", "/static/x/secret.go", 404, ""},
		{"GET", "/metrics", 404, ""},
		{"POST", "/sources/nobody/sync", 404, ""},
		{"POST", "/resources/99999/check", 404, ""},
		{"POST", "/resources", 405, "GET, HEAD"},
		{"DELETE", "/", 405, "GET, HEAD"},
		{"GET", "/resources/1/check", 405, "POST"},
		{"POST", "/api/v1/overview", 405, "GET, HEAD"},
	} {
		w := d.do(test.method, test.path)
		if w.Code != test.want || w.Header().Get("Allow") != test.allow {
			t.Errorf("%s %s: %d, Allow %q; want %d, %q", test.method, test.path, w.Code, w.Header().Get("Allow"), test.want, test.allow)
		}
	}
}

// broken is a catalog that fails in a way that nobody is to read.
type broken struct{ web.Reader }

var errSecret = errors.New("disk image /var/lib/secret.db is malformed")

func (broken) Overview(context.Context, time.Time) (catalog.Overview, error) {
	return catalog.Overview{}, errSecret
}
func (broken) Pauses(context.Context, time.Time) ([]catalog.Pause, error) { return nil, errSecret }
func (broken) Sources(context.Context) ([]catalog.SourceStatus, error)    { panic(errSecret) }

func TestFaultsAreLoggedAndNotShown(t *testing.T) {
	var log strings.Builder
	d := serve(t, today, func(o *web.Options) {
		o.Reader, o.Logger = broken{}, slog.New(slog.NewTextHandler(&log, nil))
		o.Ready = func(context.Context) error { return errSecret }
	})
	if w := d.do(http.MethodGet, "/sources?x=1"); !strings.Contains(w.Body.String(), `href="/sources?x=1">Try again`) {
		t.Errorf("the page does not lead to another try: %s", w.Body)
	}
	for path, want := range map[string]int{"/": 500, "/sources": 500, "/api/v1/overview": 500, "/readyz": 503} {
		log.Reset()
		w := d.do(http.MethodGet, path)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
		if strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s shows what belongs in the log: %s", path, w.Body)
		}
		if !strings.Contains(log.String(), "secret.db is malformed") {
			t.Errorf("%s: the log does not say why: %s", path, log.String())
		}
		if id := w.Header().Get("X-Request-Id"); want == 500 && (!strings.Contains(log.String(), id) || !strings.Contains(w.Body.String(), id)) {
			t.Errorf("%s: page and log do not share the number %s", path, id)
		}
	}
}

func TestObserveIsToldOfPatternsOnly(t *testing.T) {
	var got []string
	d := serve(t, today, func(o *web.Options) {
		o.Observe = func(route, method string, code int, took time.Duration) {
			got = append(got, strings.Join([]string{method, route, http.StatusText(code)}, " "))
		}
	})
	d.do("GET", "/")
	d.do("GET", "/resources/1")
	d.do("POST", "/resources/1/check")
	d.do("GET", "/some/stranger")
	d.do("BREW", "/resources")
	d.do("GET", "/resources", "Host", "evil.example")
	want := []string{"GET / OK", "GET /resources/{id} OK", "POST /resources/{id}/check See Other", "GET none Not Found",
		"other none Method Not Allowed", "GET none Misdirected Request"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCompression(t *testing.T) {
	d := serve(t, today, nil)
	for _, test := range []struct{ path, accept, want string }{
		{"/", "gzip, br", "gzip"},
		{"/", "", ""},
		{"/", "gzip;q=0", ""},
		{"/healthz", "gzip", ""},
	} {
		w := d.do("GET", test.path, "Accept-Encoding", test.accept)
		if got := w.Header().Get("Content-Encoding"); got != test.want || w.Code != 200 {
			t.Errorf("%s with %q: %q, want %q", test.path, test.accept, got, test.want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	whole := serve(t, today, nil).options
	for name, change := range map[string]func(*web.Options){
		"no reader":                   func(o *web.Options) { o.Reader = nil },
		"no clock":                    func(o *web.Options) { o.Now = nil },
		"an external URL of no host":  func(o *web.Options) { o.ExternalURL = "links.example.org" },
		"an external URL of a mailto": func(o *web.Options) { o.ExternalURL = "mailto:a@example.org" },
	} {
		o := whole
		change(&o)
		if _, err := web.New(o); err == nil {
			t.Errorf("New accepts %s", name)
		}
	}
}
