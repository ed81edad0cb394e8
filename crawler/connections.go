package crawler

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http2"

	"waymark/catalog"
)

const (
	maxHeaderBytes = 256 << 10 // of an answer, with all interim answers (1xx) before it
	streamWindow   = 256 << 10 // of HTTP/2: bytes that a peer may send ahead of what is read; 4 MiB by default, for each of its answers
	readBuffer     = 2 << 10   // of a connection, for headers: a body is read into its own
	writeBuffer    = 1 << 10   // of a connection: a request is short
	idleConns      = 1024      // kept: hosts take turns, so a connection is not needed again at once; each costs about 15 KB
)

// connections is the HTTP client below all politeness. A host whose rule says something of TLS has its connections,
// sessions and handshakes apart from those of all hosts for which that does not hold: nothing that was not verified
// is ever used for a host that has to be.
type connections struct {
	rules  catalog.Rules
	usual  *http.Transport
	others map[catalog.HostTLS]*http.Transport // by what is different; never changed
	// completing is for hosts that leave certificates out of their chains, which issuers knows.
	completing *http.Transport
	issuers    *issuers
}

func newConnections(o Options, g *guard) (*connections, error) {
	c := &connections{rules: o.Rules, others: map[catalog.HostTLS]*http.Transport{},
		issuers: &issuers{roots: o.RootCAs, of: map[string][]*x509.Certificate{}}}
	var err error
	if c.usual, err = newBase(o, g, newTLS(o, catalog.HostTLS{}), false); err != nil {
		return nil, err
	}
	own := newTLS(o, catalog.HostTLS{Unverified: true}) // by crypto/tls itself
	own.VerifyConnection = c.issuers.verify
	if c.completing, err = newBase(o, g, own, true); err != nil {
		return nil, err
	}
	for _, rule := range slices.Concat(o.Rules.Hosts, o.Rules.Shipped) {
		if _, known := c.others[rule.TLS]; err == nil && !known && rule.TLS != (catalog.HostTLS{}) {
			c.others[rule.TLS], err = newBase(o, g, newTLS(o, rule.TLS), true)
		}
	}
	return c, err
}

// RoundTrip makes a request the way that the rule of its host wants.
func (c *connections) RoundTrip(req *http.Request) (*http.Response, error) {
	if len(c.others) > 0 {
		if base, ok := c.others[c.rules.Host(req.URL.Host).TLS]; ok {
			return base.RoundTrip(req)
		}
	}
	if c.completes(req.URL) {
		return c.completing.RoundTrip(req)
	}
	return c.usual.RoundTrip(req)
}

// completes reports whether the chain of a host has to be completed. A host is never without verification for it.
func (c *connections) completes(u *url.URL) bool {
	return u.Scheme == "https" && len(c.issuers.known(strings.ToLower(u.Hostname()))) > 0
}

// CloseIdleConnections closes what is kept for later.
func (c *connections) CloseIdleConnections() {
	c.usual.CloseIdleConnections()
	c.completing.CloseIdleConnections()
	for _, base := range c.others {
		base.CloseIdleConnections()
	}
}

// newBase returns a client with its own way to make handshakes; apart says that a proxy is not to be met in that way. HTTP/2 is that of x/net: in the one within
// net/http of Go 1.26, a host that widens the window of a stream beyond all bounds has a lock taken twice, after which no
// request of the transport ends, to whatever host.
func newBase(o Options, g *guard, handshakes *tls.Config, apart bool) (*http.Transport, error) {
	base := &http.Transport{
		DialContext:            g.dial,
		TLSClientConfig:        handshakes,
		HTTP2:                  &http.HTTP2Config{MaxReceiveBufferPerStream: streamWindow, WriteByteTimeout: o.Timeout}, // of hosts that do not listen
		DisableCompression:     true,                                                                                    // see decode
		MaxIdleConns:           max(idleConns, 2*o.Concurrency),
		MaxIdleConnsPerHost:    o.HostConcurrency,
		IdleConnTimeout:        15 * time.Second,
		TLSHandshakeTimeout:    o.Timeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		ReadBufferSize:         readBuffer,
		WriteBufferSize:        writeBuffer,
	}
	if o.Proxy != nil {
		base.Proxy = http.ProxyURL(o.Proxy)
	}
	if o.Proxy != nil && o.Proxy.Scheme == "https" && apart {
		base.DialTLSContext = dialProxy(g, newTLS(o, catalog.HostTLS{}))
	}
	if _, err := http2.ConfigureTransports(base); err != nil { //nolint:staticcheck // deprecated for what net/http does by itself
		return nil, fmt.Errorf("crawler: HTTP/2: %w", err)
	}
	return base, nil
}

// newTLS returns how handshakes are made. Where a version before 1.2 may be spoken, so may the suites of its time,
// which crypto/tls offers no more by itself; those with RC4 stay out.
func newTLS(o Options, different catalog.HostTLS) *tls.Config {
	config := &tls.Config{
		RootCAs:            o.RootCAs,
		MinVersion:         orDefault(different.MinVersion, o.MinTLS),
		InsecureSkipVerify: different.Unverified,
		ClientSessionCache: tls.NewLRUClientSessionCache(512),
	}
	if config.MinVersion == 0 || config.MinVersion >= tls.VersionTLS12 {
		return config
	}
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		if !withRC4(suite.ID) {
			config.CipherSuites = append(config.CipherSuites, suite.ID)
		}
	}
	return config
}

func withRC4(suite uint16) bool {
	switch suite {
	case tls.TLS_RSA_WITH_RC4_128_SHA, tls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA, tls.TLS_ECDHE_RSA_WITH_RC4_128_SHA:
		return true
	}
	return false
}

// dialProxy connects to a proxy over TLS as to every other host that no rule is for: a proxy may be sent a password.
func dialProxy(g *guard, config *tls.Config) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := g.dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		own := config.Clone()
		if own.ServerName, _, err = net.SplitHostPort(address); err != nil {
			conn.Close()
			return nil, err
		}
		secure := tls.Client(conn, own)
		if err := secure.HandshakeContext(ctx); err != nil {
			conn.Close()
			return nil, &proxyError{err}
		}
		return secure, nil
	}
}
