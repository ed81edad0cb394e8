package fakeweb

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
)

// Client gives a plain client that lives in this web: it asks the web's name
// server, trusts its authority, follows no redirect and keeps no cookies.
// Its idle connections are closed with the web.
func (w *Web) Client() *http.Client {
	return &http.Client{
		Transport:     w.Transport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Transport gives the transport of [Web.Client], a new one each time.
func (w *Web) Transport() *http.Transport {
	roots := x509.NewCertPool()
	roots.AddCert(w.authority.root)
	dialer := &net.Dialer{Resolver: w.netResolver()}
	t := &http.Transport{
		DialContext:     dialer.DialContext,
		TLSClientConfig: &tls.Config{RootCAs: roots, Time: w.opts.Now},
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clients = append(w.clients, t)
	return t
}

func (w *Web) netResolver() *net.Resolver {
	return &net.Resolver{
		PreferGo: true,
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, w.Resolver())
		},
	}
}
