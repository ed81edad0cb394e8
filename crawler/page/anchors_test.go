package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnchors(t *testing.T) {
	body := `<title>x</title><body><h1 id="intro">Intro</h1><a name="old-name"></a><h2 id="Über uns">x</h2><p id=unquoted>
<h2 id="user-content-readme-part">x</h2><h2 id="Getting-Started">x</h2><h2 id="a&amp;b">x</h2><p name="para">` + article(100)
	tests := map[string]struct {
		fragment string
		missing  bool
		near     string
	}{
		"an id":                              {"intro", false, ""},
		"a name of a link":                   {"old-name", false, ""},
		"a name of anything else":            {"para", true, ""},
		"percent-encoded":                    {"%C3%9Cber%20uns", false, ""},
		"without quotes":                     {"unquoted", false, ""},
		"a reference":                        {"a&b", false, ""},
		"chosen by an author on a forge":     {"readme-part", false, ""},
		"the top":                            {"top", false, ""},
		"the top, in capitals":               {"TOP", false, ""},
		"nothing":                            {"", false, ""},
		"a text fragment":                    {":~:text=queue", false, ""},
		"an id and a text fragment":          {"intro:~:text=queue", false, ""},
		"no such id and a text fragment":     {"gone:~:text=queue", true, ""},
		"a line":                             {"L10", false, ""},
		"lines":                              {"L10-L20", false, ""},
		"a time":                             {"t=90", false, ""},
		"a page":                             {"page=3", false, ""},
		"no such id":                         {"nowhere", true, ""},
		"differing in case":                  {"getting-started", true, "Getting-Started"},
		"differing in punctuation":           {"getting_started", true, "Getting-Started"},
		"a slip":                             {"etting-started", true, "Getting-Started"},
		"a slip in a name beyond ASCII":      {"%C3%9Cber-uns", true, "%C3%9Cber%20uns"},
		"case does not matter on some forge": {"Readme-Part", false, ""},
		"an id of another letter case":       {"Intro", true, "intro"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := answer(200, address, body)
			d.Fragments = []string{tt.fragment}
			got := Read(d)
			if (len(got.Missing) == 1) != tt.missing || got.Near[tt.fragment] != tt.near {
				t.Errorf("missing %q, near %q", got.Missing, got.Near)
			}
		})
	}
}

// TestAnchorsThatNobodyCanKnow: where the markup is not all, nothing is missing.
func TestAnchorsThatNobodyCanKnow(t *testing.T) {
	tests := map[string]Document{
		"a file view of a forge":       answer(200, "https://github.com/a/b/blob/main/x.go", "<body>"+article(100)),
		"a shell filled by script":     answer(200, address, `<div id=app></div><script src=/a.js></script>`),
		"headings named by script":     answer(200, address, `<h2>Part</h2><script src="https://cdn.example/anchor-js/anchor.min.js"></script>`+article(100)),
		"a PDF":                        answer(200, address, "%PDF-1.7", "Content-Type: application/pdf"),
		"plain text":                   answer(200, address, "intro", "Content-Type: text/plain"),
		"an error":                     answer(404, address, "<body>"+article(100)),
		"the beginning of a long page": {URL: address, Body: []byte("<html><body>" + article(100)), Truncated: true},
	}
	for name, d := range tests {
		t.Run(name, func(t *testing.T) {
			d.Fragments = []string{"part"}
			if got := Read(d).Missing; len(got) > 0 {
				t.Errorf("missing %q", got)
			}
		})
	}
}

func TestSeveralFragmentsInOneVisit(t *testing.T) {
	d := answer(200, address, "<title>x</title><body><h2 id=b>b</h2>"+strings.Repeat(article(100), 40)+"<h2 id=z>z</h2>")
	d.Fragments = []string{"a", "b", "z", "c"}
	if diff := cmp.Diff([]string{"a", "c"}, Read(d).Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}
