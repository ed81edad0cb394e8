package listfile

import (
	"strings"
	"testing"
	"unicode/utf8"

	"waymark/catalog"
)

func TestSlugs(t *testing.T) {
	// One document: later headings see the earlier ones.
	tests := []struct{ heading, want string }{
		{"Hello World", "hello-world"}, {"Hello  World", "hello--world"}, {"hello world", "hello-world-1"}, {"Hello World 1", "hello-world-1-1"},
		{"C++ & C#", "c--c"}, {"a_b-c.d", "a_b-cd"}, {"🎉 Party", "-party"}, {"⬆️ Up", "️-up"}, {"日本語、です", "日本語です"},
		{"Ünïcode ÄÖ", "ünïcode-äö"}, {"ΑΣ", "ας"}, {"I ♥ you", "i--you"}, {"1. One", "1-one"}, {"½ ² Ⅷ", "--ⅷ"}, {"हिन्दी", "हिन्दी"}, {"a—b", "ab"},
	}
	s := newSlugger()
	for _, test := range tests {
		if got := s.slug(test.heading); got != test.want {
			t.Errorf("%q: got %q, want %q", test.heading, got, test.want)
		}
	}
}

func TestKinds(t *testing.T) {
	tests := []struct {
		name, content string
		want          catalog.Kind
	}{
		{"type", "- [@feed@A](https://a.example)", catalog.Feed},
		{"type before all else", "## Books\n- 📺 [@course@A](https://youtu.be/x) (PDF)", catalog.Course},
		{"emoji before", "- 🎙️ [A](https://a.example)", catalog.Podcast},
		{"emoji in the title", "- [A 📖](https://a.example)", catalog.Book},
		{"emoji after", "- [A](https://a.example) 🎓 - Text.", catalog.Course},
		{"emoji of a neighbour", "- [B](https://b.example) and 📺 more [A](https://a.example)", catalog.Other},
		{"word after", "- [A](https://a.example) (Video)", catalog.Video},
		{"word before", "- **[Book]** [A](https://a.example)", catalog.Book},
		{"word at the end", "* [A](https://a.example) - Jane Doe (PDF, EPUB)", catalog.Book},
		{"word in the title", "- [A (Paper)](https://a.example)", catalog.Paper},
		{"word in prose", "- [A](https://a.example) - Makes a (video) smaller.", catalog.Other},
		{"heading", "## 🎥 Free Videos\n### Go\n- [A](https://a.example)", catalog.Video},
		{"heading that names two", "## Books and Videos\n- [A](https://a.example)", catalog.Other},
		{"heading before PDF", "## Papers\n- [A](https://a.example) (PDF)", catalog.Paper},
		{"heading that only sounds so", "## Book keeping\n- [A](https://a.example)", catalog.Other},
		{"repository", "- [A](https://github.com/a/b/)", catalog.OpenSource},
		{"file of a repository", "- [A](https://github.com/a/b/blob/main/c)", catalog.Other},
		{"page of GitHub's own", "- [A](https://github.com/sponsors/a)", catalog.Other},
		{"video host", "- [A](https://www.youtube.com/watch?v=x)", catalog.Video},
		{"table", "|a|b|\n|-|-|\n|[A](https://a.example)|📺|", catalog.Other},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, p := range Parse("list.md", Markdown, []byte(test.content)).Placements {
				if strings.HasPrefix(p.Title, "A") && p.Kind != test.want {
					t.Errorf("%q is %s, want %s", p.Title, p.Kind, test.want)
				}
			}
		})
	}
}

func TestKindNamesHoldEveryKind(t *testing.T) {
	for _, kind := range catalog.Kinds() {
		if kindNames[string(kind)] != kind {
			t.Errorf("no list can say %q", kind)
		}
	}
}

func TestBadges(t *testing.T) {
	for address, want := range map[string]bool{
		"https://img.shields.io/npm/v/x":                       true,
		"https://badge.fury.io/js/x.svg":                       true,
		"https://github.com/a/b/actions/workflows/c/badge.svg": true,
		"https://awesome.re/badge-flat2.svg":                   true,
		"https://github.com/a/b/raw/main/logo.svg":             false,
		"https://notshields.io/x.svg":                          false,
		"logo.png":                                             false,
		"://":                                                  false,
	} {
		if got := isBadge(address); got != want {
			t.Errorf("%s: badge is %t", address, got)
		}
	}
}

func TestIndex(t *testing.T) {
	content := []byte("a\nb\r\nc\rd\n\n\re")
	x := newIndex(content)
	all := places(content)
	for offset := range len(content) + 1 {
		line, column := x.at(offset)
		if want, ok := all[[2]int{line, column}]; !ok || want != offset {
			t.Errorf("offset %d is not at %d:%d", offset, line, column)
		}
		if start, end := x.line(line); offset < start || offset > end || offset-start+1 != column {
			t.Errorf("offset %d, line %d is [%d,%d)", offset, line, start, end)
		}
	}
}

func TestOneLine(t *testing.T) {
	tests := []struct{ text, want string }{
		{" a \t\n b\u00a0c ", "a b c"},
		{"a\x1b[31mb\x00\u202ec\u200bd", "a[31mbcd"},
		{"a" + string(rune(sub)), "a\uFFFD"},
		{"👩\u200d🔬", "👩\u200d🔬"},
		{" ", ""},
	}
	for _, test := range tests {
		if got := oneLine(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
	if n := utf8.RuneCountInString(oneLine(strings.Repeat("ü ", 1000))); n > maxTitle || n < maxTitle-1 {
		t.Errorf("%d runes", n)
	}
}
