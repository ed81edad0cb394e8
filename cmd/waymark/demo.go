package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"waymark/crawler/fakeweb"
)

type demoCommand struct {
	Listen  string `help:"Address of the dashboard." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Verbose bool   `help:"Log every visit." short:"v"`
}

// Run serves over a simulated web until SIGINT or SIGTERM. Nothing is left behind.
func (c demoCommand) Run(ctx context.Context, sys system) (err error) {
	folder, err := os.MkdirTemp("", "waymark-demo-")
	if err != nil {
		return fmt.Errorf("temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	simulated, err := fakeweb.Start(fakeweb.Options{Unrecorded: true, StandardPorts: true})
	if err != nil {
		return fmt.Errorf("simulated web: %w", err)
	}
	defer simulated.Close()
	demo := fakeweb.Demo(simulated)
	config, err := c.config(folder, simulated, demo)
	if err != nil {
		return err
	}
	s := &service{config: config, folder: folder, sources: config.sources(), demo: true, logger: newLogger(sys, c.Verbose)}
	if err := s.open(ctx, sys); err != nil {
		return err
	}
	if err := livePast(ctx, s.store, *s.syncer, s.sources, time.Now()); err != nil {
		s.close()
		return err
	}
	fmt.Fprintf(sys.stderr, "waymark: demo at http://%s/ over a simulated web; press Ctrl-C to end\n", s.listener.Addr())
	return s.run(ctx)
}

// config is a configuration whose days are seconds: what takes a week to confirm is seen within a coffee break.
func (c demoCommand) config(folder string, simulated *fakeweb.Web, lists map[string][]byte) (Config, error) {
	config := defaultConfig()
	config.Listen = c.Listen
	config.Database = filepath.Join(folder, "demo.db")
	authority := filepath.Join(folder, "ca.pem")
	if err := os.WriteFile(authority, simulated.CA(), 0o600); err != nil {
		return Config{}, err
	}
	config.Network = NetworkConfig{Resolver: simulated.Resolver(), Allow: []string{"127.0.0.0/8"}, CAFile: authority}
	config.Sync.Every = Duration(10 * time.Second)
	config.Check.Every = Duration(28 * time.Second)
	config.Check.Timeout = Duration(2 * time.Second)
	config.Check.Retries = 1
	config.Check.RetryWait = Duration(200 * time.Millisecond)
	config.Check.PerHost.Interval = Duration(50 * time.Millisecond)
	// A host that takes its time, so that there is something left to be visited to look at.
	config.Check.Hosts = []HostConfig{{Match: unseen, Concurrency: 1, Interval: Duration(15 * time.Second)}}
	config.Verdict.DeadAfter.Definite = ConfirmConfig{Times: 2, Over: Duration(2 * time.Second)}
	config.Verdict.DeadAfter.Doubtful = ConfirmConfig{Times: 3, Over: Duration(time.Minute)}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, lists[name], 0o600); err != nil {
			return Config{}, err
		}
		config.Sources = append(config.Sources, SourceConfig{Name: strings.TrimSuffix(name, ".md"), Path: file})
	}
	return config, nil
}
