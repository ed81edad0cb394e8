package listfile_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"waymark/catalog/listfile"
)

func TestQuoteIsTheLineOfALink(t *testing.T) {
	long := strings.Repeat("wörd ", 80)
	tests := []struct {
		name, file, content string
		want                []string
	}{
		{"bullet", "a.md", "# H\n\n  - [One](https://one.example/) - the first.\r\n", []string{"- [One](https://one.example/) - the first."}},
		{"two on a line", "a.md", "* [One](https://one.example/) ([Demo](https://two.example/))\n",
			[]string{"* [One](https://one.example/) ([Demo](https://two.example/))", "* [One](https://one.example/) ([Demo](https://two.example/))"}},
		{"reference", "a.md", "See [One][1] for more.\n\n[1]: https://one.example/\n", []string{"See [One][1] for more."}},
		{"what cannot be seen", "a.md", "- [One](https://one.example/)\t\x1b[31mred \u202eback\u202c \xff\n", []string{"- [One](https://one.example/) [31mred back \uFFFD"}},
		{"data", "a.yaml", "- title: One\n  url: https://one.example/\n", []string{"url: https://one.example/"}},
		{"last without an end", "a.txt", "One https://one.example/", []string{"One https://one.example/"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			listing := listfile.Parse(tt.file, listfile.Auto, []byte(tt.content))
			listfile.Quote(&listing, []byte(tt.content))
			var got []string
			for _, p := range listing.Placements {
				got = append(got, p.Quote)
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("a long line", func(t *testing.T) {
		content := long + "[One](https://one.example/) " + long + "[Two](https://two.example/) " + long
		listing := listfile.Parse("a.md", listfile.Auto, []byte(content))
		listfile.Quote(&listing, []byte(content))
		for _, p := range listing.Placements {
			link := "[" + p.Title + "](" + p.URL + ")"
			if !strings.Contains(p.Quote, link) || !strings.HasPrefix(p.Quote, "…") || !strings.HasSuffix(p.Quote, "…") {
				t.Errorf("%q is not the part of the line around %s", p.Quote, link)
			}
			if len(p.Quote) > 306 || !utf8.ValidString(p.Quote) || strings.Contains(p.Quote, "\uFFFD") {
				t.Errorf("%q has %d bytes", p.Quote, len(p.Quote))
			}
		}
		if len(listing.Placements) != 2 {
			t.Errorf("%d links", len(listing.Placements))
		}
	})
}
