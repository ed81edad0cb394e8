package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

func TestALineOfAListIsTakenApart(t *testing.T) {
	const url = "https://one.example/"
	words, to := quotePart{"One", "words", ""}, quotePart{"one.example", "to", url}
	tests := []struct {
		name, quote, title, url string
		column                  int // 0 where the reader cannot tell
		want                    []quotePart
	}{
		{"markdown", "- [One](https://one.example/) - the first.", "One", url, 0,
			[]quotePart{{Text: "- ["}, words, {Text: "]("}, to, {Text: ") - the first."}}},
		{"the same word before and after", "- One: [One](https://one.example/) One", "One", url, 0,
			[]quotePart{{Text: "- One: ["}, words, {Text: "]("}, to, {Text: ") One"}}},
		{"the address first", `<a href="https://one.example/">One</a>`, "One", url, 0,
			[]quotePart{{Text: `<a href="`}, to, {Text: `">`}, words, {Text: "</a>"}}},
		{"no words of its own", "See https://one.example/ for more", url, url, 0,
			[]quotePart{{Text: "See "}, {url, "words", ""}, {Text: " for more"}}},
		{"reference", "See [One][1].", "One", url, 0, []quotePart{{Text: "See ["}, words, {Text: "][1]."}}},
		{"marked up", "- [**One** `x`](https://one.example/)", "One x", url, 0,
			[]quotePart{{Text: "- [**One** `x`]("}, to, {Text: ")"}}},
		{"neither stands in it", "- [&amp;]: <x>", "&", "https://&.example", 0, []quotePart{{Text: "- [&amp;]: <x>"}}},
		{"nothing but the address", url, "One", url, 0, nil},
		{"not kept", "", "One", url, 0, nil},
		{"twice, the first", "- [One](https://one.example/) [One](https://one.example/)", "One", url, 3,
			[]quotePart{{Text: "- ["}, words, {Text: "]("}, to, {Text: ") [One](https://one.example/)"}}},
		{"twice, the second, indented", "- [One](https://one.example/) [One](https://one.example/)", "One", url, 36,
			[]quotePart{{Text: "- [One](https://one.example/) ["}, words, {Text: "]("}, to, {Text: ")"}}},
		{"it begins another", "- [One](https://one.example/) [More](https://one.example/more)", "One", url, 3,
			[]quotePart{{Text: "- ["}, words, {Text: "]("}, to, {Text: ") [More](https://one.example/more)"}}},
		{"the words before, too", `One <a href="https://one.example/">One</a> One`, "One", url, 5,
			[]quotePart{{Text: `One <a href="`}, to, {Text: `">`}, words, {Text: "</a> One"}}},
		{"written out twice", "See https://one.example/ or https://one.example/more", url, url, 5,
			[]quotePart{{Text: "See "}, {url, "words", ""}, {Text: " or https://one.example/more"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := quoteParts(catalog.Place{Placement: catalog.Placement{Quote: tt.quote, Column: tt.column, Title: tt.title, URL: tt.url}})
			if tt.name == "neither stands in it" {
				got = []quotePart{{Text: joined(got)}}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func joined(parts []quotePart) (text string) {
	for _, p := range parts {
		text += p.Text
	}
	return text
}
