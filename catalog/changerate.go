package catalog

import (
	"fmt"
	"math"
	"math/bits"
	"time"
)

// ChangeRate counts how often a page was another text than at the visit before. Conditional requests and marks answer
// that at next to no cost.
type ChangeRate struct {
	Compared int           // visits that could be held against the one before
	Changed  int           // of them, with another text
	Watched  time.Duration // between the visits that were compared, in all

	Mark  uint64 // of the page as it was last seen; 0 when that is not known
	Print uint64 // of its text; 0 where it is no text
}

const (
	enoughCompared = 2  // visits to know a rate by
	mostCompared   = 24 // then both counts are halved, so that a rate follows the times
	samePrint      = 3  // bits of 64 that near duplicates differ in at most (Manku et al. 2007)
)

// after returns the counts after a visit that found the page in order, when it was last so at a time.
func (r ChangeRate) after(seen Observation, last, now time.Time) ChangeRate {
	text := seen.Text
	switch {
	case seen.Unmodified():
		return r.compared(false, now.Sub(last))
	case text == nil || text.Mark == 0:
		return r
	}
	before := r
	if r.Mark = text.Mark; text.Print != nil {
		r.Print = text.Print.Print
	}
	if before.Mark == 0 || last.IsZero() {
		return r
	}
	changed := !text.Same && before.Mark != text.Mark && (text.Print == nil || bits.OnesCount64(before.Print^r.Print) > samePrint)
	return r.compared(changed, now.Sub(last))
}

func (r ChangeRate) compared(changed bool, apart time.Duration) ChangeRate {
	if apart <= 0 {
		return r
	}
	r.Compared, r.Watched = r.Compared+1, r.Watched+apart
	if changed {
		r.Changed++
	}
	if r.Compared >= mostCompared {
		r.Compared, r.Changed, r.Watched = r.Compared/2, r.Changed/2, r.Watched/2
	}
	return r
}

// Known reports whether there were enough visits to tell.
func (r ChangeRate) Known() bool { return r.Compared >= enoughCompared && r.Watched > 0 }

// PerDay estimates how often the page changes in a day, also more often than it was looked at: λ = −ln((n−X+½)/(n+½))·f,
// with n comparisons, X changes, and f visits a day (Cho and Garcia-Molina 2003, section 4.2). It is 0 for a page that
// never changed, and where the rate is not known.
func (r ChangeRate) PerDay() float64 {
	if !r.Known() || r.Changed == 0 {
		return 0
	}
	n, x := float64(r.Compared), float64(r.Changed)
	return -math.Log((n-x+0.5)/(n+0.5)) * n / (r.Watched.Hours() / 24)
}

// between returns the time between two changes, from least to most: most for a page that never changed.
func (r ChangeRate) between(least, most time.Duration) time.Duration {
	rate := r.PerDay()
	if rate == 0 || 1/rate > float64(most)/float64(day) {
		return most
	}
	return max(least, time.Duration(float64(day)/rate))
}

// InWords says how often the page changes, "" where that is not known. It is what the next visit follows.
func (r ChangeRate) InWords() string {
	switch rate := r.PerDay(); {
	case !r.Known():
		return ""
	case r.Changed == 0:
		return fmt.Sprintf("Its text was the same at each of %d visits, so that it is visited less often.", r.Compared+1)
	case rate > 0.5:
		return fmt.Sprintf("Its text had changed at %d of %d visits.", r.Changed, r.Compared)
	default:
		return fmt.Sprintf("Its text had changed at %d of %d visits, about every %d days.", r.Changed, r.Compared, int(math.Round(1/rate)))
	}
}
