package catalog

import "time"

// Quiet are the hours of each day in which a host is left alone. The zero value is none.
type Quiet struct {
	From, To time.Duration  // since midnight by the clock on the wall, From included; To before From is on the next day
	Zone     *time.Location // of that clock; nil: the local one
}

// QuietUntil returns the end of the quiet hours that hold for a host now, or the zero time when none do. Where
// clocks are put forward or back, the hours are those that the wall shows.
func QuietUntil(rule HostRule, now time.Time) time.Time {
	q := rule.Quiet
	if q.From == q.To {
		return time.Time{}
	}
	zone := q.Zone
	if zone == nil {
		zone = time.Local
	}
	today := now.In(zone)
	for _, day := range []int{today.Day() - 1, today.Day()} {
		from, to := onWall(today, day, q.From), onWall(today, day, q.To)
		if q.To < q.From {
			to = onWall(today, day+1, q.To)
		}
		if !now.Before(from) && now.Before(to) {
			return to
		}
	}
	return time.Time{}
}

// onWall returns when the wall clock shows a time on a day of the month of t.
func onWall(t time.Time, day int, clock time.Duration) time.Time {
	return time.Date(t.Year(), t.Month(), day, int(clock/time.Hour), int(clock%time.Hour/time.Minute), 0, 0, t.Location())
}
