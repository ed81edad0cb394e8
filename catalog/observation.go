package catalog

import (
	"slices"
	"time"
)

// Observation is what one visit showed. It holds facts and no opinion; a visit that failed is an observation
// with a Failure.
type Observation struct {
	At       time.Time     // when the visit began
	Duration time.Duration // of the last attempt's transfers, without the polite waiting
	Attempts int           // requests for the first URL, from 1; 0 where nothing was asked (local files)
	Hops     []Hop         // one per request of the last attempt, in order; the last is what answered
	Failure  *Failure      // why no answer came; nil when one did

	ContentType     string        // media type of the final answer, lower case, without parameters
	Bytes           int64         // decoded bytes read of the final body
	Truncated       bool          // the body was longer than what was read
	ETag            string        // validator of the final answer
	LastModified    string        // validator of the final answer, as sent
	RetryAfter      time.Duration // what the final answer asked us to wait; 0 when it did not
	Challenge       string        // provider of a bot wall that the answer shows; "" when none
	CertificateEnds time.Time     // when the first https hop's certificate expires, where that is within 30 days; zero otherwise

	Page    *Page    // facts of the document; nil when none was read
	Text    *Text    // what was to be found out of its text, for comparing; nil where nothing was. It is not kept
	Signals []Signal // marks of the final answer, of whatever status
	Answers []Answer // to the questions that Ask raised, in the order in which they were asked

	Local   bool              // held against the source's own files, without network
	Missing []string          // wanted fragments that the document does not have
	Near    map[string]string // for some of them, the fragment that was probably meant
}

// Hop is one request and its answer.
type Hop struct {
	URL      string `json:"url"`
	Status   int    `json:"status"`             // 0 when no answer came
	Location string `json:"location,omitempty"` // as sent, for redirects
	// Refresh says that the document itself sent the visitor on, by <meta> or a Refresh header: Location is its address.
	Refresh  bool          `json:"refresh,omitempty"`
	Duration time.Duration `json:"duration,omitempty"` // from the request to the end of the headers
	Rule     RedirectRule  `json:"rule,omitempty"`     // what a rule said of the redirect; empty where none did
}

// Failure is why a visit got no usable answer.
type Failure struct {
	Reason Reason `json:"reason"` // dns, refused, unreachable, reset, timeout, tls, protocol, redirect-loop, bad-redirect, private-address, robots, rate-limited (not asked at all), invalid-url, not-found (local)
	// NoSuchHost tells the NXDOMAIN answer, which is definite, from every other DNS failure.
	NoSuchHost bool `json:"no_such_host,omitempty"`
	Connecting bool `json:"connecting,omitempty"` // it failed before the request was sent
	// ServerError tells a robots.txt that the host fails to serve (5xx) from one that forbids the visit.
	ServerError bool   `json:"server_error,omitempty"`
	Detail      string `json:"detail"` // one line for people, such as "certificate expired on 2024-03-01"
	// Issuer is where an unknown issuer's own certificate can be had, by the server's certificate; "" when it does not say.
	Issuer string `json:"issuer,omitempty"`
	// Suggestion is what was probably meant by an invalid link; "" when nobody can tell.
	Suggestion string `json:"suggestion,omitempty"`
}

// Page is what a document says of itself. Texts are valid UTF-8, one line, bounded, without control characters.
type Page struct {
	Title        string    `json:"title,omitempty"`
	Canonical    string    `json:"canonical,omitempty"`     // absolute
	Language     string    `json:"language,omitempty"`      // as declared, such as "pt-BR"
	Refresh      string    `json:"refresh,omitempty"`       // absolute URL of an immediate meta refresh
	Modified     time.Time `json:"modified,omitzero"`       // last change, else publication; zero when unknown
	ModifiedFrom string    `json:"modified_from,omitempty"` // where Modified was read: json-ld, meta, microdata, time, text, url, last-modified
	// ModifiedAs is what was read, as it is written there, and ModifiedSure how far it can be believed.
	ModifiedAs   string     `json:"modified_as,omitempty"`
	ModifiedSure Confidence `json:"modified_sure,omitempty"`
	Sketch       *Sketch    `json:"sketch,omitempty"` // of the text, where there is something to compare it with
}

// Status returns the status of the last hop, 0 when no answer came.
func (o Observation) Status() int {
	if len(o.Hops) == 0 {
		return 0
	}
	return o.Hops[len(o.Hops)-1].Status
}

// FinalURL returns the URL of the last hop, "" when nothing was asked.
func (o Observation) FinalURL() string {
	if len(o.Hops) == 0 {
		return ""
	}
	return o.Hops[len(o.Hops)-1].URL
}

// answeredByRedirect reports whether the visit ended with a redirect that a rule takes for the page.
func (o Observation) answeredByRedirect() bool {
	return o.Failure == nil && len(o.Hops) > 0 && o.Hops[len(o.Hops)-1].Rule == RedirectsAnswer
}

// Unmodified reports whether the visit was answered by 304 Not Modified: the page is as it was.
func (o Observation) Unmodified() bool { return o.Status() == 304 }

// Signal returns the first mark of a kind that the final answer bears.
func (o Observation) Signal(kind SignalKind) (Signal, bool) { return firstSignal(o.Signals, kind) }

func firstSignal(signals []Signal, kind SignalKind) (Signal, bool) {
	i := slices.IndexFunc(signals, func(s Signal) bool { return s.Kind == kind })
	if i < 0 {
		return Signal{}, false
	}
	return signals[i], true
}

// Wall returns the provider of the bot wall that the final answer shows, "" when it shows none.
func (o Observation) Wall() string {
	wall, _ := o.Signal(SignalWall)
	return wall.Says
}
