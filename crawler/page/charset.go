package page

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// Encodings are known by their names in the Encoding standard, in lower case; "" stands for an unknown one.

// source is a body whose markup can be read byte by byte, and what is known of its encoding from outside.
type source struct {
	body     []byte
	encoding string // "" when only the document itself can tell
}

// newSource reads the signs that stand above any declaration within the document: the byte order mark, the
// Content-Type header, and the shape of UTF-16. An encoding in which a "<" can be part of another character is
// undone here; in all the others of the Encoding standard, markup is plain ASCII.
func newSource(d Document) source {
	body, name := cutMark(d.Body)
	if name == "" {
		name = lookup(charsetParameter(d.Header.Get("Content-Type")))
	}
	if name == "" || isUTF16(name) && bytes.IndexByte(body, 0) < 0 {
		name = hidden(body)
	}
	if isUTF16(name) || name == "iso-2022-jp" {
		return source{decode(name, body), "utf-8"}
	}
	return source{body, name}
}

// cutMark takes off a byte order mark.
func cutMark(body []byte) (rest []byte, encoding string) {
	for _, m := range [...]struct{ mark, name string }{
		{"\xef\xbb\xbf", "utf-8"}, {"\xfe\xff", "utf-16be"}, {"\xff\xfe", "utf-16le"},
	} {
		if rest, ok := bytes.CutPrefix(body, []byte(m.mark)); ok {
			return rest, m.name
		}
	}
	return body, ""
}

// hidden recognises, without any declaration, the encodings that must be undone before the markup can be read.
func hidden(body []byte) string {
	switch {
	case len(body) < 4:
		return ""
	case body[0] == '<' && body[1] == 0 && body[2] != 0 && body[3] == 0:
		return "utf-16le"
	case body[0] == 0 && body[1] == '<' && body[2] == 0 && body[3] != 0:
		return "utf-16be"
	}
	sample := body[:min(len(body), sampleSize)]
	if bytes.Contains(sample, []byte("\x1b$B")) || bytes.Contains(sample, []byte("\x1b$@")) {
		return "iso-2022-jp"
	}
	return ""
}

func isUTF16(name string) bool { return strings.HasPrefix(name, "utf-16") }

// isSingleByte reports the legacy encodings in which every byte is a character.
func isSingleByte(name string) bool {
	switch name {
	case "", "utf-8", "shift_jis", "euc-jp", "iso-2022-jp", "gbk", "gb18030", "big5", "euc-kr", "utf-16le", "utf-16be":
		return false
	}
	return true
}

// lookup returns the name of the encoding that a label stands for. The labels that the standard maps to the
// encoding "replacement" count as unknown: it makes nothing readable.
func lookup(label string) string {
	if label == "" {
		return ""
	}
	_, name := charset.Lookup(label)
	if name == "replacement" {
		return ""
	}
	return name
}

// labelIn returns the label behind a key and "=": in the content of a <meta> element, a header that does not
// parse, an XML declaration.
func labelIn(content, key string) string {
	_, label, _ := strings.Cut(strings.ToLower(content[:min(len(content), sniffed)]), key)
	label, found := strings.CutPrefix(strings.TrimSpace(label), "=")
	if !found {
		return ""
	}
	label = strings.TrimLeft(label, " \t\r\n\f\"'")
	if end := strings.IndexAny(label, "\"'; \t\r\n\f,"); end >= 0 {
		label = label[:end]
	}
	return label
}

// decode returns bytes as UTF-8. What cannot be read becomes U+FFFD.
func decode(name string, b []byte) []byte {
	if name == "gbk" {
		name = "gb18030" // its decoder is that of gb18030 (Encoding standard, section 11.1.1)
	}
	if name != "utf-8" {
		if enc, _ := charset.Lookup(name); enc != nil {
			if out, err := enc.NewDecoder().Bytes(b); err == nil {
				return out
			}
		}
	}
	if utf8.Valid(b) {
		return b
	}
	return bytes.ToValidUTF8(b, []byte("\uFFFD"))
}

// texts turns slices of a source into texts.
type texts struct{ encoding string }

// texts decides on the encoding, now that the document's own declaration has been looked for: what is known
// from outside, else what the document declares, else what its bytes look like.
func (s source) texts(d Document, found facts) texts {
	name := s.encoding
	if name == "" {
		name = declared(s.body, found)
	}
	if name == "" || misdeclared(name, found) {
		name = guess(s.body, homeOf(d.URL, string(found.lang)))
	}
	return texts{name}
}

// declared returns the encoding that a document gives itself. A declaration that was read as ASCII is not in
// UTF-16, whatever it says (HTML standard, section 13.2.3.2).
func declared(body []byte, found facts) string {
	name := lookup(string(found.charset))
	if name == "" && bytes.HasPrefix(body, []byte("<?xml")) {
		name = lookup(labelIn(string(body[:after(body, 0, ">")]), "encoding"))
	}
	if isUTF16(name) {
		return "utf-8"
	}
	return name
}

// misdeclared reports an encoding that the title disproves: bytes that are no UTF-8 under that name, or that are
// UTF-8 beyond ASCII under the name of a single-byte encoding, in which they would be gibberish.
func misdeclared(name string, found facts) bool {
	sample := found.title
	if len(sample) == 0 {
		sample = found.ogTitle
	}
	switch {
	case name == "utf-8":
		return !utf8.Valid(sample)
	case isSingleByte(name):
		return !isASCII(sample) && utf8.Valid(sample)
	}
	return false
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// longest bounds, in bytes, how much of a text or an attribute is looked at. No fact is near as long.
const longest = 16 << 10

// content returns the text of an element.
func (t texts) content(raw []byte) string {
	return html.UnescapeString(string(decode(t.encoding, raw[:min(len(raw), longest)])))
}

// attribute returns the text of an attribute value.
func (t texts) attribute(raw []byte) string {
	return unescapeAttribute(string(decode(t.encoding, raw[:min(len(raw), longest)])))
}

// all returns the source as UTF-8.
func (t texts) all(body []byte) []byte { return decode(t.encoding, body) }
