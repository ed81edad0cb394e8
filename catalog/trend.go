package catalog

import "time"

// Day is how the resources of a source stood at the end of a day, or at the last look if it is today.
type Day struct {
	Date     time.Time // midnight UTC
	States   map[State]int
	Findings int // open ones that were not set aside
}

// Trend is how a source stood day by day.
type Trend struct {
	Source string // empty for the catalog as a whole, where each resource counts once
	Days   []Day  // the earliest first; days on which no service ran are missing
}

// KeptDays is how many days of a [Trend] are kept.
const KeptDays = 400

// NewsQuery asks what turned since somebody last looked.
type NewsQuery struct {
	After   int64     // changes with higher numbers; 0: whatever the number
	Since   time.Time // changes at this moment or later; zero: whatever the time
	Source  string    // of resources that this source holds; empty: of all
	Harmful bool      // the most harmful first; else the latest first
	Limit   int       // changes to give; 0: 20; at most 500
}

// News is what turned since somebody last looked. First visits that found all in order are no news.
type News struct {
	Amount
	// Turned are the changes, at most as many as were asked for. The most harmful ones are chosen among the last
	// [MostCounted].
	Turned []Turned
	Last   int64 // number of the last change of all, news or not: [NewsQuery.After] of the next time
}

// Harm orders changes by how much they matter to the reader of a list, from 0, the most: a death, another finding in the
// order of [FindingKinds], a page that fails, one that is blocked, any other turn, and last what is good again.
func (c Change) Harm() int {
	kinds := len(FindingKinds())
	switch {
	case c.To == Dead:
		return 0
	case c.Finding != "" && !c.Closed:
		return c.Finding.Harm()
	case c.To == Failing:
		return kinds
	case c.To == Blocked:
		return kinds + 1
	case c.To == OK, c.Closed:
		return kinds + 3
	default:
		return kinds + 2
	}
}
