package fakeweb

import (
	"net/http"
	"strings"
	"time"
)

// ETag marks what a behaviour answers with an entity tag, given without
// quotes, and answers 304 to a client that has it (RFC 9110, 13.1.2).
func ETag(tag string, b Behaviour) Behaviour {
	quoted := `"` + tag + `"`
	known := func(r *http.Request) bool {
		held := r.Header.Get("If-None-Match")
		return held == "*" || strings.Contains(held, quoted)
	}
	return Header(choose(known, Status(http.StatusNotModified), b), "ETag", quoted)
}

// ModifiedAt marks what a behaviour answers with Last-Modified, and answers
// 304 to a client that has seen it since (RFC 9110, 13.1.3).
func ModifiedAt(t time.Time, b Behaviour) Behaviour {
	t = t.UTC().Truncate(time.Second)
	known := func(r *http.Request) bool {
		since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
		return err == nil && !t.After(since)
	}
	return Header(choose(known, Status(http.StatusNotModified), b), "Last-Modified", t.Format(http.TimeFormat))
}
