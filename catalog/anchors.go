package catalog

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Anchors are the fragments that a page or file offers, by [FoldAnchor], to tell which one a link meant. Of those that are
// the same when folded two are kept.
type Anchors map[string][]string

// Add adds a fragment, as it is written in the page.
func (a Anchors) Add(name string) {
	folded := FoldAnchor(name)
	if same := a[folded]; len(same) < 2 && !slices.Contains(same, name) { // two are too many to choose from
		a[folded] = append(a[folded], name)
	}
}

// Nearest returns the one anchor that differs from a fragment in case and punctuation only, else the one that is a
// single letter away, percent-encoded as a fragment; "" when there is none or more than one.
func (a Anchors) Nearest(fragment string) string {
	want := FoldAnchor(DecodeFragment(fragment))
	if len(want) < 3 {
		return ""
	}
	if same := a[want]; len(same) == 1 {
		return escapeFragment(same[0])
	}
	meant := ""
	for folded, names := range a {
		if len(folded) > 5 && oneEdit(folded, want) {
			if meant != "" || len(names) > 1 {
				return ""
			}
			meant = names[0]
		}
	}
	return escapeFragment(meant)
}

// DecodeFragment resolves what is percent-encoded in a fragment; one that is no text then is taken as it stands.
func DecodeFragment(fragment string) string {
	if decoded, err := url.PathUnescape(fragment); err == nil && utf8.ValidString(decoded) {
		return decoded
	}
	return fragment
}

func escapeFragment(name string) string {
	return strings.TrimPrefix((&url.URL{Fragment: name}).String(), "#")
}

// FoldAnchor keeps letters and digits, in lower case.
func FoldAnchor(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// oneEdit reports whether one byte inserted, left out or changed makes a text of the other.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
