package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// patience is how long a test waits for what must come about; it is only used up when something is broken.
const patience = time.Minute

// running is a service under test: the built binary as a process of its own.
type running struct {
	t       *testing.T
	command *exec.Cmd
	address string // host:port of its dashboard
	ended   chan error
	log     *strings.Builder
}

var listening = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)/`)

// start runs a command of the binary that serves, and waits for its port.
func start(t *testing.T, folder string, args ...string) *running {
	t.Helper()
	r := &running{t: t, ended: make(chan error, 1), log: &strings.Builder{}}
	r.command = exec.Command(binary, append(args, "--listen", "127.0.0.1:0")...)
	r.command.Dir = folder
	r.command.Env = append(os.Environ(), "TMPDIR="+folder)
	stderr, err := r.command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.command.Process.Kill() })
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(stderr)
		for lines.Scan() {
			fmt.Fprintln(r.log, lines.Text())
			if m := listening.FindStringSubmatch(lines.Text()); m != nil && len(found) == 0 {
				found <- m[1]
			}
		}
		r.ended <- r.command.Wait()
	}()
	select {
	case r.address = <-found:
	case err := <-r.ended:
		t.Fatalf("%s ended: %v\n%s", strings.Join(args, " "), err, r.log)
	case <-time.After(patience):
		t.Fatalf("%s does not listen", strings.Join(args, " "))
	}
	return r
}

// stop ends the service by a signal and returns how it ended.
func (r *running) stop(signal os.Signal) error {
	r.t.Helper()
	if err := r.command.Process.Signal(signal); err != nil {
		r.t.Fatal(err)
	}
	select {
	case err := <-r.ended:
		return err
	case <-time.After(patience):
		r.t.Fatalf("the service does not end on %s", signal)
		return nil
	}
}

// get returns a page of the service.
func (r *running) get(path string) (status int, body string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+r.address+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// counts are the states and open findings that the API tells of.
type counts struct {
	States   map[catalog.State]int       `json:"states"`
	Findings map[catalog.FindingKind]int `json:"findings"`
}

// until asks the service for its counts until they are as wanted.
func (r *running) until(what string, wanted func(counts) bool) counts {
	r.t.Helper()
	var c struct {
		Catalog counts `json:"catalog"`
	}
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		_, body := r.get("/api/v1/overview")
		c.Catalog = counts{}
		if err := json.Unmarshal([]byte(body), &c); err != nil {
			r.t.Fatalf("overview: %v\n%s", err, body)
		}
		if wanted(c.Catalog) {
			return c.Catalog
		}
	}
	r.t.Fatalf("%s did not come about; last seen %+v\n%s", what, c.Catalog, r.log)
	return counts{}
}

// TestDemo: the demo shows every state and every finding that can be found so far, without any network, and
// leaves nothing behind.
func TestDemo(t *testing.T) {
	folder := t.TempDir()
	r := start(t, folder, "demo")
	began := time.Now()
	r.until("every state and finding", func(c counts) bool {
		for _, state := range catalog.States() {
			if c.States[state] == 0 {
				return false
			}
		}
		for _, kind := range []catalog.FindingKind{catalog.FindingDead, catalog.FindingMoved, catalog.FindingOffSite, catalog.FindingStale, catalog.FindingArchived, catalog.FindingMissingAnchor} {
			if c.Findings[kind] == 0 {
				return false
			}
		}
		return true
	})
	t.Logf("every state and finding after %s", time.Since(began).Round(100*time.Millisecond))
	if err := r.stop(os.Interrupt); err != nil {
		t.Errorf("the demo ended with %v\n%s", err, r.log)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("the demo left %v behind, %v", left, err)
	}
}

// shop lays out a folder with a list over a simulated web and the configuration for it.
func shop(t *testing.T) (folder string, simulated *fakeweb.Web) {
	t.Helper()
	simulated, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { simulated.Close() })
	scriptWeb(simulated)
	simulated.Handle("ok.example.test", "/slow", fakeweb.Stall())
	folder = t.TempDir()
	base := simulated.URL("ok.example.test", "")
	files := map[string]string{
		"list.md": fmt.Sprintf("# List\n\n- [Page](%[1]s/page)\n- [Missing](%[1]s/missing)\n- [Closed](%[1]s/closed)\n- [Slow](%[1]s/slow)\n- [Mail](mailto:a@example.test)\n", base),
		"waymark.yaml": fmt.Sprintf("sources: [{name: mine, path: list.md}]\ncheck: {retries: 0, timeout: 1m, per_host: {interval: 0}}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\n",
			simulated.Resolver()),
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder, simulated
}

// visited holds once all but the stalling page have been visited.
func visited(c counts) bool {
	return c.States[catalog.OK] == 1 && c.States[catalog.Failing] == 1 && c.States[catalog.Blocked] == 1 &&
		c.States[catalog.Skipped] == 1 && c.States[catalog.Unchecked] == 1
}

// TestServe follows an operator: start, look, a second start that is refused, an end that judges nothing, and a
// restart that knows everything.
func TestServe(t *testing.T) {
	folder, _ := shop(t)
	r := start(t, folder, "serve")
	r.until("the visits", visited)
	for path, want := range map[string]string{"/healthz": "", "/readyz": "", "/": "mine", "/metrics": `waymark_resources{source="mine",state="ok"} 1`} {
		if status, body := r.get(path); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s answers %d without %q", path, status, want)
		}
	}
	second := exec.CommandContext(t.Context(), binary, "serve", "--listen", "127.0.0.1:0")
	second.Dir = folder
	if out, err := second.CombinedOutput(); exitCode(err) != statusFailed || !strings.Contains(string(out), "waymark.db") {
		t.Errorf("a second service on one database: %v\n%s", err, out)
	}
	healthy := exec.CommandContext(t.Context(), binary, "healthcheck")
	healthy.Dir, healthy.Env = folder, append(os.Environ(), "WAYMARK_LISTEN="+r.address)
	if out, err := healthy.CombinedOutput(); err != nil {
		t.Errorf("healthcheck: %v\n%s", err, out)
	}
	if err := r.stop(syscall.SIGTERM); err != nil {
		t.Fatalf("the service ended with %v\n%s", err, r.log)
	}
	again := start(t, folder, "serve")
	again.until("what was known before", visited)
	if err := again.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the service ended with %v\n%s", err, again.log)
	}
}

// TestServeKilled: kill -9 loses nothing that was recorded, and the visit under way is made again at once.
func TestServeKilled(t *testing.T) {
	folder, simulated := shop(t)
	stalled := func() (n int) {
		for _, request := range simulated.Requests("ok.example.test") {
			if request.Path == "/slow" {
				n++
			}
		}
		return n
	}
	r := start(t, folder, "serve")
	r.until("the visits", func(c counts) bool { return visited(c) && stalled() == 1 })
	if err := r.stop(syscall.SIGKILL); err == nil {
		t.Fatal("a killed process ended well")
	}
	again := start(t, folder, "serve")
	again.until("the visit that was cut", func(c counts) bool { return visited(c) && stalled() == 2 })
	if err := again.stop(os.Interrupt); err != nil {
		t.Errorf("the service ended with %v\n%s", err, again.log)
	}
}

func exitCode(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return 0
}
