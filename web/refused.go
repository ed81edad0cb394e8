package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
)

// attempt is a form that was refused, for the page that it stood on, which is shown again with what was entered.
type attempt struct {
	At   string // the address that the form was sent to
	Text string // what is wrong, in sentences

	code   int
	fields map[string]string
	values url.Values
}

type attemptKey struct{}

// attemptOf returns the form that a page is shown again for; nil for most pages.
func attemptOf(r *http.Request) *attempt {
	a, _ := r.Context().Value(attemptKey{}).(*attempt)
	return a
}

// Wrong says what is wrong with a field; nothing for most, and for a page that no form was refused on.
func (a *attempt) Wrong(field string) string {
	if a == nil {
		return ""
	}
	return a.fields[field]
}

// Value is what was entered into a field, or what stands in it otherwise.
func (a *attempt) Value(field, otherwise string) string {
	if a == nil || !a.values.Has(field) {
		return otherwise
	}
	return a.values.Get(field)
}

// to returns the attempt where it was sent to an address, and nil otherwise.
func (a *attempt) to(address string) *attempt {
	if a == nil || a.At != address {
		return nil
	}
	return a
}

// again shows the page that a refused form stood on, and reports whether there is one. Nobody has to go back and enter
// all of it anew.
func (s *site) again(w http.ResponseWriter, r *http.Request, e *refusal) bool {
	mendable := []int{http.StatusBadRequest, http.StatusConflict, http.StatusUnprocessableEntity}
	back := r.PostForm.Get("back")
	if r.Method != http.MethodPost || !slices.Contains(mendable, e.code) || !s.isPage(back) {
		return false
	}
	text := e.text
	if e.hint != "" && len(e.known) == 0 {
		text += " " + e.hint
	}
	ctx := context.WithValue(r.Context(), attemptKey{}, &attempt{At: r.URL.Path, Text: text, code: e.code, fields: e.fields, values: r.PostForm})
	page, err := http.NewRequestWithContext(ctx, http.MethodGet, back, nil)
	if err != nil {
		return false
	}
	page.Header, page.Host, page.RemoteAddr = r.Header, r.Host, r.RemoteAddr
	s.mux.ServeHTTP(w, page)
	return true
}

// isPage reports whether a page of this service lives at an address.
func (s *site) isPage(address string) bool {
	if !localPath(address) {
		return false
	}
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return false
	}
	_, pattern := s.mux.Handler(r)
	return pattern != "" && pattern != eventsRoute
}

// backTo returns the page that a form names as the one to go back to.
func (s *site) backTo(r *http.Request, otherwise string) string {
	if back := r.PostFormValue("back"); s.isPage(back) {
		return back
	}
	return otherwise
}

// pathOf is the address of the page on which an answer is seen. That of a form is no page: it is the one that it stood on.
func (s *site) pathOf(r *http.Request) string {
	if back := r.PostForm.Get("back"); r.Method == http.MethodPost && s.isPage(back) {
		return back
	}
	if s.isPage(r.URL.RequestURI()) {
		return r.URL.RequestURI()
	}
	return "/"
}
