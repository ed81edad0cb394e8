package fill_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/catalog/sqlite/fill"
)

func TestCatalog(t *testing.T) {
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "filled.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := fill.Catalog(context.Background(), store, fill.Size{Resources: 1500, Visits: 3}, func(string) {}); err != nil {
		t.Fatal(err)
	}
	now := fill.Start().AddDate(0, 0, 14).Add(4 * time.Hour)
	o, err := store.Overview(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	if o.Catalog.Total() != 1500 || o.Catalog.States[catalog.OK] < 1400 || o.Catalog.States[catalog.Dead] == 0 || o.Catalog.Findings[catalog.FindingMoved] == 0 {
		t.Errorf("the catalog has %v and %v", o.Catalog.States, o.Catalog.Findings)
	}
	if o.Due < 200 || o.Due > 400 {
		t.Errorf("%d of 1500 are due; want one in five", o.Due)
	}
	page, err := store.Resources(t.Context(), catalog.Query{Text: "project-3"})
	if err != nil || len(page.Rows) == 0 {
		t.Fatalf("nothing is found: %v", err)
	}
	d, err := store.Resource(t.Context(), page.Rows[0].ID)
	if err != nil || len(d.History) != 3 {
		t.Errorf("a resource has %d visits: %v; want 3", len(d.History), err)
	}
}
