package page

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const (
	surveySize = 256 << 10 // how many bytes of a page the closer look reads
	openingLen = 4 << 10   // how much of its text is kept for phrases
	maxMarks   = 400       // addresses and names that are kept of a page
)

// survey is what the closer look at a document finds: its visible text, and what it is built of. It is made only
// where something is suspicious, because it walks over the whole page.
type survey struct {
	opening  string   // beginning of the visible text, in lower case, one space between words
	headings []string // of the first level, cleaned, in lower case
	words    int
	linked   int // of them, within links
	print    simhash
	whole    *simhash // with the words of the address; nil while none was met

	loads   []string // addresses of scripts, frames, images and forms, in lower case
	inline  [][]byte // scripts that stand in the page
	names   []string // ids and classes, in lower case
	links   int
	away    int  // links that lead to another host, or carry the visitor's words there
	scripts bool // there is one, of whatever kind
	shows   bool // there is something to see beside text: a picture, a film, a form, a frame
	login   bool // it asks for a password
	article bool // it marks a part of itself as an article
}

// look surveys a document that is UTF-8. The words of its address do not count for its print: a page that tells of an
// error often repeats the address that was asked for.
func look(body []byte, address string) survey {
	s := surveyor{walker: walker{src: body[:min(len(body), surveySize)]}, echoed: map[string]bool{}}
	for word := range wordsOf(placeOf(address)) {
		s.echoed[word] = true
	}
	for {
		from := s.pos
		t, ok := s.next()
		if !ok {
			s.text(s.src[from:])
			break
		}
		s.text(s.src[from:t.at])
		s.take(t)
	}
	s.endHeading()
	s.opening = s.line.String()
	return s.survey
}

type surveyor struct {
	walker
	survey
	line    strings.Builder
	heading *strings.Builder // of the <h1> that is open
	inLink  bool
	inHead  bool
	veil    veil
	echoed  map[string]bool
	half    bool // the last word was the first of two characters without spaces, which count for one
}

func (s *surveyor) take(t tag) {
	name := strings.ToLower(string(t.name))
	switch name {
	case "head":
		s.inHead = !t.end
	case "body":
		s.inHead = false
	case "h1":
		s.endHeading()
		if !t.end && len(s.headings) < 3 {
			s.heading = new(strings.Builder)
		}
	case "a":
		s.inLink = !t.end
	}
	s.veil.take(name, t)
	if !t.end {
		s.element(name, t)
	}
}

func (s *surveyor) endHeading() {
	if s.heading != nil {
		s.headings = append(s.headings, strings.ToLower(clean(s.heading.String())))
		s.heading = nil
	}
}

// element notes what a start tag brings.
func (s *surveyor) element(name string, t tag) {
	switch name {
	case "script":
		s.scripts = s.scripts || mediaType(string(t.attr("type"))) != typeJSONLD
		if len(s.inline) < 50 && len(t.text) > 0 {
			s.inline = append(s.inline, t.text)
		}
	case "img", "picture", "video", "audio", "canvas", "object", "embed", "applet", "svg", "iframe", "frame", "form", "input", "math":
		s.shows = true
	case "meta":
		s.shows = s.shows || equalFold(t.attr("http-equiv"), "refresh") // it leads elsewhere
	case "noscript":
		s.shows = s.shows || bytes.Contains(t.text, []byte("<img"))
	case "a":
		s.links++
	case "article":
		s.article = true
	case "textarea", "xmp", "plaintext":
		s.text(t.text)
	}
	a := attributes{src: t.attrs}
	for a.next() {
		s.attribute(name, a.name, a.value)
	}
}

func (s *surveyor) attribute(element string, name, value []byte) {
	switch {
	case len(value) == 0:
	case equalFold(name, "id"), equalFold(name, "class"):
		if len(s.names) < maxMarks {
			s.names = append(s.names, strings.Fields(strings.ToLower(string(value[:min(len(value), 200)])))...)
		}
	case equalFold(name, "src"), equalFold(name, "action"), element == "link" && equalFold(name, "href"), equalFold(name, "data-src"):
		if len(s.loads) < maxMarks {
			s.loads = append(s.loads, strings.ToLower(string(value[:min(len(value), 300)])))
		}
	case element == "a" && equalFold(name, "href"):
		if isAway(value) {
			s.away++
		}
	case element == "input" && equalFold(name, "type") && equalFold(value, "password"):
		s.login = true
	}
}

// isAway reports a link that names a host, or hands a request on by its query.
func isAway(href []byte) bool {
	return bytes.HasPrefix(href, []byte("http")) || bytes.HasPrefix(href, []byte("//")) || bytes.IndexByte(href, '?') >= 0
}

// text takes what stands between two tags, comments aside.
func (s *surveyor) text(raw []byte) {
	for !s.inHead && len(raw) > 0 {
		piece := raw
		raw = nil
		if i := bytes.Index(piece, []byte("<!")); i >= 0 {
			rest := piece[i:]
			if bytes.HasPrefix(rest, []byte("<!--")) {
				raw = rest[min(commentEnd(rest, len("<!--")), len(rest)):]
			} else {
				raw = rest[after(rest, 0, ">"):]
			}
			piece = piece[:i]
		}
		s.phrase(piece)
	}
}

func (s *surveyor) phrase(raw []byte) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return
	}
	text := string(raw)
	if strings.Contains(text, "&") {
		text = html.UnescapeString(text)
	}
	text = strings.ToLower(text)
	for word := range wordsOf(text) {
		s.word(word)
	}
	if s.veil.drawn() {
		return
	}
	if s.heading != nil {
		s.heading.WriteString(text + " ")
	}
	if s.line.Len() < openingLen {
		for field := range strings.FieldsSeq(text) {
			if s.line.Len() > 0 {
				s.line.WriteByte(' ')
			}
			s.line.WriteString(field)
			if s.line.Len() >= openingLen {
				break
			}
		}
	}
}

func (s *surveyor) word(word string) {
	r, _ := utf8.DecodeRuneInString(word)
	s.half = isWide(r) && !s.half
	if !s.half {
		s.words++
		if s.inLink {
			s.linked++
		}
	}
	echo := s.echoed[word]
	if echo && s.whole == nil {
		so := s.print
		s.whole = &so
	}
	if s.whole != nil {
		s.whole.add(word)
	}
	if !echo {
		s.print.add(word)
	}
}

// wordsOf splits a text into words. Where a script writes no spaces, each character is one.
func wordsOf(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		start := -1
		for i, r := range text {
			if isWide(r) {
				if start >= 0 && !yield(text[start:i]) || !yield(text[i:i+utf8.RuneLen(r)]) {
					return
				}
				start = -1
				continue
			}
			if isWord(r) {
				if start < 0 {
					start = i
				}
				continue
			}
			if start >= 0 && !yield(text[start:i]) {
				return
			}
			start = -1
		}
		if start >= 0 {
			yield(text[start:])
		}
	}
}
