package crawler

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"waymark/catalog"
)

const (
	maxHops    = 20       // requests that a chain of redirects may take
	maxAddress = 8 << 10  // bytes of an address that a redirect may lead to
	maxLink    = 64 << 10 // bytes of an address that a list may hold
)

// isRedirect reports whether a status sends the visitor elsewhere (the redirect statuses of the Fetch standard).
func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// redirect decides whether the client above may follow an answer. It writes the Location as sent, and what the host's
// rule says of it, into the hop, and the address that a browser would go to into the answer; where the chain has to
// end, the Location is taken out, which ends it.
func (a *attempt) redirect(from *url.URL, res *http.Response, rule catalog.RedirectRule) {
	written := res.Header.Get("Location")
	hop := &a.hops[len(a.hops)-1]
	hop.Location = oneLine(written)
	next, failure := target(from, written)
	if failure == nil && rule != catalog.RedirectsAnswer {
		failure = a.endless(next)
	}
	a.fail(failure)
	if failure == nil && rule != catalog.RedirectsFollow {
		hop.Rule = rule
	}
	if failure != nil || rule == catalog.RedirectsAnswer {
		res.Header.Del("Location")
		return
	}
	res.Header.Set("Location", next)
}

// target returns the address that a redirect leads to, or why that is none to be visited.
func target(from *url.URL, written string) (string, *catalog.Failure) {
	if strings.TrimSpace(written) == "" {
		return "", &catalog.Failure{Reason: catalog.ReasonBadRedirect, Detail: "it names no address to go to"}
	}
	target := catalog.Canonical(written, catalog.From{URL: from.String()})
	switch {
	case target.Reason == catalog.ReasonUnsupportedScheme:
		return "", &catalog.Failure{Reason: catalog.ReasonBadRedirect, Detail: "it leads to " + oneLine(written) + ", which is no web address"}
	case len(target.URL) > maxAddress:
		return "", &catalog.Failure{Reason: catalog.ReasonBadRedirect, Detail: fmt.Sprintf("it leads to an address of more than %d KiB", maxAddress>>10)}
	case target.Reason != "":
		return "", &catalog.Failure{Reason: catalog.ReasonBadRedirect, Detail: "it leads to " + oneLine(written) + ", which is no valid address"}
	}
	return withFragment(target), nil
}

// endless says why a chain that goes on to an address would not come to an end.
func (a *attempt) endless(to string) *catalog.Failure {
	switch {
	case len(a.hops) >= maxHops:
		return &catalog.Failure{Reason: catalog.ReasonRedirectLoop, Detail: "more than 20 hops"}
	case a.circles(to):
		return &catalog.Failure{Reason: catalog.ReasonRedirectLoop, Detail: "it comes back to " + oneLine(to)}
	}
	return nil
}

// withFragment returns the address of a target with its fragment, unless the client above could not read that.
func withFragment(target catalog.Target) string {
	address := target.URL + "#" + target.Fragment
	if _, err := url.Parse(address); err != nil || target.Fragment == "" {
		return target.URL
	}
	return address
}

// circles reports whether the chain comes back to a place with nothing changed since: the same address and the
// same cookies would get the same answer again.
func (a *attempt) circles(to string) bool {
	if a.been == nil {
		a.been = map[string]bool{}
	}
	a.been[a.here] = true
	return a.been[a.place(to)]
}

// place is an address together with the cookies that it would be sent now.
func (a *attempt) place(address string) string {
	address, _, _ = strings.Cut(address, "#")
	if a.jar == nil {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	var b strings.Builder
	b.WriteString(address)
	for _, cookie := range a.jar.Cookies(u) {
		b.WriteString(" " + cookie.Name + "=" + cookie.Value)
	}
	return b.String()
}

// oneLine bounds a text of a foreign host for people: one line, at most 300 bytes, valid UTF-8.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
	if len(text) > 300 {
		text = strings.ToValidUTF8(text[:300], "") + "…"
	}
	return text
}
