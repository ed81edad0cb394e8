package listfile

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestText(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"one per line", "https://a.example/x\n\n  https://b.example  \r\nhttps://c.example",
			"1:1 |https://a.example/x|other|https://a.example/x\n3:3 |https://b.example|other|https://b.example\n4:1 |https://c.example|other|https://c.example\n"},
		{"the line is the title", "- A thing: https://a.example (old)\n* https://b.example - B\n",
			"1:12 |A thing (old)|other|https://a.example\n2:3 |B|other|https://b.example\n"},
		{"several in prose", "See https://a.example, (https://b.example/x_(y)), and www.c.example.",
			"1:5 |https://a.example|other|https://a.example\n1:25 |https://b.example/x_(y)|other|https://b.example/x_(y)\n1:55 |http://www.c.example|other|http://www.c.example|www.c.example\n"},
		{"headings", "# Books\nhttps://a.example\n## Sub\nhttps://b.example\n# T: U\nhttps://c.example\n",
			"2:1 Books|https://a.example|book|https://a.example\n4:1 Books/Sub|https://b.example|book|https://b.example\n6:1 T: U|https://c.example|other|https://c.example\n"},
		{"commented out", "# A\n# https://a.example\nhttps://b.example\n", "3:1 A|https://b.example|other|https://b.example\n"},
		{"Markdown link", "[A](https://a.example) [B] (https://b.example)", "1:1 |A|other|https://a.example\n1:24 |B|other|https://b.example\n"},
		{"nothing", "\n\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := Parse("list.txt", Text, []byte(test.content))
			if diff := cmp.Diff(test.want, brief(test.content, l)); diff != "" {
				t.Error(diff)
			}
			checkListing(t, []byte(test.content), l)
		})
	}
}
