package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/crawler"
)

// recordBatch is how many results are recorded at once.
const recordBatch = 1000

// withHistory visits every resource once and keeps what was seen in a database, so that the next run knows it. The
// database gets the sources as a whole, also when only some of their links are to be visited.
func (r *checkRun) withHistory(ctx context.Context, crawl *crawler.Crawler, file string, snaps []catalog.Snapshot, sys system) (err error) {
	store, err := sqlite.Open(ctx, file, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := syncSnapshots(ctx, store, snaps, sys); err != nil {
		return err
	}
	claims, err := r.claims(ctx, store, snaps)
	if err != nil {
		return err
	}
	hosts, err := store.Hosts(ctx)
	if err != nil {
		return err
	}
	crawl.RestoreHosts(hosts)
	// What was seen is kept, also when the run is interrupted.
	recording := context.WithoutCancel(ctx)
	var batch []catalog.Result
	err = r.visit(ctx, crawl, claims, func(result catalog.Result) error {
		if batch = append(batch, result); len(batch) < recordBatch {
			return nil
		}
		full := batch
		batch = nil
		return store.Record(recording, full)
	})
	return errors.Join(err, store.Record(recording, batch), store.SaveHosts(recording, crawl.HostStates()))
}

func syncSnapshots(ctx context.Context, store *sqlite.Store, snaps []catalog.Snapshot, sys system) error {
	for _, snap := range snaps {
		report, err := store.Sync(ctx, snap)
		if err != nil {
			return err
		}
		if report.Held != "" {
			fmt.Fprintf(sys.stderr, "waymark: warning: %s: %s\n", clean(snap.Source.Name), clean(report.Held))
		}
	}
	return nil
}

// claims takes every wanted resource from the store.
func (r *checkRun) claims(ctx context.Context, store *sqlite.Store, snaps []catalog.Snapshot) (claims, error) {
	type key struct{ source, url string }
	found := map[key]*catalog.Claim{}
	for _, snap := range snaps {
		list, err := store.Claims(ctx, snap.Source.Name)
		if err != nil {
			return claims{}, err
		}
		for i := range list {
			found[key{snap.Source.Name, list[i].URL}] = &list[i]
			found[key{"", list[i].URL}] = &list[i]
		}
	}
	taken := make([]*catalog.Claim, len(r.wanted))
	index := make(map[int64]int, len(r.wanted))
	for i, w := range r.wanted {
		claim, ok := found[key{w.Source, w.URL}]
		if !ok {
			return claims{}, fmt.Errorf("%s was not taken into the database", w.URL)
		}
		taken[i], index[claim.Resource] = claim, i
	}
	return claims{
		at:    func(i int) catalog.Claim { return *taken[i] },
		index: func(claim catalog.Claim) int { return index[claim.Resource] },
	}, nil
}
