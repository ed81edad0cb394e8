package catalog_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"waymark/catalog"
)

func TestMend(t *testing.T) {
	for written, want := range map[string]string{
		"ttps://example.org/a#b":        "https://example.org/a#b",
		"hhttps://example.org":          "https://example.org/",
		"htp://example.org":             "http://example.org/",
		"htpps://example.org":           "https://example.org/",
		"http//example.org/a":           "http://example.org/a",
		"https//example.org/a":          "https://example.org/a",
		"https;//example.org":           "https://example.org/",
		"https://https://example.org/a": "https://example.org/a",
		"http://https//example.org/a":   "https://example.org/a",
		"https:// example.org/a":        "https://example.org/a",
		"https://exam ple.org/a":        "https://example.org/a",
		"https：//example.org/a":         "https://example.org/a",
		"https://ｅｘａｍｐｌｅ.org/a":         "https://example.org/a",
		"https://example.org/a）":        "https://example.org/a",
		"https://example.org/a），又":      "https://example.org/a",
		"www。example。org":               "https://www.example.org/",
		"www.example.org/a b":           "https://www.example.org/a%20b",
		"www.example.org:8080/a":        "http://www.example.org:8080/a",
		"example.org:443/a":             "https://example.org/a",
		"\x08https://example.org":       "https://example.org/",
		"\u200bhttps://example.org":     "https://example.org/",
		"<https://example.org>":         "https://example.org/",
		"https://example.org/{{page}}":  "",
		"https://${host}/":              "",
		"https://":                      "",
		"":                              "",
		"docs/page.md":                  "",
		"https://intranet/a":            "",
		"https://a{b}.test/":            "",
	} {
		if got := catalog.Mend(written); got != want {
			t.Errorf("Mend(%q) = %q, want %q", written, got, want)
		}
	}
}

// TestSlipsAreInvalidInLists: each is no link as it stands, and what was meant is suggested.
func TestSlipsAreInvalidInLists(t *testing.T) {
	for _, written := range []string{
		"http//example.org/a", "https//example.org/a", "https;//example.org", "https：//example.org", "https://https://example.org/a", "http://https//example.org",
		"https://example.org/a）", "\u200bhttps://example.org", "www.example.org:8080/a", "example.org:8080", "www。example。org",
	} {
		snap := catalog.Snapshot{Listings: []catalog.Listing{{File: "a.md", Placements: []catalog.Placement{{File: "a.md", Line: 1, URL: written}}}}}
		w := catalog.Gather(snap)[0]
		result, ok := w.Settle(catalog.Claim{Standing: unchecked()}, nil, catalog.DefaultRules(), start)
		v := result.Judgement.Verdict
		if !ok || v.State != catalog.Dead || v.Reason != catalog.ReasonInvalidURL {
			t.Errorf("%q is %s/%s", written, v.State, v.Reason)
			continue
		}
		if f := result.Judgement.Opened[0]; f.Suggestion == "" || !strings.Contains(v.Message, f.Suggestion) {
			t.Errorf("%q: finding %+v without suggestion, message %q", written, f, v.Message)
		}
	}
}

// TestWhatABrowserOpensIsOpened: strange to look at, and fine.
func TestWhatABrowserOpensIsOpened(t *testing.T) {
	for written, want := range map[string]string{
		"https:/example.org/a":                                  "https://example.org/a",
		"https:example.org/a":                                   "https://example.org/a",
		"https:///example.org/a":                                "https://example.org/a",
		`https:\\example.org\a`:                                 "https://example.org/a",
		"https://www。example。org/":                              "https://www.example.org/",
		"https://example.org/a（b）":                              "https://example.org/a%EF%BC%88b%EF%BC%89",
		"https://example.org/[a](b)":                            "https://example.org/[a](b)",
		"https://example.org./a":                                "https://example.org/a",
		"https://EXAMPLE.org.:8443/a":                           "https://example.org:8443/a",
		"https://example.org/a...":                              "https://example.org/a...",
		"https://example.org/http://b.test":                     "https://example.org/http://b.test",
		"https://web.archive.org/web/2020/https://example.org/": "https://web.archive.org/web/2020/https://example.org/",
	} {
		if got := catalog.Canonical(written, catalog.From{File: "a.md"}); got.Reason != "" || got.URL != want {
			t.Errorf("Canonical(%q) = %+v, want %q", written, got, want)
		}
	}
}

func TestAHostWithAFinalDotHasTheRulesOfTheHost(t *testing.T) {
	rules := catalog.Rules{Hosts: []catalog.HostRule{{Match: "example.org", Skip: true}}}
	if !rules.Host("example.org.").Skip || !rules.Host("example.org.:8443").Skip {
		t.Error("a final dot escapes the rules")
	}
}

// TestURLsOfTheWebPlatform holds Canonical against the cases of the Web Platform Tests, which come with the parser's
// module: what the standard rejects is invalid, what it opens on the web is opened, at the same place.
func TestURLsOfTheWebPlatform(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/nlnwa/whatwg-url").Output()
	if err != nil {
		t.Fatalf("where the module is: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "testdata", "urltestdata.json"))
	if err != nil {
		t.Fatal(err)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	held := 0
	for _, entry := range raw {
		var c struct {
			Input, Base, Href, Protocol, Hostname string
			Failure                               bool
		}
		if entry[0] != '{' || json.Unmarshal(entry, &c) != nil {
			continue // comments are strings
		}
		absolute := strings.HasPrefix(strings.ToLower(strings.TrimSpace(c.Input)), "http:") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(c.Input)), "https:")
		if !absolute || c.Base != "about:blank" && c.Base != "" {
			continue
		}
		held++
		got := catalog.Canonical(c.Input, catalog.From{})
		switch {
		case c.Failure && got.Reason != catalog.ReasonInvalidURL:
			t.Errorf("%q is opened as %q, and the standard rejects it", c.Input, got.URL)
		case !c.Failure && got.Reason == "" && !samePlace(t, got, c.Href):
			t.Errorf("%q is %q, want %q", c.Input, got.URL, c.Href)
		case !c.Failure && got.Reason != "" && isPlainHost(c.Hostname) && !strings.ContainsFunc(c.Input, unicode.IsControl):
			t.Errorf("%q is refused (%s), and the standard opens it as %q", c.Input, got.Reason, c.Href)
		}
	}
	if held < 100 {
		t.Errorf("only %d cases were held", held)
	}
}

// samePlace compares what a request names. Two things differ on purpose: a stray percent sign is encoded, and the final
// dot of a host is dropped. That control bytes in a link are no link is on purpose too.
func samePlace(t *testing.T, got catalog.Target, href string) bool {
	t.Helper()
	u, err := whatwg.Parse(href)
	if err != nil {
		t.Fatal(err)
	}
	want, _, _ := strings.Cut(u.Href(true), "#")
	have, _, _ := strings.Cut(got.URL, "#")
	plain := func(s string) string { return strings.NewReplacer("%25", "%", "./", "/", ".:", ":").Replace(s) }
	return plain(have) == plain(want)
}

// isPlainHost reports a host that a request can name.
func isPlainHost(host string) bool {
	return host != "" && !strings.ContainsFunc(host, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-')
	})
}
