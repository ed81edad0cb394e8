package page

import (
	"bytes"
	"net/http"
	"net/url"
	"path"
	"strings"

	"waymark/catalog"
)

const (
	smallPage  = 6 << 10  // a page of fewer bytes is looked at closely: challenges, landers and error pages are short
	fewWords   = 60       // a page of fewer words says next to nothing beside its title
	littleText = 100      // a page of fewer words, and no script to bring more, says little
	shortTitle = 200      // bytes of a title that can be one of a rule
	early      = 32 << 10 // a heading that stands further on is not searched for
)

// suspicious reports whether an answer deserves the closer look, by what costs nothing to see.
func (d Document) suspicious(title, canonical string, body []byte) bool {
	switch {
	case d.Closer, d.Redirected, d.Status/100 != 2, d.Status == http.StatusAccepted, len(body) < smallPage, d.mayHaveTwin():
		return true
	case len(title) <= shortTitle && (knownTitles[title] || beginsRule(title) || errorWord(title) != "" || len(takenOverWords([]string{title})) > 1):
		return true
	}
	return d.namesFile() || d.namesAbove(canonical) || errorWord(firstHeading(body)) != "" || speaksOf404(body)
}

// mayHaveTwin reports a document without encryption at the port of http: to tell whether https serves the same, what it
// says must be known.
func (d Document) mayHaveTwin() bool {
	rest, plain := strings.CutPrefix(d.URL, "http://")
	host, _, _ := strings.Cut(rest, "/")
	return plain && !strings.Contains(host, ":")
}

// namesAbove reports a document whose canonical address (RFC 6596) is a folder above its own, or the start page of its
// host: servers that show one page for all that is missing leave its own address in it.
func (d Document) namesAbove(canonical string) bool {
	return strings.HasSuffix(canonical, "/") && len(canonical) < len(strings.TrimSuffix(d.URL, "/")) &&
		strings.HasPrefix(d.URL, canonical) && !strings.Contains(d.URL, "?")
}

// namesFile reports an address that names a file which is no page: a page in its place was not what was meant. Forges
// show files within pages.
func (d Document) namesFile() bool {
	if strings.Contains(d.URL, "/blob/") || strings.Contains(d.URL, "/tree/") || strings.Contains(d.URL, "/src/") || strings.Contains(d.URL, "File:") {
		return false
	}
	address, _, _ := strings.Cut(d.URL, "?")
	switch strings.ToLower(path.Ext(address)) {
	case ".pdf", ".epub", ".mobi", ".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".ps", ".djvu", ".mp3", ".mp4", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".csv", ".json", ".txt":
		return true
	}
	return false
}

// firstHeading returns the first heading of the first level in lower case, without its markup, where it stands early.
// Its end tag is searched for by the end of it, as "1" is much rarer in a page than "<".
func firstHeading(body []byte) string {
	body = body[:min(len(body), early)]
	for at := 0; ; at += len("1>") {
		i := bytes.Index(body[at:], []byte("1>"))
		if i < 0 {
			return ""
		}
		at += i
		if !bytes.HasSuffix(body[:at], []byte("</h")) {
			continue
		}
		text := body[max(0, at-1<<10) : at-len("</h")]
		start := bytes.LastIndex(text, []byte("<h1"))
		if start < 0 {
			return ""
		}
		_, heading, _ := strings.Cut(string(text[start:]), ">")
		return strings.ToLower(withoutTags(heading))
	}
}

func withoutTags(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		b.WriteString(before)
		if !found {
			return clean(b.String())
		}
		_, text, _ = strings.Cut(rest, ">")
	}
}

// knownTitles are the titles that rules name.
var knownTitles = titlesOf(walls, platforms, parked)

func titlesOf(tables ...[]rule) map[string]bool {
	titles := map[string]bool{}
	for _, table := range tables {
		for _, r := range table {
			for title := range strings.SplitSeq(r.title, "|") {
				titles[title] = true
			}
		}
	}
	delete(titles, "")
	return titles
}

func beginsRule(title string) bool {
	for _, table := range [...][]rule{walls, platforms, parked} {
		for i := range table {
			if table[i].begins != "" && beginsAny(title, table[i].begins) {
				return true
			}
		}
	}
	return false
}

// signals lists the marks of an answer. A wall hides all that is behind it, so that it stands alone. whole says that
// nothing of the document is missing.
func (e *evidence) signals(whole bool) []catalog.Signal {
	if r, ok := e.first(walls); ok {
		return []catalog.Signal{r.signal(catalog.SignalWall)}
	}
	var list []catalog.Signal
	if e.status/100 != 3 {
		if r, ok := e.first(platforms); ok {
			list = append(list, r.signal(catalog.SignalGone))
		}
	}
	if e.status/100 == 2 {
		list = append(list, e.parkedSignals()...)
		list = append(list, e.doubts(whole)...)
	}
	return list
}

// bareSignals lists the marks of an answer that is no HTML. A whole answer without a byte has nothing to see.
func (e *evidence) bareSignals(d Document) []catalog.Signal {
	if r, ok := e.first(walls); ok {
		return []catalog.Signal{r.signal(catalog.SignalWall)}
	}
	if r, ok := e.first(platforms); ok {
		return []catalog.Signal{r.signal(catalog.SignalGone)}
	}
	if d.Status == http.StatusOK && len(d.Body) == 0 && !d.Truncated {
		return []catalog.Signal{{Kind: catalog.SignalEmpty, Rule: "no-bytes", Proof: true}}
	}
	return nil
}

// doubts lists what arouses suspicion in a document that was answered as if all were well.
func (e *evidence) doubts(whole bool) []catalog.Signal {
	var list []catalog.Signal
	s := e.look
	if s == nil {
		return nil
	}
	called := append([]string{e.title}, s.headings...)
	if s.login {
		list = append(list, catalog.Signal{Kind: catalog.SignalLogin, Rule: "password-field", Says: "asks for a password"})
	}
	if mark, ok := e.errorMark(called); ok {
		list = append(list, mark)
	}
	if words := takenOverWords(called); len(words) > 1 {
		list = append(list, catalog.Signal{Kind: catalog.SignalHijacked, Rule: "taken-over", Says: strings.Join(words[:2], ", ")})
	}
	switch {
	case !whole || e.status != http.StatusOK:
	case s.words == 0 && !s.scripts && !s.shows && e.title == "":
		list = append(list, catalog.Signal{Kind: catalog.SignalEmpty, Rule: "nothing-to-see", Proof: true})
	case s.words < littleText && !s.scripts && (s.words > 3 || !s.shows):
		list = append(list, catalog.Signal{Kind: catalog.SignalShort, Rule: "few-words"})
	}
	return list
}

// errorMark looks for words of an error: in the title and headings, else in the text of a page with little of it (the
// less, the more words count), else for a page in the place of a file.
func (e *evidence) errorMark(called []string) (catalog.Signal, bool) {
	for _, text := range called {
		if word := errorWord(text); word != "" {
			return catalog.Signal{Kind: catalog.SignalError, Rule: catalog.RuleErrorWords, Says: word}, true
		}
	}
	if e.look.words < 400 {
		for phrase := range strings.SplitSeq(errorTexts, "|") {
			if strings.Contains(e.look.opening, phrase) {
				return catalog.Signal{Kind: catalog.SignalError, Rule: "error-text", Says: phrase}, true
			}
		}
	}
	if e.look.words < littleText && !e.look.login {
		if word := missingWord(e.look.opening); word != "" {
			return catalog.Signal{Kind: catalog.SignalError, Rule: "error-text", Says: word}, true
		}
	}
	if e.above {
		return catalog.Signal{Kind: catalog.SignalError, Rule: catalog.RuleCanonicalAbove, Says: "an address above its own"}, true
	}
	if e.file {
		return catalog.Signal{Kind: catalog.SignalError, Rule: "page-for-file", Says: "a page where a file was meant"}, true
	}
	return catalog.Signal{}, false
}

// placeOf returns host/path of an address in lower case.
func placeOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host + u.EscapedPath())
}
