package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

func TestNewsCountEachResourceOnce(t *testing.T) {
	turn := func(resource int64, to catalog.State) catalog.Turned {
		return catalog.Turned{Resource: resource, Change: catalog.Change{From: catalog.OK, To: to}}
	}
	finding := func(resource int64, closed bool) catalog.Turned {
		return catalog.Turned{Resource: resource, Change: catalog.Change{Finding: catalog.FindingMoved, Closed: closed}}
	}
	got := newsWords([]catalog.Turned{ // the latest first
		turn(1, catalog.Dead), turn(1, catalog.Failing),
		turn(2, catalog.OK), turn(2, catalog.Dead), turn(2, catalog.Failing),
		finding(1, false),
		finding(3, false), finding(3, false),
		finding(4, true), finding(4, false),
	})
	if diff := cmp.Diff([]string{"1 died", "1 newly flagged", "1 came back", "1 mended"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSoreBranchesDoNotRepeatEachOther(t *testing.T) {
	branch := func(dead int, headings ...string) catalog.Branch {
		return catalog.Branch{Source: "list", Kind: catalog.BranchHeading, File: "a.md", Headings: headings, States: map[catalog.State]int{catalog.Dead: dead}}
	}
	told := func(list []catalog.Branch) map[string]int {
		m := map[string]int{}
		for _, b := range list {
			m[branchName(b)] = b.States[catalog.Dead]
		}
		return m
	}
	list := []catalog.Branch{branch(6, "A"), branch(5, "A", "B"), branch(3, "A", "B", "C"), branch(2, "A", "B", "D"), branch(1, "AB")}
	if diff := cmp.Diff(map[string]int{"A": 1, "A › B › C": 3, "A › B › D": 2, "AB": 1}, told(apart(list))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if list[0].States[catalog.Dead] != 6 {
		t.Error("the branches themselves are changed")
	}
}

func TestBandsOfTheQueueDoNotOverlap(t *testing.T) {
	n := func(count int) catalog.Amount { return catalog.Amount{Count: count} }
	got := waves(catalog.Queue{Due: n(4), Overdue: n(1), Hour: n(10), Day: n(30), Week: catalog.Amount{Count: 100, More: true}})
	want := []wave{{"due now", n(4)}, {"of these overdue", n(1)}, {"within the hour", n(10)}, {"in 1 to 24 hours", n(20)},
		{"in 1 to 7 days", catalog.Amount{Count: 70, More: true}}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(wave{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := waves(catalog.Queue{Hour: catalog.Amount{Count: 10, More: true}, Day: catalog.Amount{Count: 10, More: true}}); len(got) != 3 {
		t.Errorf("beyond what was counted: %v", got)
	}
}
