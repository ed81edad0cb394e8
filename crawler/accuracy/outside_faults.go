package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"waymark/crawler/fakeweb"
)

// faultsScript starts the server of another checker's test.
//
//go:embed faults.cjs
var faultsScript []byte

// fault is a link that one of the tests asks for.
type fault struct {
	Test    string   `json:"test"`
	Link    string   `json:"link"`
	Options []string `json:"options"`
}

// faultAnswers say what the paths of the fault server should come to. What its tests expect of options that only
// their own library has is left out, and so is the page that is there for a tenth of a second alone.
var faultAnswers = map[string]string{
	"/nohead": "ok", "/foo/redirect": "ok", "/foo/bar": "ok", "/foo/dead": "dead", "/loop": "dead", "/hang": "failing", "/notfound": "dead",
	"/basic-auth": "blocked", "/later": "ok", "/later-custom-retry-count": "ok", "/later-non-standard-header": "ok",
	"/url_with_unicode–": "ok", `/url_with_special_chars\(\)\+`: "ok",
}

// runFaults starts the fault server with node and checks the links of its tests.
func runFaults(ctx context.Context, t *trial, folder string, out io.Writer) (err error) {
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		fmt.Fprintf(out, "  not run: %s lacks node_modules; npm install there brings them\n", folder)
		return nil
	}
	script := filepath.Join(folder, "waymark-faults.cjs")
	if err := os.WriteFile(script, faultsScript, 0o600); err != nil {
		return err
	}
	defer os.Remove(script)
	cmd := exec.CommandContext(ctx, "node", script, folder)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stdin.Close(), cmd.Wait()) }()
	var asked []fault
	if err := json.NewDecoder(stdout).Decode(&asked); err != nil {
		return fmt.Errorf("the fault server told no links: %w", err)
	}
	return t.askFaults(ctx, asked, out)
}

func (t *trial) askFaults(ctx context.Context, asked []fault, out io.Writer) error {
	web, err := fakeweb.Start(fakeweb.Options{Unrecorded: true}) // for its resolver, which denies every name
	if err != nil {
		return err
	}
	defer web.Close()
	links := map[string]string{} // by path
	var paths []string
	for _, f := range asked {
		u, err := url.Parse(strings.ReplaceAll(f.Link, `\`, "%5C"))
		if err != nil || u.Scheme != "http" || faultAnswers[u.Path] == "" {
			continue
		}
		if _, known := links[u.Path]; !known {
			paths = append(paths, u.Path)
		}
		u.Host = "localhost.test:" + u.Port()
		links[u.Path] = u.String()
	}
	web.Resolve("localhost.test", fakeweb.Addresses("127.0.0.1"))
	slices.Sort(paths)
	var list []string
	for _, path := range paths {
		list = append(list, links[path])
	}
	results, _, err := t.visit(ctx, web, list, "")
	if err != nil {
		return err
	}
	var score tally
	for i, path := range paths {
		score.add(results[i].State == faultAnswers[path], "%s: %s/%s, want %s: %s", path, results[i].State, results[i].Reason, faultAnswers[path], results[i].Message)
	}
	score.print(out, fmt.Sprintf("paths of its %d tests", len(asked)))
	return nil
}
