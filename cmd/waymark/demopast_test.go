package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/origin"
	"waymark/catalog/sqlite"
	"waymark/crawler/fakeweb"
)

// TestTheDemoHasAPast: a month is there before the first visit, in which links died day by day.
func TestTheDemoHasAPast(t *testing.T) {
	web, err := fakeweb.Start(fakeweb.Options{Unrecorded: true})
	if err != nil {
		t.Fatal(err)
	}
	defer web.Close()
	folder := t.TempDir()
	var sources []catalog.Source
	known := ""
	for name, text := range fakeweb.Demo(web) {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		sources, known = append(sources, catalog.Source{Name: name, Path: file}), known+string(text)
	}
	logger := slog.New(slog.DiscardHandler)
	store, err := sqlite.Open(t.Context(), filepath.Join(folder, "demo.db"), logger)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	now := time.Date(2026, 5, 1, 15, 0, 0, 0, time.UTC)
	syncer := origin.Syncer{Reader: &origin.Reader{}, Store: store, Rules: catalog.DefaultRules(), Logger: logger}
	if err := livePast(t.Context(), store, syncer, sources, now); err != nil {
		t.Fatal(err)
	}
	for name := range pastIlls {
		if host, path, _ := strings.Cut(name, "/"); !strings.Contains(known, "://"+host) || path != "" && !strings.Contains(known, "/"+path+")") {
			t.Errorf("no list of the demo recommends %s", name)
		}
	}
	trends, err := store.Trends(t.Context(), now.AddDate(0, 0, -40))
	if err != nil || len(trends) != len(sources)+1 {
		t.Fatalf("%d trends, %v", len(trends), err)
	}
	dead := 0
	for _, trend := range trends {
		if len(trend.Days) != pastDays {
			t.Errorf("%s has %d days, want %d", trend.Source, len(trend.Days), pastDays)
		}
	}
	for _, day := range trends[0].Days {
		if n := day.States[catalog.Dead]; n < dead {
			t.Errorf("on %v %d are dead, fewer than before", day.Date, n)
		}
		dead = max(dead, day.States[catalog.Dead])
	}
	if dead < 5 {
		t.Errorf("%d died in a month", dead)
	}
	o, err := store.Overview(t.Context(), now)
	if err != nil || o.Catalog.States[catalog.Unchecked] == 0 || 10*o.Due < 9*o.Catalog.Total() {
		t.Errorf("before the first visit %d of %d are due, %v: %v", o.Due, o.Catalog.Total(), o.Catalog.States, err)
	}
}
