package catalog

import (
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/publicsuffix"
)

// Target is what a placement points at, after normalisation.
type Target struct {
	// URL is the identity of the resource: the normalised URL without fragment; for a local target the path
	// within the source; for what cannot be parsed the text as written.
	URL string
	// Fragment is the percent-encoded fragment without "#". A single-page route (#/…, #!/…) belongs to URL.
	Fragment string
	// Local says that the target is a file of the source itself, to be held against the source without network.
	Local bool
	// Reason is empty for what can be visited or looked up; else why it never is: ReasonInvalidURL,
	// ReasonUnsupportedScheme, or ReasonRule for a local path that leaves the source.
	Reason Reason
}

// From is where a link stands; relative links are resolved against it.
type From struct {
	File string // path within the source, slash-separated
	URL  string // of a list on the web; empty for files
}

// Canonical maps a link, as written in a list, to its target. Parsing follows the WHATWG URL standard, so that
// what a browser would open is opened: spaces, backslashes, IDN and dot segments are normalised the same way. A web
// address that is fit to be visited always has a [Host].
func Canonical(written string, from From) Target {
	raw := withoutBreaks(strings.TrimSpace(written))
	if reason := unfit(raw); reason != "" {
		return Target{URL: raw, Reason: reason}
	}
	if from.File != "" && isSlip(raw) {
		return Target{URL: raw, Reason: ReasonInvalidURL}
	}
	if scheme, ok := scheme(raw); ok {
		return absolute(raw, scheme)
	}
	switch {
	case from.URL != "":
		return resolved(raw, from.URL)
	case strings.HasPrefix(raw, "//"):
		return absolute("https:"+raw, "https")
	case namesHost(raw):
		return Target{URL: raw, Reason: ReasonInvalidURL}
	default:
		return local(raw, from.File)
	}
}

// withoutBreaks takes out every ASCII tab and newline, as the WHATWG URL standard does before it parses.
func withoutBreaks(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, text)
}

// unfit refuses what no reader meant as a link: nothing at all, template variables, control bytes.
func unfit(raw string) Reason {
	switch {
	case raw == "", strings.Contains(raw, "{{"), strings.Contains(raw, "${"):
		return ReasonInvalidURL
	case strings.ContainsFunc(raw, unicode.IsControl):
		return ReasonInvalidURL
	}
	return ""
}

// namesHost reports whether a link without a scheme was meant as a host, as www.example.org. A browser takes it for
// a file beside the list, and so does every reader who follows it. A name with one dot, or with the ending of a
// document, is such a file: www.md. The ideographic full stop is a slip of input methods.
func namesHost(raw string) bool {
	segment := raw
	if i := strings.IndexAny(raw, "/?#"); i >= 0 {
		segment = raw[:i]
	}
	labels := strings.Split(strings.ToLower(strings.ReplaceAll(segment, "。", ".")), ".")
	document := slices.Contains([]string{"md", "markdown", "html", "txt"}, labels[len(labels)-1])
	return labels[0] == "www" && len(labels) > 2 && !document
}

// scheme returns the scheme of an absolute URL in lower case (RFC 3986, section 3.1).
func scheme(raw string) (string, bool) {
	head, _, found := strings.Cut(raw, ":")
	if !found || head == "" || !isLetter(head[0]) {
		return "", false
	}
	for i := range len(head) {
		c := head[i]
		if !isLetter(c) && (c < '0' || c > '9') && c != '+' && c != '-' && c != '.' {
			return "", false
		}
	}
	return strings.ToLower(head), true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func absolute(raw, scheme string) Target {
	switch {
	case scheme == "http", scheme == "https":
		u, err := whatwg.Parse(raw)
		return web(raw, u, err)
	case nearMiss(scheme), namesPort(raw):
		return Target{URL: raw, Reason: ReasonInvalidURL}
	default:
		return Target{URL: raw, Reason: ReasonUnsupportedScheme}
	}
}

func resolved(raw, base string) Target {
	u, err := whatwg.ParseRef(base, raw)
	return web(raw, u, err)
}

// web turns the outcome of parsing raw into a target; raw is kept as the identity of what is no address. The WHATWG
// standard lets hosts stand that no request can name, such as a{b}.test.
func web(raw string, u *whatwg.Url, err error) Target {
	if err != nil || u.Hostname() == "" {
		return Target{URL: raw, Reason: ReasonInvalidURL}
	}
	if p := u.Protocol(); p != "http:" && p != "https:" {
		return Target{URL: raw, Reason: ReasonUnsupportedScheme}
	}
	head, query, found := strings.Cut(u.Href(true), "?")
	target := Target{URL: escapeStray(head), Fragment: u.Fragment()}
	if found {
		target.URL += "?" + query
	}
	if strings.HasPrefix(target.Fragment, "/") || strings.HasPrefix(target.Fragment, "!/") {
		target = Target{URL: target.URL + "#" + escapeStray(target.Fragment)}
	}
	switch Host(target.URL) {
	case "", "http", "https": // the latter two of a doubled scheme, as https://https://example.org
		return Target{URL: raw, Reason: ReasonInvalidURL}
	}
	target.URL = withoutFinalDot(target.URL, u.Host())
	return target
}

// withoutFinalDot takes the dot off a host that is written to the root of DNS, as example.org. is: it is the same host,
// with the same rules, the same certificate and the same limits.
func withoutFinalDot(address, host string) string {
	name, port, _ := strings.Cut(host, ":")
	short := strings.TrimSuffix(name, ".")
	if short == name || short == "" || strings.HasSuffix(short, ".") {
		return address
	}
	if port != "" {
		name, short = name+":"+port, short+":"+port
	}
	return strings.Replace(address, name, short, 1)
}

// escapeStray encodes every "%" that encodes nothing, as in /100%. The WHATWG standard lets it stand, while RFC 3986,
// section 2.1, has no such path; servers read both spellings alike.
func escapeStray(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if text[i] == '%' && (i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// nearMiss reports whether a scheme is taken for a slip of http or https, such as ttps or hhttps: one insertion,
// deletion or substitution away.
func nearMiss(scheme string) bool {
	return distanceAtMostOne(scheme, "http") || distanceAtMostOne(scheme, "https")
}

func distanceAtMostOne(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// local resolves a relative link against the file that it stands in. A path that starts with "/" is taken from
// the root of the source, as the forges do.
func local(raw, file string) Target {
	rest, fragment, _ := strings.Cut(raw, "#")
	rest, _, _ = strings.Cut(rest, "?")
	decoded, err := url.PathUnescape(rest)
	if err != nil {
		return Target{URL: raw, Reason: ReasonInvalidURL}
	}
	target := file
	switch {
	case strings.HasPrefix(decoded, "/"):
		target = strings.TrimPrefix(path.Clean(decoded), "/")
	case decoded != "":
		target = path.Join(path.Dir(file), decoded)
	}
	if target == "" {
		target = "."
	}
	if target == ".." || strings.HasPrefix(target, "../") {
		return Target{URL: raw, Fragment: fragment, Local: true, Reason: ReasonRule}
	}
	return Target{URL: target, Fragment: fragment, Local: true}
}

// Host returns the host of a normalised URL with its port where it is not the scheme's own, or "" for what is
// not a web address. It is the unit of politeness.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// Site returns the registrable domain of a URL (public suffix list: example.co.uk of www.example.co.uk), or the
// host itself where there is none, such as for an IP address.
func Site(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(u.Hostname(), ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return domain
}
