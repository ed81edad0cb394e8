package crawler

import (
	"context"
	"net"
	"net/http"
	"net/http/cookiejar"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"

	"waymark/catalog"
	"waymark/crawler/page"
)

// visit is one claim under way. Its goroutine alone touches it, except for the phase.
type visit struct {
	crawler *Crawler
	claim   *catalog.Claim
	once    bool    // part of a single run: definite causes get a second look
	slot    *slot   // granted by the frontier and not used yet
	asking  *asking // what the request is for, if it is not for the claim itself; nil otherwise

	began   time.Time
	waiting atomic.Bool // for a host, as the dashboard shows it

	attempt attempt    // the one under way, or the last
	conns   []net.Conn // to its own host, in a single run
}

// attempt is one way through the redirects, from the first URL to an answer or a failure.
type attempt struct {
	hops    []catalog.Hop
	failure *catalog.Failure
	skip    catalog.Reason      // a redirect led to a host that is never visited
	aborted bool                // the crawler is being stopped: nothing was learnt
	crowded bool                // the last hop was refused, maybe for the company that it had at its host
	later   time.Duration       // it led to a host that is not to be asked now: to be visited again after this; 0: it did not
	took    time.Duration       // in transfers, without polite waits
	jar     *cookiejar.Jar      // cookies of this chain; nil until one is set
	cookies int                 // bytes that the chain has set
	named   map[string][]string // names of the cookies that the chain has set, by site
	here    string              // place of the hop under way
	been    map[string]bool     // places that redirected

	status    int
	header    http.Header // of the final answer
	body      *body       // of the final answer; nil when it holds no page
	size      int         // of the final answer's body, as far as it was read
	truncated bool
	looked    bool        // the final document has been read, if there was any
	facts     *page.Facts // of the final document; nil when there was none
	expires   time.Time   // when the first certificate that was shown does; zero when none was
}

// keep keeps the body of an answer, if it may be a page or an error's: a visit that still has to wait, for the host of a
// redirect or before it asks again, holds none.
func (a *attempt) keep(got answer) {
	a.body, a.size, a.truncated = nil, 0, got.truncated
	if got.body == nil {
		return
	}
	a.size = len(got.body.data)
	if got.failure == nil && !got.aborted && got.res.StatusCode/100 != 3 {
		a.body = got.body
	} else {
		got.body.close()
	}
}

// drop gives the body back.
func (a *attempt) drop() {
	a.body.close()
	a.body = nil
}

// fail records the first failure; what follows from it is no news.
func (a *attempt) fail(f *catalog.Failure) {
	if a.failure == nil && f != nil {
		a.failure = f
	}
}

// sighting is what came of a visit.
type sighting struct {
	claim       *catalog.Claim
	observation catalog.Observation
	skip        catalog.Reason // never visited, for this reason; empty otherwise
	aborted     bool           // nothing was learnt; the claim is to be given back
	later       time.Duration  // when not 0, nothing is to be believed, and the visit is to be made again after this
}

// observe makes the visit, and asks what it leaves open.
func (v *visit) observe(ctx context.Context) sighting {
	defer v.recycle()
	s := v.look(ctx)
	if s.isNews() {
		v.inquire(ctx, &s)
		v.lookTwice(ctx, &s)
	}
	if ctx.Err() != nil {
		return sighting{claim: v.claim, aborted: true}
	}
	return s
}

// isNews reports whether the visit came to something that can be judged.
func (s *sighting) isNews() bool { return !s.aborted && s.later == 0 && s.skip == "" }

// look makes attempts, with waits between, until one says enough.
func (v *visit) look(ctx context.Context) sighting {
	now := v.crawler.opts.Now()
	var waited time.Duration
	for n := 1; ; n++ {
		v.fetch(ctx)
		if v.attempt.aborted || ctx.Err() != nil {
			return sighting{claim: v.claim, aborted: true}
		}
		if v.attempt.later > 0 {
			return sighting{claim: v.claim, later: v.attempt.later}
		}
		if v.attempt.skip != "" {
			return sighting{claim: v.claim, skip: v.attempt.skip}
		}
		wait, reason := v.again(n, waited)
		if wait == 0 {
			if !v.page(ctx) {
				return sighting{claim: v.claim, aborted: true}
			}
			return sighting{claim: v.claim, observation: v.observation(now, n)}
		}
		v.attempt.drop()
		v.crawler.opts.Meter.Retried(reason)
		waited += wait
		if !v.rest(ctx, wait) {
			return sighting{claim: v.claim, aborted: true}
		}
	}
}

// rest waits between two attempts, and reports false when the context ended first, or the claim was paused.
func (v *visit) rest(ctx context.Context, d time.Duration) bool {
	v.waiting.Store(true)
	defer v.waiting.Store(false)
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		turned, err := v.may(v.claim.Host)
		if err != nil {
			return false
		}
		select {
		case <-timer.C:
			return true
		case <-turned:
		case <-ctx.Done():
			return false
		}
	}
}

// observation puts the last attempt into words of the catalog.
func (v *visit) observation(now time.Time, attempts int) catalog.Observation {
	a := &v.attempt
	seen := catalog.Observation{At: now, Duration: a.took, Attempts: attempts, Hops: a.hops, Failure: a.failure}
	if a.expires.Sub(now) < certificateNotice {
		seen.CertificateEnds = a.expires
	}
	if a.header == nil {
		return seen
	}
	seen.ContentType = bounded(mediaType(a.header))
	if !a.refreshed() {
		seen.ETag, seen.LastModified = bounded(a.header.Get("ETag")), bounded(a.header.Get("Last-Modified"))
	}
	seen.RetryAfter = askedRest(a.status, a.header, now)
	seen.Truncated = a.truncated
	if a.status == http.StatusNotModified {
		seen.ETag = orDefault(seen.ETag, v.claim.ETag)
		seen.LastModified = orDefault(seen.LastModified, v.claim.LastModified)
		return seen
	}
	seen.Bytes = int64(a.size)
	learn(&seen, a.facts)
	return seen
}

// learn takes over what the document of an answer showed; an error's page is no page.
func learn(seen *catalog.Observation, facts *page.Facts) {
	if facts == nil {
		return
	}
	seen.Signals, seen.Missing, seen.Near = facts.Signals, facts.Missing, facts.Near
	seen.Challenge = seen.Wall()
	if seen.Status()/100 == 2 {
		seen.Page, seen.Text = &facts.Page, facts.Text
	}
}

// page reads the final document, also of an error, when its turn has come, and gives its body back. It reports false
// when the context ended first.
func (v *visit) page(ctx context.Context) bool {
	a := &v.attempt
	if a.failure != nil || a.header == nil || a.looked {
		return true
	}
	a.looked = v.crawler.bodies.read(ctx, func() { a.facts = v.read(a.hops[len(a.hops)-1].URL) })
	a.drop()
	return a.looked
}

// read returns the facts of the final document. A document that breaks the reader is a fault to be mended, but no
// reason to stop all other visits.
func (v *visit) read(address string) (facts *page.Facts) {
	a := &v.attempt
	defer func() {
		if fault := recover(); fault != nil {
			v.crawler.opts.Logger.Error("document not read", "url", address, "fault", fault, "stack", string(debug.Stack()))
			facts = nil
		}
	}()
	if v.asking.about(catalog.AskIssuer) {
		v.asking.certificates = readCertificates(a.document())
		return nil
	}
	if v.asking.about(catalog.AskSite) {
		v.asking.pkg = catalog.ReadPackage(v.asking.question.URL, a.document())
	}
	found := page.Read(page.Document{URL: address, Header: a.header, Body: a.document(), Truncated: a.truncated, Status: a.status,
		Redirected: len(a.hops) > 1, Closer: v.asking != nil, Fragments: v.claim.Fragments, Look: v.claim.Look()})
	return &found
}

func (a *attempt) document() []byte {
	if a.body == nil {
		return nil
	}
	return a.body.data
}

// bounded drops what is too long to be kept: a validator or a type is short.
func bounded(value string) string {
	if len(value) > 1<<10 {
		return ""
	}
	return value
}

// recycle gives back what the visit holds.
func (v *visit) recycle() {
	if v.slot != nil {
		v.slot.cancel()
		v.slot = nil
	}
	v.attempt.reset()
}

func (a *attempt) reset() {
	a.body.close()
	*a = attempt{}
}

// used notes a connection that a request on a slot went over. Connections to a proxy are everybody's.
func (v *visit) used(s *slot, conn net.Conn) {
	if !v.once || conn == nil || s.host.name != v.claim.Host || v.crawler.opts.Proxy != nil || slices.Contains(v.conns, conn) {
		return
	}
	v.conns = append(v.conns, conn)
}

// hangUp closes the connections to the visit's own host if nobody needs them any more: most hosts of a list hold one
// link, and a connection that is kept takes memory here and there. Should a redirect lead to the host at this very moment,
// the client below asks again on a new connection, as it does when a server hangs up.
func (v *visit) hangUp() {
	if len(v.conns) > 0 && v.crawler.frontier.deserted(v.claim.Host) {
		for _, conn := range v.conns {
			conn.Close()
		}
	}
}

// sleep waits, and reports false when the context ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
