package crawler

import (
	"context"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
)

const (
	nameServersTime = 10 * time.Second // for the answer of the resolver
	maxNameServers  = 16               // of a domain that are kept; a zone may have 13 or so
	maxLookups      = 8                // at once
)

// askNames asks the resolver which name servers a domain has.
func (c *Crawler) askNames(ctx context.Context, q catalog.Question) found {
	select {
	case c.lookups <- struct{}{}:
		defer func() { <-c.lookups }()
	case <-ctx.Done():
	}
	timed, cancel := context.WithTimeout(ctx, nameServersTime)
	defer cancel()
	names, err := c.guard.nameServers(timed, q.URL)
	if err != nil {
		return unanswered(q, *classify(err, nil, false), ctx.Err() != nil)
	}
	return found{answer: catalog.Answer{Kind: q.Kind, URL: q.URL, Names: names}}
}

// nameServers returns the name servers of a domain, in lower case, without final dot.
func (g *guard) nameServers(ctx context.Context, domain string) ([]string, error) {
	records, err := g.resolver.LookupNS(ctx, absolute(domain))
	if len(records) == 0 && err != nil {
		return nil, err
	}
	var names []string
	for _, r := range records[:min(len(records), maxNameServers)] {
		names = append(names, strings.ToLower(strings.TrimSuffix(r.Host, ".")))
	}
	slices.Sort(names)
	return names, nil
}
