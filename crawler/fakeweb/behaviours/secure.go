package behaviours

import (
	"time"

	"waymark/crawler/fakeweb"
)

// inDays is a moment so many days from the web's now.
func inDays(w *fakeweb.Web, days int) time.Time {
	return w.Now().Add(time.Duration(days) * 24 * time.Hour)
}

// lasts is a good certificate that ends in so many days.
func lasts(days int) func(*Stage) {
	return func(s *Stage) { s.Web.Secure(s.Host, fakeweb.TLS{NotAfter: inDays(s.Web, days)}) }
}

// badTLS is a certificate fault whose sentence names it.
func badTLS(says string) Want { return Want{State: "failing", Reason: "tls", Says: says} }

// tlsCases are certificates, and http beside https.
var tlsCases = []Case{
	{Name: "expired certificate", Link: "https://expired-certificate.test/a", Want: badTLS("expired"), Serve: all(lasts(-20), page(Doc{}))},
	{Name: "certificate of another name", Link: "https://wrong-name.test/a", Want: badTLS("shared-host.test"), Serve: all(secure(fakeweb.TLS{Names: []string{"shared-host.test", "*.shared-host.test"}}), page(Doc{})),
		Or: []Want{badTLS("wrong-name.test"), badTLS("name"), badTLS("another")}},
	{Name: "wildcard certificate that does not reach the name", Link: "https://a.b.wild-name.test/", Want: badTLS(""), Serve: all(secure(fakeweb.TLS{Names: []string{"*.wild-name.test"}}), page(Doc{})), Why: "RFC 9525 6.3: a wildcard is one label"},
	{Name: "wildcard certificate that reaches the name", Link: "https://a.wild-match.test/", Want: ok("A", moved("")), Or: []Want{ok("A")}, Serve: all(secure(fakeweb.TLS{Names: []string{"*.wild-match.test"}}), page(Doc{Title: "A"}))},
	{Name: "self-signed certificate", Link: "https://self-signed.test/a", Want: badTLS("self-signed"), Or: []Want{badTLS("signed by itself"), badTLS("itself")}, Serve: all(secure(fakeweb.TLS{SelfSigned: true}), page(Doc{}))},
	{Name: "certificate of an issuer nobody knows", Link: "https://unknown-issuer.test/a", Want: badTLS(""), Serve: all(secure(fakeweb.TLS{Untrusted: true}), page(Doc{}))},
	{Name: "incomplete chain with the issuer's address", Link: "https://incomplete-chain.test/a", Want: ok("Completed by its reader"), Serve: all(secure(fakeweb.TLS{Incomplete: true}), page(Doc{})),
		Why: "browsers fetch the issuer's certificate (RFC 5280 4.2.2.1)"},
	{Name: "incomplete chain and HTTP/2", Link: "https://incomplete-h2.test/a", Want: ok("Completed, too"), Serve: all(secure(fakeweb.TLS{Incomplete: true, HTTP2: true}), page(Doc{}))},
	{Name: "handshake refused", Link: "https://handshake-refused.test/a", Want: badTLS(""), Serve: all(noHTTPS, page(Doc{}))},
	{Name: "plain http at the port of https", Link: "https://no-tls-here.test/a", Want: failing("tls|protocol"), Text: "No TLS here", Serve: func(s *Stage) {
		s.Web.HandleConn(s.Host, fakeweb.Talk("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nThis is plain HTTP.\n"))
	}},
	{Name: "certificate that ends in 5 days", Link: "https://ends-in-five.test/a", Want: ok("Five days left", finding("certificate")), Serve: all(lasts(5), page(Doc{}))},
	{Name: "certificate that ends in 13 days", Link: "https://ends-in-thirteen.test/a", Want: ok("Thirteen days left", finding("certificate")), Serve: all(lasts(13), page(Doc{}))},
	{Name: "certificate that ends in 16 days", Link: "https://ends-in-sixteen.test/a", Want: ok("Sixteen days left"), Serve: all(lasts(16), page(Doc{})), Why: "automatic renewal comes before"},
	{Name: "certificate of six days, renewed daily", Link: "https://short-lived.test/a", Want: ok("Short-lived by design", finding("certificate")), Or: []Want{ok("Short-lived by design")}, Serve: all(lasts(4), page(Doc{})),
		Why: "authorities issue certificates of six days now; a person would not be worried"},
	{Name: "certificate soon over on a redirect's target", Link: "https://to-ending.test/a", Want: ok("At the target", moved("https://ending-target.test/a"), offSite, finding("certificate")),
		Or: []Want{ok("At the target", moved("https://ending-target.test/a"), offSite), ok("At the target", moved("https://ending-target.test/a"), offSite, finding("certificate")), ok("", offSite, finding("certificate"))},
		Serve: all(redirect(301, "https://ending-target.test/a"), func(s *Stage) {
			s.Web.Secure("ending-target.test", fakeweb.TLS{NotAfter: inDays(s.Web, 6)})
			s.On("https://ending-target.test/a", Doc{}.with("ending-target.test", "At the target"))
		}), Why: "it is the certificate of the address that the list should have; once it has, the finding is there"},
	{Name: "http with the same page under https", Link: "http://twin-pages.test/a", Standard: true, Want: ok("The same either way", Finding{Kind: "insecure", Suggestion: "https://twin-pages.test/a"}), Serve: page(Doc{})},
	{Name: "http with the same page and a section", Link: "http://twin-section.test/a#two", Standard: true, Want: ok("The same with a section", Finding{Kind: "insecure", Suggestion: "https://twin-section.test/a#two"}), Serve: page(Doc{IDs: []string{"", "two"}})},
	{Name: "http with another page under https", Link: "http://other-twin.test/a", Standard: true, Want: ok("The page of old"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.OnHTTP(Doc{}.with(s.Host, "The page of old"), Doc{Title: "Welcome to your control panel", Make: press, Main: "<h1>Control panel</h1><p>Your hosting package is ready. Upload files by SFTP.</p>"}.with(s.Host, "")))
		}},
	{Name: "http with nothing under https", Link: "http://no-twin.test/a", Standard: true, Want: ok("Http alone"),
		Serve: func(s *Stage) { s.Here(fakeweb.OnHTTP(Doc{}.with(s.Host, "Http alone"), missing(s.Host))) }},
	{Name: "http with a bad certificate under https", Link: "http://bad-twin.test/a", Standard: true, Want: ok("Http with a bad twin"), Serve: all(lasts(-300), page(Doc{}))},
	{Name: "http with no https at all", Link: "http://deaf-twin.test/a", Want: ok("Http and nothing else"), Serve: all(noHTTPS, page(Doc{}))},
	{Name: "http whose https goes back to http", Link: "http://back-to-http.test/a", Standard: true, Want: ok("Back to http"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.OnHTTP(Doc{}.with(s.Host, "Back to http"), s.Redirect(302, "http://back-to-http.test/a")))
		}},
	{Name: "https that goes to http", Link: "https://downgrade.test/a", Want: ok("Down to http"), Or: []Want{ok("Down to http", finding("insecure"))},
		Serve: func(s *Stage) {
			s.Here(fakeweb.OnHTTP(Doc{}.with(s.Host, "Down to http"), s.Redirect(302, "http://downgrade.test/a")))
		}},
}

// connectionCases are names that do not resolve and servers that do not answer.
var connectionCases = []Case{
	{Name: "no such host", Link: "https://never-registered.test/guide", Want: dead("dns"), Serve: func(s *Stage) { s.Web.Resolve(s.Host, fakeweb.NXDomain()) }},
	{Name: "no such host, below a domain that is", Link: "https://old-subdomain.living-site.test/guide", Want: dead("dns"), Serve: func(s *Stage) {
		s.Web.Resolve(s.Host, fakeweb.NXDomain())
		s.On("https://living-site.test/", Doc{Title: "Living Site"}.with("living-site.test", ""))
	}},
	{Name: "name without addresses", Link: "https://mail-only.test/", Want: failing("dns"), Or: []Want{dead("dns")}, Text: "Mail only", Serve: func(s *Stage) { s.Web.Resolve(s.Host, fakeweb.Addresses()) },
		Why: "NOERROR without records: the name is there, a web is not"},
	{Name: "name server fails", Link: "https://lame-delegation.test/", Want: failing("dns"), Text: "Lame", Serve: func(s *Stage) { s.Web.Resolve(s.Host, fakeweb.ServFail()) }},
	{Name: "name server is silent", Link: "https://silent-names.test/", Want: failing("dns|timeout"), Text: "Silent", Serve: func(s *Stage) { s.Web.Resolve(s.Host, fakeweb.Silence()) }},
	{Name: "name server fails once", Link: "https://shaky-names.test/a", Want: ok("Found at the second try"), Serve: all(page(Doc{}), func(s *Stage) {
		s.Web.Resolve(s.Host, fakeweb.ServFail(), fakeweb.Addresses(s.Web.Address()))
	})},
	{Name: "connection refused", Link: "https://refused-connection.test/a", Want: failing("refused"), Text: "Refused", Serve: func(s *Stage) { s.Web.Resolve(s.Host, fakeweb.Addresses("127.86.250.1")) }},
	{Name: "network unreachable", Link: "https://unreachable-network.test/a", Want: failing("unreachable"), Text: "Unreachable", Serve: func(s *Stage) { s.Web.Resolve(s.Host, fakeweb.Unreachable()) }},
	{Name: "hangs up at once", Link: "https://hangs-up.test/a", Want: failing("reset|protocol|tls"), Text: "Hangs up", Serve: func(s *Stage) { s.Web.HandleConn(s.Host, fakeweb.HangUp) }},
	{Name: "two addresses, the first one dead", Link: "https://two-addresses.test/a", Want: ok("Served by the second"), Serve: all(page(Doc{}), func(s *Stage) {
		s.Web.Resolve(s.Host, fakeweb.Addresses("127.86.250.2", s.Web.Address()))
	}), Why: "RFC 8305: try the next address"},
	{Name: "three addresses, two dead", Link: "https://three-addresses.test/a", Want: ok("Served by the third"), Serve: all(page(Doc{}), func(s *Stage) {
		s.Web.Resolve(s.Host, fakeweb.Addresses("127.86.250.3", "127.86.250.4", s.Web.Address()))
	})},
	{Name: "broken IPv6 beside IPv4", Link: "https://broken-ipv6.test/a", Want: ok("Served over the old protocol"), Serve: all(page(Doc{}), func(s *Stage) {
		s.Web.Resolve(s.Host, fakeweb.Addresses("2001:db8::7", s.Web.Address()))
	}), Or: []Want{failing("unreachable")}, Why: "2001:db8::/32 is for documentation and never reached; a guard may leave it out"},
	{Name: "a name that leads to a private address", Link: "https://inside-name.test/a", Want: skipped("private-address"), Text: "Inside", Serve: func(s *Stage) { s.Web.Resolve(s.Host, fakeweb.Addresses("10.20.0.5")) }},
	{Name: "a private address", Link: "http://192.168.1.1/setup", Want: skipped("private-address"), Text: "The router", Serve: func(*Stage) {}},
	{Name: "the address of cloud secrets", Link: "http://169.254.169.254/latest/meta-data/", Want: skipped("private-address"), Text: "Metadata", Serve: func(*Stage) {}},
	{Name: "a public and a private address at one name", Link: "https://half-inside.test/a", Want: ok("Only the public one is used"), Serve: all(page(Doc{}), func(s *Stage) {
		s.Web.Resolve(s.Host, fakeweb.Addresses("10.20.0.6", s.Web.Address()))
	}), Or: []Want{skipped("private-address")}, Why: "either is safe"},
}
