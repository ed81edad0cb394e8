package catalog

import "time"

// Claim is a resource that a crawler has taken to visit. It is held until its lease ends.
type Claim struct {
	Resource     int64
	Token        int64 // of the lease; a result with another token than the stored one is dropped
	URL          string
	Host         string
	Asked        bool     // a person wants it visited now: before all else of its host, and in its quiet hours
	Sources      []string // that hold it, by name
	Spots        []Spot   // of its placements; those of one section that are alike once
	Fragments    []string // wanted by its placements, without repetition
	Standing     Standing
	Remembered   bool   // what is seen of it is kept for the next visit: there is a history
	ETag         string // validators of the last answer, for a conditional request; empty when none
	LastModified string
}

// ClaimRequest says how many due visits a crawler can take.
type ClaimRequest struct {
	Now     time.Time
	Lease   time.Duration // from Now; afterwards another may claim the same
	Limit   int           // claims in all
	Asked   bool          // only what people asked for
	PerHost int           // claims held at once per host, those held already included
	// Share returns how many claims a host can hold at once, where that is less than PerHost; nil: none has less.
	Share func(host string) int
	// Longest is how far ahead a visit can be due at most. What is due later was put there by a clock that went
	// wrong. 0: not known.
	Longest time.Duration
}

// Result is what came of a claim, to be recorded in one transaction.
type Result struct {
	Claim       Claim
	Observation Observation
	Judgement   Judgement
	Due         time.Time // of the next visit
	Held        bool      // the visit fell into an outage: nothing is added to the history
}

// LongestWait is how long a host is left alone at most because it asks for it.
const LongestWait = time.Hour

// HostState is what a crawler must remember of a host to stay polite over a restart.
type HostState struct {
	Host      string
	Gap       time.Duration // start to start; 0: the default
	NotBefore time.Time     // from Retry-After or backing off; zero: now
	Quiet     time.Time     // the end of its quiet hours; zero: none. Not kept over a restart, as they are configuration
	Failures  int           // in a row

	Robots  Robots    // what its robots.txt says; zero: nothing new
	Error   string    // how the last request failed that the host is to blame for; empty: none did since the last save
	ErrorAt time.Time // when
}

// Robots is what a host says to us in its robots.txt (RFC 9309). It is kept to be shown: a crawler asks anew.
type Robots struct {
	Read   time.Time     // when it was last asked for and an answer came; zero: never
	Status int           // of that answer
	Access Access        // what it comes to, after the rules of RFC 9309 for answers that are no file
	Delay  time.Duration // its Crawl-delay as written; 0: none
}

// Access is how much of a host robots may visit.
type Access string

// The degrees of access.
const (
	AccessAll  Access = "all"
	AccessSome Access = "some" // some paths are disallowed
	AccessNone Access = "none"
)

// Visiting is a visit under way, for the dashboard.
type Visiting struct {
	Resource int64
	URL      string
	Since    time.Time
	Phase    string // waiting (for its host) or fetching
}

// Activity is what a crawler is doing right now.
type Activity struct {
	Visiting []Visiting     // the oldest first
	Offline  string         // why Waymark believes to be offline; empty when it is not
	Stuck    bool           // results cannot be recorded at the moment; they are kept and tried again
	Hosts    map[string]int // hosts in the frontier by phase: ready, waiting (for their time), busy
}
