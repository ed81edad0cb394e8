package catalog_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

// shown is a visit that ended with a document at the last address, redirected with 301 from each to the next.
func shown(addresses ...string) catalog.Observation {
	seen := catalog.Observation{At: start, Attempts: 1, Bytes: 5000, ContentType: "text/html", Page: &catalog.Page{Title: "Queues", Sketch: &catalog.Sketch{Words: 300, Print: 0xabcdef}}}
	for i, address := range addresses {
		hop := catalog.Hop{URL: address, Status: 301}
		if i == len(addresses)-1 {
			hop.Status = 200
		} else {
			hop.Location = addresses[i+1]
		}
		seen.Hops = append(seen.Hops, hop)
	}
	return seen
}

func with(seen catalog.Observation, signals ...catalog.Signal) catalog.Observation {
	seen.Signals = signals
	return seen
}

func doubt(kind catalog.SignalKind) catalog.Signal {
	return catalog.Signal{Kind: kind, Rule: "a-rule", Says: "words"}
}

func proof(kind catalog.SignalKind) catalog.Signal {
	return catalog.Signal{Kind: kind, Rule: "a-rule", Says: "words", Proof: true}
}

func TestAsk(t *testing.T) {
	const page, sibling = "https://example.org/a/page.html", "sibling https://example.org/a/"
	walled := with(shown(page), proof(catalog.SignalWall))
	unknownIssuer := failed(catalog.ReasonTLS)
	unknownIssuer.Failure.Issuer = "http://ca.example/issuer.crt"
	refused := shown("https://www.npmjs.com/package/@scope/name")
	refused.Hops[0].Status, refused.Page = 403, nil
	tests := map[string]struct {
		seen catalog.Observation
		want []string // kind and beginning of the address
	}{
		"a page that arouses no suspicion":        {shown(page), nil},
		"an error in the title":                   {with(shown(page), doubt(catalog.SignalError)), []string{sibling}},
		"an error of a script":                    {with(shown("https://example.org/f/viewtopic.php?t=12&utm_source=x&s=ab"), doubt(catalog.SignalError)), []string{"sibling https://example.org/f/viewtopic.php?t=987601234&s="}},
		"a script that redirects":                 {shown("https://example.org/f/viewtopic.php?t=12", "https://example.org/f/"), []string{"sibling https://example.org/f/"}},
		"an error on a start page":                {with(shown("https://example.org/"), doubt(catalog.SignalError)), nil},
		"a short page":                            {with(shown(page), doubt(catalog.SignalShort)), []string{sibling, "name-servers example.org"}},
		"a folder":                                {with(shown("https://example.org/a/b/"), doubt(catalog.SignalShort)), []string{sibling, "name-servers example.org"}},
		"proof of something":                      {with(shown(page), proof(catalog.SignalParked)), nil},
		"a wall":                                  {walled, nil},
		"an error by status":                      {answered(404), nil},
		"a doubtful parked page":                  {with(shown(page), doubt(catalog.SignalParked)), []string{sibling, "root https://example.org/", "name-servers example.org"}},
		"a doubtful parked start page":            {with(shown("https://example.org/"), doubt(catalog.SignalParked)), []string{"name-servers example.org"}},
		"a page of gambling":                      {with(shown(page), doubt(catalog.SignalHijacked)), []string{sibling, "root https://example.org/"}},
		"sent to the start page":                  {shown(page, "https://example.org/"), []string{sibling}},
		"sent to a folder above":                  {shown(page, "https://example.org/a/"), []string{sibling}},
		"sent to the start page of a language":    {shown(page, "https://example.org/en/"), []string{sibling}},
		"sent to something else":                  {shown(page, "https://example.org/search"), []string{sibling}},
		"named by its query":                      {shown("https://example.org/?p=12", "https://example.org/2019/queues"), []string{"sibling https://example.org/"}},
		"a trailing slash":                        {shown("https://example.org/a/page", "https://example.org/a/page/"), nil},
		"https and www":                           {shown("http://example.org/a/page", "https://www.example.org/a/page"), nil},
		"a tracking parameter":                    {shown(page, page+"?utm_source=x"), nil},
		"the same name elsewhere":                 {shown(page, "https://docs.example.org/new/page"), nil},
		"an index":                                {shown("https://example.org/a/index.html", "https://example.org/a/"), nil},
		"a longer name":                           {shown("https://example.org/questions/123456", "https://example.org/questions/123456/how-to-queue"), nil},
		"a page to log in":                        {shown(page, "https://example.org/login?next=/a/page"), nil},
		"a start page moved":                      {shown("https://example.org/", "https://example.com/en/"), nil},
		"an unknown issuer that can be had":       {unknownIssuer, []string{"issuer http://ca.example/issuer.crt"}},
		"an unknown issuer that cannot":           {failed(catalog.ReasonTLS), nil},
		"an http page":                            {shown("http://example.org/a"), []string{"https https://example.org/a"}},
		"an http page at a port of its own":       {shown("http://example.org:8080/a"), nil},
		"an http page sent to https":              {shown("http://example.org/a", "https://example.org/a"), nil},
		"a film":                                  {shown("https://www.youtube.com/watch?v=abc&t=10"), []string{"site https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabc"}},
		"a film by its short link":                {shown("https://youtu.be/abc", "https://www.youtube.com/watch?v=abc"), []string{"site https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabc"}},
		"a channel":                               {shown("https://www.youtube.com/@name"), nil},
		"a package behind a closed door":          {refused, []string{"site https://registry.npmjs.org/@scope%2fname/latest"}},
		"a crate":                                 {shown("https://crates.io/crates/serde"), []string{"site https://crates.io/api/v1/crates/serde"}},
		"an image of containers":                  {shown("https://hub.docker.com/_/redis"), []string{"site https://hub.docker.com/v2/repositories/library/redis/"}},
		"an invitation":                           {shown("https://discord.gg/abc"), []string{"site https://discord.com/api/v10/invites/abc"}},
		"a post":                                  {shown("https://twitter.com/a/status/12"), []string{"site https://publish.twitter.com/oembed"}},
		"a repository":                            {shown("https://github.com/owner/name"), []string{"forge https://github.com/owner/name"}},
		"a file of a repository":                  {shown("https://github.com/owner/name/blob/main/README.md"), nil},
		"a topic of a forge":                      {shown("https://github.com/topics/go"), nil},
		"a repository on a forge that is not set": {shown("https://codeberg.org/owner/name"), nil},
	}
	p := policy()
	p.Forges = []string{"github.com"}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			asked := catalog.Ask(tt.seen, p)
			if len(asked) != len(tt.want) {
				t.Fatalf("asked %+v, want %q", asked, tt.want)
			}
			for i, q := range asked {
				got := string(q.Kind) + " " + q.URL
				if !strings.HasPrefix(got, tt.want[i]) || !strings.HasSuffix(q.Why, ".") && !strings.HasSuffix(q.Why, "?") {
					t.Errorf("asked %q because %q, want %q", got, q.Why, tt.want[i])
				}
				tt.seen.Answers = append(tt.seen.Answers, catalog.Answer{Kind: q.Kind, URL: q.URL, Failure: &catalog.Failure{Reason: catalog.ReasonTimeout}})
			}
			if again := catalog.Ask(tt.seen, p); len(again) > 0 {
				t.Errorf("asked again: %+v", again)
			}
		})
	}
}

// TestSiblingsAreFixedByTheirFolder: so that one answer serves all pages of it.
func TestSiblingsAreFixedByTheirFolder(t *testing.T) {
	ask := func(address string) string {
		asked := catalog.Ask(with(shown(address), doubt(catalog.SignalError)), policy())
		return asked[0].URL
	}
	a, b := ask("https://example.org/a/one"), ask("https://example.org/a/two?x=1")
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error(diff)
	}
	if name := strings.TrimPrefix(a, "https://example.org/a/"); len(name) != 25 {
		t.Errorf("the name %q has not 25 letters", name)
	}
	if c := ask("https://example.org/b/one"); strings.HasSuffix(c, strings.TrimPrefix(a, "https://example.org/a/")) {
		t.Error("another folder has the same sibling")
	}
}
