// Package fill makes big catalogs for benchmarks, always the same.
package fill

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"waymark/catalog"
)

// Store is what a catalog is written to.
type Store interface {
	Sync(ctx context.Context, snap catalog.Snapshot) (catalog.SyncReport, error)
	Claim(ctx context.Context, req catalog.ClaimRequest) ([]catalog.Claim, error)
	Record(ctx context.Context, results []catalog.Result) error
}

// Size is how big a catalog is to be.
type Size struct {
	Resources int
	Visits    int // observations of each
}

// The shape of a catalog.
const (
	perSource  = 100_000
	perFile    = 1000
	perTopic   = 10_000
	between    = 7 * 24 * time.Hour // visits
	batch      = 1000
	firstVisit = 2 * time.Hour // after the sync, when all is due
)

// Start is when the lists of a catalog are read. The first visits are two hours later, further ones a week apart.
func Start() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// Catalog fills an empty store: sources of 100,000 placements in files of 1,000, on hosts with a long tail, a third on
// one host, half of the rest on a hundred, the others alone. In each round all resources are visited; one in fifty
// fails, one in twenty is redirected, always the same. At the end one in five is due. Tell hears what was done.
func Catalog(ctx context.Context, store Store, size Size, tell func(what string)) error {
	for from := 0; from < size.Resources; from += perSource {
		began := time.Now()
		snap := source(from, min(from+perSource, size.Resources))
		if _, err := store.Sync(ctx, snap); err != nil {
			return err
		}
		tell(fmt.Sprintf("synced %s in %v", snap.Source.Name, time.Since(began).Round(time.Millisecond)))
	}
	for round := range size.Visits {
		began := time.Now()
		now := Start().Add(firstVisit + time.Duration(round)*between)
		if err := visit(ctx, store, now, round == size.Visits-1); err != nil {
			return err
		}
		tell(fmt.Sprintf("claimed and recorded round %d in %v", round+1, time.Since(began).Round(time.Millisecond)))
	}
	return nil
}

// source is a list of the resources from one number up to another.
func source(from, to int) catalog.Snapshot {
	kinds := catalog.Kinds()
	name := fmt.Sprintf("source-%03d", from/perSource)
	snap := catalog.Snapshot{Source: catalog.Source{Name: name, Path: name}, Hash: name, Taken: Start()}
	for first := from; first < to; first += perFile {
		l := catalog.Listing{File: fmt.Sprintf("topic-%d/list-%d.md", first/perTopic, first)}
		for i := first; i < min(first+perFile, to); i++ {
			l.Placements = append(l.Placements, catalog.Placement{File: l.File, Line: i - first + 1, Start: i * 100, End: i*100 + 40,
				Section: []string{fmt.Sprintf("Topic %d", first/perTopic), fmt.Sprintf("Part %d", i%20)},
				Title:   fmt.Sprintf("Resource number %d", i), Kind: kinds[i%len(kinds)], URL: URL(i)})
		}
		snap.Listings = append(snap.Listings, l)
	}
	return snap
}

// URL returns the address of a resource by its number.
func URL(i int) string {
	switch i % 3 {
	case 0:
		return fmt.Sprintf("https://big.example/owner-%d/project-%d", i%977, i)
	case 1:
		return fmt.Sprintf("https://host-%d.example/articles/%d", i%100, i)
	default:
		return fmt.Sprintf("https://single-%d.example/", i)
	}
}

// visit visits all that is due. In the last round one in five stays due.
func visit(ctx context.Context, store Store, now time.Time, last bool) error {
	for {
		claims, err := store.Claim(ctx, catalog.ClaimRequest{Now: now, Lease: time.Hour, Limit: batch, PerHost: batch})
		if err != nil || len(claims) == 0 {
			return err
		}
		results := Results(claims, now, 0)
		for i := range results {
			random := rand.New(rand.NewPCG(uint64(results[i].Claim.Resource), 0))
			results[i].Due = now.Add(between)
			if last {
				results[i].Due = now.Add(time.Second + time.Duration(random.Int64N(int64(between))))
			}
			if last && random.IntN(5) == 0 {
				results[i].Due = now.Add(time.Millisecond)
			}
		}
		if err := store.Record(ctx, results); err != nil {
			return err
		}
	}
}

// Turning is how many visits there are to one that finds something else than the others do. It is rather too often: of 456
// real links that were visited eight times, two were in doubt.
const Turning = 200

// Results answers claims. Each resource has its own way to answer, from which one visit in so many departs (0: none).
func Results(claims []catalog.Claim, now time.Time, turning int) []catalog.Result {
	rules := catalog.DefaultRules()
	results := make([]catalog.Result, len(claims))
	for i, c := range claims {
		seen := answer(c, now, turning)
		policy := rules.For(c.Host, c.Spots)
		j := catalog.Judge(c.Standing, seen, policy, now)
		due, _ := catalog.NextVisit(j.Verdict, seen, policy, c.URL, now)
		results[i] = catalog.Result{Claim: c, Observation: seen, Judgement: j, Due: due}
	}
	return results
}

func answer(c catalog.Claim, now time.Time, turning int) catalog.Observation {
	random := rand.New(rand.NewPCG(uint64(c.Resource), 1))
	bad := random.IntN(50) == 0
	if turning > 0 && rand.New(rand.NewPCG(uint64(c.Resource), uint64(now.UnixMilli()))).IntN(turning) == 0 {
		bad = !bad
	}
	status := 200
	if bad {
		status = []int{404, 403, 503}[c.Resource%3]
	}
	seen := catalog.Observation{At: now, Duration: time.Duration(20+random.IntN(400)) * time.Millisecond, Attempts: 1, ContentType: "text/html",
		Bytes: 1000, ETag: fmt.Sprintf(`"%x"`, c.Resource), Hops: []catalog.Hop{{URL: c.URL, Status: status, Duration: 80 * time.Millisecond}}}
	if random.IntN(20) == 0 {
		seen.Hops = []catalog.Hop{{URL: c.URL, Status: 301, Location: c.URL + "new"}, {URL: c.URL + "new", Status: status}}
	}
	if status == 200 {
		// A date that opens no finding: how many are open is told by the redirects alone.
		seen.Page = &catalog.Page{Title: "Title of " + c.URL, Language: "en", ModifiedFrom: "text", ModifiedSure: catalog.Low,
			Modified: Start().AddDate(0, 0, -int(c.Resource*7919%4500))}
		seen.Text = &catalog.Text{Mark: uint64(c.Resource), Same: c.Standing.Prints.Kept != nil, Related: catalog.Related}
		if !seen.Text.Same {
			seen.Text.Print = fingerprint(c.Resource)
		}
	}
	return seen
}

// fingerprint is what is kept of a page, as long as of most: some 700 bytes.
func fingerprint(resource int64) *catalog.Fingerprint {
	f := &catalog.Fingerprint{Title: fmt.Sprintf("Title of resource %d", resource), Language: "en", Script: "latin", Words: 900, Print: uint64(resource)}
	for i := range 64 {
		f.Terms = append(f.Terms, catalog.Term{Word: fmt.Sprintf("word%04d", (resource*31+int64(i)*17)%10_000), Count: 1 + (64-i)/8})
	}
	return f
}
