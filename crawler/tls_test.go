package crawler

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"waymark/catalog"
)

func TestTheOldestTLSThatIsSpoken(t *testing.T) {
	tests := map[string]struct {
		server, ours uint16
		want         catalog.Reason
	}{
		"old, by default":   {tls.VersionTLS11, 0, "tls"},
		"old, on demand":    {tls.VersionTLS11, tls.VersionTLS10, "ok"},
		"usual, by default": {tls.VersionTLS12, 0, "ok"},
		"not new enough":    {tls.VersionTLS12, tls.VersionTLS13, "tls"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Content-Type", "text/html")
				rw.Write([]byte(smallPage))
			}))
			server.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: test.server}
			server.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that are meant to fail
			server.StartTLS()
			defer server.Close()
			roots := x509.NewCertPool()
			roots.AddCert(server.Certificate())
			c := newCrawler(t, Options{RootCAs: roots, MinTLS: test.ours, Rules: catalog.DefaultRules().OneRun(),
				Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
			defer c.Close()
			if got := visitOne(t, c, server.URL+"/").Judgement.Verdict; got.Reason != test.want {
				t.Errorf("%s (%s), want %s", got.Reason, got.Message, test.want)
			}
		})
	}
}
