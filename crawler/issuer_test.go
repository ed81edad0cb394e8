package crawler

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

const issuerPlace = "issuer.fakeweb.test" // where fakeweb serves what incomplete chains lack

// intermediate returns the certificate that incomplete chains of a web lack, in DER.
func intermediate(t *testing.T, web *fakeweb.Web) []byte {
	t.Helper()
	res, err := web.Client().Get(web.URL(issuerPlace, "/intermediate.der"))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	der, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatal(res.Status, err)
	}
	return der
}

// packedCertificates is a PKCS #7 message with nothing but a certificate.
func packedCertificates(t *testing.T, der []byte) []byte {
	t.Helper()
	type content struct {
		Type asn1.ObjectIdentifier
	}
	empty := asn1.RawValue{Class: asn1.ClassUniversal, Tag: asn1.TagSet, IsCompound: true}
	inner, err := asn1.Marshal(struct {
		Version      int
		Algorithms   asn1.RawValue
		Content      content
		Certificates asn1.RawValue
		Signers      asn1.RawValue
	}{1, empty, content{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}}, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: der}, empty})
	if err != nil {
		t.Fatal(err)
	}
	outer, err := asn1.Marshal(struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner}})
	if err != nil {
		t.Fatal(err)
	}
	return outer
}

func TestAnIncompleteChainIsCompleted(t *testing.T) {
	bytesOf := func(data []byte) fakeweb.Behaviour { return fakeweb.Bytes("application/octet-stream", data) }
	asPEM := func(der []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}) }
	for name, test := range map[string]struct {
		issuer func(web *fakeweb.Web, der []byte) fakeweb.Behaviour
		want   catalog.Reason
	}{
		"by DER":               {func(_ *fakeweb.Web, der []byte) fakeweb.Behaviour { return bytesOf(der) }, "ok"},
		"by PEM":               {func(_ *fakeweb.Web, der []byte) fakeweb.Behaviour { return bytesOf(asPEM(der)) }, "ok"},
		"by PKCS #7":           {func(_ *fakeweb.Web, der []byte) fakeweb.Behaviour { return bytesOf(packedCertificates(t, der)) }, "ok"},
		"not by the root":      {func(web *fakeweb.Web, _ []byte) fakeweb.Behaviour { return bytesOf(web.CA()) }, "tls"},
		"not by nonsense":      {func(*fakeweb.Web, []byte) fakeweb.Behaviour { return bytesOf([]byte("no certificate")) }, "tls"},
		"not where it is gone": {func(*fakeweb.Web, []byte) fakeweb.Behaviour { return fakeweb.Status(404) }, "tls"},
		"not from inside": {func(web *fakeweb.Web, der []byte) fakeweb.Behaviour {
			web.Resolve(issuerPlace, fakeweb.Addresses("10.0.0.1"))
			return bytesOf(der)
		}, "tls"},
	} {
		t.Run(name, func(t *testing.T) {
			web := startWeb(t)
			web.Secure("short.test", fakeweb.TLS{Incomplete: true, HTTP2: true})
			web.Handle("short.test", "*", fakeweb.Page{Title: "There"})
			web.Handle(issuerPlace, "/intermediate.der", test.issuer(web, intermediate(t, web)))
			before := len(web.Requests(issuerPlace))
			c := newCrawler(t, options(web))
			for range 2 {
				got := visitOne(t, c, web.HTTPSURL("short.test", "/"))
				if v := got.Judgement.Verdict; v.Reason != test.want {
					t.Errorf("%s (%s), want %s; answers %+v", v.Reason, v.Message, test.want, got.Observation.Answers)
				}
			}
			if n := len(web.Requests(issuerPlace)) - before; n > 1 {
				t.Errorf("the issuer was asked for %d times", n)
			}
		})
	}
}

// TestACompletedChainHasToBeGoodInEveryOtherWay: name, time and root are verified as ever, and for the one host alone.
func TestACompletedChainHasToBeGoodInEveryOtherWay(t *testing.T) {
	web := startWeb(t)
	hosts := map[string]fakeweb.TLS{
		"wrong-name.test": {Incomplete: true, Names: []string{"else.test"}},
		"expired.test":    {Incomplete: true, NotAfter: time.Now().Add(-time.Hour)},
		"stranger.test":   {Untrusted: true},
		"self.test":       {SelfSigned: true},
	}
	for host, how := range hosts {
		web.Secure(host, how)
		web.Handle(host, "/", fakeweb.Page{Title: "There"})
	}
	web.Secure("short.test", fakeweb.TLS{Incomplete: true})
	web.Handle("short.test", "/", fakeweb.Page{Title: "There"})
	c := newCrawler(t, options(web))
	certificates, err := x509.ParseCertificates(intermediate(t, web))
	if err != nil {
		t.Fatal(err)
	}
	for host := range hosts {
		c.base.issuers.learn(host, certificates)
		if v := visitOne(t, c, web.HTTPSURL(host, "/")).Judgement.Verdict; v.Reason != catalog.ReasonTLS {
			t.Errorf("%s: %s (%s)", host, v.Reason, v.Message)
		}
	}
	if got := c.base.issuers.known("short.test"); len(got) != 0 {
		t.Errorf("what was learnt of one host holds for another")
	}
}

func TestTheEndOfACertificateIsNoted(t *testing.T) {
	web := startWeb(t)
	soon, late := time.Now().Add(20*24*time.Hour).Truncate(time.Second), time.Now().Add(40*24*time.Hour)
	for host, end := range map[string]time.Time{"soon.test": soon, "late.test": late} {
		web.Secure(host, fakeweb.TLS{NotAfter: end})
		web.Handle(host, "/", fakeweb.Page{Title: "There"})
	}
	web.Handle("soon.test", "/away", fakeweb.Redirect(301, web.HTTPSURL("late.test", "/")))
	c := newCrawler(t, options(web))
	for address, want := range map[string]time.Time{web.HTTPSURL("soon.test", "/"): soon, web.HTTPSURL("soon.test", "/away"): soon, web.HTTPSURL("late.test", "/"): {}, web.URL("soon.test", "/"): {}} {
		if got := visitOne(t, c, address).Observation.CertificateEnds; !got.Equal(want) {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

func TestCertificatesOutliveTheBodyThatHeldThem(t *testing.T) {
	web := startWeb(t)
	web.Secure("short.test", fakeweb.TLS{Incomplete: true})
	body := intermediate(t, web)
	want := bytes.Clone(body)
	got := readCertificates(body)
	clear(body)
	if len(got) != 1 || !bytes.Equal(got[0].Raw, want) {
		t.Errorf("%d certificates, or another than was read", len(got))
	}
}

// TestOnlyCertificatesThatLeadToARootAreKept: anybody can make others, as many as he likes.
func TestOnlyCertificatesThatLeadToARootAreKept(t *testing.T) {
	web := startWeb(t)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	own := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "own"}, IsCA: true, BasicConstraintsValid: true,
		NotAfter: time.Now().Add(time.Hour)}
	made, err := x509.CreateCertificate(rand.Reader, own, own, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	web.Secure("short.test", fakeweb.TLS{Incomplete: true})
	good := intermediate(t, web)
	for name, test := range map[string]struct {
		served []byte
		kept   int
	}{"one of both": {append(bytes.Clone(made), good...), 1}, "one that leads nowhere": {made, 0}} {
		web.Handle(issuerPlace, "/intermediate.der", fakeweb.Bytes("application/octet-stream", test.served))
		c := newCrawler(t, options(web))
		visitOne(t, c, web.HTTPSURL("short.test", "/"))
		if got := c.base.issuers.known("short.test"); len(got) != test.kept || len(got) > 0 && !bytes.Equal(got[0].Raw, good) {
			t.Errorf("%s: %d certificates are kept, want %d", name, len(got), test.kept)
		}
	}
}

// TestCertificatesThatCostTooMuchAreNotTaken: whoever leads us to them could keep a processor busy for minutes.
func TestCertificatesThatCostTooMuchAreNotTaken(t *testing.T) {
	signer, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	certificate := func(key any, name string) []byte {
		t.Helper()
		ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true}
		der, err := x509.CreateCertificate(rand.Reader, ca, ca, key, signer)
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	ofBits := func(n uint) *rsa.PublicKey {
		return &rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), int(n)-1, 1), E: 65537}
	}
	for name, test := range map[string]struct {
		der  []byte
		want int
	}{
		"of a usual key":       {certificate(ofBits(4096), "ca"), 1},
		"of a large key":       {certificate(ofBits(maxIssuerKey), "ca"), 1},
		"of a larger one":      {certificate(ofBits(maxIssuerKey+1), "ca"), 0},
		"with a long name":     {certificate(&signer.PublicKey, strings.Repeat("x", maxIssuerBytes)), 0},
		"many":                 {bytes.Repeat(certificate(&signer.PublicKey, "ca"), 20), maxIssuers},
		"one behind a useless": {append(certificate(ofBits(maxIssuerKey+1), "ca"), certificate(&signer.PublicKey, "ca")...), 1},
	} {
		if got := readCertificates(test.der); len(got) != test.want {
			t.Errorf("%s: %d certificates are taken, want %d", name, len(got), test.want)
		}
	}
}
