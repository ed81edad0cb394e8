package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
)

type requestKey struct{}

// trace is what is known of a request, in its context, as the request itself is copied on its way.
type trace struct {
	id      string // under which the log knows it
	pattern string // that it matched, once it is routed
}

func traceOf(r *http.Request) *trace {
	if t, ok := r.Context().Value(requestKey{}).(*trace); ok {
		return t
	}
	return &trace{}
}

// requestID returns the number under which the log knows a request.
func requestID(r *http.Request) string { return traceOf(r).id }

// observed gives every request its number and tells Observe and the log of its answer.
func (s *site) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.Now()
		id := rand.Text()[:12]
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, &trace{id: id}))
		w.Header().Set("X-Request-Id", id)
		rec := &recorder{ResponseWriter: w, code: http.StatusOK}
		next.ServeHTTP(rec, r)
		took := s.Now().Sub(began)
		if s.Observe != nil && traceOf(r).pattern != eventsRoute { // how long a page was open is no time that an answer took
			s.Observe(routeOf(r), methodOf(r), rec.code, took)
		}
		s.Logger.DebugContext(r.Context(), "answered", "request_id", id, "method", r.Method, "path", r.URL.Path, "code", rec.code, "took", took)
	})
}

// routeOf returns the pattern that a request matched. Labels must stay few: the
// path itself is never one.
func routeOf(r *http.Request) string {
	if _, path, ok := strings.Cut(traceOf(r).pattern, " "); ok {
		return strings.TrimSuffix(path, "{$}")
	}
	return "none"
}

func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return r.Method
	}
	return "other"
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	code  int
	begun bool
}

func (w *recorder) WriteHeader(code int) {
	if !w.begun {
		w.code, w.begun = code, code >= http.StatusOK
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *recorder) Write(b []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets [http.ResponseController] reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// policy is the Content-Security-Policy of every answer. Titles come from all over the web, so that nothing
// written inline may ever run or draw.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// secured sets the headers that keep a browser from doing more than it should.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// recovered turns a panic into the page of an internal error, as long as nothing was sent.
func (s *site) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &recorder{ResponseWriter: w, code: http.StatusOK}
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if err, ok := cause.(error); rec.begun || ok && errors.Is(err, http.ErrAbortHandler) {
				panic(http.ErrAbortHandler)
			}
			s.fail(rec, r, fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
		}()
		next.ServeHTTP(rec, r)
	})
}

// checkHost answers only under addresses, and names that belong to this service. A page of another site can point its own name
// at this address and read what is here (DNS rebinding), but the browser still sends that name. What
// orchestrators ask is open, as it tells nothing and they use addresses of their own.
func (s *site) checkHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := hostName(r.Host)
		// Prometheus scrapes by the name of a service in a compose file; no stranger can own one without a dot.
		inner := name != "" && !strings.Contains(name, ".")
		open := r.URL.Path == "/healthz" || r.URL.Path == "/readyz" || r.URL.Path == "/metrics" && inner
		if open || s.knowsHost(name) {
			next.ServeHTTP(w, r)
			return
		}
		s.fail(w, r, &refusal{code: http.StatusMisdirectedRequest, title: "Unknown host name",
			text: fmt.Sprintf("Waymark does not answer under the host name %q.", name),
			hint: "If it should, set external_url in the configuration to the address in the browser."})
	})
}

func (s *site) knowsHost(name string) bool {
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return true // an address, not a name that somebody could point elsewhere
	}
	return s.hosts[name]
}

// hostList returns the names that are allowed besides loopback.
func hostList(external *url.URL, more []string) map[string]bool {
	hosts := map[string]bool{}
	if external != nil {
		hosts[hostName(external.Host)] = true
	}
	for _, h := range more {
		hosts[hostName(h)] = true
	}
	return hosts
}

// hostName strips a port, the brackets of an IPv6 address and a final dot, and lowers the case.
func hostName(hostport string) string {
	name := hostport
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		name = host
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	return strings.ToLower(strings.TrimSuffix(name, "."))
}
