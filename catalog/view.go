package catalog

import "time"

// Query selects resources for a page of the dashboard or the API. Empty fields do not filter.
type Query struct {
	State   State
	Finding FindingKind
	Source  string
	Section string // a section path joined by " / ", with everything below it
	Branch  int64  // number of a [Branch], with everything below it
	Host    string
	Kind    Kind
	Age     AgeBand
	// Text holds words, each of which occurs in the page's title, a list's title, the URL, a section or the name of a
	// source. Case and accents do not count, a URL is taken for its parts, and the last word may be the beginning of
	// one when it has at least 3 letters. Quotes and operators mean nothing. A text without a word selects nothing.
	Text   string
	Sort   Sort
	Cursor string // of Rows.Next; empty for the first page
	Limit  int    // rows a page; 0: 50; at most 500
}

// Sort is an order of resources.
type Sort string

// The orders. Each ends with the resource's number, so that pages never overlap.
const (
	SortURL      Sort = "url"      // alphabetical; the default where no text is searched
	SortAdded    Sort = "added"    // the last added to the catalog first; the default where a text is searched
	SortTurned   Sort = "turned"   // the state that turned last first
	SortChecked  Sort = "checked"  // the last visited first
	SortDue      Sort = "due"      // the next visited first
	SortModified Sort = "modified" // the oldest page first; unknown dates last
)

// Sorts returns every order, that by URL first.
func Sorts() []Sort {
	return []Sort{SortURL, SortAdded, SortTurned, SortChecked, SortDue, SortModified}
}

// Row is a resource in a table.
type Row struct {
	ID       int64
	URL      string
	Source   string // for a local resource the source it belongs to; empty otherwise
	Host     string
	Title    string // of the page, else of its first placement
	Kind     Kind   // of its first placement
	Verdict  Verdict
	Status   int           // of the last visit
	Open     []FindingKind // kinds of its open findings
	Count    int           // placements in force
	Modified Modified      // what is known of its age
	Checked  time.Time     // zero when never
	Due      time.Time
}

// MostCounted is how far a store counts what a page shows a part of.
const MostCounted = 10_000

// Amount is a number that is counted as far as it matters: to [MostCounted], or to where going on would take too long.
type Amount struct {
	Count int
	More  bool // there are more, or counting stopped before it was known: "10,000+"
}

// Rows is a page of resources.
type Rows struct {
	Rows []Row
	Next string // cursor of the next page; empty on the last
	// Amount is how many rows all pages hold together.
	Amount
	// Partial says that more was asked for than can be sorted: a text with more than [MostCounted] hits in another order
	// than [SortAdded], of which the rows are the last added ones, or so many resources in the order of [SortChecked], of
	// which the rows are those of the last visits. A narrower query gives all.
	Partial bool
}

// Place is a placement together with its source.
type Place struct {
	Source string
	Placement
	Fragment string // as normalised, without "#"
}

// Detail is all that is known of one resource.
type Detail struct {
	Row
	Final       string // the last hop of the last visit
	ContentType string
	Language    string
	Canonical   string
	Places      []Place
	Findings    []Finding // open ones
	History     []Seen    // the last visits, the latest first
	Changes     []Turned  // the latest first
}

// Seen is an observation in a resource's history, with the verdict it led to.
type Seen struct {
	Observation
	State   State
	Reason  Reason
	Message string
}

// Turned is a change together with the resource that it is about.
type Turned struct {
	Change
	ID       int64 // rising; the cursor of feeds
	Resource int64
	URL      string
	Title    string
}

// Health counts the resources of a source, or of a section of it, by state. A resource counts once.
type Health struct {
	Source   string
	Section  string // top section; empty for the source as a whole
	States   map[State]int
	Findings map[FindingKind]int // open ones that are not set aside
}

// Total returns the number of resources.
func (h Health) Total() int {
	n := 0
	for _, count := range h.States {
		n += count
	}
	return n
}

// ManyDue is where [Overview] stops counting what is due.
const ManyDue = 10_000

// Overview is what the first page shows.
type Overview struct {
	Catalog   Health   // every resource once
	Sources   []Health // one per source, in order of name
	Sections  []Health // top sections, sources in order, sections in the order of the list
	Turned    []Turned // the latest first, at most 20
	Due       int      // due now or earlier, and not paused; [ManyDue] means that many or more
	NextDue   time.Time
	LastCheck time.Time
	Unread    []Unread // sources whose last reading failed, in order of name
}

// Unread is a source whose last reading failed. What it held before is kept.
type Unread struct {
	Source string
	At     time.Time
	Error  string
}

// SourceStatus is a source and how its last reading went.
type SourceStatus struct {
	Source
	Health     Health
	Placements int
	Files      int
	Synced     time.Time // last success; zero when never
	Error      string    // of the last attempt; empty when it succeeded
	Problems   []Problem // of the last reading
	Added      time.Time // when somebody added it by the dashboard; zero when it is configured
	AddedBy    string
}

// Explain gives the account of the verdict, from the last visit on record.
func (d Detail) Explain(rules Rules) Explanation {
	if len(d.History) == 0 {
		return Explain(d.Verdict, Observation{}, Policy{})
	}
	return Explain(d.Verdict, d.History[0].Observation, rules.For(d.Host, Spots(d.Places)))
}

// Spots returns what places tell of how their resource ages.
func Spots(places []Place) []Spot {
	spots := make([]Spot, len(places))
	for i, p := range places {
		spots[i] = p.Spot()
	}
	return spots
}
