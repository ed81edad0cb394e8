package web

import (
	"net/http"
	"net/url"
	"slices"

	"waymark/catalog"
)

// problemsShown is the number of a source's problems listed before the rest is unfolded.
const problemsShown = 5

// sourceBody is a source as its page shows it.
type sourceBody struct {
	catalog.SourceStatus
	Judged  int
	Open    int // findings
	First   []catalog.Problem
	More    []catalog.Problem
	CanSync bool
}

func (s *site) sources(w http.ResponseWriter, r *http.Request) error {
	list, err := s.Reader.Sources(r.Context())
	if err != nil {
		return err
	}
	body := make([]sourceBody, len(list))
	for i, source := range list {
		cut := min(problemsShown, len(source.Problems))
		body[i] = sourceBody{SourceStatus: source, Judged: judged(source.Health), Open: open(source.Health),
			First: source.Problems[:cut], More: source.Problems[cut:], CanSync: s.Syncer != nil}
	}
	p := s.page(r, "Sources", "sources")
	p.Body = body
	return s.render(w, http.StatusOK, "sources.html", p)
}

// syncNow has a source read again and goes back to it on the page of sources.
func (s *site) syncNow(w http.ResponseWriter, r *http.Request) error {
	if s.Syncer == nil {
		return readOnly()
	}
	list, err := s.Reader.Sources(r.Context())
	if err != nil {
		return err
	}
	name := r.PathValue("name")
	if !slices.ContainsFunc(list, func(one catalog.SourceStatus) bool { return one.Name == name }) {
		return &refusal{code: http.StatusNotFound, title: "No such source",
			text: "No source has this name.", hint: "The sources stand in the configuration."}
	}
	s.Syncer.SyncNow(name)
	http.Redirect(w, r, "/sources#"+url.PathEscape(name), http.StatusSeeOther)
	return nil
}
