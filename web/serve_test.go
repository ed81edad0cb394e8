package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/web"
)

// today is the time of the tests that read pages without a browser.
var today = time.Date(2026, time.March, 14, 15, 9, 26, 0, time.UTC)

// crawling stands where the crawler does, and says of its work what it was told.
type crawling struct {
	mu       sync.Mutex
	activity catalog.Activity
	woken    int
}

func (c *crawling) Activity() catalog.Activity {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.activity
}

func (c *crawling) set(a catalog.Activity) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.activity = a
}

func (c *crawling) Wake() { c.woken++ }

// syncing remembers which sources were asked for.
type syncing struct{ asked []string }

func (s *syncing) SyncNow(source string) { s.asked = append(s.asked, source) }

// dashboard is the handler over the world, with all that stands behind it.
type dashboard struct {
	site *web.Dashboard
	http.Handler
	store   *sqlite.Store
	crawler *crawling
	syncer  *syncing
	options web.Options
	made    string // the write token, once it was asked for
}

// serve returns the dashboard at a time; change may be nil.
func serve(t *testing.T, now time.Time, change func(*web.Options)) *dashboard {
	t.Helper()
	return serveFrom(t, world(t, now), now, change)
}

// serveFrom is serve over a given catalog.
func serveFrom(t *testing.T, store *sqlite.Store, now time.Time, change func(*web.Options)) *dashboard {
	t.Helper()
	d := &dashboard{store: store, crawler: &crawling{}, syncer: &syncing{}}
	d.crawler.set(catalog.Activity{
		Visiting: []catalog.Visiting{
			{Resource: 1, URL: "https://go.dev/", Since: now.Add(-2 * time.Second), Phase: "fetching"},
			{Resource: 2, URL: "https://go.dev/tour/", Since: now.Add(-time.Second), Phase: "waiting"},
		},
		Hosts: map[string]int{"ready": 4, "waiting": 11, "busy": 1},
	})
	rules := catalog.DefaultRules()
	d.options = web.Options{Rules: &rules, Reader: d.store, Writer: d.store, Crawler: d.crawler, Syncer: d.syncer, News: d.store, Flags: d.store, Reviewer: d.store, Atlas: d.store, Machinery: d.store, Exporter: d.store, SourceKeeper: d.store,
		Settings: []web.Setting{{Key: "check.timeout", Value: "20s"}, {Key: "check.every", Value: "3d", Changed: true}, {Key: "network.proxy"}},
		Gate:     d.store, Sessions: d.store.Sessions(),
		Version: "1.2.3", Logger: slog.New(slog.NewTextHandler(t.Output(), nil)), Now: func() time.Time { return now }}
	if change != nil {
		change(&d.options)
	}
	h, err := web.New(d.options)
	if err != nil {
		t.Fatal(err)
	}
	d.Handler, d.site = h, h
	return d
}

// do sends a request under a loopback name.
func (d *dashboard) do(method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Host = "localhost:8080"
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

// send posts a form under a loopback name.
func (d *dashboard) send(path, form string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form))
	r.Host = "localhost:8080"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

// open gets a page and reads it as a browser would.
func (d *dashboard) open(t *testing.T, path string, want int) *goquery.Document {
	t.Helper()
	w := d.do(http.MethodGet, path)
	if w.Code != want {
		t.Fatalf("GET %s: %d, want %d\n%s", path, w.Code, want, w.Body)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// resource returns the path of the page of the resource whose address begins so.
func (d *dashboard) resource(t *testing.T, prefix string) string {
	t.Helper()
	doc := d.open(t, "/resources?text="+url.QueryEscape(prefix), http.StatusOK)
	path, ok := doc.Find(".rows .c-main a").First().Attr("href")
	if !ok {
		t.Fatalf("no resource begins with %s", prefix)
	}
	return path
}

// text is what a selection says, its pieces parted by single spaces.
func text(s *goquery.Selection) string {
	var pieces []string
	for _, n := range s.Nodes {
		for c := range n.Descendants() {
			if c.Type == html.TextNode {
				pieces = append(pieces, strings.Fields(c.Data)...)
			}
		}
	}
	return strings.Join(pieces, " ")
}
