package metrics

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"waymark/catalog"
)

func TestScrapesInQuickSuccessionShareOneRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &catalogOf{counts: smallCatalog()}
		m := watching(t, store, Options{})
		families(t, m)
		families(t, m)
		if store.asked != 1 {
			t.Errorf("the store was asked %d times; want once", store.asked)
		}
		time.Sleep(readFresh)
		families(t, m)
		if store.asked != 2 {
			t.Errorf("the store was asked %d times after %s; want twice", store.asked, readFresh)
		}
	})
}

func TestAShortFailureKeepsTheLastNumbers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &catalogOf{counts: smallCatalog()}
		r := newReader(store, New(Options{}).options)
		if _, ok := r.read(); !ok {
			t.Fatal("nothing read from a store in order")
		}
		store.err = errors.New("database is locked")
		time.Sleep(time.Minute)
		if snap, ok := r.read(); !ok || snap.counts.Overdue != 4 {
			t.Errorf("after a minute of failure: %+v, %v; want the last numbers", snap.counts, ok)
		}
		time.Sleep(readUsable)
		if _, ok := r.read(); ok {
			t.Error("numbers older than two minutes are still shown")
		}
		if got := testutil.ToFloat64(r.failures); got != 2 {
			t.Errorf("%v failures counted; want 2", got)
		}
		store.err = nil
		time.Sleep(readFresh)
		if _, ok := r.read(); !ok {
			t.Error("the store is in order again but nothing is shown")
		}
	})
}

func TestAFailureIsNotRepeatedByEveryScrape(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &catalogOf{err: errors.New("disk I/O error")}
		r := newReader(store, New(Options{}).options)
		for range 5 {
			r.read()
		}
		if store.asked != 1 {
			t.Errorf("a failing store was asked %d times at once; want once", store.asked)
		}
	})
}

// slowStore answers only when its context ends, as a database on a slow disk does.
type slowStore struct{ under, most atomic.Int32 }

func (s *slowStore) Counts(ctx context.Context, _ time.Time) (catalog.Counts, error) {
	s.most.Store(max(s.most.Load(), s.under.Add(1)))
	defer s.under.Add(-1)
	<-ctx.Done()
	return catalog.Counts{}, ctx.Err()
}

func (*slowStore) Flagged(context.Context, int) ([]catalog.Flagged, error) { return nil, nil }

func TestScrapesOfASlowStoreDoNotPileUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slowStore{}
		r := newReader(store, New(Options{}).options)
		start := time.Now()
		var scrapes sync.WaitGroup
		for range 20 {
			scrapes.Go(func() { r.read() })
		}
		scrapes.Wait()
		if took := time.Since(start); took > readDeadline {
			t.Errorf("20 scrapes took %s of the bubble's time; want at most %s", took, readDeadline)
		}
		if most := store.most.Load(); most != 1 {
			t.Errorf("%d reads at once; want 1", most)
		}
		if got := testutil.ToFloat64(r.failures); got < 1 {
			t.Errorf("%v failures counted; want at least one", got)
		}
	})
}

// deafStore ignores its deadline, as a system call on a dead network disk does.
type deafStore struct{ release chan struct{} }

func (s deafStore) Counts(context.Context, time.Time) (catalog.Counts, error) {
	<-s.release
	return catalog.Counts{Overdue: 1}, nil
}

func (deafStore) Flagged(context.Context, int) ([]catalog.Flagged, error) { return nil, nil }

func TestAStuckReadHoldsUpNoOtherScrape(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := deafStore{make(chan struct{})}
		r := newReader(store, New(Options{}).options)
		var stuck sync.WaitGroup
		stuck.Go(func() { r.read() })
		synctest.Wait()
		if _, ok := r.read(); ok {
			t.Error("numbers are shown that were never read")
		}
		close(store.release)
		stuck.Wait()
		if snap, ok := r.read(); !ok || snap.counts.Overdue != 1 {
			t.Errorf("after the disk answered: %+v, %v; want what it said", snap.counts, ok)
		}
	})
}
