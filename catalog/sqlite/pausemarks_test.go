package sqlite

import (
	"errors"
	"fmt"
	"testing"

	"waymark/catalog"
)

// big is a store with a source of more resources than one transaction marks, and one beside it.
func big(t *testing.T) *Store {
	t.Helper()
	s := open(t)
	var links []catalog.Placement
	for i := range markChunk + 200 {
		links = append(links, link(i+1, "Page", fmt.Sprintf("https://h%d.example/%d", i%50, i)))
	}
	bring(t, s, list("big", noon, links...))
	bring(t, s, list("small", noon, link(1, "Page", "https://small.example/")))
	return s
}

func TestAPauseOfABigSourceReachesAllOfIt(t *testing.T) {
	s := big(t)
	pause(t, s, catalog.Pause{Source: "big"})
	same(t, "in the pause", hosts(t, s, noon), map[string]int{"small.example": 1})
	next, err := s.NextDue(t.Context(), noon)
	must(t, err)
	same(t, "next", next, noon)
	resume(t, s, catalog.Pause{Source: "big"}, noon)
	same(t, "after it", len(claim(t, s, noon, 9999, 9999)), markChunk+201)
}

// TestAPauseHoldsBeforeItIsMarked: the marks cannot be written after the first ones. The pause holds all the same, and
// they are written as soon as they can be: by a claim, or by the next start.
func TestAPauseHoldsBeforeItIsMarked(t *testing.T) {
	for name, resumed := range map[string]bool{"a pause": false, "the end of a pause": true} {
		for how, follow := range map[string]func(t *testing.T, s *Store) *Store{
			"a claim":   func(t *testing.T, s *Store) *Store { t.Helper(); hosts(t, s, noon); return s },
			"a restart": func(t *testing.T, s *Store) *Store { t.Helper(); return reopen(t, s) },
		} {
			t.Run(name+", completed by "+how, func(t *testing.T) {
				s := big(t)
				if resumed {
					pause(t, s, catalog.Pause{Source: "big"})
				}
				change(t, s, fmt.Sprintf(`CREATE TRIGGER full BEFORE UPDATE OF paused_until ON resources WHEN new.id > %d BEGIN SELECT RAISE(ABORT, 'no room'); END`, markChunk+9))
				const last = markChunk + 200 // of the source
				if resumed {
					must(t, s.Resume(t.Context(), catalog.Pause{Source: "big"}, noon))
				} else {
					must(t, s.Pause(t.Context(), catalog.Pause{Source: "big", Since: noon}))
				}
				if claims, err := s.Claim(t.Context(), catalog.ClaimRequest{Now: noon, Limit: 9}); err == nil {
					t.Errorf("%d claims were given by marks that are not complete", len(claims))
				}
				change(t, s, `DROP TRIGGER full`)
				var refused *catalog.PausedError
				if err := s.CheckNow(t.Context(), []int64{last}, noon); errors.As(err, &refused) == resumed {
					t.Errorf("check now of what is not marked yet: %v", err)
				}
				s = follow(t, s)
				must(t, s.Verify(t.Context()))
				want := 1
				if resumed {
					want += markChunk + 200
				}
				same(t, "given", len(claim(t, s, noon, 9999, 9999)), want)
			})
		}
	}
}

// TestAPauseThatEndsTellsItsHosts: what a claim looks at first follows with the marks.
func TestAPauseThatEndsTellsItsHosts(t *testing.T) {
	s := shared(t)
	end := noon.Add(hour)
	for _, p := range []catalog.Pause{{Source: "one"}, {Source: "one", Until: end}} {
		pause(t, s, p)
	}
	pause(t, s, catalog.Pause{Source: "two"})
	next, err := s.NextDue(t.Context(), noon)
	must(t, err)
	same(t, "next is the end of the pause", next, end)
	resume(t, s, catalog.Pause{Source: "two"}, noon)
	next, err = s.NextDue(t.Context(), noon)
	must(t, err)
	same(t, "next is at once", next, noon)
}
