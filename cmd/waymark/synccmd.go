package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"waymark/catalog"
	"waymark/catalog/origin"
	"waymark/catalog/sqlite"
)

type syncCommand struct {
	configFlag
	Accept  bool     `help:"Believe a source that lost most of its links at once."`
	Sources []string `arg:"" optional:"" help:"Names of configured sources; all of them by default." name:"source"`
}

// Run reads sources into the database once.
func (c syncCommand) Run(ctx context.Context, sys system) (err error) {
	config, folder, err := c.load(sys)
	if err != nil {
		return err
	}
	sources, err := c.chosen(config)
	if err != nil {
		return err
	}
	logger := slog.New(slog.DiscardHandler) // what went wrong is printed below
	store, err := sqlite.Open(ctx, resolve(folder, config.Database), logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	fetcher, err := newCrawler(config, folder, crawlerSetup{rules: config.rules(), logger: logger})
	if err != nil {
		return err
	}
	defer fetcher.Close()
	syncer := &origin.Syncer{Reader: newReader(folder, sys, fetcher), Store: store, Rules: config.rules(), Logger: logger, Now: time.Now, Pace: fetcher.Interval, Accept: c.Accept}
	return syncAll(ctx, syncer, sources, sys)
}

func syncAll(ctx context.Context, syncer *origin.Syncer, sources []catalog.Source, sys system) error {
	failed := 0
	for _, source := range sources {
		snap, report, err := syncer.Sync(ctx, source)
		if err != nil {
			failed++
			fmt.Fprintln(sys.stderr, "waymark:", cleanLines(err.Error()))
			continue
		}
		warn(sys, snap)
		if report.Held != "" {
			fmt.Fprintf(sys.stderr, "waymark: warning: %s: %s\n", source.Name, report.Held)
		}
		fmt.Fprintf(sys.stdout, "%s: %s to %s; %d added, %d moved, %d retired\n", source.Name,
			count(report.Placements, "link"), count(report.Resources, "resource"), report.Added, report.Moved, report.Retired)
	}
	if failed == len(sources) {
		return errors.New("no source could be read")
	}
	return nil
}

// chosen returns the sources that the arguments name.
func (c syncCommand) chosen(config Config) ([]catalog.Source, error) {
	all := config.sources()
	if len(all) == 0 {
		all = []catalog.Source{starterSource()}
	}
	if len(c.Sources) == 0 {
		return all, nil
	}
	var names []string
	for _, source := range all {
		names = append(names, source.Name)
	}
	var list []catalog.Source
	for _, name := range c.Sources {
		i := slices.Index(names, name)
		if i < 0 {
			return nil, fmt.Errorf("no source is named %q; known are %s", name, join(names))
		}
		list = append(list, all[i])
	}
	return list, nil
}
