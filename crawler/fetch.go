package crawler

import (
	"context"
	"fmt"
	"net/http"

	"github.com/gocolly/colly/v2"

	"waymark/catalog"
)

// newCollector returns the base collector that every visit clones. It is built by Init and not by
// colly.NewCollector, which lets COLLY_* environment variables override what the code says. Everything that
// colly could decide on its own is switched off here: the transport below it waits, asks robots.txt, keeps the
// cookies of a chain, bounds bodies and judges redirects, because only it sees every hop.
func newCollector(transport http.RoundTripper) *colly.Collector {
	c := &colly.Collector{}
	c.Init()
	c.AllowURLRevisit = true
	c.IgnoreRobotsTxt = true
	c.ParseHTTPErrorResponse = true
	c.MaxBodySize = 0
	c.DisableCookies()
	c.SetRequestTimeout(0) // would count the polite waits
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return nil })
	c.WithTransport(transport)
	return c
}

type visitKey struct{}

// visitOf returns the visit that a request belongs to.
func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

// fetch makes one attempt: redirects are followed by the client above, pages that send their visitors on are followed here.
func (v *visit) fetch(ctx context.Context) {
	v.attempt.reset()
	if len(v.claim.URL) > maxLink {
		v.attempt.fail(&catalog.Failure{Reason: catalog.ReasonInvalidURL, Connecting: true, Detail: fmt.Sprintf("it is longer than %d KiB", maxLink>>10)})
		return
	}
	for next := v.claim.URL; next != ""; next = v.refresh(ctx) {
		v.request(ctx, next)
	}
	v.attempt.settle()
}

// request goes on with an attempt, at an address. Clone drops callbacks, so each request registers its own.
func (v *visit) request(ctx context.Context, address string) {
	a := &v.attempt
	a.status, a.header, a.facts, a.looked = 0, nil, nil, false
	collector := v.crawler.collector.Clone()
	collector.Context = context.WithValue(ctx, visitKey{}, v)
	collector.OnResponse(func(r *colly.Response) { a.status, a.header = r.StatusCode, *r.Headers })
	collector.OnError(func(_ *colly.Response, err error) { v.failed(ctx, err) })
	if err := collector.Request(http.MethodGet, address, nil, nil, http.Header{}); err != nil {
		v.failed(ctx, err)
	}
}

// failed records an error of the collector that the transport has not already put into words: the address
// could not be used at all.
func (v *visit) failed(ctx context.Context, err error) {
	if ctx.Err() != nil {
		v.attempt.aborted = true
		return
	}
	if v.attempt.failure == nil && !v.attempt.aborted && v.attempt.skip == "" {
		v.crawler.opts.Logger.Debug("visit not begun", "url", v.claim.URL, "error", err)
		v.attempt.fail(&catalog.Failure{Reason: catalog.ReasonInvalidURL, Connecting: true, Detail: "no request can be made of it"})
	}
}

// settle turns a final answer that cannot be one into a failure: a redirect status whose chain ended, unless a rule
// takes it for the answer.
func (a *attempt) settle() {
	if a.failure == nil && a.status/100 == 3 && a.status != http.StatusNotModified && a.hops[len(a.hops)-1].Rule != catalog.RedirectsAnswer {
		a.fail(&catalog.Failure{Reason: catalog.ReasonBadRedirect, Detail: "it names no address to go to"})
	}
}
