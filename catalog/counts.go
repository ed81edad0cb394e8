package catalog

import "time"

// OverdueAfter is how long a due visit may wait before its resource counts as overdue. A fresh list is due as a
// whole at once, and a busy host makes its visits queue; neither is a fault.
const OverdueAfter = time.Hour

// Counts is the state of the whole catalog at one moment, as numbers for metrics.
type Counts struct {
	Catalog map[State]int  // every resource that has a placement in force, once
	Sources []SourceCounts // every source in force, in order of name; also one without resources
	// Overdue is the number of resources whose next visit was due more than [OverdueAfter] ago and is neither
	// recorded nor under way. What is paused, or was until less than that ago, is not overdue.
	Overdue int
	Paused  []Pause // the pauses in force
	// LastCheck is when a visit was last recorded, whatever it showed; zero when none ever was.
	LastCheck time.Time
}

// SourceCounts is the share of one source. A resource that several sources recommend counts once in each.
type SourceCounts struct {
	Source string
	States map[State]int
	// Findings are the open findings of its resources, by what people decided on them. Every kind may be missing.
	Findings ReviewTally
	Ages     Ages      // of its resources
	Synced   time.Time // when the source was last read with success; zero when never
}

// Flagged is an open finding together with the link that it is about and a source that holds the link.
type Flagged struct {
	Source string
	Kind   FindingKind
	URL    string // of the resource; a path within the source when the resource is local
	Title  string // of the page, else of its first placement
}
