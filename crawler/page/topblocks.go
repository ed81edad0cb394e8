package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// The top of a page is what stands before its matter: makers put there what they have to say of the whole.
const (
	topWords    = 80  // words behind the first heading, notices aside, after which the matter has begun
	headWords   = 400 // words before any heading, after which there is none
	noticeWords = 120 // words of the longest notice; what is longer only looks like one
	maxBlock    = 2 << 10
)

// block is a paragraph, heading or notice at the top of a page.
type block struct {
	text    string // one space between words
	links   []link
	notice  bool // an element made to be noticed, or within one
	heading int  // 1 or 2 for one of that level; 0 otherwise
	before  int  // words of the matter before it
	readme  bool // in the README of a repository
	part    bool // an item of a list, a cell of a table, or a heading below the first level
	item    bool // an item or a cell
}

// link is an address in a block.
type link struct {
	href string // as written
	at   int    // where in the text its own begins
	end  int    // and ends
}

// text returns what a link of a block is called, in lower case.
func (l link) text(b block) string {
	return strings.ToLower(strings.TrimSpace(b.text[min(l.at, len(b.text)):min(l.end, len(b.text))]))
}

// topReader walks over a page and lists the blocks of its top. Each ends where an element begins or ends that is not part
// of a line.
type topReader struct {
	walker
	readmeMark string // class or id of the element that holds a README; "" where the page has none
	blocks     []block

	line   strings.Builder
	links  []link
	open   int  // of links, one more than its index; 0: none
	level  int  // of the heading that is open
	part   bool // what is read is an item, a cell or a lower heading
	item   bool // an item or a cell
	begun  bool // the first heading, or the README, was met
	done   bool
	words  int // of the matter
	hidden element
	notice element
	first  int // block of the notice that is open
	readme element
}

// element is an element that is open, found again at its end by counting those of its name; depth 0: none.
type element struct {
	name  string
	depth int
}

// follow counts a tag, and reports that the element ends with it. A paragraph ends where the next begins.
func (e *element) follow(name string, t tag) bool {
	switch {
	case e.depth == 0 || name != e.name || t.empty:
		return false
	case t.end:
		e.depth--
	case name == "p":
		e.depth = 0
	default:
		e.depth++
	}
	return e.depth == 0
}

// topOf lists the blocks at the top of a page in UTF-8.
func topOf(body []byte, readmeMark string) []block {
	r := topReader{walker: walker{src: body}, readmeMark: readmeMark}
	for !r.done {
		from := r.pos
		t, ok := r.next()
		if !ok {
			break
		}
		r.text(r.src[from:t.at])
		r.take(strings.ToLower(string(t.name)), t)
	}
	r.flush()
	return r.blocks
}

// inline are elements that are parts of a line.
var inline = words("a", "b", "strong", "em", "i", "u", "s", "code", "span", "small", "mark", "font", "sup", "sub", "kbd", "g-emoji", "img", "abbr", "time", "bdi", "cite", "wbr", "var", "ins", "del", "tt", "label", "svg", "path", "use", "clipped", "picture", "source")

// parts are elements of which what they hold says nothing of the whole.
var parts = words("li", "td", "th", "dt", "dd", "h2", "h3", "h4", "h5", "h6")

// void are elements without an end.
var void = words("img", "br", "hr", "input", "meta", "link", "wbr", "source", "area", "base", "col", "embed", "track", "param")

func (r *topReader) take(name string, t tag) {
	if r.hidden.depth > 0 {
		r.hidden.follow(name, t)
		return
	}
	if !inline[name] {
		r.flush()
	}
	if parts[name] {
		r.part = !t.end
		r.item = !t.end && name[0] != 'h'
	}
	r.notice.follow(name, t)
	r.done = r.readme.follow(name, t) || r.done
	switch {
	case name == "a":
		r.anchor(t)
	case t.end && (name == "h1" || name == "h2"):
		r.level = 0
	case !t.end && !void[name] && !t.empty:
		r.start(name, t)
	}
}

func (r *topReader) start(name string, t tag) {
	if isUnseen(name, t) {
		r.hidden = element{name, 1}
		return
	}
	marks := marksOf(t)
	switch name {
	case "html", "body":
		return
	case "h1", "h2":
		r.startHeading(int(name[1] - '0'))
	case "main", "article", "form":
		r.noNotice()
	}
	switch {
	case r.readmeMark != "" && r.readme.depth == 0 && marks[r.readmeMark]:
		r.readme, r.notice, r.begun, r.words, r.blocks = element{name, 1}, element{}, true, 0, nil
	case r.notice.depth == 0 && isNotice(string(t.attr("role")), marks):
		r.notice, r.first = element{name, 1}, len(r.blocks)
	}
}

// startHeading notes a heading. One of the second level, behind one of the first, begins the matter, except in a README.
func (r *topReader) startHeading(level int) {
	if level == 1 {
		r.noNotice()
	}
	r.level = level
	switch {
	case r.notice.depth > 0:
	case level == 1 && !r.begun:
		r.begun, r.words = true, 0
	case level == 2 && r.begun && r.readme.depth == 0 && r.words > 0:
		r.done = true
	}
}

// noNotice takes what looked like a notice for a part of the page: it is too long, or holds what no notice does.
func (r *topReader) noNotice() {
	if r.notice.depth == 0 {
		return
	}
	r.notice = element{}
	for i := range r.blocks[r.first:] {
		r.count(&r.blocks[r.first+i])
	}
}

// count takes a block for a part of the matter.
func (r *topReader) count(b *block) {
	b.notice = false
	if b.heading != 1 {
		r.words += len(strings.Fields(b.text))
	}
}

func (r *topReader) anchor(t tag) {
	if t.end {
		if r.open > 0 && r.open <= len(r.links) {
			r.links[r.open-1].end = r.line.Len()
		}
		r.open = 0
		return
	}
	if href := t.attr("href"); len(href) > 0 && len(href) <= maxURL {
		r.links = append(r.links, link{href: html.UnescapeString(string(href)), at: r.line.Len()})
		r.open = len(r.links)
	}
}

// text takes what stands between two tags, comments aside.
func (r *topReader) text(raw []byte) {
	if r.hidden.depth > 0 || r.line.Len() > maxBlock {
		return
	}
	for len(raw) > 0 {
		piece := raw
		raw = nil
		if i := bytes.Index(piece, []byte("<!")); i >= 0 {
			rest := piece[i:]
			raw, piece = rest[min(commentEnd(rest, min(4, len(rest))), len(rest)):], piece[:i]
			if !bytes.HasPrefix(rest, []byte("<!--")) {
				raw = rest[after(rest, 0, ">"):]
			}
		}
		r.line.WriteString(html.UnescapeString(string(piece)))
	}
}

// flush ends a block.
func (r *topReader) flush() {
	raw, links := r.line.String(), r.links
	r.line.Reset()
	r.links, r.open = nil, 0
	text := strings.Join(strings.Fields(raw), " ")
	if text == "" {
		return
	}
	for i := range links {
		links[i].at = len(strings.Join(strings.Fields(raw[:links[i].at]), " "))
		links[i].end = max(len(strings.Join(strings.Fields(raw[:min(links[i].end, len(raw))]), " ")), links[i].at)
	}
	r.blocks = append(r.blocks, block{text: text, links: links, notice: r.notice.depth > 0, heading: r.level, before: r.words, readme: r.readme.depth > 0, part: r.part, item: r.item})
	switch {
	case r.notice.depth == 0:
		r.count(&r.blocks[len(r.blocks)-1])
	case r.noticed() > noticeWords:
		r.noNotice()
	}
	r.done = r.done || r.notice.depth == 0 && (r.begun && r.words > topWords || r.words > headWords)
}

// noticed is how many words the notice has so far.
func (r *topReader) noticed() (n int) {
	for _, b := range r.blocks[r.first:] {
		n += len(strings.Fields(b.text))
	}
	return n
}

// marksOf are the classes and the id of an element in lower case, whole and in their parts.
func marksOf(t tag) map[string]bool {
	marks := map[string]bool{}
	for _, value := range [][]byte{t.attr("class"), t.attr("id")} {
		for mark := range strings.FieldsSeq(strings.ToLower(string(value[:min(len(value), 300)]))) {
			if strings.HasPrefix(mark, "tag-") || strings.HasPrefix(mark, "category-") {
				continue // about the subject of a post, as WordPress has it
			}
			marks[mark] = true
			for part := range strings.FieldsFuncSeq(mark, func(c rune) bool { return c == '-' || c == '_' || c == ':' }) {
				marks[part] = true
			}
		}
	}
	return marks
}

// isNotice reports an element made to be noticed: by its role (WAI-ARIA 1.2), or by how designers call such elements.
func isNotice(role string, marks map[string]bool) bool {
	found := role == "alert" || role == "status" || role == "note"
	for mark := range marks {
		if noNotice[mark] {
			return false
		}
		found = found || notice[mark]
	}
	return found
}

// isUnseen reports what no reader sees unless a script shows it, and what is no text.
func isUnseen(name string, t tag) bool {
	switch name {
	case "template", "select", "pre", "svg", "object", "nav", "footer":
		return true
	}
	return isHidden(t) || equalFold(t.attr("aria-hidden"), "true")
}
