package crawler

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	"waymark/catalog"
)

// classify puts a failed request into words for people. cause is that of the request's context, and connected
// says that there was a connection to send the request on. What net/http tells by text only is matched last.
func classify(err, cause error, connected bool) *catalog.Failure {
	f := &catalog.Failure{Connecting: !connected}
	switch {
	case errors.Is(cause, errSlow):
		f.Reason, f.Detail = catalog.ReasonTimeout, "the host did not answer in the time it is given"
		if !connected {
			f.Detail = "no connection came about in the time it is given"
		}
	case ofAddress(f, err), ofProxy(f, err), ofDNS(f, err), ofTLS(f, err), ofSocket(f, err):
	default:
		ofText(f, err)
	}
	return f
}

func ofAddress(f *catalog.Failure, err error) bool {
	refused, ok := isAddressError(err)
	if ok {
		f.Reason, f.Connecting, f.Detail = catalog.ReasonPrivateAddress, true, refused.Error()
	}
	return ok
}

func ofProxy(f *catalog.Failure, err error) bool {
	var proxy *proxyError
	if errors.As(err, &proxy) {
		f.Reason, f.Connecting, f.Detail = catalog.ReasonUnreachable, true, "the proxy that Waymark goes through does not answer"
		return true
	}
	return false
}

func ofDNS(f *catalog.Failure, err error) bool {
	var dns *net.DNSError
	if !errors.As(err, &dns) {
		return false
	}
	f.Reason, f.Connecting, f.NoSuchHost = catalog.ReasonDNS, true, dns.IsNotFound
	name := strings.TrimSuffix(dns.Name, ".")
	switch {
	case dns.IsNotFound:
		f.Detail = name
	case dns.IsTimeout:
		f.Detail = "the name server did not answer for " + name
	default:
		f.Detail = "the name server could not answer for " + name
	}
	return true
}

// ofTLS explains why there is no secure connection.
func ofTLS(f *catalog.Failure, err error) bool {
	var (
		wrongName x509.HostnameError
		invalid   x509.CertificateInvalidError
		unknown   x509.UnknownAuthorityError
		record    tls.RecordHeaderError
		alert     tls.AlertError
	)
	switch {
	case errors.As(err, &wrongName):
		f.Detail = "the certificate is for " + names(wrongName.Certificate) + ", not for " + wrongName.Host
	case errors.As(err, &invalid):
		f.Detail = invalidCertificate(invalid)
	case errors.As(err, &unknown):
		f.Detail, f.Issuer = unknownIssuer(unknown.Cert), issuerAddress(unknown.Cert)
	case errors.As(err, &record):
		f.Detail = "the port does not speak TLS"
	case errors.As(err, &alert), strings.Contains(err.Error(), "tls: "), strings.Contains(err.Error(), "x509: "):
		f.Detail = "the handshake failed: " + oneLine(afterLast(err.Error(), "tls: "))
	default:
		return false
	}
	f.Reason, f.Connecting = catalog.ReasonTLS, true
	return true
}

func invalidCertificate(err x509.CertificateInvalidError) string {
	switch {
	case err.Reason == x509.Expired && err.Cert != nil && time.Now().Before(err.Cert.NotBefore):
		return "the certificate is not valid before " + err.Cert.NotBefore.UTC().Format(time.DateOnly)
	case err.Reason == x509.Expired && err.Cert != nil:
		return "the certificate expired on " + err.Cert.NotAfter.UTC().Format(time.DateOnly)
	default:
		return "the certificate is not valid: " + oneLine(strings.TrimPrefix(err.Error(), "x509: "))
	}
}

func unknownIssuer(cert *x509.Certificate) string {
	switch {
	case cert == nil:
		return "the certificate comes from an issuer that is not trusted"
	case cert.Issuer.String() == cert.Subject.String():
		return "the certificate is self-signed"
	default:
		return fmt.Sprintf("the certificate comes from an issuer that is not trusted (%s)", oneLine(orDefault(cert.Issuer.CommonName, cert.Issuer.String())))
	}
}

func names(cert *x509.Certificate) string {
	switch {
	case cert == nil || len(cert.DNSNames) == 0:
		return "another host"
	case len(cert.DNSNames) > 3:
		return oneLine(strings.Join(cert.DNSNames[:3], ", ")) + " and others"
	default:
		return oneLine(strings.Join(cert.DNSNames, ", "))
	}
}

// ofSocket reads the operating system's error numbers.
func ofSocket(f *catalog.Failure, err error) bool {
	var timeout net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Reason, f.Detail = catalog.ReasonRefused, "nothing listens at this port"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		f.Reason, f.Detail = catalog.ReasonUnreachable, "this machine has no sockets left"
	case isUnreachable(err), errors.Is(err, syscall.ENETDOWN), errors.Is(err, syscall.EHOSTDOWN):
		f.Reason, f.Detail = catalog.ReasonUnreachable, "no route leads to it"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNABORTED),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		f.Reason, f.Detail = catalog.ReasonReset, "the host closed it before the answer was complete"
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		f.Reason, f.Detail = catalog.ReasonTimeout, "no connection came about in the time it is given"
	default:
		return false
	}
	return true
}

// ofText matches what net/http says in words only.
func ofText(f *catalog.Failure, err error) {
	text := err.Error()
	f.Reason, f.Connecting = catalog.ReasonProtocol, false
	switch {
	case strings.Contains(text, "server closed idle connection"), strings.Contains(text, "stream error"),
		strings.Contains(text, "GOAWAY"), strings.Contains(text, "connection lost"):
		f.Reason, f.Detail = catalog.ReasonReset, "the host closed it before the answer was complete"
	case strings.Contains(text, "response headers exceeded"), strings.Contains(text, "header list"):
		f.Detail = fmt.Sprintf("its headers are larger than %d KiB", maxHeaderBytes>>10)
	case strings.Contains(text, "proxy"):
		f.Reason, f.Connecting, f.Detail = catalog.ReasonUnreachable, true, "the proxy that Waymark goes through refused"
	default:
		f.Detail = "the host does not speak HTTP as it should"
	}
}

func afterLast(text, mark string) string {
	if i := strings.LastIndex(text, mark); i >= 0 {
		return text[i+len(mark):]
	}
	return text
}
