package metrics

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"waymark/catalog"
)

// catalogOf is a store that holds fixed numbers. It stands for the consumer's side of the boundary; the service
// itself is scraped in the tests of the deployment.
type catalogOf struct {
	counts  catalog.Counts
	flagged []catalog.Flagged
	err     error
	asked   int
}

func (c *catalogOf) Counts(context.Context, time.Time) (catalog.Counts, error) {
	c.asked++
	return c.counts, c.err
}

func (c *catalogOf) Flagged(context.Context, int) ([]catalog.Flagged, error) { return c.flagged, c.err }

type crawlerOf catalog.Activity

func (c crawlerOf) Activity() catalog.Activity { return catalog.Activity(c) }

func smallCatalog() catalog.Counts {
	return catalog.Counts{
		Catalog: map[catalog.State]int{catalog.OK: 7, catalog.Dead: 2},
		Sources: []catalog.SourceCounts{
			{
				Source: "backend", States: map[catalog.State]int{catalog.OK: 5, catalog.Dead: 2},
				Findings: catalog.ReviewTally{catalog.ReviewOpen: {catalog.FindingDead: 2, catalog.FindingMoved: 1}, catalog.ReviewAside: {catalog.FindingMoved: 4}},
				Synced:   time.Unix(1700000000, 500e6),
			},
			{Source: "frontend", States: map[catalog.State]int{catalog.OK: 3}},
		},
		Overdue:   4,
		LastCheck: time.Unix(1700000100, 0),
	}
}

// watching returns metrics over a store and an idle crawler, each metric with at least one series.
func watching(t *testing.T, store Store, options Options) *Metrics {
	t.Helper()
	m := New(options)
	m.WatchStore(store)
	m.WatchCrawler(crawlerOf{})
	m.Observe("GET /sources", http.MethodGet, http.StatusOK, time.Millisecond)
	return m
}

// families returns the names of all metrics that a scrape shows, with the number of series of each.
func families(t *testing.T, m *Metrics) map[string]int {
	t.Helper()
	gathered, err := m.registry.Gather()
	if err != nil {
		t.Fatalf("gather: %v", err)
	}
	names := map[string]int{}
	for _, family := range gathered {
		names[family.GetName()] = len(family.GetMetric())
	}
	return names
}

func TestNamesAreThoseOfTheDesign(t *testing.T) {
	store := &catalogOf{counts: smallCatalog(), flagged: []catalog.Flagged{{Source: "a", Kind: catalog.FindingDead, URL: "https://a.test/"}}}
	want := []string{
		"waymark_build_info",
		"waymark_catalog_read_errors_total",
		"waymark_catalog_resources",
		"waymark_check_duration_seconds",
		"waymark_check_last_success_timestamp_seconds",
		"waymark_checks_total",
		"waymark_finding_info",
		"waymark_findings",
		"waymark_frontier_hosts",
		"waymark_hop_duration_seconds",
		"waymark_http_request_duration_seconds",
		"waymark_offline",
		"waymark_overdue_resources",
		"waymark_paused",
		"waymark_received_bytes_total",
		"waymark_resource_age_seconds",
		"waymark_resources",
		"waymark_retries_total",
		"waymark_source_paused",
		"waymark_sync_last_success_timestamp_seconds",
	}
	var got []string
	others := map[string]bool{}
	for name := range families(t, watching(t, store, Options{FindingInfo: 1})) {
		if prefix, _, _ := strings.Cut(name, "_"); prefix != "waymark" {
			others[prefix] = true
			continue
		}
		got = append(got, name)
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("metric names (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]bool{"go": true, "process": true}, others); diff != "" {
		t.Errorf("other namespaces (-want +got):\n%s", diff)
	}
}

func TestLintFindsNothing(t *testing.T) {
	store := &catalogOf{counts: smallCatalog(), flagged: []catalog.Flagged{{Source: "a", Kind: catalog.FindingDead, URL: "https://a.test/"}}}
	problems, err := testutil.GatherAndLint(watching(t, store, Options{FindingInfo: 1}).registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestHelpEndsLikeASentence(t *testing.T) {
	m := watching(t, &catalogOf{counts: smallCatalog()}, Options{})
	gathered, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range gathered {
		if help := family.GetHelp(); strings.HasPrefix(family.GetName(), "waymark_") && !strings.HasSuffix(help, ".") {
			t.Errorf("%s: help is not a sentence: %q", family.GetName(), help)
		}
	}
}

func TestBuildInfoSaysWhatRuns(t *testing.T) {
	m := New(Options{Version: "1.2.3", Revision: "abc\xff"})
	body := scrape(t, m.Handler())
	for _, want := range []string{`version="1.2.3"`, `revision="abc` + "\uFFFD" + `"`, `goversion="go1.`} {
		if !strings.Contains(body, want) {
			t.Errorf("build info lacks %s", want)
		}
	}
}

func TestScrapeGivesTheRestWhenTheStoreFails(t *testing.T) {
	m := watching(t, &catalogOf{err: io.ErrUnexpectedEOF}, Options{})
	body := scrape(t, m.Handler())
	for _, want := range []string{"waymark_catalog_read_errors_total 1\n", "waymark_offline 0\n", "go_goroutines ", `waymark_checks_total{reason="ok",state="ok"} 0` + "\n"} {
		if !strings.Contains(body, want) {
			t.Errorf("scrape lacks %q", want)
		}
	}
	if strings.Contains(body, "\nwaymark_resources{") {
		t.Error("scrape shows resources that were never read")
	}
}

func scrape(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	response, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("scrape answered %s: %v", response.Status, err)
	}
	return string(body)
}

func answer(handler http.Handler) int {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return recorder.Code
}
