package origin

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"waymark/catalog"
)

// Store is what a sync writes to; catalog/sqlite implements it.
type Store interface {
	// SourceHash returns the hash of the last snapshot of a source, "" when there was none.
	SourceHash(ctx context.Context, source string) (string, error)
	Sync(ctx context.Context, snap catalog.Snapshot) (catalog.SyncReport, error)
	SyncFailed(ctx context.Context, source catalog.Source, message string, at time.Time) error
	// Unvisited claims the resources of a source that no crawler visits.
	Unvisited(ctx context.Context, source string) ([]catalog.Claim, error)
	Record(ctx context.Context, results []catalog.Result) error
}

// Syncer brings the store in line with the sources.
type Syncer struct {
	Reader *Reader
	Store  Store
	Rules  catalog.Rules
	Logger *slog.Logger
	Now    func() time.Time
	Pace   func(host string) time.Duration // between two visits to a host; nil: what is new is due at once
	Accept bool                            // believe a source that lost most of its placements at once
}

// Sync reads a source and stores what it holds. Links that need no visit (to files of the source itself, invalid
// ones, other schemes) are judged at once. A source that cannot be read keeps what it held, with the error.
func (s *Syncer) Sync(ctx context.Context, source catalog.Source) (catalog.Snapshot, catalog.SyncReport, error) {
	hash, err := s.Store.SourceHash(ctx, source.Name)
	if err != nil {
		return catalog.Snapshot{}, catalog.SyncReport{}, err
	}
	reader := *s.Reader
	reader.Quotes = true
	snap, err := reader.Read(ctx, source, hash, s.Now())
	if err != nil {
		if ctx.Err() == nil {
			err = fmt.Errorf("%w; the links known so far are kept", err)
			s.Logger.Warn("source not read", "source", source.Name, "error", err)
			if failed := s.Store.SyncFailed(ctx, source, err.Error(), s.Now()); failed != nil {
				s.Logger.Error("source error not recorded", "source", source.Name, "error", failed)
			}
		}
		return snap, catalog.SyncReport{}, err
	}
	snap.Accept, snap.Pace = s.Accept, s.Pace
	report, err := s.Store.Sync(ctx, snap)
	if err != nil {
		return snap, report, err
	}
	if report.Held != "" {
		s.Logger.Warn("source lost most of its links; nothing is retired", "source", source.Name, "why", report.Held)
	}
	return snap, report, s.judgeUnvisited(ctx, snap)
}

// judgeUnvisited judges what no crawler visits. There is nothing that time could confirm, so that one look is
// enough.
func (s *Syncer) judgeUnvisited(ctx context.Context, snap catalog.Snapshot) error {
	if snap.Unchanged {
		return nil
	}
	claims, err := s.Store.Unvisited(ctx, snap.Source.Name)
	if err != nil || len(claims) == 0 {
		return err
	}
	wanted := map[string]*catalog.Wanted{}
	for _, w := range catalog.Gather(snap) {
		wanted[w.URL] = w
	}
	var results []catalog.Result
	for _, claim := range claims {
		if w := wanted[claim.URL]; w != nil {
			if result, ok := w.Settle(claim, snap.Local, s.Rules, s.Now()); ok {
				results = append(results, result)
			}
		}
	}
	return s.Store.Record(ctx, results)
}
