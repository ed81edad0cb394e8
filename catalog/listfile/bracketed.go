package listfile

import (
	"bytes"
	"unicode/utf8"
)

// The ways in which an inline link is broken that people do not see in their source.
const (
	brokenSpace     = "a space between ] and ( keeps this from being a link; remove it"
	brokenFullWidth = "the link is closed by a full-width parenthesis; write ) instead"
	brokenOpen      = "the link is not closed; write ) behind the address"
	brokenAddress   = "a space within the address keeps this from being a link; write %20, or put the address in < >"
)

// bracketed looks whether a bare URL is the address of "[title](url)" that was not read as a link: text[from:] up
// to the URL is searched for the brackets. It returns where "[" stands, the title, and what is wrong, if anything.
func bracketed(text []byte, from int, u bare) (open int, title, broken string, ok bool) {
	const reach = 4 * maxTitle
	from = max(from, u.start-reach)
	before := bytes.TrimSuffix(text[from:u.start], []byte("<"))
	head, round := bytes.CutSuffix(before, []byte("("))
	if !round {
		return 0, "", "", false
	}
	if trimmed := bytes.TrimRight(head, " \t"); len(trimmed) < len(head) {
		head, broken = trimmed, brokenSpace
	}
	head, square := bytes.CutSuffix(head, []byte("]"))
	at := openBracket(head)
	if !square || at < 0 || bytes.IndexByte(head[at:], '\n') >= 0 {
		return 0, "", "", false
	}
	switch r, _ := utf8.DecodeRune(text[u.end:]); {
	case r == '）':
		broken = brokenFullWidth
	case r == '\n', u.end == len(text):
		broken = brokenOpen
	}
	return from + at, string(head[at+1:]), broken, true
}

// openBracket returns where the "[" stands that belongs to a "]" just past the text, or -1.
func openBracket(text []byte) int {
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ']':
			depth++
		case '[':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}
