package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"waymark/crawler/fakeweb"
)

// outsideTest is a test that other people wrote, in a folder of the outside folder. None of them is kept in this
// repository; outside.sh brings what it can get.
type outsideTest struct {
	folder string // within the outside folder
	title  string
	run    func(ctx context.Context, t *trial, folder string, out io.Writer) error
}

var outsideTests = []outsideTest{
	{"urls", "WHATWG URL cases (web-platform-tests, url/resources/urltestdata.json)", runURLs},
	{"is-antibot", "captures of bot walls (microlinkhq/is-antibot, providers/*/*.json)", runWalls},
	{"robotstxt-spec-test", "robots.txt (google/robotstxt-spec-test, CTC/**/*.textproto)", runRobots},
	{"link-check", "a fault server (tcort/link-check, test/link-check.test.js)", runFaults},
}

// outside runs every test whose folder is there, and says which are not.
func (t *trial) outside(ctx context.Context, out io.Writer) (err error) {
	scratch, err := os.MkdirTemp("", "waymark-outside-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	if t.waymark == "" {
		if t.waymark, err = build(ctx, scratch); err != nil {
			return err
		}
	}
	for _, test := range outsideTests {
		fmt.Fprintf(out, "%s\n", test.title)
		folder := filepath.Join(t.outsideFolder, test.folder)
		if _, err := os.Stat(folder); err != nil {
			fmt.Fprintf(out, "  not run: there is no %s\n\n", folder)
			continue
		}
		if err := test.run(ctx, t, folder, out); err != nil {
			return fmt.Errorf("%s: %w", test.folder, err)
		}
		fmt.Fprintln(out)
	}
	return nil
}

// filesBelow gives the files of a folder with an ending, in the order of their names.
func filesBelow(folder, ending string) (files []string, err error) {
	err = filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(path, ending) {
			files = append(files, path)
		}
		return err
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s holds no file that ends in %s", folder, ending)
	}
	return files, err
}

// visit checks links, one to a line, over a web, and gives the results by their place among the links, from 0.
func (t *trial) visit(ctx context.Context, web *fakeweb.Web, links []string, settings string) (map[int]result, time.Duration, error) {
	folder, err := os.MkdirTemp("", "waymark-visit-")
	if err != nil {
		return nil, 0, err
	}
	defer os.RemoveAll(folder)
	var list strings.Builder
	for i, link := range links {
		fmt.Fprintf(&list, "- [Link %d](<%s>)\n", i+1, link)
	}
	if err := furnishRun(web, folder, list.String(), settings); err != nil {
		return nil, 0, err
	}
	report, took, err := t.check(ctx, folder)
	if err != nil {
		return nil, 0, err
	}
	byLine, err := read(report, web)
	results := map[int]result{}
	for line, r := range byLine {
		results[line-1] = r
	}
	return results, took, err
}

// tally counts what came of an outside test and lists the first of what differs.
type tally struct {
	total, agree int
	differ       []string
}

func (t *tally) add(agrees bool, format string, words ...any) {
	t.total++
	if agrees {
		t.agree++
	} else {
		t.differ = append(t.differ, fmt.Sprintf(format, words...))
	}
}

const mostListed = 60

func (t *tally) print(out io.Writer, what string) {
	fmt.Fprintf(out, "  %s: %d of %d as expected\n", what, t.agree, t.total)
	for i, line := range t.differ {
		if i == mostListed {
			fmt.Fprintf(out, "  - and %d more\n", len(t.differ)-i)
			break
		}
		fmt.Fprintf(out, "  - %s\n", line)
	}
}
