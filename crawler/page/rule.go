package page

import (
	"bytes"
	"net/http"
	"strings"

	"waymark/catalog"
)

// rule is one mark that an answer can bear. Every condition that is given has to hold; where a condition lists
// alternatives, they are separated by "|". Texts are in lower case. The marks are structural on purpose: an article
// that quotes a challenge page loads no challenge script, is not titled like one, and is longer.
type rule struct {
	name string // unique among all rules
	says string // the provider, or what it comes to, for people

	status  string // such as "403|503", or "4xx"
	header  string // "Name" that is there, or "Name: part" whose value holds the part, ignoring case
	title   string // the whole title or a whole first-level heading
	begins  string // the beginning of a title or first-level heading
	load    string // part of an address that the page loads a script, frame, picture or style from, or sends a form to
	inline  string // part of a script that stands in the page, in its own case
	element string // id or class of an element
	text    string // part of the beginning of the visible text
	place   string // part of the final address, without scheme and query: host/path
	words   int    // most words of visible text, and with success no <article>; 0: any number

	doubt bool   // bearing it is no proof
	why   string // where the mark is documented; or "known": it is common knowledge of those who visit many sites, and was not captured by us
}

// bare reports whether the rule can be tried without a closer look.
func (r rule) bare() bool {
	return r.load == "" && r.inline == "" && r.element == "" && r.text == "" && r.title == "" && r.begins == "" && r.words == 0
}

func (r rule) signal(kind catalog.SignalKind) catalog.Signal {
	return catalog.Signal{Kind: kind, Rule: r.name, Says: r.says, Proof: !r.doubt}
}

// evidence is an answer as the rules see it.
type evidence struct {
	status int
	header http.Header
	title  string  // in lower case, cleaned
	place  string  // host/path of the final address in lower case
	look   *survey // nil where no closer look was taken
	file   bool    // the address names a file which is no page
	above  bool    // the document names itself by an address above its own
}

// first returns the first of the rules that the answer bears.
func (e *evidence) first(rules []rule) (rule, bool) {
	for i := range rules {
		if e.bears(&rules[i]) {
			return rules[i], true
		}
	}
	return rule{}, false
}

func (e *evidence) bears(r *rule) bool {
	if !statusIn(r.status, e.status) || r.header != "" && !hasHeader(e.header, r.header) ||
		r.place != "" && !holdsAny(e.place, r.place) {
		return false
	}
	if r.bare() {
		return true
	}
	return e.look != nil && e.isCalled(r) && e.isBuilt(r)
}

func (e *evidence) isCalled(r *rule) bool {
	if r.title == "" && r.begins == "" {
		return true
	}
	for _, called := range append([]string{e.title}, e.look.headings...) {
		if r.title != "" && equalsAny(called, r.title) || r.begins != "" && beginsAny(called, r.begins) {
			return true
		}
	}
	return false
}

func (e *evidence) isBuilt(r *rule) bool {
	s := e.look
	return (r.words == 0 || s.words <= r.words && !(s.article && e.status/100 == 2)) &&
		(r.load == "" || anyHolds(s.loads, r.load)) &&
		(r.element == "" || anyEquals(s.names, r.element)) &&
		(r.inline == "" || anyScriptHolds(s.inline, r.inline)) &&
		(r.text == "" || holdsAny(s.opening, r.text))
}

// statusIn reports whether a status is one of a list; "4xx" stands for its class, and no list for every status.
func statusIn(list string, status int) bool {
	if list == "" {
		return true
	}
	for want := range strings.SplitSeq(list, "|") {
		n, class := 0, strings.HasSuffix(want, "xx")
		for _, c := range []byte(want) {
			if c >= '0' && c <= '9' {
				n = n*10 + int(c-'0')
			}
		}
		if n == status || class && n == status/100 {
			return true
		}
	}
	return false
}

func hasHeader(h http.Header, want string) bool {
	name, part, _ := strings.Cut(want, ": ")
	for _, value := range h[name] {
		if strings.Contains(strings.ToLower(value), part) {
			return true
		}
	}
	return false
}

func holdsAny(text, list string) bool {
	for part := range strings.SplitSeq(list, "|") {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

func equalsAny(text, list string) bool {
	for part := range strings.SplitSeq(list, "|") {
		if text == part {
			return true
		}
	}
	return false
}

func beginsAny(text, list string) bool {
	for part := range strings.SplitSeq(list, "|") {
		if strings.HasPrefix(text, part) {
			return true
		}
	}
	return false
}

func anyHolds(texts []string, list string) bool {
	for _, text := range texts {
		if holdsAny(text, list) {
			return true
		}
	}
	return false
}

func anyEquals(texts []string, list string) bool {
	for _, text := range texts {
		if equalsAny(text, list) {
			return true
		}
	}
	return false
}

func anyScriptHolds(scripts [][]byte, list string) bool {
	for part := range strings.SplitSeq(list, "|") {
		for _, script := range scripts {
			if bytes.Contains(script, []byte(part)) {
				return true
			}
		}
	}
	return false
}
