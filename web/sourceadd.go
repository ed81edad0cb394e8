package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"waymark/catalog"
)

// SourceKeeper keeps the sources that people add, beside those of the configuration.
type SourceKeeper interface {
	AddSource(ctx context.Context, src catalog.Source, by string, now time.Time) error
	RemoveSource(ctx context.Context, name string) error
}

// addSource adds a source that somebody named, and has it read.
func (s *site) addSource(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	by, err := s.decider(r, "/sources#add")
	if err != nil {
		return err
	}
	if s.SourceKeeper == nil || s.Syncer == nil {
		return readOnly()
	}
	if s.Demo {
		return badRequest("The demo shows a simulated web, which holds no other list.", "Start waymark serve to add one.")
	}
	src := catalog.Source{Name: r.PostFormValue("name"), Format: "auto"}
	switch address := r.PostFormValue("address"); r.PostFormValue("where") {
	case "git":
		src.Git, src.Ref = address, r.PostFormValue("ref")
		src.Paths = strings.Fields(r.PostFormValue("paths"))
	case "url":
		src.URL = address
	default:
		return badParameter("where", r.PostFormValue("where"), []string{"git", "url"})
	}
	if strings.TrimSpace(src.Name) == "" {
		src.Name = nameFrom(src.Git + src.URL)
	}
	if wrong := wrongWith(src); len(wrong) > 0 {
		return badFields(wrong)
	}
	if src, err = catalog.CheckAdded(src); err != nil {
		return err
	}
	if err := s.SourceKeeper.AddSource(r.Context(), src, by, s.Now()); err != nil {
		return takenName(err)
	}
	s.Syncer.SyncNow(src.Name)
	say(w, "added", 0)
	http.Redirect(w, r, "/sources", http.StatusSeeOther)
	return nil
}

// takenName tells of a name that another source has.
func takenName(err error) error {
	if !errors.Is(err, catalog.ErrConflict) {
		return err
	}
	taken := badFields(map[string]string{"name": "Another source has this name; give this one another."})
	taken.code, taken.cause = http.StatusConflict, err
	return taken
}

// wrongWith says what is wrong with each field of a source that somebody wants to add, all at once: each is checked
// as if the others were sound.
func wrongWith(src catalog.Source) map[string]string {
	wrong := map[string]string{}
	if _, err := catalog.CheckAdded(catalog.Source{Name: src.Name, URL: "https://list.example/"}); err != nil {
		wrong["name"] = sentence(err)
	}
	if strings.TrimSpace(src.Git+src.URL) == "" {
		wrong["address"] = "Give the address."
	} else if _, err := catalog.CheckAdded(catalog.Source{Name: "any", URL: src.Git + src.URL}); err != nil {
		wrong["address"] = sentence(err)
	}
	return wrong
}

// nameFrom proposes a name for a source that was given none: the last part of its address that says something.
func nameFrom(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	last := path.Base(u.Path)
	if last == "." || last == "/" {
		return u.Hostname()
	}
	return strings.TrimSuffix(strings.TrimSuffix(last, ".git"), ".md")
}

// removeSource takes out a source that somebody added.
func (s *site) removeSource(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.decider(r, "/sources"); err != nil {
		return err
	}
	if s.SourceKeeper == nil || s.Syncer == nil {
		return readOnly()
	}
	name := r.PathValue("name")
	if err := s.SourceKeeper.RemoveSource(r.Context(), name); err != nil {
		return err
	}
	s.Syncer.SyncNow(name)
	say(w, "removed", 0)
	http.Redirect(w, r, "/sources", http.StatusSeeOther)
	return nil
}
