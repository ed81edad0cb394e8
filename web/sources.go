package web

import (
	"net/http"
	"net/url"

	"waymark/catalog"
)

// problemsShown is the number of a source's problems listed before the rest is unfolded.
const problemsShown = 5

// sourceBody is a source as its page shows it.
type sourceBody struct {
	catalog.SourceStatus
	Judged    int
	Open      int // findings
	First     []catalog.Problem
	More      []catalog.Problem
	CanSync   bool
	CanRemove bool // it was added by a page, and who looks may take it out
	Pausing   pauseBox
}

// sourcesBody is the page of all sources.
type sourcesBody struct {
	Sources []sourceBody
	CanAdd  bool
	SignIn  string
	Attempt *attempt // a source that was not accepted; nil for most
}

func (s *site) sources(w http.ResponseWriter, r *http.Request) error {
	list, err := s.Reader.Sources(r.Context())
	if err != nil {
		return err
	}
	p := s.page(r, "Sources", "sources")
	body := make([]sourceBody, len(list))
	for i, source := range list {
		body[i] = s.sourceBody(source)
		body[i].CanRemove = body[i].AddedBy != "" && p.Person != "" && s.SourceKeeper != nil
		body[i].Pausing = s.box(p, source.Name, "")
	}
	p.Said = said(w, r)
	p.Body = sourcesBody{Sources: body, CanAdd: p.Person != "" && s.SourceKeeper != nil, SignIn: s.signInFor(p), Attempt: p.Attempt.to("/sources")}
	return s.render(w, http.StatusOK, "sources.html", p)
}

func (s *site) sourceBody(source catalog.SourceStatus) sourceBody {
	cut := min(problemsShown, len(source.Problems))
	return sourceBody{SourceStatus: source, Judged: judged(source.Health), Open: open(source.Health),
		First: source.Problems[:cut], More: source.Problems[cut:], CanSync: s.Syncer != nil}
}

// syncNow has a source read again and goes back to it on the page of sources.
func (s *site) syncNow(w http.ResponseWriter, r *http.Request) error {
	if s.Syncer == nil {
		return readOnly()
	}
	name := r.PathValue("name")
	if _, err := s.findSource(r, name); err != nil {
		return err
	}
	s.Syncer.SyncNow(name)
	http.Redirect(w, r, "/sources#"+url.PathEscape(name), http.StatusSeeOther)
	return nil
}
