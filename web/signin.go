package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"waymark/catalog"
)

// signInBody is the page on which somebody signs in.
type signInBody struct {
	Back    string // the page to come back to
	Name    string
	Problem string // of the last attempt
	Token   string // in the demo, where it is no secret
}

// signInAddress is the address at which to sign in and come back.
func signInAddress(back string) string {
	return "/sign-in?" + url.Values{"back": {back}}.Encode()
}

func (s *site) signIn(w http.ResponseWriter, r *http.Request) error {
	if s.Gate == nil || s.sessions == nil {
		return noSuchPage()
	}
	back := r.URL.Query().Get("back")
	if !localPath(back) {
		back = "/flagged"
	}
	return s.signInPage(w, r, http.StatusOK, signInBody{Back: back, Name: personOf(r)})
}

func (s *site) signInPage(w http.ResponseWriter, r *http.Request, code int, body signInBody) error {
	p := s.page(r, "Sign in", "")
	body.Token = s.DemoToken
	p.Body = body
	return s.render(w, code, "signin.html", p)
}

// enter signs somebody in who has the token and gives a name. A new session begins, so that one which was known before
// is worth nothing (session fixation).
func (s *site) enter(w http.ResponseWriter, r *http.Request) error {
	if s.Gate == nil || s.sessions == nil {
		return readOnly()
	}
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	body := signInBody{Back: s.backTo(r, "/flagged"), Name: strings.TrimSpace(r.PostFormValue("name"))}
	if !isName(body.Name) {
		body.Problem = "Give your name, so that others see who decided."
		return s.signInPage(w, r, http.StatusUnprocessableEntity, body)
	}
	if err := s.checkToken(r, r.PostFormValue("token")); err != nil {
		var e *refusal
		if !errors.As(err, &e) {
			return err
		}
		body.Problem = e.text + " " + e.hint
		return s.signInPage(w, r, e.code, body)
	}
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	s.sessions.Put(r.Context(), sessionName, body.Name)
	http.Redirect(w, r, body.Back, http.StatusSeeOther)
	return nil
}

// isName reports whether a text can stand for a person: something printable that is not too long.
func isName(text string) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= catalog.LongestName &&
		!strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) })
}

// leave signs somebody out.
func (s *site) leave(w http.ResponseWriter, r *http.Request) error {
	if s.sessions == nil {
		return readOnly()
	}
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, s.backTo(r, "/"), http.StatusSeeOther)
	return nil
}
