// Command bench times the pages over a big catalog while results are being written, and prints what it measured. It
// asserts nothing. See docs/performance.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/catalog/sqlite/fill"
	"waymark/metrics"
	"waymark/web"
)

// options are the flags.
type options struct {
	resources, visits, requests, rate int
	keep                              string
	only                              string
}

func main() {
	var o options
	flag.IntVar(&o.resources, "resources", 1_000_000, "resources in the catalog")
	flag.IntVar(&o.visits, "visits", 10, "observations of each resource")
	flag.IntVar(&o.requests, "requests", 200, "requests for each page")
	flag.IntVar(&o.rate, "rate", 1000, "results to write a second meanwhile")
	flag.StringVar(&o.keep, "keep", "", "folder in which the catalog is kept between runs; filling it takes long")
	flag.StringVar(&o.only, "only", "", "pages to time, parted by commas; all by default")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	folder := o.keep
	if folder == "" {
		if folder, err = os.MkdirTemp("", "waymark-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	}
	store, err := open(ctx, filepath.Join(folder, fmt.Sprintf("web-%d-%d.db", o.resources, o.visits)), o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	now := fill.Start().Add(time.Duration(o.visits) * 7 * 24 * time.Hour)
	server, err := serve(store, now)
	if err != nil {
		return err
	}
	defer server.Close()
	return measure(ctx, store, server.URL, now, o)
}

// open opens the catalog, and fills it when there is none.
func open(ctx context.Context, path string, o options) (*sqlite.Store, error) {
	_, missing := os.Stat(path)
	store, err := sqlite.Open(ctx, path, slog.New(slog.DiscardHandler))
	if err != nil || missing == nil {
		return store, err
	}
	tell := func(what string) { fmt.Fprintln(os.Stderr, what) }
	if err := fill.Catalog(ctx, store, fill.Size{Resources: o.resources, Visits: o.visits}, tell); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// serve puts the dashboard over the catalog, as the service does.
func serve(store *sqlite.Store, now time.Time) (*httptest.Server, error) {
	meters := metrics.New(metrics.Options{Version: "bench", Log: slog.New(slog.DiscardHandler)})
	meters.WatchStore(store)
	dashboard, err := web.New(web.Options{
		Reader: store, News: store, Flags: store, Atlas: store, Machinery: store, Exporter: store,
		Writer: store, Reviewer: store, SourceKeeper: store, Gate: store, Sessions: store.Sessions(), Metrics: meters.Handler(),
		Version: "bench", Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return now },
	})
	if err != nil {
		return nil, err
	}
	return httptest.NewServer(dashboard), nil
}

// writer writes results at a rate until the context ends, and counts them.
func writer(ctx context.Context, store *sqlite.Store, now time.Time, rate int, written *atomic.Int64) error {
	const beats, perHost = 10, 16 // a second, and at once, as the service does
	ticker := time.NewTicker(time.Second / beats)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		now = now.Add(time.Second)
		claims, err := store.Claim(ctx, catalog.ClaimRequest{Now: now, Lease: time.Hour, Limit: rate / beats, PerHost: perHost})
		if err == nil {
			err = store.Record(ctx, fill.Results(claims, now, fill.Turning))
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
		written.Add(int64(len(claims)))
	}
}

// measure asks for each page again and again while results are written, and prints a table.
func measure(ctx context.Context, store *sqlite.Store, at string, now time.Time, o options) error {
	writing, stop := context.WithCancel(ctx)
	var written atomic.Int64
	var failed error
	var group sync.WaitGroup
	group.Go(func() { failed = writer(writing, store, now, o.rate, &written) })
	began := time.Now()
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "page\tp50 ms\tp99 ms\tmost ms\tKB\t")
	for _, path := range o.chosen(pages(ctx, store, now)) {
		m, err := timePage(ctx, at+path, o.requests)
		if err != nil {
			stop()
			group.Wait()
			return fmt.Errorf("%s: %w", path, err)
		}
		fmt.Fprintf(out, "%s\t%.1f\t%.1f\t%.1f\t%.1f\t\n", path, m.share(0.5), m.share(0.99), m.share(1), float64(m.bytes)/1024)
	}
	took := time.Since(began)
	stop()
	group.Wait()
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Printf("%d resources; %.0f results written a second meanwhile\n", o.resources, float64(written.Load())/took.Seconds())
	return failed
}

// chosen are the pages to time.
func (o options) chosen(all []string) []string {
	if o.only == "" {
		return all
	}
	return strings.Split(o.only, ",")
}

// timing is how long the first byte of a page took, again and again.
type timing struct {
	took  []time.Duration
	bytes int64 // as sent
}

func (m timing) share(of float64) float64 {
	return float64(m.took[int(of*float64(len(m.took)-1))].Microseconds()) / 1000
}

func timePage(ctx context.Context, address string, requests int) (timing, error) {
	var m timing
	for range requests {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return m, err
		}
		r.Header.Set("Accept-Encoding", "gzip")
		began := time.Now()
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return m, err
		}
		m.took = append(m.took, time.Since(began))
		m.bytes, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if err != nil {
			return m, err
		}
		if answer.StatusCode != http.StatusOK {
			return m, errors.New(answer.Status)
		}
	}
	slices.Sort(m.took)
	return m, nil
}
