package page

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"waymark/catalog"
)

const (
	topBytes    = 128 << 10 // of a page, that are searched for what its makers say at its top
	readmeBytes = 24 << 10  // of a README
	maxSays     = 200       // characters of a sentence that are kept as evidence
)

// readmes are where the hosts of software show what its makers write first, by class or id.
var readmes = map[string]string{"github.com": "markdown-body", "codeberg.org": "markup", "gitea.com": "markup", "bitbucket.org": "readme", "sr.ht": "readme", "pypi.org": "project-description"}

// givenUpSignals looks for what makers say of a page, or of the software that it presents, as a whole: that they gave it
// up, that it is elsewhere now, or that it is about an old version. Words alone are suspicion; they count where they stand
// in an element made to be noticed above the matter, at the top of a README, or, of the text itself, in its first lines.
func givenUpSignals(d Document, p catalog.Page, src source, text texts, links links) []catalog.Signal {
	if d.Status != http.StatusOK {
		return nil
	}
	u, err := url.Parse(d.URL)
	if err != nil {
		return nil
	}
	g := givenUp{links: links, name: repositoryName(u)}
	if s, ok := g.described(p.Title); ok {
		return []catalog.Signal{s}
	}
	if s, ok := olderThanCanonical(u, p.Canonical, src.body); ok {
		return []catalog.Signal{s}
	}
	part, mark := topPart(u, src.body)
	if !givenUpStems.in(part) {
		return nil
	}
	for _, b := range topOf(text.all(part), mark) {
		if s, ok := g.read(b); ok {
			return []catalog.Signal{s}
		}
	}
	return nil
}

// topPart returns the part of a page that is searched, and the mark of the README in it.
func topPart(u *url.URL, body []byte) (part []byte, mark string) {
	mark = readmes[strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")]
	if repositoryName(u) == "" {
		mark = ""
	}
	at := bytes.Index(body, []byte(mark))
	if mark == "" || at < 0 {
		return body[:min(len(body), topBytes)], ""
	}
	at = max(bytes.LastIndexByte(body[:at], '<'), 0)
	return body[at:min(len(body), at+readmeBytes)], mark
}

// repositoryName returns the name of what the start page of a repository or a package shows, "" for other pages.
func repositoryName(u *url.URL) string {
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) == 2 && readmes[strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")] != "" {
		return strings.ToLower(strings.TrimSuffix(parts[1], ".git"))
	}
	return ""
}

// givenUp reads the top of a page.
type givenUp struct {
	links links
	name  string // of the repository whose page it is, in lower case
}

// described looks at the words that the owner of a repository put beside its name, as the forge's title has them.
func (g givenUp) described(title string) (catalog.Signal, bool) {
	_, words, found := strings.Cut(title, ": ")
	lower := strings.ToLower(words)
	at := flagBracket.FindStringIndex(lower)
	flagged := at != nil && strings.TrimFunc(lower[:at[0]], notLetter) == "" || flagLine.MatchString(lower) && !partial.MatchString(lower)
	if g.name == "" || !found || !flagged {
		return catalog.Signal{}, false
	}
	return givenUpSignal("repository-description", "its description says", words, ""), true
}

func givenUpSignal(rule, where, sentence, to string) catalog.Signal {
	return catalog.Signal{Kind: catalog.SignalArchived, Rule: rule, Says: where + " “" + shorten(strings.TrimSpace(sentence), maxSays) + "”", To: to}
}

// read looks at one block.
func (g givenUp) read(b block) (catalog.Signal, bool) {
	where := b.place()
	if where == "" || b.isLink() {
		return catalog.Signal{}, false
	}
	if b.flagged() {
		return givenUpSignal("given-up", where, b.text, g.replacement(b)), true
	}
	if b.readme && (b.item || kept.MatchString(strings.ToLower(b.text))) {
		return catalog.Signal{}, false
	}
	for sentence := range sentences(b.text) {
		if where == ownWords && (b.before > topWords/4 || sentence != b.text[:len(sentence)]) {
			return catalog.Signal{}, false
		}
		lower := strings.ReplaceAll(strings.ToLower(sentence), "’", "'")
		noun, gone := g.says(lower)
		old := b.notice && !b.readme && (gone && versionNouns[noun] || anyMatch(oldVersionSentences, lower))
		switch {
		case old:
			return givenUpSignal(catalog.RuleOldVersion, where, sentence, g.replacement(b)), true
		case gone && !versionNouns[noun] && !(b.readme && manualNouns[noun]) && (b.notice || b.readme || writingNouns[noun]):
			return givenUpSignal("given-up", where, sentence, g.replacement(b)), true
		}
		if to := g.replacement(b); to != "" && (b.notice || b.readme) && g.moved(lower, b, to) {
			return givenUpSignal("moved-away", where, sentence, to), true
		}
	}
	return catalog.Signal{}, false
}

// isLink reports a block that is a link and nothing else, such as the title of another page.
func (b block) isLink() bool {
	return len(b.links) == 1 && b.links[0].at == 0 && b.links[0].end >= len(b.text) && !b.readme
}

// ownWords is said of the text itself. Of that only the first sentence counts: further on, "this post" may be another one.
const ownWords = "it begins with"

// place says where a block stands, "" where what it says counts for nothing.
func (b block) place() string {
	switch {
	case b.readme:
		return "its README begins with"
	case b.notice:
		return "a notice at its top says"
	case b.heading == 0 && b.before < topWords/2:
		return ownWords
	}
	return ""
}

// flagged reports a heading or first line of a README that is nothing but the word.
func (b block) flagged() bool {
	lower := strings.ToLower(b.text)
	if !b.readme || b.before > 12 || b.part && !shouted.MatchString(b.text) || partial.MatchString(lower) || len(lower) > 300 {
		return false
	}
	return flagLine.MatchString(lower) || b.heading == 1 && flagBracket.MatchString(lower)
}

// says reports whether a sentence in lower case says of the whole that it was given up, and the noun that it uses.
func (g givenUp) says(sentence string) (noun string, gone bool) {
	if g.name != "" && len(g.name) > 2 {
		if rest, found := strings.CutPrefix(strings.TrimLeftFunc(sentence, notLetter), g.name+" "); found {
			sentence = "this project " + rest
		}
	}
	for _, s := range givenUpSentences {
		m := s.FindStringSubmatchIndex(sentence)
		if m == nil || !isPlain(sentence, m[0], m[1]) {
			continue
		}
		if noun = sentence[m[2]:m[3]]; !writingNouns[noun] && !shelves[noun] || !shelved.MatchString(sentence[m[0]:m[1]]) {
			return noun, true
		}
	}
	return "", false
}

// isPlain reports that what stands around a match neither makes it conditional nor limits it.
func isPlain(sentence string, from, to int) bool {
	before, behind := sentence[:from], sentence[to:]
	return from < 120 && !strings.HasPrefix(behind, "-") && !conditional.MatchString(before) && !ownedBy.MatchString(before) && !strings.HasSuffix(sentence, "?") &&
		(!alive.MatchString(behind) || denied.MatchString(behind)) && (!limits.MatchString(behind) || limitless.MatchString(behind))
}

// moved reports a sentence that says where the whole is now. Projects move to other languages and licences as well.
func (g givenUp) moved(sentence string, b block, to string) bool {
	m := movedSentence.FindStringSubmatchIndex(sentence)
	if m == nil || m[0] > 80 || conditional.MatchString(sentence[:m[0]]) || ownedBy.MatchString(sentence[:m[0]]) {
		return false
	}
	if writingNouns[sentence[m[2]:m[3]]] || g.name != "" && strings.Contains(strings.ToLower(to), g.name) {
		return true
	}
	return slices.ContainsFunc(b.links, func(l link) bool {
		return g.links.absolute(l.href).URL == to && newHome.MatchString(l.text(b))
	})
}

// replacement returns the address of what a block leads to instead, "" when it names none for certain.
func (g givenUp) replacement(b block) string {
	for _, l := range b.links {
		before := strings.ToLower(b.text[:min(l.at, len(b.text))])
		behind := strings.ToLower(b.text[min(l.end, len(b.text)):])
		if !leads.MatchString(before) && !instead.MatchString(l.text(b)) && !newestBehind.MatchString(behind) {
			continue
		}
		t := g.links.absolute(l.href)
		if t.URL != "" && t.URL != catalog.Canonical(g.links.document, catalog.From{}).URL && strings.HasPrefix(t.URL, "http") {
			return t.URL
		}
	}
	return ""
}

// sentences splits a text where one ends: behind a mark that a space follows, or one of East Asia.
func sentences(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for i, r := range text {
			end := i + len(string(r))
			if strings.ContainsRune("。！？", r) || strings.ContainsRune(".!?;", r) && (end == len(text) || text[end] == ' ') {
				if !yield(text[start:end]) {
					return
				}
				start = end
			}
		}
		if strings.TrimSpace(text[start:]) != "" {
			yield(text[start:])
		}
	}
}

func anyMatch(list []*regexp.Regexp, text string) bool {
	return slices.ContainsFunc(list, func(r *regexp.Regexp) bool { return r.MatchString(text) })
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
