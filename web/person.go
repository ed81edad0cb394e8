package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
)

// Gatekeeper knows the write token.
type Gatekeeper interface {
	// CheckToken reports whether a token is the write token.
	CheckToken(ctx context.Context, token string) (bool, error)
}

// Sessions keeps who is signed in, by a token that is drawn anew at each sign-in.
type Sessions = scs.Store

const (
	sessionTime = 30 * 24 * time.Hour
	sessionName = "name" // of the person, in a session
)

// newSessions returns the keeper of sessions. The cookie goes to this service alone, never to a script, and only over
// TLS where the outside address has it. The store gets the hash of what the cookie holds.
func newSessions(store Sessions, external *url.URL, fail func(http.ResponseWriter, *http.Request, error)) *scs.SessionManager {
	// Not scs.New, which begins a goroutine that nobody could end.
	return &scs.SessionManager{
		Store: store, Codec: scs.GobCodec{}, Lifetime: sessionTime, HashTokenInStore: true, ErrorFunc: fail,
		Cookie: scs.SessionCookie{Name: "waymark", Path: "/", Persist: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
			Secure: external != nil && external.Scheme == "https"},
	}
}

type personKey struct{}

// personOf returns the name of who asks, empty when nobody is signed in.
func personOf(r *http.Request) string {
	name, _ := r.Context().Value(personKey{}).(string)
	return name
}

// recognised finds out who asks. What belongs to nobody, such as styles and streams, is passed by.
func (s *site) recognised(next http.Handler) http.Handler {
	if s.sessions == nil {
		return next
	}
	known := s.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := s.sessions.GetString(r.Context(), sessionName); name != "" {
			r = r.WithContext(context.WithValue(r.Context(), personKey{}, name))
		}
		next.ServeHTTP(w, r)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch p := r.URL.Path; {
		case strings.HasPrefix(p, "/static/"), strings.HasPrefix(p, "/resources."), p == "/events", p == "/metrics", p == "/healthz", p == "/readyz":
			next.ServeHTTP(w, r)
		default:
			known.ServeHTTP(w, r)
		}
	})
}

// decider returns the name of who may decide. Who is not signed in is asked to, and comes back to a page.
func (s *site) decider(r *http.Request, back string) (string, error) {
	if s.Gate == nil || s.sessions == nil {
		return "", readOnly()
	}
	if name := personOf(r); name != "" {
		return name, nil
	}
	return "", &unsigned{back}
}

// unsigned is the error of who must sign in first.
type unsigned struct{ back string }

func (unsigned) Error() string { return "not signed in" }

// bearer reports whether a program sent the write token (RFC 6750, section 2.1). Without one the error is a refusal.
func (s *site) bearer(r *http.Request) error {
	if s.Gate == nil {
		return readOnly()
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return &refusal{code: http.StatusUnauthorized, title: "Token missing",
			text: "This needs the write token, in the header Authorization: Bearer.", hint: "It was printed at the first start; waymark token makes another."}
	}
	return s.checkToken(r, token)
}

// checkToken refuses a wrong token, and any token from an address that tried too many wrong ones.
func (s *site) checkToken(r *http.Request, token string) error {
	client, now := clientOf(r), s.Now()
	if s.guesses.blocked(client, now) {
		return &refusal{code: http.StatusTooManyRequests, title: "Too many wrong tokens",
			text: "Too many wrong tokens came from this address.", hint: "Try again in ten minutes."}
	}
	right, err := s.Gate.CheckToken(r.Context(), token)
	if err != nil || right {
		return err
	}
	s.guesses.add(client, now)
	return &refusal{code: http.StatusUnauthorized, title: "Wrong token", text: "This is not the write token.",
		hint: "It was printed at the first start; waymark token makes another."}
}

// How many wrong tokens an address may try, and in what time.
const (
	mostGuesses = 10
	guessTime   = 10 * time.Minute
	mostClients = 10_000 // addresses remembered
)

// guesses counts wrong tokens by address. The token cannot be guessed; this spares the log and the store.
type guesses struct {
	mu    sync.Mutex
	wrong map[string]guess
}

type guess struct {
	count int
	since time.Time
}

func (g *guesses) blocked(client string, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	one := g.wrong[client]
	return one.count >= mostGuesses && now.Sub(one.since) < guessTime
}

func (g *guesses) add(client string, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.wrong == nil || len(g.wrong) >= mostClients {
		g.wrong = map[string]guess{}
	}
	one := g.wrong[client]
	if now.Sub(one.since) >= guessTime {
		one = guess{since: now}
	}
	one.count++
	g.wrong[client] = one
}
