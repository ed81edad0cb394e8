package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"waymark/catalog"
)

// Fetch reads a document on somebody's word that is no visit, such as a list on the web. The addresses that visits
// refuse are refused, on every redirect too. A body longer than limit, in bytes, is an error.
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
	var stopped *stopError
	var failure *catalog.Failure
	if errors.As(err, &stopped) {
		failure = stopped.failure
	} else {
		failure = classify(err, nil, false)
	}
	if failure == nil {
		return fmt.Errorf("%s could not be read", address)
	}
	return fmt.Errorf("%s could not be read: %s: %s", address, failure.Reason, failure.Detail)
}

// newListClient returns the client behind Fetch.
func newListClient(base http.RoundTripper, g *guard, o Options) *http.Client {
	return &http.Client{
		Transport: base,
		Timeout:   10 * o.Timeout, // for the list as a whole
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) >= maxHops {
				return errors.New("too many redirects")
			}
			return refusedRedirect(req.Context(), g, req.URL)
		},
	}
}

func refusedRedirect(ctx context.Context, g *guard, u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("redirected to the scheme %s", u.Scheme)
	}
	return g.refuses(ctx, u)
}
