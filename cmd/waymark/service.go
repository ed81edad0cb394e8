package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"waymark/catalog"
	"waymark/catalog/origin"
	"waymark/catalog/sqlite"
	"waymark/crawler"
	"waymark/metrics"
	"waymark/web"
)

// shutdownTime is what requests under way get to end in.
const shutdownTime = 5 * time.Second

// service is everything that serve and demo run.
type service struct {
	config   Config
	folder   string // where relative paths start from
	sources  []catalog.Source
	demo     bool
	logger   *slog.Logger
	listener net.Listener
	store    *sqlite.Store
	crawler  *crawler.Crawler
	metrics  *metrics.Metrics
	syncer   *origin.Syncer
	syncNow  chan string   // names of sources that somebody wants to be read again
	synced   chan struct{} // a sync ended
	visits   atomic.Int64  // that ended since the start
	// demoToken is the write token of the demo, which anyone may know; empty for a real service.
	demoToken string
}

// open makes the parts and joins them. What is most likely to fail, and easiest to mend, comes first; what was
// opened is closed again when a later part fails.
func (s *service) open(ctx context.Context, sys system) (err error) {
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	if s.listener, err = listen(s.config.Listen); err != nil {
		return err
	}
	if s.store, err = sqlite.Open(ctx, resolve(s.folder, s.config.Database), s.logger); err != nil {
		return err
	}
	s.metrics = metrics.New(metrics.Options{Version: buildVersion(), Revision: revision(), FindingInfo: int(s.config.Metrics.FindingInfo), Log: s.logger})
	if s.crawler, err = newCrawler(s.config, s.folder, crawlerSetup{rules: s.config.rules(), logger: s.logger, meter: countedMeter{s.metrics, &s.visits}}); err != nil {
		return err
	}
	hosts, err := s.store.Hosts(ctx)
	if err != nil {
		return err
	}
	s.crawler.RestoreHosts(hosts)
	s.metrics.WatchStore(s.store)
	s.metrics.WatchCrawler(s.crawler)
	s.syncer = &origin.Syncer{Reader: newReader(s.folder, sys, s.crawler), Store: s.store, Rules: s.config.rules(), Logger: s.logger, Now: time.Now,
		Pace: s.crawler.Interval}
	err = s.greetToken(ctx, func(token string) {
		fmt.Fprintf(sys.stderr, "waymark: write token, shown this once: %s\n", token)
	})
	if err != nil {
		return err
	}
	s.syncNow, s.synced = make(chan string, 16), make(chan struct{}, 1)
	return nil
}

// greetToken makes the write token at the first start and hands it to tell, this once. The demo keeps it for its pages.
func (s *service) greetToken(ctx context.Context, tell func(token string)) error {
	token, made, err := s.store.EnsureToken(ctx)
	if err != nil || !made {
		return err
	}
	if s.demo {
		s.demoToken = token
		return nil
	}
	tell(token)
	return nil
}

// countedMeter counts visits for the pages, beside what the metrics tell.
type countedMeter struct {
	crawler.Meter
	visits *atomic.Int64
}

func (m countedMeter) Checked(state catalog.State, reason catalog.Reason, took time.Duration) {
	m.visits.Add(1)
	m.Meter.Checked(state, reason, took)
}

// listen opens the service's port.
func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		var opErr *net.OpError
		if errors.As(err, &opErr) {
			err = opErr.Err
		}
		return nil, fmt.Errorf("cannot listen on %s: %w; another address can be set with --listen, or listen in the configuration", address, err)
	}
	return listener, nil
}

// close gives back what open took.
func (s *service) close() {
	if s.listener != nil {
		s.listener.Close() // already closed by the server on the usual path
	}
	if s.crawler != nil {
		s.crawler.Close()
	}
	if s.store != nil {
		if err := s.store.Close(); err != nil {
			s.logger.Error("database not closed cleanly", "error", err)
		}
	}
}

// run serves until the context ends, then ends in order: no new requests, no new visits, the database last.
func (s *service) run(ctx context.Context) error {
	defer s.close()
	dashboard, err := s.dashboard()
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.serveHTTP(ctx, dashboard) })
	group.Go(func() error { return untilDone(ctx, dashboard.Run(ctx)) })
	group.Go(func() error { return s.crawler.Serve(ctx, s.store) }) // its error tells what was lost
	group.Go(func() error { return untilDone(ctx, s.syncLoop(ctx)) })
	group.Go(func() error { return untilDone(ctx, s.upkeep(ctx)) })
	return group.Wait()
}

// untilDone forgives the error with which a part ends because it was told to.
func untilDone(ctx context.Context, err error) error {
	if ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		return nil
	}
	return err
}

func (s *service) dashboard() (*web.Dashboard, error) {
	rules := s.config.rules()
	return web.New(web.Options{
		Rules:  &rules,
		Reader: s.store, News: s.store, Flags: s.store, Atlas: s.store, Machinery: s.store, Exporter: s.store, SourceKeeper: s.store,
		Visits: s.visits.Load, Settings: settings(s.config), Reviewer: s.store, Gate: s.store, Sessions: s.store.Sessions(), DemoToken: s.demoToken,
		Writer: s.store, Crawler: s.crawler, Syncer: s,
		Ready: s.ready, Metrics: s.metrics.Handler(), Observe: s.metrics.Observe,
		ExternalURL: s.config.ExternalURL, Version: buildVersion(), Demo: s.demo, Logger: s.logger, Now: time.Now,
	})
}

// ready reports whether the service can do its work: read its database, and write to it.
func (s *service) ready(ctx context.Context) error {
	if s.crawler.Activity().Stuck {
		return errors.New("results cannot be recorded")
	}
	return s.store.Ping(ctx)
}

func (s *service) serveHTTP(ctx context.Context, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.logger.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(s.listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(limit); err != nil {
		server.Close()
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// SyncNow asks for a source to be read again soon, or to be taken out if somebody removed it. It does not wait; when
// many ask at once, a few are enough.
func (s *service) SyncNow(source string) {
	select {
	case s.syncNow <- source:
	default:
	}
}

// syncLoop reads the sources at once, then again and again. A database that cannot be read at the start ends it; later it
// may be so for a while, as when the disk is full.
func (s *service) syncLoop(ctx context.Context) error {
	ticker := time.NewTicker(time.Duration(s.config.Sync.Every))
	defer ticker.Stop()
	if err := s.sync(ctx, ""); err != nil {
		return err
	}
	for {
		select {
		case s.synced <- struct{}{}:
		default:
		}
		name := ""
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		case name = <-s.syncNow:
		}
		if err := s.sync(ctx, name); err != nil && ctx.Err() == nil {
			s.logger.Error("sources not read", "error", err)
		}
	}
}

// allSources returns the configured sources and those that people added. A configured source takes the name of an
// added one, which is told to the log: the configuration may have gained it later.
func (s *service) allSources(ctx context.Context) ([]catalog.Source, error) {
	added, err := s.store.AddedSources(ctx)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(s.sources)
	for _, a := range added {
		if slices.ContainsFunc(s.sources, func(c catalog.Source) bool { return c.Name == a.Name }) {
			s.logger.Warn("a source that was added by a page has the name of a configured one, which is read instead", "source", a.Name)
			continue
		}
		all = append(all, a.Source)
	}
	return all, nil
}

// sync reads the named source, as a person asks for it, or on schedule, for an empty name, all that are not paused, by
// themselves or by their hosts. It takes out those that are no longer wanted first. A source that cannot be read is shown
// with its error and tried again in time; it does not keep the others from being read.
func (s *service) sync(ctx context.Context, name string) error {
	sources, err := s.allSources(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, source := range sources {
		names = append(names, source.Name)
	}
	if err := s.store.RetireSources(ctx, names); err != nil {
		return err
	}
	pauses, err := s.store.Pauses(ctx, time.Now())
	if err != nil && ctx.Err() == nil {
		s.logger.Error("pauses not read; all sources are", "error", err)
	}
	for _, source := range sources {
		_, paused := catalog.PauseOf(pauses, source.Host(), []string{source.Name})
		if source.Name == name || name == "" && !paused {
			s.syncOne(ctx, source)
		}
	}
	return nil
}

func (s *service) syncOne(ctx context.Context, source catalog.Source) {
	if ctx.Err() != nil {
		return
	}
	snap, report, err := s.syncer.Sync(ctx, source)
	switch {
	case err != nil:
		s.logger.Error("sync failed", "source", source.Name, "error", err)
	case snap.Unchanged:
		s.logger.Debug("unchanged", "source", source.Name)
	default:
		s.logger.Info("synced", "source", source.Name, "links", report.Placements, "resources", report.Resources,
			"added", report.Added, "moved", report.Moved, "retired", report.Retired)
		s.crawler.Wake()
	}
}
