package listfile

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// slugger makes the fragments that GitHub gives to the headings of a document. The rules are those of the
// github-slugger library: lower case, spaces to hyphens, all punctuation and emoji removed, and -1, -2 … for
// headings that would share one.
type slugger struct {
	used  map[string]int
	lower cases.Caser
}

func newSlugger() *slugger {
	return &slugger{used: map[string]int{}, lower: cases.Lower(language.Und)}
}

// slug returns the fragment of the next heading.
func (s *slugger) slug(heading string) string {
	base := s.plain(heading)
	result := base
	for {
		if _, taken := s.used[result]; !taken {
			break
		}
		s.used[base]++
		result = base + "-" + strconv.Itoa(s.used[base])
	}
	s.used[result] = 0
	return result
}

func (s *slugger) plain(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || isWord(r):
			return r
		}
		return -1
	}, s.lower.String(heading))
}

// isWord reports whether a character stays in a slug: letters and what counts as alphabetic, marks, decimal digits
// and connecting punctuation (the property Word of Unicode Technical Standard #18).
func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) ||
		unicode.In(r, unicode.Pc, unicode.Nl, unicode.Other_Alphabetic)
}
