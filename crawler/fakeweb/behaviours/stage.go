package behaviours

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"waymark/crawler/fakeweb"
)

// Stage is where a case is put up.
type Stage struct {
	Web  *fakeweb.Web
	Case Case
	Host string // of the link
	Path string // of the link, with its query
}

// PutUp puts a case onto the web and gives its items for a list in Markdown, a line for each link, with the ports of the
// web.
func PutUp(w *fakeweb.Web, c Case) []string {
	host, path := split(c.Link)
	s := &Stage{Web: w, Case: c, Host: host, Path: path}
	if c.Serve == nil {
		page(Doc{})(s)
	} else {
		c.Serve(s)
	}
	var items []string
	for _, l := range c.Links() {
		if c.Line != "" {
			items = append(items, strings.Replace(c.Line, "%s", s.Live(l), 1))
		} else {
			items = append(items, "- ["+c.Label()+"](<"+s.Live(l)+">)")
		}
	}
	return items
}

// Furnish gives the hosts of the cases what every decent site has: a start page, and a page for what is missing. It
// comes before the cases, which may replace both.
func Furnish(w *fakeweb.Web, themes []Theme) {
	for _, t := range themes {
		for _, c := range t.Cases {
			if host, _ := split(c.Link); host != "" {
				furnish(w, host)
			}
		}
	}
}

func furnish(w *fakeweb.Web, host string) {
	w.Handle(host, "/", Doc{Make: blog, Site: siteName(host), Title: siteName(host), Subject: 1})
	w.Handle(host, "*", missing(host))
}

// missing is a proper page for what is not there.
func missing(host string) fakeweb.Behaviour {
	return Doc{Code: 404, Make: blog, Site: siteName(host), Title: "Page not found · " + siteName(host),
		Main: "<h1>Page not found</h1>\n<p>We could not find what you were looking for. It may have been moved or deleted. Try the search, or go back to the start page.</p>\n"}
}

// On puts a behaviour at an address, given without port; a star at its end stands for everything below.
func (s *Stage) On(address string, b fakeweb.Behaviour) {
	host, path := split(address)
	s.Web.Handle(host, path, b)
}

// Here puts a behaviour at the link, and at those of Also.
func (s *Stage) Here(b fakeweb.Behaviour) {
	for _, l := range s.Case.Links() {
		s.On(l, b)
	}
}

// Redirect is a redirect to an address that is given without port.
func (s *Stage) Redirect(code int, to string) fakeweb.Behaviour {
	return fakeweb.Header(fakeweb.Document(code, "text/html", movedPage(s.Live(to))), "Location", s.Live(to), "Server", "nginx")
}

var origin = regexp.MustCompile(`\b(https?)://([a-z0-9.-]+\.[a-z]+)`)

// Live puts the ports of the web into the addresses of a text.
func (s *Stage) Live(text string) string {
	return origin.ReplaceAllStringFunc(text, func(found string) string {
		scheme, host, _ := strings.Cut(found, "://")
		if scheme == "https" {
			return s.Web.HTTPSURL(host, "")
		}
		return s.Web.URL(host, "")
	})
}

// Plain takes the ports of a web out of the addresses of a text.
func Plain(w *fakeweb.Web, text string) string {
	for _, base := range []string{w.URL("a", ""), w.HTTPSURL("a", "")} {
		if u, err := url.Parse(base); err == nil && u.Port() != "" {
			text = strings.ReplaceAll(text, ":"+u.Port(), "")
		}
	}
	return text
}

// split gives the host and the rest of a link, without its fragment; "" for one that no server sees.
func split(link string) (host, path string) {
	rest, isHTTP := strings.CutPrefix(link, "https://")
	if !isHTTP {
		if rest, isHTTP = strings.CutPrefix(link, "http://"); !isHTTP {
			return "", ""
		}
	}
	rest, _, _ = strings.Cut(rest, "#")
	i := strings.IndexAny(rest, "/?*")
	if i < 0 {
		return rest, "/"
	}
	if rest[i] != '/' {
		return rest[:i], "/" + rest[i:]
	}
	return rest[:i], rest[i:]
}

func itoa(n int) string { return strconv.Itoa(n) }

// siteName makes a name of a host: "tea-notes.test" is "Tea Notes".
func siteName(host string) string {
	name := strings.TrimPrefix(host, "www.")
	name, _, _ = strings.Cut(name, ".")
	words := strings.Split(name, "-")
	for i, w := range words {
		if w != "" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

// The ways to put something up, for the table.

// all does several things.
func all(do ...func(*Stage)) func(*Stage) {
	return func(s *Stage) {
		for _, f := range do {
			f(s)
		}
	}
}

// serve puts a behaviour at the link.
func serve(b fakeweb.Behaviour) func(*Stage) { return func(s *Stage) { s.Here(b) } }

// page puts a document at the link, with the expected title where it has none.
func page(d Doc) func(*Stage) {
	return func(s *Stage) { s.Here(d.with(s.Host, s.Case.Want.Title)) }
}

// pageAt puts a document at another address, with the expected title where it has none.
func pageAt(address string, d Doc) func(*Stage) {
	return func(s *Stage) {
		host, _ := split(address)
		s.On(address, d.with(host, s.Case.Want.Title))
	}
}

// on puts a behaviour at another address.
func on(address string, b fakeweb.Behaviour) func(*Stage) {
	return func(s *Stage) { s.On(address, b) }
}

// redirect sends the link on.
func redirect(code int, to string) func(*Stage) {
	return func(s *Stage) { s.Here(s.Redirect(code, to)) }
}

// redirectAt sends another address on.
func redirectAt(address string, code int, to string) func(*Stage) {
	return func(s *Stage) { s.On(address, s.Redirect(code, to)) }
}

// secure sets how the host of the link answers handshakes.
func secure(how fakeweb.TLS) func(*Stage) { return func(s *Stage) { s.Web.Secure(s.Host, how) } }

// noHTTPS is a host that speaks http alone.
var noHTTPS = secure(fakeweb.TLS{Refuse: true})

// guard puts a guard before the host of the link.
func guard(g fakeweb.Guard) func(*Stage) { return func(s *Stage) { s.Web.Guard(s.Host, g) } }
