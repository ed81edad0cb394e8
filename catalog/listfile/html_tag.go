package listfile

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// tag is a start or an end tag of HTML.
type tag struct {
	name       string // lower case
	closing    bool
	attributes []attribute
}

// attribute is an attribute and the range of its value, without quotes and the white space around.
type attribute struct {
	name  string // lower case
	value span
}

// find returns the first attribute of a name, as browsers do.
func (t *tag) find(name string) (attribute, bool) {
	for _, a := range t.attributes {
		if a.name == name {
			return a, true
		}
	}
	return attribute{}, false
}

// value returns an attribute's value with entities resolved, empty when there is none.
func (t *tag) value(raw []byte, name string) string {
	a, ok := t.find(name)
	if !ok {
		return ""
	}
	return html.UnescapeString(string(raw[a.value.start:a.value.end]))
}

// readTag reads the tag whose "<" stands at an offset and returns the offset past its ">". It fails where there is
// no tag, or where it does not end; the tokenizer's states of the HTML standard (section 13.2.5) are followed as far
// as tags go.
func readTag(raw []byte, at int) (t tag, end int, ok bool) {
	i := at + 1
	if i < len(raw) && raw[i] == '/' {
		t.closing = true
		i++
	}
	if i >= len(raw) || raw[at] != '<' || !isLetter(raw[i]) {
		return tag{}, at, false
	}
	start := i
	for i < len(raw) && !isHTMLSpace(raw[i]) && raw[i] != '/' && raw[i] != '>' {
		i++
	}
	t.name = strings.ToLower(string(raw[start:i]))
	for i < len(raw) {
		switch c := raw[i]; {
		case c == '>':
			return t, i + 1, true
		case isHTMLSpace(c), c == '/':
			i++
		default:
			var a attribute
			a, i = readAttribute(raw, i)
			t.attributes = append(t.attributes, a)
		}
	}
	return tag{}, at, false
}

// readAttribute reads the attribute that starts at an offset, and returns the offset past it.
func readAttribute(raw []byte, at int) (attribute, int) {
	i := at + 1
	for i < len(raw) && !isHTMLSpace(raw[i]) && raw[i] != '/' && raw[i] != '>' && raw[i] != '=' {
		i++
	}
	a := attribute{name: strings.ToLower(string(raw[at:i])), value: span{i, i}}
	sign := skipHTMLSpace(raw, i)
	if sign >= len(raw) || raw[sign] != '=' {
		return a, i
	}
	i = skipHTMLSpace(raw, sign+1)
	if i >= len(raw) {
		return a, i
	}
	if quote := raw[i]; quote == '"' || quote == '\'' {
		length := bytes.IndexByte(raw[i+1:], quote)
		if length < 0 {
			return a, len(raw)
		}
		a.value = trimSpan(raw, span{i + 1, i + 1 + length})
		return a, i + length + 2
	}
	start := i
	for i < len(raw) && !isHTMLSpace(raw[i]) && raw[i] != '>' {
		i++
	}
	a.value = span{start, i}
	return a, i
}

func skipHTMLSpace(raw []byte, at int) int {
	for at < len(raw) && isHTMLSpace(raw[at]) {
		at++
	}
	return at
}

func trimSpan(raw []byte, r span) span {
	for r.start < r.end && isHTMLSpace(raw[r.start]) {
		r.start++
	}
	for r.end > r.start && isHTMLSpace(raw[r.end-1]) {
		r.end--
	}
	return r
}

func isHTMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }
