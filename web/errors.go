package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"waymark/catalog"
)

// refusal is an error that is shown: a code for machines, sentences for people. Its cause goes to the log only.
type refusal struct {
	code  int      // HTTP status
	title string   // a few words
	text  string   // one sentence: what happened
	hint  string   // one sentence: what to do; may be empty
	known []string // the values that would have been understood; may be empty
	cause error    // may be nil

	fields map[string]string // what is wrong with a field of a form, by its name; may be nil
}

func (e *refusal) Error() string {
	if e.cause != nil {
		return e.text + ": " + e.cause.Error()
	}
	return e.text
}

func (e *refusal) Unwrap() error { return e.cause }

// word is the code as the API writes it: the status in lower case, such as not-found.
func (e *refusal) word() string {
	return strings.ReplaceAll(strings.ToLower(http.StatusText(e.code)), " ", "-")
}

func noSuchPage() *refusal {
	return &refusal{code: http.StatusNotFound, title: "No such page",
		text: "Nothing lives at this address.", hint: "Start from the overview, or search the resources."}
}

func wrongMethod(method, allow string) *refusal {
	return &refusal{code: http.StatusMethodNotAllowed, title: "Not this way",
		text: fmt.Sprintf("This address does not answer %s.", method), hint: "It answers " + allow + "."}
}

func badParameter(name, value string, known []string) *refusal {
	e := &refusal{code: http.StatusBadRequest, title: "Unknown filter",
		text:  fmt.Sprintf("%q is not a value of the parameter %q.", value, name),
		known: known}
	if len(known) > 0 {
		e.hint = "Its values are:"
	}
	return e
}

func badRequest(text, hint string) *refusal {
	return &refusal{code: http.StatusBadRequest, title: "Not understood", text: text, hint: hint}
}

// badFields refuses a form for what was entered into its fields.
func badFields(fields map[string]string) *refusal {
	return &refusal{code: http.StatusUnprocessableEntity, title: "Not accepted", fields: fields,
		text: strings.Join(slices.Sorted(maps.Values(fields)), " ")}
}

// noSuch tells of what is not there, where the words about a resource would mislead; other errors are left as they are.
func noSuch(err error, text, hint string) error {
	if errors.Is(err, catalog.ErrNotFound) {
		return &refusal{code: http.StatusNotFound, title: "Not in the catalog", text: text, hint: hint, cause: err}
	}
	return err
}

// noFinding is noSuch for a finding that somebody decides on.
func noFinding(err error) error {
	return noSuch(err, "There is no such finding; it may have closed by itself, as when the link works again.", "Look at what is flagged now.")
}

// noReview is noSuch for a decision that somebody takes back.
func noReview(err error) error {
	return noSuch(err, "There is no such decision.", "Look at who decided what.")
}

// noDeath is noSuch for a host that somebody decides on as a whole.
func noDeath(err error) error {
	return noSuch(err, "Nothing of this host is dead, or no source leads to it.", "Look at what is flagged now.")
}

// refuseCrossOrigin answers a write that another site's page asked for.
func refuseCrossOrigin(http.ResponseWriter, *http.Request) error {
	return &refusal{code: http.StatusForbidden, title: "Asked from elsewhere",
		text: "This change was asked for by a page of another site, so it was not made.",
		hint: "Behind a proxy, set external_url in the configuration to the address in the browser."}
}

// unsent wraps a failure to send an answer that was already begun: the reader went away.
type unsent struct{ error }

func sent(err error) error {
	if err != nil {
		return unsent{err}
	}
	return nil
}

// serve adapts a handler to net/http: the one place where errors become answers.
func (s *site) serve(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		var gone unsent
		switch {
		case err == nil:
		case errors.As(err, &gone), errors.Is(err, context.Canceled) && r.Context().Err() != nil:
			s.Logger.DebugContext(r.Context(), "the reader went away", "path", r.URL.Path, "error", err)
		default:
			s.fail(w, r, err)
		}
	}
}

// shown says what of an error is shown.
func shown(err error) *refusal {
	var e *refusal
	var paused *catalog.PausedError
	switch {
	case errors.As(err, &e):
		return e
	case errors.As(err, &paused):
		return &refusal{code: http.StatusConflict, title: "Paused", cause: err,
			text: "This is not visited now: " + paused.Error() + ".",
			hint: "Resume it first, with the button beside it or with: waymark resume " + paused.Pause.Flag()}
	case errors.Is(err, catalog.ErrNotFound):
		return &refusal{code: http.StatusNotFound, title: "Not in the catalog", cause: err,
			text: "No source recommends this resource any more, or none ever did.", hint: "Search the resources for it."}
	case errors.Is(err, catalog.ErrConflict):
		return &refusal{code: http.StatusConflict, title: "It has changed meanwhile", cause: err,
			text: "What this decision is about has changed since the page was shown, or somebody else decided on it, so nothing was changed.",
			hint: "Look again, and decide on what it is now."}
	case errors.Is(err, catalog.ErrInvalid):
		return &refusal{code: http.StatusUnprocessableEntity, title: "Not accepted", cause: err, text: sentence(err)}
	case errors.Is(err, catalog.ErrCursor):
		return &refusal{code: http.StatusBadRequest, title: "Not a page of this list", cause: err,
			text: "The parameter \"cursor\" was not made by these filters and this order.", hint: "Start at the first page."}
	case errors.Is(err, context.DeadlineExceeded):
		return &refusal{code: http.StatusServiceUnavailable, title: "Too slow", cause: err,
			text: "The catalog did not answer in time.", hint: "Try again, with fewer or narrower filters."}
	default:
		return &refusal{code: http.StatusInternalServerError, title: "Something broke here", cause: err,
			text: "Waymark could not answer; nothing was changed.", hint: "Try again; the log says more under the request's number."}
	}
}

// unwritten is shown when what somebody decided could not be kept.
func unwritten(cause error) *refusal {
	return &refusal{code: http.StatusInternalServerError, title: "Not saved", cause: cause,
		text: "Waymark could not write this down; nothing was changed.",
		hint: "A full disk is the likeliest cause: free some space and try again. The log says more under the request's number."}
}

// sentence is what is wrong with what a person entered: the text behind that of [catalog.ErrInvalid], as a sentence.
func sentence(err error) string {
	_, text, found := strings.Cut(err.Error(), catalog.ErrInvalid.Error()+": ")
	if !found || text == "" {
		return "What was entered is not accepted."
	}
	return capital(text) + "."
}

// capital begins a text with a capital letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// fail answers with an error: JSON for programs, a page for people.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	var asked *unsigned
	if errors.As(err, &asked) {
		http.Redirect(w, r, signInAddress(asked.back), http.StatusSeeOther)
		return
	}
	e := shown(err)
	if e.code == http.StatusInternalServerError && r.Method == http.MethodPost {
		e = unwritten(err)
	}
	if e.code >= http.StatusInternalServerError && (e.cause != nil || e.code != http.StatusServiceUnavailable) {
		s.Logger.ErrorContext(r.Context(), "request failed", "request_id", requestID(r), "method", r.Method, "path", r.URL.Path, "error", err)
	}
	if e.code == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		s.failJSON(w, r, e)
		return
	}
	if s.again(w, r, e) {
		return
	}
	p := s.page(r, e.title, "")
	p.Body = struct {
		Code        int
		Title, Text string
		Hint        string
		Known       []string
		Request     string
		Back        string // the page of the form that went wrong; empty where there is none
		Again       string // the page that can be asked for once more; empty where that is of no use
	}{e.code, e.title, e.text, e.hint, e.known, requestID(r), s.backTo(r, ""), s.askedAgain(r, e)}
	if err := s.render(w, e.code, "error.html", p); err != nil {
		s.Logger.ErrorContext(r.Context(), "error page failed", "request_id", requestID(r), "error", err)
	}
}

// askedAgain is the address of a page that may be well a moment later.
func (s *site) askedAgain(r *http.Request, e *refusal) string {
	if r.Method == http.MethodGet && e.code >= http.StatusInternalServerError && s.isPage(r.URL.RequestURI()) {
		return r.URL.RequestURI()
	}
	return ""
}

func (s *site) failJSON(w http.ResponseWriter, r *http.Request, e *refusal) {
	type body struct {
		Code      string   `json:"code"`
		Message   string   `json:"message"`
		Known     []string `json:"known,omitempty"`
		RequestID string   `json:"request_id"`
	}
	_ = writeJSON(w, e.code, map[string]body{"error": {e.word(), e.text, e.known, requestID(r)}})
}
