package web

import (
	"encoding/json"
	"net/http"
	"time"

	"waymark/catalog"
)

// The API of findings. Reading is open; deciding needs the write token as a bearer token.

type flagJSON struct {
	findingJSON
	Version     string                  `json:"version"` // to be sent back with a decision
	Resource    int64                   `json:"resource"`
	URL         string                  `json:"url"`
	Title       string                  `json:"title"`
	Places      []catalog.PlaceDocument `json:"placements"` // at most 20
	PlaceCount  int                     `json:"placement_count"`
	ReviewState catalog.ReviewState     `json:"review"`
	Decision    *reviewJSON             `json:"decision"` // in force; null when there is none
}

type reviewJSON struct {
	ID       int64               `json:"id"`
	Decision catalog.ReviewState `json:"decision"`
	Reason   string              `json:"reason"`
	By       string              `json:"by"`
	At       time.Time           `json:"at"`
	Until    *time.Time          `json:"until"`
}

func decisionView(r catalog.Review) *reviewJSON {
	return &reviewJSON{r.ID, r.Decision, r.Reason, r.By, r.At.UTC(), known(r.Until)}
}

func (s *site) apiFindings(w http.ResponseWriter, r *http.Request) error {
	var q catalog.FlagQuery
	if err := fill(flagParams(&q), r.URL.Query()); err != nil {
		return err
	}
	q.Apart = true
	now := s.Now()
	rows, err := s.Flags.Flags(r.Context(), q, now)
	if err != nil {
		return err
	}
	list := []flagJSON{}
	for _, group := range rows.Groups {
		for _, flag := range group.Flags {
			list = append(list, flagJSONOf(flag, now))
		}
	}
	return writeJSON(w, http.StatusOK, struct {
		Findings []flagJSON `json:"findings"`
		Next     string     `json:"next"`
	}{list, rows.Next})
}

func flagJSONOf(f catalog.Flag, now time.Time) flagJSON {
	v := flagJSON{findingJSON: findingView(f.Finding, f.Resource.Open), Version: f.Version(), Resource: f.Resource.ID, URL: f.Resource.URL, Title: f.Resource.Title,
		Places: each(f.Places, catalog.Place.Document), PlaceCount: f.Resource.Count, ReviewState: f.Review.State(now)}
	if v.ReviewState != catalog.ReviewOpen {
		v.Decision = decisionView(f.Review)
	}
	return v
}

// apiReview keeps a decision that a program sends.
func (s *site) apiReview(w http.ResponseWriter, r *http.Request) error {
	if err := s.mayWrite(r); err != nil {
		return err
	}
	id, err := pathNumber(r)
	if err != nil {
		return err
	}
	asked, err := decisionAsked(w, r)
	if err != nil {
		return err
	}
	made, err := s.Reviewer.Review(r.Context(), catalog.ReviewRequest{Finding: id, Version: asked.Version, Decision: asked.Decision,
		Reason: asked.Reason, By: asked.By, Until: asked.Until}, s.Now())
	if err != nil {
		return noFinding(err)
	}
	return writeJSON(w, http.StatusOK, decisionView(made))
}

// decisionJSON is a decision as programs send it.
type decisionJSON struct {
	Version  string              `json:"version"`
	Decision catalog.ReviewState `json:"decision"`
	Reason   string              `json:"reason"`
	By       string              `json:"by"`
	Until    time.Time           `json:"until"`
}

func decisionAsked(w http.ResponseWriter, r *http.Request) (d decisionJSON, err error) {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 16<<10))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return d, badRequest("The body is no JSON object with version, decision, reason, by and until.", "See the manual.")
	}
	return d, nil
}

// apiHostDeath tells what is open of a host of which nothing lives any more, and the version to decide on all of it with.
func (s *site) apiHostDeath(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("host")
	rows, err := s.Flags.Flags(r.Context(), catalog.FlagQuery{Host: name, Kind: catalog.FindingDead, Review: catalog.ReviewOpen, Limit: 1}, s.Now())
	if err != nil {
		return err
	}
	if len(rows.Groups) == 0 || rows.Groups[0].Host == "" {
		return &refusal{code: http.StatusNotFound, title: "No such death", text: "This host did not die as a whole, or all of it is decided on."}
	}
	g := rows.Groups[0]
	return writeJSON(w, http.StatusOK, struct {
		Host     string `json:"host"`
		Findings int    `json:"findings"`
		Version  string `json:"version"`
	}{g.Host, g.Count, g.Version})
}

// apiReviewHost keeps one decision on all that is open of the death of a host.
func (s *site) apiReviewHost(w http.ResponseWriter, r *http.Request) error {
	if err := s.mayWrite(r); err != nil {
		return err
	}
	asked, err := decisionAsked(w, r)
	if err != nil {
		return err
	}
	first, n, err := s.Reviewer.ReviewHost(r.Context(), catalog.HostReviewRequest{Host: r.PathValue("host"), Version: asked.Version, Decision: asked.Decision,
		Reason: asked.Reason, By: asked.By, Until: asked.Until}, s.Now())
	if err != nil {
		return noDeath(err)
	}
	return writeJSON(w, http.StatusOK, struct {
		*reviewJSON
		Findings int `json:"findings"`
	}{decisionView(first), n})
}

// apiWithdraw takes a decision back; by says who does, and together=true that all made at once are meant.
func (s *site) apiWithdraw(w http.ResponseWriter, r *http.Request) error {
	if err := s.mayWrite(r); err != nil {
		return err
	}
	id, err := pathNumber(r)
	if err != nil {
		return err
	}
	by := r.URL.Query().Get("by")
	if !isName(by) {
		return badRequest("The parameter \"by\" is not a name.", "Say who takes the decision back.")
	}
	withdraw := s.Reviewer.Withdraw
	if r.URL.Query().Get("together") == "true" {
		withdraw = s.Reviewer.WithdrawBatch
	}
	if err := withdraw(r.Context(), id, by, s.Now()); err != nil {
		return noReview(err)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// mayWrite refuses a program without the write token.
func (s *site) mayWrite(r *http.Request) error {
	if s.Reviewer == nil {
		return readOnly()
	}
	return s.bearer(r)
}
