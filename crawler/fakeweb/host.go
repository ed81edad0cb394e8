package fakeweb

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Behaviour is how an address answers. Every http.Handler is one; those of
// this package end their waits when the client leaves or the web closes.
type Behaviour = http.Handler

// Guard stands before all addresses of a host, for what a host does as a
// whole: limits, bans, latency.
type Guard func(next Behaviour) Behaviour

// host is one name of the web.
type host struct {
	name string
	port uint16 // of its own addresses, 0 for the web's; under Web.mu
	counters
	names nameEntry
	certs certEntry

	mu       sync.RWMutex
	exact    map[string]Behaviour
	prefixes []prefix // longest first
	entry    Behaviour
	requests []Request
}

type prefix struct {
	path string
	Behaviour
}

// lookup finds a host that is known.
func (w *Web) lookup(name string) *host {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.hosts[strings.ToLower(name)]
}

// host finds a host or makes it known.
func (w *Web) host(name string) *host {
	if h := w.lookup(name); h != nil {
		return h
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	name = strings.ToLower(name)
	h := w.hosts[name]
	if h == nil {
		h = &host{name: name}
		h.entry = http.HandlerFunc(h.route)
		w.hosts[name] = h
	}
	return h
}

// Handle sets how a host answers at a path. The pattern is a path as it is
// sent ("/caf%C3%A9"), with a query where the query matters ("/watch?v=1"),
// or a beginning and a star ("/docs/*", "*"). A whole path wins over a
// beginning, a longer beginning over a shorter; the same pattern again
// replaces the behaviour. Everything else on the host answers 404, also its
// robots.txt. The host becomes known to the name server.
func (w *Web) Handle(host, pattern string, b Behaviour) {
	h := w.host(host)
	h.mu.Lock()
	defer h.mu.Unlock()
	if path, ok := strings.CutSuffix(pattern, "*"); ok {
		h.setPrefix(prefix{path, b})
		return
	}
	if h.exact == nil {
		h.exact = map[string]Behaviour{}
	}
	h.exact[pattern] = b
}

func (h *host) setPrefix(p prefix) {
	h.prefixes = slices.DeleteFunc(h.prefixes, func(q prefix) bool { return q.path == p.path })
	at, _ := slices.BinarySearchFunc(h.prefixes, p, func(q, p prefix) int { return len(p.path) - len(q.path) })
	h.prefixes = slices.Insert(h.prefixes, at, p)
}

// Guard puts a guard before everything that the host serves. The last one
// put is asked first.
func (w *Web) Guard(host string, g Guard) {
	h := w.host(host)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.entry = g(h.entry)
}

// route answers with the behaviour that fits the request best.
func (h *host) route(rw http.ResponseWriter, r *http.Request) {
	if b := h.find(r); b != nil {
		b.ServeHTTP(rw, r)
		return
	}
	http.Error(rw, "Nothing is here.", http.StatusNotFound)
}

func (h *host) find(r *http.Request) Behaviour {
	h.mu.RLock()
	defer h.mu.RUnlock()
	path := r.URL.EscapedPath()
	if r.URL.RawQuery != "" {
		if b := h.exact[path+"?"+r.URL.RawQuery]; b != nil {
			return b
		}
	}
	if b := h.exact[path]; b != nil {
		return b
	}
	for _, p := range h.prefixes {
		if strings.HasPrefix(path, p.path) {
			return p.Behaviour
		}
	}
	return nil
}
