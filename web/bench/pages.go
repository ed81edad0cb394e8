package main

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
)

// pages lists every page with its default order and any single filter, and searches for words that are everywhere,
// somewhere and nowhere.
func pages(ctx context.Context, store *sqlite.Store, now time.Time) []string {
	list := []string{"/", "/flagged", "/flagged/decided", "/resources", "/resources/77", "/sources", "/sources/source-000", "/hosts",
		"/hosts?sort=trouble", "/hosts?sort=name", "/hosts?text=host-7", "/hosts/big.example", "/crawler", "/settings", "/metrics"}
	for _, kind := range catalog.FindingKinds() {
		list = append(list, "/flagged?kind="+string(kind), "/resources?finding="+string(kind))
	}
	list = append(list, "/flagged?source=source-000", "/flagged?host=big.example", "/flagged?review=aside")
	for _, state := range catalog.States() {
		list = append(list, "/resources?state="+string(state))
	}
	for _, sort := range catalog.Sorts() {
		list = append(list, "/resources?sort="+string(sort))
	}
	list = append(list, "/resources?source=source-000", "/resources?kind=video", "/resources?host=big.example", "/resources?host=single-77.example",
		"/resources?source=source-000&section="+url.QueryEscape("Topic 1"))
	if tree, err := store.Branch(ctx, "source-000", 0, now); err == nil && len(tree.Below) > 0 {
		list = append(list, fmt.Sprintf("/resources?source=source-000&branch=%d", tree.Below[0].ID), fmt.Sprintf("/sources/source-000?branch=%d", tree.Below[0].ID))
	}
	for _, text := range []string{"resource", "owner project", "77777", "nowhere", "single 12"} {
		list = append(list, "/resources?text="+url.QueryEscape(text))
	}
	return list
}
