package crawler

import (
	"slices"
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
	"waymark/crawler/fakeweb/dates"
)

// TestDates visits every page of the table of dates and holds what was read against what is true.
func TestDates(t *testing.T) {
	web, err := fakeweb.Start(fakeweb.Options{Now: dates.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(web.Close)
	dates.Furnish(web)
	rows := dates.All()
	var claims []catalog.Claim
	for i, r := range rows {
		claims = append(claims, claimOf(i, web.URL(dates.Host(i), r.Address())))
	}
	for i, result := range check(t, newCrawler(t, options(web)), claims...) {
		r, page := rows[i], result.Observation.Page
		day := ""
		if !page.Modified.IsZero() {
			day = page.Modified.Format("2006-01-02")
		}
		if !oneOf(r.Want.Day, day) || !oneOf(r.Want.From, page.ModifiedFrom) || !oneOf(r.Want.Sure, string(page.ModifiedSure)) ||
			!strings.Contains(page.ModifiedAs, r.Want.As) {
			t.Errorf("%s: %q from %s (%s) as %q, want %q from %s (%s) as %q", r.Name,
				day, page.ModifiedFrom, page.ModifiedSure, page.ModifiedAs, r.Want.Day, r.Want.From, r.Want.Sure, r.Want.As)
		}
	}
}

func oneOf(list, got string) bool { return slices.Contains(strings.Split(list, "|"), got) }
