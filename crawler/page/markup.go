package page

import "bytes"

// tag is a start or end tag, as slices of the source: nothing is copied, decoded or unescaped.
type tag struct {
	name  []byte // as written, not lower-cased
	attrs []byte // all between the name and the closing ">"
	text  []byte // for the start tag of an element whose content is text alone, such as <title>: that content
	open  bool   // that element is never closed: text is all the rest of the source
	end   bool   // it is an end tag
	empty bool   // it ends in "/>"
	at    int    // where its "<" stands in the source
}

// is reports whether the tag has a name, given in lower case.
func (t tag) is(name string) bool { return equalFold(t.name, name) }

// walker steps through the tags of a document by the tokenization rules of the HTML standard (section 13.2.5),
// passing over text, comments and declarations. It exists beside golang.org/x/net/html's tokenizer because it
// neither copies nor allocates, and leaps over scripts and styles, which are most of many pages; a test holds
// the two against each other.
type walker struct {
	src []byte
	pos int
}

// next returns the next tag. A tag that the end of the source cuts is none, and then there are no more.
func (w *walker) next() (tag, bool) {
	for w.pos < len(w.src) {
		open := bytes.IndexByte(w.src[w.pos:], '<')
		if open < 0 || w.pos+open+1 >= len(w.src) {
			break
		}
		at := w.pos + open
		w.pos = at + 1
		switch c := w.src[w.pos]; {
		case isLetter(c):
			t, ok := w.startTag()
			t.at = at
			return t, ok
		case c == '/' && w.pos+1 < len(w.src) && isLetter(w.src[w.pos+1]):
			w.pos++
			t, ok := w.tag()
			t.end, t.at = true, at
			return t, ok
		case c == '/', c == '?':
			w.pos = after(w.src, w.pos, ">")
		case c == '!':
			w.declaration()
		}
	}
	w.pos = len(w.src)
	return tag{}, false
}

func (w *walker) startTag() (tag, bool) {
	t, ok := w.tag()
	if !ok {
		return t, false
	}
	if name := rawTextName(t.name); name != "" {
		end := rawTextEnd(w.src, w.pos, name)
		t.text, t.open = w.src[w.pos:end], end == len(w.src)
		w.pos = end
	}
	return t, true
}

// tag reads a name and attributes up to ">".
func (w *walker) tag() (tag, bool) {
	start := w.pos
	for w.pos < len(w.src) && !endsName(w.src[w.pos]) {
		w.pos++
	}
	t := tag{name: w.src[start:w.pos]}
	a := attributes{src: w.src, pos: w.pos}
	for a.next() {
		continue
	}
	if a.pos >= len(w.src) {
		w.pos = len(w.src)
		return tag{}, false
	}
	t.attrs = w.src[w.pos:a.pos]
	t.empty = a.pos > a.valueEnd && w.src[a.pos-1] == '/'
	w.pos = a.pos + 1
	return t, true
}

// declaration passes over what begins with "<!": a comment, or anything else up to ">".
func (w *walker) declaration() {
	rest := w.src[w.pos:]
	switch {
	case !bytes.HasPrefix(rest, []byte("!--")):
		w.pos = after(w.src, w.pos, ">")
	case bytes.HasPrefix(rest, []byte("!-->")):
		w.pos += len("!-->")
	case bytes.HasPrefix(rest, []byte("!--->")):
		w.pos += len("!--->")
	default:
		w.pos = commentEnd(w.src, w.pos+len("!--"))
	}
}

// commentEnd returns where a comment ends: behind "-->" or "--!>", whichever comes first.
func commentEnd(src []byte, pos int) int {
	for pos < len(src) {
		dashes := bytes.Index(src[pos:], []byte("--"))
		if dashes < 0 {
			break
		}
		pos += dashes + 1
		rest := src[pos+1:]
		if bytes.HasPrefix(rest, []byte(">")) {
			return pos + 2
		}
		if bytes.HasPrefix(rest, []byte("!>")) {
			return pos + 3
		}
	}
	return len(src)
}

// after returns the position behind the next mark, or the end of the source.
func after(src []byte, pos int, mark string) int {
	i := bytes.Index(src[pos:], []byte(mark))
	if i < 0 {
		return len(src)
	}
	return pos + i + len(mark)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// isSpace reports the white space of the HTML standard.
func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func endsName(c byte) bool { return c == '>' || c == '/' || isSpace(c) }

// equalFold compares with a text in lower case, ignoring the case of ASCII letters.
func equalFold(b []byte, lower string) bool {
	if len(b) != len(lower) {
		return false
	}
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
