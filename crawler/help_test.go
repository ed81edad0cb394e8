package crawler

import (
	"bytes"
	"context"
	"crypto/x509"
	"io"
	"log"
	"log/slog"
	"net/netip"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // where net/http writes what a hostile host sent
	goleak.VerifyTestMain(m)
}

// startWeb starts a scripted web that ends with the test.
func startWeb(t *testing.T) *fakeweb.Web {
	t.Helper()
	web, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(web.Close)
	return web
}

// options are those of a crawler that lives in the web, without politeness and with short waits.
func options(web *fakeweb.Web) Options {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(web.CA())
	return Options{
		Timeout: 20 * time.Second, RetryWait: time.Millisecond,
		Resolver: web.Resolver(), RootCAs: roots, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Rules: catalog.DefaultRules().OneRun(),
	}
}

// newCrawler returns a crawler that ends with the test.
func newCrawler(t *testing.T, o Options) *Crawler {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func claimOf(i int, address string) catalog.Claim {
	return catalog.Claim{Resource: int64(i + 1), Token: 1, URL: address, Host: catalog.Host(address),
		Standing: catalog.Standing{Verdict: catalog.Fresh(time.Unix(0, 0))}}
}

func claimsOf(addresses ...string) []catalog.Claim {
	var claims []catalog.Claim
	for i, address := range addresses {
		claims = append(claims, claimOf(i, address))
	}
	return claims
}

// at returns claims by their index, for Check.
func at(claims []catalog.Claim) func(int) catalog.Claim {
	return func(i int) catalog.Claim { return claims[i] }
}

// check visits the claims once and returns the results in the order of the claims.
func check(t *testing.T, c *Crawler, claims ...catalog.Claim) []catalog.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	results := make([]catalog.Result, len(claims))
	err := c.Check(ctx, len(claims), at(claims), func(r catalog.Result) { results[r.Claim.Resource-1] = r })
	if err != nil {
		t.Fatalf("Check: %v", err)
	}
	for i, r := range results {
		if r.Claim.Resource == 0 {
			t.Fatalf("no result for %s", claims[i].URL)
		}
	}
	return results
}

// visitOne visits one address and returns its result.
func visitOne(t *testing.T, c *Crawler, address string) catalog.Result {
	t.Helper()
	return check(t, c, claimOf(0, address))[0]
}

// tally is a Meter that remembers.
type tally struct {
	mu       sync.Mutex
	checked  map[catalog.Reason]int
	retried  map[catalog.Reason]int
	hops     int
	received int64
}

func newTally() *tally {
	return &tally{checked: map[catalog.Reason]int{}, retried: map[catalog.Reason]int{}}
}

func (m *tally) with(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f()
}

func (m *tally) Checked(_ catalog.State, r catalog.Reason, _ time.Duration) {
	m.with(func() { m.checked[r]++ })
}
func (m *tally) Hop(time.Duration)        { m.with(func() { m.hops++ }) }
func (m *tally) Received(n int64)         { m.with(func() { m.received += n }) }
func (m *tally) Retried(r catalog.Reason) { m.with(func() { m.retried[r]++ }) }

// logBook collects what is logged.
type logBook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logBook) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Count(l.buf.Bytes(), []byte(text))
}

func (l *logBook) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }
