package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"waymark/catalog"
)

type listCommand struct {
	configFlag
	Format string   `help:"Format of what is printed: text, json or jsonl (one JSON object a line)." enum:"text,json,jsonl" default:"text" placeholder:"FORMAT"`
	Paths  []string `arg:"" optional:"" help:"Files, folders, globs, addresses, or - for standard input; the configured sources by default." name:"path"`
}

// Run prints the placements of the lists.
func (c listCommand) Run(ctx context.Context, sys system) error {
	config, base, err := c.load(sys)
	if err != nil {
		return err
	}
	sources, folder := inputs(c.Paths, config, base, sys)
	fetcher, err := newCrawler(config, base, crawlerSetup{rules: config.rules().OneRun()})
	if err != nil {
		return err
	}
	defer fetcher.Close()
	snaps, err := readAll(ctx, newReader(folder, sys, fetcher), sources, sys)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(sys.stdout)
	switch c.Format {
	case "json":
		err = listJSON(out, snaps)
	case "jsonl":
		err = listJSONLines(out, snaps)
	default:
		listText(out, snaps)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// eachPlacement calls f for every placement, in the order of the lists.
func eachPlacement(snaps []catalog.Snapshot, f func(catalog.PlaceDocument) error) error {
	for _, snap := range snaps {
		for _, listing := range snap.Listings {
			for _, p := range listing.Placements {
				target := catalog.Canonical(p.URL, catalog.From{File: p.File, URL: snap.Source.URL})
				if err := f(catalog.Place{Source: snap.Source.Name, Placement: p, Fragment: target.Fragment}.Document()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func listText(out *bufio.Writer, snaps []catalog.Snapshot) {
	links, files := 0, 0
	file, section := "", ""
	for _, snap := range snaps {
		for _, listing := range snap.Listings {
			files++
			for _, p := range listing.Placements {
				links++
				if p.File != file {
					fmt.Fprintln(out, clean(p.File))
					file, section = p.File, ""
				}
				if s := strings.Join(p.Section, " / "); s != section {
					fmt.Fprintf(out, "  %s\n", clean(s))
					section = s
				}
				fmt.Fprintf(out, "    %-9s %-11s %s  %s\n", fmt.Sprintf("%d:%d", p.Line, p.Column), p.Kind, clean(p.Title), clean(p.URL))
			}
		}
	}
	fmt.Fprintf(out, "%s in %s\n", count(links, "link"), count(files, "file"))
}

// count writes a number with its word.
func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
