package crawler

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/url"
	"slices"
	"time"

	"waymark/catalog"
)

// certificateNotice is how long before a certificate expires its end is written down.
const certificateNotice = 30 * 24 * time.Hour

// refresh reads the page that a request brought, and returns the address that the page sends its visitors on to at once,
// by <meta> or by a Refresh header (HTML standard, "shared declarative refresh steps"): that is a hop like a redirect,
// under the same rules. It returns "" when the page keeps its visitors. An address that no visitor can be sent to is
// passed over, as browsers do; so is what a bot wall says.
func (v *visit) refresh(ctx context.Context) string {
	a := &v.attempt
	if a.failure != nil || a.aborted || a.header == nil || a.status/100 != 2 {
		return ""
	}
	if !v.page(ctx) {
		a.aborted = true
		return ""
	}
	if a.facts == nil || a.facts.Refresh == "" || slices.ContainsFunc(a.facts.Signals, isWall) {
		return ""
	}
	hop := &a.hops[len(a.hops)-1]
	here, err := url.Parse(hop.URL)
	if err != nil {
		return ""
	}
	next, failure := target(here, a.facts.Refresh)
	if failure != nil {
		return ""
	}
	hop.Refresh, hop.Location = true, oneLine(a.facts.Refresh)
	if rule := v.crawler.opts.Rules.Host(here.Host).Redirects; rule != catalog.RedirectsFollow {
		hop.Rule = rule
	}
	if hop.Rule == catalog.RedirectsAnswer {
		return ""
	}
	a.keepCookies(&http.Request{URL: here}, &http.Response{Header: a.header})
	if failure := a.endless(next); failure != nil {
		a.fail(failure)
		return ""
	}
	return next
}

func isWall(s catalog.Signal) bool { return s.Kind == catalog.SignalWall }

// refreshed reports whether a page sent the visitor on. A validator of the last page of such a chain means nothing to the
// first, which could be as old as it is, and answer that nothing has changed.
func (a *attempt) refreshed() bool {
	return slices.ContainsFunc(a.hops, func(h catalog.Hop) bool { return h.Refresh })
}

// noteCertificate notes when the certificate of the first encrypted hop expires.
func (a *attempt) noteCertificate(state *tls.ConnectionState) {
	if a.expires.IsZero() && state != nil && len(state.PeerCertificates) > 0 {
		a.expires = state.PeerCertificates[0].NotAfter
	}
}
