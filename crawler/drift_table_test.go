package crawler

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
	"waymark/crawler/fakeweb/behaviours"
)

var listItem = regexp.MustCompile(`\[(.*)\]\(<?([^ >)]+)>?\)`)

// TestNothingOfTheTableDrifts visits what is in order of the table of behaviours three times over two months, held
// against what their list says of them: only what the table says has drifted has.
func TestNothingOfTheTableDrifts(t *testing.T) {
	web := startWeb(t)
	claims, expected := putUpTable(web)
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	o := serviceOptions(web)
	o.Now, o.Timeout = func() time.Time { return now }, 2*time.Second
	c := newCrawler(t, o)
	read := 0
	for range 3 {
		results := check(t, c, claims...)
		claims = claims[:0]
		for _, r := range results {
			for _, f := range r.Judgement.Opened {
				if f.Kind == catalog.FindingDrifted && !expected[r.Claim.URL] {
					t.Errorf("%s, which its list calls %q: %s", r.Claim.URL, r.Claim.Standing.Listed[0], f.Message)
				}
			}
			if r.Judgement.Prints.Kept == nil {
				continue // nothing to compare, at this visit or the next
			}
			read++
			claim := claimOf(len(claims), r.Claim.URL)
			claim.Remembered, claim.ETag, claim.LastModified = true, r.Observation.ETag, r.Observation.LastModified
			claim.Standing = catalog.Standing{Verdict: r.Judgement.Verdict, Prints: r.Judgement.Prints, Listed: r.Claim.Standing.Listed}
			claims = append(claims, claim)
		}
		now = now.AddDate(0, 1, 0)
	}
	if read < 200 {
		t.Errorf("only %d visits had something to keep", read)
	}
}

// putUpTable puts up what is in order, and returns a claim for each link, and by address whether it may have drifted.
func putUpTable(web *fakeweb.Web) (claims []catalog.Claim, expected map[string]bool) {
	themes := behaviours.All()
	behaviours.Furnish(web, themes)
	expected = map[string]bool{}
	for _, theme := range themes {
		for _, c := range theme.Cases {
			if c.Standard || c.Want.State != string(catalog.OK) || theme.Name == "robots.txt and limits" { // where crawlers wait
				continue
			}
			for _, line := range behaviours.PutUp(web, c) {
				m := listItem.FindStringSubmatch(line)
				if m == nil {
					continue
				}
				target := catalog.Canonical(m[2], catalog.From{})
				if target.Reason != "" {
					continue
				}
				claim := claimOf(len(claims), target.URL)
				claim.Remembered, claim.Standing.Listed = true, []string{m[1]}
				claims = append(claims, claim)
				expected[target.URL] = mayDrift(c)
			}
		}
	}
	return claims, expected
}

func mayDrift(c behaviours.Case) bool {
	return slices.ContainsFunc(append(c.Or, c.Want), func(w behaviours.Want) bool {
		return slices.ContainsFunc(w.Findings, func(f behaviours.Finding) bool { return f.Kind == string(catalog.FindingDrifted) })
	})
}
