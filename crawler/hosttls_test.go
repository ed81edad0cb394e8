package crawler

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// intranet has hosts with one certificate that nobody signed; a rule lets it pass at lenient.test alone. Every host but
// strict.test sends /to-strict there.
func intranet(t *testing.T, change func(*fakeweb.Web, *Options)) (*fakeweb.Web, *Crawler) {
	web := startWeb(t)
	for _, host := range []string{"strict.test", "lenient.test"} {
		web.Secure(host, fakeweb.TLS{SelfSigned: true, HTTP2: true, Names: []string{"strict.test", "lenient.test"}})
		web.Handle(host, "/*", fakeweb.Page{Title: host})
	}
	web.Handle("lenient.test", "/to-strict", fakeweb.Redirect(302, web.HTTPSURL("strict.test", "/")))
	web.Secure("good.test", fakeweb.TLS{HTTP2: true})
	web.Handle("good.test", "/to-strict", fakeweb.Redirect(302, web.HTTPSURL("strict.test", "/")))
	web.Handle("good.test", "/to-lenient", fakeweb.Redirect(302, web.HTTPSURL("lenient.test", "/")))
	o := options(web)
	o.Robots = true
	o.Rules.Hosts = []catalog.HostRule{{Match: "lenient.test", TLS: catalog.HostTLS{Unverified: true}}}
	if change != nil {
		change(web, &o)
	}
	return web, newCrawler(t, o)
}

func TestACertificateIsLetPassWhereARuleSaysSo(t *testing.T) {
	web, c := intranet(t, nil)
	for _, test := range []struct {
		host, path string
		want       catalog.Reason
	}{ // in this order: connections and sessions of the one are at hand for the other
		{"strict.test", "/", "tls"}, {"lenient.test", "/", "ok"}, {"strict.test", "/", "tls"},
		{"lenient.test", "/to-strict", "tls"}, {"good.test", "/to-lenient", "ok"}, {"good.test", "/to-strict", "tls"}, {"lenient.test", "/again", "ok"},
	} {
		if v := visitOne(t, c, web.HTTPSURL(test.host, test.path)).Judgement.Verdict; v.Reason != test.want {
			t.Errorf("%s%s: %s (%s), want %s", test.host, test.path, v.Reason, v.Message, test.want)
		}
	}
	if n := len(web.Requests("strict.test")); n != 0 {
		t.Errorf("%d requests reached a host with a certificate that nobody signed", n)
	}
	paths := map[string]int{}
	for _, r := range web.Requests("lenient.test") {
		paths[r.Path]++
	}
	if paths["/robots.txt"] != 1 || paths["/again"] != 1 {
		t.Errorf("the host was asked for %v; its robots.txt is behind the same certificate", paths)
	}
}

func TestListsComeTheWayThatTheRuleOfTheirHostSays(t *testing.T) {
	web, c := intranet(t, nil)
	if _, err := c.Fetch(t.Context(), web.HTTPSURL("lenient.test", "/list.md"), 1<<20); err != nil {
		t.Error(err)
	}
	for _, address := range []string{web.HTTPSURL("strict.test", "/list.md"), web.HTTPSURL("lenient.test", "/to-strict")} {
		if _, err := c.Fetch(t.Context(), address, 1<<20); err == nil || !strings.Contains(err.Error(), "tls") {
			t.Errorf("%s: error %v, want one of tls", address, err)
		}
	}
}

// tunnel is a proxy that connects whoever asks to the address that the web serves a host at, whatever it is called.
func tunnel(t *testing.T, secure bool) (*url.URL, *x509.Certificate) {
	var open sync.WaitGroup
	proxy := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		open.Add(1) // before the server lets go of the connection, and no longer waits for it
		defer open.Done()
		_, port, _ := net.SplitHostPort(r.Host)
		there, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", port))
		if err != nil || r.Method != http.MethodConnect {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		here, _, err := http.NewResponseController(rw).Hijack()
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		for _, pair := range [][2]net.Conn{{here, there}, {there, here}} {
			open.Go(func() { io.Copy(pair[0], pair[1]); pair[0].Close() })
		}
	}))
	proxy.Config.ErrorLog = log.New(io.Discard, "", 0)
	if secure {
		proxy.StartTLS()
	} else {
		proxy.Start()
	}
	t.Cleanup(func() { proxy.Close(); open.Wait() })
	u, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u, proxy.Certificate()
}

func TestBehindAProxyCertificatesAreHeldAgainstTheRuleToo(t *testing.T) {
	proxy, _ := tunnel(t, false)
	web, c := intranet(t, func(_ *fakeweb.Web, o *Options) { o.Proxy = proxy })
	for host, want := range map[string]catalog.Reason{"strict.test": "tls", "lenient.test": "ok"} {
		for range 2 {
			if v := visitOne(t, c, web.HTTPSURL(host, "/")).Judgement.Verdict; v.Reason != want {
				t.Errorf("%s: %s (%s), want %s", host, v.Reason, v.Message, want)
			}
		}
	}
}

// TestTheProxyItselfIsAlwaysVerified: a rule for a host says nothing of the proxy on the way, which may be sent a password.
func TestTheProxyItselfIsAlwaysVerified(t *testing.T) {
	for name, trusted := range map[string]bool{"trusted": true, "not trusted": false} {
		t.Run(name, func(t *testing.T) {
			proxy, certificate := tunnel(t, true)
			web, c := intranet(t, func(_ *fakeweb.Web, o *Options) {
				o.Proxy, o.Robots = proxy, false
				if trusted {
					o.RootCAs.AddCert(certificate)
				}
			})
			got := visitOne(t, c, web.HTTPSURL("lenient.test", "/"))
			if f := got.Observation.Failure; trusted != (f == nil) || f != nil && !strings.Contains(f.Detail, "proxy") {
				t.Errorf("failure %+v", f)
			}
			if n := len(web.Requests("lenient.test")); trusted != (n == 1) {
				t.Errorf("%d requests went through the proxy", n)
			}
		})
	}
}

// TestOldHostsAreSpokenToAsInTheirTime: TLS 1.0 and a key exchange of its day, at the host of the rule alone.
func TestOldHostsAreSpokenToAsInTheirTime(t *testing.T) {
	old := tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10, CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_128_CBC_SHA}}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		io.WriteString(rw, smallPage)
	}))
	server.TLS = &old
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	for name, test := range map[string]struct {
		match string
		tls   catalog.HostTLS
		ours  uint16
		want  catalog.Reason
	}{
		"no rule":                    {"x.test", catalog.HostTLS{}, 0, "tls"},
		"a rule for the host":        {"127.0.0.1", catalog.HostTLS{MinVersion: tls.VersionTLS10}, 0, "ok"},
		"a rule for another host":    {"x.test", catalog.HostTLS{MinVersion: tls.VersionTLS10}, 0, "tls"},
		"a rule that is not enough":  {"127.0.0.1", catalog.HostTLS{MinVersion: tls.VersionTLS11}, 0, "tls"},
		"unverified is not outdated": {"127.0.0.1", catalog.HostTLS{Unverified: true}, 0, "tls"},
		"for all hosts":              {"x.test", catalog.HostTLS{}, tls.VersionTLS10, "ok"},
		"for all hosts but this":     {"127.0.0.1", catalog.HostTLS{MinVersion: tls.VersionTLS12}, tls.VersionTLS10, "tls"},
	} {
		t.Run(name, func(t *testing.T) {
			o := Options{RootCAs: roots, MinTLS: test.ours, Timeout: 20 * time.Second, Rules: catalog.DefaultRules().OneRun(),
				Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
			o.Rules.Hosts = []catalog.HostRule{{Match: test.match, TLS: test.tls}}
			if v := visitOne(t, newCrawler(t, o), server.URL+"/").Judgement.Verdict; v.Reason != test.want {
				t.Errorf("%s (%s), want %s", v.Reason, v.Message, test.want)
			}
		})
	}
}
