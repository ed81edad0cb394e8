package listfile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdownLinks(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"inline", "- [A](https://a.example/x)\n", "1:3 |A|other|https://a.example/x\n"},
		{"title in quotes", `[A](https://a.example "T") [B](https://b.example 'T') [C](https://c.example (T))`,
			"1:1 |A|other|https://a.example\n1:28 |B|other|https://b.example\n1:55 |C|other|https://c.example\n"},
		{"angle brackets", "[A]( <https://a.example/x y> )", "1:1 |A|other|https://a.example/x y\n"},
		{"parentheses", "([A](https://a.example/x_(y)))", "1:2 |A|other|https://a.example/x_(y)\n"},
		{"escapes and entities", `[A](https://a.example/\(x\)?a&amp;b&copy=1)`,
			"1:1 |A|other|https://a.example/(x)?a&b&copy=1|https://a.example/\\(x\\)?a&amp;b&copy=1\n"},
		{"destination on the next line", "> [A](\n> https://a.example\n> 'T')\n", "1:3 |A|other|https://a.example\n"},
		{"reference, several uses", "[A][r] [r][] [r]\n\n[r]:\n  <https://a.example>\n[unused]: https://b.example\n",
			"1:1 |A|other|https://a.example\n1:8 |r|other|https://a.example\n1:14 |r|other|https://a.example\n"},
		{"reference, the first definition wins", "[A]\n\n[a]: https://a.example\n[A]: https://b.example\n", "1:1 |A|other|https://a.example\n"},
		{"reference defined in a quotation", "[A]\n\n> - [a]: https://a.example\n", "1:1 |A|other|https://a.example\n"},
		{"autolink", "x <https://a.example/ü> <me@a.example>", "1:3 |https://a.example/ü|other|https://a.example/ü\n"},
		{"raw HTML", "x <a title=t href='https://a.example?a&amp;b'>A <b>B</b></a>, <A HREF=https://b.example>B</A>",
			"1:3 |A B|other|https://a.example?a&b|https://a.example?a&amp;b\n1:63 |B|other|https://b.example\n"},
		{"raw HTML block", "<div>\n <a\n  href=\" https://a.example \">A\n  B</a><a name=x>no</a>\n</div>", "2:2 |A B|other|https://a.example\n"},
		{"raw HTML in a quotation", "> <div>\n> <a href='https://a.example'>A</a>\n", "2:3 |A|other|https://a.example\n"},
		{"table", "| a | b |\n|---|---|\n| [A](https://a.example/x\\|y) | https://b.example |\n",
			"3:3 |A|other|https://a.example/x|y|https://a.example/x\\|y\n3:33 |https://b.example|other|https://b.example\n"},
		{"nested bullets", "- [A](https://a.example)\n  - [B](https://b.example)\n    1. [C](https://c.example)\n",
			"1:3 |A|other|https://a.example\n2:5 |B|other|https://b.example\n3:8 |C|other|https://c.example\n"},
		{"secondary links keep their title", "- [A](https://a.example) - Text. ([Demo](https://b.example), [Source Code](https://c.example))",
			"1:3 |A|other|https://a.example\n1:35 |Demo|other|https://b.example\n1:62 |Source Code|other|https://c.example\n"},
		{"markup in the title", "[*A* **b** `c` ~~d~~ e\\_f &amp; ![g](h.png)\n i](https://a.example)", "1:1 |A b c d e_f & i|other|https://a.example\n"},
		{"relative and fragment", "[A](docs/a.md) [B](#b) [C](/c)", "1:1 |A|other|docs/a.md\n1:16 |B|other|#b\n1:24 |C|other|/c\n"},
		{"no text", "[](https://a.example)", "1:1 |https://a.example|other|https://a.example\n"},
		{"footnote", "A[^1]\n\n[^1]: see https://a.example.\n[^2]: https://b.example\n",
			"3:11 |https://a.example|other|https://a.example\n4:7 |https://b.example|other|https://b.example\n"},
		{"struck out", "~~[A](https://a.example)~~", "1:3 |A|other|https://a.example\n"},
		{"link in a heading", "# T\n\n## [A](https://a.example)\n\n[B](https://b.example)\n", "3:4 |A|other|https://a.example\n5:1 A|B|other|https://b.example\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := Parse("list.md", Markdown, []byte(test.content))
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

func TestMarkdownBareURLs(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"end of a sentence", "See https://a.example/x, https://b.example. (https://c.example/a_(b)); \"https://d.example\"!",
			"https://a.example/x https://b.example https://c.example/a_(b) https://d.example"},
		{"beyond ASCII", "https://a.example/日本語/ü?q=é rest", "https://a.example/日本語/ü?q=é"},
		{"between full-width punctuation", "（见：https://a.example/x），https://b.example。", "https://a.example/x https://b.example"},
		{"emphasis around and inside", "*https://a.example/a_b_c* **https://b.example/*x*/y** _https://c.example_", "https://a.example/a_b_c https://b.example/*x*/y https://c.example"},
		{"next to a link", "https://a.example,[B](https://b.example)", "https://a.example https://b.example"},
		{"in brackets", "[https://a.example] [x https://b.example", "https://a.example https://b.example"},
		{"text of a link", "[https://a.example](https://b.example)", "https://b.example"},
		{"text of an HTML link", `x <a href="https://b.example">https://a.example</a> https://c.example`, "https://b.example https://c.example"},
		{"without a scheme", "www.a.example/x and awww.no www.", "http://www.a.example/x"},
		{"ideographic full stops", "www。a。example", "http://www。a。example"},
		{"slips", "ttps://a.example hhttps://b.example https:/c.example ftp://d.example", "ttps://a.example hhttps://b.example https:/c.example ftp://d.example"},
		{"no URLs", "http: https:// xhttp://a.example http://. javascript://x", ""},
		{"entity", "https://a.example/?a&amp;b&gt;", "https://a.example/?a&b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := Parse("list.md", Markdown, []byte(test.content))
			if got := urls(l); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			checkListing(t, []byte(test.content), l)
		})
	}
}

func TestMarkdownPassesOver(t *testing.T) {
	tests := []struct{ name, content string }{
		{"fenced code", "```\n[A](https://a.example)\n```\n~~~ sh\nhttps://b.example\n~~~\n"},
		{"indented code", "text\n\n    [A](https://a.example)\n"},
		{"code span", "`https://a.example` ``[A](https://a.example)``"},
		{"comments", "<!-- https://a.example [A](https://a.example) -->\n\nx <!-- <a href='https://a.example'> -->\n"},
		{"verbatim HTML", "<pre><a href='https://a.example'>A</a></pre>\n\n<script>\nx='<a href=\"https://a.example\">'\n</script>\n\n<style>\n@import 'https://a.example';\n</style>\n"},
		{"code in HTML", "x <code>https://a.example</code>"},
		{"images", "![A](https://a.example/a.png) ![B][b] <img src='https://a.example/a.png'>\n\n[b]: https://b.example/b.png\n"},
		{"badges", "[![Build](https://img.shields.io/x.svg)](https://ci.example) [![A](https://github.com/a/b/actions/workflows/c/badge.svg) ![B](https://codecov.io/b.svg)](https://a.example)\n<a href='https://a.example'><img src='https://awesome.re/badge-flat.svg'></a>"},
		{"unused definitions", "[a]: https://a.example\n"},
		{"front matter", "---\nurl: https://a.example\nbroken: [\n---\n"},
		{"TOML front matter", "+++\nurl = 'https://a.example'\n+++\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			content := test.content + "\n[Z](https://z.example)\n"
			l := Parse("list.md", Markdown, []byte(content))
			if got := urls(l); got != "https://z.example" {
				t.Errorf("got %s", got)
			}
			checkListing(t, []byte(content), l)
		})
	}
}

func TestMarkdownImageThatIsNoBadge(t *testing.T) {
	content := "[![The logo](logo.png)](https://a.example) [![Build](https://img.shields.io/x.svg) Docs](https://b.example)\n<a href='https://c.example'><img src='c.png' alt='C'></a>"
	want := "1:1 |The logo|other|https://a.example\n1:44 |Docs|other|https://b.example\n2:1 |C|other|https://c.example\n"
	if diff := cmp.Diff(want, brief(content, Parse("list.md", Markdown, []byte(content)))); diff != "" {
		t.Error(diff)
	}
}

func TestMarkdownSections(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"a single title is no section", "# T\n[A](a)\n## *S*  `x`\n[B](b)\n#### Deep\n[C](c)\n## Z\n[D](d)\n", "; S x; S x/Deep; Z"},
		{"several titles are", "# T\n[A](a)\n## S\n[B](b)\n# U\n[C](c)\n", "T; T/S; U"},
		{"setext", "T\n===\nS\n---\n[A](a)\n", "S"},
		{"raw HTML", "<h1 align=center>T</h1>\n\n<h2>S <img alt=x></h2>\n\n[A](a)\n", "S"},
		{"raw HTML around a link", "## S\n\n<h2><a href=a>Ad</a></h2>\n\n[B](b)\n", "; "},
		{"no words", "## S\n##\n[A](a)\n", ""},
		{"link and emoji", "## 📚 [Books](#b) \x07here\n[A](a)\n", "; 📚 Books here"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, p := range Parse("list.md", Markdown, []byte(test.content)).Placements {
				got = append(got, strings.Join(p.Section, "/"))
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMarkdownAnchors(t *testing.T) {
	content := "# The *Big* `List`!\n## A\n## A\n<h2 id='own'>A</h2>\n\nx <a name=\"n&amp;m\"></a> [<a id=in></a>B](b)\n"
	want := []string{"the-big-list", "a", "a-1", "own", "a-2", "n&m", "in"}
	if diff := cmp.Diff(want, Parse("list.md", Markdown, []byte(content)).Anchors); diff != "" {
		t.Error(diff)
	}
	if got := Parse("list.md", Markdown, []byte("text")).Anchors; got == nil || len(got) > 0 {
		t.Errorf("a Markdown file without headings offers no fragment, which is known: got %#v", got)
	}
}
