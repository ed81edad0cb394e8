package catalog

import (
	"slices"
	"time"
)

// AgeBand is a range of ages: of the time since a resource was last changed. Bands begin and end with calendar months in
// UTC, so that what is counted by months is what a query finds.
type AgeBand string

// The bands. The numbers are years.
const (
	AgeUnder1  AgeBand = "under-1"
	Age1To2    AgeBand = "1-2"
	Age2To3    AgeBand = "2-3"
	Age3To5    AgeBand = "3-5"
	Age5To10   AgeBand = "5-10"
	AgeOver10  AgeBand = "over-10"
	AgeUnknown AgeBand = "unknown" // nothing says when it was last changed
)

// AgeBands returns every band, the youngest first and the unknown last.
func AgeBands() []AgeBand {
	return []AgeBand{AgeUnder1, Age1To2, Age2To3, Age3To5, Age5To10, AgeOver10, AgeUnknown}
}

// Valid reports whether b belongs to the closed set.
func (b AgeBand) Valid() bool { return slices.Contains(AgeBands(), b) }

// years are the ages between which a band lies; an end of 0 is open.
func (b AgeBand) years() (from, to int) {
	switch b {
	case AgeUnder1:
		return 0, 1
	case Age1To2:
		return 1, 2
	case Age2To3:
		return 2, 3
	case Age3To5:
		return 3, 5
	case Age5To10:
		return 5, 10
	case AgeOver10:
		return 10, 0
	}
	return 0, 0
}

// Years returns the age, in years, at which the band ends; 0 for those that are open.
func (b AgeBand) Years() int {
	_, to := b.years()
	return to
}

// Within returns between which times what is in the band was last changed: from since on, and before until. Zero is open.
// It is not for AgeUnknown.
func (b AgeBand) Within(now time.Time) (since, until time.Time) {
	from, to := b.years()
	if from > 0 {
		until = yearsBefore(now, from)
	}
	if to > 0 {
		since = yearsBefore(now, to)
	}
	return since, until
}

// yearsBefore is the beginning of the month a number of years ago.
func yearsBefore(now time.Time, years int) time.Time {
	now = now.UTC()
	return time.Date(now.Year()-years, now.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// MonthOf numbers the months of the calendar, in UTC.
func MonthOf(t time.Time) int {
	t = t.UTC()
	return 12*t.Year() + int(t.Month()) - 1
}

// Ages counts resources by age.
type Ages struct {
	Bands   map[AgeBand]int // of all that are counted; a band may be missing
	Known   int             // that are not in AgeUnknown
	Seconds float64         // their ages together, to half a month each
}

// MonthCount is how many resources were last changed in a month.
type MonthCount struct {
	Month int // as [MonthOf] has it
	Count int
}

// AgesOf puts counts by month into bands. total is how many resources there are, those without a date included.
func AgesOf(months []MonthCount, total int, now time.Time) Ages {
	ages := Ages{Bands: map[AgeBand]int{}}
	const halfMonth = 15 * day
	for _, m := range months {
		begins := time.Date(m.Month/12, time.Month(m.Month%12+1), 1, 0, 0, 0, 0, time.UTC)
		ages.Bands[bandOf(begins, now)] += m.Count
		ages.Known += m.Count
		ages.Seconds += float64(m.Count) * max(now.Sub(begins)-halfMonth, 0).Seconds()
	}
	ages.Bands[AgeUnknown] = max(total-ages.Known, 0)
	return ages
}

func bandOf(modified, now time.Time) AgeBand {
	for _, b := range AgeBands() {
		if since, _ := b.Within(now); !modified.Before(since) {
			return b
		}
	}
	return AgeOver10
}
