package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTitle is how many characters of a title are kept.
const maxTitle = 300

// clean makes a title of a text: one line of valid UTF-8 without control characters, white space collapsed, cut
// with an ellipsis to 300 characters.
func clean(s string) string {
	var b strings.Builder
	n, gap := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = n > 0
			continue
		case isInvisible(r):
			continue
		}
		if gap {
			b.WriteByte(' ')
			n, gap = n+1, false
		}
		b.WriteRune(r)
		n++
		if n > maxTitle {
			break
		}
	}
	return shorten(b.String(), maxTitle)
}

// shorten cuts a text to at most n characters, the last of which then is an ellipsis.
func shorten(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:n-1]), " ") + "…"
}

// isInvisible reports what has no place in a line of text that others will print: control characters, the marks
// that turn the direction of writing (UAX #9, section 2) and characters of no width. The joiners U+200C and
// U+200D stay: Persian, Indic scripts and emoji are spelled with them.
func isInvisible(r rune) bool {
	switch {
	case unicode.IsControl(r):
		return true
	case r == 0x00ad, r == 0x061c, r == 0x180e, r == 0x200b, r == 0x200e, r == 0x200f, r == 0xfeff:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0xfff9 && r <= 0xfffb:
		return true
	}
	return false
}

// language returns a language tag as declared, "" for what is none. A list of languages is none: it says for
// whom a page is, not what it is written in (HTML standard, section 4.2.5.3).
func language(declared string) string {
	declared = strings.TrimSpace(declared)
	if len(declared) < 2 || len(declared) > 35 || !isLetter(declared[0]) {
		return ""
	}
	for _, c := range []byte(declared) {
		if !isLetter(c) && (c < '0' || c > '9') && c != '-' && c != '_' {
			return ""
		}
	}
	return declared
}
