package web

import (
	"net/http"
	"net/url"
	"strings"

	"waymark/catalog"
)

// problemsShown is the number of a source's problems listed before the rest is unfolded.
const problemsShown = 5

// starter is the path of the catalog inside the binary.
const starter = "starter:"

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
	Lives     string // where it is, for people
	Trouble   string // why the last reading failed; empty when it did not
}

// sourcesBody is the page of all sources.
type sourcesBody struct {
	Sources []sourceBody
	CanAdd  bool
	Demo    bool // nothing is added, as its web is simulated
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
		body[i].Pausing = s.box(p, source.Name, "")
	}
	p.Said = said(w, r)
	p.Body = sourcesBody{Sources: body, CanAdd: p.Person != "" && s.SourceKeeper != nil && !s.Demo, Demo: s.Demo, SignIn: s.signInFor(p), Attempt: p.Attempt.to("/sources")}
	return s.render(w, http.StatusOK, "sources.html", p)
}

func (s *site) sourceBody(source catalog.SourceStatus) sourceBody {
	cut := min(problemsShown, len(source.Problems))
	lives := source.Location()
	if source.Path == starter {
		lives = "built into Waymark"
	}
	return sourceBody{SourceStatus: source, Lives: lives, Judged: judged(source.Health), Open: open(source.Health),
		First: source.Problems[:cut], More: source.Problems[cut:], CanSync: s.Syncer != nil,
		Trouble: readingTrouble(source.Name, source.Error)}
}

// troubles are what keeps a source from being read, by what the error of it holds, and how a page says so.
var troubles = []struct{ in, text string }{
	{"no such host", "The host name does not exist. Check the address."},
	{"connection refused", "Nothing answers at its address. Check the address, or try again later."},
	{"timeout", "It did not answer in time. It is tried again by itself."},
	{"deadline exceeded", "It did not answer in time. It is tried again by itself."},
	{"authentication required", "There is no such repository, or it is not public."},
	{"repository not found", "There is no such repository, or it is not public."},
}

// readingTrouble says to people why a source was not read: the log holds the error with all its parts. Where it is known
// what was wrong, it is said as that; else in the words of the error, without what the page says anyway.
func readingTrouble(source, message string) string {
	for _, known := range troubles {
		if strings.Contains(message, known.in) {
			return known.text
		}
	}
	message = strings.TrimPrefix(message, "source "+source+": ")
	message = strings.TrimSuffix(message, "; the links known so far are kept")
	if message == "" {
		return ""
	}
	if first, _, _ := strings.Cut(message, " "); !strings.ContainsAny(first, ".:/") { // else an address, or the name of a file
		message = capital(message)
	}
	return strings.TrimSuffix(message, ".") + "."
}

// syncNow has a source read again and goes back to it.
func (s *site) syncNow(w http.ResponseWriter, r *http.Request) error {
	if s.Syncer == nil {
		return readOnly()
	}
	name := r.PathValue("name")
	if _, err := s.findSource(r, name); err != nil {
		return err
	}
	s.Syncer.SyncNow(name)
	http.Redirect(w, r, s.backTo(r, "/sources#"+url.PathEscape(name)), http.StatusSeeOther)
	return nil
}
