// Package deploy_test holds what runs Waymark, and what watches it, against the program itself: the container files,
// the configuration of Prometheus with its alert rules, and the dashboard of Grafana.
package deploy_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/metrics"
)

// root is the folder of the project, seen from the tests.
const root = ".."

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// promtool runs Prometheus' own checker. It is needed, not wanted: without it the tests fail.
func promtool(t *testing.T, args ...string) {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), tool(t, "promtool"), args...).CombinedOutput()
	if err != nil {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, output)
	}
}

// tool finds a program of Prometheus.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is not installed; on Debian and Ubuntu run: apt-get install prometheus", name)
	}
	return path
}

// sample is a catalog and a crawler in the midst of their work, so that every metric has a value.
type sample struct{}

func (sample) Counts(_ context.Context, now time.Time) (catalog.Counts, error) {
	states := map[catalog.State]int{catalog.OK: 90, catalog.Failing: 3, catalog.Dead: 2, catalog.Blocked: 4, catalog.Unchecked: 1}
	return catalog.Counts{
		Catalog: states,
		Sources: []catalog.SourceCounts{{
			Source: `a "list", mine`, States: states, Synced: now.Add(-time.Hour),
			Findings: catalog.ReviewTally{catalog.ReviewOpen: {catalog.FindingDead: 2, catalog.FindingMoved: 5}},
		}},
		Overdue:   7,
		LastCheck: now.Add(-time.Minute),
	}, nil
}

func (sample) Flagged(context.Context, int) ([]catalog.Flagged, error) {
	return []catalog.Flagged{{Source: `a "list", mine`, Kind: catalog.FindingDead, URL: "https://gone.test/", Title: "Gone"}}, nil
}

func (sample) Activity() catalog.Activity {
	return catalog.Activity{Hosts: map[string]int{"ready": 1, "waiting": 2, "busy": 3}}
}

// busy returns the address of a server whose metrics move as those of a Waymark at work do: every scrape finds more
// checks done than the one before.
func busy(t *testing.T) string {
	t.Helper()
	m := metrics.New(metrics.Options{Version: "test", FindingInfo: 10})
	m.WatchStore(sample{})
	m.WatchCrawler(sample{})
	scrape := m.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.Checked(catalog.OK, catalog.ReasonOK, 800*time.Millisecond)
		m.Checked(catalog.Failing, catalog.ReasonTimeout, 20*time.Second)
		m.Hop(80 * time.Millisecond)
		m.Received(40_000)
		m.Retried(catalog.ReasonTimeout)
		m.Observe("GET /resources", http.MethodGet, http.StatusOK, 3*time.Millisecond)
		m.Observe("GET /resources", http.MethodGet, http.StatusInternalServerError, 3*time.Millisecond)
		scrape.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

func TestPrometheusAcceptsItsConfiguration(t *testing.T) {
	promtool(t, "check", "config", filepath.Join("prometheus", "prometheus.yml"))
	promtool(t, "check", "rules", filepath.Join("prometheus", "rules.yml"))
}

func TestAlertsFireForRealDeathsOnly(t *testing.T) {
	promtool(t, "test", "rules", filepath.Join("prometheus", "rules_test.yml"))
}

func TestEveryAlertIsTested(t *testing.T) {
	tests := read(t, filepath.Join("prometheus", "rules_test.yml"))
	for _, rule := range alerts(t) {
		fires := strings.Contains(tests, "alertname: "+rule.Alert+"\n        exp_alerts:\n")
		silent := strings.Contains(tests, "alertname: "+rule.Alert+", exp_alerts: []")
		if !fires || (!silent && rule.Alert != "WaymarkDeadLink") {
			t.Errorf("%s: rules_test.yml should show it firing and silent", rule.Alert)
		}
	}
}

func TestEveryAlertTellsWhatToDo(t *testing.T) {
	for _, rule := range alerts(t) {
		for _, name := range []string{"summary", "description", "link"} {
			if rule.Annotations[name] == "" {
				t.Errorf("%s has no %s", rule.Alert, name)
			}
		}
		if !strings.HasPrefix(rule.Annotations["link"], "{{ $externalLabels.waymark_url }}/") {
			t.Errorf("%s: the link does not begin with the address of Waymark: %s", rule.Alert, rule.Annotations["link"])
		}
		if rule.Labels["severity"] == "" || rule.For == "" {
			t.Errorf("%s has no severity, or fires without waiting", rule.Alert)
		}
	}
}
