package web

import (
	"strings"
	"unicode"
)

// harmless returns a text without what could fool a reader. Titles and file names come from all over the web, and
// may hold control characters, which programs that the text is copied into may obey, and marks that reorder what
// follows them. Control characters become their pictures (U+2400 to U+2421) so that they are seen; the marks are
// left out, apart from those that only say which way a letter goes (U+200E, U+200F, U+061C), which right-to-left
// titles need and which reach no further than their element.
func harmless(text string) string {
	if strings.IndexFunc(text, fools) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !fools(r):
			return r
		case r < 0x20:
			return 0x2400 + r
		case r == 0x7f:
			return 0x2421
		case r <= 0x9f:
			return unicode.ReplacementChar
		}
		return -1
	}, text)
}

func fools(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20 || r >= 0x7f && r <= 0x9f:
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
