package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"waymark/catalog"
)

// badPorts speak other protocols; a browser refuses them too (Fetch standard, "bad port").
var badPorts = []uint16{
	0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
	110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530,
	531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190,
	5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
	// No list of browsers has these: databases, caches and desktops, of which some obey whatever lines they are sent.
	1433, 1521, 3306, 3389, 5432, 5900, 6379, 6380, 11211, 27017,
}

// addressError says that no address of a host may be connected to.
type addressError struct {
	host string
	addr netip.Addr
}

func (e *addressError) Error() string {
	if e.host == e.addr.String() {
		return e.host
	}
	return fmt.Sprintf("%s resolves to %s", e.host, e.addr)
}

// guard decides which addresses are never connected to, and opens the connections to all others. A name is
// resolved, its addresses are held against the list, and just those that passed are connected to, so that a name
// that answers differently the second time gains nothing; the socket's own control function looks once more.
type guard struct {
	allow    []netip.Prefix
	public   *ssrf.Guardian
	resolver *net.Resolver
	dialer   net.Dialer
	proxy    string // host:port that may be dialled as it is; empty without a proxy
}

func newGuard(o Options) *guard {
	g := &guard{
		public:   ssrf.New(ssrf.WithAnyPort()),
		resolver: newResolver(o.Resolver),
	}
	for _, prefix := range o.Allow {
		g.allow = append(g.allow, unmapped(prefix))
	}
	g.dialer = net.Dialer{Timeout: o.Timeout, KeepAlive: -1, Control: g.control}
	if o.Proxy != nil {
		g.proxy = net.JoinHostPort(o.Proxy.Hostname(), portOf(o.Proxy))
	}
	return g
}

// unmapped turns a prefix of IPv4-mapped IPv6 addresses into the IPv4 prefix that it means.
func unmapped(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p
}

// newResolver returns a resolver that asks the given server, or the system's. It is always Go's own: it tells
// NXDOMAIN from a server that fails, and its waits end with the context.
func newResolver(server string) *net.Resolver {
	r := &net.Resolver{PreferGo: true}
	if server != "" {
		r.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, network, server)
		}
	}
	return r
}

// control is the last look, at the address that the socket is about to be connected to.
func (g *guard) control(_, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("address %q: %w", address, err)
	}
	if !g.allows(target.Addr()) {
		return &addressError{host: target.Addr().String(), addr: target.Addr()}
	}
	return nil
}

// allows reports whether an address may be connected to. An IPv4 address within IPv6 is judged as IPv4.
func (g *guard) allows(addr netip.Addr) bool {
	addr = addr.Unmap()
	if g.excepted(addr) {
		return true
	}
	if inner, ok := isatap(addr); ok && !g.allows(inner) {
		return false
	}
	return addr.Zone() == "" && g.public.SafeAddr(addr) == nil
}

// excepted reports whether the operator allowed an address that need not be public.
func (g *guard) excepted(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	return slices.ContainsFunc(g.allow, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// isatap returns the IPv4 address that a tunnel would take the packets of an IPv6 address to (RFC 5214, section 6.1).
// Any network may have such addresses, so that no list of networks tells them.
func isatap(addr netip.Addr) (netip.Addr, bool) {
	b := addr.As16()
	if addr.Is4() || b[8]&^0x02 != 0 || b[9] != 0 || b[10] != 0x5e || b[11] != 0xfe {
		return netip.Addr{}, false
	}
	return netip.AddrFrom4([4]byte(b[12:])), true
}

// refuses says why a URL is not asked, before anything is: its port, an address in place of a name, or, behind a
// proxy that would resolve the name by itself, the addresses of the name.
func (g *guard) refuses(ctx context.Context, u *url.URL) error {
	addr, literal := literalAddress(u.Hostname())
	if port, err := strconv.ParseUint(portOf(u), 10, 16); err != nil || slices.Contains(badPorts, uint16(port)) {
		if !literal || !g.excepted(addr) || err != nil {
			return stop(catalog.ReasonPrivateAddress, "port %s of %s is not for web pages", portOf(u), u.Hostname())
		}
	}
	if literal && !g.allows(addr) {
		return stop(catalog.ReasonPrivateAddress, "%s", addr)
	}
	if g.proxy != "" && !literal {
		_, err := g.lookup(ctx, u.Hostname())
		return err
	}
	return nil
}

func literalAddress(host string) (netip.Addr, bool) {
	addr, err := netip.ParseAddr(host)
	return addr, err == nil
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	case u.Scheme == "socks5", u.Scheme == "socks5h": // of a proxy
		return "1080"
	default:
		return "80"
	}
}

// isAddressError returns the refused address behind a failed dial.
func isAddressError(err error) (*addressError, bool) {
	var refused *addressError
	ok := errors.As(err, &refused)
	return refused, ok
}
