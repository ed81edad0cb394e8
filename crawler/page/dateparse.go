package page

import (
	"strings"
	"time"
)

// parseDate reads a date of metadata, in whole seconds and in the zone that it names, else UTC. It returns the zero time for what is no date, is
// ambiguous, stands before 1990, or after limit (when limit is not zero). Of a month or a year it returns the last day.
// Beside ISO 8601, which schema.org and Open Graph ask for, it reads what is met instead.
func parseDate(s string, o order, limit time.Time) time.Time {
	m, ok := readMachine(s, o)
	if !ok {
		return time.Time{}
	}
	return m.latest(limit)
}

func readMachine(s string, o order) (moment, bool) {
	s = strings.TrimSpace(s)
	if len(s) < len("2006") || len(s) > 100 {
		return moment{}, false
	}
	if m, ok := readISO(s); ok {
		return m, true
	}
	if m, ok := readEpoch(s); ok {
		return m, true
	}
	for _, layout := range [...]string{time.RFC1123, time.RFC1123Z} {
		if len(s) > 20 && s[3] == ',' {
			if t, err := time.Parse(layout, s); err == nil {
				return moment{at: t}, true
			}
		}
	}
	return readWritten(s, o)
}

// readISO reads 2006-01-02 with one sign of "-/." throughout, 20060102, 2006-01 and 2006, and the time of day behind it.
func readISO(s string) (moment, bool) {
	year, rest := digits(s, 4)
	if year < 0 {
		return moment{}, false
	}
	if rest == "" {
		return inYear(year), true
	}
	if month, r := digits(rest, 2); month > 0 {
		if d, r := digits(r, 2); d > 0 {
			return withClock(year, month, d, r)
		}
		return moment{}, false
	}
	sign := rest[0]
	if sign != '-' && sign != '/' && sign != '.' {
		return moment{}, false
	}
	month, rest := oneOrTwo(rest[1:])
	if month > 0 && rest == "" {
		return inMonth(year, month)
	}
	if month <= 0 || rest[0] != sign {
		return moment{}, false
	}
	d, rest := oneOrTwo(rest[1:])
	if d <= 0 {
		return moment{}, false
	}
	return withClock(year, month, d, rest)
}

// withClock puts the time of day to a date: "T15:04:05.000+02:00" and what comes near to it. What follows a date
// otherwise makes it none.
func withClock(year, month, d int, s string) (moment, bool) {
	m, ok := on(year, month, d)
	if !ok || s == "" {
		return m, ok
	}
	if s[0]|0x20 != 't' && s[0] != ' ' {
		return moment{}, false
	}
	at, ok := readClock(m.at, strings.TrimLeft(s[1:], " "))
	if ok {
		m.at = at
	}
	return m, true
}

// readClock adds a time of day and its zone to a day; without a zone it is taken for UTC.
func readClock(at time.Time, s string) (time.Time, bool) {
	hour, s := oneOrTwo(s)
	if hour < 0 || hour > 24 {
		return at, false
	}
	colon := strings.HasPrefix(s, ":")
	minute, s := digits(strings.TrimPrefix(s, ":"), 2)
	if minute < 0 || minute > 59 {
		return at, false
	}
	second := 0
	if strings.HasPrefix(s, ":") || !colon && s != "" && s[0] >= '0' && s[0] <= '9' {
		second, s = digits(strings.TrimPrefix(s, ":"), 2)
	}
	if second < 0 || second > 60 {
		return at, false
	}
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, ",") {
		s = strings.TrimLeft(s[1:], "0123456789")
	}
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[1]|0x20 == 'm' {
		switch {
		case s[0]|0x20 == 'p' && hour < 12:
			hour += 12
		case s[0]|0x20 == 'a' && hour == 12:
			hour = 0
		}
	}
	at = at.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second)
	if ahead := offset(s); ahead != 0 {
		return at.Add(-ahead).In(time.FixedZone("", int(ahead/time.Second))), true
	}
	return at, true
}

// offset reads +02:00, -0700 or +01 as what a zone is ahead of UTC.
func offset(s string) time.Duration {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "GMT"), "UTC")
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0
	}
	hours, rest := digits(s[1:], 2)
	minutes, _ := digits(strings.TrimPrefix(rest, ":"), 2)
	if hours < 0 || hours > 14 {
		return 0
	}
	ahead := time.Duration(hours)*time.Hour + time.Duration(max(minutes, 0))*time.Minute
	if s[0] == '-' {
		return -ahead
	}
	return ahead
}

// readEpoch reads seconds or milliseconds since 1970, which Facebook's tools write into og:updated_time.
func readEpoch(s string) (moment, bool) {
	if len(s) != 10 && len(s) != 13 {
		return moment{}, false
	}
	seconds := int64(0)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return moment{}, false
		}
		if i < 10 {
			seconds = seconds*10 + int64(s[i]-'0')
		}
	}
	return moment{at: time.Unix(seconds, 0).UTC()}, true
}

// digits reads a number of exactly n digits, -1 when there is none.
func digits(s string, n int) (int, string) {
	if len(s) < n {
		return -1, s
	}
	number := 0
	for i := range n {
		if s[i] < '0' || s[i] > '9' {
			return -1, s
		}
		number = number*10 + int(s[i]-'0')
	}
	return number, s[n:]
}

// oneOrTwo reads a number of one or two digits, -1 when there is none.
func oneOrTwo(s string) (int, string) {
	if number, rest := digits(s, 2); number >= 0 {
		return number, rest
	}
	return digits(s, 1)
}
