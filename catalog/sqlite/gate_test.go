package sqlite

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestPeopleOvertakeCrawling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g gate
		must(t, g.enter(t.Context(), crawling))
		var order []string
		var wg sync.WaitGroup
		arrive := func(name string, l lane) {
			wg.Go(func() {
				must(t, g.enter(t.Context(), l))
				order = append(order, name)
				g.leave()
			})
			synctest.Wait()
		}
		arrive("batch 1", crawling)
		arrive("batch 2", crawling)
		arrive("person 1", people)
		arrive("person 2", people)
		g.leave()
		wg.Wait()
		same(t, "order", order, []string{"person 1", "person 2", "batch 1", "batch 2"})
	})
}

func TestWhoGivesUpWaitingHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g gate
		must(t, g.enter(t.Context(), crawling))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := g.enter(ctx, people); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting beyond the deadline gives %v", err)
		}
		g.leave()
		must(t, g.enter(t.Context(), crawling))
		g.leave()
		if g.held || slices.ContainsFunc(g.waiting[:], func(q []chan struct{}) bool { return len(q) > 0 }) {
			t.Error("the gate is not open again")
		}
	})
}

func TestATurnThatComesTooLateIsPassedOn(t *testing.T) {
	var g gate
	must(t, g.enter(t.Context(), crawling))
	first, second := g.queue(people), g.queue(crawling)
	g.leave()
	g.quit(people, first) // its context ended just as its turn came
	select {
	case <-second:
	default:
		t.Error("the next in the queue still waits")
	}
}
