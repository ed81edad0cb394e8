package catalog_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

// TestEveryAgeIsInOneBand: what months are counted into is what a query by time finds.
func TestEveryAgeIsInOneBand(t *testing.T) {
	now := time.Date(2026, 2, 28, 23, 0, 0, 0, time.UTC)
	seen := map[catalog.AgeBand]bool{}
	for d := -40; d < 14*365; d += 5 {
		modified := now.AddDate(0, 0, -d)
		ages := catalog.AgesOf([]catalog.MonthCount{{Month: catalog.MonthOf(modified), Count: 1}}, 1, now)
		var found []catalog.AgeBand
		for _, band := range catalog.AgeBands()[:6] {
			since, until := band.Within(now)
			if !modified.Before(since) && (until.IsZero() || modified.Before(until)) {
				found = append(found, band)
			}
		}
		if len(found) != 1 || ages.Bands[found[0]] != 1 {
			t.Fatalf("%s is in %v by time, and counted as %v", modified, found, ages.Bands)
		}
		seen[found[0]] = true
	}
	if len(seen) != 6 {
		t.Errorf("only %v were met", seen)
	}
}

func TestAges(t *testing.T) {
	now := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	month := func(y int, m time.Month) int { return catalog.MonthOf(time.Date(y, m, 30, 23, 0, 0, 0, time.UTC)) }
	got := catalog.AgesOf([]catalog.MonthCount{{month(2026, 11), 2}, {month(2025, 11), 3}, {month(2025, 10), 4}, {month(2016, 10), 1}}, 12, now)
	want := map[catalog.AgeBand]int{catalog.AgeUnder1: 5, catalog.Age1To2: 4, catalog.AgeOver10: 1, catalog.AgeUnknown: 2}
	if diff := cmp.Diff(want, got.Bands); diff != "" || got.Known != 10 {
		t.Errorf("%d known, bands (-want +got):\n%s", got.Known, diff)
	}
	if years := got.Seconds / 3600 / 24 / 365; years < 16.5 || years > 18.5 {
		t.Errorf("ages sum up to %.1f years", years)
	}
}
