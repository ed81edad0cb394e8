package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"waymark/catalog"
)

// pauseBox is what a page shows of a pause: the one in force, or the form that begins one.
type pauseBox struct {
	At    string         // the address whose /pause and /resume are asked; empty for everything
	Text  string         // of the button that begins it
	Pause *catalog.Pause // in force; nil when there is none
	Can   bool           // who looks may change it
	Back  string         // the page to come back to
	Now   time.Time
}

// pauses are those in force. A page is shown without them when they cannot be read: it says what it knows.
func (s *site) pauses(r *http.Request) []catalog.Pause {
	list, err := s.Reader.Pauses(r.Context(), s.Now())
	if err != nil && !errors.Is(err, context.Canceled) {
		s.Logger.ErrorContext(r.Context(), "pauses not read", "request_id", requestID(r), "error", err)
	}
	return list
}

// pauseOf returns the pause of a source, of a host, or, with neither, of everything; nil when there is none.
func pauseOf(pauses []catalog.Pause, source, host string) *catalog.Pause {
	i := slices.IndexFunc(pauses, func(p catalog.Pause) bool { return p.Source == source && p.Host == host })
	if i < 0 {
		return nil
	}
	return &pauses[i]
}

// box is the part of a page about the pause of a source, of a host, or, with neither, of everything.
func (s *site) box(p *page, source, host string) pauseBox {
	b := pauseBox{Text: "Pause everything", Pause: pauseOf(p.Pauses, source, host), Can: s.Writer != nil && p.Person != "", Back: p.Path, Now: p.Now}
	switch {
	case source != "":
		b.At, b.Text, b.Back = "/sources/"+url.PathEscape(source), "Pause", p.Path+"#"+url.PathEscape(source)
	case host != "":
		b.At, b.Text = "/hosts/"+url.PathEscape(host), "Pause this host"
	}
	return b
}

// pause begins a pause of what the address names: a source, a host or everything.
func (s *site) pause(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pauseAsked(w, r)
	if err != nil {
		return err
	}
	p.Since, p.Why = s.Now(), r.PostFormValue("why")
	if text := r.PostFormValue("for"); text != "" {
		length, err := time.ParseDuration(text)
		if err != nil || length <= 0 {
			return badRequest("The length of the pause is not understood.", "Write it in hours, such as 48h, or leave it out.")
		}
		p.Until = p.Since.Add(length)
	}
	if err := p.Check(); err != nil {
		return badRequest(err.Error(), "")
	}
	return s.afterPause(w, r, s.Writer.Pause(r.Context(), p))
}

// resume ends a pause. One that has ended meanwhile is as it should be.
func (s *site) resume(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pauseAsked(w, r)
	if err != nil {
		return err
	}
	err = s.Writer.Resume(r.Context(), p, s.Now())
	if errors.Is(err, catalog.ErrNotFound) {
		err = nil
	}
	if err == nil {
		say(w, "resumed", 0)
	}
	return s.afterPause(w, r, err)
}

// pauseAsked reads what is to be paused or resumed, and by whom.
func (s *site) pauseAsked(w http.ResponseWriter, r *http.Request) (p catalog.Pause, err error) {
	if s.Writer == nil {
		return p, readOnly()
	}
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	if p.By, err = s.decider(r, s.backTo(r, "/sources")); err != nil {
		return p, err
	}
	p.Source, p.Host = r.PathValue("name"), r.PathValue("host")
	if p.Source != "" {
		_, err = s.findSource(r, p.Source)
	}
	return p, err
}

// afterPause has the crawler look at the pauses and goes back to where the button was.
func (s *site) afterPause(w http.ResponseWriter, r *http.Request, err error) error {
	if err != nil {
		return err
	}
	if s.Crawler != nil {
		s.Crawler.Wake()
	}
	http.Redirect(w, r, s.backTo(r, "/sources"), http.StatusSeeOther)
	return nil
}

// pauseJSON is a pause as the API writes it: of a source, of a host, or, with neither, of everything.
type pauseJSON struct {
	Source string     `json:"source,omitempty"`
	Host   string     `json:"host,omitempty"`
	Since  time.Time  `json:"since"`
	Until  *time.Time `json:"until"`
	By     string     `json:"by"`
	Why    string     `json:"why"`
}

func pauseView(p catalog.Pause) pauseJSON {
	return pauseJSON{p.Source, p.Host, p.Since.UTC(), known(p.Until), p.By, p.Why}
}

func (s *site) apiPauses(w http.ResponseWriter, r *http.Request) error {
	list, err := s.Reader.Pauses(r.Context(), s.Now())
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string][]pauseJSON{"pauses": each(list, pauseView)})
}
