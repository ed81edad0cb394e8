package fakeweb

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
)

var errClosed = errors.New("fakeweb: the web is closed")

const (
	loopback    = "127.0.0.1"
	ownLoopback = "127.86.7.%d" // for standard ports: nobody else serves there
	ownWebs     = 16            // webs at a time that can have them
)

// listenPair opens the listeners for http and https.
func listenPair(standard bool) (plain, secure net.Listener, err error) {
	for n := 1; standard && n <= ownWebs; n++ {
		if plain, secure, err = listenAt(fmt.Sprintf(ownLoopback, n), 80, 443); err == nil {
			return plain, secure, nil
		}
	}
	return listenAt(loopback, 0, 0)
}

func listenAt(ip string, plainPort, securePort uint16) (plain, secure net.Listener, err error) {
	if plain, err = net.Listen("tcp", hostPort(ip, plainPort)); err != nil {
		return nil, nil, err
	}
	if secure, err = net.Listen("tcp", hostPort(ip, securePort)); err != nil {
		plain.Close()
		return nil, nil, err
	}
	return plain, secure, nil
}

func hostPort(ip string, port uint16) string {
	return net.JoinHostPort(ip, strconv.Itoa(int(port)))
}

func addrPort(ln net.Listener) netip.AddrPort {
	return ln.Addr().(*net.TCPAddr).AddrPort()
}

// GiveAddress serves the host at a loopback address of its own, at the ports
// of the web, and resolves it to that address. Linux has all of 127.0.0.0/8;
// elsewhere the address must be configured, or an error says so.
func (w *Web) GiveAddress(host, ip string) error {
	plain, secure, err := listenAt(ip, w.plain.Port(), w.secure.Port())
	if err != nil {
		return err
	}
	if !w.serve(plain, false) || !w.serve(secure, true) {
		return errClosed
	}
	w.Resolve(host, Addresses(ip))
	return nil
}

// Refuse makes the host refuse every connection: its addresses carry a port
// at which nobody can listen. Ask for them after this call.
func (w *Web) Refuse(host string) {
	w.setPort(host, w.closedPort.port)
}

// HandleConn gives the host a listener of its own, where serve gets every
// connection as it comes: no TLS, no HTTP. It returns when it is done with
// the connection, at the latest when ctx ends; the web closes the connection
// then. The host's http and https addresses both lead there. Ask for them
// after this call.
func (w *Web) HandleConn(host string, serve ConnFunc) error {
	ln, err := net.Listen("tcp", hostPort(w.Address(), 0))
	if err != nil {
		return err
	}
	w.setPort(host, addrPort(ln).Port())
	h := w.host(host)
	if !w.run(ln, func() { w.acceptRaw(&listener{ln, w}, h, serve) }) {
		return errClosed
	}
	return nil
}

// ConnFunc plays the server on one raw connection, see [Web.HandleConn].
type ConnFunc func(ctx context.Context, c net.Conn)

func (w *Web) acceptRaw(ln net.Listener, h *host, serve ConnFunc) {
	for {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		c.(*conn).attribute(h)
		w.wg.Go(func() {
			defer c.Close()
			serve(w.ctx, c)
		})
	}
}

func (w *Web) setPort(name string, port uint16) {
	h := w.host(name)
	w.mu.Lock()
	defer w.mu.Unlock()
	h.port = port
}

// closedPort is a port at which nobody listens, and nobody else can: it is
// the near end of a connection to ourselves. Binding a port and closing it
// again would leave it to the next comer.
type closedPort struct {
	port      uint16
	near, far net.Conn
}

func openClosedPort() (*closedPort, error) {
	ln, err := net.Listen("tcp", hostPort(loopback, 0))
	if err != nil {
		return nil, err
	}
	defer ln.Close()
	near, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		return nil, err
	}
	far, err := ln.Accept()
	if err != nil {
		near.Close()
		return nil, err
	}
	return &closedPort{near.LocalAddr().(*net.TCPAddr).AddrPort().Port(), near, far}, nil
}

// Close frees the port.
func (p *closedPort) Close() error {
	return errors.Join(p.near.Close(), p.far.Close())
}
