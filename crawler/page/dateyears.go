package page

import (
	"bytes"
	"iter"
	"strings"
)

const (
	yearsAhead  = 256 << 10 // how many bytes behind the head are searched for dates
	yearsBehind = 64 << 10  // and how many at the end of the document
)

// years gives the places where a number of four digits that can be a year begins. Every fourth byte is looked at, since
// four digits in a row always cover one of these; so the search costs a fraction of a walk over the markup.
func years(src []byte, from int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := from + 3; at < len(src); at += 4 {
			if at-from > yearsAhead && len(src)-at > yearsBehind {
				at = len(src) - yearsBehind
			}
			if !isDigit(src[at]) {
				continue
			}
			start, end := at, at+1
			for start > from && isDigit(src[start-1]) && at-start < 8 {
				start--
			}
			for end < len(src) && isDigit(src[end]) {
				end++
			}
			if end-start == 4 && (src[start] == '2' && src[start+1] == '0' || src[start] == '1' && src[start+1] == '9' && src[start+2] == '9') && !yield(start) {
				return
			}
			at = end - 1
		}
	}
}

// foreignYears gives the places of years of this century in the digits of other scripts, for pages in languages that
// write them.
func foreignYears(src []byte, from int, language string) iter.Seq[int] {
	return func(yield func(int) bool) {
		base, _, _ := strings.Cut(strings.ToLower(language), "-")
		for _, script := range [...]struct{ languages, twenty string }{
			{"ar", "٢٠"}, {"fa ur ps ckb", "۲۰"}, {"hi mr ne", "२०"}, {"ja zh", "２０"},
		} {
			if base == "" || !strings.Contains(script.languages, base) {
				continue
			}
			for at := from; ; at += len(script.twenty) {
				i := bytes.Index(src[at:min(len(src), from+yearsAhead)], []byte(script.twenty))
				if i < 0 {
					break
				}
				if at += i; !yield(at) {
					return
				}
				if at+len(script.twenty) > from+yearsAhead {
					break
				}
			}
		}
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
