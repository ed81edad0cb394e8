package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"waymark/crawler/fakeweb"
)

// robotsCase is one question to one robots.txt.
type robotsCase struct {
	file, text, agent, address string
	allowed, google            bool
}

// runRobots gives each robots.txt a host of its own and visits the addresses under the name of each agent.
func runRobots(ctx context.Context, t *trial, folder string, out io.Writer) error {
	files, err := filesBelow(folder, ".textproto")
	if err != nil {
		return err
	}
	byAgent := map[string][]robotsCase{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, c := range readRobotsCases(filepath.Base(file), string(text)) {
			byAgent[c.agent] = append(byAgent[c.agent], c)
		}
	}
	var standard, google tally
	var counting sync.Mutex
	runs, ctx := errgroup.WithContext(ctx)
	runs.SetLimit(8) // most of their time is the wait that some of the files ask for
	for agent, cases := range byAgent {
		runs.Go(func() error {
			results, err := t.askRobots(ctx, agent, cases)
			if err != nil {
				return err
			}
			counting.Lock()
			defer counting.Unlock()
			for i, c := range cases {
				c.count(results[i], &standard, &google)
			}
			return nil
		})
	}
	if err := runs.Wait(); err != nil {
		return err
	}
	slices.Sort(standard.differ)
	slices.Sort(google.differ)
	standard.print(out, "by the standard")
	google.print(out, "habits of Google's crawler")
	return nil
}

// askRobots visits the addresses of the cases under one name.
func (t *trial) askRobots(ctx context.Context, agent string, cases []robotsCase) (map[int]result, error) {
	web, err := fakeweb.Start(fakeweb.Options{Unrecorded: true})
	if err != nil {
		return nil, err
	}
	defer web.Close()
	var links []string
	for i, c := range cases {
		host := fmt.Sprintf("r%d.test", i)
		u, err := url.Parse(c.address)
		if err != nil {
			return nil, err
		}
		web.Handle(host, "*", fakeweb.Page{Title: "There"})
		web.Handle(host, "/robots.txt", fakeweb.Robots(c.text))
		links = append(links, web.URL(host, "")+u.RequestURI())
	}
	results, _, err := t.visit(ctx, web, links, fmt.Sprintf("user_agent: %q, ", agent))
	return results, err
}

func (c robotsCase) count(got result, standard, google *tally) {
	score := standard
	if c.google {
		score = google
	}
	want := map[bool]string{true: "ok", false: "blocked"}[c.allowed]
	score.add(got.State == want, "%s: %s by %q is %s, want %s", c.file, c.address, c.agent, got.State, want)
}

var (
	robotsField  = regexp.MustCompile(`(?s)\b(\w+):\s*((?:"(?:[^"\\]|\\.)*"\s*)+)|\b(expected_outcome|test_type):\s*(\w+)|(\})`)
	quotedString = regexp.MustCompile(`(?s)"((?:[^"\\]|\\.)*)"`)
	commentLine  = regexp.MustCompile(`(?m)^\s*#.*$`)
)

// readRobotsCases reads as much of the text form of a protocol buffer as the tests use.
func readRobotsCases(file, text string) (cases []robotsCase) {
	c := robotsCase{file: file}
	for _, m := range robotsField.FindAllStringSubmatch(commentLine.ReplaceAllString(text, ""), -1) {
		switch {
		case m[1] == "robotstxt":
			c = robotsCase{file: file, text: unquoteAll(m[2])}
		case m[1] == "testurl":
			c.address, c.agent, c.google = unquoteAll(m[2]), "", false
		case m[1] == "useragent":
			c.agent = unquoteAll(m[2])
		case m[3] == "expected_outcome":
			c.allowed = m[4] == "ALLOWED"
		case m[3] == "test_type":
			c.google = m[4] == "GOOGLE_SPECIFIC"
		case m[5] != "" && c.address != "":
			cases = append(cases, c)
			c.address = ""
		}
	}
	return cases
}

// unquoteAll joins the parts of a literal.
func unquoteAll(parts string) string {
	var b strings.Builder
	for _, m := range quotedString.FindAllStringSubmatch(parts, -1) {
		part, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.ReplaceAll(m[1], `\'`, `'`), "\n", `\n`) + `"`)
		if err != nil {
			part = m[1]
		}
		b.WriteString(part)
	}
	return b.String()
}
