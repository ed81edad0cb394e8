package web

import (
	"time"

	"waymark/catalog"
)

// observationJSON is a visit with every fact that was recorded of it.
type observationJSON struct {
	seenJSON
	Failure      *catalog.Failure `json:"failure,omitempty"`
	ContentType  string           `json:"content_type,omitempty"`
	Truncated    bool             `json:"truncated,omitempty"`
	ETag         string           `json:"etag,omitempty"`
	LastModified string           `json:"last_modified,omitempty"`
	RetryAfter   float64          `json:"retry_after_s,omitempty"`
	Challenge    string           `json:"challenge,omitempty"`
	Signals      []catalog.Signal `json:"signals,omitempty"`
	Answers      []catalog.Answer `json:"answers,omitempty"`
	Page         *catalog.Page    `json:"page,omitempty"`
	Local        bool             `json:"local,omitempty"`
	Missing      []string         `json:"missing,omitempty"`
}

func observationView(s catalog.Seen) observationJSON {
	return observationJSON{seenJSON: seenView(s), Failure: s.Failure, ContentType: s.ContentType, Truncated: s.Truncated, ETag: s.ETag,
		LastModified: s.LastModified, RetryAfter: s.RetryAfter.Round(time.Millisecond).Seconds(), Challenge: s.Challenge,
		Signals: s.Signals, Answers: s.Answers, Page: s.Page, Local: s.Local, Missing: s.Missing}
}
