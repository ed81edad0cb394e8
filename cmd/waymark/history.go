package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"waymark/catalog"
	"waymark/catalog/origin"
	"waymark/catalog/sqlite"
	"waymark/crawler"
)

// claimBatch is how many visits a run with history takes from the database at once.
const claimBatch = 1000

// withHistory visits every resource once and keeps what was seen in a database, so that the next run knows it.
func (r *checkRun) withHistory(ctx context.Context, crawl *crawler.Crawler, file string) (err error) {
	store, err := sqlite.Open(ctx, file, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	index := map[string]int{}
	for i, w := range r.wanted {
		index[w.Source+"\x00"+w.URL] = i
	}
	r.progress.start(len(r.wanted))
	var sources []string
	for _, snap := range r.snaps {
		if _, err := store.Sync(ctx, snap); err != nil {
			return err
		}
		sources = append(sources, snap.Source.Name)
		if err := r.settle(ctx, store, snap, index); err != nil {
			return err
		}
	}
	if err := store.MarkDue(ctx, sources, time.Now()); err != nil {
		return err
	}
	hosts, err := store.Hosts(ctx)
	if err != nil {
		return err
	}
	crawl.RestoreHosts(hosts)
	err = r.visitDue(ctx, crawl, store, index)
	r.finished = time.Now()
	return err
}

// settle records what needs no network.
func (r *checkRun) settle(ctx context.Context, store origin.Store, snap catalog.Snapshot, index map[string]int) error {
	claims, err := store.Unvisited(ctx, snap.Source.Name)
	if err != nil {
		return err
	}
	var results []catalog.Result
	for _, claim := range claims {
		for _, source := range []string{snap.Source.Name, ""} {
			i, ok := index[source+"\x00"+claim.URL]
			if !ok {
				continue
			}
			if result, ok := r.wanted[i].Settle(claim, snap.Local, r.rules, time.Now()); ok {
				results = append(results, result)
				if err := r.keepAt(i, result); err != nil {
					return err
				}
			}
			break
		}
	}
	return store.Record(ctx, results)
}

// visitDue claims and visits until nothing of this run is due any more.
func (r *checkRun) visitDue(ctx context.Context, crawl *crawler.Crawler, store *sqlite.Store, index map[string]int) error {
	for {
		now := time.Now()
		claims, err := store.Claim(ctx, catalog.ClaimRequest{Now: now, Lease: time.Hour, Limit: claimBatch, PerHost: claimBatch})
		if err != nil || len(claims) == 0 {
			return err
		}
		results, failed := r.visitBatch(ctx, crawl, claims, index)
		if err := store.Record(context.WithoutCancel(ctx), results); err != nil {
			return err
		}
		if ctx.Err() != nil {
			if err := store.Release(context.WithoutCancel(ctx), unfinished(claims, results)); err != nil {
				return err
			}
			return fmt.Errorf("interrupted after %d of %d visits; what was seen is kept", r.progress.count(), len(r.wanted))
		}
		if failed != nil {
			return failed
		}
	}
}

func (r *checkRun) visitBatch(ctx context.Context, crawl *crawler.Crawler, claims []catalog.Claim, index map[string]int) ([]catalog.Result, error) {
	var results []catalog.Result
	var failed error
	err := crawl.Check(ctx, func(yield func(catalog.Claim) bool) {
		for _, claim := range claims {
			if !yield(claim) {
				return
			}
		}
	}, func(result catalog.Result) {
		results = append(results, result)
		if i, ok := index["\x00"+result.Claim.URL]; ok && failed == nil {
			failed = r.keepAt(i, result)
		}
	})
	if err != nil && failed == nil {
		failed = err
	}
	return results, failed
}

// unfinished returns the claims that have no result.
func unfinished(claims []catalog.Claim, results []catalog.Result) []catalog.Claim {
	done := map[int64]bool{}
	for _, r := range results {
		done[r.Claim.Resource] = true
	}
	var list []catalog.Claim
	for _, c := range claims {
		if !done[c.Resource] {
			list = append(list, c)
		}
	}
	return list
}
