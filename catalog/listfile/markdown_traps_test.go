package listfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each of these goes wrong in goldmark 1.8.7, or in its extensions, when it is used as it comes.
func TestMarkdownTraps(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"the list after an empty nested bullet is no code", "- a\n  * b\n  *\n\n  - [A](https://a.example)\n\n- x\n  - y\n  -\n\n    - [B](https://b.example)\n",
			"5:5 |A|other|https://a.example\n11:7 |B|other|https://b.example\n"},
		{"a link named x is no check box", "- [x](https://a.example)\n- [x] [A](https://b.example)\n",
			"1:3 |x|other|https://a.example\n2:7 |A|other|https://b.example\n"},
		{"a bare URL goes on beyond ASCII", "x https://a.example/ü/y", "1:3 |https://a.example/ü/y|other|https://a.example/ü/y\n"},
		{"a bare URL starts where it starts", "x https://a.example\nhttps://b.example\n(https://c.example)",
			"1:3 |https://a.example|other|https://a.example\n2:1 |https://b.example|other|https://b.example\n3:2 |https://c.example|other|https://c.example\n"},
		{"columns behind tabs", "-\t[A](https://a.example)\n\t- https://b.example\n", "1:3 |A|other|https://a.example\n2:4 |https://b.example|other|https://b.example\n"},
		{"an underline of one hyphen stays a heading", "# T\nS\n-\n\n[A](https://a.example)\n", "5:1 S|A|other|https://a.example\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := Parse("list.md", Markdown, []byte(test.content))
			if diff := cmp.Diff(test.want, brief(test.content, l)); diff != "" {
				t.Error(diff)
			}
			checkListing(t, []byte(test.content), l)
		})
	}
}

func TestMarkdownBrokenByPeople(t *testing.T) {
	tests := []struct{ name, content, want, problem string }{
		{"space before the parenthesis", "- [A] (https://a.example/x) - B", "1:3 |A|other|https://a.example/x\n", "1:3 " + brokenSpace + "\n"},
		{"space in the address", "- [A](https://a.example/x y) [B](b)", "1:3 |A|other|https://a.example/x y\n1:30 |B|other|b\n", "1:3 " + brokenAddress + "\n"},
		{"template variable", "- [A]({{ site.url }}/x) [B]({{b}})", "1:3 |A|other|{{ site.url }}/x\n1:25 |B|other|{{b}}\n", "1:3 " + brokenAddress + "\n"},
		{"full-width parenthesis", "- [A](https://a.example/x） - B (C)", "1:3 |A|other|https://a.example/x\n", "1:3 " + brokenFullWidth + "\n"},
		{"slips of the scheme", "[A](ttps://a.example) [B](hhttps://b.example) [C](https:/c.example) [D](www。d。example)",
			"1:1 |A|other|ttps://a.example\n1:23 |B|other|hhttps://b.example\n1:47 |C|other|https:/c.example\n1:69 |D|other|www。d。example\n", ""},
		{"control byte", "[A](\x08https://a.example)", "1:1 |A|other|\x08https://a.example\n", ""},
		{"no address", "[A]() [B](b)", "1:7 |B|other|b\n", "1:1 a link without an address\n"},
		{"unknown type", "[@sonnet@A](a)", "1:1 |A|other|a\n", "1:1 unknown type @sonnet@; the link counts as other\n"},
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

// A file that is larger than a window reads like its parts.
func TestMarkdownWindows(t *testing.T) {
	var b strings.Builder
	var want []string
	link := func(form string) {
		url := fmt.Sprintf("https://%d.example/%s", len(want), strings.Repeat("x", 20))
		fmt.Fprintf(&b, form, url)
		want = append(want, url)
	}
	for range 4 {
		b.WriteString("## Bullets\n\n")
		for range 400 {
			link("- [A](%s)\n  text\n\n      code https://code.example\n\n")
			link("  1. <%s>\n")
		}
		b.WriteString("\n## Paragraph\n\n")
		for range 800 {
			link("%s and\n     more\n")
		}
		b.WriteString("\n## Table\n\n|a|b|\n|-|-|\n")
		for range 400 {
			link("|[A](%s)|b|\n")
		}
		b.WriteString("\n## Code\n\n```\n" + strings.Repeat("# https://code.example\n", 2000) + "```\n\n")
		b.WriteString("<!--\n" + strings.Repeat("https://comment.example\n\n", 2000) + "-->\n\n")
		link("[late]\n\n[late%[1]s]: x\n")
		want = want[:len(want)-1]
	}
	b.WriteString("\n[late]: https://late.example\n")
	l := Parse("list.md", Markdown, []byte(b.String()))
	var got []string
	for _, p := range l.Placements {
		if p.URL != "https://late.example" {
			got = append(got, p.URL)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(l.Placements) - len(got); n != 4 {
		t.Errorf("%d uses of a definition at the end of the file, want 4", n)
	}
	checkListing(t, []byte(b.String()), l)
}
