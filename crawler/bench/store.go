package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/catalog/sqlite/fill"
)

// perHost is how many claims the service holds at once of a host.
const perHost = 16

// storeTask says which database is measured.
type storeTask struct {
	Path      string
	Resources int
	Claims    int // claims of 100 that are timed
	Batches   int // of 1000 results that are recorded, with each number of readers
}

// storeSeen is what was measured.
type storeSeen struct {
	Overview                 float64 // seconds, with all resources overdue
	Claims                   samples // seconds each
	Alone, Paced, Relentless float64 // results a second
	PerResult                float64 // seconds of processor time, alone: what a busy machine does not change
	PacedReads, FullReads    int
}

// store measures claiming and recording in a big catalog. The benchmarks of the store make it, and have the word
// first; what they do not tell, the spread of claims and recording under readers, is measured in its own process.
func (b *bench) store(ctx context.Context) error {
	n := size(b, 1_000_000, 20_000)
	if err := os.MkdirAll(b.keep, 0o755); err != nil {
		return err
	}
	if err := b.storeBenchmarks(ctx, n); err != nil {
		return err
	}
	task := storeTask{filepath.Join(b.keep, fmt.Sprintf("bench-%d.db", n)), n, size(b, 300, 30), size(b, 30, 3)}
	cmd, err := self(ctx, storeRole, task)
	if err != nil {
		return err
	}
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("measure the store: %w", err)
	}
	var seen storeSeen
	if err := json.Unmarshal(out, &seen); err != nil {
		return err
	}
	median, p99 := seen.Claims.median(), seen.Claims.quantile(0.99)
	b.table.add(row{"claim 100, median", millis(median), "", "", "≤ 10 ms", median <= 0.010})
	b.table.add(row{"claim 100, p99", millis(p99), "", "", "≤ 10 ms", p99 <= 0.010})
	b.addRate("record in batches of 1000, nobody reads", seen.Alone)
	b.table.add(row{name: "… processor time per result", figure: micros(seen.PerResult)})
	b.addRate("… 4 readers, 25 pages a second each", seen.Paced)
	b.table.add(row{name: "… 4 readers without a pause", figure: perSecond(seen.Relentless)})
	b.table.add(row{name: "overview with all overdue", figure: millis(seen.Overview)})
	b.table.note("%d due resources; the readers read a resource, a list and the overview by turns: %d and %d pages meanwhile", n, seen.PacedReads, seen.FullReads)
	return nil
}

func (b *bench) addRate(name string, rate float64) {
	b.table.add(row{name, perSecond(rate), "", "", "≥ 10000 results/s", rate >= 10_000})
}

func perSecond(rate float64) string { return fmt.Sprintf("%.0f results/s", rate) }

// benchLine is a line of the output of go test -bench: name, count, time, and perhaps a rate.
var benchLine = regexp.MustCompile(`(?m)^Benchmark(\w+?)(?:-\d+)?\s+\d+\s+(\d+(?:\.\d+)?) ns/op(?:\s+(\d+(?:\.\d+)?) results/s)?`)

// storeBenchmarks runs those of the store's own package.
func (b *bench) storeBenchmarks(ctx context.Context, n int) error {
	cmd := exec.CommandContext(ctx, "go", "test", "waymark/catalog/sqlite", "-run", "^$", "-bench", "^Benchmark(Claim100|Record1000)$",
		"-timeout", "60m", "-resources", strconv.Itoa(n), "-keep", b.keep)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("go test -bench: %w\n%s", err, out)
	}
	for _, m := range benchLine.FindAllSubmatch(out, -1) {
		nanos, err := strconv.ParseFloat(string(m[2]), 64)
		if err != nil {
			return err
		}
		figure := millis(nanos / 1e9)
		if len(m[3]) > 0 {
			figure += ", " + string(m[3]) + " results/s"
		}
		b.table.add(row{name: "go test -bench " + string(m[1]) + ", mean", figure: figure})
	}
	return nil
}

// measureStore is the process that measures the store.
func measureStore(ctx context.Context, in io.Reader, out io.Writer) error {
	var task storeTask
	if err := json.NewDecoder(in).Decode(&task); err != nil {
		return err
	}
	s, err := sqlite.Open(ctx, task.Path, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was measured is not kept
	r := &storeRun{task: task, store: s, now: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC),
		calm: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)}
	var seen storeSeen
	began := time.Now()
	if _, err := s.Overview(ctx, r.now); err != nil {
		return err
	}
	seen.Overview = time.Since(began).Seconds()
	if seen.Claims, err = r.claims(ctx); err != nil {
		return err
	}
	if seen.Alone, _, err = r.record(ctx, 0, 0); err != nil {
		return err
	}
	seen.PerResult = r.cpu.Seconds() / float64(r.results)
	if seen.Paced, seen.PacedReads, err = r.record(ctx, 4, 40*time.Millisecond); err != nil {
		return err
	}
	if seen.Relentless, seen.FullReads, err = r.record(ctx, 4, 0); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(seen)
}

// storeRun is the store at a time when all its resources are due.
type storeRun struct {
	task  storeTask
	store *sqlite.Store
	now   time.Time // all is due
	calm  time.Time // nothing is: an overview counts what is overdue row by row

	results int           // recorded so far
	cpu     time.Duration // that this process used meanwhile
}

// claims times claims as the service makes them, one after the other, each held until all are made.
func (r *storeRun) claims(ctx context.Context) (samples, error) {
	var took samples
	var held []catalog.Claim
	for range r.task.Claims {
		began := time.Now()
		claims, err := r.store.Claim(ctx, catalog.ClaimRequest{Now: r.now, Lease: time.Hour, Limit: 100, PerHost: perHost})
		if err != nil {
			return nil, err
		}
		took = append(took, time.Since(began).Seconds())
		held = append(held, claims...)
	}
	return took, r.store.Release(ctx, held)
}

// record returns how many results a second are recorded while readers read, and how many pages those got.
func (r *storeRun) record(ctx context.Context, readers int, pause time.Duration) (rate float64, pages int, err error) {
	reading, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	read := make([]int, readers)
	for i := range readers {
		wg.Go(func() { read[i] = r.read(reading, pause) })
	}
	var busy time.Duration
	results := 0
	for range r.task.Batches {
		batch, took, batchErr := r.recordBatch(ctx)
		if err = batchErr; err != nil {
			break
		}
		results, busy = results+batch, busy+took
	}
	stop()
	wg.Wait()
	for _, n := range read {
		pages += n
	}
	return float64(results) / busy.Seconds(), pages, err
}

// recordBatch records a thousand results. What is recorded stays due, so that each run finds the same.
func (r *storeRun) recordBatch(ctx context.Context) (int, time.Duration, error) {
	claims, err := r.store.Claim(ctx, catalog.ClaimRequest{Now: r.now, Lease: time.Hour, Limit: 1000, PerHost: 200})
	if err != nil {
		return 0, 0, err
	}
	results := fill.Results(claims, r.now.Add(time.Duration(r.results)*time.Millisecond), fill.Turning)
	for i := range results {
		results[i].Due = r.now
	}
	began, cpu := time.Now(), processorTime()
	err = r.store.Record(ctx, results)
	r.results, r.cpu = r.results+len(results), r.cpu+processorTime()-cpu
	return len(results), time.Since(began), err
}

// read reads what the dashboard shows until it is stopped, and returns the number of pages.
func (r *storeRun) read(ctx context.Context, pause time.Duration) (pages int) {
	for sleep(ctx, pause) == nil {
		var err error
		switch pages % 3 {
		case 0:
			_, err = r.store.Resource(ctx, rand.Int64N(int64(r.task.Resources))+1)
		case 1:
			_, err = r.store.Resources(ctx, catalog.Query{State: catalog.OK})
		default:
			_, err = r.store.Overview(ctx, r.calm)
		}
		if err != nil {
			return pages
		}
		pages++
	}
	return pages
}
