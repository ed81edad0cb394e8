package sqlite

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite/fill"
)

// size is how many resources the benchmarks' catalog has: go test -bench . -resources 1000000. A catalog of that size
// is made once and kept under -keep, if that is given.
var (
	size = flag.Int("resources", 20_000, "resources in the benchmarks' catalog")
	keep = flag.String("keep", "", "folder in which the benchmarks' catalogs are kept between runs")
)

// benchStore opens a catalog as fill makes it, of *size resources that were visited once; one in five is due.
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
		must(b, fill.Catalog(context.Background(), s, fill.Size{Resources: *size, Visits: 1}, func(what string) { b.Log(what) }))
	}
	return s
}

// later is when all resources of the benchmarks' catalog are due.
func later() time.Time { return fill.Start().Add(300 * 24 * time.Hour) }

func BenchmarkClaim100(b *testing.B) {
	s := benchStore(b)
	now := later()
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
	now := later()
	n := 0
	for b.Loop() {
		b.StopTimer()
		now = now.Add(time.Hour)
		claims, err := s.Claim(context.Background(), catalog.ClaimRequest{Now: now, Lease: time.Hour, Limit: 1000, PerHost: 200})
		must(b, err)
		results := fill.Results(claims, now, fill.Turning)
		n += len(results)
		b.StartTimer()
		must(b, s.Record(context.Background(), results))
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "results/s")
}

func BenchmarkOverview(b *testing.B) {
	s := benchStore(b)
	for b.Loop() {
		_, err := s.Overview(context.Background(), fill.Start().Add(3*time.Hour))
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
