package listfile

import (
	"bytes"
	"testing"
)

// seeds are small files of every construct, and of the ways to break one.
var seeds = []string{
	"", "\xEF\xBB\xBF", "# T\n\n- [@video@A](<https://a.example/x y> \"t\")\n", "[A][r] [r]\n\n[r]:\n <b> 'c\nd'\n",
	"> - [a](\n> b)\n>\n> <a href='c\n> d'>e</a>\n", "|a|\n|-|\n|`x\\|y` [b](c\\|d)|\n", "<https://a.example> www.a.example/ü_*b*_ ttps://b",
	"---\na: [\n---\n[x](y)", "-\n\n    -\n  * \n\n[^1]: x\n", "[a] (https://b.example) [c]({{ d }}) [e](https://f）g (h)",
	"<pre><a href=x></pre><h2 id=y>z\n\n<!-- [a](b)\n-->", "a\r[b](c)\r\n\x00\xff\xfe[\xe9](\xe9)", "\t- [a](b)\n \t [c]\n[c]:\t<d>\n===",
	"[![a](https://img.shields.io/b)](c) ![d][e] [f ![g](h)](i)", "`[a](b)` ``` c\n~~~\n[d](e)\n", "a: https://b.example\nc: [\"d\", 'https://e']\n",
	"- &a {url: \"https://b\\u00e9\", name: |\n  c}\n- *a\n", "? https://a\n: - >-\n   https://b\n---\n\"", "# a\nhttps://b.example (c), https://d.\n## e", "[a\\](b) \\[c](d) [e](f\\)g)&#x41;&amp;",
	"[](< y>)", "ttp://a:\x1a", "[](\x08)",
}

func fuzz(f *testing.F, format Format) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		given := bytes.Clone(content)
		l := Parse("list", format, content)
		if !bytes.Equal(given, content) {
			t.Fatal("the content was changed")
		}
		checkListing(t, content, l)
	})
}

func FuzzMarkdown(f *testing.F) { fuzz(f, Markdown) }

func FuzzYAML(f *testing.F) { fuzz(f, YAML) }

func FuzzText(f *testing.F) { fuzz(f, Text) }
