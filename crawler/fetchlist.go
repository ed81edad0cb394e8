package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"

	"waymark/catalog"
)

// Fetch reads a document on somebody's word that is no visit, such as a list on the web. The addresses that visits
// refuse are refused, on every redirect too, and each host is asked no sooner than visits may ask it: one that wants to
// be left alone for long is not asked, which is an error. A body longer than limit, in bytes, is an error.
func (c *Crawler) Fetch(ctx context.Context, address string, limit int64) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("%s is not a valid address", address)
	}
	req.Header.Set("User-Agent", c.opts.UserAgent)
	if err := c.guard.refuses(ctx, req.URL); err != nil {
		return nil, c.unread(address, err)
	}
	res, err := c.lists.Do(req)
	if err != nil {
		return nil, c.unread(address, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s", address, res.Status)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, limit+1))
	if err != nil {
		return nil, c.unread(address, err)
	}
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("%s is larger than %d MB", address, limit>>20)
	}
	return body, nil
}

// unread puts the failure of a fetch into words.
func (c *Crawler) unread(address string, err error) error {
	c.opts.Logger.Debug("list not fetched", "url", address, "error", err)
	failure := failureOf(err)
	if failure == nil {
		return fmt.Errorf("%s could not be read", address)
	}
	return fmt.Errorf("%s could not be read: %s: %s", address, failure.Reason, failure.Detail)
}

// newListClient returns the client behind Fetch.
func newListClient(t *transport, o Options) *http.Client {
	return &http.Client{
		Transport: listTransport{t},
		Timeout:   10 * o.Timeout, // for the list as a whole, with its waits
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) >= maxHops {
				return errors.New("too many redirects")
			}
			return refusedRedirect(req.Context(), t.guard, req.URL)
		},
	}
}

func refusedRedirect(ctx context.Context, g *guard, u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("redirected to the scheme %s", u.Scheme)
	}
	return g.refuses(ctx, u)
}

// listTransport makes the requests for lists, each on a slot of its host, and tells the host's entry how they went. What a
// host's rule adds to the requests of visits is not added.
type listTransport struct{ *transport }

// RoundTrip makes a request. Its slot is given back when the body is closed.
func (t listTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	// A list goes before visits: it is one request, and somebody may be waiting for it.
	s, err := t.frontier.acquire(req.Context(), ask{host: catalog.Host(req.URL.String()), asked: true})
	if err != nil {
		return nil, err
	}
	a := answer{}
	if a.res, err = t.base.RoundTrip(req); err != nil {
		a.aborted, a.failure = req.Context().Err() != nil, classify(err, nil, false)
		s.done(a.outcome(t.now()))
		return nil, err
	}
	a.res.Body = &listBody{ReadCloser: a.res.Body, ended: sync.OnceFunc(func() { s.done(a.outcome(t.now())) })}
	return a.res, nil
}

// listBody says when it has been read.
type listBody struct {
	io.ReadCloser
	ended func()
}

// Close closes the body; it may be called more than once.
func (b *listBody) Close() error {
	defer b.ended()
	return b.ReadCloser.Close()
}
