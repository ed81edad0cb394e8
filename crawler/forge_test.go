package crawler

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// forgeWeb is a forge with pages and an interface, which answers for every repository but those called gone.
type forgeWeb struct {
	*fakeweb.Web
	mu      sync.Mutex
	batches []int // repositories of each request
	book    logBook
}

const forgeToken = "secret-token"

var askedFor = regexp.MustCompile(`(r\d+):repository\(owner:"([^"]+)",name:"([^"]+)"\)`)

func (f *forgeWeb) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var question struct{ Query string }
	if err := json.Unmarshal(body, &question); err != nil || r.Method != http.MethodPost || r.Header.Get("Authorization") != "Bearer "+forgeToken {
		rw.WriteHeader(http.StatusUnauthorized)
		return
	}
	all := askedFor.FindAllStringSubmatch(question.Query, -1)
	f.mu.Lock()
	f.batches = append(f.batches, len(all))
	f.mu.Unlock()
	data := map[string]any{}
	for _, m := range all {
		data[m[1]] = nil
		if m[3] != "gone" {
			data[m[1]] = map[string]any{"url": "https://forge.test/" + m[2] + "/" + m[3], "isArchived": strings.HasPrefix(m[3], "old"), "pushedAt": "2024-05-01T10:00:00Z"}
		}
	}
	json.NewEncoder(rw).Encode(map[string]any{"data": data})
}

func startForge(t *testing.T, change func(*forgeWeb, *Options)) (*forgeWeb, *Crawler) {
	f := &forgeWeb{Web: startWeb(t)}
	f.Secure("api.test", fakeweb.TLS{})
	f.Handle("api.test", "/graphql", f)
	f.Handle("forge.test", "*", fakeweb.Page{Title: "A repository"})
	o := options(f.Web)
	o.Forge = Forge{Host: catalog.Host(f.URL("forge.test", "/")), Endpoint: f.HTTPSURL("api.test", "/graphql"), Token: forgeToken}
	o.Logger = f.book.logger()
	if change != nil {
		change(f, &o)
	}
	return f, newCrawler(t, o)
}

func TestRepositoriesAreAskedForInBatches(t *testing.T) {
	f, c := startForge(t, func(_ *forgeWeb, o *Options) { o.HostConcurrency, o.Concurrency = 64, 64 })
	var addresses []string
	for i := range 60 {
		addresses = append(addresses, f.URL("forge.test", fmt.Sprintf("/somebody/thing%d", i)))
	}
	addresses = append(addresses, f.URL("forge.test", "/somebody/old"), f.URL("forge.test", "/somebody/gone"), f.URL("forge.test", "/somebody/thing/issues"))
	results := check(t, c, claimsOf(addresses...)...)
	for i, r := range results[:61] {
		a, asked := r.Observation.Answer(catalog.AskForge)
		if !asked || a.Repository == nil || a.Repository.Archived != (i == 60) || a.Repository.Pushed.Year() != 2024 {
			t.Errorf("%s: %+v", r.Claim.URL, r.Observation.Answers)
		}
	}
	if a, asked := results[61].Observation.Answer(catalog.AskForge); !asked || a.Repository != nil {
		t.Errorf("a repository that the forge does not know: %+v", a)
	}
	if n := len(results[62].Observation.Answers); n != 0 {
		t.Errorf("a page that is no repository raised %d questions", n)
	}
	sum := 0
	for _, n := range f.batches {
		sum += n
		if n > batchSize {
			t.Errorf("%d repositories in one request", n)
		}
	}
	if sum != 62 || len(f.batches) > 20 {
		t.Errorf("62 repositories were asked for in batches of %v", f.batches)
	}
}

func TestTheTokenGoesToTheInterfaceAlone(t *testing.T) {
	f, c := startForge(t, func(f *forgeWeb, _ *Options) {
		f.Handle("api.test", "/graphql", fakeweb.Redirect(307, f.URL("forge.test", "/elsewhere")))
	})
	got := visitOne(t, c, f.URL("forge.test", "/somebody/thing"))
	if as := got.Observation.Answers; len(as) != 1 || as[0].Failure == nil || got.Judgement.Verdict.State != catalog.OK {
		t.Errorf("%+v, answers %+v", got.Judgement.Verdict, as)
	}
	for _, r := range f.Requests("forge.test") {
		if r.Path == "/elsewhere" || r.Header.Get("Authorization") != "" {
			t.Errorf("%s was asked with %q", r.Path, r.Header.Get("Authorization"))
		}
	}
	if text, _ := json.Marshal(got); strings.Contains(string(text), forgeToken) || f.book.count(forgeToken) > 0 {
		t.Error("the token was written down")
	}
}

func TestWhatTheInterfaceRefusesProvesNothing(t *testing.T) {
	for name, test := range map[string]struct {
		interf fakeweb.Behaviour
		want   catalog.Reason
	}{
		"rate limit":   {headerToo(fakeweb.Header(fakeweb.Status(403), "X-RateLimit-Remaining", "0"), "X-RateLimit-Reset", fmt.Sprint(time.Now().Add(time.Hour).Unix())), catalog.ReasonRateLimited},
		"wrong token":  {fakeweb.Status(401), catalog.ReasonUnauthorized},
		"broken":       {fakeweb.Status(502), catalog.ReasonProtocol},
		"no JSON":      {fakeweb.Page{Title: "Sorry"}, catalog.ReasonProtocol},
		"only errors":  {fakeweb.Bytes("application/json", []byte(`{"errors":[{"message":"no"}]}`)), catalog.ReasonProtocol},
		"closes early": {fakeweb.Reset(), catalog.ReasonReset},
	} {
		t.Run(name, func(t *testing.T) {
			f, c := startForge(t, func(f *forgeWeb, _ *Options) { f.Handle("api.test", "/graphql", test.interf) })
			for range 2 {
				got := visitOne(t, c, f.URL("forge.test", "/somebody/thing"))
				as := got.Observation.Answers
				if len(as) != 1 || as[0].Failure == nil || as[0].Failure.Reason != test.want || got.Judgement.Verdict.State != catalog.OK {
					t.Errorf("%+v, answers %+v", got.Judgement.Verdict, as)
				}
			}
			if n := len(f.Requests("api.test")); name == "rate limit" && n != 1 {
				t.Errorf("the interface was asked %d times although it had answered enough", n)
			}
		})
	}
}

func TestWithoutATokenTheInterfaceIsNotAsked(t *testing.T) {
	f, c := startForge(t, func(_ *forgeWeb, o *Options) { o.Forge.Token = "" })
	if got := visitOne(t, c, f.URL("forge.test", "/somebody/thing")); len(got.Observation.Answers) != 0 || len(f.Requests("api.test")) != 0 {
		t.Errorf("answers %+v", got.Observation.Answers)
	}
}
