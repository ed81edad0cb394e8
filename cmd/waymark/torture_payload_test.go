package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unicode"
	"unicode/utf8"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// payloads are texts that do harm where they are taken for more than text: on a terminal, in the log of a CI, on a page.
var payloads = []string{
	"\x1b[2J\x1b]0;owned\x07\x1b]8;;http://evil.test\x1b\\click",
	"\u009b31m\u009d0;owned\u009c",
	"\x9b31m",
	"a\u202egnp.exe\u2066\u2069\u200f",
	"<script>alert(1)</script>",
	`"><img src=x onerror=alert(1)>`,
	"javascript:alert(1)",
	"::error file=x::owned",
	"##[error]owned",
	"{{.}} ${IFS} `id` %s%n",
	"=cmd|' /C calc'!A0",
	"line\rover\vand\fover\x00and\x7f\x08\x08\x08",
	"\u2028\u2029\u0085\ufeff",
	"Z" + strings.Repeat("\u0321", 300),
}

// hostileWeb answers with the payloads wherever a server has a say: titles, dates, types, targets, reasons, tags.
func hostileWeb(t *testing.T) (folder string) {
	t.Helper()
	simulated, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(simulated.Close)
	var list strings.Builder
	for i, p := range payloads {
		oneLine := strings.NewReplacer("\r", " ", "\n", " ", "\x00", " ").Replace(p)
		text := fakeweb.Page{Title: p, Lang: p, Description: p, Canonical: p, Modified: p, Published: p, Sections: []string{p}}
		head := "X: " + oneLine + "\r\nContent-Type: text/html; " + oneLine + "\r\nETag: " + oneLine + "\r\nLast-Modified: " + oneLine + "\r\nContent-Length: 0\r\n\r\n"
		fmt.Fprintf(&list, "## %s\n\n", oneLine)
		for name, answer := range map[string]fakeweb.Behaviour{
			"page":    text,
			"missing": fakeweb.Raw("HTTP/1.1 404 " + oneLine + "\r\n" + head),
			"status":  fakeweb.Raw("HTTP/1.1 " + oneLine + "\r\n\r\n"),
			"moved":   fakeweb.Raw("HTTP/1.1 301 Moved\r\nLocation: " + oneLine + "\r\n" + head),
			"unasked": fakeweb.Raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 " + oneLine + "\r\n"),
			"abroad":  fakeweb.Raw("HTTP/1.1 301 Moved\r\nLocation: http://" + oneLine + ".test/\r\n" + head),
		} {
			host := fmt.Sprintf("%s-%d.test", name, i) // each its own, as hosts that misbehave are asked ever more slowly
			simulated.Handle(host, "/*", answer)
			fmt.Fprintf(&list, "- [%s](%s#%s)\n", oneLine, simulated.URL(host, "/"), url.PathEscape(p))
		}
		fmt.Fprintf(&list, "- [%[1]s](%[2]s)\n- <%[2]s>\n- [local](%[1]s)\n- [local](<%[1]s.md>)\n- [%[1]s](mailto:%[1]s)\n\n", oneLine, simulated.URL(fmt.Sprintf("page-%d.test", i), "/"+oneLine))
	}
	folder = t.TempDir()
	config := fmt.Sprintf("sources: [{name: mine, path: '*.md'}]\ncheck: {retries: 0, timeout: 5s, robots: ignore, per_host: {concurrency: 16, interval: 0}}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\nmetrics: {finding_info: 1000}\n",
		simulated.Resolver())
	for name, text := range map[string]string{"list \x1b[31m\u202e.md": list.String(), "waymark.yaml": config} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// command is what a CI takes for a command: GitHub's runner at the start of a line and anywhere in it.
var command = regexp.MustCompile(`(?m)^\s*::|##\[`)

// harmful returns the text around the first character that a terminal would obey, that reorders what follows, or that
// is no character at all; empty when there is none.
func harmful(text []byte) (around string) {
	for i, r := range string(text) {
		broken := r == utf8.RuneError && !bytes.HasPrefix(text[i:], []byte("\ufffd"))
		if broken || r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return fmt.Sprintf("%q", text[max(0, i-60):min(len(text), i+30)])
		}
	}
	return ""
}

// TestPayloads: nothing that a list or a page says reaches a terminal, a log or a page as more than text.
func TestPayloads(t *testing.T) {
	t.Parallel()
	folder := hostileWeb(t)
	for _, args := range [][]string{
		{"check", "--format", "text"}, {"check", "--format", "json"}, {"check", "--format", "jsonl"},
		{"list"}, {"list", "--format", "json"}, {"list", "--format", "jsonl"}, {"check", "--db", "other.db"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		run := exec.CommandContext(ctx, binary, args...)
		run.Dir = folder
		var out, complaints bytes.Buffer
		run.Stdout, run.Stderr = &out, &complaints
		err := run.Run()
		if status := exitCode(err); err != nil && status != statusFound {
			t.Errorf("%s ended with %v\n%.2000s", strings.Join(args, " "), err, &complaints)
		}
		for name, text := range map[string][]byte{"output": out.Bytes(), "errors": complaints.Bytes()} {
			if around := harmful(text); around != "" {
				t.Errorf("%s: a harmful character in the %s: %s", strings.Join(args, " "), name, around)
			}
			if found := command.Find(text); found != nil && !slices.Contains(args, "json") && !slices.Contains(args, "jsonl") {
				t.Errorf("%s: a command for the CI in the %s: %q", strings.Join(args, " "), name, found)
			}
		}
	}
	r := start(t, folder, "serve")
	r.until("all visits", func(c counts) bool {
		return c.States[catalog.Unchecked] == 0 && c.States[catalog.OK] > 0 && c.States[catalog.Failing] > 0
	})
	r.pagesAreClean()
	if err := r.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the service ended with %v\n%s", err, r.log)
	}
	if around := harmful([]byte(r.log.String())); around != "" {
		t.Errorf("a harmful character in the log: %s", around)
	}
}

// active is markup that runs or loads something where only text may stand.
var active = regexp.MustCompile(`<script>alert|<img src=x|onerror=alert\(1\)>|href="javascript:`)

// pagesAreClean reads every page of the dashboard: whatever a list or a page said stands there as text.
func (r *running) pagesAreClean() {
	r.t.Helper()
	paths := []string{"/", "/sources", "/resources?limit=500", "/resources?text=" + url.QueryEscape(payloads[4])}
	_, body := r.get("/api/v1/resources?limit=500")
	ids := regexp.MustCompile(`"id":(\d+)`).FindAllStringSubmatch(body, -1)
	for _, id := range ids {
		paths = append(paths, "/resources/"+id[1])
	}
	if len(ids) < len(payloads) {
		r.t.Errorf("only %d resources are known", len(ids))
	}
	for _, path := range paths {
		status, body := r.get(path)
		if status != http.StatusOK || !utf8.ValidString(body) {
			r.t.Errorf("%s answers %d, or is no text", path, status)
		}
		if found := active.FindString(body); found != "" {
			r.t.Errorf("%q on %s", found, path)
		}
	}
}
