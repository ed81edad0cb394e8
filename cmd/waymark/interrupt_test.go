package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/crawler/fakeweb"
)

// checkInterrupted checks a list of two links in a folder, and interrupts the run when one of them, which needs no
// network, is finished, and the other, which never answers, was asked.
func checkInterrupted(t *testing.T, folder string, args ...string) (status int, out, errs string) {
	t.Helper()
	web, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer web.Close()
	web.Handle("never.test", "/", fakeweb.Stall())
	list := fmt.Sprintf("# List\n\n- [Never](%s)\n- [Missing](gone.md)\n", web.URL("never.test", "/"))
	config := fmt.Sprintf("check: {robots: ignore}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\n", web.Resolver())
	for name, text := range map[string]string{"list.md": list, "waymark.yaml": config} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, interrupt := context.WithTimeout(t.Context(), patience)
	var asked sync.WaitGroup
	defer asked.Wait()
	defer interrupt()
	asked.Go(func() {
		for ctx.Err() == nil && len(web.Requests("never.test")) == 0 {
			time.Sleep(5 * time.Millisecond)
		}
		interrupt()
	})
	var stdout, stderr bytes.Buffer
	sys := system{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, folder: folder}
	status = run(ctx, sys, append([]string{"check", "list.md"}, args...))
	return status, stdout.String(), stderr.String()
}

func TestAnInterruptedCheckPrintsWhatIsFinished(t *testing.T) {
	for _, format := range []string{"text", "json", "jsonl"} {
		t.Run(format, func(t *testing.T) {
			status, out, errs := checkInterrupted(t, t.TempDir(), "--format", format)
			if status != statusFailed || !strings.Contains(errs, "interrupted after 1 of 2 resources") {
				t.Errorf("exit status %d, and on standard error %q", status, errs)
			}
			if !strings.Contains(out, "gone.md") || !strings.Contains(out, "dead") {
				t.Errorf("what is finished is not printed: %q", out)
			}
			var document struct{ Resources []struct{ URL, State string } }
			if format != "json" {
				return
			}
			if err := json.Unmarshal([]byte(out), &document); err != nil || len(document.Resources) != 1 || document.Resources[0].State != "dead" {
				t.Errorf("%+v, %v", document, err)
			}
		})
	}
}

func TestAnInterruptedCheckLeavesAFileAsItWas(t *testing.T) {
	folder := t.TempDir()
	report := filepath.Join(folder, "report.json")
	if err := os.WriteFile(report, []byte("of the last run"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, errs := checkInterrupted(t, folder, "--format", "json", "--output", report)
	if got, err := os.ReadFile(report); err != nil || string(got) != "of the last run" || status != statusFailed || out != "" {
		t.Errorf("exit status %d, file %q (%v), printed %q, and on standard error %q", status, got, err, out, errs)
	}
}

func TestAnAccountOfNoVisitIsEmpty(t *testing.T) {
	var out bytes.Buffer
	if err := (&explainReport{out: &out}).finish(nil); err != nil || out.Len() > 0 {
		t.Errorf("%v, %q", err, &out)
	}
}
