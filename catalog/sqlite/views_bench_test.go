package sqlite

import (
	"context"
	"slices"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite/fill"
)

// timed times each call of a benchmark and reports the median and the 99th percentile, which its mean would hide.
func timed(b *testing.B, call func() error) {
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		must(b, call())
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	millis := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(millis(0.5), "p50-ms")
	b.ReportMetric(millis(0.99), "p99-ms")
}

// BenchmarkViews reads what the pages show.
func BenchmarkViews(b *testing.B) {
	s := benchStore(b)
	ctx, now := context.Background(), fill.Start().Add(4*time.Hour)
	host := func(q catalog.HostQuery) func() error {
		return func() error { _, err := s.HostTable(ctx, q, now); return err }
	}
	flags := func(q catalog.FlagQuery) func() error {
		return func() error { _, err := s.Flags(ctx, q, now); return err }
	}
	news := func(q catalog.NewsQuery) func() error {
		return func() error { _, err := s.News(ctx, q); return err }
	}
	tree, err := s.Branch(ctx, "source-000", 0, now)
	must(b, err)
	views := []struct {
		name string
		call func() error
	}{
		{"overview", func() error { _, err := s.Overview(ctx, now); return err }},
		{"sources", func() error { _, err := s.Sources(ctx); return err }},
		{"hosts by links", host(catalog.HostQuery{})},
		{"hosts by trouble", host(catalog.HostQuery{Sort: catalog.HostsByTrouble})},
		{"hosts by name", host(catalog.HostQuery{Sort: catalog.HostsByName})},
		{"hosts, text everywhere", host(catalog.HostQuery{Text: "example"})},
		{"hosts, text nowhere", host(catalog.HostQuery{Text: "nowhere"})},
		{"one host", func() error { _, err := s.Host(ctx, "big.example", now); return err }},
		{"queue", func() error { _, err := s.Queue(ctx, now); return err }},
		{"flags", flags(catalog.FlagQuery{})},
		{"flags, 200 a page", flags(catalog.FlagQuery{Limit: 200})},
		{"flags of a kind", flags(catalog.FlagQuery{Kind: catalog.FindingMoved})},
		{"flags of a source", flags(catalog.FlagQuery{Source: "source-003"})},
		{"flags of a host", flags(catalog.FlagQuery{Host: "big.example"})},
		{"flags set aside", flags(catalog.FlagQuery{Review: catalog.ReviewAside})},
		{"news", news(catalog.NewsQuery{})},
		{"news, harmful first", news(catalog.NewsQuery{Harmful: true})},
		{"news since a time", news(catalog.NewsQuery{Since: fill.Start().Add(2 * time.Hour)})},
		{"branch of a source", func() error { _, err := s.Branch(ctx, "source-000", 0, now); return err }},
		{"branch of a file", func() error { _, err := s.Branch(ctx, "source-000", tree.Below[0].ID, now); return err }},
		{"sore branches of all", func() error { _, err := s.SoreBranches(ctx, "", 10, now); return err }},
		{"trends", func() error { _, err := s.Trends(ctx, now.AddDate(0, 0, -90)); return err }},
		{"save the day", func() error { return s.SaveDay(ctx, now) }},
		{"reviews", func() error { _, err := s.Reviews(ctx, catalog.ReviewQuery{}); return err }},
		{"counts for metrics", func() error { _, err := s.Counts(ctx, now); return err }},
	}
	for _, view := range views {
		b.Run(view.name, func(b *testing.B) { timed(b, view.call) })
	}
}

// BenchmarkSearch looks for words that are everywhere, somewhere and nowhere, alone and with a filter.
func BenchmarkSearch(b *testing.B) {
	s := benchStore(b)
	texts := []string{"resource", "https", "big", "owner project", "res", "1", "12", "123", "number 77", "articles 5", "77777", "nowhere", "big single", "https://host-7.example/articles/1007"}
	filters := map[string]catalog.Query{"": {}, "state=ok": {State: catalog.OK}, "state=failing": {State: catalog.Failing}, "kind": {Kind: catalog.Video},
		"source": {Source: "source-003"}, "section": {Section: "Topic 1"}, "big host": {Host: "big.example"}, "host": {Host: "host-7.example"},
		"finding": {Finding: catalog.FindingMoved}, "url": {Sort: catalog.SortURL}, "turned": {Sort: catalog.SortTurned}}
	for _, text := range texts {
		for name, q := range filters {
			q.Text = text
			b.Run(text+"/"+name, func(b *testing.B) {
				timed(b, func() error { _, err := s.Resources(context.Background(), q); return err })
			})
		}
	}
}
