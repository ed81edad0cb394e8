package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/origin"
	"waymark/catalog/starter"
)

// starterSource is what is read where no source is configured.
func starterSource() catalog.Source { return catalog.Source{Name: "starter", Path: origin.StarterPath} }

// inputs returns the sources that a command line names; without arguments the configured ones, and without
// those the starter catalog. The folder is where relative paths start from.
func inputs(args []string, config Config, base string, sys system) (sources []catalog.Source, folder string) {
	if len(args) == 0 {
		if sources = config.sources(); len(sources) == 0 {
			sources = []catalog.Source{starterSource()}
		}
		return sources, base
	}
	for _, arg := range args {
		source := catalog.Source{Name: arg, Path: arg}
		if strings.HasPrefix(arg, "http://") || strings.HasPrefix(arg, "https://") {
			source = catalog.Source{URL: arg}
			source.Name = source.Location() // without a token that the address may hold
		}
		sources = append(sources, source)
	}
	return sources, sys.folder
}

// newReader returns a reader of sources whose relative paths start from the folder.
func newReader(folder string, sys system, fetch origin.Fetcher) *origin.Reader {
	return &origin.Reader{Folder: folder, Stdin: sys.stdin, Starter: starter.Lists(), Fetch: fetch}
}

// readAll reads the sources, warns of what could not be read, and fails only when nothing could.
func readAll(ctx context.Context, reader *origin.Reader, sources []catalog.Source, sys system) ([]catalog.Snapshot, error) {
	var snaps []catalog.Snapshot
	var failed []error
	for _, source := range sources {
		snap, err := reader.Read(ctx, source, "", time.Now())
		if ctx.Err() != nil {
			return nil, errors.New("interrupted")
		}
		if err != nil {
			failed = append(failed, err)
			continue
		}
		warn(sys, snap)
		snaps = append(snaps, snap)
	}
	if len(snaps) == 0 {
		return nil, errors.Join(failed...)
	}
	if unreadable(snaps) {
		return nil, errors.New("no link could be read; see the warnings")
	}
	for _, err := range failed {
		fmt.Fprintln(sys.stderr, "waymark: warning:", cleanLines(err.Error()))
	}
	return snaps, nil
}

// unreadable reports whether the sources hold no link at all, and something in them could not be read.
func unreadable(snaps []catalog.Snapshot) bool {
	problems := 0
	for _, snap := range snaps {
		problems += len(snap.Problems)
		for _, listing := range snap.Listings {
			problems += len(listing.Problems)
			if len(listing.Placements) > 0 {
				return false
			}
		}
	}
	return problems > 0
}

// warn prints what could not be read of a source, each with its place.
func warn(sys system, snap catalog.Snapshot) {
	problems := snap.Problems
	for _, listing := range snap.Listings {
		problems = append(problems, listing.Problems...)
	}
	for _, p := range problems {
		fmt.Fprintf(sys.stderr, "waymark: warning: %s: %s\n", place(p.File, p.Line, p.Column), clean(p.Message))
	}
}

// place writes a spot in a file the way editors and terminals turn into a link.
func place(file string, line, column int) string {
	file = clean(file)
	switch {
	case line == 0:
		return file
	case column == 0:
		return fmt.Sprintf("%s:%d", file, line)
	}
	return fmt.Sprintf("%s:%d:%d", file, line, column)
}

// resolve makes a path of the configuration absolute.
func resolve(folder, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}
