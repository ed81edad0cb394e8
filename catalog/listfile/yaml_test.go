package listfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestYAML(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"list of URLs", "- https://a.example # c\n- \"https://b.example\"\n-   'https://c.example'\n",
			"1:3 |https://a.example|other|https://a.example\n2:4 |https://b.example|other|https://b.example\n3:6 |https://c.example|other|https://c.example\n"},
		{"name and type are siblings", "- url: https://a.example\n  name: A é\n  type: book\n- {title: B, link: https://b.example, kind: sonnet}\n",
			"1:8 |A é|book|https://a.example\n4:20 |B|other|https://b.example\n"},
		{"columns are bytes", "é: {ü: https://a.example/ü, b: \"https://b.example\"}\n",
			"1:10 é|ü|other|https://a.example/ü\n1:36 é|b|other|https://b.example\n"},
		{"sections are names and keys", "tools:\n  items:\n  - name: G\n    links:\n      homepage: https://a.example\n      Docs: https://b.example\n",
			"5:17 tools/G|G|tool|https://a.example\n6:13 tools/G|Docs|tool|https://b.example\n"},
		{"a key that is a URL", "https://a.example: A\n? https://b.example\n: B\n", "1:1 |A|other|https://a.example\n2:3 |B|other|https://b.example\n"},
		{"block scalars", "- url: |\n    https://a.example\n- url: >-\n\n    https://b.example\n", "2:5 |https://a.example|other|https://a.example\n5:5 |https://b.example|other|https://b.example\n"},
		{"escapes", `- "https://a.example/\u00e9"` + "\n- 'https://b.example/it''s'\n",
			"1:4 |https://a.example/é|other|https://a.example/é|https://a.example/\\u00e9\n2:4 |https://b.example/it's|other|https://b.example/it's|https://b.example/it''s\n"},
		{"anchors, tags and aliases", "- &a https://a.example\n- !!str https://b.example\n- *a\n", "1:6 |https://a.example|other|https://a.example\n2:9 |https://b.example|other|https://b.example\n"},
		{"prose holds no placements", "- about: see https://a.example for more\n  url: not an address\n  repo: owner/name\n", ""},
		{"slips count where an address is wanted", "- url: ttps://a.example\n- url: https://b.example/x y\n- url: www.c.example\n- url: mailto:d@e.example\n",
			"1:8 |ttps://a.example|other|ttps://a.example\n2:8 |https://b.example/x y|other|https://b.example/x y\n3:8 |http://www.c.example|other|http://www.c.example|www.c.example\n4:8 |mailto:d@e.example|other|mailto:d@e.example\n"},
		{"documents", "- https://a.example\n---\n- https://b.example\n--- # x\nurl: https://c.example\n...\n",
			"1:3 |https://a.example|other|https://a.example\n3:3 |https://b.example|other|https://b.example\n5:6 |https://c.example|other|https://c.example\n"},
		{"CR LF", "- name: A\r\n  url: https://a.example\r\n", "2:8 |A|other|https://a.example\n"},
		{"type mark", "- name: '@video@A'\n  url: https://a.example\n", "2:8 |A|video|https://a.example\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := Parse("list.yml", YAML, []byte(test.content))
			if diff := cmp.Diff(test.want, brief(test.content, l)); diff != "" {
				t.Error(diff)
			}
			checkListing(t, []byte(test.content), l)
			if len(l.Problems) > 0 {
				t.Errorf("problems: %s", problems(l))
			}
		})
	}
}

// One broken entry costs its own names, not those of the others.
func TestYAMLBrokenEntry(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		if i == 1700 {
			b.WriteString("- name: [Broken\n  url: https://broken.example\n")
			continue
		}
		fmt.Fprintf(&b, "- name: N%d\n  url: https://%d.example\n", i, i)
	}
	l := Parse("list.yml", YAML, []byte(b.String()))
	checkListing(t, []byte(b.String()), l)
	if len(l.Placements) != 3000 || len(l.Problems) != 1 {
		t.Fatalf("%d placements, problems %s", len(l.Placements), problems(l))
	}
	for i, p := range l.Placements {
		title, url := fmt.Sprintf("N%d", i), fmt.Sprintf("https://%d.example", i)
		if i == 1700 {
			title, url = "https://broken.example", "https://broken.example"
		}
		if p.Title != title || p.URL != url || p.Line != 2*i+2 {
			t.Fatalf("placement %d: %+v", i, p)
		}
	}
	if p := l.Problems[0]; p.Line < 3401 || p.Line > 3402 || !strings.Contains(p.Message, "not valid YAML") {
		t.Errorf("problem %+v", p)
	}
}
