package sqlite

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"waymark/catalog"
)

// size is how many resources the benchmarks' catalog has: go test -bench . -resources 1000000. A catalog of that size
// is made once and kept under -keep, if that is given.
var (
	size = flag.Int("resources", 20_000, "resources in the benchmarks' catalog")
	keep = flag.String("keep", "", "folder in which the benchmarks' catalogs are kept between runs")
)

// benchStore opens a catalog of *size resources on hosts with a long tail: a third on one host, half of the rest on
// a hundred, the others alone. Nearly all were visited; one in five is due.
func benchStore(b *testing.B) *Store {
	b.Helper()
	folder := *keep
	if folder == "" {
		folder = b.TempDir()
	}
	path := filepath.Join(folder, fmt.Sprintf("bench-%d.db", *size))
	_, missing := os.Stat(path)
	s, err := Open(context.Background(), path, slog.New(slog.DiscardHandler))
	must(b, err)
	b.Cleanup(func() { must(b, s.Close()) })
	if missing != nil {
		fill(b, s, *size)
	}
	return s
}

func benchURL(i int) string {
	switch i % 3 {
	case 0:
		return fmt.Sprintf("https://big.example/owner-%d/project-%d", i%977, i)
	case 1:
		return fmt.Sprintf("https://host-%d.example/articles/%d", i%100, i)
	default:
		return fmt.Sprintf("https://single-%d.example/", i)
	}
}

// fill syncs sources of at most 100,000 placements in files of 1,000 and visits all of them.
func fill(b *testing.B, s *Store, n int) {
	b.Helper()
	kinds := catalog.Kinds()
	for from := 0; from < n; from += 100_000 {
		name := fmt.Sprintf("source-%03d", from/100_000)
		snap := catalog.Snapshot{Source: catalog.Source{Name: name, Path: name}, Hash: name, Taken: noon}
		for file := from; file < min(from+100_000, n); file += 1000 {
			l := catalog.Listing{File: fmt.Sprintf("list-%d.md", file)}
			for i := file; i < min(file+1000, n); i++ {
				l.Placements = append(l.Placements, catalog.Placement{File: l.File, Line: i - file + 1, Start: i * 100, End: i*100 + 40,
					Section: []string{fmt.Sprintf("Topic %d", file/10_000), fmt.Sprintf("Part %d", i%20)},
					Title:   fmt.Sprintf("Resource number %d", i), Kind: kinds[i%len(kinds)], URL: benchURL(i)})
			}
			snap.Listings = append(snap.Listings, l)
		}
		start := time.Now()
		_, err := s.Sync(context.Background(), snap)
		must(b, err)
		b.Logf("synced %s: %d placements in %v", name, min(100_000, n-from), time.Since(start).Round(time.Millisecond))
	}
	start := time.Now()
	visited := 0
	for {
		claims, err := s.Claim(context.Background(), catalog.ClaimRequest{Now: noon.Add(2 * time.Hour), Lease: time.Hour, Limit: 1000, PerHost: 1000})
		must(b, err)
		if len(claims) == 0 {
			break
		}
		must(b, s.Record(context.Background(), benchResults(claims, noon.Add(2*time.Hour))))
		visited += len(claims)
	}
	b.Logf("claimed and recorded %d first visits in %v", visited, time.Since(start).Round(time.Millisecond))
}

func benchResults(claims []catalog.Claim, now time.Time) []catalog.Result {
	random := rand.New(rand.NewPCG(1, 2))
	results := make([]catalog.Result, len(claims))
	for i, c := range claims {
		status := 200
		if random.IntN(50) == 0 {
			status = []int{404, 403, 503}[random.IntN(3)]
		}
		seen := answer(c, now, status)
		if random.IntN(20) == 0 {
			seen.Hops = []catalog.Hop{{URL: c.URL, Status: 301, Location: c.URL + "new"}, {URL: c.URL + "new", Status: status}}
		}
		seen.ETag = fmt.Sprintf(`"%x"`, c.Resource)
		results[i] = judged(c, seen, now)
		if random.IntN(5) > 0 {
			results[i].Due = now.Add(time.Duration(random.Int64N(int64(7 * 24 * time.Hour))))
		}
	}
	return results
}

func BenchmarkClaim100(b *testing.B) {
	s := benchStore(b)
	now := noon.Add(300 * 24 * time.Hour)
	for b.Loop() {
		claims, err := s.Claim(context.Background(), catalog.ClaimRequest{Now: now, Lease: time.Hour, Limit: 100, PerHost: 4})
		must(b, err)
		b.StopTimer()
		if len(claims) < 90 {
			b.Fatalf("claimed %d", len(claims))
		}
		must(b, s.Release(context.Background(), claims))
		b.StartTimer()
	}
}

// BenchmarkPauseSource pauses and resumes a source of up to 100,000 resources.
func BenchmarkPauseSource(b *testing.B) {
	s := benchStore(b)
	p := catalog.Pause{Source: "source-000", Since: noon}
	for b.Loop() {
		must(b, s.Pause(context.Background(), p))
		must(b, s.Resume(context.Background(), p, noon))
	}
}

func BenchmarkRecord1000(b *testing.B) {
	s := benchStore(b)
	now := noon.Add(300 * 24 * time.Hour)
	n := 0
	for b.Loop() {
		b.StopTimer()
		now = now.Add(time.Hour)
		claims, err := s.Claim(context.Background(), catalog.ClaimRequest{Now: now, Lease: time.Hour, Limit: 1000, PerHost: 200})
		must(b, err)
		results := benchResults(claims, now)
		n += len(results)
		b.StartTimer()
		must(b, s.Record(context.Background(), results))
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "results/s")
}

func BenchmarkOverview(b *testing.B) {
	s := benchStore(b)
	for b.Loop() {
		_, err := s.Overview(context.Background(), noon.Add(3*time.Hour))
		must(b, err)
	}
}

func BenchmarkResource(b *testing.B) {
	s := benchStore(b)
	id := int64(0)
	for b.Loop() {
		id = id%int64(*size) + 1
		_, err := s.Resource(context.Background(), id)
		must(b, err)
	}
}

func BenchmarkResources(b *testing.B) {
	s := benchStore(b)
	queries := map[string]catalog.Query{
		"all": {}, "state=ok": {State: catalog.OK}, "state=failing": {State: catalog.Failing}, "finding=moved": {Finding: catalog.FindingMoved},
		"source": {Source: "source-000"}, "section": {Section: "Topic 1"}, "host=big": {Host: "big.example"}, "host=single": {Host: "single-5.example"},
		"kind": {Kind: catalog.Video}, "text": {Text: "number 77"}, "text=rare": {Text: "nowhere"},
	}
	for _, sort := range catalog.Sorts() {
		queries["sort="+string(sort)] = catalog.Query{Sort: sort}
		queries["failing,sort="+string(sort)] = catalog.Query{State: catalog.Failing, Sort: sort}
		queries["ok,sort="+string(sort)] = catalog.Query{State: catalog.OK, Sort: sort}
	}
	names := make([]string, 0, len(queries))
	for name := range queries {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := s.Resources(context.Background(), queries[name])
				must(b, err)
			}
		})
	}
}
