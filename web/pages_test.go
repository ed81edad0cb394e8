package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"waymark/catalog"
	"waymark/web"
)

// TestPagesInABrowser opens every page in both themes on a phone and on a desk. It fails on whatever the browser
// complains of (the Content-Security-Policy, the console, a missing file), on anything wider than the screen, on
// whatever moves while the page loads, and on whatever keeps people from using it.
// Pictures of all pages go to the folder named by WAYMARK_ARTIFACTS, where it is set.
func TestPagesInABrowser(t *testing.T) {
	folder := os.Getenv("WAYMARK_ARTIFACTS")
	if folder == "" {
		folder = t.TempDir()
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(tool(t, axeFile))
	if err != nil {
		t.Fatal(err)
	}
	ctx := chromium(t)
	heard := listen(t, ctx)
	for _, shot := range shots(t) {
		for _, screen := range screens {
			for _, theme := range screen.themes {
				t.Run(fmt.Sprintf("%s-%s-%s", shot.name, screen.name, theme), func(t *testing.T) {
					file := filepath.Join(folder, fmt.Sprintf("%s-%s-%s.png", shot.name, screen.name, theme))
					look(t, ctx, shot, theme, screen.width, file)
					if screen.name == "desk" || screen.name == "phone" && theme == "light" {
						usable(t, ctx, string(script))
					}
					for _, c := range heard.take() {
						t.Error(c)
					}
				})
			}
		}
	}
}

// screens are a phone and a desk, and the narrowest and the widest that the pages are made for.
var screens = []struct {
	name   string
	width  int64
	themes []string
}{
	{"phone", 390, []string{"light", "dark"}},
	{"desk", 1440, []string{"light", "dark"}},
	{"narrow", 360, []string{"system"}},
	{"wide", 2560, []string{"system"}},
}

// shot is a page to look at.
type shot struct {
	name, url string
	status    int64
	cookie    string // of a session; empty when nobody is signed in
}

// shots serves the world, an empty catalog and an offline one, and lists all pages worth a look.
func shots(t *testing.T) []shot {
	now := time.Now()
	// The browser's clock goes on, and so must the service's: else times would change between them.
	ticking := func(o *web.Options) { o.Now = time.Now }
	full := serve(t, now, func(o *web.Options) { o.Demo, o.Now = true, time.Now })
	empty := serveFrom(t, store(t), now, ticking)
	offline := serveFrom(t, full.store, now, ticking)
	offline.crawler.set(catalog.Activity{Offline: "48 of the last 50 sites could not be reached at all; the fault is more likely here than there"})
	stuck := serveFrom(t, full.store, now, ticking)
	stuck.crawler.set(catalog.Activity{Stuck: true})
	died := serveDied(t, now, ticking)
	if err := full.store.SaveHosts(t.Context(), []catalog.HostState{
		{Host: "queues.example.org", Failures: 3, Gap: 4 * time.Second, Error: "it answered 503", ErrorAt: now.Add(-3 * time.Hour),
			Robots: catalog.Robots{Read: now.Add(-5 * time.Hour), Status: 200, Access: catalog.AccessSome, Delay: 2 * time.Second}},
	}); err != nil {
		t.Fatal(err)
	}
	at := start(t, full)
	ada := full.signedIn(t, "Ada")
	action, version := decideOn(t, full.openAs(t, ada, "/flagged?kind=stale"))
	full.sendAs(ada, action, "decision=aside&reason=The+author+is+working+on+it.&for=30&version="+version)
	return []shot{
		{"overview", at + "/", 200, ""},
		{"overview-empty", start(t, empty) + "/", 200, ""},
		{"overview-offline", start(t, offline) + "/", 200, ""},
		{"overview-stuck", start(t, stuck) + "/", 200, ""},
		{"resources", at + "/resources", 200, ""},
		{"resources-filtered", at + "/resources?source=backend&state=ok&sort=turned&section=Databases+%2F+Relational", 200, ""},
		{"resources-none", at + "/resources?text=nothing+is+called+so", 200, ""},
		{"resource-dead", at + full.resource(t, "https://effectivepython"), 200, ""},
		{"resource-moved", at + full.resource(t, "http://golangweekly"), 200, ""},
		{"resource-long", at + full.resource(t, "https://documentation.platform"), 200, ""},
		{"resource-hostile", at + full.resource(t, "https://hostile"), 200, ""},
		{"resource-unchecked", at + full.resource(t, "https://jqlang"), 200, ""},
		{"resource-stale", at + full.resource(t, "https://blog.example.net/2016"), 200, ""},
		{"resources-old", at + "/resources?age=5-10&sort=modified", 200, ""},
		{"sources", at + "/sources", 200, ""},
		{"flagged", at + "/flagged", 200, ""},
		{"flagged-deciding", at + "/flagged", 200, ada},
		{"flagged-host", start(t, died) + "/flagged", 200, died.signedIn(t, "Ada")},
		{"flagged-kept-empty", at + "/flagged?review=kept", 200, ""},
		{"flagged-aside", at + "/flagged?review=aside", 200, ada},
		{"decided", at + "/flagged/decided", 200, ada},
		{"source", at + "/sources/backend", 200, ""},
		{"hosts", at + "/hosts", 200, ""},
		{"hosts-none", at + "/hosts?text=nowhere", 200, ""},
		{"host", at + "/hosts/go.dev", 200, ""},
		{"host-ill", at + "/hosts/queues.example.org", 200, ada},
		{"crawler", at + "/crawler", 200, ""},
		{"settings", at + "/settings", 200, ""},
		{"sources-adding", start(t, serveFrom(t, full.store, now, ticking)) + "/sources", 200, ada},
		{"sign-in", at + "/sign-in", 200, ""},
		{"sources-empty", start(t, empty) + "/sources", 200, ""},
		{"design", at + "/design", 200, ""},
		{"error-500", start(t, serveFrom(t, full.store, now, func(o *web.Options) { o.Flags = blind{o.Flags} })) + "/flagged", 500, ""},
		{"error-404", at + "/nowhere", 404, ""},
		{"error-400", at + "/resources?state=broken", 400, ""},
	}
}

func start(t *testing.T, d *dashboard) string {
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	return server.URL
}

// look opens a page, takes its picture, and says what is wider than the screen.
func look(t *testing.T, ctx context.Context, shot shot, theme string, width int64, file string) {
	t.Helper()
	if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: "theme", Value: theme, URL: shot.url}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, viewport(width)); err != nil {
		t.Fatal(err)
	}
	session := network.SetCookieParams{Name: "waymark", Value: strings.TrimPrefix(shot.cookie, "waymark="), URL: shot.url}
	if _, err := chromedp.Call(ctx, network.SetCookie, session); err != nil {
		t.Fatal(err)
	}
	answer, err := chromedp.Run(ctx, chromedp.NavigateResponse(shot.url))
	if err != nil {
		t.Fatal(err)
	}
	if answer.Status != shot.status {
		t.Errorf("%s: %d, want %d", shot.url, answer.Status, shot.status)
	}
	moved, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](layoutShift, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, what := range moved {
		t.Errorf("moves while the page loads: %s", what)
	}
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](tooWide))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	for _, element := range wide {
		t.Errorf("wider than the screen of %d: %s", width, element)
	}
	if err := os.WriteFile(file, picture, 0o600); err != nil {
		t.Fatal(err)
	}
}

// layoutShift lists what moved on the page since it began to load (web.dev, CLS), if it adds up to 0.0005: the parser may
// pause within a word, as beside an icon whose text is yet to come, and what then moves by 3 pixels counts 0.0000004.
const layoutShift = `new Promise((done) => {
  const moved = [];
  let sum = 0;
  const rect = (r) => [r.x, r.y, r.width, r.height].map(Math.round).join(" ");
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      sum += entry.value;
      for (const source of entry.sources)
        moved.push(entry.value + " " + (source.node?.outerHTML ?? source.node?.textContent ?? "?").replace(/\s+/g, " ").slice(0, 80) + ": " + rect(source.previousRect) + " to " + rect(source.currentRect));
    }
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum < 0.0005 ? [] : moved), 0)));
})`

// viewport is a phone for small widths, else a desk.
func viewport(width int64) chromedp.Action[chromedp.Void] {
	if width < 500 {
		return chromedp.EmulateViewport(width, 844, chromedp.EmulateMobile)
	}
	return chromedp.EmulateViewport(width, 900)
}

// tooWide lists the elements that stick out, unless a box around them scrolls.
const tooWide = `(() => {
  const limit = document.documentElement.clientWidth + 0.5;
  const scrolls = (e) => e && (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > limit && !scrolls(e.parentElement))
    .map((e) => e.tagName + "." + e.getAttribute("class") + " " + e.textContent.trim().slice(0, 40));
})()`

// chromium starts a browser that lives as long as the test.
func chromium(t *testing.T) context.Context {
	t.Helper()
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("hide-scrollbars", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	allocated, stop := chromedp.NewExecAllocator(t.Context(), flags...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(allocated)
	t.Cleanup(end)
	ctx, over := context.WithTimeout(ctx, 15*time.Minute)
	t.Cleanup(over)
	return ctx
}

// complaints is what a browser holds against the pages.
type complaints struct {
	mu   sync.Mutex
	list []string
}

func listen(t *testing.T, ctx context.Context) *complaints {
	t.Helper()
	c := &complaints{}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			// The page of an error is itself a failed request; those of other files are told below.
			if e.Entry.Source != log.EntrySourceNetwork {
				c.add("%s: %s", e.Entry.Source, e.Entry.Text)
			}
		case *cdpruntime.EventConsoleAPICalled:
			c.add("console %s: %s", e.Type, e.Args[0].Value)
		case *cdpruntime.EventExceptionThrown:
			c.add("exception: %s", e.ExceptionDetails.Text)
		case *network.EventResponseReceived:
			if e.Response.Status >= 400 && e.Type != network.ResourceTypeDocument {
				c.add("%d %s", e.Response.Status, e.Response.URL)
			}
		}
	})
	if err != nil {
		t.Fatalf("Chromium is needed for this test: %v", err)
	}
	return c
}

func (c *complaints) add(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, fmt.Sprintf(format, args...))
}

// take returns what was heard since it was last asked.
func (c *complaints) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := c.list
	c.list = nil
	return list
}

// fetched returns the page of a shot as the server sends it.
func fetched(t *testing.T, shot shot) []byte {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, shot.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", shot.cookie)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// blind cannot read findings.
type blind struct{ flags }

type flags = web.Flags

func (blind) Flags(context.Context, catalog.FlagQuery, time.Time) (catalog.FlagRows, error) {
	return catalog.FlagRows{}, errors.New("the disk is gone")
}
