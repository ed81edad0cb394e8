package page

import "bytes"

// ground follows the markup as far as it is asked to, and knows in what part of the page a place stands. It is a lighter
// walk than the walker's: of most tags it reads no more than the name.
type ground struct {
	src     []byte
	pos     int
	foreign region // what others wrote, or what is about other pages: comments, related posts, lists, quotations
	edge    region // what stands beside the content: header and footer of the site, navigation, sidebars
	article region // the article, where the page marks one
	table   region // a table: its dates are those of its rows
	list    region // a list, whose dates may be those of its items
	heading int    // where the last heading of the first level began
}

// region is an element that is open.
type region struct {
	name  string // "" for none
	depth int    // elements of this name that are open in it
	at    int    // where it began
}

func (r *region) open() bool { return r.name != "" }

// step counts the tags of the element's own name, and forgets it when it is closed.
func (r *region) step(name string, end bool) {
	switch {
	case r.name != name:
	case !end:
		r.depth++
	default:
		if r.depth--; r.depth == 0 {
			*r = region{}
		}
	}
}

// advance follows the markup up to a place. It reports whether the place can be seen: it does not stand in a script or a
// comment.
func (g *ground) advance(to int) bool {
	for g.pos < to {
		i := bytes.IndexByte(g.src[g.pos:to], '<')
		if i < 0 {
			g.pos = to
			break
		}
		g.pos += i + 1
		if g.pos < len(g.src) {
			g.tag()
		}
	}
	return g.pos == to
}

func (g *ground) tag() {
	switch c := g.src[g.pos]; {
	case isLetter(c):
		g.startTag()
	case c == '!':
		w := walker{src: g.src, pos: g.pos}
		w.declaration()
		g.pos = w.pos
	case c == '/' && (g.foreign.open() || g.edge.open() || g.article.open() || g.table.open() || g.list.open()):
		g.pos++
		if name := sectioning(g.name()); name != "" {
			g.element(name, nil, true)
		}
	}
}

// name reads the name of a tag.
func (g *ground) name() []byte {
	start := g.pos
	for g.pos < len(g.src) && !endsName(g.src[g.pos]) {
		g.pos++
	}
	return g.src[start:g.pos]
}

// startTag reads a start tag, whose attributes are passed over only where they matter.
func (g *ground) startTag() {
	name := g.name()
	if element := sectioning(name); element != "" {
		if attrs, ok := g.attributes(); ok {
			g.element(element, attrs, false)
		}
		return
	}
	switch raw := rawTextName(name); {
	case raw != "":
		if _, ok := g.attributes(); ok {
			g.pos = rawTextEnd(g.src, g.pos, raw)
		}
	case equalFold(name, "h1"), g.heading == 0 && equalFold(name, "h2"):
		g.heading = g.pos
	}
}

// attributes returns what stands between a name and the end of its tag.
func (g *ground) attributes() ([]byte, bool) {
	attrs := g.src[g.pos:]
	i := bytes.IndexByte(attrs, '>')
	if i >= 0 && bytes.Count(attrs[:i], []byte{'"'})%2 != 0 { // it may stand within a value
		a := attributes{src: g.src, pos: g.pos}
		for a.next() {
			continue
		}
		i = a.pos - g.pos
	}
	if i < 0 || i >= len(attrs) {
		g.pos = len(g.src)
		return nil, false
	}
	g.pos += i + 1
	return attrs[:i], true
}

// sectioning returns the lower-case name of an element that can be a part of a page of its own.
func sectioning(name []byte) string {
	switch len(name) {
	case 2:
		return oneOfNames(name, "li", "ul", "ol", "dl")
	case 3:
		return oneOfNames(name, "div", "nav", "pre")
	case 4:
		return oneOfNames(name, "main", "form", "code")
	case 5:
		return oneOfNames(name, "aside", "table")
	case 6:
		return oneOfNames(name, "footer")
	case 7:
		return oneOfNames(name, "section", "article", "details")
	case 10:
		return oneOfNames(name, "blockquote")
	}
	return ""
}

func oneOfNames(name []byte, names ...string) string {
	for _, n := range names {
		if equalFold(name, n) {
			return n
		}
	}
	return ""
}

func (g *ground) element(name string, attrs []byte, end bool) {
	g.foreign.step(name, end)
	g.edge.step(name, end)
	g.article.step(name, end)
	g.table.step(name, end)
	g.list.step(name, end)
	switch {
	case name == "table" && !end && !g.table.open():
		g.table = region{name, 1, g.pos}
	case (name == "ul" || name == "ol") && !end && !g.list.open():
		g.list = region{name, 1, g.pos}
	}
	if end || g.foreign.open() {
		return
	}
	kind := partOf(name, attrs, g.article.open())
	switch {
	case kind == ofOthers:
		g.foreign = region{name, 1, g.pos}
	case kind == atEdge && g.article.name == "article" && name != "aside" && name != "nav": // a box of the article
	case kind == atEdge && !g.edge.open():
		g.edge = region{name, 1, g.pos}
	case kind == ofArticle && !g.article.open():
		g.article = region{name, 1, g.pos}
	}
}

// pagePart is what an element is a part of, as its name, class and id tell.
type pagePart byte

const (
	plainPart pagePart = iota
	ofArticle
	atEdge
	ofOthers
)

func partOf(name string, attrs []byte, inArticle bool) pagePart {
	kind := plainPart
	switch name {
	case "nav", "aside":
		kind = atEdge
	case "footer":
		if !inArticle { // that of an article tells when it was posted
			kind = atEdge
		}
	case "article", "main":
		kind = ofArticle
	case "blockquote", "code":
		return ofOthers
	case "pre": // with a class it is a listing; without one it may be a manual of old
		if len(bytes.TrimSpace(attrs)) > 0 {
			return ofOthers
		}
	}
	a := attributes{src: attrs}
	for a.next() {
		switch {
		case len(a.value) == 0 || len(a.value) > 1000:
		case equalFold(a.name, "class"), equalFold(a.name, "id"), equalFold(a.name, "role"):
			for token := range bytes.FieldsSeq(a.value) {
				kind = max(kind, partOfName(token))
			}
		case equalFold(a.name, "itemtype"), equalFold(a.name, "itemprop"):
			if equalFold(a.value, "review") || equalFold(a.value, "reviews") || holdsOne(a.value, "Comment", "comment", "Answer", "Event", "Product", "subEvent") {
				return ofOthers
			}
		}
	}
	return kind
}

// partOfName tells the part by one class or id.
func partOfName(token []byte) pagePart {
	var room [40]byte
	lower := room[:copy(room[:], token)]
	for i, c := range lower {
		switch {
		case c >= 'A' && c <= 'Z':
			lower[i] |= 0x20
		case c == '_':
			lower[i] = '-'
		}
	}
	switch string(lower) {
	case "post", "hentry", "entry", "article", "h-entry", "story", "content", "main", "main-content", "page-content", "single-post", "blog-post":
		return ofArticle
	case "teaser", "teasers", "teaser-list", "infobox", "modal":
		return ofOthers
	case "footer", "site-footer", "page-footer", "colophon", "sidebar", "widget-area", "navbar", "menu":
		return atEdge
	}
	if beginsWithOne(lower, "tag-", "category-", "has-", "no-", "with-") { // about the post, as WordPress has it
		return plainPart
	}
	if bytes.HasSuffix(lower, []byte("comments")) || beginsWithOne(lower, "more-") {
		return ofOthers
	}
	for at := 0; at >= 0 && at < len(lower); {
		if isOfOthers(lower[at:]) {
			return ofOthers
		}
		i := bytes.IndexByte(lower[at:], '-')
		if i < 0 {
			break
		}
		at += i + 1
	}
	switch {
	case beginsWithOne(lower, "sidebar-", "widget-", "footer-"):
		return atEdge
	case beginsWithOne(lower, "article-", "post-", "entry-"):
		return ofArticle
	}
	return plainPart
}

// isOfOthers reports a word of a class that marks what others wrote, or what is about other pages.
func isOfOthers(b []byte) bool {
	if len(b) < len("promo") {
		return false
	}
	switch b[0] {
	case 'c':
		return beginsWithOne(b, "comment", "calendar")
	case 'd':
		return beginsWithOne(b, "disqus")
	case 'e':
		return beginsWithOne(b, "event")
	case 'l':
		return beginsWithOne(b, "latest")
	case 'p':
		return beginsWithOne(b, "popular", "privacy", "promo-", "promos", "pingback") || string(b) == "promo"
	case 'r':
		return beginsWithOne(b, "related", "recent", "recommend", "replies", "reply", "respond")
	case 's':
		return beginsWithOne(b, "similar")
	case 't':
		return beginsWithOne(b, "trending", "testimonial")
	case 'u':
		return beginsWithOne(b, "upcoming")
	}
	return false
}

func holdsOne(b []byte, parts ...string) bool {
	for _, part := range parts {
		if bytes.Contains(b, []byte(part)) {
			return true
		}
	}
	return false
}

func beginsWithOne(b []byte, parts ...string) bool {
	for _, part := range parts {
		if len(b) >= len(part) && string(b[:len(part)]) == part {
			return true
		}
	}
	return false
}
