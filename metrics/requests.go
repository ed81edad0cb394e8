package metrics

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// maxRoutes bounds the values of the route label. Waymark has a few dozen routes; more than this can only come
// from a caller that gives paths instead of patterns.
const maxRoutes = 100

var requestBuckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// requests counts what the web server answers.
type requests struct {
	duration *prometheus.HistogramVec
	routes   *closing
}

func newRequests() requests {
	return requests{
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "waymark_http_request_duration_seconds",
			Help:    "Time to answer a request to Waymark itself, by route pattern, method and status code.",
			Buckets: requestBuckets,
		}, []string{"route", "method", "code"}),
		routes: &closing{limit: maxRoutes, seen: map[string]bool{}},
	}
}

// Observe counts one answered request: the pattern of its route (as of [http.Request.Pattern]; empty or
// "none" when there was none), its method, the status code of the answer and how long it took. The path of the request never belongs
// here.
func (m *Metrics) Observe(route, method string, code int, took time.Duration) {
	m.requests.duration.
		WithLabelValues(m.requests.routes.admit(pattern(route)), methodLabel(method), codeLabel(code)).
		Observe(seconds(took))
}

// noRoute is the route of a request that matched none.
const noRoute = "none"

// pattern strips the method of a ServeMux pattern ("GET /sources"), which has a label of its own.
func pattern(route string) string {
	if method, path, found := strings.Cut(route, " "); found && methodLabel(method) != other {
		route = path
	}
	if route == "" {
		return noRoute
	}
	return strings.ToValidUTF8(route, "")
}

// methodLabel keeps the methods that Waymark could answer. Go's server passes any token of a client on.
func methodLabel(method string) string {
	known := []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodOptions,
	}
	if slices.Contains(known, method) {
		return method
	}
	return other
}

func codeLabel(code int) string {
	if http.StatusText(code) == "" {
		return other
	}
	return strconv.Itoa(code)
}

// closing is a set of label values that closes once it is full.
type closing struct {
	mu    sync.Mutex
	limit int
	seen  map[string]bool
}

// admit returns the value when it is in the set or still fits, else other.
func (c *closing) admit(value string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen[value] {
		return value
	}
	if len(c.seen) >= c.limit {
		return other
	}
	c.seen[value] = true
	return value
}
