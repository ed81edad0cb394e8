package listfile

import (
	"strings"
	"testing"
)

func TestParseFormat(t *testing.T) {
	for name, want := range map[string]Format{"": Auto, "auto": Auto, " Markdown ": Markdown, "yaml": YAML, "text": Text} {
		if got, err := ParseFormat(name); got != want || err != nil {
			t.Errorf("%q: %q, %v", name, got, err)
		}
	}
	for name, want := range map[string]string{
		"opml": `format "opml" cannot be read yet; use one of auto, markdown, yaml, text`,
		"docx": `unknown format "docx"; use one of auto, markdown, yaml, text`,
	} {
		if _, err := ParseFormat(name); err == nil || err.Error() != want {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestDetect(t *testing.T) {
	tests := []struct {
		file, content string
		want          Format
	}{
		{"a/README.MD", "", Markdown}, {"a.mdown", "", Markdown}, {"a.yml", "", YAML}, {"a.txt", "[A](b)", Text},
		{"-", "# T\n\n- [A](https://a.example)\n", Markdown}, {"-", "T\n\n## S\n", Markdown},
		{"-", "# c\n---\na: b\n", YAML}, {"-", "- name: A\n", YAML}, {"-", "key:\n  - x\n", YAML},
		{"a.json", "[A](b)", Text}, {"-", "{\n\"a\": \"[A](b)\"}", Text}, {"-", "[\n\"[A](b)\"]", Text}, {"-", "[A](b)", Markdown},
		{"-", "https://a.example\n", Text}, {"-", "Note that: this\n", Text}, {"-", "", Text},
	}
	for _, test := range tests {
		if got := Detect(test.file, []byte(test.content)); got != test.want {
			t.Errorf("%s %q: %s, want %s", test.file, test.content, got, test.want)
		}
	}
}

func TestIsList(t *testing.T) {
	for path, want := range map[string]bool{
		"README.md": true, "a/b.markdown": true, "a.MDOWN": true, "a.yaml": true, "a.yml": true, "a.txt": true, "./a.md": true,
		"LICENSE": false, "LICENSE.md": false, "license.txt": false, "a/.github/b.md": false, ".a.md": false,
		"node_modules/a/README.md": false, "a/vendor/b.md": false, "vendored/b.md": true, "a.go": false, "md": false,
	} {
		if got := IsList(path); got != want {
			t.Errorf("%s: %t", path, got)
		}
	}
}

func TestParseUnknownFormatIsAProblem(t *testing.T) {
	l := Parse("a.json", "json", []byte(`["https://a.example"]`))
	if len(l.Placements) > 0 || len(l.Problems) != 1 || !strings.Contains(l.Problems[0].Message, "json") {
		t.Errorf("%+v", l)
	}
}

func TestStructuredFilesYieldTheirURLsAndAWarning(t *testing.T) {
	content := `[{"title": "A", "url": "https://a.example"},
  {"about": "[B](https://b.example)"}]`
	l := Parse("a.json", Auto, []byte(content))
	if got := urls(l); got != "https://a.example https://b.example" || len(l.Problems) != 1 {
		t.Errorf("got %s, problems %s", got, problems(l))
	}
}
