package main

import (
	"encoding/json"
	"io"
	"time"

	"waymark/catalog"
)

// The documents of --format json. Their fields are fixed: scripts depend on them.

// headJSON is the report without its resources, which follow.
type headJSON struct {
	Version  string      `json:"version"`
	Started  time.Time   `json:"started"`
	Finished time.Time   `json:"finished"`
	Summary  summaryJSON `json:"summary"`
}

type summaryJSON struct {
	Placements int                         `json:"placements"`
	Resources  int                         `json:"resources"`
	States     map[catalog.State]int       `json:"states"`
	Findings   map[catalog.FindingKind]int `json:"findings"`
}

type resourceJSON struct {
	URL          string                  `json:"url"`
	State        catalog.State           `json:"state"`
	Reason       catalog.Reason          `json:"reason"`
	Message      string                  `json:"message"`
	Status       int                     `json:"status"`
	FinalURL     string                  `json:"final_url"`
	Title        string                  `json:"title"`
	ContentType  string                  `json:"content_type"`
	Modified     *string                 `json:"modified"`
	ModifiedFrom string                  `json:"modified_from"`
	ModifiedAs   string                  `json:"modified_as"` // as it is written there
	ModifiedSure catalog.Confidence      `json:"modified_confidence"`
	Checked      time.Time               `json:"checked"`
	DurationMS   float64                 `json:"duration_ms"`
	Attempts     int                     `json:"attempts"`
	Hops         []hopJSON               `json:"hops"`
	Findings     []findingJSON           `json:"findings"`
	Placements   []catalog.PlaceDocument `json:"placements"`
	Explanation  catalog.Explanation     `json:"explanation"`
}

type hopJSON struct {
	URL      string `json:"url"`
	Status   int    `json:"status"`
	Location string `json:"location"`
}

type findingJSON struct {
	Kind       catalog.FindingKind `json:"kind"`
	Message    string              `json:"message"`
	Suggestion string              `json:"suggestion"`
	Fragment   string              `json:"fragment"`
}

// toResourceJSON joins what the lists want with what the visit gave.
func toResourceJSON(w *catalog.Wanted, r catalog.Result, rules catalog.Rules) resourceJSON {
	seen, v := r.Observation, r.Judgement.Verdict
	out := resourceJSON{
		URL: w.URL, State: v.State, Reason: v.Reason, Message: v.Message,
		Status: seen.Status(), FinalURL: seen.FinalURL(), ContentType: seen.ContentType,
		Checked: seen.At.UTC(), DurationMS: float64(seen.Duration.Microseconds()) / 1000, Attempts: seen.Attempts,
		Hops: []hopJSON{}, Findings: []findingJSON{}, Placements: []catalog.PlaceDocument{},
		Explanation: catalog.Explain(v, seen, rules.For(w.Host, catalog.Spots(w.Places))),
	}
	if seen.Page != nil {
		out.Title = seen.Page.Title
	}
	if m := r.Judgement.Modified; !m.IsZero() {
		date := m.At.UTC().Format(time.DateOnly)
		out.Modified, out.ModifiedFrom, out.ModifiedAs, out.ModifiedSure = &date, m.From, m.As, m.Sure
	}
	for _, h := range seen.Hops {
		out.Hops = append(out.Hops, hopJSON{URL: h.URL, Status: h.Status, Location: h.Location})
	}
	for _, f := range standing(r) {
		out.Findings = append(out.Findings, findingJSON{Kind: f.Kind, Message: f.Message, Suggestion: f.SuggestionFor(w.CommonFragment()), Fragment: f.Fragment})
	}
	for _, p := range w.Places {
		out.Placements = append(out.Placements, p.Document())
	}
	return out
}

// standing returns the findings that are open after a result.
func standing(r catalog.Result) []catalog.Finding {
	gone := map[int64]bool{}
	for _, list := range [][]catalog.Finding{r.Judgement.Closed, r.Judgement.Opened} {
		for _, f := range list {
			gone[f.ID] = true
		}
	}
	var open []catalog.Finding
	for _, f := range r.Claim.Standing.Findings {
		if !gone[f.ID] {
			open = append(open, f)
		}
	}
	return append(open, r.Judgement.Opened...)
}

func listJSON(out io.Writer, snaps []catalog.Snapshot) error {
	document := struct {
		Placements []catalog.PlaceDocument `json:"placements"`
	}{[]catalog.PlaceDocument{}}
	if err := eachPlacement(snaps, func(p catalog.PlaceDocument) error {
		document.Placements = append(document.Placements, p)
		return nil
	}); err != nil {
		return err
	}
	return indented(out, document)
}

func listJSONLines(out io.Writer, snaps []catalog.Snapshot) error {
	encoder := jsonEncoder(out)
	return eachPlacement(snaps, func(p catalog.PlaceDocument) error { return encoder.Encode(p) })
}

func indented(out io.Writer, document any) error {
	encoder := jsonEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}

// jsonEncoder returns an encoder whose output is safe to look at on a terminal.
func jsonEncoder(out io.Writer) *json.Encoder {
	encoder := json.NewEncoder(printable{out})
	encoder.SetEscapeHTML(false)
	return encoder
}

// printable makes documents safe to look at. The encoder hands over whole documents, so that no character is cut
// between two writes.
type printable struct{ io.Writer }

func (p printable) Write(document []byte) (int, error) {
	_, err := p.Writer.Write(catalog.PrintableJSON(document))
	return len(document), err
}
