package listfile

import (
	"bytes"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"waymark/catalog"
)

// surroundings is what a list says around a link, for telling its kind.
type surroundings struct {
	before, after []byte   // text between this link and its neighbours, on its line
	section       []string // headings above, outermost first
}

// kindOf tells the kind of a link, the surest sign first: "@type@" in front of the title, an emoji, a word such as
// (Book), the headings above, the host. It returns the title without "@type@", and the type when it is none of the
// known ones.
func kindOf(title, address string, s surroundings) (rest string, kind catalog.Kind, unknown string) {
	if name, rest, ok := cutType(title); ok {
		if kind, known := kindNames[strings.ToLower(name)]; known {
			return rest, kind, ""
		}
		return rest, catalog.Other, name
	}
	if kind := markedKind(title, s); kind != "" {
		return title, kind, ""
	}
	if kind := sectionKind(s.section); kind != "" {
		return title, kind, ""
	}
	if hasPDF(title, s) {
		return title, catalog.Book, ""
	}
	return title, hostKind(address), ""
}

// cutType takes "@type@" off a title, as roadmaps write it.
func cutType(title string) (name, rest string, ok bool) {
	after, ok := strings.CutPrefix(strings.TrimSpace(title), "@")
	if !ok {
		return "", title, false
	}
	name, rest, ok = strings.Cut(after, "@")
	if !ok || name == "" || strings.ContainsFunc(name, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) }) {
		return "", title, false
	}
	return name, strings.TrimSpace(rest), true
}

// markedKind looks for an emoji or a word mark at the ends of the title and next to the link.
func markedKind(title string, s surroundings) catalog.Kind {
	edges := [...]string{title, string(s.before), string(s.after)}
	for i, text := range edges {
		if kind := emojiKind(text, i != 1, i != 2); kind != "" {
			return kind
		}
	}
	for i, text := range edges {
		for _, word := range wordMarks(text, i != 1) {
			if kind := markWords[word]; kind != "" {
				return kind
			}
		}
	}
	return ""
}

// hasPDF looks for the mark (PDF), which most often stands at a book, but says less than any other sign.
func hasPDF(title string, s surroundings) bool {
	for i, text := range [...]string{title, string(s.before), string(s.after)} {
		for _, word := range wordMarks(text, i != 1) {
			if word == "pdf" {
				return true
			}
		}
	}
	return false
}

// emojiKind reads an emoji at the first or the last place of a text.
func emojiKind(text string, first, last bool) catalog.Kind {
	text = strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '*' || r == '_' || r == '\uFE0F' || r == '[' || r == ']' || r == '-'
	})
	if r, _ := utf8.DecodeRuneInString(text); first && emojiKinds[r] != "" {
		return emojiKinds[r]
	}
	if r, _ := utf8.DecodeLastRuneInString(text); last && emojiKinds[r] != "" {
		return emojiKinds[r]
	}
	return ""
}

// wordMarks returns the words in brackets that stand at the end of a text and, where first is set, at its start,
// in lower case: "pdf" and "epub" of "- Jane Doe (PDF, EPUB)".
func wordMarks(text string, first bool) []string {
	text = strings.Trim(text, " \t\r\n*_.,;:|-–—")
	if text == "" {
		return nil
	}
	var words []string
	if first && (text[0] == '(' || text[0] == '[') {
		if end := strings.IndexAny(text, ")]"); end > 0 {
			words = appendWords(words, text[1:end])
		}
	}
	if n := len(text) - 1; text[n] == ')' || text[n] == ']' {
		if start := strings.LastIndexAny(text, "(["); start >= 0 {
			words = appendWords(words, text[start+1:n])
		}
	}
	return words
}

func appendWords(words []string, marks string) []string {
	for word := range strings.FieldsFuncSeq(marks, func(r rune) bool { return r == ',' || r == '/' || r == '|' || r == '&' }) {
		words = append(words, strings.ToLower(strings.Trim(word, " *_`")))
	}
	return words
}

// sectionKind reads the headings, the innermost first. A heading that names two kinds says nothing.
func sectionKind(section []string) catalog.Kind {
	for i := len(section) - 1; i >= 0; i-- {
		var found catalog.Kind
		words := strings.FieldsFunc(strings.ToLower(section[i]), func(r rune) bool { return !unicode.IsLetter(r) })
		for _, word := range words {
			kind := headingWords[word]
			if kind != "" && found != "" && kind != found {
				return ""
			}
			if kind != "" {
				found = kind
			}
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// hostKind tells the kind of addresses that can be nothing else.
func hostKind(address string) catalog.Kind {
	if !strings.HasPrefix(address, "http") {
		return catalog.Other
	}
	u, err := url.Parse(address)
	if err != nil {
		return catalog.Other
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	path := strings.Trim(u.Path, "/")
	if owner, _, _ := strings.Cut(path, "/"); host == "github.com" && notOwners[owner] {
		return catalog.Other
	}
	for _, rule := range hostKinds {
		if host == rule.host && strings.HasPrefix(path, rule.path) && (rule.depth == 0 || path != "" && strings.Count(path, "/")+1 == rule.depth) {
			return rule.kind
		}
	}
	return catalog.Other
}

// near cuts the surroundings of a link down to its line and to what a mark can be within.
func near(before, after []byte) surroundings {
	const reach = 200
	if i := bytes.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	if i := bytes.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	if len(after) > reach {
		after = after[:reach]
	}
	return surroundings{before: before[max(0, len(before)-reach):], after: after}
}
