package deploy_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience bounds what a test waits for another program; poll is how often it looks.
const (
	patience = time.Minute
	poll     = 100 * time.Millisecond
)

// server is a Prometheus that runs for one test.
type server struct{ address string }

// startPrometheus runs the real Prometheus on loopback with the project's alert rules, scraping target (host:port)
// several times a second. It is stopped when the test ends.
func startPrometheus(t *testing.T, target string) server {
	t.Helper()
	folder := t.TempDir()
	config := filepath.Join(folder, "prometheus.yml")
	if err := os.WriteFile(config, []byte(scrapeConfig(t, target)), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(tool(t, "prometheus"), "--config.file="+config, "--web.listen-address=127.0.0.1:0",
		"--storage.tsdb.path="+filepath.Join(folder, "data"))
	log := start(t, command, command.StderrPipe)
	return server{await(t, log, regexp.MustCompile(`msg="Listening on".* address=(127\.0\.0\.1:\d+)`))}
}

func scrapeConfig(t *testing.T, target string) string {
	t.Helper()
	rules, err := filepath.Abs(filepath.Join("prometheus", "rules.yml"))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`
global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 1s}
rule_files: [%q]
scrape_configs: [{job_name: waymark, static_configs: [{targets: [%q]}]}]
`, rules, target)
}

// start runs a program and hands out the lines that it writes to pipe. When the test ends the program is told to
// stop, and killed if it does not.
func start(t *testing.T, command *exec.Cmd, pipe func() (io.ReadCloser, error)) <-chan string {
	t.Helper()
	out, err := pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines, done := make(chan string, 1000), make(chan struct{})
	go func() {
		defer close(done)
		defer close(lines)
		for scanner := bufio.NewScanner(out); scanner.Scan(); {
			select {
			case lines <- scanner.Text():
			default: // nobody waits for lines any more
			}
		}
	}()
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM) // an error says that it has ended
		killer := time.AfterFunc(patience, func() { _ = command.Process.Kill() })
		<-done
		_ = command.Wait() // how it ended is not what the test is about
		killer.Stop()
	})
	return lines
}

// await returns what the first group of pattern matches in the first line that has it.
func await(t *testing.T, lines <-chan string, pattern *regexp.Regexp) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var seen []string
	for {
		select {
		case line, open := <-lines:
			if !open {
				t.Fatalf("the program ended:\n%s", strings.Join(seen, "\n"))
			}
			if found := pattern.FindStringSubmatch(line); found != nil {
				return found[1]
			}
			seen = append(seen, line)
		case <-ctx.Done():
			t.Fatalf("no line like %s:\n%s", pattern, strings.Join(seen, "\n"))
		}
	}
}

// until repeats try until it returns nil, and fails with its last error when patience ends.
func until(t *testing.T, what string, try func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		err := try()
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("%s: %v", what, err)
		}
	}
}

// get asks the API of Prometheus and decodes its data.
func (s server) get(ctx context.Context, path string, parameters url.Values, data any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address+"/api/v1/"+path+"?"+parameters.Encode(), nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct {
		Status, Error string
		Data          json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s: %w", response.Status, err)
	}
	if answer.Status != "success" {
		return fmt.Errorf("%s: %s", response.Status, answer.Error)
	}
	return json.Unmarshal(answer.Data, data)
}

// targetUp reports, as an error, why the target is not scraped yet.
func (s server) targetUp(ctx context.Context) error {
	var data struct {
		ActiveTargets []struct{ Health, LastError string }
	}
	if err := s.get(ctx, "targets", url.Values{"state": {"active"}}, &data); err != nil {
		return err
	}
	if len(data.ActiveTargets) != 1 || data.ActiveTargets[0].Health != "up" {
		return fmt.Errorf("targets: %+v", data.ActiveTargets)
	}
	return nil
}

// series returns how many series a query gives now.
func (s server) series(ctx context.Context, promql string) (int, error) {
	var data struct{ Result []json.RawMessage }
	err := s.get(ctx, "query", url.Values{"query": {promql}}, &data)
	return len(data.Result), err
}

// alertsLoaded reports, as an error, which alert has not been evaluated well.
func (s server) alertsLoaded(ctx context.Context, want int) error {
	var data struct {
		Groups []struct {
			Rules []struct{ Name, Health, LastError string }
		}
	}
	if err := s.get(ctx, "rules", nil, &data); err != nil {
		return err
	}
	for _, group := range data.Groups {
		for _, rule := range group.Rules {
			if rule.Health != "ok" {
				return fmt.Errorf("alert %s is %s: %s", rule.Name, rule.Health, rule.LastError)
			}
			want--
		}
	}
	if want != 0 {
		return fmt.Errorf("%d alerts are missing", want)
	}
	return nil
}

// scrapeAndQuery has the real Prometheus scrape address (host:port), puts every query of the dashboard and of the
// alerts to it, and wants series from every query whose place (such as `panel "Dead"`) begins with one of full.
func scrapeAndQuery(t *testing.T, address string, full []string) server {
	t.Helper()
	prometheus := startPrometheus(t, address)
	ctx := t.Context()
	until(t, "Prometheus scrapes "+address, func() error { return prometheus.targetUp(ctx) })
	until(t, "Prometheus evaluates the alerts", func() error { return prometheus.alertsLoaded(ctx, len(alerts(t))) })
	for _, e := range expressions(t) {
		if _, err := prometheus.series(ctx, e.promql); err != nil {
			t.Errorf("%s: %v: %s", e.where, err, e.promql)
		}
	}
	for _, start := range full {
		wantSeries(t, prometheus, start)
	}
	return prometheus
}

// wantSeries waits until every query whose place begins with start gives a series: rate() needs a second scrape.
func wantSeries(t *testing.T, prometheus server, start string) {
	t.Helper()
	found := false
	for _, e := range expressions(t) {
		if !strings.HasPrefix(e.where, start) {
			continue
		}
		found = true
		until(t, e.where+" shows something", func() error {
			n, err := prometheus.series(t.Context(), e.promql)
			if err == nil && n == 0 {
				err = fmt.Errorf("no series: %s", e.promql)
			}
			return err
		})
	}
	if !found {
		t.Errorf("nothing begins with %q", start)
	}
}

// TestPrometheusAnswersEveryQuery puts the queries to a Prometheus that scrapes package metrics at work. Every panel
// shows something then, but the alerts, as nothing is wrong for long enough.
func TestPrometheusAnswersEveryQuery(t *testing.T) {
	scrapeAndQuery(t, busy(t), []string{"panel", "alert WaymarkDeadLink"})
}
