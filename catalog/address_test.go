package catalog_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"waymark/catalog"
)

func TestCanonical(t *testing.T) {
	tests := []struct {
		name, written string
		from          catalog.From
		want          catalog.Target
	}{
		{"host in capitals, default port, no path", "HTTPS://Example.ORG:443", catalog.From{}, catalog.Target{URL: "https://example.org/"}},
		{"other port stays", "http://example.org:8080/a", catalog.From{}, catalog.Target{URL: "http://example.org:8080/a"}},
		{"dot segments", "https://example.org/a/./b/../c", catalog.From{}, catalog.Target{URL: "https://example.org/a/c"}},
		{"backslashes", `https:\\example.org\a`, catalog.From{}, catalog.Target{URL: "https://example.org/a"}},
		{"one slash", "https:/example.org/a", catalog.From{}, catalog.Target{URL: "https://example.org/a"}},
		{"spaces inside and around", "  https://example.org/a b ", catalog.From{}, catalog.Target{URL: "https://example.org/a%20b"}},
		{"a percent sign that encodes nothing", "https://example.org/100%/%zz?q=%#!/5%", catalog.From{}, catalog.Target{URL: "https://example.org/100%25/%25zz?q=%#!/5%25"}},
		{"international host", "https://bücher.example/ü", catalog.From{}, catalog.Target{URL: "https://xn--bcher-kva.example/%C3%BC"}},
		{"query keeps its order", "https://example.org/?b=1&a=2", catalog.From{}, catalog.Target{URL: "https://example.org/?b=1&a=2"}},
		{"fragment apart", "https://example.org/a#part", catalog.From{}, catalog.Target{URL: "https://example.org/a", Fragment: "part"}},
		{"single-page route belongs to it", "https://example.org/#/docs", catalog.From{}, catalog.Target{URL: "https://example.org/#/docs"}},
		{"hash-bang route belongs to it", "https://example.org/#!/docs", catalog.From{}, catalog.Target{URL: "https://example.org/#!/docs"}},
		{"numeric host becomes dotted", "http://2130706433/", catalog.From{}, catalog.Target{URL: "http://127.0.0.1/"}},
		{"empty user and password", "https://:@example.org/a", catalog.From{}, catalog.Target{URL: "https://example.org/a"}},
		{"empty user", "http:/:b@example.org", catalog.From{}, catalog.Target{URL: "http://:b@example.org/"}},
		{"scheme of the page", "//example.org/a", catalog.From{File: "a.md"}, catalog.Target{URL: "https://example.org/a"}},

		{"mail", "mailto:me@example.org", catalog.From{}, catalog.Target{URL: "mailto:me@example.org", Reason: catalog.ReasonUnsupportedScheme}},
		{"script", "javascript:alert(1)", catalog.From{}, catalog.Target{URL: "javascript:alert(1)", Reason: catalog.ReasonUnsupportedScheme}},
		{"slip: letter lost", "ttps://example.org", catalog.From{}, catalog.Target{URL: "ttps://example.org", Reason: catalog.ReasonInvalidURL}},
		{"slip: letter doubled", "hhttps://example.org", catalog.From{}, catalog.Target{URL: "hhttps://example.org", Reason: catalog.ReasonInvalidURL}},
		{"slip: letter missing at the end", "htp://example.org", catalog.From{}, catalog.Target{URL: "htp://example.org", Reason: catalog.ReasonInvalidURL}},
		{"slip: letter too many at the end", "httpss://example.org", catalog.From{}, catalog.Target{URL: "httpss://example.org", Reason: catalog.ReasonInvalidURL}},
		{"slip: another letter", "httos://example.org", catalog.From{}, catalog.Target{URL: "httos://example.org", Reason: catalog.ReasonInvalidURL}},
		{"slip: a colon too many", "https://:example.org", catalog.From{}, catalog.Target{URL: "https://:example.org", Reason: catalog.ReasonInvalidURL}},
		{"two letters off is no slip", "hxxp://example.org", catalog.From{}, catalog.Target{URL: "hxxp://example.org", Reason: catalog.ReasonUnsupportedScheme}},
		{"two letters short is no slip", "ht://example.org", catalog.From{}, catalog.Target{URL: "ht://example.org", Reason: catalog.ReasonUnsupportedScheme}},
		{"two letters too many is no slip", "httpsss://example.org", catalog.From{}, catalog.Target{URL: "httpsss://example.org", Reason: catalog.ReasonUnsupportedScheme}},
		{"ftp is no slip", "ftp://example.org", catalog.From{}, catalog.Target{URL: "ftp://example.org", Reason: catalog.ReasonUnsupportedScheme}},
		{"empty", " ", catalog.From{}, catalog.Target{Reason: catalog.ReasonInvalidURL}},
		{"template variable", "https://example.org/{{page}}", catalog.From{}, catalog.Target{URL: "https://example.org/{{page}}", Reason: catalog.ReasonInvalidURL}},
		{"template variable of a shell", "https://example.org/${page}", catalog.From{}, catalog.Target{URL: "https://example.org/${page}", Reason: catalog.ReasonInvalidURL}},
		{"tab and line breaks inside", "ht\ttps://exam\r\nple.org/a\nb", catalog.From{}, catalog.Target{URL: "https://example.org/ab"}},
		{"tab inside the name of a file", "b\t.md", catalog.From{File: "a.md"}, catalog.Target{URL: "b.md", Local: true}},
		{"control byte inside", "https://example.org/a\x0bb", catalog.From{}, catalog.Target{URL: "https://example.org/a\x0bb", Reason: catalog.ReasonInvalidURL}},
		{"host that no request can name", "https://a{b}.test/", catalog.From{}, catalog.Target{URL: "https://a{b}.test/", Reason: catalog.ReasonInvalidURL}},
		{"host that no request can name, relative", "//a{b}.test/", catalog.From{URL: "https://example.org/"}, catalog.Target{URL: "//a{b}.test/", Reason: catalog.ReasonInvalidURL}},
		{"control byte", "\x08https://example.org", catalog.From{}, catalog.Target{URL: "\x08https://example.org", Reason: catalog.ReasonInvalidURL}},
		{"no host", "https://", catalog.From{}, catalog.Target{URL: "https://", Reason: catalog.ReasonInvalidURL}},
		{"space in host", "https://exa mple.org/", catalog.From{}, catalog.Target{URL: "https://exa mple.org/", Reason: catalog.ReasonInvalidURL}},
		{"port out of range", "https://example.org:99999/", catalog.From{}, catalog.Target{URL: "https://example.org:99999/", Reason: catalog.ReasonInvalidURL}},

		{"host without a scheme", "www.example.org/a", catalog.From{File: "a.md"}, catalog.Target{URL: "www.example.org/a", Reason: catalog.ReasonInvalidURL}},
		{"host without a scheme, with a query", "WWW.Example.org?q=a.md", catalog.From{File: "a.md"}, catalog.Target{URL: "WWW.Example.org?q=a.md", Reason: catalog.ReasonInvalidURL}},
		{"file that begins with www", "www.md", catalog.From{File: "a.md"}, catalog.Target{URL: "www.md", Local: true}},
		{"file that begins with www, with dots", "www.readme.MD#part", catalog.From{File: "a.md"}, catalog.Target{URL: "www.readme.MD", Fragment: "part", Local: true}},
		{"folder that begins with www", "www.old/a.b.c", catalog.From{File: "a.md"}, catalog.Target{URL: "www.old/a.b.c", Local: true}},
		{"file whose folder looks like a host", "docs/www.example.org", catalog.From{File: "a.md"}, catalog.Target{URL: "docs/www.example.org", Local: true}},
		{"ideographic full stops", "www。example。org", catalog.From{File: "a.md"}, catalog.Target{URL: "www。example。org", Reason: catalog.ReasonInvalidURL}},

		{"file beside", "other.md", catalog.From{File: "docs/a.md"}, catalog.Target{URL: "docs/other.md", Local: true}},
		{"file above with section", "../b.md#Part%20two", catalog.From{File: "docs/a.md"}, catalog.Target{URL: "b.md", Fragment: "Part%20two", Local: true}},
		{"section of the file itself", "#part", catalog.From{File: "docs/a.md"}, catalog.Target{URL: "docs/a.md", Fragment: "part", Local: true}},
		{"from the root", "/x/y.md", catalog.From{File: "docs/a.md"}, catalog.Target{URL: "x/y.md", Local: true}},
		{"the root itself", "/", catalog.From{File: "docs/a.md"}, catalog.Target{URL: ".", Local: true}},
		{"file with a query", "b.md?raw=1#c", catalog.From{File: "a.md"}, catalog.Target{URL: "b.md", Fragment: "c", Local: true}},
		{"encoded space", "a%20b.md", catalog.From{File: "c.md"}, catalog.Target{URL: "a b.md", Local: true}},
		{"out of the source", "../../x.md", catalog.From{File: "docs/a.md"}, catalog.Target{URL: "../../x.md", Local: true, Reason: catalog.ReasonRule}},
		{"relative in a list on the web", "b.html#c", catalog.From{URL: "https://example.org/lists/a.html"}, catalog.Target{URL: "https://example.org/lists/b.html", Fragment: "c"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, catalog.Canonical(tt.written, tt.from)); diff != "" {
				t.Errorf("Canonical(%q) (-want +got):\n%s", tt.written, diff)
			}
		})
	}
}

// TestCanonicalIsStable holds that an identity is its own identity: normalising twice changes nothing.
func TestCanonicalIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		written := rapid.SampledFrom([]string{"http://", "https://"}).Draw(t, "scheme") +
			rapid.StringMatching(`[a-zA-Z0-9.-]{1,12}`).Draw(t, "host") + "/" + rapid.String().Draw(t, "rest")
		once := catalog.Canonical(written, catalog.From{})
		if once.Reason != "" {
			return
		}
		twice := catalog.Canonical(once.URL, catalog.From{})
		if twice.URL != once.URL || twice.Reason != "" {
			t.Fatalf("Canonical(%q) = %+v, again %+v", written, once, twice)
		}
		if i := strings.IndexByte(once.URL, '#'); i >= 0 && !strings.HasPrefix(strings.TrimPrefix(once.URL[i+1:], "!"), "/") {
			t.Fatalf("Canonical(%q).URL = %q keeps a fragment", written, once.URL)
		}
	})
}

// TestCanonicalAgreesWithHost holds that what is to be visited has a host to queue at, and is an address to the client
// that makes the request.
func TestCanonicalAgreesWithHost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		written := rapid.SampledFrom([]string{"http://", "https:", "//", ""}).Draw(t, "start") +
			rapid.OneOf(rapid.StringMatching(`[a-z0-9.:@%\[\]{}|^*'"~!$&()_+,;=-]{1,12}`), rapid.String()).Draw(t, "host") +
			rapid.SampledFrom([]string{"", "/", "/#/", "?"}).Draw(t, "end") + rapid.String().Draw(t, "rest")
		target := catalog.Canonical(written, catalog.From{URL: "https://example.org/"})
		if target.Reason != "" {
			return
		}
		if _, err := url.Parse(target.URL); err != nil || catalog.Host(target.URL) == "" {
			t.Fatalf("Canonical(%q) = %+v with host %q, %v", written, target, catalog.Host(target.URL), err)
		}
	})
}

func TestSiteAndHost(t *testing.T) {
	tests := []struct{ url, site, host string }{
		{"https://www.example.co.uk:8443/a", "example.co.uk", "www.example.co.uk:8443"},
		{"https://someone.github.io/x", "someone.github.io", "someone.github.io"},
		{"http://127.0.0.1:80/", "127.0.0.1", "127.0.0.1:80"},
		{"https://www.example.org./", "example.org", "www.example.org."},
		{"http://localhost/", "localhost", "localhost"},
		{"http://[::1]:8080/", "::1", "[::1]:8080"},
	}
	for _, tt := range tests {
		if got := catalog.Site(tt.url); got != tt.site {
			t.Errorf("Site(%q) = %q, want %q", tt.url, got, tt.site)
		}
		if got := catalog.Host(tt.url); got != tt.host {
			t.Errorf("Host(%q) = %q, want %q", tt.url, got, tt.host)
		}
	}
}
