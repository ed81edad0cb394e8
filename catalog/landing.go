package catalog

import (
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// gate is where sites send visitors instead of to the page that was asked for. A landing there says nothing of the page.
type gate struct {
	name     string
	says     string // what the host does, for people
	reason   Reason
	hosts    []string // first label of the host
	segments []string // whole segments of the path
	alone    bool     // the last segment is enough; else any will do that says where to come back to, or asks for a password
}

// gates are tried in order. The names are those of frameworks and identity providers (OAuth 2.0, RFC 6749; OpenID
// Connect; SAML; Django, Rails, Laravel, WordPress, MediaWiki) and of the interstitials that shops and publishers use.
var gates = []gate{
	{"consent", "asks for consent first", ReasonChallenge,
		[]string{"consent", "cmp", "guce", "privacy-mgmt"},
		[]string{"consent", "cookie-consent", "cookieconsent", "privacy-gate", "collectconsent", "gdpr", "cookie-wall", "cookiewall", "cookie_consent"}, false},
	{"cookies-required", "demands cookies first", ReasonChallenge, nil,
		[]string{"cookieabsent", "cookies-required", "enable-cookies", "nocookies", "no-cookies", "cookies-not-supported", "cookie-check", "cookiecheck", "cookie_check", "cookietest"}, true},
	{"choice-of-country", "asks for a country or language first", ReasonChallenge, nil,
		[]string{"country-selector", "choose-country", "select-country", "choose-region", "select-region", "region-selector", "choose-your-country", "choose-location",
			"select-language", "choose-language", "language-selector", "locale-selector", "region", "regions", "country", "countries", "location", "geo", "welcome-country", "geo-redirect", "geo-blocked", "geoblock", "not-available-in-your-country", "unavailable-in-your-region"}, true},
	{"proof-of-age", "asks for an age first", ReasonChallenge, nil, []string{"age-gate", "agegate", "age-verification", "age-check", "agecheck", "over18"}, true},
	{"browser-refused", "does not like this browser", ReasonChallenge, nil,
		[]string{"unsupported-browser", "browser-not-supported", "update-browser", "outdated-browser", "browser-upgrade", "unsupportedbrowser"}, true},
	{"maintenance", "is being maintained", ReasonServerError, nil, []string{"maintenance", "maintenance.html", "wartung", "site-maintenance", "under-maintenance", "be-right-back"}, true},
	{"waiting-room", "keeps visitors in a queue", ReasonRateLimited, []string{"queue", "waitingroom"}, []string{"waiting-room", "waitingroom", "queue-it"}, false},
	{"login", "asks to log in first", ReasonUnauthorized,
		[]string{"login", "signin", "auth", "accounts", "account", "sso", "idp", "id", "identity", "passport", "oauth", "adfs", "cas"},
		[]string{"login", "log-in", "log_in", "signin", "sign-in", "sign_in", "logon", "sso", "oauth", "oauth2", "openid-connect", "saml", "saml2", "cas", "authorize", "authenticate",
			"auth", "wp-login.php", "login.php", "login.aspx", "login.html", "login.jsp", "signup", "register", "servicelogin", "user_session", "special:userlogin", "restricted", "members-only", "membership", "paywall", "subscribe"}, false},
}

// returns are the parameters that say where to come back to, after a gate.
var returns = []string{"next", "return", "returnto", "return_to", "returnurl", "return_url", "redirect", "redirect_to", "redirect_uri", "redirect_url", "redirecturl", "redirectto", "continue", "back", "backurl", "target",
	"destination", "dest", "origin", "from", "ref", "referer", "referrer", "goto", "url", "service", "came_from", "callback", "callbackurl", "sessiondataonly", "state", "relaystate", "samlrequest", "client_id", "followup", "after", "r", "u", "to"}

// landedAt returns the gate that a visit was redirected to instead of to the page.
func landedAt(seen Observation) (gate, bool) {
	if len(seen.Hops) < 2 {
		return gate{}, false
	}
	from, errFrom := url.Parse(seen.Hops[0].URL)
	to, errTo := url.Parse(seen.FinalURL())
	if errFrom != nil || errTo != nil {
		return gate{}, false
	}
	_, password := seen.Signal(SignalLogin)
	asks := password || comesBack(to)
	for _, g := range gates {
		if (g.alone || asks) && g.stands(to) && !g.stands(from) {
			return g, true
		}
	}
	if password && seen.Page != nil && seen.Page.Sketch != nil && seen.Page.Sketch.Words < 120 && identity(seen.Hops[0].URL) != identity(seen.FinalURL()) {
		return gates[len(gates)-1], true
	}
	return gate{}, false
}

func (g gate) stands(u *url.URL) bool {
	first, _, found := strings.Cut(strings.ToLower(u.Hostname()), ".")
	if found && slices.Contains(g.hosts, first) {
		return true
	}
	parts := strings.Split(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	if g.alone {
		parts = parts[len(parts)-1:]
	}
	return slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(g.segments, part) })
}

func comesBack(u *url.URL) bool {
	for name := range u.Query() {
		if slices.Contains(returns, strings.ToLower(name)) {
			return true
		}
	}
	return false
}

// isElsewhere reports a visit that was redirected to an address which does not look like that of the page: a start page,
// a folder above it, anything without the last part of its path.
func isElsewhere(seen Observation) bool {
	if len(seen.Hops) < 2 {
		return false
	}
	from, to := seen.Hops[0].URL, seen.FinalURL()
	if isRoot(from) || samePlace(from, to) {
		return false
	}
	a, errA := url.Parse(from)
	b, errB := url.Parse(to)
	if errA != nil || errB != nil {
		return false
	}
	last := stem(a.Path)
	if last == "" {
		return true // the page is named by its query
	}
	for segment := range strings.SplitSeq(strings.ToLower(b.Path), "/") {
		if s := stem(segment); s == last || utf8.RuneCountInString(last) >= 6 && strings.Contains(s, last) {
			return false
		}
	}
	return true
}

// stem is the last segment of a path in lower case, without the ending of a document; "" for an index.
func stem(p string) string {
	last := strings.ToLower(path.Base(strings.TrimSuffix(p, "/")))
	switch ext := path.Ext(last); ext {
	case ".html", ".htm", ".php", ".asp", ".aspx", ".jsp", ".md", ".shtml", ".xhtml", ".cgi":
		last = strings.TrimSuffix(last, ext)
	}
	if last == "index" || last == "default" || last == "." || last == "/" {
		return ""
	}
	return last
}

// samePlace reports two addresses that differ in nothing which a reader would notice: scheme, "www.", a trailing slash
// or index, the case of letters, tracking parameters.
func samePlace(a, b string) bool {
	x, y := plainAddress(a), plainAddress(b)
	return x != "" && x == y
}

func plainAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	p := strings.ToLower(u.Path)
	if stem(p) == "" && path.Ext(p) != "" {
		p = path.Dir(p)
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") + strings.TrimSuffix(p, "/") + "?" + untracked(u.RawQuery)
}

// untracked takes the parameters out of a query that only tell where a visitor came from, or which visit it is: Urchin's
// and its heirs', the click numbers of advertisers, the numbers of sessions.
func untracked(query string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		if !isTracking(strings.ToLower(name)) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

func isTracking(name string) bool {
	return strings.HasPrefix(name, "utm_") || slices.Contains([]string{
		"gclid", "dclid", "fbclid", "msclkid", "yclid", "mc_cid", "mc_eid", "igshid", "_ga", "_gl", "gi", "ref_src", "cmpid", "ncid", "s_cid", "wt.mc_id", "mkt_tok", "vero_id", "oly_enc_id", "srsltid",
		"phpsessid", "jsessionid", "oscsid", "zenid",
	}, name)
}

// withoutTracking takes them out of an address.
func withoutTracking(address string) string {
	base, fragment, hasFragment := strings.Cut(address, "#")
	head, query, found := strings.Cut(base, "?")
	if i := strings.Index(strings.ToLower(head), ";jsessionid="); i >= 0 {
		head = head[:i] // servlets put it behind the path (Jakarta Servlet, section 7.1.3)
	}
	if found {
		if query = untracked(query); query != "" {
			head += "?" + query
		}
	}
	if hasFragment {
		head += "#" + fragment
	}
	return head
}

// isHome reports the start page of a site, also the one for a language: /en, /pt-br/.
func isHome(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.RawQuery != "" && untracked(u.RawQuery) != "" {
		return false
	}
	p := strings.Trim(strings.ToLower(u.Path), "/")
	return p == "" || stem("/"+p) == "" && !strings.Contains(p, "/") || isLanguage(p) || p == "home"
}

// isLanguage reports a tag of language and perhaps region (BCP 47) in lower case.
func isLanguage(s string) bool {
	if i := strings.IndexAny(s, "-_"); i == 2 && len(s) == 5 {
		return isLetters(s[:2]) && isLetters(s[3:])
	}
	return len(s) == 2 && isLetters(s)
}

func isLetters(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) {
			return false
		}
	}
	return true
}

// lasting returns how many of the first hops promise to last: permanent redirects (301, 308: RFC 9110, sections 15.4.2
// and 15.4.9). A temporary one, or a page that refreshes itself elsewhere, is no promise; one that a rule expects is no news.
func lasting(hops []Hop) (n int) {
	for n < len(hops)-1 && hops[n].Rule != RedirectsExpected &&
		(hops[n].Status == http.StatusMovedPermanently || hops[n].Status == http.StatusPermanentRedirect) {
		n++
	}
	return n
}

// isAddress reports a host that is an IP address, which has no domain and no name servers.
func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}
