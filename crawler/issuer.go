package crawler

import (
	"bytes"
	"context"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"

	"waymark/catalog"
)

const (
	maxIssuers     = 4       // certificates that are taken of one answer
	maxIssuerBytes = 8 << 10 // of one; those of authorities have one or two KiB
	maxIssuerKey   = 8192    // bits of an RSA key, as crypto/tls has it: with one of 200,000 bits a signature takes seconds
	maxIncomplete  = 4096    // hosts whose chains are remembered to be incomplete
	maxIssuerLinks = 3       // of a chain that may be missing one after the other
)

// issuers knows the certificates that some hosts leave out of their chains, by host name. They are no authorities: a
// chain that is completed by them has to end at a trusted root like every other.
type issuers struct {
	roots *x509.CertPool
	mu    sync.RWMutex
	of    map[string][]*x509.Certificate
}

// learn adds certificates to those that are known for a host.
func (i *issuers) learn(host string, certificates []*x509.Certificate) {
	i.mu.Lock()
	defer i.mu.Unlock()
	known := i.of[host]
	if known == nil && len(i.of) >= maxIncomplete {
		for other := range i.of {
			delete(i.of, other)
			break
		}
	}
	for _, c := range certificates {
		if !slices.ContainsFunc(known, c.Equal) {
			known = append(slices.Clone(known), c)
		}
	}
	i.of[host] = known[max(0, len(known)-maxIssuers*maxIssuerLinks):]
}

// known returns the certificates that a host leaves out.
func (i *issuers) known(host string) []*x509.Certificate {
	i.mu.RLock()
	defer i.mu.RUnlock()
	return i.of[host]
}

// verify does what crypto/tls does by itself where it is not told otherwise (the same checks, by the same function), with
// the certificates at hand that the host leaves out. It is called for resumed sessions too.
func (i *issuers) verify(state tls.ConnectionState) error {
	if state.ServerName == "" || len(state.PeerCertificates) == 0 {
		return x509.HostnameError{Certificate: &x509.Certificate{}, Host: state.ServerName}
	}
	options := x509.VerifyOptions{Roots: i.roots, DNSName: state.ServerName, Intermediates: x509.NewCertPool()}
	for _, c := range slices.Concat(state.PeerCertificates[1:], i.known(strings.ToLower(state.ServerName))) {
		options.Intermediates.AddCert(c)
	}
	if _, err := state.PeerCertificates[0].Verify(options); err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: state.PeerCertificates, Err: err}
	}
	return nil
}

// issuerAddress returns where the issuer of a certificate says that its own can be had, "" where it does not. The address
// is one of http: who needs it cannot verify anything yet (RFC 5280, section 8).
func issuerAddress(of *x509.Certificate) string {
	if of == nil || bytes.Equal(of.RawIssuer, of.RawSubject) {
		return ""
	}
	for _, address := range of.IssuingCertificateURL {
		if hasPrefixFold(address, "http://") && len(address) <= maxAddress {
			return catalog.Canonical(address, catalog.From{}).URL
		}
	}
	return ""
}

// askIssuer gets the certificate of an issuer, and that of the issuer's own where it would be missing too.
func (v *visit) askIssuer(ctx context.Context, q catalog.Question, left *int) found {
	got := v.ask(ctx, q, left)
	for range maxIssuerLinks - 1 {
		next := v.crawler.base.issuers.missing(got.certificates)
		if next == "" {
			break
		}
		further := v.ask(ctx, catalog.Question{Kind: q.Kind, URL: next}, left)
		if len(further.certificates) == 0 {
			break
		}
		got.certificates = append(got.certificates, further.certificates...)
	}
	got.certificates = v.crawler.base.issuers.trusted(got.certificates)
	return got
}

// trusted returns those certificates that lead to a trusted root, by way of each other. No others can complete a chain; and
// these nobody can make as he likes, so that what is kept of them is bounded.
func (i *issuers) trusted(certificates []*x509.Certificate) (kept []*x509.Certificate) {
	options := i.among(certificates)
	for _, c := range certificates {
		if _, err := c.Verify(options); err == nil {
			kept = append(kept, c)
		}
	}
	return kept
}

// among is how a certificate is held against the trusted roots by way of others.
func (i *issuers) among(others []*x509.Certificate) x509.VerifyOptions {
	options := x509.VerifyOptions{Roots: i.roots, Intermediates: x509.NewCertPool(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}
	for _, c := range others {
		options.Intermediates.AddCert(c)
	}
	return options
}

// missing returns where to get what is still missing between certificates and the trusted roots, "" when nothing is.
func (i *issuers) missing(certificates []*x509.Certificate) string {
	if len(certificates) == 0 {
		return ""
	}
	last := certificates[len(certificates)-1]
	var unknown x509.UnknownAuthorityError
	if _, err := last.Verify(i.among(certificates)); errors.As(err, &unknown) {
		return issuerAddress(last)
	}
	return ""
}

// lookAgain makes the visit again, now that the chain of the host that failed can be completed.
func (v *visit) lookAgain(ctx context.Context, s *sighting, certificates []*x509.Certificate) {
	before := s.observation
	failed, err := url.Parse(before.FinalURL())
	if err != nil {
		return
	}
	if _, literal := literalAddress(failed.Hostname()); literal {
		return // an address is not named in a handshake, so that nobody could tell whose chain it is
	}
	v.crawler.base.issuers.learn(strings.ToLower(failed.Hostname()), certificates)
	again := v.look(ctx)
	v.yield()
	if again.aborted && ctx.Err() != nil {
		return // no time is left for it: what was seen before stands
	}
	*s = again
	s.observation.At, s.observation.Answers = before.At, before.Answers
	s.observation.Attempts += before.Attempts
}

// readCertificates returns the certificates of authorities that a document holds: in DER, in PEM, or in a PKCS #7 message
// without signatures, as RFC 5280, section 4.2.2.1, allows.
func readCertificates(document []byte) (kept []*x509.Certificate) {
	if block, _ := pem.Decode(document); block != nil {
		document = block.Bytes
	}
	certificates, err := x509.ParseCertificates(document)
	if err != nil {
		certificates, _ = x509.ParseCertificates(bundled(document)) // none is as good as unreadable
	}
	for _, c := range certificates {
		if len(kept) == maxIssuers || !usableIssuer(c) {
			continue
		}
		// A certificate refers to the bytes that it was read from: those of a body are used again, and may be many.
		if own, err := x509.ParseCertificate(bytes.Clone(c.Raw)); err == nil {
			kept = append(kept, own)
		}
	}
	return kept
}

// usableIssuer reports whether a certificate is that of an authority, and costs no more than those of authorities do.
func usableIssuer(c *x509.Certificate) bool {
	key, isRSA := c.PublicKey.(*rsa.PublicKey)
	return c.IsCA && len(c.Raw) <= maxIssuerBytes && (!isRSA || key.N.BitLen() <= maxIssuerKey)
}

// signedData is the part of a PKCS #7 message that matters here (RFC 2315, section 9.1).
type signedData struct {
	Version      int
	Algorithms   asn1.RawValue
	Content      asn1.RawValue
	Certificates asn1.RawValue `asn1:"optional,tag:0"`
	Lists        asn1.RawValue `asn1:"optional,tag:1"`
	Signers      asn1.RawValue
}

// bundled returns the certificates of a PKCS #7 message, one behind the other.
func bundled(message []byte) []byte {
	var outer struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"explicit,tag:0"`
	}
	var inner signedData
	if _, err := asn1.Unmarshal(message, &outer); err != nil {
		return nil
	}
	if _, err := asn1.Unmarshal(outer.Content.Bytes, &inner); err != nil {
		return nil
	}
	return inner.Certificates.Bytes
}
