package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// attributes steps through the attributes of one tag, by the same rules as the walker.
type attributes struct {
	src      []byte
	pos      int // behind the attribute; at the closing ">" or the end of src when next returns false
	name     []byte
	value    []byte // as written, without quotes
	valueEnd int    // position behind the last value, to tell <a href=x/> from <br/>
}

// next moves to the next attribute. Its name can be empty where a stray "/" or "=" stands.
func (a *attributes) next() bool {
	a.skipSpace()
	if a.pos >= len(a.src) || a.src[a.pos] == '>' {
		return false
	}
	start := a.pos
	for a.pos < len(a.src) && !endsName(a.src[a.pos]) && (a.src[a.pos] != '=' || a.pos == start) {
		a.pos++
	}
	a.name, a.value = a.src[start:a.pos], nil
	a.skipSpace()
	if a.pos >= len(a.src) {
		return true
	}
	switch a.src[a.pos] {
	case '/':
		a.pos++
	case '=':
		a.pos++
		a.skipSpace()
		a.readValue()
	}
	return true
}

func (a *attributes) readValue() {
	if a.pos >= len(a.src) || a.src[a.pos] == '>' {
		return
	}
	start := a.pos
	if quote := a.src[a.pos]; quote == '"' || quote == '\'' {
		start++
		size := bytes.IndexByte(a.src[start:], quote)
		if size < 0 {
			a.pos = len(a.src)
			return
		}
		a.value, a.valueEnd = a.src[start:start+size], start+size
		a.pos = start + size + 1
		return
	}
	for a.pos < len(a.src) && a.src[a.pos] != '>' && !isSpace(a.src[a.pos]) {
		a.pos++
	}
	a.value, a.valueEnd = a.src[start:a.pos], a.pos
}

func (a *attributes) skipSpace() {
	for a.pos < len(a.src) && isSpace(a.src[a.pos]) {
		a.pos++
	}
}

// attr returns the value of the first attribute of that name, nil when there is none.
func (t tag) attr(name string) []byte {
	a := attributes{src: t.attrs}
	for a.next() {
		if equalFold(a.name, name) {
			return a.value
		}
	}
	return nil
}

// unescapeAttribute resolves the character references of an attribute value. Unlike in text, a reference
// without its semicolon stays as it is where a letter, a digit or "=" follows, so that the query
// "?a=1&copy=2" survives (HTML standard, section 13.2.5.73).
func unescapeAttribute(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		size := referenceLen(s[i:])
		b.WriteString(resolve(s[i:i+size], s[i+size:]))
		s = s[i+size:]
	}
}

// referenceLen returns how far what looks like a character reference reaches, with its semicolon.
func referenceLen(s string) int {
	n := 1
	for n < len(s) && (isLetter(s[n]) || s[n] >= '0' && s[n] <= '9' || s[n] == '#' && n == 1) {
		n++
	}
	if n < len(s) && s[n] == ';' {
		n++
	}
	return n
}

func resolve(reference, rest string) string {
	resolved := html.UnescapeString(reference)
	switch {
	case strings.HasPrefix(reference, "&#"):
		return resolved
	case !strings.HasSuffix(reference, ";"):
		if strings.HasPrefix(rest, "=") || !wholly(resolved) {
			return reference
		}
	case len(resolved) > 1 && strings.HasSuffix(resolved, ";"):
		return reference
	}
	return resolved
}

// wholly reports that nothing of a reference's name was left over.
func wholly(resolved string) bool {
	last := resolved[len(resolved)-1]
	return !isLetter(last) && (last < '0' || last > '9')
}
