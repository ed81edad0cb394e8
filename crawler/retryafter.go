package crawler

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter bounds what a host can ask for: nobody may take a link out of the schedule for good.
const maxRetryAfter = 24 * time.Hour

// retryAfter returns how long an answer's Retry-After asks to be left alone, 0 when it does not. Besides the two
// forms of RFC 9110, section 10.2.3 (seconds, a date), those that some servers write are understood: durations
// ("1m30s") and moments of Unix time.
func retryAfter(header http.Header, now time.Time) time.Duration {
	return moment(strings.TrimSpace(header.Get("Retry-After")), header, now)
}

// Numbers from these on are no waits but moments of Unix time, in seconds and in milliseconds: 2001-09-09.
const (
	unixSeconds = 1e9
	unixMillis  = 1e12
)

// moment returns how far away a moment is that a host has written in any of the forms it may have: between 0, also
// for what cannot be read, and maxRetryAfter.
func moment(written string, header http.Header, now time.Time) time.Duration {
	if n, err := strconv.ParseFloat(written, 64); err == nil {
		switch {
		case n >= unixMillis && n < unixMillis*10:
			return until(time.UnixMilli(int64(n)), header, now)
		case n >= unixSeconds && n < unixSeconds*10:
			return until(time.Unix(int64(n), 0), header, now)
		}
		return seconds(written)
	}
	if wait, err := time.ParseDuration(strings.ToLower(strings.ReplaceAll(written, " ", ""))); err == nil {
		return min(max(wait, 0), maxRetryAfter)
	}
	if at, err := http.ParseTime(written); err == nil {
		return until(at, header, now)
	}
	return 0
}

// until measures by the host's own clock, which need not be ours.
func until(at time.Time, header http.Header, now time.Time) time.Duration {
	if theirs, err := http.ParseTime(header.Get("Date")); err == nil {
		now = theirs
	}
	return min(max(at.Sub(now), 0), maxRetryAfter)
}
