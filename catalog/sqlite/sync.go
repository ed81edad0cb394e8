package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
)

// chunk is how many placements one transaction of a sync writes: about 100 ms of work, which is how long results of
// visits and people wait for it at most.
const chunk = 500

// Sync brings the store in line with a snapshot of a source. What did not change is not written. A small sync is one
// transaction. A big one goes in chunks, so that results of visits are not held up: first all that is new or moved,
// then what the list no longer holds, and the content hash last. A reader in between sees a list that grows and never
// one that shrank by mistake; a process that dies in between leaves no hash, so that the next sync does the rest.
//
// A list that had at least 20 placements and lost more than half of them is not believed: SyncReport.Held says so,
// nothing is retired, and the next sync looks again, unless the snapshot was accepted by a person.
func (s *Store) Sync(ctx context.Context, snap catalog.Snapshot) (catalog.SyncReport, error) {
	what := "sync " + snap.Source.Name
	done, err := s.alone(ctx, what)
	if err != nil {
		return catalog.SyncReport{}, err
	}
	defer done()
	y := &syncing{store: s, snap: snap, what: what, place: newPlacer(snap)}
	if err := y.write(ctx, y.begin); err != nil {
		return catalog.SyncReport{}, err
	}
	if !snap.Unchanged {
		if err := s.read(ctx, what, y.compare); err != nil {
			return catalog.SyncReport{}, err
		}
	}
	err = y.apply(ctx)
	return y.report, err
}

// alone waits until no other sync is under way, and keeps others out until done is called.
func (s *Store) alone(ctx context.Context, what string) (done func(), err error) {
	select {
	case s.syncing <- struct{}{}:
		return func() { <-s.syncing }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("%s: %w", what, ctx.Err())
	}
}

// syncing is one sync under way.
type syncing struct {
	store  *Store
	snap   catalog.Snapshot
	what   string
	place  *placer
	steps  []step
	gone   []kept
	report catalog.SyncReport
}

func (y *syncing) write(ctx context.Context, fn func(context.Context, *sql.Tx) error) error {
	return y.store.write(ctx, crawling, y.what, fn)
}

// begin makes sure that the source is known, as it is configured now.
func (y *syncing) begin(ctx context.Context, tx *sql.Tx) error {
	id, err := saveSource(ctx, tx, y.snap.Source)
	y.place.source = id
	return err
}

// compare finds what has to be written. It reads one file at a time, so that a list of a million links is not held
// in memory twice.
func (y *syncing) compare(ctx context.Context, tx *sql.Tx) error {
	files, err := storedFiles(ctx, tx, y.place.source)
	if err != nil {
		return err
	}
	before := 0
	var added []*catalog.Placement
	for _, listing := range y.snap.Listings {
		if unreadable(listing) {
			continue
		}
		stored, err := storedPlacements(ctx, tx, y.place.source, listing.File)
		if err != nil {
			return err
		}
		moved, gone, fresh := compareFile(stored, listing.Placements)
		y.steps, y.gone, added = append(y.steps, moved...), append(y.gone, gone...), append(added, fresh...)
		before += len(stored)
		delete(files, listing.File)
	}
	for file, n := range files {
		before += n
		if y.unread(file) {
			continue
		}
		stored, err := storedPlacements(ctx, tx, y.place.source, file)
		if err != nil {
			return err
		}
		y.gone = append(y.gone, stored...)
	}
	across, gone, added := pair(y.gone, added, byWords)
	y.steps, y.gone = append(y.steps, across...), gone
	y.report.Moved, y.report.Added = len(y.steps), len(added)
	for _, p := range added {
		y.steps = append(y.steps, step{now: p})
	}
	y.hold(before)
	return nil
}

// unread reports whether a file is missing from the snapshot because it, or a folder above it, could not be read.
func (y *syncing) unread(file string) bool {
	names := func(p catalog.Problem) bool { return p.File == file || strings.HasPrefix(file, p.File+"/") }
	return slices.ContainsFunc(y.snap.Problems, names) ||
		slices.ContainsFunc(y.snap.Listings, func(l catalog.Listing) bool { return l.File == file && unreadable(l) })
}

// unreadable reports whether a listing is empty because of a problem with the file as a whole.
func unreadable(l catalog.Listing) bool {
	return len(l.Placements) == 0 && slices.ContainsFunc(l.Problems, func(p catalog.Problem) bool { return p.Line == 0 })
}

// hold keeps placements in force whose loss is likelier a mistake than an edit.
func (y *syncing) hold(before int) {
	gone := len(y.gone)
	switch {
	case gone == 0:
		return
	case len(y.snap.Listings) == 0 && len(y.snap.Problems) > 0:
		y.report.Held = fmt.Sprintf("No list of %s could be read. Its %d placements are kept until one can.", y.snap.Source.Name, before)
	case !y.snap.Accept && tooManyGone(before, gone):
		y.report.Held = fmt.Sprintf("%s lost %d of its %d placements at once. That looks like a mistake, so none was retired. "+
			"If it is meant, stop the service and run: waymark sync --accept %s.", y.snap.Source.Name, gone, before, y.snap.Source.Name)
	default:
		y.report.Retired = gone
		return
	}
	y.gone = nil
}

// apply writes what compare found: in one transaction if it is little, in chunks if it is much.
func (y *syncing) apply(ctx context.Context) error {
	batches := y.batches()
	if len(batches) <= 1 {
		return y.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
			for _, batch := range batches {
				if err := batch(ctx, tx); err != nil {
					return err
				}
			}
			return y.finish(ctx, tx)
		})
	}
	for _, batch := range batches {
		if err := y.write(ctx, batch); err != nil {
			return err
		}
	}
	return y.write(ctx, y.finish)
}

func (y *syncing) batches() []func(context.Context, *sql.Tx) error {
	var list []func(context.Context, *sql.Tx) error
	for steps := range slices.Chunk(y.steps, chunk) {
		list = append(list, func(ctx context.Context, tx *sql.Tx) error { return y.place.put(ctx, tx, steps) })
	}
	for gone := range slices.Chunk(y.gone, chunk) {
		list = append(list, func(ctx context.Context, tx *sql.Tx) error { return retire(ctx, tx, gone, y.snap.Taken) })
	}
	return list
}

// finish writes what says that the sync is complete. A list whose losses are held, or of which a file could not be
// read, has no hash: it is to be read anew the next time.
func (y *syncing) finish(ctx context.Context, tx *sql.Tx) error {
	taken, id := stamp(y.snap.Taken), y.place.source
	if y.snap.Unchanged {
		_, err := tx.ExecContext(ctx, `UPDATE sources SET tried_at = ?, synced_at = ?, error = '' WHERE id = ?`, taken, taken, id)
		return firstError(err, y.count(ctx, tx))
	}
	if err := y.place.order(ctx, tx); err != nil {
		return err
	}
	hash, problems := y.snap.Hash, problemsOf(y.snap)
	if y.report.Held != "" {
		hash, problems = "", append([]catalog.Problem{{Message: y.report.Held}}, problems...)
	}
	encoded, err := json.Marshal(problems)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE sources SET tried_at = ?, synced_at = ?, error = '', hash = ?, problems = ?, files = ?,
		placements = (SELECT count(*) FROM placements WHERE source_id = sources.id AND retired_at IS NULL) WHERE id = ?`,
		taken, taken, hash, string(encoded), len(y.snap.Listings), id)
	return firstError(err, y.count(ctx, tx))
}

func (y *syncing) count(ctx context.Context, tx *sql.Tx) error {
	return tx.QueryRowContext(ctx, `SELECT placements, (SELECT coalesce(sum(count), 0) FROM state_tallies t
		WHERE t.source_id = sources.id AND t.section = '') FROM sources WHERE id = ?`, y.place.source).
		Scan(&y.report.Placements, &y.report.Resources)
}

// problemsOf lists the problems of a source and of its files. The store keeps at most a thousand: the first ones
// tell a maintainer enough.
func problemsOf(snap catalog.Snapshot) []catalog.Problem {
	const most = 1000
	problems := slices.Clone(snap.Problems)
	for _, listing := range snap.Listings {
		problems = append(problems, listing.Problems...)
		if len(problems) >= most {
			return problems[:most]
		}
	}
	return problems
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// storedFiles returns the files of a source that have placements in force, with their number.
func storedFiles(ctx context.Context, tx *sql.Tx, source int64) (map[string]int, error) {
	files := map[string]int{}
	rows, err := tx.QueryContext(ctx, `SELECT file, count(*) FROM placements WHERE source_id = ? AND retired_at IS NULL GROUP BY file`, source)
	return files, each(rows, err, func(rows *sql.Rows) error {
		var file string
		var n int
		err := rows.Scan(&file, &n)
		files[file] = n
		return err
	})
}

func storedPlacements(ctx context.Context, tx *sql.Tx, source int64, file string) ([]kept, error) {
	rows, err := tx.QueryContext(ctx, `SELECT p.id, p.resource_id, p.line, p.col, p.start, p.stop, p.title, p.kind, p.url, p.quote, s.headings
		FROM placements p JOIN sections s ON s.id = p.section_id
		WHERE p.source_id = ? AND p.file = ? AND p.retired_at IS NULL ORDER BY p.start, p.id`, source, file)
	return collect(rows, err, func(rows *sql.Rows) (kept, error) {
		k := kept{Placement: catalog.Placement{File: file}}
		var headings string
		if err := rows.Scan(&k.id, &k.resource, &k.Line, &k.Column, &k.Start, &k.End, &k.Title, &k.Kind, &k.URL, &k.Quote, &headings); err != nil {
			return k, err
		}
		return k, json.Unmarshal([]byte(headings), &k.Section)
	})
}

// retire takes placements out of force. What no list holds any more is not visited again, but keeps its history.
func retire(ctx context.Context, tx *sql.Tx, gone []kept, now time.Time) error {
	placements, resources := make([]int64, len(gone)), make([]int64, len(gone))
	for i, k := range gone {
		placements[i], resources[i] = k.id, k.resource
	}
	if _, err := tx.ExecContext(ctx, `UPDATE placements SET retired_at = ? WHERE id IN (SELECT value FROM json_each(?))`,
		now.UnixMilli(), numbers(placements)); err != nil {
		return err
	}
	return settle(ctx, tx, resources, now)
}
