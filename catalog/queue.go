package catalog

import "time"

// Queue is what the crawler has before it and what it met last.
type Queue struct {
	Overdue Amount // due more than [OverdueAfter] ago
	Due     Amount // now or earlier, the overdue included
	Hour    Amount // due within the next hour, those due now not included
	Day     Amount // likewise, within 24 hours
	Week    Amount
	NextDue time.Time // of what can be visited next; zero when nothing is scheduled
	Failed  []Visited // the latest visits that found something bad, the latest first, at most 20
	Slowest []Visited // the slowest of the last 1,000 visits, the slowest first, at most 10
}

// Visited is an observation as a line of a table.
type Visited struct {
	Resource int64
	URL      string
	Title    string // of the page, else of its first placement
	At       time.Time
	Duration time.Duration
	Status   int // 0 when no answer came
	State    State
	Reason   Reason
	Message  string
}
