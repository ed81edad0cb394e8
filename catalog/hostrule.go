package catalog

import (
	"cmp"
	"net"
	"net/http"
	"path"
	"strings"
	"time"
)

// HostRule changes what is done and believed for the hosts that match. A field with its zero value says nothing.
type HostRule struct {
	Match       string            // host name in ASCII without port or brackets, "*.example.org" for its subdomains, or "*"
	Concurrency int               // visits at once; 0: the default
	Interval    time.Duration     // start to start; 0: the default
	Accept      []int             // statuses to be taken for a page that is there
	Headers     map[string]string // sent with every request
	Redirects   RedirectRule      // what a redirect from the host means; empty: RedirectsFollow
	TLS         HostTLS           // what is different when connecting
	Skip        bool              // never visited
	Quiet       Quiet             // no visit of the service begins in these hours
	StaleAfter  time.Duration     // age from which its pages are stale, whatever their kind; Never: they do not age
}

// RedirectRule says what a redirect from a host means. The set is closed; rules are stored as text.
type RedirectRule string

// The rules for redirects.
const (
	RedirectsFollow   RedirectRule = "follow"   // it is followed, and may be a finding
	RedirectsAnswer   RedirectRule = "answer"   // it is the page that was looked for: its target is not asked
	RedirectsExpected RedirectRule = "expected" // it is followed, and never a finding
)

// RedirectRules returns every rule for redirects, the default first.
func RedirectRules() []RedirectRule {
	return []RedirectRule{RedirectsFollow, RedirectsAnswer, RedirectsExpected}
}

// HostTLS is what is different when connecting to a host over TLS. It can be compared: hosts with different values
// share no connection.
type HostTLS struct {
	Unverified bool   // any certificate will do
	MinVersion uint16 // the oldest version that is spoken, as crypto/tls numbers them; 0: the default
}

// Host returns the rule for a host (its port aside): the first of Hosts that matches, and behind it the first of
// Shipped that does. What a rule of the user leaves out is as Waymark ships it, so that whoever adds a header keeps
// the interval that the host wants. Without a match it is the zero rule.
func (r Rules) Host(host string) HostRule {
	name := strings.TrimSuffix(strings.ToLower(hostname(host)), ".")
	return firstMatch(r.Hosts, name).over(firstMatch(r.Shipped, name))
}

func firstMatch(rules []HostRule, name string) HostRule {
	for _, rule := range rules {
		if rule.matches(name) {
			return rule
		}
	}
	return HostRule{}
}

// over returns the rule with what it leaves out taken from another one. Headers count one by one.
func (h HostRule) over(other HostRule) HostRule {
	h.Match = cmp.Or(h.Match, other.Match)
	h.Concurrency = cmp.Or(h.Concurrency, other.Concurrency)
	h.Interval = cmp.Or(h.Interval, other.Interval)
	h.Redirects = cmp.Or(h.Redirects, other.Redirects)
	h.TLS = cmp.Or(h.TLS, other.TLS)
	h.Quiet = cmp.Or(h.Quiet, other.Quiet)
	h.StaleAfter = cmp.Or(h.StaleAfter, other.StaleAfter)
	h.Skip = h.Skip || other.Skip
	h.Headers = headersOver(h.Headers, other.Headers)
	if h.Accept == nil {
		h.Accept = other.Accept
	}
	return h
}

// headersOver adds to headers those of others whose name, in whatever case, is not among them.
func headersOver(own, others map[string]string) map[string]string {
	switch {
	case len(own) == 0:
		return others
	case len(others) == 0:
		return own
	}
	all := make(map[string]string, len(own)+len(others))
	for _, headers := range []map[string]string{others, own} {
		for name, value := range headers {
			all[http.CanonicalHeaderKey(name)] = value
		}
	}
	return all
}

// matches reports whether the rule is for the host. The pattern is a glob in which "*" stands for any text, dots
// included. Each request is held against all rules, so that the two common forms, a name and what ends like one, are
// told without the glob.
func (h HostRule) matches(name string) bool {
	end, glob := strings.CutPrefix(h.Match, "*")
	switch {
	case strings.ContainsAny(end, `*?[\`):
		ok, err := path.Match(strings.ToLower(h.Match), name)
		return err == nil && ok
	case glob:
		return len(name) >= len(end) && strings.EqualFold(name[len(name)-len(end):], end)
	default:
		return strings.EqualFold(name, end)
	}
}

// hostname strips a port, and the brackets of an IPv6 address.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}
