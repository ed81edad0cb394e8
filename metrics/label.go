package metrics

import (
	"net/url"
	"strings"
	"unicode"

	"waymark/catalog"
)

// Bounds of the labels of waymark_finding_info, in runes. Prometheus keeps every label in memory.
const (
	maxTitle    = 120
	maxResource = 500
)

// named prepares findings for labels: cleaned, without credentials, and each source, kind and resource once, as a
// repeated series would spoil the whole scrape. Findings that differ only in their fragment fall together.
func named(flagged []catalog.Flagged) []catalog.Flagged {
	type key struct {
		source, resource string
		kind             catalog.FindingKind
	}
	seen := map[key]bool{}
	var list []catalog.Flagged
	for _, f := range flagged {
		f.Source, f.URL, f.Title = clean(f.Source, 0), clean(public(f.URL), maxResource), clean(f.Title, maxTitle)
		k := key{f.Source, f.URL, f.Kind}
		if !f.Kind.Valid() || seen[k] {
			continue
		}
		seen[k] = true
		list = append(list, f)
	}
	return list
}

// public removes the user and password of a URL: whoever may see metrics need not know them.
func public(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}

// clean makes text from outside fit for a label: valid UTF-8 on one line, without control and formatting
// characters (which could reorder what an alert shows), cut to limit runes; 0 does not cut.
func clean(text string, limit int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); limit > 0 && len(runes) > limit {
		return string(runes[:limit-1]) + "…"
	}
	return text
}
