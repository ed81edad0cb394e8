package fakeweb

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"sync"
	"time"
)

// TLS is how a host answers a handshake. The zero value is a good
// certificate, valid for 90 days, and HTTP/1.1.
type TLS struct {
	NotAfter   time.Time // end of validity; in the past for an expired certificate
	Names      []string  // names in the certificate instead of the host's own
	SelfSigned bool      // signed by nobody but itself
	Untrusted  bool      // signed by an authority that nobody knows
	Incomplete bool      // the intermediate is not sent; the certificate says where it is (RFC 5280, 4.2.2.1)
	Refuse     bool      // the handshake ends with an alert
	HTTP2      bool      // offers h2 as well
	OnlyHTTP2  bool      // offers h2 and nothing else
}

const (
	leafLife      = 90 * 24 * time.Hour
	authorityLife = 10 * 365 * 24 * time.Hour
	issuerHost    = "issuer.fakeweb.test" // serves the intermediate of incomplete chains
)

var errRefused = errors.New("fakeweb: handshake refused on purpose")

// certEntry is what a host shows in handshakes.
type certEntry struct {
	mu     sync.Mutex
	how    TLS
	config *tls.Config // made at the first handshake
}

// Secure sets how the host answers handshakes from now on.
func (w *Web) Secure(host string, how TLS) {
	if how.Incomplete {
		w.Handle(issuerHost, "/intermediate.der", Bytes("application/pkix-cert", w.authority.middle.Raw))
	}
	e := &w.host(host).certs
	e.mu.Lock()
	defer e.mu.Unlock()
	e.how, e.config = how, nil
}

func (w *Web) tlsConfig() *tls.Config {
	return &tls.Config{GetConfigForClient: w.configFor}
}

// configFor gives the configuration of the host that the client names. A
// client that names none gets a certificate for the web's address.
func (w *Web) configFor(hello *tls.ClientHelloInfo) (*tls.Config, error) {
	if hello.ServerName == "" {
		return w.makeConfig(TLS{Names: []string{loopback}}, "")
	}
	h := w.lookup(hello.ServerName)
	if h == nil {
		return nil, errRefused
	}
	if c := rawConn(hello.Conn); c != nil {
		c.attribute(h)
	}
	h.certs.mu.Lock()
	defer h.certs.mu.Unlock()
	if h.certs.how.Refuse {
		return nil, errRefused
	}
	if h.certs.config == nil {
		c, err := w.makeConfig(h.certs.how, h.name)
		if err != nil {
			return nil, err
		}
		h.certs.config = c
	}
	return h.certs.config, nil
}

func (w *Web) makeConfig(how TLS, host string) (*tls.Config, error) {
	leaf := template(w.opts.Now(), how.NotAfter, leafLife)
	if how.Names == nil {
		how.Names = []string{host}
	}
	for _, n := range how.Names {
		if ip := net.ParseIP(n); ip != nil {
			leaf.IPAddresses = append(leaf.IPAddresses, ip)
		} else {
			leaf.DNSNames = append(leaf.DNSNames, n)
		}
	}
	leaf.Subject.CommonName = how.Names[0]
	leaf.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	if how.Incomplete {
		leaf.IssuingCertificateURL = []string{w.URL(issuerHost, "/intermediate.der")}
	}
	chain, err := w.authority.sign(leaf, how)
	if err != nil {
		return nil, err
	}
	protos := []string{"http/1.1"}
	if how.HTTP2 {
		protos = []string{"h2", "http/1.1"}
	}
	if how.OnlyHTTP2 {
		protos = []string{"h2"}
	}
	pair := tls.Certificate{Certificate: chain, PrivateKey: w.authority.leafKey}
	return &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: protos}, nil
}

// authority signs the certificates of the web: a root that clients trust, an
// intermediate under it, and a stranger that nobody trusts. All leaves share
// one key, which keeps thousands of hosts cheap.
type authority struct {
	root, middle, stranger          *x509.Certificate
	rootKey, middleKey, strangerKey *ecdsa.PrivateKey
	leafKey                         *ecdsa.PrivateKey
}

func newAuthority(now time.Time) (*authority, error) {
	a := &authority{}
	for _, k := range []**ecdsa.PrivateKey{&a.rootKey, &a.middleKey, &a.strangerKey, &a.leafKey} {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return nil, err
		}
		*k = key
	}
	var errRoot, errMiddle, errStranger error
	a.root, errRoot = signAuthority(now, "Fakeweb Root", nil, a.rootKey, a.rootKey)
	a.middle, errMiddle = signAuthority(now, "Fakeweb Intermediate", a.root, a.middleKey, a.rootKey)
	a.stranger, errStranger = signAuthority(now, "Fakeweb Stranger", nil, a.strangerKey, a.strangerKey)
	return a, errors.Join(errRoot, errMiddle, errStranger)
}

func signAuthority(now time.Time, name string, parent *x509.Certificate, key, signer *ecdsa.PrivateKey) (*x509.Certificate, error) {
	t := template(now, time.Time{}, authorityLife)
	t.Subject = pkix.Name{CommonName: name}
	t.IsCA, t.BasicConstraintsValid, t.KeyUsage = true, true, x509.KeyUsageCertSign
	if parent == nil {
		parent = t
	}
	der, err := x509.CreateCertificate(rand.Reader, t, parent, &key.PublicKey, signer)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// sign gives the chain to send, the leaf first.
func (a *authority) sign(leaf *x509.Certificate, how TLS) ([][]byte, error) {
	parent, signer := a.root, a.rootKey
	switch {
	case how.SelfSigned:
		parent, signer = leaf, a.leafKey
	case how.Untrusted:
		parent, signer = a.stranger, a.strangerKey
	case how.Incomplete:
		parent, signer = a.middle, a.middleKey
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, parent, &a.leafKey.PublicKey, signer)
	return [][]byte{der}, err
}

func (a *authority) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
}

// template is a certificate that ends at notAfter, or one lifetime from now.
func template(now, notAfter time.Time, life time.Duration) *x509.Certificate {
	if notAfter.IsZero() {
		notAfter = now.Add(life)
	}
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<62)) // crypto/rand never fails
	notBefore := now.Add(-time.Hour)
	if !notAfter.After(notBefore) {
		notBefore = notAfter.Add(-life)
	}
	return &x509.Certificate{
		SerialNumber: serial, NotBefore: notBefore, NotAfter: notAfter,
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
}
