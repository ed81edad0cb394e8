package catalog_test

import (
	"testing"
	"time"

	"waymark/catalog"
)

// chain is a visit along hops written as "status url", the last of which answers.
func chain(hops ...catalog.Hop) catalog.Observation {
	return catalog.Observation{At: start, Attempts: 1, Hops: hops}
}

func hop(status int, url string) catalog.Hop { return catalog.Hop{Status: status, URL: url} }

// found returns the finding of a kind that a first judgement opens, nil when it opens none.
func found(j catalog.Judgement, kind catalog.FindingKind) *catalog.Finding {
	for _, f := range j.Opened {
		if f.Kind == kind {
			return &f
		}
	}
	return nil
}

func TestMoved(t *testing.T) {
	tests := []struct {
		name       string
		seen       catalog.Observation
		found      bool
		suggestion string
	}{
		{"no redirect", chain(hop(200, "https://a.example/x")), false, ""},
		{"301", chain(hop(301, "https://a.example/x"), hop(200, "https://a.example/y")), true, "https://a.example/y"},
		{"308", chain(hop(308, "https://a.example/x"), hop(200, "https://a.example/y")), true, "https://a.example/y"},
		{"302", chain(hop(302, "https://a.example/x"), hop(200, "https://a.example/y")), false, ""},
		{"permanent hops, then a temporary one", chain(hop(301, "http://a.example/x"), hop(301, "https://a.example/x"),
			hop(302, "https://a.example/y"), hop(200, "https://a.example/login")), true, "https://a.example/y"},
		{"a temporary hop first", chain(hop(302, "https://a.example/x"), hop(301, "https://a.example/y"), hop(200, "https://a.example/z")), false, ""},
		{"back to itself", chain(hop(301, "https://a.example/x"), hop(200, "https://a.example/x#top")), false, ""},
		{"to the start page", chain(hop(301, "https://a.example/x"), hop(200, "https://a.example/")), true, ""},
		{"to a start page with a query", chain(hop(301, "https://a.example/x"), hop(200, "https://a.example/?p=2")), true, "https://a.example/?p=2"},
		{"from a start page to another", chain(hop(301, "http://a.example/"), hop(200, "https://b.example/")), true, "https://b.example/"},
		{"to what is not there", chain(hop(301, "https://a.example/x"), hop(404, "https://a.example/y")), false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := found(catalog.Judge(unchecked(), tt.seen, policy(), start), catalog.FindingMoved)
			if (f != nil) != tt.found {
				t.Fatalf("finding %+v, want one: %v", f, tt.found)
			}
			if f != nil && f.Suggestion != tt.suggestion {
				t.Errorf("suggests %q, want %q", f.Suggestion, tt.suggestion)
			}
		})
	}
}

func TestOffSite(t *testing.T) {
	tests := []struct {
		name  string
		seen  catalog.Observation
		found bool
	}{
		{"another domain", chain(hop(302, "https://www.example.org/x"), hop(200, "https://other.example/x")), true},
		{"another host of the same domain", chain(hop(301, "https://www.example.org/x"), hop(200, "https://docs.example.org/x")), false},
		{"two customers of one host", chain(hop(301, "https://me.github.io/x"), hop(200, "https://you.github.io/x")), true},
		{"through another domain and back", chain(hop(302, "https://example.org/x"), hop(302, "https://login.test/"), hop(200, "https://example.org/x")), false},
		{"to what refuses us", chain(hop(302, "https://example.org/x"), hop(403, "https://other.example/x")), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := found(catalog.Judge(unchecked(), tt.seen, policy(), start), catalog.FindingOffSite)
			if (f != nil) != tt.found {
				t.Errorf("finding %+v, want one: %v", f, tt.found)
			}
		})
	}
}

// TestUnmodifiedKeepsItsAge: a 304 reads no page, yet the page goes on ageing.
func TestUnmodifiedKeepsItsAge(t *testing.T) {
	standing := catalog.Standing{Verdict: catalog.Fresh(start), Modified: catalog.Modified{At: start.AddDate(-3, 0, 0).Add(48 * time.Hour)}}
	if f := found(catalog.Judge(standing, answered(304), policy(), start), catalog.FindingStale); f != nil {
		t.Errorf("stale too early: %+v", f)
	}
	if f := found(catalog.Judge(standing, answered(304), policy(), start.Add(96*time.Hour)), catalog.FindingStale); f == nil {
		t.Error("not stale after its time")
	}
}

func TestFindingsOpenRewordAndClose(t *testing.T) {
	first := after(unchecked(), catalog.Judge(unchecked(), chain(hop(301, "https://a.example/x"), hop(200, "https://a.example/y")), policy(), start))

	again := catalog.Judge(first, chain(hop(301, "https://a.example/x"), hop(200, "https://a.example/y")), policy(), start.Add(time.Hour))
	if len(again.Opened)+len(again.Closed)+len(again.Changes) != 0 {
		t.Errorf("the same visit turned something: %+v", again)
	}
	reworded := catalog.Judge(first, chain(hop(301, "https://a.example/x"), hop(200, "https://a.example/z")), policy(), start.Add(time.Hour))
	if len(reworded.Opened) != 1 || reworded.Opened[0].ID == 0 || !reworded.Opened[0].Opened.Equal(start) || len(reworded.Changes) != 0 {
		t.Errorf("a new target must reword the open finding: %+v", reworded)
	}
	refused := catalog.Judge(first, answered(403), policy(), start.Add(time.Hour))
	if len(refused.Closed) != 0 {
		t.Errorf("a refused visit settled a finding: %+v", refused.Closed)
	}
	mended := catalog.Judge(first, answered(200), policy(), start.Add(time.Hour))
	if len(mended.Closed) != 1 || len(mended.Changes) != 1 || !mended.Changes[0].Closed {
		t.Errorf("a direct answer must close the finding: %+v", mended)
	}
}

// TestDeadFindingKeepsItsWords: a page that stays dead is no news.
func TestDeadFindingKeepsItsWords(t *testing.T) {
	standing, now := unchecked(), start
	for range 2 {
		standing = after(standing, catalog.Judge(standing, answered(404), policy(), now))
		now = now.Add(25 * time.Hour)
	}
	if standing.Verdict.State != catalog.Dead || len(standing.Findings) != 1 {
		t.Fatalf("after two visits: %+v", standing)
	}
	again := catalog.Judge(standing, answered(404), policy(), now)
	if len(again.Opened)+len(again.Closed)+len(again.Changes) != 0 {
		t.Errorf("the third visit turned something: %+v", again)
	}
	if other := catalog.Judge(standing, answered(410), policy(), now); len(other.Opened) != 1 || other.Opened[0].ID == 0 {
		t.Errorf("another cause must reword the finding: %+v", other)
	}
}

// TestDeadFindingSurvivesAClosedDoor: a refused visit says nothing, so that a person's review of the finding stays.
func TestDeadFindingSurvivesAClosedDoor(t *testing.T) {
	standing, now := unchecked(), start
	for _, status := range []int{404, 404, 429, 404} {
		j := catalog.Judge(standing, answered(status), policy(), now)
		if len(j.Closed) != 0 {
			t.Fatalf("%d closed %+v", status, j.Closed)
		}
		standing, now = after(standing, j), now.Add(25*time.Hour)
	}
	if len(standing.Findings) != 1 || !standing.Findings[0].Opened.Equal(start.Add(25*time.Hour)) {
		t.Errorf("open findings %+v, want the one of the second visit", standing.Findings)
	}
	if j := catalog.Judge(standing, answered(200), policy(), now); len(j.Closed) != 1 {
		t.Errorf("a good visit closed %+v, want the finding", j.Closed)
	}
}

func TestMissingAnchorsOfLocalFiles(t *testing.T) {
	seen := catalog.Observation{Local: true, Missing: []string{"one", "two"}}
	j := catalog.Judge(unchecked(), seen, catalog.Policy{}, start)
	if len(j.Opened) != 2 || j.Opened[0].Fragment != "one" || j.Opened[1].Fragment != "two" {
		t.Errorf("got %+v, want a finding per fragment", j.Opened)
	}
}
