package crawler

import (
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"waymark/catalog"
)

// DefaultUserAgent is sent where the options name none. Operators should add a contact of their own.
const DefaultUserAgent = "Waymark/1.0 (link checker for curated lists)"

// Options of a crawler. Where a field says nothing else, the zero value stands for its default.
type Options struct {
	// Concurrency is the number of requests under way at once, all hosts together. Default 64.
	Concurrency int
	// Timeout bounds one hop, after its polite wait: once to the end of the headers, then again for the body.
	// A body that is cut by it counts as read. Default 20 s.
	Timeout time.Duration
	// Retries is how often a visit with a doubtful outcome is repeated before it is reported. Default 0: never.
	Retries int
	// RetryWait is the wait before the first retry; it doubles with each further one. Default 1 s.
	RetryWait time.Duration
	// HostConcurrency is the number of requests under way at once per host. Default 4.
	HostConcurrency int
	// HostInterval is the time between the starts of two requests to a host. 0: none. A host that answers 429
	// or 503, resets or does not answer in time is slowed down from there, and recovers slowly.
	HostInterval time.Duration
	// Robots says that robots.txt is obeyed (RFC 9309), on every hop.
	Robots bool
	// UserAgent names the crawler and how to reach who runs it. Its first word up to a slash is the product
	// token that robots.txt groups are matched with. Default DefaultUserAgent.
	UserAgent string
	// MaxBody bounds the decoded bytes that are read of a document. Default 2 MiB.
	MaxBody int64
	// Rules say what is believed, when to come again, and what is different for some hosts.
	Rules catalog.Rules

	// Resolver is the DNS server, as host:port or host. Default: the system's.
	Resolver string
	// Allow lists addresses that would be refused otherwise: loopback, private, link-local and so on.
	Allow []netip.Prefix
	// RootCAs are the authorities to trust. Default: the system's.
	RootCAs *x509.CertPool
	// MinTLS is the oldest version of TLS that is spoken, such as tls.VersionTLS12. Default: that of crypto/tls, 1.2.
	// Browsers refuse older ones too.
	MinTLS uint16
	// Proxy is asked for every request when not nil. Hosts are still resolved, and their addresses refused, here.
	Proxy *url.URL

	// Forge is asked for what its pages say of repositories, and more, if it has a token.
	Forge Forge

	// Interfaces says where else the interfaces of sites are reached, such as a mirror: another base by the base of
	// [catalog.SiteInterfaces].
	Interfaces map[string]string

	// Logger hears what an operator should know. Default: discarded.
	Logger *slog.Logger
	// Now is the clock of what is recorded and scheduled. Waits are always measured in real time. Default time.Now.
	Now func() time.Time
	// Meter counts what happens. Default: nothing is counted.
	Meter Meter
}

// Meter counts what a crawler does. Its methods are called from many goroutines.
type Meter interface {
	Checked(state catalog.State, reason catalog.Reason, took time.Duration) // a visit was judged
	Hop(took time.Duration)                                                 // a request got its headers
	Received(bytes int64)                                                   // decoded bytes of a body were read
	Retried(reason catalog.Reason)                                          // a visit is repeated, and why
}

type noMeter struct{}

func (noMeter) Checked(catalog.State, catalog.Reason, time.Duration) {}
func (noMeter) Hop(time.Duration)                                    {}
func (noMeter) Received(int64)                                       {}
func (noMeter) Retried(catalog.Reason)                               {}

// filled returns the options with every default in place, or an error that names what cannot be.
func (o Options) filled() (Options, error) {
	if o.Concurrency < 0 || o.HostConcurrency < 0 || o.Retries < 0 || o.MaxBody < 0 {
		return o, errors.New("crawler: concurrency, retries and body size must not be negative")
	}
	if o.Timeout < 0 || o.RetryWait < 0 || o.HostInterval < 0 {
		return o, errors.New("crawler: timeout, retry wait and host interval must not be negative")
	}
	if o.Proxy != nil && o.Proxy.Host == "" {
		return o, fmt.Errorf("crawler: the proxy %q has no host", o.Proxy.Redacted())
	}
	o.Concurrency = orDefault(o.Concurrency, 64)
	o.HostConcurrency = orDefault(o.HostConcurrency, 4)
	o.Timeout = orDefault(o.Timeout, 20*time.Second)
	o.RetryWait = orDefault(o.RetryWait, time.Second)
	o.MaxBody = orDefault(o.MaxBody, 2<<20)
	o.UserAgent = orDefault(o.UserAgent, DefaultUserAgent)
	o.Logger = orDefault(o.Logger, slog.New(slog.DiscardHandler))
	o.Meter = orDefault[Meter](o.Meter, noMeter{})
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Resolver != "" {
		o.Resolver = withPort(o.Resolver, "53")
	}
	return o, nil
}

func orDefault[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}

// withPort adds a port to a host that has none.
func withPort(address, port string) string {
	if _, _, err := net.SplitHostPort(address); err == nil {
		return address
	}
	return net.JoinHostPort(strings.Trim(address, "[]"), port)
}
