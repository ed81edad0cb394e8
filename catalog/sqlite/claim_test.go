package sqlite

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"waymark/catalog"
)

// onHosts is a list with n links on each of some hosts.
func onHosts(at time.Time, n int, hosts ...string) catalog.Snapshot {
	var links []catalog.Placement
	for _, host := range hosts {
		for i := range n {
			links = append(links, link(len(links)+1, "Title", fmt.Sprintf("https://%s/%d", host, i)))
		}
	}
	return list("a", at, links...)
}

func perHost(claims []catalog.Claim) map[string]int {
	n := map[string]int{}
	for _, c := range claims {
		n[c.Host]++
	}
	return n
}

func TestClaimSharesAmongHosts(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 50, "big.example", "small.example", "tiny.example"))
	first := claim(t, s, noon, 100, 4)
	same(t, "shares", perHost(first), map[string]int{"big.example": 4, "small.example": 4, "tiny.example": 4})
	same(t, "all shares are held", len(claim(t, s, noon, 100, 4)), 0)
	record(t, s, judged(first[0], answer(first[0], noon, 200), noon))
	again := claim(t, s, noon, 100, 4)
	same(t, "one place is free again", perHost(again), map[string]int{first[0].Host: 1})
	next, err := s.NextDue(t.Context(), noon)
	must(t, err)
	same(t, "next is when a lease ends", next, noon.Add(time.Minute))
}

func TestClaimStopsAtItsLimit(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 3, "a.example", "b.example", "c.example", "d.example"))
	seen := map[int64]bool{}
	for range 4 {
		claims := claim(t, s, noon, 3, 3)
		same(t, "claims", len(claims), 3)
		for _, c := range claims {
			if seen[c.Resource] {
				t.Errorf("%s was claimed twice", c.URL)
			}
			seen[c.Resource] = true
		}
	}
	same(t, "nothing left", len(claim(t, s, noon, 3, 3)), 0)
}

func TestClaimCarriesWhatIsBelieved(t *testing.T) {
	s := open(t)
	one, again := link(1, "One", "https://one.example/#x"), link(2, "Again", "https://one.example/#y")
	again.Kind = catalog.Course
	bring(t, s, list("a", noon, one, again))
	c := claim(t, s, noon, 1, 1)[0]
	same(t, "first", c, catalog.Claim{Resource: c.Resource, Token: c.Token, URL: "https://one.example/", Host: "one.example",
		Sources: []string{"a"}, Spots: []catalog.Spot{{Kind: catalog.Article, Title: "One", Section: []string{}}, {Kind: catalog.Course, Title: "Again", Section: []string{}}}, Fragments: []string{"x", "y"}, Remembered: true,
		Standing: catalog.Standing{Verdict: catalog.Fresh(noon), Listed: []string{"One", "Again"}}})

	seen := answer(c, noon, 200)
	seen.ETag, seen.LastModified = `"v1"`, "Sun, 01 Mar 2015 00:00:00 GMT"
	seen.Page.Modified = time.Date(2015, 3, 1, 0, 0, 0, 0, time.UTC)
	seen.Hops = []catalog.Hop{{URL: c.URL, Status: 301, Location: "/new"}, {URL: c.URL + "new", Status: 200}}
	result := judged(c, seen, noon)
	record(t, s, result)
	later := claim(t, s, result.Due, 1, 1)[0]
	same(t, "validators", []string{later.ETag, later.LastModified}, []string{seen.ETag, seen.LastModified})
	want := catalog.Standing{Verdict: result.Judgement.Verdict, Findings: result.Judgement.Opened, Modified: catalog.Modified{At: seen.Page.Modified, Sure: catalog.High}, Listed: []string{"One", "Again"}}
	for i := range want.Findings {
		want.Findings[i].ID = later.Standing.Findings[i].ID
	}
	same(t, "standing", later.Standing, want)
	same(t, "findings", len(want.Findings), 2) // moved and stale
}

func TestALateResultIsDropped(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 1, "one.example"))
	lost := claim(t, s, noon, 1, 1)[0]
	same(t, "held", len(claim(t, s, noon.Add(59*time.Second), 1, 1)), 0)
	after := noon.Add(time.Minute)
	taken := claim(t, s, after, 1, 1)
	same(t, "another takes it when the lease ends", urls(taken), []string{"https://one.example/0"})

	record(t, s, judged(lost, answer(lost, noon, 404), after))
	same(t, "the late result left nothing", detail(t, s, lost.URL).Verdict.State, catalog.Unchecked)
	record(t, s, judged(taken[0], answer(taken[0], after, 200), after))
	record(t, s, judged(taken[0], answer(taken[0], after, 404), after))
	d := detail(t, s, lost.URL)
	same(t, "only the first result of a claim counts", d.Verdict.State, catalog.OK)
	same(t, "history", len(d.History), 1)
}

func TestAResultOfAnEndedLeaseThatNobodyTookCounts(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 1, "one.example"))
	c := claim(t, s, noon, 1, 1)[0]
	record(t, s, judged(c, answer(c, noon, 200), noon.Add(time.Hour)))
	same(t, "state", detail(t, s, c.URL).Verdict.State, catalog.OK)
}

// TestLeasesEndWithTheProcess: what a killed crawler had claimed is claimed again right after the restart.
func TestLeasesEndWithTheProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "waymark.db")
	before, err := Open(t.Context(), path, slog.New(slog.DiscardHandler))
	must(t, err)
	bring(t, before, onHosts(noon, 2, "one.example"))
	lost := claim(t, before, noon, 2, 2)
	must(t, before.Close())

	s := openAt(t, path)
	same(t, "claimed again at once", urls(claim(t, s, noon, 2, 2)), urls(lost))
	record(t, s, judged(lost[0], answer(lost[0], noon, 404), noon))
	same(t, "a result from before is dropped", detail(t, s, lost[0].URL).Verdict.State, catalog.Unchecked)
}

func TestReleaseJudgesNothing(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 2, "one.example"))
	claims := claim(t, s, noon, 2, 2)
	must(t, s.Release(t.Context(), claims))
	d := detail(t, s, claims[0].URL)
	same(t, "state", d.Verdict.State, catalog.Unchecked)
	same(t, "due", d.Due, noon)
	record(t, s, judged(claims[0], answer(claims[0], noon, 404), noon))
	same(t, "what was given back is not recorded", len(detail(t, s, claims[0].URL).History), 0)
	same(t, "claimed again at once", len(claim(t, s, noon, 2, 2)), 2)
}

func TestCheckNowGoesFirst(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 3, "a.example", "b.example", "c.example"))
	visit(t, s, noon, 200)
	d := detail(t, s, "https://b.example/2")
	year := noon.Add(365 * 24 * time.Hour)
	same(t, "not due", len(claim(t, s, noon.Add(time.Minute), 9, 9)), 0)
	must(t, s.CheckNow(t.Context(), []int64{d.ID}, noon.Add(time.Minute)))
	must(t, talliesHold(s))
	same(t, "due at once", urls(claim(t, s, noon.Add(time.Minute), 9, 9)), []string{d.URL})

	must(t, s.CheckNow(t.Context(), []int64{d.ID}, year))
	same(t, "before all that is overdue", urls(claim(t, s, year, 1, 1)), []string{d.URL})
	if err := s.CheckNow(t.Context(), []int64{d.ID, 999}, year); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("an unknown resource gives %v", err)
	}
}

func TestCheckNowWaitsForAHostThatWantsPeace(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 1, "one.example", "two.example"))
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "one.example", NotBefore: noon.Add(time.Hour), Failures: 2, Gap: 1500 * time.Millisecond}}))
	must(t, s.CheckNow(t.Context(), []int64{detail(t, s, "https://one.example/0").ID}, noon))
	same(t, "left alone", urls(claim(t, s, noon, 9, 9)), []string{"https://two.example/0"})
	next, err := s.NextDue(t.Context(), noon)
	must(t, err)
	same(t, "next is the end of a lease", next, noon.Add(time.Minute))
	same(t, "when its time has come", perHost(claim(t, s, noon.Add(time.Hour), 9, 9))["one.example"], 1)
}

func TestHostsAreRememberedUntilTheyAreWell(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 1, "one.example"))
	states := []catalog.HostState{{Host: "one.example", Gap: 2 * time.Second, NotBefore: noon, Failures: 3}, {Host: "only-in-redirects.example", Failures: 1}}
	must(t, s.SaveHosts(t.Context(), states))
	got, err := s.Hosts(t.Context())
	must(t, err)
	same(t, "hosts", got, states)
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "one.example"}}))
	got, err = s.Hosts(t.Context())
	must(t, err)
	same(t, "well again", got, states[1:])
}

// TestClaimsTakesASourceAsAWhole: a single run visits what is not due, and what needs no network is there too.
func TestClaimsTakesASourceAsAWhole(t *testing.T) {
	s := open(t)
	bring(t, s, list("a", noon, link(1, "A", "https://a.example/"), link(2, "Mail", "mailto:a@a.example")))
	bring(t, s, list("b", noon, link(1, "A", "https://a.example/"), link(2, "B", "https://b.example/")))
	visit(t, s, noon, 200)
	first, err := s.Claims(t.Context(), "a")
	must(t, err)
	same(t, "the resources of a", urls(first), []string{"https://a.example/", "mailto:a@a.example"})
	same(t, "what is believed comes along", first[0].Standing.Verdict.State, catalog.OK)
	second, err := s.Claims(t.Context(), "b")
	must(t, err)
	same(t, "the resources of b", urls(second), []string{"https://a.example/", "https://b.example/"})

	later := noon.Add(time.Hour)
	record(t, s, judged(first[0], answer(first[0], later, 500), later))
	same(t, "the earlier token is void", detail(t, s, "https://a.example/").Verdict.State, catalog.OK)
	record(t, s, judged(second[0], answer(second[0], later, 500), later))
	same(t, "the later one counts", detail(t, s, "https://a.example/").Verdict.State, catalog.Failing)
}

func TestEightWritersLoseNothing(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 15, "a.example", "b.example", "c.example", "d.example"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				claims, err := s.Claim(context.Background(), catalog.ClaimRequest{Now: noon, Lease: time.Hour, Limit: 7, PerHost: 100})
				if err != nil || len(claims) == 0 {
					must(t, err)
					return
				}
				for _, c := range claims {
					must(t, s.Record(context.Background(), []catalog.Result{judged(c, answer(c, noon, 200), noon)}))
					_, err := s.Resource(context.Background(), c.Resource)
					must(t, err)
				}
			}
		})
	}
	wg.Wait()
	same(t, "states", overview(t, s, noon).Catalog.States, map[catalog.State]int{catalog.OK: 60})
	var observations int
	must(t, s.writer.QueryRow(`SELECT count(*) FROM observations`).Scan(&observations))
	same(t, "observations", observations, 60)
}

func TestAPersonDoesNotWaitForTheCrawlersBatches(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 5, "one.example"))
	id := detail(t, s, "https://one.example/4").ID
	must(t, s.gate.enter(t.Context(), crawling)) // a batch is being written
	order := make(chan string, 4)
	var wg sync.WaitGroup
	queue := func(name string, l lane, fn func() error) {
		wg.Go(func() {
			must(t, fn())
			order <- name
		})
		for s.queued(l) == 0 {
			time.Sleep(time.Millisecond)
		}
	}
	queue("batch", crawling, func() error {
		_, err := s.Claim(t.Context(), catalog.ClaimRequest{Now: noon, Lease: time.Minute, Limit: 1, PerHost: 1})
		return err
	})
	queue("person", people, func() error { return s.CheckNow(t.Context(), []int64{id}, noon) })
	s.gate.leave()
	wg.Wait()
	close(order)
	same(t, "order", slices.Collect(func(yield func(string) bool) {
		for name := range order {
			yield(name)
		}
	}), []string{"person", "batch"})
}

// queued returns how many wait in a lane.
func (s *Store) queued(l lane) int {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	return len(s.gate.waiting[l])
}

// TestQuietHoursEndWithTheProcess: the configuration may have changed since.
func TestQuietHoursEndWithTheProcess(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 2, "quiet.example"))
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "quiet.example", Quiet: noon.Add(8 * time.Hour)}}))
	same(t, "quiet", len(claim(t, s, noon, 9, 9)), 0)
	same(t, "after a restart", len(claim(t, reopen(t, s), noon, 9, 9)), 2)
}
