package sqlite

import (
	"testing"
	"time"

	"waymark/catalog"
)

const (
	hour    = time.Hour
	year    = 365 * 24 * time.Hour
	longest = 33 * 24 * time.Hour
)

// claimIn is claim as the service does it: it knows how far ahead a visit can be due.
func claimIn(t *testing.T, s *Store, now time.Time) []catalog.Claim {
	t.Helper()
	claims, err := s.Claim(t.Context(), catalog.ClaimRequest{Now: now, Lease: 20 * time.Minute, Limit: 1000, PerHost: 1000, Longest: longest})
	must(t, err)
	return claims
}

// TestWhatAClockAheadPutOffComesBack: all was visited by a clock that was ahead, which is then put right.
func TestWhatAClockAheadPutOffComesBack(t *testing.T) {
	for name, ahead := range map[string]time.Duration{"by an hour": hour, "by a day": 24 * hour, "by a year": year, "by ten years": 10 * year} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			bring(t, s, onHosts(noon, 5, "a.example", "b.example"))
			wrong := noon.Add(ahead)
			claims := claimIn(t, s, wrong)
			for _, c := range claims[1:] {
				record(t, s, judged(c, answer(c, wrong, 200), wrong))
			}
			must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "a.example", NotBefore: wrong.Add(hour)}, {Host: "b.example", Quiet: wrong.Add(8 * hour)}}))
			must(t, s.Pause(t.Context(), catalog.Pause{Host: "b.example", Since: wrong, Until: wrong.Add(48 * hour)}))

			same(t, "nothing is given twice at once", len(claimIn(t, s, noon)), 0)
			bound := noon.Add(longest + ahead%(2*hour) + 49*hour)
			for _, row := range rowsOf(t, s, catalog.Query{Limit: 500}) {
				if row.Due.After(bound) {
					t.Errorf("%s is due at %s, after %s", row.URL, row.Due, bound)
				}
			}
			same(t, "all comes again", len(claimIn(t, s, bound)), len(claims))
			must(t, s.Verify(t.Context()))
		})
	}
}

// TestAClockPutBackIsNoticed: also when the claim that would have noticed fails, or belongs to another process.
func TestAClockPutBackIsNoticed(t *testing.T) {
	for name, between := range map[string]func(t *testing.T, s *Store) *Store{
		"at once": func(_ *testing.T, s *Store) *Store { return s },
		"after a claim that failed": func(t *testing.T, s *Store) *Store {
			t.Helper()
			change(t, s, `CREATE TRIGGER full BEFORE UPDATE ON hosts BEGIN SELECT RAISE(ABORT, 'no room'); END`)
			if _, err := s.Claim(t.Context(), catalog.ClaimRequest{Now: noon, Lease: hour, Limit: 10, Longest: longest}); err == nil {
				t.Error("the claim did not fail")
			}
			change(t, s, `DROP TRIGGER full`)
			return s
		},
		"after a restart": func(t *testing.T, s *Store) *Store { t.Helper(); return reopen(t, s) },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			bring(t, s, onHosts(noon, 5, "a.example"))
			wrong := noon.Add(year)
			for _, c := range claimIn(t, s, wrong) {
				record(t, s, judged(c, answer(c, wrong, 200), wrong))
			}
			s = between(t, s)
			claimIn(t, s, noon)
			for _, row := range rowsOf(t, s, catalog.Query{Limit: 500}) {
				if row.Due.After(noon.Add(longest)) {
					t.Errorf("%s is due at %s", row.URL, row.Due)
				}
			}
		})
	}
}

// TestWhatIsFarAheadForGoodReasonStays: without a clock that was put back nothing is brought forward, also not after a
// restart, or when visits are to be more frequent from now on.
func TestWhatIsFarAheadForGoodReasonStays(t *testing.T) {
	s := open(t)
	snap := onHosts(noon, 400, "a.example")
	snap.Pace = func(string) time.Duration { return 10 * time.Minute }
	bring(t, s, snap)
	due := func() (times []time.Time) {
		for _, row := range rowsOf(t, s, catalog.Query{Limit: 500}) {
			times = append(times, row.Due)
		}
		return times
	}
	before := due()
	for i := range 3 {
		now := noon.Add(time.Duration(i) * hour)
		_, err := s.Claim(t.Context(), catalog.ClaimRequest{Now: now, Lease: hour, Limit: 1, PerHost: 1, Longest: 24 * hour / time.Duration(i+1)})
		must(t, err)
		s = reopen(t, s)
	}
	same(t, "due times", due(), before)
}

// TestAClockThatRunsAheadGivesNothingTwice: all is due at once, and then the clock is put back.
func TestAClockThatRunsAheadGivesNothingTwice(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 3, "a.example"))
	visit(t, s, noon, 200)
	for i, now := range []time.Time{noon.Add(year), noon.Add(hour), noon.Add(year), noon.Add(2 * hour)} {
		claims := claimIn(t, s, now)
		same(t, "claims", len(claims), []int{3, 0, 3, 0}[i])
		same(t, "a second claim at once", len(claimIn(t, s, now)), 0)
	}
	next, err := s.NextDue(t.Context(), noon.Add(2*hour))
	must(t, err)
	if next.After(noon.Add(8 * 24 * hour)) {
		t.Errorf("leases of a clock ahead put the next visits off to %s", next)
	}
}

func TestAHostsWishIsBounded(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 1, "a.example"))
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "a.example", NotBefore: noon.Add(catalog.LongestWait)}}))
	same(t, "a wish that can be is heeded", len(claimIn(t, s, noon)), 0)
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "a.example", NotBefore: noon.Add(catalog.LongestWait)}}))
	same(t, "one that cannot be is past", len(claimIn(t, s, noon.Add(-2*hour).Add(-year))), 0)
	same(t, "the link is due then", len(claimIn(t, s, noon)), 1)
}

func TestQuietHoursLetAPersonsWishThrough(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 5, "quiet.example"))
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "quiet.example", Quiet: noon.Add(8 * hour)}}))
	same(t, "quiet", len(claimIn(t, s, noon)), 0)
	next, err := s.NextDue(t.Context(), noon)
	must(t, err)
	same(t, "next is the end of the quiet hours", next, noon.Add(8*hour))
	d := detail(t, s, "https://quiet.example/3")
	must(t, s.CheckNow(t.Context(), []int64{d.ID}, noon))
	asked := claimIn(t, s, noon)
	same(t, "only what was asked for", urls(asked), []string{d.URL})
	same(t, "the crawler is told", asked[0].Asked, true)
	record(t, s, judged(asked[0], answer(asked[0], noon, 200), noon))
	same(t, "quiet again", len(claimIn(t, s, noon)), 0)
	got, err := s.Hosts(t.Context())
	must(t, err)
	same(t, "quiet hours are no wish of the host", len(got), 0)
	same(t, "afterwards", len(claimIn(t, s, noon.Add(8*hour))), 4)
}

// TestAWishOutlivesAVisitThatWasPutOff: what a person asked for is put off with the rest by an outage or a pause on its
// way, and goes before the rest when its time has come, quiet hours or not.
func TestAWishOutlivesAVisitThatWasPutOff(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 5, "quiet.example"))
	d := detail(t, s, "https://quiet.example/3")
	must(t, s.CheckNow(t.Context(), []int64{d.ID}, noon))
	c := claim(t, s, noon, 1, 1)[0]
	same(t, "asked", []any{c.URL, c.Asked}, []any{d.URL, true})
	later := noon.Add(hour)
	record(t, s, catalog.Result{Claim: c, Held: true, Judgement: catalog.Offline(c.Standing), Due: later})
	must(t, s.SaveHosts(t.Context(), []catalog.HostState{{Host: "quiet.example", Quiet: noon.Add(8 * hour)}}))
	same(t, "not before its time", len(claimIn(t, s, later.Add(-time.Minute))), 0)
	again := claimIn(t, s, later)
	same(t, "in its time, in quiet hours", urls(again), []string{d.URL})
	same(t, "still asked", again[0].Asked, true)
	record(t, s, judged(again[0], answer(again[0], later, 200), later))
	for _, c := range claimIn(t, s, noon.Add(9*hour)) {
		same(t, "a wish is fulfilled by a visit", c.Asked, false)
	}
}

// TestCheckNowReachesWhatIsHeld: a claim that waits in a long queue is given once more, so that it can overtake.
func TestCheckNowReachesWhatIsHeld(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 20, "a.example"))
	held := claim(t, s, noon, 16, 16)
	must(t, s.CheckNow(t.Context(), []int64{held[9].Resource, detail(t, s, "https://a.example/19").ID}, noon))
	again := claim(t, s, noon, 16, 16)
	same(t, "beyond the share", len(again), 2)
	for _, c := range again {
		same(t, "asked", c.Asked, true)
	}
	same(t, "nothing more", len(claim(t, s, noon, 16, 16)), 0)
	record(t, s, judged(held[9], answer(held[9], noon, 404), noon))
	same(t, "the first token is void", detail(t, s, held[9].URL).Verdict.State, catalog.Unchecked)
}

func TestAHostHoldsNoMoreThanItCanDo(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 20, "slow.example", "fast.example"))
	share := func(host string) int {
		if host == "slow.example" {
			return 2
		}
		return 1000
	}
	req := catalog.ClaimRequest{Now: noon, Lease: time.Minute, Limit: 100, PerHost: 16, Share: share}
	claims, err := s.Claim(t.Context(), req)
	must(t, err)
	same(t, "shares", perHost(claims), map[string]int{"slow.example": 2, "fast.example": 16})
	again, err := s.Claim(t.Context(), req)
	must(t, err)
	same(t, "again", len(again), 0)
}

// TestAWishOfAClockAheadIsNoWishForEver: a person asked by a clock that has been put back since. A visit that is put off
// is not given again before its time.
func TestAWishOfAClockAheadIsNoWishForEver(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 1, "a.example"))
	must(t, s.CheckNow(t.Context(), []int64{detail(t, s, "https://a.example/0").ID}, noon.Add(24*hour)))
	c := claimIn(t, s, noon)[0]
	later := noon.Add(time.Minute)
	record(t, s, catalog.Result{Claim: c, Held: true, Judgement: catalog.Offline(c.Standing), Due: later})
	same(t, "not before its time", len(claimIn(t, s, later.Add(-time.Second))), 0)
	again := claimIn(t, s, later)
	same(t, "in its time", len(again), 1)
	same(t, "still asked", again[0].Asked, true)
}
