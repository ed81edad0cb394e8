package page

import (
	"strings"

	"waymark/catalog"
)

// immediate is the longest delay, in seconds, of a refresh that moves the reader on rather than keeping a page
// up to date.
const immediate = 5

// maxURL is the longest address, in bytes, that is kept. Servers commonly refuse longer ones.
const maxURL = 4096

// links resolves the addresses that a document names.
type links struct {
	document string // where it was found
	base     string // of its <base> element, as written; "" when it has none
}

// absolute resolves an address; the zero Target means that it is none that could be visited.
func (l links) absolute(written string) catalog.Target {
	written = strings.TrimSpace(written)
	if written == "" || len(written) > maxURL {
		return catalog.Target{}
	}
	base := catalog.Target{URL: l.document}
	if b := strings.TrimSpace(l.base); b != "" && len(b) <= maxURL {
		if t := catalog.Canonical(b, catalog.From{URL: l.document}); t.Reason == "" {
			base = t
		}
	}
	t := catalog.Canonical(written, catalog.From{URL: base.URL})
	if t.Reason != "" || t.Local || len(t.URL)+len(t.Fragment) > maxURL {
		return catalog.Target{}
	}
	return t
}

// refresh reads the value of a refresh, as in "0; url=/new", of a <meta> element or a header (HTML standard,
// section 4.2.5.3). It returns the address with its fragment, or "" when there is none, it is not immediate, or
// it is the document's own: that is a page that keeps itself up to date.
func (l links) refresh(value string) string {
	delay, rest := leadingNumber(strings.TrimLeft(value, " \t\r\n\f"))
	if delay < 0 || delay > immediate {
		return ""
	}
	t := l.absolute(refreshAddress(rest))
	if t.URL == "" || t.URL == catalog.Canonical(l.document, catalog.From{}).URL {
		return ""
	}
	if t.Fragment != "" {
		return t.URL + "#" + t.Fragment
	}
	return t.URL
}

// leadingNumber returns the whole seconds at the beginning of a value, -1 when there is no number, and what
// follows the number with its fraction.
func leadingNumber(s string) (int, string) {
	n, i := 0, 0
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		n = min(n*10+int(s[i]-'0'), 1<<20)
	}
	if i == 0 && !strings.HasPrefix(s, ".") {
		return -1, s
	}
	return n, strings.TrimLeft(s[i:], "0123456789.")
}

// refreshAddress returns the address behind the number, with or without "url=" and quotes.
func refreshAddress(s string) string {
	trimmed := strings.TrimLeft(s, " \t\r\n\f;,")
	if trimmed == s {
		return "" // neither a separator nor an end follows the number
	}
	s = trimmed
	if len(s) > 3 && strings.EqualFold(s[:3], "url") {
		if after, ok := strings.CutPrefix(strings.TrimLeft(s[3:], " \t\r\n\f"), "="); ok {
			s = strings.TrimLeft(after, " \t\r\n\f")
		}
	}
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		s, _, _ = strings.Cut(s[1:], s[:1])
	}
	return s
}
