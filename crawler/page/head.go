package page

import "bytes"

// facts are what one pass finds, as slices of the source: not decoded, not unescaped. nil means not found.
type facts struct {
	lang, metaLanguage []byte
	charset            []byte
	title, ogTitle     []byte
	cardTitle          []byte // of a card for X, the poor man's Open Graph
	canonical, base    []byte
	refresh            []byte
	modifiedMeta       []byte   // when the page says that it was changed
	publishedMeta      []byte   // when it says that it was published
	modifiedRank       rank     // of modifiedMeta
	publishedRank      rank     // of publishedMeta
	jsonLD             [][]byte // the scripts that hold dates
	headings           bool     // a heading was seen on the way
	headEnd            int      // where the head is over, as far as is known
}

// scan makes the one pass. It goes on behind the head only while there is no title yet, or dates in JSON-LD can
// still follow.
func scan(body []byte) facts {
	s := scanner{walker: walker{src: body}}
	for !s.done() {
		t, ok := s.next()
		if !ok {
			break
		}
		if !s.inBody && (!t.end && t.is("body") || t.end && t.is("head")) {
			s.inBody, s.headEnd = true, s.pos
		}
		s.take(t)
	}
	return s.facts
}

type scanner struct {
	walker
	facts
	inBody   bool // the head is over
	searched bool // ahead is known
	ahead    int  // no further script of structured data is named before this position
	apart    int  // depth of <svg> and <template> elements, whose <title> is not that of the page
	rewound  bool // an open <title> was met
}

// done reports that nothing more is wanted.
func (s *scanner) done() bool {
	if !s.inBody || len(s.title) == 0 && len(s.ogTitle) == 0 {
		return false
	}
	if s.pos > s.ahead {
		s.lookAhead()
	}
	return s.ahead == len(s.src)
}

// lookAhead searches the rest as plain text, which is many times cheaper than walking over it: first whether it
// names a date at all, then where the type of the next script may stand.
func (s *scanner) lookAhead() {
	rest := s.src[s.pos:]
	if !s.searched && !namesDate(rest) {
		rest = nil
	}
	s.searched, s.ahead = true, len(s.src)
	// The tail of the type is searched for: "+" is rare in a page, "a" is not.
	if i := bytes.Index(rest, []byte("+json")); i >= 0 {
		s.ahead = s.pos + i
	}
}

// take reads one tag. The names are told apart by their length and first letter, because most tags of a page
// are none of them.
func (s *scanner) take(t tag) {
	switch n := len(t.name); {
	case n == 3 && t.is("svg"), n == 8 && t.is("template"):
		s.nest(t)
	case t.end:
	case n == 2 && t.name[0]|0x20 == 'h' && t.name[1] >= '1' && t.name[1] <= '6':
		s.headings = true
	case n == 4:
		s.takeFour(t)
	case n == 5 && t.is("title") && s.apart == 0:
		s.takeTitle(t)
	case n == 6 && t.is("script"):
		s.script(t)
	}
}

// takeTitle takes a title. Where its end tag is missing, all the rest of the page would be the title: then it
// ends before the next tag, and the walk goes on there. Once: a thousand open titles must not cost a thousand
// searches for their ends.
func (s *scanner) takeTitle(t tag) {
	if t.open && !s.rewound {
		s.rewound = true
		s.pos -= len(t.text)
		t.text, _, _ = bytes.Cut(t.text, []byte("<"))
	}
	keep(&s.title, t.text)
}

func (s *scanner) takeFour(t tag) {
	switch {
	case s.inBody && !t.is("meta"):
	case t.is("meta"):
		s.meta(t)
	case t.is("link"):
		s.link(t)
	case t.is("html"):
		keep(&s.lang, t.attr("lang"))
		keep(&s.lang, t.attr("xml:lang"))
	case t.is("base"):
		keep(&s.base, t.attr("href"))
	}
}

func (s *scanner) nest(t tag) {
	switch {
	case !t.end && !t.empty:
		s.apart++
	case t.end && s.apart > 0:
		s.apart--
	}
}

// link takes the canonical address, only in the head: behind it, anybody who may comment could name one.
func (s *scanner) link(t tag) {
	for rel := range bytes.FieldsSeq(t.attr("rel")) {
		if equalFold(rel, "canonical") {
			keep(&s.canonical, t.attr("href"))
		}
	}
}

func (s *scanner) meta(t tag) {
	keep(&s.charset, t.attr("charset"))
	content := t.attr("content")
	if pragma := t.attr("http-equiv"); pragma != nil {
		s.pragma(pragma, content)
		return
	}
	if s.inBody || len(content) == 0 {
		return
	}
	name := t.attr("property")
	if name == nil {
		name = t.attr("name")
	}
	if name == nil {
		name = t.attr("itemprop")
	}
	s.property(name, content)
}

func (s *scanner) pragma(name, content []byte) {
	switch {
	case equalFold(name, "content-type"):
		keep(&s.charset, []byte(labelIn(string(content), "charset")))
	case equalFold(name, "content-language"):
		keep(&s.metaLanguage, content)
	case equalFold(name, "refresh"):
		keep(&s.refresh, content)
	case !s.inBody:
		s.property(name, content)
	}
}

// property takes the titles of Open Graph (ogp.me) and of cards, and dates.
func (s *scanner) property(name, content []byte) {
	switch {
	case equalFold(name, "og:title"):
		keep(&s.ogTitle, content)
		return
	case equalFold(name, "twitter:title"):
		keep(&s.cardTitle, content)
		return
	}
	switch kind, rank := metaDate(name); {
	case kind == noDate || !mayDate(content):
	case kind == ofChange && rank > s.modifiedRank:
		s.modifiedMeta, s.modifiedRank = content, rank
	case kind == ofPublication && rank > s.publishedRank:
		s.publishedMeta, s.publishedRank = content, rank
	}
}

// script takes the scripts of structured data that hold a date.
func (s *scanner) script(t tag) {
	if mediaType(string(t.attr("type"))) == typeJSONLD && namesDate(t.text) {
		s.jsonLD = append(s.jsonLD, t.text)
	}
}

// keep sets a fact that is not yet known: the first word counts.
func keep(fact *[]byte, value []byte) {
	if len(*fact) == 0 && len(bytes.TrimSpace(value)) > 0 {
		*fact = value
	}
}
