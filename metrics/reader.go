package metrics

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"waymark/catalog"
)

const (
	readDeadline = 4 * time.Second // of one read, with the wait for its turn; well below a scrape's own timeout
	readFresh    = 5 * time.Second // no second read sooner; several Prometheus servers share one
	// readUsable bounds how long the last numbers stand in for those that cannot be read. Without them a short
	// lock on the database would end every series, and alerts would resolve and fire again.
	readUsable = 2 * time.Minute
)

// snapshot is what one read of the store gave.
type snapshot struct {
	at      time.Time
	counts  catalog.Counts
	flagged []catalog.Flagged
}

// reader reads the store for scrapes: one read at a time, each with a deadline, and not more often than needed, so
// that a slow disk cannot pile them up.
type reader struct {
	store    Store
	limit    int // of flagged findings; 0: none are read
	now      func() time.Time
	log      *slog.Logger
	failures prometheus.Counter
	turn     chan struct{} // holds one token while a read is under way

	mu    sync.Mutex // guards what follows
	tried time.Time
	last  *snapshot
}

func newReader(store Store, options Options) *reader {
	return &reader{
		store: store, limit: options.FindingInfo, now: options.Now, log: options.Log,
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "waymark_catalog_read_errors_total",
			Help: "Scrapes that could not read the catalog in time. Its gauges then show the last numbers for two minutes and vanish.",
		}),
		turn: make(chan struct{}, 1),
	}
}

// read returns the numbers of the catalog, at most readFresh old when all is well, and false when there are none
// that can still be used.
func (r *reader) read() (snapshot, bool) {
	// A collector is given no context, so the deadline starts here.
	ctx, cancel := context.WithTimeout(context.Background(), readDeadline)
	defer cancel()
	if err := r.refresh(ctx); err != nil {
		r.failures.Inc()
		r.log.Warn("metrics: the catalog could not be read for a scrape", "error", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last == nil || r.now().Sub(r.last.at) > readUsable {
		return snapshot{}, false
	}
	return *r.last, true
}

// refresh reads the store once it is its turn, unless that was just tried.
func (r *reader) refresh(ctx context.Context) error {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return fmt.Errorf("a read for an earlier scrape is still under way: %w", ctx.Err())
	}
	if !r.begin() {
		return nil
	}
	snap, err := r.load(ctx)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = &snap
	return nil
}

// begin reports whether a new read is due, and notes that it is tried.
func (r *reader) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	if !r.tried.IsZero() && now.Sub(r.tried) < readFresh {
		return false
	}
	r.tried = now
	return true
}

func (r *reader) load(ctx context.Context) (snapshot, error) {
	snap := snapshot{at: r.now()}
	var err error
	if snap.counts, err = r.store.Counts(ctx, snap.at); err != nil {
		return snapshot{}, fmt.Errorf("counting the catalog: %w", err)
	}
	if r.limit <= 0 {
		return snap, nil
	}
	if snap.flagged, err = r.store.Flagged(ctx, r.limit); err != nil {
		return snapshot{}, fmt.Errorf("listing findings: %w", err)
	}
	snap.flagged = snap.flagged[:min(len(snap.flagged), r.limit)]
	return snap, nil
}
