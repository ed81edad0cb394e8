package crawler

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"waymark/catalog"
)

// Forge is a forge that answers questions about its repositories, in the manner of GitHub's GraphQL interface.
type Forge struct {
	Host     string // of its pages. Default github.com
	Endpoint string // of its interface. Default https://api.github.com/graphql
	Token    string // sent to the endpoint and nowhere else; empty: the interface is not asked
}

const (
	batchSize = 50                     // repositories that one request asks for
	batchWait = 250 * time.Millisecond // for others to join
)

// forge asks for repositories in batches: a request costs the same for one as for fifty. Whoever opens a batch sends it,
// on the goroutine of its visit; who joins waits.
type forge struct {
	Forge
	transport *transport
	address   *url.URL

	mu   sync.Mutex
	open *batch // the one that can be joined
}

type batch struct {
	repositories []string      // as owner/name; fixed when sent
	full         chan struct{} // closed when nobody else can join
	done         chan struct{} // closed when what follows is there

	found   map[string]*catalog.Repository // nil for what the forge does not know
	failure *catalog.Failure
	unasked bool // who would have sent it was stopped
}

func newForge(f Forge, t *transport) (*forge, error) {
	f.Host, f.Endpoint = cmp.Or(f.Host, "github.com"), cmp.Or(f.Endpoint, "https://api.github.com/graphql")
	address, err := url.Parse(f.Endpoint)
	if err != nil || address.Host == "" {
		return nil, fmt.Errorf("crawler: the forge's interface %q is no address", f.Endpoint)
	}
	return &forge{Forge: f, transport: t, address: address}, nil
}

// hosts returns the forges that can be asked.
func (f *forge) hosts() []string {
	if f.Token == "" {
		return nil
	}
	return []string{f.Host}
}

// repositoryName is what a repository of an owner can be called, and nothing that could be more than a name.
var repositoryName = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}$`)

// ask answers a question for a repository. The caller holds no slot.
func (f *forge) ask(ctx context.Context, q catalog.Question) found {
	u, err := url.Parse(q.URL)
	if err != nil || !repositoryName.MatchString(strings.Trim(u.Path, "/")) {
		return unanswered(q, catalog.Failure{Reason: catalog.ReasonInvalidURL, Connecting: true, Detail: "no repository can be called so"}, false)
	}
	name := strings.Trim(u.Path, "/")
	for {
		b, leads := f.join(name)
		if leads {
			f.lead(ctx, b)
		}
		select {
		case <-b.done:
		case <-ctx.Done():
			return outOfTime(q)
		}
		switch {
		case b.unasked && leads:
			return outOfTime(q)
		case b.unasked:
		case b.failure != nil:
			return unanswered(q, *b.failure, false)
		default:
			return found{answer: catalog.Answer{Kind: q.Kind, URL: q.URL, Status: http.StatusOK, Repository: b.found[name]}}
		}
	}
}

// join adds a repository to the open batch. Whoever opens one leads it.
func (f *forge) join(name string) (b *batch, leads bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.open == nil {
		f.open, leads = &batch{full: make(chan struct{}), done: make(chan struct{})}, true
	}
	b = f.open
	b.repositories = append(b.repositories, name)
	if len(b.repositories) == batchSize {
		f.open = nil
		close(b.full)
	}
	return b, leads
}

// lead waits for others to join and sends the batch.
func (f *forge) lead(ctx context.Context, b *batch) {
	defer close(b.done)
	timer := time.NewTimer(batchWait)
	defer timer.Stop()
	select {
	case <-b.full:
	case <-timer.C:
	case <-ctx.Done():
	}
	f.mu.Lock()
	if f.open == b {
		f.open = nil
	}
	f.mu.Unlock()
	answer, failure := f.send(ctx, b.repositories)
	if b.unasked = ctx.Err() != nil; b.unasked {
		return
	}
	if b.failure = failure; failure == nil {
		b.found = answer
	}
}

// send makes one request, on a slot like every other. It follows no redirect.
func (f *forge) send(ctx context.Context, repositories []string) (map[string]*catalog.Repository, *catalog.Failure) {
	if err := f.transport.guard.refuses(ctx, f.address); err != nil {
		return nil, failureOf(err)
	}
	host := catalog.Host(f.Endpoint)
	may := func() (<-chan struct{}, error) { return f.transport.pauses.may(host, nil, host) }
	s, err := f.transport.frontier.acquire(ctx, ask{host: host, may: may})
	if err != nil {
		return nil, failureOf(err)
	}
	body := graphQL(repositories)
	req := &http.Request{Method: http.MethodPost, URL: f.address, ContentLength: int64(len(body)), Body: io.NopCloser(bytes.NewReader(body)),
		Header: http.Header{"User-Agent": {f.transport.agent}, "Accept": {"application/json"}, "Content-Type": {"application/json"},
			"Authorization": {"Bearer " + f.Token}}}
	got := f.transport.exchange(s, req.WithContext(ctx), func(*http.Response) int64 { return smallBody })
	defer got.body.close()
	switch {
	case got.failure != nil:
		return nil, got.failure
	case got.res.StatusCode == http.StatusTooManyRequests, got.res.StatusCode == http.StatusForbidden:
		return nil, &catalog.Failure{Reason: catalog.ReasonRateLimited, Detail: "the forge's interface has answered enough for now"}
	case got.res.StatusCode == http.StatusUnauthorized:
		return nil, &catalog.Failure{Reason: catalog.ReasonUnauthorized, Detail: "the forge's interface does not accept the token"}
	case got.res.StatusCode != http.StatusOK || got.body == nil:
		return nil, &catalog.Failure{Reason: catalog.ReasonProtocol, Detail: fmt.Sprintf("the forge's interface answered %d", got.res.StatusCode)}
	}
	return readRepositories(got.body.data, repositories)
}

// graphQL writes the question for repositories, each under a name of its own. Names hold nothing to be escaped.
func graphQL(repositories []string) []byte {
	var b strings.Builder
	b.WriteString("query{")
	for i, name := range repositories {
		owner, own, _ := strings.Cut(name, "/")
		fmt.Fprintf(&b, "r%d:repository(owner:%q,name:%q){url isArchived pushedAt}", i, owner, own)
	}
	b.WriteString("}")
	body, _ := json.Marshal(map[string]string{"query": b.String()}) // strings always marshal
	return body
}

// readRepositories reads the answer. A repository that is not there is null, beside an error that says so.
func readRepositories(body []byte, repositories []string) (map[string]*catalog.Repository, *catalog.Failure) {
	var answer struct {
		Data map[string]*struct {
			URL        string
			IsArchived bool
			PushedAt   time.Time
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Data == nil {
		return nil, &catalog.Failure{Reason: catalog.ReasonProtocol, Detail: "the forge's interface does not answer as it should"}
	}
	known := map[string]*catalog.Repository{}
	for i, name := range repositories {
		if r := answer.Data[fmt.Sprintf("r%d", i)]; r != nil {
			known[name] = &catalog.Repository{URL: oneLine(r.URL), Archived: r.IsArchived, Pushed: r.PushedAt}
		}
	}
	return known, nil
}

// failureOf puts into words why a request was not made.
func failureOf(err error) *catalog.Failure {
	var refused *stopError
	var closed *closedError
	var paused *pausedError
	switch {
	case errors.As(err, &paused):
		return &catalog.Failure{Reason: catalog.ReasonRule, Connecting: true, Detail: paused.Error()}
	case errors.As(err, &refused) && refused.failure != nil:
		return refused.failure
	case errors.As(err, &closed):
		return closed.failure
	}
	return classify(err, nil, false)
}
