package sqlite

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"waymark/catalog"
)

// one returns a store with one resource, and its claim.
func one(t *testing.T) (*Store, catalog.Claim) {
	t.Helper()
	s := open(t)
	bring(t, s, list("a", noon, link(1, "One", "https://one.example/")))
	return s, claim(t, s, noon, 1, 1)[0]
}

func TestAnObservationComesBackAsItWas(t *testing.T) {
	page := &catalog.Page{Title: "Ünïcode \"title\"", Canonical: "https://one.example/c", Language: "pt-BR", Refresh: "https://one.example/r",
		Modified: time.Date(2019, 3, 2, 0, 0, 0, 0, time.UTC), ModifiedFrom: "json-ld"}
	cases := map[string]catalog.Observation{
		"one hop": {At: noon, Duration: 1234 * time.Microsecond, Attempts: 1, ContentType: "text/html", Bytes: 77, Page: page, ETag: `"x"`,
			LastModified: "yesterday", Hops: []catalog.Hop{{URL: "https://one.example/", Status: 200, Duration: 55 * time.Microsecond}}},
		"redirects": {At: noon, Attempts: 3, Truncated: true, Hops: []catalog.Hop{
			{URL: "https://one.example/", Status: 302, Location: "/a?b=1"}, {URL: "https://one.example/a?b=1", Status: 200, Duration: time.Second}}},
		"one hop elsewhere": {At: noon, Hops: []catalog.Hop{{URL: "https://one.example/#/route", Status: 204}}},
		"failure": {At: noon, Attempts: 2, Hops: []catalog.Hop{{URL: "https://one.example/"}},
			Failure: &catalog.Failure{Reason: catalog.ReasonDNS, NoSuchHost: true, Connecting: true, Detail: "no such host"}},
		"blocked": {At: noon, RetryAfter: 90 * time.Second, Challenge: "provider", Hops: []catalog.Hop{{URL: "https://one.example/", Status: 403}}},
		"local":   {At: noon, Local: true, Missing: []string{"a", "b"}, Near: map[string]string{"a": "aa"}},
		"questions": {At: noon, CertificateEnds: noon, Signals: []catalog.Signal{{Kind: catalog.SignalError, Rule: "error-title", Says: "404"}},
			Hops: []catalog.Hop{{URL: "https://one.example/", Status: 200, Location: "/a", Refresh: true}},
			Answers: []catalog.Answer{{Kind: catalog.AskSibling, URL: "https://one.example/x", Why: "short", Status: 200, Hops: 1,
				Final: "https://one.example/", Sketch: &catalog.Sketch{Words: 7, Print: 1<<64 - 1}}}},
	}
	for name, seen := range cases {
		t.Run(name, func(t *testing.T) {
			s, c := one(t)
			result := judged(c, seen, noon)
			record(t, s, result)
			d := detail(t, s, c.URL)
			v := result.Judgement.Verdict
			same(t, "history", d.History, []catalog.Seen{{Observation: seen, State: v.State, Reason: v.Reason, Message: v.Message}})
			same(t, "verdict", d.Verdict, v)
			same(t, "final", d.Final, seen.FinalURL())
			same(t, "status", d.Status, seen.Status())
			same(t, "checked", d.Checked, noon)
			same(t, "due", d.Due, result.Due.Truncate(time.Millisecond))
		})
	}
}

func TestPageFactsOutliveFailuresAnd304(t *testing.T) {
	s, c := one(t)
	good := answer(c, noon, 200)
	good.ETag, good.Page.Canonical, good.Page.Modified, good.Page.ModifiedFrom = `"v1"`, "https://one.example/c", noon.AddDate(-1, 0, 0), "meta"
	now := noon
	for _, seen := range []catalog.Observation{good, answer(c, now, 304), answer(c, now, 404), {Failure: &catalog.Failure{Reason: catalog.ReasonTimeout}}} {
		seen.At = now
		result := judged(c, seen, now)
		record(t, s, result)
		d := detail(t, s, c.URL)
		same(t, "facts", []string{d.Title, d.Language, d.Canonical, d.Modified.From, d.ContentType},
			[]string{good.Page.Title, "en", "https://one.example/c", "meta", "text/html"})
		same(t, "modified", d.Modified.At, good.Page.Modified)
		now = result.Due.Add(time.Second)
		c = claim(t, s, now, 1, 1)[0]
		same(t, "validator", c.ETag, `"v1"`)
	}
}

func TestEqualPageFactsAreStoredOnce(t *testing.T) {
	s, c := one(t)
	for i, title := range []string{"A", "A", "B", "B", "A"} {
		now := noon.AddDate(0, i, 0)
		if i > 0 {
			c = claim(t, s, now, 1, 1)[0]
		}
		seen := answer(c, now, 200)
		seen.Page.Title = title
		record(t, s, judged(c, seen, now))
	}
	var pages int
	must(t, s.writer.QueryRow(`SELECT count(*) FROM pages`).Scan(&pages))
	same(t, "pages", pages, 3)
	titles := ""
	for _, seen := range detail(t, s, c.URL).History {
		titles += seen.Page.Title
	}
	same(t, "each visit shows its own", titles, "ABBAA")
}

func TestFindingsOpenAreRewordedAndClose(t *testing.T) {
	s, c := one(t)
	redirect := func(to string) catalog.Observation {
		seen := answer(c, noon, 200)
		seen.Hops = []catalog.Hop{{URL: c.URL, Status: 301, Location: to}, {URL: to, Status: 200}}
		return seen
	}
	steps := []struct {
		seen    catalog.Observation
		open    []catalog.Finding
		changes int
	}{
		{redirect("https://one.example/a"), []catalog.Finding{{Kind: catalog.FindingMoved, Message: "Permanently redirected to https://one.example/a.", Suggestion: "https://one.example/a", Opened: noon}}, 2},
		{redirect("https://one.example/b"), []catalog.Finding{{Kind: catalog.FindingMoved, Message: "Permanently redirected to https://one.example/b.", Suggestion: "https://one.example/b", Opened: noon}}, 2},
		{answer(c, noon, 200), nil, 3},
	}
	for i, step := range steps {
		now := noon.AddDate(0, i, 0)
		if i > 0 {
			c = claim(t, s, now, 1, 1)[0]
		}
		step.seen.At = now
		record(t, s, judged(c, step.seen, now))
		d := detail(t, s, c.URL)
		same(t, "open findings", d.Findings, step.open, cmpopts.IgnoreFields(catalog.Finding{}, "ID"))
		same(t, "changes", len(d.Changes), step.changes)
		same(t, "kinds in the row", len(d.Open), len(step.open))
		same(t, "tally", overview(t, s, now).Catalog.Findings[catalog.FindingMoved], len(step.open))
	}
	feed, err := s.Changes(t.Context(), 1, 10)
	must(t, err)
	same(t, "the feed goes on after a number", []int64{feed[0].ID, feed[1].ID}, []int64{2, 3})
	same(t, "closed", feed[1].Closed, true)
	same(t, "of which resource", feed[1].URL, c.URL)
	same(t, "a first good visit is no news", len(overview(t, s, noon).Turned), 2)
}

func TestAHeldResultLeavesNoHistory(t *testing.T) {
	s, c := one(t)
	down := catalog.Observation{At: noon, Failure: &catalog.Failure{Reason: catalog.ReasonDNS}}
	record(t, s, catalog.Result{Claim: c, Observation: down, Judgement: catalog.Offline(c.Standing), Due: noon.Add(time.Hour), Held: true})
	d := detail(t, s, c.URL)
	same(t, "history", len(d.History), 0)
	same(t, "reason", d.Verdict.Reason, catalog.ReasonOffline)
	same(t, "state", d.Verdict.State, catalog.Unchecked)
	same(t, "checked", d.Checked.IsZero(), true)
	same(t, "due", d.Due, noon.Add(time.Hour))
}

func TestOneBadResultDoesNotSpoilTheBatch(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 2, "one.example"))
	claims := claim(t, s, noon, 2, 2)
	bad := judged(claims[0], answer(claims[0], noon, 200), noon)
	bad.Judgement.Verdict.State = "splendid"
	record(t, s, bad, judged(claims[1], answer(claims[1], noon, 200), noon))
	same(t, "states", overview(t, s, noon).Catalog.States, map[catalog.State]int{catalog.OK: 1, catalog.Unchecked: 1})
}

func TestAResultForAResourceThatWentMeanwhileDoesNotBringItBack(t *testing.T) {
	s, c := one(t)
	bring(t, s, list("a", noon, link(1, "Other", "https://other.example/")))
	record(t, s, judged(c, answer(c, noon, 200), noon))
	must(t, talliesHold(s))
	same(t, "claims", urls(claim(t, s, noon.AddDate(1, 0, 0), 9, 9)), []string{"https://other.example/"})
}

func TestAClaimKnowsHowOftenItsResourceCameAndWent(t *testing.T) {
	s, c := one(t)
	now := noon
	for _, step := range []struct {
		status int
		after  time.Duration
		turns  int // before this visit
	}{{200, 0, 0}, {503, 24 * time.Hour, 0}, {200, 24 * time.Hour, 1}, {403, 24 * time.Hour, 2}, {503, 24 * time.Hour, 2}, {200, 40 * 24 * time.Hour, 0}} {
		now = now.Add(step.after)
		if step.after > 0 {
			c = claim(t, s, now, 1, 1)[0]
		}
		same(t, "turns", c.Standing.Turns, step.turns)
		result := judged(c, answer(c, now, step.status), now)
		result.Due = now
		record(t, s, result)
	}
}

func TestAClaimKnowsOfAHostThatFailsAsAWhole(t *testing.T) {
	s := open(t)
	bring(t, s, onHosts(noon, 4, "down.example"))
	now := noon
	for round, want := range []int{0, 4, 0} {
		claims := claim(t, s, now, 4, 4)
		var results []catalog.Result
		for i, c := range claims {
			same(t, "resources that fail there", c.Standing.HostDown, want)
			status := 503
			if round == 1 && i == 0 {
				status = 200
			}
			result := judged(c, answer(c, now, status), now)
			result.Due = now
			results = append(results, result)
		}
		record(t, s, results...)
		now = now.Add(24 * time.Hour)
	}
}

// TestAResultThatCannotBeWrittenHoldsNoOther: one page with an impossible date would keep everything from being recorded.
func TestAResultThatCannotBeWrittenHoldsNoOther(t *testing.T) {
	beyond := time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, spoil := range map[string]func(*catalog.Observation){
		"the date of a page":       func(o *catalog.Observation) { o.Page.Modified = beyond },
		"the end of a certificate": func(o *catalog.Observation) { o.CertificateEnds = time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC) },
		"the last push": func(o *catalog.Observation) {
			o.Answers = []catalog.Answer{{Repository: &catalog.Repository{Pushed: beyond}}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			bring(t, s, onHosts(noon, 2, "a.example"))
			claims := claim(t, s, noon, 2, 2)
			spoilt := answer(claims[0], noon, 200)
			spoil(&spoilt)
			record(t, s, judged(claims[0], spoilt, noon), judged(claims[1], answer(claims[1], noon, 200), noon))
			same(t, "the spoilt one", detail(t, s, claims[0].URL).Verdict.State, catalog.Unchecked)
			same(t, "the other", detail(t, s, claims[1].URL).Verdict.State, catalog.OK)
			must(t, s.Verify(t.Context()))
		})
	}
}
