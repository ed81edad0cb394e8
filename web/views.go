package web

import (
	"time"

	"waymark/catalog"
)

// The JSON of the API: the words of the catalog in snake_case, the same as `waymark check --format json` uses.
// Times are RFC 3339 in UTC; what is not known is null; durations are milliseconds.

type healthJSON struct {
	Source    string                      `json:"source,omitempty"`
	Section   string                      `json:"section,omitempty"`
	Resources int                         `json:"resources"`
	States    map[catalog.State]int       `json:"states"`
	Findings  map[catalog.FindingKind]int `json:"findings"`
}

type turnedJSON struct {
	ID       int64               `json:"id"`
	At       time.Time           `json:"at"`
	Resource int64               `json:"resource,omitempty"`
	URL      string              `json:"url,omitempty"`
	Title    string              `json:"title,omitempty"`
	From     catalog.State       `json:"from,omitempty"`
	To       catalog.State       `json:"to,omitempty"`
	Reason   catalog.Reason      `json:"reason,omitempty"`
	Finding  catalog.FindingKind `json:"finding,omitempty"`
	Closed   bool                `json:"closed,omitempty"`
	Message  string              `json:"message"`
}

type overviewJSON struct {
	Catalog   healthJSON   `json:"catalog"`
	Sources   []healthJSON `json:"sources"`
	Sections  []healthJSON `json:"sections"`
	Turned    []turnedJSON `json:"turned"`
	Due       int          `json:"due"` // counted up to catalog.ManyDue
	NextDue   *time.Time   `json:"next_due"`
	LastCheck *time.Time   `json:"last_check"`
}

type visitingJSON struct {
	Resource int64     `json:"resource"`
	URL      string    `json:"url"`
	Since    time.Time `json:"since"`
	Phase    string    `json:"phase"`
}

type activityJSON struct {
	Visiting []visitingJSON `json:"visiting"`
	Offline  string         `json:"offline"` // why Waymark believes to be offline; empty when it is not
	Stuck    bool           `json:"stuck"`   // results cannot be recorded at the moment
	Hosts    map[string]int `json:"hosts"`
}

type rowsJSON struct {
	Resources []rowJSON `json:"resources"`
	Next      string    `json:"next"`    // cursor of the next page; empty on the last
	Partial   bool      `json:"partial"` // more match than can be sorted; see catalog.Rows
}

type rowJSON struct {
	ID           int64                 `json:"id"`
	URL          string                `json:"url"`
	Source       string                `json:"source,omitempty"` // of a local resource
	Host         string                `json:"host,omitempty"`
	Title        string                `json:"title"`
	Kind         catalog.Kind          `json:"kind"`
	State        catalog.State         `json:"state"`
	Reason       catalog.Reason        `json:"reason"`
	Message      string                `json:"message"`
	Since        *time.Time            `json:"since"`
	LastOK       *time.Time            `json:"last_ok"`
	Status       int                   `json:"status"`
	Open         []catalog.FindingKind `json:"open"`
	Placements   int                   `json:"placement_count"`
	Modified     *string               `json:"modified"` // a date
	ModifiedFrom string                `json:"modified_from"`
	ModifiedSure catalog.Confidence    `json:"modified_confidence"`
	Checked      *time.Time            `json:"checked"`
	Due          *time.Time            `json:"due"`
}

type detailJSON struct {
	rowJSON
	FinalURL    string                  `json:"final_url"`
	ContentType string                  `json:"content_type"`
	Language    string                  `json:"language"`
	Canonical   string                  `json:"canonical"`
	ModifiedAs  string                  `json:"modified_as"` // as it is written there
	StaleFrom   *string                 `json:"stale_from"`  // a date; null where it never is, or nobody can tell
	StaleRule   string                  `json:"stale_rule"`
	Places      []catalog.PlaceDocument `json:"placements"`
	Findings    []findingJSON           `json:"findings"`
	History     []seenJSON              `json:"history"`
	Changes     []turnedJSON            `json:"changes"`
}

type findingJSON struct {
	ID         int64               `json:"id"`
	Kind       catalog.FindingKind `json:"kind"`
	Message    string              `json:"message"`
	Suggestion string              `json:"suggestion"`
	Fragment   string              `json:"fragment"`
	Opened     time.Time           `json:"opened"`
}

type hopJSON struct {
	URL      string  `json:"url"`
	Status   int     `json:"status"`
	Location string  `json:"location,omitempty"`
	Duration float64 `json:"duration_ms"`
}

type seenJSON struct {
	At       time.Time      `json:"at"`
	State    catalog.State  `json:"state"`
	Reason   catalog.Reason `json:"reason"`
	Message  string         `json:"message"`
	Status   int            `json:"status"`
	Duration float64        `json:"duration_ms"`
	Attempts int            `json:"attempts"`
	Bytes    int64          `json:"bytes"`
	Hops     []hopJSON      `json:"hops"`
}

type problemJSON struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

type sourceJSON struct {
	Name       string        `json:"name"`
	Location   string        `json:"location"`
	Format     string        `json:"format"`
	Health     healthJSON    `json:"health"`
	Placements int           `json:"placements"`
	Files      int           `json:"files"`
	Synced     *time.Time    `json:"synced"`
	Error      string        `json:"error"`
	Problems   []problemJSON `json:"problems"`
}

func healthView(h catalog.Health) healthJSON {
	v := healthJSON{h.Source, h.Section, h.Total(), h.States, h.Findings}
	if v.States == nil {
		v.States = map[catalog.State]int{}
	}
	if v.Findings == nil {
		v.Findings = map[catalog.FindingKind]int{}
	}
	return v
}

func turnedView(t catalog.Turned) turnedJSON {
	return turnedJSON{t.ID, t.At.UTC(), t.Resource, t.URL, t.Title, t.From, t.To, t.Reason, t.Finding, t.Closed, t.Message}
}

func activityView(a catalog.Activity) activityJSON {
	v := activityJSON{Offline: a.Offline, Stuck: a.Stuck, Hosts: a.Hosts, Visiting: each(a.Visiting, func(v catalog.Visiting) visitingJSON {
		return visitingJSON{v.Resource, v.URL, v.Since.UTC(), v.Phase}
	})}
	if v.Hosts == nil {
		v.Hosts = map[string]int{}
	}
	return v
}

func rowView(r catalog.Row) rowJSON {
	v := rowJSON{ID: r.ID, URL: r.URL, Source: r.Source, Host: r.Host, Title: r.Title, Kind: r.Kind,
		State: r.Verdict.State, Reason: r.Verdict.Reason, Message: r.Verdict.Message,
		Since: known(r.Verdict.Since), LastOK: known(r.Verdict.LastOK), Status: r.Status, Open: r.Open,
		Placements: r.Count, Checked: known(r.Checked), Due: known(r.Due)}
	if v.Open == nil {
		v.Open = []catalog.FindingKind{}
	}
	if !r.Modified.IsZero() {
		date := r.Modified.At.UTC().Format(time.DateOnly)
		v.Modified, v.ModifiedFrom, v.ModifiedSure = &date, r.Modified.From, r.Modified.Sure
	}
	return v
}

func detailView(d catalog.Detail, age ageBody) detailJSON {
	v := detailJSON{
		rowJSON: rowView(d.Row), FinalURL: d.Final, ContentType: d.ContentType, Language: d.Language,
		Canonical: d.Canonical, ModifiedAs: d.Modified.As, Places: each(d.Places, catalog.Place.Document),
		Findings: each(d.Findings, func(f catalog.Finding) findingJSON { return findingView(f, d.Open) }), History: each(d.History, seenView), Changes: each(d.Changes, turnedView),
	}
	if !age.Stale.IsZero() {
		date := age.Stale.UTC().Format(time.DateOnly)
		v.StaleFrom = &date
	}
	v.StaleRule = age.Rule
	return v
}

// findingView is a finding, given all kinds of open findings of its resource.
func findingView(f catalog.Finding, open []catalog.FindingKind) findingJSON {
	return findingJSON{f.ID, f.Kind, f.Message, suggested(f, open), f.Fragment, f.Opened.UTC()}
}

func seenView(s catalog.Seen) seenJSON {
	return seenJSON{s.At.UTC(), s.State, s.Reason, s.Message, s.Status(), milliseconds(s.Duration), s.Attempts, s.Bytes,
		each(s.Hops, func(h catalog.Hop) hopJSON {
			return hopJSON{h.URL, h.Status, h.Location, milliseconds(h.Duration)}
		})}
}

func sourceView(s catalog.SourceStatus) sourceJSON {
	return sourceJSON{s.Name, s.Location(), s.Format, healthView(s.Health), s.Placements, s.Files, known(s.Synced), s.Error,
		each(s.Problems, func(p catalog.Problem) problemJSON { return problemJSON{p.File, p.Line, p.Column, p.Message} })}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
