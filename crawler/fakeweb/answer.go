package fakeweb

import (
	"net/netip"
	"slices"
	"sync"

	"golang.org/x/net/dns/dnsmessage"
)

// Answer is what the name server says about a name.
type Answer struct {
	code   dnsmessage.RCode
	addrs  []netip.Addr
	silent bool

	servers []string // name servers, without the dot at their end
}

// Addresses answers with A and AAAA records in the given order. They may lie
// outside of the web (10.0.0.1, 169.254.169.254): nothing connects to them
// here. None at all is a name without addresses. A string that is no address
// panics.
func Addresses(ips ...string) Answer {
	var a Answer
	for _, ip := range ips {
		a.addrs = append(a.addrs, netip.MustParseAddr(ip))
	}
	return a
}

// NXDomain answers that the name does not exist (RFC 1035, RCODE 3).
func NXDomain() Answer { return Answer{code: dnsmessage.RCodeNameError} }

// ServFail answers that the server could not find out (RCODE 2).
func ServFail() Answer { return Answer{code: dnsmessage.RCodeServerFailure} }

// Silence never answers.
func Silence() Answer { return Answer{silent: true} }

// Unreachable is an address that the kernel refuses to connect to with
// "network is unreachable", without sending anything: Linux does so for the
// broadcast address of the loopback net.
func Unreachable() Answer { return Addresses("127.255.255.255") }

// nameEntry is what the name server knows about one host.
type nameEntry struct {
	mu      sync.Mutex
	answers []Answer // none: the web's own address
	servers []string // of the zone that begins here
	asked   map[dnsmessage.Type]int
}

// Resolve sets what the name server says about a host. Of several answers
// each is given once, in order, and the last for good; A and AAAA questions
// are counted apart, because resolvers ask both. Without an answer the host
// gets back the address of the web.
func (w *Web) Resolve(host string, answers ...Answer) {
	e := &w.host(host).names
	e.mu.Lock()
	defer e.mu.Unlock()
	e.answers = slices.Clone(answers)
	e.asked = nil
}

// Delegate sets the name servers (NS records, RFC 1035, 3.3.11) that the name server tells of for a host. Whoever parks
// a domain is often known by them.
func (w *Web) Delegate(host string, servers ...string) {
	e := &w.host(host).names
	e.mu.Lock()
	defer e.mu.Unlock()
	e.servers = slices.Clone(servers)
}

// Lookups gives how often the host's address (A) was asked for since the
// last Resolve.
func (w *Web) Lookups(host string) int {
	h := w.lookup(host)
	if h == nil {
		return 0
	}
	h.names.mu.Lock()
	defer h.names.mu.Unlock()
	return h.names.asked[dnsmessage.TypeA]
}

// next gives the answer whose turn it is.
func (e *nameEntry) next(t dnsmessage.Type, own netip.Addr) Answer {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.asked == nil {
		e.asked = map[dnsmessage.Type]int{}
	}
	turn := e.asked[t]
	e.asked[t]++
	if t == dnsmessage.TypeNS && len(e.servers) > 0 {
		return Answer{servers: e.servers}
	}
	if len(e.answers) == 0 {
		return Answer{addrs: []netip.Addr{own}}
	}
	return e.answers[min(turn, len(e.answers)-1)]
}

// CutResolver makes the name server give this answer to every question, as
// when the uplink is gone: [ServFail] is what a local resolver says then,
// [Silence] what a lost packet is.
func (w *Web) CutResolver(with Answer) { w.names.cut.Store(&with) }

// MendResolver ends what [Web.CutResolver] began.
func (w *Web) MendResolver() { w.names.cut.Store(nil) }
