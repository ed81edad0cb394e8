package deploy_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// startDemo builds the program and runs its service over the simulated web. It returns the address (host:port).
func startDemo(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "waymark")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "./cmd/waymark")
	build.Dir = root
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	command := exec.Command(binary, "demo", "--listen", "127.0.0.1:0")
	return await(t, start(t, command, command.StderrPipe), regexp.MustCompile(`http://(127\.0\.0\.1:\d+)/`))
}

func TestTheServiceAtWork(t *testing.T) {
	address := startDemo(t)
	t.Run("Prometheus reaches it by the name of the service", func(t *testing.T) { answersByServiceName(t, address) })
	t.Run("Prometheus scrapes it", func(t *testing.T) { isScraped(t, address) })
}

// isScraped has the real Prometheus scrape the service and holds what it found against the dashboard.
func isScraped(t *testing.T, address string) {
	t.Helper()
	prometheus := scrapeAndQuery(t, address, []string{
		`panel "Health"`, `panel "Resources"`, `panel "Dead"`, `panel "Failing"`, `panel "Blocked"`, `panel "Overdue"`,
		`panel "Last check"`, `panel "Connection"`, `panel "Health per source"`, `panel "Resources by state"`,
		`panel "Open findings by kind"`, `panel "Sources now"`, `panel "Checks per minute by state"`, `panel "Received"`,
		`panel "Hosts in the frontier"`, `panel "Overdue resources, and pauses"`, `panel "Requests per second by route"`, `panel "Memory"`,
		`panel "What runs"`, `panel "Alerts"`,
	})
	for _, counter := range []string{"waymark_checks_total", "waymark_check_duration_seconds_count", "waymark_hop_duration_seconds_count", "waymark_received_bytes_total"} {
		until(t, counter+" counts", func() error {
			n, err := prometheus.series(t.Context(), "sum("+counter+") > 0")
			if err == nil && n == 0 {
				err = fmt.Errorf("it is 0")
			}
			return err
		})
	}
	until(t, "metrics and dashboard agree", func() error { return agree(t, prometheus, address) })
}

// agree holds what Prometheus has scraped against what the dashboard says, which is a moment younger.
func agree(t *testing.T, prometheus server, address string) error {
	t.Helper()
	var data struct {
		Result []struct {
			Metric map[string]string
			Value  [2]any
		}
	}
	if err := prometheus.get(t.Context(), "query", url.Values{"query": {"waymark_catalog_resources > 0"}}, &data); err != nil {
		return err
	}
	measured := map[string]string{}
	for _, series := range data.Result {
		measured[series.Metric["state"]] = fmt.Sprint(series.Value[1])
	}
	shown, err := overview(address)
	if err != nil {
		return err
	}
	if diff := cmp.Diff(shown, measured); diff != "" || len(shown) == 0 {
		return fmt.Errorf("states (-dashboard +metrics):\n%s", diff)
	}
	return nil
}

// overview returns the states of the whole catalog as the dashboard's API counts them.
func overview(address string) (map[string]string, error) {
	response, err := http.Get("http://" + address + "/api/v1/overview")
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var o struct {
		Catalog struct{ States map[string]int }
	}
	if err := json.NewDecoder(response.Body).Decode(&o); err != nil {
		return nil, fmt.Errorf("%s: %w", response.Status, err)
	}
	states := map[string]string{}
	for state, n := range o.Catalog.States {
		if n > 0 {
			states[state] = fmt.Sprint(n)
		}
	}
	return states, nil
}

// answersByServiceName asks as the Prometheus of docker-compose.yml does: by the name of the service, which is none
// of the addresses that people use.
func answersByServiceName(t *testing.T, address string) {
	t.Helper()
	for _, path := range []string{"/metrics", "/healthz", "/readyz"} {
		request, err := http.NewRequest(http.MethodGet, "http://"+address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = "waymark:8080"
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s answered %s under the host name %s; want 200", path, response.Status, request.Host)
		}
	}
}
