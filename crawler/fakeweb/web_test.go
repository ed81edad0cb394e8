package fakeweb

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, opts Options) *Web {
	t.Helper()
	web, err := Start(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(web.Close)
	return web
}

// get asks once and reads the whole body.
func get(t *testing.T, c *http.Client, url string) (*http.Response, string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res, string(text), err
}

// mustGet is get where no error is expected.
func mustGet(t *testing.T, c *http.Client, url string) (*http.Response, string) {
	t.Helper()
	res, text, err := get(t, c, url)
	if err != nil {
		t.Fatalf("GET %s: %v", url, err)
	}
	return res, text
}

func TestHostsAreToldApartByName(t *testing.T) {
	web := start(t, Options{})
	for _, name := range []string{"one.example.test", "two.example.test"} {
		web.Handle(name, "/", Page{Title: name})
	}
	c := web.Client()
	for _, url := range []string{web.URL("one.example.test", "/"), web.HTTPSURL("one.example.test", "/")} {
		if _, text := mustGet(t, c, url); !strings.Contains(text, "<title>one.example.test</title>") {
			t.Errorf("%s answered\n%s", url, text)
		}
	}
	res, _ := mustGet(t, c, web.URL("two.example.test", "/nothing"))
	if res.StatusCode != 404 {
		t.Errorf("unknown path: %d, want 404", res.StatusCode)
	}
}

func TestPatterns(t *testing.T) {
	web := start(t, Options{})
	for _, p := range []string{"*", "/docs/*", "/docs/deep/*", "/docs/deep/page", "/watch?v=1", "/caf%C3%A9"} {
		web.Handle("p.example.test", p, Text(200, p))
	}
	c := web.Client()
	for path, want := range map[string]string{
		"/":               "*",
		"/docs/":          "/docs/*",
		"/docs/deep/x":    "/docs/deep/*",
		"/docs/deep/page": "/docs/deep/page",
		"/watch?v=1":      "/watch?v=1",
		"/watch?v=2":      "*",
		"/caf%C3%A9":      "/caf%C3%A9",
	} {
		if _, text := mustGet(t, c, web.URL("p.example.test", path)); text != want {
			t.Errorf("%s was answered by %q, want %q", path, text, want)
		}
	}
}

func TestHandleReplacesAPattern(t *testing.T) {
	web := start(t, Options{})
	c := web.Client()
	for _, want := range []string{"first", "second"} {
		web.Handle("p.example.test", "/x*", Text(200, want))
		if _, text := mustGet(t, c, web.URL("p.example.test", "/xy")); text != want {
			t.Errorf("answered %q, want %q", text, want)
		}
	}
}

func TestRefusedPortIsRefused(t *testing.T) {
	web := start(t, Options{})
	web.Refuse("closed.example.test")
	c := web.Client()
	for _, url := range []string{web.URL("closed.example.test", "/"), web.HTTPSURL("closed.example.test", "/")} {
		if _, _, err := get(t, c, url); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("%s: %v, want connection refused", url, err)
		}
	}
}

func TestHandleConnGetsTheBareConnection(t *testing.T) {
	web := start(t, Options{})
	if err := web.HandleConn("ssh.example.test", Banner("SSH-2.0-Fakeweb\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := web.HandleConn("rst.example.test", ResetAtOnce); err != nil {
		t.Fatal(err)
	}
	c := web.Client()
	if _, _, err := get(t, c, web.URL("ssh.example.test", "/")); err == nil {
		t.Error("a banner was taken for an answer")
	}
	var record tls.RecordHeaderError
	if _, _, err := get(t, c, web.HTTPSURL("ssh.example.test", "/")); !errors.As(err, &record) {
		t.Errorf("TLS to a banner: %v, want a record header error", err)
	}
	if _, _, err := get(t, c, web.URL("rst.example.test", "/")); err == nil {
		t.Error("a connection that is reset at once gave an answer")
	}
	if s := web.Stats("ssh.example.test"); s.Connections != 2 || s.Bytes == 0 {
		t.Errorf("stats %+v, want 2 connections and some bytes", s)
	}
}

func TestGiveAddressServesAtThatAddress(t *testing.T) {
	web := start(t, Options{})
	if err := web.GiveAddress("own.example.test", "127.0.0.9"); err != nil {
		t.Fatal(err)
	}
	web.Handle("own.example.test", "/", Text(200, "own"))
	c := web.Client()
	for _, url := range []string{web.URL("own.example.test", "/"), web.HTTPSURL("own.example.test", "/")} {
		if _, text := mustGet(t, c, url); text != "own" {
			t.Errorf("%s answered %q", url, text)
		}
	}
}

func TestStandardPortsFallBack(t *testing.T) {
	web := start(t, Options{StandardPorts: true})
	web.Handle("std.example.test", "/", Text(200, "here"))
	if _, text := mustGet(t, web.Client(), web.URL("std.example.test", "/")); text != "here" {
		t.Errorf("answered %q", text)
	}
	again := start(t, Options{StandardPorts: true}) // the ports are taken now, if they could be had
	again.Handle("std.example.test", "/", Text(200, "there"))
	if _, text := mustGet(t, again.Client(), again.URL("std.example.test", "/")); text != "there" {
		t.Errorf("answered %q", text)
	}
}

func TestCertificates(t *testing.T) {
	web := start(t, Options{})
	var (
		hostname  x509.HostnameError
		unknown   x509.UnknownAuthorityError
		invalid   x509.CertificateInvalidError
		alert     *net.OpError
		yesterday = time.Now().Add(-24 * time.Hour)
	)
	for name, tc := range map[string]struct {
		how  TLS
		want any // target of errors.As
	}{
		"expired":    {TLS{NotAfter: yesterday}, &invalid},
		"name":       {TLS{Names: []string{"other.example.test"}}, &hostname},
		"self":       {TLS{SelfSigned: true}, &unknown},
		"untrusted":  {TLS{Untrusted: true}, &unknown},
		"incomplete": {TLS{Incomplete: true}, &unknown},
		"refused":    {TLS{Refuse: true}, &alert},
	} {
		t.Run(name, func(t *testing.T) {
			host := name + ".example.test"
			web.Handle(host, "/", Status(200))
			web.Secure(host, tc.how)
			if _, _, err := get(t, web.Client(), web.HTTPSURL(host, "/")); !errors.As(err, tc.want) {
				t.Errorf("got %v, want a %T", err, tc.want)
			}
		})
	}
}

func TestIncompleteChainSaysWhereItsIssuerIs(t *testing.T) {
	web := start(t, Options{})
	web.Handle("chain.example.test", "/", Status(200))
	web.Secure("chain.example.test", TLS{Incomplete: true})
	conn, err := tls.Dial("tcp", web.secure.String(), &tls.Config{ServerName: "chain.example.test", InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	leaf := conn.ConnectionState().PeerCertificates[0]
	_, der := mustGet(t, web.Client(), leaf.IssuingCertificateURL[0])
	issuer, err := x509.ParseCertificate([]byte(der))
	if err != nil {
		t.Fatal(err)
	}
	roots, middle := x509.NewCertPool(), x509.NewCertPool()
	roots.AppendCertsFromPEM(web.CA())
	middle.AddCert(issuer)
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots, Intermediates: middle}); err != nil {
		t.Errorf("completed chain: %v", err)
	}
}

func TestHTTP2(t *testing.T) {
	web := start(t, Options{})
	web.Handle("h2.example.test", "/", Page{Title: "Two"})
	web.Handle("h2.example.test", "/reset", Reset())
	web.Secure("h2.example.test", TLS{HTTP2: true})
	c := web.Client()
	c.Transport.(*http.Transport).ForceAttemptHTTP2 = true
	if res, _ := mustGet(t, c, web.HTTPSURL("h2.example.test", "/")); res.ProtoMajor != 2 {
		t.Errorf("answered by %s, want HTTP/2", res.Proto)
	}
	if _, _, err := get(t, c, web.HTTPSURL("h2.example.test", "/reset")); err == nil {
		t.Error("a reset stream gave an answer")
	}
}

// Close must end waits, hijacked connections and idle ones alike; goleak
// looks after all tests.
func TestCloseEndsWhateverIsUnderWay(t *testing.T) {
	web := start(t, Options{})
	for path, b := range map[string]Behaviour{
		"/stall": Stall(), "/body": StallBody(), "/endless": Endless(), "/headers": EndlessHeaders(),
		"/drip": Drip(1, time.Hour, Page{}),
	} {
		web.Handle("slow.example.test", path, b)
	}
	if err := web.HandleConn("mute.example.test", Mute); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	c := web.Client()
	ask := func(url string) {
		wg.Go(func() {
			if res, err := c.Get(url); err == nil {
				io.Copy(io.Discard, io.LimitReader(res.Body, 1<<20))
				res.Body.Close()
			}
		})
	}
	for _, path := range []string{"/stall", "/body", "/drip", "/endless", "/headers"} {
		ask(web.URL("slow.example.test", path))
	}
	ask(web.HTTPSURL("mute.example.test", "/"))
	for web.Stats("slow.example.test").Requests < 5 || web.Stats("mute.example.test").Connections < 1 {
		time.Sleep(time.Millisecond)
	}
	web.Close()
	wg.Wait()
	web.Close()
}

func TestClosedWebOpensNothing(t *testing.T) {
	web := start(t, Options{})
	web.Close()
	if err := web.HandleConn("late.example.test", Mute); !errors.Is(err, errClosed) {
		t.Errorf("HandleConn: %v, want %v", err, errClosed)
	}
	if err := web.GiveAddress("late.example.test", "127.0.0.11"); !errors.Is(err, errClosed) {
		t.Errorf("GiveAddress: %v, want %v", err, errClosed)
	}
}
