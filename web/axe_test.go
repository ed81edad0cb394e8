package web_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// The tools of these tests are fetched by make tools.
const (
	axeFile = "../.tools/axe-4.10.3.js"
	vnuFile = "../.tools/vnu-24.10.17.jar"
)

// tool returns the path of a tool, or says how to get it.
func tool(t *testing.T, file string) string {
	t.Helper()
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v; make tools fetches it", err)
	}
	return path
}

// axeRules are those of WCAG 2.2, levels A and AA, and what axe counts as good practice.
const axeRun = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then((result) =>
  result.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ": " + node.target + " " + node.failureSummary.replace(/\s+/g, " "))))`

// usable says what keeps people from using the page that is open.
func usable(t *testing.T, ctx context.Context, axe string) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[json.RawMessage](axe+"; true")); err != nil {
		t.Fatal(err)
	}
	faults, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](axeRun, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

// TestHTML holds every page to the HTML standard, by the checker of the W3C.
func TestHTML(t *testing.T) {
	jar := tool(t, vnuFile)
	folder := t.TempDir()
	for _, shot := range shots(t) {
		page := fetched(t, shot)
		if err := os.WriteFile(filepath.Join(folder, shot.name+".html"), page, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), "java", "-Xmx256m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", folder).Output()
	if err != nil {
		t.Fatalf("java is needed for this test: %v", err)
	}
	var report struct {
		Messages []struct{ Type, URL, Message, Extract string }
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, m := range report.Messages {
		t.Errorf("%s: %s: %s: %s", filepath.Base(m.URL), m.Type, m.Message, strings.TrimSpace(m.Extract))
	}
}
