package fakeweb

import (
	"net/http"
	"slices"
	"sync/atomic"
	"time"
)

// Request is one arrival as the server saw it.
type Request struct {
	At         time.Time // by the web's clock, when the request had been read
	Method     string
	Host       string // as sent, with its port
	Path       string // as sent, with its query
	Header     http.Header
	TLS        bool
	Proto      string // "HTTP/1.1", "HTTP/2.0"
	Concurrent int    // requests at work on the host, this one included
}

// Stats are the totals of a host or of the whole web.
type Stats struct {
	Requests      int
	Connections   int   // accepted; for a host, those that asked for it by TLS name or by request
	MaxConcurrent int   // most requests at work at once
	Bytes         int64 // sent on the wire: headers, bodies, TLS
}

type counters struct {
	requests, connections, active, peak, bytes atomic.Int64
}

// arrive counts a request in and gives how many are at work now.
func (c *counters) arrive() int {
	c.requests.Add(1)
	active := c.active.Add(1)
	for {
		peak := c.peak.Load()
		if active <= peak || c.peak.CompareAndSwap(peak, active) {
			return int(active)
		}
	}
}

func (c *counters) depart() { c.active.Add(-1) }

func (c *counters) stats() Stats {
	return Stats{
		Requests:      int(c.requests.Load()),
		Connections:   int(c.connections.Load()),
		MaxConcurrent: int(c.peak.Load()),
		Bytes:         c.bytes.Load(),
	}
}

// dispatch is the door of the web: it finds the host, writes the arrival
// down, and lets the host answer.
func (w *Web) dispatch(rw http.ResponseWriter, r *http.Request) {
	if !w.enter() {
		panic(http.ErrAbortHandler)
	}
	defer w.wg.Done()
	h := w.lookup(hostname(r.Host))
	if h == nil {
		http.Error(rw, "This host is unknown here.", http.StatusMisdirectedRequest)
		return
	}
	connOf(r).attribute(h)
	w.total.arrive()
	defer w.total.depart()
	concurrent := h.arrive()
	defer h.depart()
	if !w.opts.Unrecorded {
		h.record(w.opts.Now(), r, concurrent)
	}
	if l := w.opts.Latency; l != nil {
		wait(r, l(r))
	}
	h.behaviour().ServeHTTP(rw, r)
}

func (h *host) behaviour() Behaviour {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.entry
}

func (h *host) record(at time.Time, r *http.Request, concurrent int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.requests = append(h.requests, Request{
		At: at, Method: r.Method, Host: r.Host, Path: r.RequestURI, Header: r.Header,
		TLS: r.TLS != nil, Proto: r.Proto, Concurrent: concurrent,
	})
}

// Requests gives what arrived at a host so far, in order of arrival.
func (w *Web) Requests(host string) []Request {
	h := w.lookup(host)
	if h == nil {
		return nil
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	return slices.Clone(h.requests)
}

// Stats gives the totals of a host; zero for an unknown one.
func (w *Web) Stats(host string) Stats {
	if h := w.lookup(host); h != nil {
		return h.stats()
	}
	return Stats{}
}

// Totals gives the totals of the whole web.
func (w *Web) Totals() Stats { return w.total.stats() }
