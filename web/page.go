package web

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"waymark/catalog"
)

//go:embed templates
var templateFiles embed.FS

// page is what every page is rendered from.
type page struct {
	Title    string
	Nav      string // the entry of the navigation that it belongs to
	Search   bool   // whether the search field stands at the top; a page may have its own
	Theme    string // system, light or dark
	Next     string // the theme after that
	Path     string // of this page, with its query
	Version  string
	Person   string // who is signed in
	CanSign  bool   // whether somebody can sign in here
	Demo     bool
	Offline  string   // why Waymark believes to be offline
	Stuck    bool     // what is seen cannot be recorded
	Events   bool     // open pages hear what happens
	Attempt  *attempt // the form that the page is shown again for; nil for most
	Said     string   // what the form before this page did; empty where there was none
	Undo     string   // the address that takes that back; empty where it cannot be
	Together bool     // it was decided on several findings at once, and is taken back so
	Pauses   []catalog.Pause
	All      pauseBox // of everything
	Now      time.Time
	Body     any // of the page's own template
}

// page begins a page for a request.
func (s *site) page(r *http.Request, title, nav string) *page {
	theme, activity := themeOf(r), s.activity()
	p := &page{Title: title, Nav: nav, Search: true, Theme: theme, Next: themeAfter(theme), Path: s.pathOf(r), Attempt: attemptOf(r),
		Version: s.Version, Person: personOf(r), CanSign: s.Gate != nil && s.sessions != nil, Demo: s.Demo,
		Offline: activity.Offline, Stuck: activity.Stuck, Events: s.live.running(), Pauses: s.pauses(r), Now: s.Now()}
	p.All = s.box(p, "", "")
	return p
}

// activity is what the crawler does now; nothing, where there is none.
func (s *site) activity() catalog.Activity {
	if s.Crawler == nil {
		return catalog.Activity{}
	}
	return s.Crawler.Activity()
}

// pages are the parsed templates, one set per page, each with the layout and the shared parts.
type pages struct {
	byName map[string]*template.Template
}

// parsePages parses templates/*.html: those of the folder shared belong to every page.
func parsePages(a *assets) (*pages, error) {
	shared, err := template.New("").Funcs(funcs(a)).ParseFS(templateFiles, "templates/shared/*.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	p := &pages{byName: map[string]*template.Template{}}
	for _, name := range names {
		set, err := template.Must(shared.Clone()).ParseFS(templateFiles, name)
		if err != nil {
			return nil, err
		}
		p.byName[path.Base(name)] = set
	}
	return p, nil
}

// funcs are the words that templates may use besides their own.
func funcs(a *assets) template.FuncMap {
	return template.FuncMap{
		"icon":         func(name any) template.HTML { return icon(a, name) },
		"static":       a.url,
		"number":       number,
		"count":        count,
		"amount":       amount,
		"percent":      percent,
		"ago":          moment,
		"due":          coming,
		"lasting":      lasting,
		"day":          day,
		"span":         span,
		"rough":        rough,
		"size":         size,
		"shorten":      shorten,
		"outbound":     outbound,
		"explain":      stateText,
		"of":           func(states map[catalog.State]int, state catalog.State) int { return states[state] },
		"join":         strings.Join,
		"filtered":     filtered,
		"dict":         dict,
		"escape":       url.PathEscape,
		"bar":          bar,
		"open":         open,
		"judged":       judged,
		"hostAt":       hostAddress,
		"number64":     func(n int64) string { return number(int(n)) },
		"states":       catalog.States,
		"sourceAt":     sourceAddress,
		"partAt":       partAddress,
		"flaggedIn":    func(source string) string { return flagAddress(catalog.FlagQuery{Source: source}) },
		"branchName":   branchName,
		"branchHealth": branchHealth,
		"robots":       robotsText,
		"titleOf":      titleOf,
		"quoted":       quoteParts,
		"minus":        func(a, b int) int { return a - b },
	}
}

// icon is a drawing of the sprite, in the colour of its text. It is hidden from screen readers: a word always
// stands beside it.
func icon(a *assets, name any) template.HTML {
	id := template.HTMLEscaper(name)
	return template.HTML(`<svg class="icon" aria-hidden="true" width="16" height="16"><use href="` + a.url("icons.svg") + `#` + id + `"></use></svg>`)
}

// dict gives a template several values, in pairs of name and value.
func dict(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

// filtered makes the address of the resources that a template names, in pairs of parameter and value.
func filtered(pairs ...any) string {
	var q catalog.Query
	for _, p := range params(&q) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if p.name == pairs[i] {
				*p.value = fmt.Sprint(pairs[i+1])
			}
		}
	}
	return address(q)
}

// render writes a page. It is rendered as a whole first, so that an error leaves nothing half-written.
func (s *site) render(w http.ResponseWriter, code int, name string, p *page) error {
	var b strings.Builder
	if err := s.pages.byName[name].ExecuteTemplate(&b, "layout", p); err != nil {
		return err
	}
	if p.Attempt != nil && code == http.StatusOK {
		code = p.Attempt.code
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Cookie")
	w.WriteHeader(code)
	_, err := io.WriteString(w, harmless(b.String()))
	return sent(err)
}

// The themes. System is the absence of a choice.
const (
	themeSystem = "system"
	themeLight  = "light"
	themeDark   = "dark"
	themeCookie = "theme"
)

func themeOf(r *http.Request) string {
	c, err := r.Cookie(themeCookie)
	if err == nil && (c.Value == themeLight || c.Value == themeDark) {
		return c.Value
	}
	return themeSystem
}

func themeAfter(theme string) string {
	switch theme {
	case themeSystem:
		return themeLight
	case themeLight:
		return themeDark
	}
	return themeSystem
}

// theme keeps the choice of a theme in a cookie and goes back to the page.
func (s *site) theme(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	chosen, back := r.PostFormValue("theme"), s.backTo(r, "/")
	if chosen != themeSystem && chosen != themeLight && chosen != themeDark {
		return badParameter("theme", chosen, []string{themeSystem, themeLight, themeDark})
	}
	c := &http.Cookie{Name: themeCookie, Value: chosen, Path: "/", MaxAge: 365 * 24 * 60 * 60, SameSite: http.SameSiteLaxMode}
	if chosen == themeSystem {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}
