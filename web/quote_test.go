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
		want                    []quotePart
	}{
		{"markdown", "- [One](https://one.example/) - the first.", "One", url,
			[]quotePart{{Text: "- ["}, words, {Text: "]("}, to, {Text: ") - the first."}}},
		{"the same word before and after", "- One: [One](https://one.example/) One", "One", url,
			[]quotePart{{Text: "- One: ["}, words, {Text: "]("}, to, {Text: ") One"}}},
		{"the address first", `<a href="https://one.example/">One</a>`, "One", url,
			[]quotePart{{Text: `<a href="`}, to, {Text: `">`}, words, {Text: "</a>"}}},
		{"no words of its own", "See https://one.example/ for more", url, url,
			[]quotePart{{Text: "See "}, {url, "words", ""}, {Text: " for more"}}},
		{"reference", "See [One][1].", "One", url, []quotePart{{Text: "See ["}, words, {Text: "][1]."}}},
		{"marked up", "- [**One** `x`](https://one.example/)", "One x", url,
			[]quotePart{{Text: "- [**One** `x`]("}, to, {Text: ")"}}},
		{"neither stands in it", "- [&amp;]: <x>", "&", "https://&.example", []quotePart{{Text: "- [&amp;]: <x>"}}},
		{"nothing but the address", url, "One", url, nil},
		{"not kept", "", "One", url, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := quoteParts(catalog.Place{Placement: catalog.Placement{Quote: tt.quote, Title: tt.title, URL: tt.url}})
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
