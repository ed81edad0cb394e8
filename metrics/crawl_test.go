package metrics

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"waymark/catalog"
)

func TestChecksAreCountedByVerdict(t *testing.T) {
	m := New(Options{})
	m.Checked(catalog.Dead, catalog.ReasonGone, 3*time.Second)
	m.Checked(catalog.Dead, catalog.ReasonGone, time.Second)
	m.Checked(catalog.OK, catalog.ReasonOffline, time.Second)
	m.Checked("evil", "https://evil.test/", -time.Second)
	m.Hop(30 * time.Millisecond)
	m.Received(1000)
	m.Received(-1)
	m.Retried(catalog.ReasonTimeout)
	m.Retried("dial tcp 10.0.0.1: connection refused")
	body := scrape(t, m.Handler())
	for _, line := range []string{
		`waymark_checks_total{reason="gone",state="dead"} 2`,
		`waymark_checks_total{reason="offline",state="unchecked"} 1`,
		`waymark_checks_total{reason="other",state="other"} 1`,
		`waymark_check_duration_seconds_sum 5`,
		`waymark_check_duration_seconds_count 4`,
		`waymark_hop_duration_seconds_bucket{le="0.025"} 0`,
		`waymark_hop_duration_seconds_bucket{le="0.05"} 1`,
		`waymark_received_bytes_total 1000`,
		`waymark_retries_total{reason="timeout"} 1`,
		`waymark_retries_total{reason="other"} 1`,
	} {
		wantLine(t, body, line+"\n")
	}
}

func TestExpectedSeriesStartAtZero(t *testing.T) {
	m := New(Options{})
	for state, reasons := range expected() {
		for _, reason := range reasons {
			if !state.Valid() || !reason.Valid() {
				t.Errorf("%s, %s is outside the closed sets", state, reason)
			}
		}
	}
	series := testutil.CollectAndCount(m.crawl.checks)
	for _, line := range []string{`waymark_checks_total{reason="dns",state="failing"} 0`, `waymark_retries_total{reason="reset"} 0`} {
		wantLine(t, scrape(t, m.Handler()), line+"\n")
	}
	for state, reasons := range expected() {
		for _, reason := range reasons {
			m.Checked(state, reason, 0)
		}
	}
	if now := testutil.CollectAndCount(m.crawl.checks); now != series || series == 0 {
		t.Errorf("%d series before the checks and %d after; want the same", series, now)
	}
}

func TestRequestsAreCountedByRoute(t *testing.T) {
	tests := map[string]struct {
		route, method string
		code          int
		want          string
	}{
		"a pattern":            {"/sources", "GET", 200, `code="200",method="GET",route="/sources"`},
		"method in pattern":    {"POST /resources/{id}/check", "POST", 303, `code="303",method="POST",route="/resources/{id}/check"`},
		"no route":             {"", "GET", 404, `code="404",method="GET",route="none"`},
		"method of a client's": {"/", "BREW\xff", 405, `code="405",method="other",route="/"`},
		"code of no standard":  {"/", "GET", 299, `code="other",method="GET",route="/"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := New(Options{})
			m.Observe(test.route, test.method, test.code, 2*time.Millisecond)
			wantLine(t, scrape(t, m.Handler()), "waymark_http_request_duration_seconds_count{"+test.want+"} 1\n")
		})
	}
}

// TestHostileInputAddsNoSeries gives every method what a hostile web and hostile clients would like to see in
// labels, from many goroutines, and counts the series of the scrape.
func TestHostileInputAddsNoSeries(t *testing.T) {
	store := &catalogOf{}
	const sources = 1000
	for i := range sources {
		store.counts.Sources = append(store.counts.Sources, catalog.SourceCounts{
			Source:   fmt.Sprintf("list-%d", i),
			States:   map[catalog.State]int{catalog.State(fmt.Sprint("state-", i)): 1},
			Findings: catalog.ReviewTally{catalog.ReviewState(fmt.Sprint("review-", i)): {catalog.FindingKind(fmt.Sprint("kind-", i)): 1}},
		})
		store.flagged = append(store.flagged, catalog.Flagged{Source: "s", Kind: catalog.FindingDead, URL: fmt.Sprint("https://h", i, ".test/"), Title: fmt.Sprint("title ", i)})
	}
	m := New(Options{FindingInfo: 10})
	m.WatchStore(store)
	hosts := map[string]int{}
	for i := range 1000 {
		hosts[fmt.Sprint("host-", i, ".test")] = i
	}
	m.WatchCrawler(crawlerOf{Hosts: hosts})
	hammer(m)

	got := families(t, m)
	pairs := 0
	for _, reasons := range expected() {
		pairs += len(reasons)
	}
	limits := map[string]int{
		"waymark_resources":                           sources * len(catalog.States()),
		"waymark_findings":                            sources * len(catalog.ReviewStates()) * len(catalog.FindingKinds()),
		"waymark_sync_last_success_timestamp_seconds": sources,
		"waymark_finding_info":                        10,
		"waymark_frontier_hosts":                      3,
		"waymark_checks_total":                        pairs + 1,
		"waymark_retries_total":                       len(retried()) + 1,
		"waymark_http_request_duration_seconds":       maxRoutes + 1,
	}
	for name, limit := range limits {
		if got[name] == 0 || got[name] > limit {
			t.Errorf("%s has %d series; want 1 to %d", name, got[name], limit)
		}
	}
	if body := scrape(t, m.Handler()); strings.Contains(body, "evil") {
		t.Error("hostile text became a label")
	}
}

func hammer(m *Metrics) {
	var workers sync.WaitGroup
	for w := range 4 {
		workers.Go(func() {
			for i := range 500 {
				evil := fmt.Sprintf("evil-%d-%d", w, i)
				m.Checked(catalog.State(evil), catalog.Reason(evil), time.Duration(math.MinInt64))
				m.Retried(catalog.Reason(evil))
				m.Observe(fmt.Sprint("/path/", w, "/", i), evil, 100000+i, time.Duration(i))
				m.Hop(-1)
				m.Received(math.MinInt64)
			}
		})
	}
	workers.Wait()
}

func TestScrapesAtOnceAreBounded(t *testing.T) {
	store := deafStore{make(chan struct{})}
	m := New(Options{})
	m.WatchStore(store)
	handler := m.Handler()
	codes := make(chan int, scrapesAtOnce+1)
	var scrapes sync.WaitGroup
	for range scrapesAtOnce + 1 {
		scrapes.Go(func() { codes <- answer(handler) })
	}
	if code := <-codes; code != http.StatusServiceUnavailable {
		t.Errorf("the first scrape to be answered got %d; want 503 while %d others are under way", code, scrapesAtOnce)
	}
	close(store.release)
	scrapes.Wait()
	close(codes)
	for code := range codes {
		if code != http.StatusOK {
			t.Errorf("a scrape under way got %d; want 200", code)
		}
	}
}
