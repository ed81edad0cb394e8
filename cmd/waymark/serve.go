package main

import (
	"context"
	"fmt"
	"log/slog"

	"waymark/catalog"
)

type serveCommand struct {
	configFlag
	Listen  string `help:"Address of the dashboard, instead of the configured one." placeholder:"HOST:PORT"`
	Verbose bool   `help:"Log every visit." short:"v"`
}

// Run serves until SIGINT or SIGTERM.
func (c serveCommand) Run(ctx context.Context, sys system) error {
	config, folder, err := c.load(sys)
	if err != nil {
		return err
	}
	if c.Listen != "" {
		config.Listen = c.Listen
	}
	sources := config.sources()
	if len(sources) == 0 {
		sources = []catalog.Source{starterSource()}
	}
	s := &service{config: config, folder: folder, sources: sources, logger: newLogger(sys, c.Verbose)}
	if err := s.open(ctx, sys); err != nil {
		return err
	}
	fmt.Fprintf(sys.stderr, "waymark: dashboard at http://%s/, database %s\n", s.listener.Addr(), resolve(folder, config.Database))
	return s.run(ctx)
}

// newLogger writes to standard error.
func newLogger(sys system, verbose bool) *slog.Logger {
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(sys.stderr, &slog.HandlerOptions{Level: level}))
}
