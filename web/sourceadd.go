package web

import (
	"context"
	"net/http"
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
	if src, err = catalog.CheckAdded(src); err != nil {
		return err
	}
	if err := s.SourceKeeper.AddSource(r.Context(), src, by, s.Now()); err != nil {
		return err
	}
	s.Syncer.SyncNow(src.Name)
	say(w, "added", 0)
	http.Redirect(w, r, "/sources", http.StatusSeeOther)
	return nil
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
