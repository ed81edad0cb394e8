package web

import "net/http"

// handler answers a request, or returns an error and has written nothing.
type handler func(w http.ResponseWriter, r *http.Request) error

const eventsRoute = "GET /events"

// install is the route table: every address of the dashboard, and who asks for it.
func (s *site) install() {
	for pattern, h := range map[string]handler{
		// People, in a browser.
		"GET /{$}":                    s.overview,
		"GET /resources":              s.resources,
		"GET /resources.csv":          s.exportCSV, // what is filtered, as a file
		"GET /resources.json":         s.exportJSON,
		"POST /resources/check":       s.checkMany, // the button under the ticked rows
		"GET /resources/{id}":         s.resource,
		"GET /flagged":                s.flagged,
		"GET /flagged/decided":        s.decided,
		"GET /sources":                s.sources,
		"GET /hosts":                  s.hostList,
		"GET /hosts/{host}":           s.host,
		"GET /crawler":                s.crawler,
		"GET /settings":               s.settings,
		"GET /sources/{name}":         s.source,
		"GET /design":                 s.design,   // whoever works on the pages; in the demo alone
		"POST /resources/{id}/check":  s.checkNow, // the button of a resource's page
		"POST /sources/{name}/sync":   s.syncNow,  // the button of a source
		"POST /sources/{name}/pause":  s.pause,    // pausing and resuming need a sign-in
		"POST /sources/{name}/resume": s.resume,
		"POST /hosts/{host}/pause":    s.pause,
		"POST /hosts/{host}/resume":   s.resume,
		"POST /pause":                 s.pause, // everything
		"POST /resume":                s.resume,
		"POST /findings/{id}/review":  s.review,     // the buttons of a finding; needs a sign-in
		"POST /hosts/{host}/review":   s.reviewHost, // the buttons of a host that died, likewise
		"POST /reviews/{id}/withdraw": s.undo,
		"POST /sources":               s.addSource, // needs a sign-in
		"POST /sources/{name}/remove": s.removeSource,
		"GET /sign-in":                s.signIn,
		"POST /sign-in":               s.enter,
		"POST /sign-out":              s.leave,
		"POST /theme":                 s.theme, // the light switch, where no script runs

		// Programs; the activity also the pages' own script.
		eventsRoute:                         s.events, // what happens, for pages that are open
		"GET /api/v1/overview":              s.apiOverview,
		"GET /api/v1/activity":              s.apiActivity,
		"GET /api/v1/resources":             s.apiResources,
		"GET /api/v1/resources/{id}":        s.apiResource,
		"GET /api/v1/findings":              s.apiFindings,
		"POST /api/v1/findings/{id}/review": s.apiReview, // needs the write token
		"GET /api/v1/hosts/{host}/review":   s.apiHostDeath,
		"POST /api/v1/hosts/{host}/review":  s.apiReviewHost, // likewise
		"DELETE /api/v1/reviews/{id}":       s.apiWithdraw,   // likewise
		"GET /api/v1/sources":               s.apiSources,
		"GET /api/v1/pauses":                s.apiPauses,

		// The pages, for their style, script and icons.
		"GET /static/{hash}/{file}": s.static,
		"GET /favicon.ico":          s.favicon,

		// Orchestrators and Prometheus.
		"GET /healthz": s.healthz,
		"GET /readyz":  s.readyz,
		"GET /metrics": s.metrics,
	} {
		s.mux.Handle(pattern, s.serve(h))
	}
}

// route sends a request to its handler. Where there is none, the mux itself knows whether the address or the
// method is at fault; its bare answer is replaced by a page.
func (s *site) route(w http.ResponseWriter, r *http.Request) {
	fallback, pattern := s.mux.Handler(r)
	if pattern != "" {
		traceOf(r).pattern = pattern
		s.mux.ServeHTTP(w, r)
		return
	}
	bare := headers{}
	fallback.ServeHTTP(bare, r)
	if allow := bare.Header().Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
		s.fail(w, r, wrongMethod(r.Method, allow))
		return
	}
	s.fail(w, r, noSuchPage())
}

// headers is an answer of which only the headers are of interest.
type headers http.Header

func (h headers) Header() http.Header         { return http.Header(h) }
func (h headers) Write(b []byte) (int, error) { return len(b), nil }
func (h headers) WriteHeader(int)             {}

// healthz says that the process answers, and nothing more.
func (s *site) healthz(w http.ResponseWriter, _ *http.Request) error {
	return writePlain(w, http.StatusOK, "ok\n")
}

// readyz says whether the service can do its work. The cause goes to the log alone, as anyone may ask.
func (s *site) readyz(w http.ResponseWriter, r *http.Request) error {
	if s.Ready == nil {
		return writePlain(w, http.StatusOK, "ready\n")
	}
	if err := s.Ready(r.Context()); err != nil {
		s.Logger.WarnContext(r.Context(), "not ready", "error", err)
		return writePlain(w, http.StatusServiceUnavailable, "not ready; the log says why\n")
	}
	return writePlain(w, http.StatusOK, "ready\n")
}

func writePlain(w http.ResponseWriter, code int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_, err := w.Write([]byte(text))
	return sent(err)
}

func (s *site) metrics(w http.ResponseWriter, r *http.Request) error {
	if s.Metrics == nil {
		return noSuchPage()
	}
	s.Metrics.ServeHTTP(w, r)
	return nil
}
