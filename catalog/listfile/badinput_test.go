package listfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBadInput(t *testing.T) {
	tests := []struct {
		name, content, want, problem string
	}{
		{"byte order mark", "\xEF\xBB\xBF# T\n[A](https://a.example)", "2:1 |A|other|https://a.example\n", ""},
		{"byte order mark before a link", "\xEF\xBB\xBF[A](https://a.example)", "1:4 |A|other|https://a.example\n", ""},
		{"CR LF", "# T\r\n## S\r\n\r\n- [A](https://a.example)\r\n- https://b.example\r\n",
			"4:3 S|A|other|https://a.example\n5:3 S|https://b.example|other|https://b.example\n", ""},
		{"lone CR", "## S\r- [A](https://a.example)\r- https://b.example\r",
			"2:3 S|A|other|https://a.example\n3:3 S|https://b.example|other|https://b.example\n", ""},
		{"not UTF-8", "x\n[Caf\xe9 \xff](https://a.example/\xe9) https://b.example",
			"2:1 |Caf\uFFFD \uFFFD|other|https://a.example/\uFFFD|https://a.example/\xe9\n2:31 |https://b.example|other|https://b.example\n",
			"2:5 not valid UTF-8 here (3 bytes in the file); save the file as UTF-8\n"},
		{"NUL", "a\x00b [A](https://a.example)", "1:5 |A|other|https://a.example\n", "1:2 a NUL byte stands here (1 byte in the file); remove it\n"},
		{"UTF-16", "\xFF\xFEh\x00", "", "1:1 the file is UTF-16; save it as UTF-8 to have it read\n"},
		{"empty", "", "", ""},
		{"front matter without end", "---\na: b\n\n[A](https://a.example)", "4:1 |A|other|https://a.example\n", ""},
		{"unclosed everything", "[A](https://a.example\n\n<a href=\"https://b.example\n\n[C](https://c.example)\n\n```\n[D](https://d.example)",
			"1:1 |A|other|https://a.example\n3:10 |https://b.example|other|https://b.example\n5:1 |C|other|https://c.example\n", "1:1 " + brokenOpen + "\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := Parse("list.md", Markdown, []byte(test.content))
			if diff := cmp.Diff(test.want, brief(test.content, l)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.problem, problems(l)); diff != "" {
				t.Error(diff)
			}
			checkListing(t, []byte(test.content), l)
		})
	}
}

// What is too long or too deep for Markdown still yields its URLs, a warning, and all that stands around it.
func TestHostileMarkdown(t *testing.T) {
	const before, after = "[A](https://a.example)\n\n", "\n\n[Z](https://z.example)\n"
	inside := func(repeated string, n int) string { return strings.Repeat(repeated, n) + " https://m.example" }
	tests := []struct {
		name, content string
		warned        bool
	}{
		{"long line", inside("word ", 2<<20), true},
		{"long word", inside("[x](", 5000), true},
		{"deep quotation", inside(">", 10000), true},
		{"deep list", inside("- ", 10000), true},
		{"deep indentation", "- a\n" + strings.Repeat(" ", 5000) + "- https://m.example", true},
		{"wide table", strings.Repeat("|a", 5000) + "|\n" + strings.Repeat("|-", 5000) + "|\n" + strings.Repeat("|a\n", 5000) + "https://m.example", true},
		{"open brackets", inside("[a ", 30000), false},
		{"half links", inside("[a](b ", 30000), false},
		{"half links, angle", inside("[a](<b ", 30000), false},
		{"emphasis", inside("*a _b ", 30000), false},
		{"references", inside("[a] ", 30000), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			content := before + test.content + after
			l := Parse("list.md", Markdown, []byte(content))
			if got := urls(l); got != "https://a.example https://m.example https://z.example" {
				t.Errorf("got %.200s", got)
			}
			if warned := len(l.Problems) > 0; warned != test.warned {
				t.Errorf("problems: %.300s", problems(l))
			}
		})
	}
}

func TestLongAddressStaysALink(t *testing.T) {
	long := "https://a.example/?" + strings.Repeat("x", 3*maxWord)
	content := "- [A](" + long + ") ![B](data:image/png;base64," + strings.Repeat("https://no.example/", maxWord) + ") `" + strings.Repeat("https://no.example/", maxWord) + "`"
	l := Parse("list.md", Markdown, []byte(content))
	if urls(l) != long || l.Placements[0].Title != "A" || len(l.Problems) > 0 {
		t.Errorf("%d placements, problems %s", len(l.Placements), problems(l))
	}
	checkListing(t, []byte(content), l)
}

func TestHostileYAML(t *testing.T) {
	for name, content := range map[string]string{
		"brackets": strings.Repeat("[", 20000) + " https://m.example",
		"markers":  strings.Repeat("- ", 20000) + "https://m.example",
		"one sign": strings.Repeat("<", 100000) + " https://m.example",
		"line":     "a: " + strings.Repeat("word ", 1<<20) + "https://m.example",
		"tab":      "a:\n\t- https://m.example",
		"quote":    "a: \"https://m.example\nb: c",
	} {
		t.Run(name, func(t *testing.T) {
			l := Parse("list.yml", YAML, []byte("- https://a.example\n---\n"+content+"\n---\n- https://z.example\n"))
			if got := urls(l); got != "https://a.example https://m.example https://z.example" || len(l.Problems) != 1 {
				t.Errorf("got %s, problems %s", got, problems(l))
			}
		})
	}
}

func TestProblemsAreBounded(t *testing.T) {
	l := Parse("list.md", Markdown, []byte(strings.Repeat("- [@x@A](a)\n", 1000)))
	want := "0:0 900 problems more could not be listed; mend those above first"
	if got := strings.Split(strings.TrimSpace(problems(l)), "\n"); len(got) != maxProblems+1 || got[maxProblems] != want {
		t.Errorf("%d problems, the last %q", len(got), got[len(got)-1])
	}
}

func BenchmarkMarkdown(b *testing.B) {
	var list strings.Builder
	for i := range 20000 {
		if i%100 == 0 {
			fmt.Fprintf(&list, "\n## Section %d\n\n", i/100)
		}
		fmt.Fprintf(&list, "- [Title number %d](https://example%d.org/path/%d) - Some words.\n", i, i%1000, i)
	}
	content := []byte(list.String())
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if n := len(Parse("list.md", Markdown, content).Placements); n != 20000 {
			b.Fatal(n)
		}
	}
}
