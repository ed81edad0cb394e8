package web

import (
	"errors"
	"net/http"
	"path"
	"slices"
	"strconv"
	"time"

	"waymark/catalog"
)

// visitsShown is the number of visits listed in words before the rest is unfolded.
const visitsShown = 6

// resourceBody is all that is shown of one resource.
type resourceBody struct {
	catalog.Detail
	Last     *catalog.Seen // the latest visit; nil before the first
	Findings []flagView
	Why      string // what stands behind the verdict
	Strip    strip
	Path     []step // hops of the last visit
	Recent   []visit
	Older    []visit
	Raw      string            // the last visit as JSON; empty before the first
	Visiting *catalog.Visiting // the visit under way; nil when there is none
	Pending  bool              // due, and not yet under way
	CanCheck bool
	Paused   *catalog.Pause // that keeps it from being visited; nil when there is none
	Sources  []placesOf
	Age      ageBody
}

// placesOf groups placements by their source.
type placesOf struct {
	Source string
	Places []catalog.Place
}

func (s *site) resource(w http.ResponseWriter, r *http.Request) error {
	id, err := pathNumber(r)
	if err != nil {
		return err
	}
	d, err := s.Reader.Resource(r.Context(), id)
	if err != nil {
		return err
	}
	d.Title = titleOf(d.Row)
	p := s.page(r, d.Title, "resources")
	if err := s.sayDecided(w, r, p); err != nil {
		return err
	}
	body, err := s.detail(d, p.Now)
	if err != nil {
		return err
	}
	if body.Findings, err = s.findingsOf(r, d, p); err != nil {
		return err
	}
	s.addPause(p, &body)
	p.Body = body
	return s.render(w, http.StatusOK, "resource.html", p)
}

// titleOf is how a resource is called. A list's own file is called by its name: a link to it, which would give it a
// title, names one part of it.
func titleOf(r catalog.Row) string {
	switch {
	case r.Source != "":
		return path.Base(r.URL)
	case r.Title != "":
		return r.Title
	}
	return shorten(r.URL, 60)
}

// pathNumber reads the number in the address of a resource, a finding or a review.
func pathNumber(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, noSuchPage()
	}
	return id, nil
}

func (s *site) detail(d catalog.Detail, now time.Time) (resourceBody, error) {
	skipped := d.Verdict.State == catalog.Skipped
	body := resourceBody{Detail: d, Why: why(d.Verdict, now), Strip: drawStrip(d.History), Sources: bySourceName(d.Places),
		CanCheck: s.Writer != nil && !skipped && d.Host != ""}
	body.Age = s.age(d, now)
	body.Changes = withoutEchoes(d.Changes)
	all := visits(d.History)
	cut := min(visitsShown, len(all))
	body.Recent, body.Older = all[:cut], all[cut:]
	if len(d.History) > 0 {
		var err error
		body.Last = &d.History[0]
		body.Path = drawPath(body.Last.Hops)
		if body.Raw, err = raw(*body.Last); err != nil {
			return body, err
		}
	}
	visiting := s.activity().Visiting
	if i := slices.IndexFunc(visiting, func(v catalog.Visiting) bool { return v.Resource == d.ID }); i >= 0 {
		body.Visiting = &visiting[i]
	}
	body.Pending = body.Visiting == nil && !skipped && !d.Due.IsZero() && !d.Due.After(now)
	return body, nil
}

// findingsOf adds to the findings of a resource what people decided. One that closed a moment ago is left out.
func (s *site) findingsOf(r *http.Request, d catalog.Detail, p *page) ([]flagView, error) {
	var list []flagView
	for _, f := range d.Findings {
		flag, err := s.Flags.Flag(r.Context(), f.ID, p.Now)
		if errors.Is(err, catalog.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, s.flagView(flag, p))
	}
	return list, nil
}

// addPause says whether the resource is paused. What is paused cannot be checked.
func (s *site) addPause(p *page, body *resourceBody) {
	if body.Host == "" {
		return
	}
	names := make([]string, len(body.Sources))
	for i, source := range body.Sources {
		names[i] = source.Source
	}
	if pause, ok := catalog.PauseOf(p.Pauses, body.Host, names); ok {
		body.Paused, body.CanCheck, body.Pending = &pause, false, false
	}
}

func bySourceName(places []catalog.Place) []placesOf {
	var list []placesOf
	for _, place := range places {
		i := slices.IndexFunc(list, func(p placesOf) bool { return p.Source == place.Source })
		if i < 0 {
			i, list = len(list), append(list, placesOf{Source: place.Source})
		}
		list[i].Places = append(list[i].Places, place)
	}
	return list
}

// checkNow makes a resource due and goes back to its page, which tells of the visit as it goes on.
func (s *site) checkNow(w http.ResponseWriter, r *http.Request) error {
	id, err := pathNumber(r)
	if err != nil {
		return err
	}
	if s.Writer == nil {
		return readOnly()
	}
	if err := s.Writer.CheckNow(r.Context(), []int64{id}, s.Now()); err != nil {
		return err
	}
	if s.Crawler != nil {
		s.Crawler.Wake()
	}
	http.Redirect(w, r, "/resources/"+strconv.FormatInt(id, 10), http.StatusSeeOther)
	return nil
}

func readOnly() *refusal {
	return &refusal{code: http.StatusForbidden, title: "Read only",
		text: "This dashboard shows the catalog and changes nothing.", hint: "Ask whoever runs the crawler."}
}
