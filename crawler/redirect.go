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

// redirect decides whether the client above may follow an answer. It writes the Location as sent into the hop,
// and the address that a browser would go to into the answer; where the chain has to end, the Location is taken
// out, which ends it.
func (a *attempt) redirect(from *url.URL, res *http.Response) {
	written := res.Header.Get("Location")
	a.hops[len(a.hops)-1].Location = oneLine(written)
	next, failure := a.next(from, written)
	if failure != nil {
		a.fail(failure)
		res.Header.Del("Location")
		return
	}
	res.Header.Set("Location", next)
}

// next returns the address that a redirect leads to, or why it leads nowhere.
func (a *attempt) next(from *url.URL, written string) (string, *catalog.Failure) {
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
	case len(a.hops) >= maxHops:
		return "", &catalog.Failure{Reason: catalog.ReasonRedirectLoop, Detail: "more than 20 hops"}
	case a.circles(target.URL):
		return "", &catalog.Failure{Reason: catalog.ReasonRedirectLoop, Detail: "it comes back to " + oneLine(target.URL)}
	}
	return withFragment(target), nil
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
