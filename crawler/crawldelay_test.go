package crawler

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestACrawlDelayHoldsFromWhenItIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrontier(8, fixed(4, 0))
		defer f.timer.Stop()
		began := time.Now()
		get := func() *slot {
			s, err := f.acquire(t.Context(), ask{host: "a.test"})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		first, early := get(), get()
		first.done(outcome{mood: content})
		f.setDelay("a.test", 10*time.Second)
		if !early.hasty() {
			t.Error("a slot from before the delay was known may be used")
		}
		early.cancel()
		for i := range 3 {
			s := get()
			if at, want := time.Since(began), time.Duration(i+1)*10*time.Second; at != want || s.hasty() {
				t.Errorf("start %d after %s, want %s; hasty %v", i, at, want, s.hasty())
			}
			s.done(outcome{mood: content})
		}
	})
}

func TestACrawlDelayIsCappedAndCanBeLifted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, test := range map[string]struct {
			limits limits
			want   time.Duration
		}{
			"a single run": {onceLimits(), 30 * time.Second},
			"the service":  {serviceLimits(), time.Minute},
		} {
			f := newFrontier(8, fixed(4, 0))
			f.setLimits(test.limits)
			f.setDelay("a.test", time.Hour)
			if got := f.hosts["a.test"].gap; got != test.want {
				t.Errorf("%s: %s between two starts, want %s", name, got, test.want)
			}
			f.setDelay("a.test", 0)
			for range 200 {
				f.hosts["a.test"].recover()
			}
			if got := f.hosts["a.test"].gap; got != 0 {
				t.Errorf("%s: %s between two starts long after the delay was lifted", name, got)
			}
			f.timer.Stop()
		}
	})
}
