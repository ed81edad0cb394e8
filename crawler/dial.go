package crawler

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

const (
	headStart    = 250 * time.Millisecond // of one address before the next is tried too (RFC 8305, section 5)
	maxAddresses = 6                      // of a host that are tried
)

// proxyError wraps what went wrong with our own proxy, which is no fault of the host.
type proxyError struct{ err error }

func (e *proxyError) Error() string { return "proxy: " + e.err.Error() }
func (e *proxyError) Unwrap() error { return e.err }

// dial connects to a host, by the first of its allowed addresses that answers.
func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if address == g.proxy {
		conn, err := (&net.Dialer{Timeout: g.dialer.Timeout, Resolver: g.resolver}).DialContext(ctx, network, address)
		if err != nil {
			return nil, &proxyError{err}
		}
		return conn, nil
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addrs, err := g.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	return g.race(ctx, addrs, port)
}

// lookup returns the addresses of a host that may be connected to, the families in turn.
func (g *guard) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	addrs := []netip.Addr{}
	if literal, ok := literalAddress(host); ok {
		addrs = append(addrs, literal)
	} else {
		found, err := g.resolver.LookupNetIP(ctx, "ip", absolute(host))
		if err != nil {
			return nil, err
		}
		addrs = found
	}
	var allowed []netip.Addr
	for _, addr := range addrs {
		if g.allows(addr) {
			allowed = append(allowed, addr.Unmap())
		}
	}
	if len(allowed) == 0 {
		if len(addrs) == 0 {
			return nil, &net.DNSError{Err: "no addresses", Name: host, IsNotFound: true}
		}
		return nil, &addressError{host: host, addr: addrs[0].Unmap()}
	}
	return inTurn(allowed), nil
}

// absolute keeps the resolver from trying the search domains of this machine on somebody else's name.
func absolute(host string) string {
	if strings.Contains(host, ".") && !strings.HasSuffix(host, ".") {
		return host + "."
	}
	return host
}

// inTurn orders addresses so that the families alternate, and bounds their number.
func inTurn(addrs []netip.Addr) []netip.Addr {
	var six, four, out []netip.Addr
	for _, addr := range addrs {
		if addr.Is4() {
			four = append(four, addr)
		} else {
			six = append(six, addr)
		}
	}
	for i := range max(len(six), len(four)) {
		if i < len(six) {
			out = append(out, six[i])
		}
		if i < len(four) {
			out = append(out, four[i])
		}
	}
	return out[:min(len(out), maxAddresses)]
}

type dialled struct {
	conn net.Conn
	err  error
}

// race connects to the addresses one after the other, each with a head start, and takes the first connection
// (RFC 8305). The losers are closed.
func (g *guard) race(ctx context.Context, addrs []netip.Addr, port string) (net.Conn, error) {
	if len(addrs) == 1 {
		return g.dialer.DialContext(ctx, "tcp", net.JoinHostPort(addrs[0].String(), port))
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan dialled)
	won := make(chan struct{})
	defer close(won)
	attempt := func(addr netip.Addr) {
		conn, err := g.dialer.DialContext(ctx, "tcp", net.JoinHostPort(addr.String(), port))
		select {
		case results <- dialled{conn, err}:
		case <-won:
			if conn != nil {
				conn.Close()
			}
		}
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	var telling error
	started, failed := 0, 0
	for failed < len(addrs) {
		select {
		case <-timer.C:
			if started < len(addrs) {
				go attempt(addrs[started])
				started++
				timer.Reset(headStart)
			}
		case d := <-results:
			if d.err == nil {
				return d.conn, nil
			}
			telling = moreTelling(telling, d.err)
			failed++
			timer.Reset(0)
		}
	}
	return nil, telling
}

// moreTelling prefers the error that says more: "unreachable" often means only that this machine lacks IPv6.
func moreTelling(a, b error) error {
	if a == nil || isUnreachable(a) {
		return b
	}
	return a
}

func isUnreachable(err error) bool {
	return errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EHOSTUNREACH) || errors.Is(err, syscall.EADDRNOTAVAIL)
}
