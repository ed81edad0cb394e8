package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/alexedwards/scs/v2"

	"waymark/catalog"
)

// Reader is what the pages show. Unknown resources are [catalog.ErrNotFound].
type Reader interface {
	Overview(ctx context.Context, now time.Time) (catalog.Overview, error)
	Resources(ctx context.Context, q catalog.Query) (catalog.Rows, error)
	Resource(ctx context.Context, id int64) (catalog.Detail, error)
	Sources(ctx context.Context) ([]catalog.SourceStatus, error)
	// Pauses returns the pauses in force.
	Pauses(ctx context.Context, now time.Time) ([]catalog.Pause, error)
}

// Writer is what the pages change.
type Writer interface {
	// CheckNow makes resources due at once. Unknown ones are [catalog.ErrNotFound], paused ones a [catalog.PausedError].
	CheckNow(ctx context.Context, ids []int64, now time.Time) error
	// Pause begins a pause. Resume ends the one of the same source or host, or is [catalog.ErrNotFound].
	Pause(ctx context.Context, p catalog.Pause) error
	Resume(ctx context.Context, what catalog.Pause, now time.Time) error
}

// Crawler tells what is visited at this moment. Both methods return at once.
type Crawler interface {
	Activity() catalog.Activity
	Wake() // something became due, or a pause began or ended
}

// Syncer reads a source again, in the background; the source is known to exist. SyncNow returns at once.
type Syncer interface {
	SyncNow(source string)
}

// Options is what the dashboard is made of. What it reads (Reader to Exporter), Logger and Now must be set; all else may be
// left out.
type Options struct {
	Reader       Reader
	News         Newsroom
	Flags        Flags
	Atlas        Atlas
	Machinery    Machinery
	Exporter     Exporter
	Writer       Writer                      // without it nothing can be changed, and no buttons are shown
	Crawler      Crawler                     // without it nothing is shown as visited
	Syncer       Syncer                      // without it sources have no "sync now"
	Ready        func(context.Context) error // what /readyz asks; nil: always ready
	Reviewer     Reviewer                    // without it nothing can be decided
	SourceKeeper SourceKeeper                // without it no source can be added
	Visits       func() int64                // visits that ended so far; nil: the pace is not shown
	Settings     []Setting                   // the configuration in force, to be shown
	Rules        *catalog.Rules              // what is too old by; nil: the pages do not tell
	Gate         Gatekeeper                  // without it nobody can sign in, and nothing can be decided
	Sessions     Sessions                    // likewise
	Metrics      http.Handler                // what /metrics answers; nil: no such page

	// Hosts are further host names by which the dashboard may be reached, with or without a port. Loopback
	// names and the host of ExternalURL always may.
	Hosts       []string
	ExternalURL string // http or https; empty when it is not known from outside
	Version     string // shown at the foot of every page
	Demo        bool   // says on every page that the web behind it is simulated
	DemoToken   string // the write token, shown where one signs in; for the demo alone

	Logger *slog.Logger
	Now    func() time.Time
	// Observe is told of every answer: the route's pattern, or "none"; the method, or "other"; the status.
	Observe func(route, method string, code int, took time.Duration)
}

// Dashboard answers the requests for all pages and the API.
type Dashboard struct {
	http.Handler
	site *site
}

// Run tells open pages what happens until the context ends, and then ends their streams, without which the server could
// not shut down. While it does not run, pages ask for themselves now and then.
func (d *Dashboard) Run(ctx context.Context) error { return d.site.live.run(ctx) }

// site is the dashboard with all that it was given.
type site struct {
	Options
	live     *live
	sessions *scs.SessionManager // nil when nobody can sign in
	guesses  guesses
	pace     pace
	hosts    map[string]bool
	assets   *assets
	pages    *pages
	mux      *http.ServeMux
}

// New returns the dashboard. The error tells of an option that is missing or malformed. Timeouts of the server
// are the caller's; no answer takes longer than its query, apart from exports and the streams of open pages, which set
// their own.
func New(o Options) (*Dashboard, error) {
	if o.Reader == nil || o.News == nil || o.Flags == nil || o.Atlas == nil || o.Machinery == nil || o.Exporter == nil || o.Logger == nil || o.Now == nil {
		return nil, errors.New("web: Reader, News, Flags, Atlas, Machinery, Exporter, Logger and Now must be set")
	}
	external, err := externalURL(o.ExternalURL)
	if err != nil {
		return nil, err
	}
	s := &site{Options: o, hosts: hostList(external, o.Hosts), mux: http.NewServeMux()}
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("web: static files: %w", err)
	}
	if s.pages, err = parsePages(s.assets); err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	s.live = newLive(s)
	if o.Sessions != nil {
		s.sessions = newSessions(o.Sessions, external, s.fail)
	}
	s.install()
	h, err := s.wrap(external)
	if err != nil {
		return nil, err
	}
	return &Dashboard{h, s}, nil
}

func externalURL(raw string) (*url.URL, error) {
	if raw == "" {
		return nil, nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("web: external_url %q: not an http or https URL with a host", raw)
	}
	return u, nil
}

// wrap puts the middleware around the routes, the innermost first.
func (s *site) wrap(external *url.URL) (http.Handler, error) {
	writes := http.NewCrossOriginProtection()
	writes.SetDenyHandler(s.serve(refuseCrossOrigin))
	if external != nil {
		if err := writes.AddTrustedOrigin(external.Scheme + "://" + external.Host); err != nil {
			return nil, fmt.Errorf("web: external_url: %w", err)
		}
	}
	h := s.recognised(http.HandlerFunc(s.route))
	h = writes.Handler(h)
	h = s.checkHost(h)
	h = s.recovered(h)
	h = s.compressed(h)
	h = secured(h)
	return s.observed(h), nil
}
