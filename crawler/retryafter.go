package crawler

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter bounds what a host can ask for: nobody may take a link out of the schedule for good.
const maxRetryAfter = 24 * time.Hour

// retryAfter returns how long an answer asks to be left alone, 0 when it does not. Besides the two forms of RFC
// 9110, section 10.2.3 (seconds, a date), the durations that some servers write ("1m30s") are understood.
func retryAfter(header http.Header, now time.Time) time.Duration {
	written := strings.TrimSpace(header.Get("Retry-After"))
	if written == "" {
		return 0
	}
	return min(max(parseRetryAfter(written, header, now), 0), maxRetryAfter)
}

func parseRetryAfter(written string, header http.Header, now time.Time) time.Duration {
	if seconds, err := strconv.ParseFloat(written, 64); err == nil {
		return time.Duration(min(max(seconds, 0), maxRetryAfter.Seconds()) * float64(time.Second))
	}
	if wait, err := time.ParseDuration(strings.ToLower(strings.ReplaceAll(written, " ", ""))); err == nil {
		return wait
	}
	at, err := http.ParseTime(written)
	if err != nil {
		return 0
	}
	// A date is meant by the host's own clock, which need not be ours.
	if theirs, err := http.ParseTime(header.Get("Date")); err == nil {
		now = theirs
	}
	return at.Sub(now)
}
