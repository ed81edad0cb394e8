package catalog

import "time"

// Verdict is what Waymark believes of a resource.
type Verdict struct {
	State   State
	Reason  Reason
	Since   time.Time // when State turned to what it is
	Message string    // one sentence for people: what was seen, and what would change the verdict

	Strikes Strikes    // bad observations in a row; undetermined ones neither add nor clear
	Steady  int        // good observations in a row, for stretching the interval
	LastOK  time.Time  // when the page was last seen in order; zero when never
	Rate    ChangeRate // how often its text changes

	// Determined is the last state that said something about the page itself (ok, failing or dead): what a
	// blocked resource was before the host closed its doors. Empty when there was none since it was last skipped.
	Determined State
}

// Strikes counts the bad observations since the last good one.
type Strikes struct {
	Definite      int       // such as 404, NXDOMAIN
	DefiniteSince time.Time // the first of them
	Bad           int       // definite and doubtful together
	BadSince      time.Time // the first of them
	Last          time.Time // the last that counted; zero when that is not known
}

// Fresh is the verdict on a resource that was never visited.
func Fresh(now time.Time) Verdict {
	return Verdict{State: Unchecked, Reason: ReasonUnchecked, Since: now, Message: "Not visited yet."}
}

// Finding is something that a person should look at.
type Finding struct {
	ID         int64 // 0 until stored
	Kind       FindingKind
	Fragment   string // for missing-anchor: the wanted fragment; empty otherwise
	Message    string // one sentence: what is wrong, with the evidence
	Suggestion string // a URL to write instead, or for a part of a file of the source "#" and the part; empty when there is none
	Opened     time.Time
}

// sameSubject reports whether two findings of one resource are about the same thing.
func (f Finding) sameSubject(g Finding) bool { return f.Kind == g.Kind && f.Fragment == g.Fragment }

// Change is a verdict or a finding that turned.
type Change struct {
	At      time.Time
	From    State       // before; empty for a finding
	To      State       // after; empty for a finding
	Reason  Reason      // of the state after
	Finding FindingKind // the finding that opened or closed; empty for a verdict
	Closed  bool        // the finding closed rather than opened
	Message string      // one sentence for people
}

// Standing is all that is believed of a resource before a visit.
type Standing struct {
	Verdict  Verdict
	Findings []Finding // the open ones
	Modified Modified  // what was last seen of its age
	HostDown int       // resources of its host that fail, where all that could be judged do, at least three; 0 otherwise
	Turns    int       // how often it turned between ok and worse in the last 30 days
	Prints   Prints    // what is kept to see it drift
	// Listed is what lists say of it, titles before sections, where the page still has to be held against them.
	Listed []string
}

// Judgement is what an observation led to.
type Judgement struct {
	Verdict  Verdict
	Opened   []Finding // to open, or to reword when one with the same kind and fragment is open
	Closed   []Finding // open ones that no longer hold
	Changes  []Change
	Rule     string   // name of the rule that read the observation; see Explain
	Modified Modified // what is known of its age, by this visit or one before
	Prints   Prints   // what is kept to see the page drift
}
