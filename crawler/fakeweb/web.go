package fakeweb

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options of a web. The zero value is a web without latency that records
// every request.
type Options struct {
	// Now is the clock of everything that looks at the time: arrivals, rate
	// limits, certificates. Default time.Now. It does not shorten waits.
	Now func() time.Time

	// Latency is how long every host waits before it answers. Default none.
	Latency Latency

	// Unrecorded leaves [Web.Requests] empty; the counters of [Web.Stats]
	// go on counting. For benchmarks.
	Unrecorded bool

	// StandardPorts asks for ports 80 and 443 on a loopback address of its
	// own, so that addresses read like real ones. Where the system refuses
	// (no privilege, no such address), free ports are taken as usual.
	StandardPorts bool
}

// Web is a running scripted web. Its methods may be called from any
// goroutine, also while requests are under way.
type Web struct {
	opts   Options
	ctx    context.Context // ends with Close; every wait of a behaviour ends with it
	cancel context.CancelFunc

	plain, secure netip.AddrPort // where all hosts are served
	closedPort    *closedPort
	names         *nameServer
	authority     *authority
	total         counters

	mu      sync.RWMutex
	hosts   map[string]*host
	closing bool
	closers []io.Closer // what has to be closed for goroutines to end
	conns   map[*conn]struct{}
	clients []*http.Transport

	wg sync.WaitGroup // every goroutine: servers, connections, handlers, name server
}

// Start opens the listeners, the name server and the authority, all on
// loopback. The web has no hosts yet. Close it when done.
func Start(opts Options) (*Web, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	ctx, cancel := context.WithCancel(context.Background())
	w := &Web{opts: opts, cancel: cancel, hosts: map[string]*host{}, conns: map[*conn]struct{}{}}
	w.ctx = context.WithValue(ctx, webKey{}, w)
	if err := w.open(); err != nil {
		w.Close()
		return nil, fmt.Errorf("fakeweb: start: %w", err)
	}
	return w, nil
}

func (w *Web) open() (err error) {
	if w.authority, err = newAuthority(w.opts.Now()); err != nil {
		return err
	}
	if w.closedPort, err = openClosedPort(); err != nil {
		return err
	}
	w.closers = append(w.closers, w.closedPort)
	plain, secure, err := listenPair(w.opts.StandardPorts)
	if err != nil {
		return err
	}
	w.plain, w.secure = addrPort(plain), addrPort(secure)
	w.serve(plain, false)
	w.serve(secure, true)
	w.names, err = w.startNameServer()
	return err
}

// Close ends every connection and every wait, closes the listeners and
// returns when no goroutine of the web is left. It may be called twice.
func (w *Web) Close() {
	w.cancel()
	for _, c := range w.shut() {
		c.Close()
	}
	w.wg.Wait()
}

// shut lets nothing new in and gives what is left to close. Connections lock
// the web when they close, so this is done without the lock.
func (w *Web) shut() []io.Closer {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closing = true
	left := w.closers
	for c := range w.conns {
		left = append(left, c)
	}
	for _, t := range w.clients {
		t.CloseIdleConnections()
	}
	w.closers = nil
	return left
}

// serve runs one HTTP server over the listener until Close; false says that
// the web is closed already.
func (w *Web) serve(ln net.Listener, secure bool) bool {
	s := &http.Server{
		Handler:     http.HandlerFunc(w.dispatch),
		BaseContext: func(net.Listener) context.Context { return w.ctx },
		ConnContext: withConn,
		ConnState:   w.countConn,
		TLSConfig:   w.tlsConfig(),
		ErrorLog:    log.New(io.Discard, "", 0), // broken handshakes are the purpose here
	}
	return w.run(ln, func() {
		if secure {
			s.ServeTLS(&listener{ln, w}, "", "")
		} else {
			s.Serve(&listener{ln, w})
		}
	})
}

// run starts a goroutine that ends when c is closed, which Close does. On a
// closed web it closes c at once and says false.
func (w *Web) run(c io.Closer, loop func()) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closing {
		c.Close()
		return false
	}
	w.closers = append(w.closers, c)
	w.wg.Go(loop)
	return true
}

// countConn makes Close wait for the goroutine of each connection. A hijacked
// one ends in its handler, which dispatch counts.
func (w *Web) countConn(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		w.wg.Add(1)
	case http.StateClosed, http.StateHijacked:
		w.wg.Done()
	}
}

// enter counts a goroutine that the web has not started itself, unless the
// web is closing. Whoever entered calls w.wg.Done.
func (w *Web) enter() bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closing {
		return false
	}
	w.wg.Add(1)
	return true
}

// Resolver gives the address of the name server, for example
// "127.0.0.1:40053". It answers over UDP and TCP.
func (w *Web) Resolver() string { return w.names.addr }

// Address gives the IP address at which hosts are served that have none of their own.
func (w *Web) Address() string { return w.plain.Addr().String() }

// StandardPorts tells whether the web is served at the ports 80 and 443.
func (w *Web) StandardPorts() bool { return w.plain.Port() == 80 && w.secure.Port() == 443 }

// CA gives the certificate of the web's authority in PEM.
func (w *Web) CA() []byte { return w.authority.pem() }

// Now is the web's clock, see [Options].
func (w *Web) Now() time.Time { return w.opts.Now() }

// URL gives the http address of a path on a host. The path starts with a
// slash and may carry a query and a fragment.
func (w *Web) URL(host, path string) string {
	return "http://" + w.withPort(host, w.plain.Port(), 80) + path
}

// HTTPSURL gives the https address of a path on a host.
func (w *Web) HTTPSURL(host, path string) string {
	return "https://" + w.withPort(host, w.secure.Port(), 443) + path
}

func (w *Web) withPort(name string, port, standard uint16) string {
	if h := w.lookup(name); h != nil && h.port != 0 {
		port = h.port
	}
	if port == standard {
		return name
	}
	return name + ":" + strconv.Itoa(int(port))
}

type webKey struct{}

// clock gives the time as the web that serves the request sees it.
func clock(r *http.Request) time.Time {
	if w, ok := r.Context().Value(webKey{}).(*Web); ok {
		return w.opts.Now()
	}
	return time.Now()
}

// hostname strips the port off a Host header and puts it in lower case.
func hostname(hostport string) string {
	if i := strings.LastIndexByte(hostport, ':'); i >= 0 && !strings.HasSuffix(hostport, "]") {
		hostport = hostport[:i]
	}
	return strings.ToLower(strings.TrimSuffix(hostport, "."))
}
