package crawler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

// start is when a visit of the stage began, since the play did.
type start struct {
	Host string
	At   time.Duration
}

// stage is a visitor that only takes time. It must be used within a synctest bubble.
type stage struct {
	frontier *frontier
	took     time.Duration            // of a visit
	end      func(start, int) outcome // of the visit with this number
	hop      func(host string) string // where a visit goes on; nil: nowhere
	began    time.Time
	mu       sync.Mutex // of what follows
	starts   []start
	hops     []start
	away     []string
	left     chan struct{}
}

func (s *stage) begin(claim *catalog.Claim, slot *slot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.starts)
	st := start{claim.Host, time.Since(s.began)}
	s.starts = append(s.starts, st)
	go func() {
		time.Sleep(s.took)
		slot.done(s.end(st, n))
		if s.hop != nil {
			s.goOn(s.hop(claim.Host))
		}
		s.frontier.leave(claim.Host)
		s.left <- struct{}{}
	}()
}

// goOn makes a second request, as after a redirect.
func (s *stage) goOn(host string) {
	next, err := s.frontier.acquire(context.Background(), ask{host: host})
	if err != nil {
		return
	}
	s.mu.Lock()
	s.hops = append(s.hops, start{host, time.Since(s.began)})
	s.mu.Unlock()
	time.Sleep(s.took)
	next.done(outcome{mood: content})
}

func (s *stage) turnAway(e entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = append(s.away, e.host)
	s.left <- struct{}{}
}

// play runs the visits to an end.
func (s *stage) play(f *frontier, hosts ...string) {
	s.frontier, s.began, s.left = f, time.Now(), make(chan struct{}, len(hosts))
	if s.end == nil {
		s.end = func(start, int) outcome { return outcome{mood: content} }
	}
	var entries []entry
	for _, host := range hosts {
		entries = append(entries, entry{host: host, claim: func() *catalog.Claim { return &catalog.Claim{Host: host} }, run: s})
	}
	f.add(entries...)
	for range hosts {
		<-s.left
	}
	f.timer.Stop()
}

func (s *stage) times(host string) (at []time.Duration) {
	for _, st := range s.starts {
		if st.Host == host {
			at = append(at, st.At)
		}
	}
	return at
}

func fixed(concurrency int, interval time.Duration) func(string) (int, time.Duration) {
	return func(string) (int, time.Duration) { return concurrency, interval }
}

func repeat(host string, n int) []string {
	var hosts []string
	for range n {
		hosts = append(hosts, host)
	}
	return hosts
}

const ms = time.Millisecond

func TestStartsOfAHostKeepTheirDistance(t *testing.T) {
	tests := map[string]struct {
		concurrency int
		gap, took   time.Duration
		want        []time.Duration
	}{
		"the gap decides":         {4, 100 * ms, 10 * ms, []time.Duration{0, 100 * ms, 200 * ms, 300 * ms}},
		"the concurrency decides": {2, 0, 50 * ms, []time.Duration{0, 0, 50 * ms, 50 * ms}},
		"one at a time":           {1, 20 * ms, 50 * ms, []time.Duration{0, 50 * ms, 100 * ms, 150 * ms}},
		"both":                    {2, 30 * ms, 100 * ms, []time.Duration{0, 30 * ms, 100 * ms, 130 * ms}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &stage{took: test.took}
				s.play(newFrontier(64, fixed(test.concurrency, test.gap)), repeat("a", 4)...)
				if diff := cmp.Diff(test.want, s.times("a")); diff != "" {
					t.Errorf("starts (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestWhatATimerMissesIsMadeUpFor: but never so that two starts come closer than nine tenths of the gap.
func TestWhatATimerMissesIsMadeUpFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrontier(1, func(host string) (int, time.Duration) {
			if host == "a" {
				return 1, 100 * ms
			}
			return 1, 0
		})
		s := &stage{frontier: f, began: time.Now(), left: make(chan struct{}, 9), end: func(start, int) outcome { return outcome{} }}
		for _, late := range []time.Duration{0, 50 * ms, 0, 5 * ms, 0, time.Hour, 0, 0} {
			other, err := f.acquire(t.Context(), ask{host: "other"}) // takes the only place until the host's time has come, and longer
			if err != nil {
				t.Fatal(err)
			}
			f.add(entry{host: "a", claim: func() *catalog.Claim { return &catalog.Claim{Host: "a"} }, run: s})
			time.Sleep(time.Until(f.hosts["a"].start()) + late)
			other.cancel()
			<-s.left
		}
		f.timer.Stop()
		const hour = time.Hour
		want := []time.Duration{0, 150 * ms, 240 * ms, 345 * ms, 440 * ms, 540*ms + hour, 630*ms + hour, 730*ms + hour}
		if diff := cmp.Diff(want, s.times("a")); diff != "" {
			t.Errorf("starts (-want +got):\n%s", diff)
		}
	})
}

func TestTheLongestQueueDoesNotWaitForTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var hosts []string
		for i := range 500 {
			hosts = append(hosts, fmt.Sprint("small", i))
		}
		hosts = append(hosts, repeat("big", 50)...)
		s := &stage{took: 40 * ms}
		f := newFrontier(4, fixed(1, 100*ms))
		f.setLimits(onceLimits())
		s.play(f, hosts...)
		big := s.times("big")
		// All visits take 5.5 s of four requests at a time, the big host alone at least 4.9 s: begun at the end, it
		// would be 10 s.
		if last := big[len(big)-1]; last > 6*time.Second {
			t.Errorf("the big host's 50 visits, 100 ms apart, were over after %s", last)
		}
	})
}

func TestASlowHostOfRedirectsStarvesNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrontier(2, func(host string) (int, time.Duration) {
			if host == "slow" {
				return 1, time.Minute
			}
			return 4, 0
		})
		s := &stage{took: 10 * ms, hop: func(host string) string {
			if host == "from" {
				return "slow"
			}
			return host
		}}
		s.play(f, append(repeat("from", 20), repeat("other", 40)...)...)
		others := s.times("other")
		if last := others[len(others)-1]; last > 2*time.Second {
			t.Errorf("the others were over only after %s", last)
		}
		if last := s.hops[len(s.hops)-1]; last.Host != "slow" || last.At < 19*time.Minute {
			t.Errorf("the last hop was %v, want the slow host after 19 minutes", last)
		}
	})
}

func TestRetryAfterIsObeyedWhateverElseHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{took: 10 * ms, end: func(_ start, n int) outcome {
			if n == 0 {
				return outcome{mood: strained, rest: 20 * time.Second}
			}
			return outcome{mood: content} // of a parallel request too
		}}
		f := newFrontier(64, fixed(4, 0))
		s.play(f, repeat("a", 6)...)
		for _, at := range s.times("a") {
			if at > 10*ms && at < 20*time.Second {
				t.Errorf("a visit began after %s, while the host was to be left alone", at)
			}
		}
	})
}

func TestALongRetryAfterTurnsVisitsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{took: 10 * ms, end: func(start, int) outcome { return outcome{mood: strained, rest: time.Hour} }}
		f := newFrontier(64, fixed(1, 0))
		s.play(f, repeat("a", 5)...)
		if len(s.starts) != 1 || len(s.away) != 4 {
			t.Errorf("%d begun and %d turned away, want 1 and 4", len(s.starts), len(s.away))
		}
		var closed *closedError
		if _, err := f.acquire(t.Context(), ask{host: "a"}); !errors.As(err, &closed) || closed.wait < 59*time.Minute {
			t.Errorf("a hop to the host got %v, want to be turned away for an hour", err)
		}
	})
}

func TestAHostIsSlowedOnceForParallelTroubleAndRecoversSlowly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bad := true
		s := &stage{took: 10 * ms, end: func(_ start, n int) outcome {
			if n < 4 && bad {
				return outcome{mood: strained}
			}
			return outcome{mood: content}
		}}
		f := newFrontier(64, fixed(4, 0))
		s.play(f, repeat("a", 8)...)
		at := s.times("a")
		var gaps []time.Duration
		for i := 5; i < len(at); i++ {
			gaps = append(gaps, (at[i] - at[i-1]).Round(ms))
		}
		if diff := cmp.Diff([]time.Duration{500 * ms, 450 * ms, 405 * ms}, gaps); diff != "" {
			t.Errorf("gaps after four parallel refusals (-want +got):\n%s", diff)
		}
	})
}

func TestGapsDoubleUpToTheCap(t *testing.T) {
	h := &host{concurrency: 1, base: 100 * ms, gap: 100 * ms}
	now := time.Unix(1000, 0)
	var gaps []time.Duration
	for range 9 {
		began := now
		now = now.Add(time.Minute)
		h.learn(outcome{mood: strained}, began.Add(time.Second), now, serviceLimits())
		gaps = append(gaps, h.gap)
	}
	want := []time.Duration{500 * ms, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second,
		16 * time.Second, 32 * time.Second, time.Minute, time.Minute}
	if diff := cmp.Diff(want, gaps); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
	for range 200 {
		now = now.Add(time.Minute)
		h.learn(outcome{mood: content}, now, now, serviceLimits())
	}
	if h.gap != h.base || h.failures != 0 {
		t.Errorf("after 200 good answers the gap is %s, failures %d", h.gap, h.failures)
	}
}

// TestASlotThatComesTooLateGoesBack: a pause and a slot may come at the same moment.
func TestASlotThatComesTooLateGoesBack(t *testing.T) {
	f := newFrontier(1, fixed(1, time.Hour))
	defer f.timer.Stop()
	answers := []error{nil, errEnded}
	may := func() (<-chan struct{}, error) {
		err := answers[0]
		answers = answers[1:]
		return nil, err
	}
	if _, err := f.acquire(t.Context(), ask{host: "a", may: may}); !errors.Is(err, errEnded) {
		t.Errorf("got %v, want why the visit may not go on", err)
	}
	if h := f.hosts["a"]; f.free != 1 || h.busy != 0 || h.next.After(time.Now()) {
		t.Errorf("left behind: free %d, host %+v", f.free, h)
	}
}

// TestASlotThatGoesBackDoesNotUndoASlowing: the host refused another request meanwhile.
func TestASlotThatGoesBackDoesNotUndoASlowing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrontier(8, fixed(2, 100*ms))
		defer f.timer.Stop()
		slot := func() *slot {
			s, err := f.acquire(t.Context(), ask{host: "a"})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		refused, unused := slot(), slot()
		refused.done(outcome{mood: strained})
		unused.cancel()
		if gap := slot().began.Sub(refused.began); gap != firstGap {
			t.Errorf("the next request began %s after the one that was refused, want %s", gap, firstGap)
		}
	})
}

// TestAQueueThatIsNeverEmptyDoesNotGrow: what went through it leaves no room behind.
func TestAQueueThatIsNeverEmptyDoesNotGrow(t *testing.T) {
	var q fifo
	name := func(i int) string { return fmt.Sprint(i) }
	for i := range 10 {
		q.push(entry{host: name(i)})
	}
	for i := range 10_000 {
		if got := q.pop().host; got != name(i) {
			t.Fatalf("%s came in the place of %d", got, i)
		}
		q.push(entry{host: name(i + 10)})
	}
	if q.len() != 10 || len(q.items) > 30 {
		t.Errorf("%d visits take the room of %d", q.len(), len(q.items))
	}
}

// TestAVisitThatIsPromotedKnowsOfTheWish: so that it begins in quiet hours too.
func TestAVisitThatIsPromotedKnowsOfTheWish(t *testing.T) {
	f := newFrontier(2, fixed(2, time.Minute))
	defer f.timer.Stop()
	first := claimOf(0, "http://a/0")
	if _, err := f.acquire(t.Context(), ask{host: first.Host}); err != nil {
		t.Fatal(err)
	}
	var entries []entry
	for i := range 3 {
		claim := claimOf(i, fmt.Sprint("http://a/", i))
		entries = append(entries, entry{host: claim.Host, claim: func() *catalog.Claim { return &claim }})
	}
	f.add(entries...)
	again := *entries[2].claim()
	again.Asked = true
	f.promote(&again)
	next := f.hosts[first.Host].queue.first()
	if c := next.claim(); c.Resource != again.Resource || !c.Asked || !next.asked {
		t.Errorf("next comes %s, asked for: %t", c.URL, c.Asked)
	}
	if f.wished.top() == nil {
		t.Error("its host is not among those that people ask for")
	}
}

func TestWaitersThatGiveUpLeaveNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrontier(1, fixed(1, time.Second))
		first, err := f.acquire(t.Context(), ask{host: "a"})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 100*ms)
		defer cancel()
		if _, err := f.acquire(ctx, ask{host: "a"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("acquire in vain: %v", err)
		}
		first.cancel()
		began := time.Now()
		second, err := f.acquire(t.Context(), ask{host: "a"})
		if err != nil || time.Since(began) > 0 {
			t.Errorf("after a refund the slot came after %s, %v", time.Since(began), err)
		}
		second.done(outcome{})
		f.timer.Stop()
		if f.free != 1 || f.hosts["a"].busy != 0 || len(f.hosts["a"].waiters) != 0 {
			t.Errorf("left behind: free %d, host %+v", f.free, f.hosts["a"])
		}
	})
}

func TestIdleHostsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrontier(64, fixed(4, 0))
		var hosts []string
		for i := range 20_000 {
			hosts = append(hosts, fmt.Sprint("h", i))
		}
		s := &stage{took: ms}
		for len(hosts) > 0 {
			s.play(f, hosts[:1000]...)
			hosts = hosts[1000:]
			time.Sleep(time.Second)
		}
		if len(f.hosts) > 5000 {
			t.Errorf("%d hosts are remembered", len(f.hosts))
		}
	})
}

func TestHostsSurviveARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		wall := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		f := newFrontier(64, fixed(4, 0))
		s := &stage{took: ms, end: func(start, int) outcome { return outcome{mood: strained, rest: 20 * time.Second} }}
		s.play(f, "a")
		states := f.changed(wall)
		want := []catalog.HostState{{Host: "a", Gap: firstGap, NotBefore: wall.Add(20 * time.Second), Failures: 1}}
		if diff := cmp.Diff(want, states); diff != "" {
			t.Fatalf("states (-want +got):\n%s", diff)
		}
		if again := f.changed(wall); len(again) != 0 {
			t.Errorf("unchanged hosts are saved again: %v", again)
		}
		fresh := newFrontier(64, fixed(4, 0))
		fresh.restore(states, wall.Add(5*time.Second))
		after := &stage{took: ms}
		after.play(fresh, "a", "a")
		if diff := cmp.Diff([]time.Duration{15 * time.Second, 15*time.Second + firstGap}, after.times("a")); diff != "" {
			t.Errorf("starts after the restart (-want +got):\n%s", diff)
		}
	})
}
