package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"waymark/catalog"
)

const maxHeaders = 1000 // names; in so many bytes there could be 60,000

// transport makes the hops of visits. It is what colly's client talks to, and the only place that sees every
// hop: it asks robots.txt, waits for the hop's own host, refuses addresses, bounds time and bytes, and writes
// down what happened.
type transport struct {
	base     http.RoundTripper
	frontier *frontier
	pauses   *pauses
	robots   *robotsCache // nil when robots.txt is not asked
	guard    *guard
	rules    catalog.Rules
	meter    Meter
	now      func() time.Time
	timeout  time.Duration
	agent    string
	maxBody  int64
	bodies   *bodies
}

// errEnded stops the chain of redirects; the visit knows why.
var errEnded = errors.New("the visit has ended")

// RoundTrip makes one hop. What it returns to the client above has no body: the body was read here, bounded,
// and is kept by the visit.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	v := visitOf(req.Context())
	if v == nil {
		return nil, fmt.Errorf("crawler: request to %s outside of a visit", req.URL.Host)
	}
	a := &v.attempt
	if !v.asking.spend() {
		a.fail(&catalog.Failure{Reason: catalog.ReasonRateLimited, Connecting: true, Detail: "no more is asked in one visit"})
		return nil, errEnded
	}
	a.hops = append(a.hops, catalog.Hop{URL: req.URL.String()})
	s, err := t.admit(v, req)
	if err != nil {
		return nil, v.stopped(req.Context(), err)
	}
	a.here = a.place(req.URL.String())
	got := t.exchange(s, t.dress(v, req), func(res *http.Response) int64 { return bodyLimit(res, v.asking.most(t.maxBody)) })
	v.used(s, got.conn)
	return t.conclude(v, req, got)
}

// conclude writes the answer of a hop down and hands its headers to the client above.
func (t *transport) conclude(v *visit, req *http.Request, got answer) (*http.Response, error) {
	a := &v.attempt
	a.took += got.took
	hop := &a.hops[len(a.hops)-1]
	hop.Duration = got.toHeaders
	a.keep(got)
	a.crowded = got.crowded
	if got.aborted {
		a.aborted = true
		return nil, errEnded
	}
	a.fail(got.failure)
	if got.res == nil {
		return nil, errEnded
	}
	hop.Status = got.res.StatusCode
	a.noteCertificate(got.res.TLS)
	if isRedirect(hop.Status) && got.failure == nil {
		a.keepCookies(req, got.res)
		a.redirect(req.URL, got.res, t.rules.Host(req.URL.Host).Redirects)
	}
	got.res.Body, got.res.ContentLength, got.res.Uncompressed = http.NoBody, 0, true
	got.res.Request = req
	return got.res, nil
}

// dress builds the request that is really sent. The headers are put together for each hop from what its own host
// is to see; nothing is carried over from the hop before, so that no secret crosses hosts.
func (t *transport) dress(v *visit, req *http.Request) *http.Request {
	header := http.Header{
		"User-Agent":      {t.agent},
		"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
		"Accept-Language": {"en;q=0.8,*;q=0.5"},
		"Accept-Encoding": {acceptEncoding(req.URL)},
	}
	if v.asking != nil && v.asking.question.Accept != "" {
		header.Set("Accept", v.asking.question.Accept)
	}
	if v.conditional() && catalog.Host(v.claim.URL) == req.URL.Host {
		set(header, "If-None-Match", v.claim.ETag)
		set(header, "If-Modified-Since", v.claim.LastModified)
	}
	out := req.WithContext(req.Context())
	out.Header, out.Host = header, ""
	if user := req.URL.User; user != nil {
		password, _ := user.Password()
		out.SetBasicAuth(user.Username(), password)
	}
	secure := v.attempt.secureSoFar()
	for name, value := range t.rules.Host(req.URL.Host).Headers {
		if secure || !secret(name) {
			header.Set(name, value)
		}
	}
	v.attempt.addCookies(out)
	return out
}

func set(header http.Header, name, value string) {
	if value != "" {
		header.Set(name, value)
	}
}

// conditional reports whether a 304 would be a sufficient answer: the page was in order, nothing in it has to be looked
// up, and what is to be kept of its text was seen.
func (v *visit) conditional() bool {
	known := v.claim.Standing.Verdict
	return known.State == catalog.OK && len(v.claim.Fragments) == 0 && (!v.claim.Remembered || known.Rate.Mark != 0)
}

// secret reports whether a header must not travel in the clear once a chain has been encrypted.
func secret(name string) bool {
	switch http.CanonicalHeaderKey(name) {
	case "Authorization", "Cookie", "Proxy-Authorization":
		return true
	}
	return false
}

// secureSoFar reports whether the chain has not fallen from https to http.
func (a *attempt) secureSoFar() bool {
	last := a.hops[len(a.hops)-1].URL
	return !hasPrefixFold(a.hops[0].URL, "https:") || hasPrefixFold(last, "https:")
}
