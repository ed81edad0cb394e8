package fakeweb

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync/atomic"
)

// listener hands out connections that count what they send and are closed
// with the web.
type listener struct {
	net.Listener
	web *Web
}

// Accept waits for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return l.web.track(c)
}

func (w *Web) track(c net.Conn) (net.Conn, error) {
	t := &conn{Conn: c, web: w}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closing {
		c.Close()
		return nil, net.ErrClosed
	}
	w.conns[t] = struct{}{}
	w.total.connections.Add(1)
	return t, nil
}

// conn is an accepted connection. What it sends counts for the host that it
// was last asked for; TLS names the host before the first request does.
type conn struct {
	net.Conn
	web  *Web
	host atomic.Pointer[host]
}

// Write sends and counts. Bytes that precede the host's name count for the
// web alone.
func (c *conn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.web.total.bytes.Add(int64(n))
	if h := c.host.Load(); h != nil {
		h.bytes.Add(int64(n))
	}
	return n, err
}

// Close closes the connection and lets the web forget it.
func (c *conn) Close() error {
	c.web.mu.Lock()
	delete(c.web.conns, c)
	c.web.mu.Unlock()
	return c.Conn.Close()
}

// attribute says for whom the connection works from now on.
func (c *conn) attribute(h *host) {
	if c.host.Swap(h) != h {
		h.connections.Add(1)
	}
}

// reset closes with RST instead of FIN: unsent data is thrown away.
func (c *conn) reset() {
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	c.Close()
}

type connKey struct{}

func withConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, rawConn(c))
}

// rawConn finds the counted connection under TLS.
func rawConn(c net.Conn) *conn {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	raw, _ := c.(*conn)
	return raw
}

func connOf(r *http.Request) *conn {
	c, _ := r.Context().Value(connKey{}).(*conn)
	return c
}
