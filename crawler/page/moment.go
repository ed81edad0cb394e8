package page

import "time"

// precision is how much of a date was written.
type precision int

const (
	toDay precision = iota
	toMonth
	toYear
)

// moment is a date as precise as it was written.
type moment struct {
	at    time.Time // its beginning, UTC
	known precision
}

// on returns a day of the calendar.
func on(year, month, day int) (moment, bool) {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return moment{at: at}, month >= 1 && month <= 12 && day >= 1 && day == at.Day()
}

// inMonth returns a month of the calendar.
func inMonth(year, month int) (moment, bool) {
	return moment{time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC), toMonth}, month >= 1 && month <= 12
}

// inYear returns a year.
func inYear(year int) moment {
	return moment{time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), toYear}
}

// latest returns the last day that a moment can mean, so that nothing is called old too early. It is zero for a moment
// that begins before 1990, after limit (when that is not zero) or, in UTC, beyond the year 9999, which JSON cannot hold.
// What reaches beyond limit, as the current month does, ends there.
func (m moment) latest(limit time.Time) time.Time {
	if m.at.Before(earliest()) || !limit.IsZero() && m.at.After(limit) || m.at.UTC().Year() > 9999 {
		return time.Time{}
	}
	end := m.at
	switch m.known {
	case toMonth:
		end = m.at.AddDate(0, 1, -1)
	case toYear:
		end = m.at.AddDate(1, 0, -1)
	case toDay:
		return end
	}
	if today := limit.Add(-oneDay).Truncate(oneDay); !limit.IsZero() && end.After(today) && !m.at.After(today) {
		end = today
	}
	return end
}

// oneDay is what time zones and late clocks can make of a date.
const oneDay = 24 * time.Hour
