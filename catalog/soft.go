package catalog

import (
	"cmp"
	"fmt"
	"math/bits"
	"net/url"
	"slices"
	"strings"
)

// sameText reports whether two documents say the same, but for a word here and there.
func sameText(a, b *Sketch) bool {
	if a == nil || b == nil {
		return false
	}
	less, more := min(a.Words, b.Words), max(a.Words, b.Words)
	if less < 4 || more-less > max(3, more/10) { // a word or two, or pictures alone, are no text
		return false
	}
	return near(a.Print, b.Print, more) || near(a.whole(), b.whole(), more)
}

// near reports prints of so many words that tell of the same text. A distance of 3 bits of 64 is that of near duplicates
// (Manku et al. 2007); in a short text a single word weighs more.
func near(a, b uint64, words int) bool {
	distance := bits.OnesCount64(a ^ b)
	return distance <= 3 || words < 150 && distance <= 8
}

// sameError reports a page that speaks of an error, beside which a made-up name gets one that says the same: word for
// word where that is next to nothing and no script brings more; under the same title where the rest differs, as among
// articles that are recommended instead. A number in a title may be the name of a site, such as 404 Media.
func sameError(seen Observation, sibling Answer) bool {
	mark, ok := seen.Signal(SignalError)
	a, b := seen.Page.Sketch, sibling.Sketch
	if !ok || a == nil || b == nil {
		return false
	}
	if 0 < a.Words && a.Words < 4 && hasSignal(seen.Signals, SignalShort) {
		return a.Words == b.Words && (a.Print == b.Print || a.whole() == b.whole())
	}
	titled := mark.Rule == RuleErrorWords && strings.Trim(mark.Says, "0123456789") != "" && strings.Contains(strings.ToLower(seen.Page.Title), mark.Says)
	return titled && seen.Page.Title == sibling.Title && min(a.Words, b.Words) >= wordsOfRest
}

// wordsOfRest is the least that a page says which has something beside its error; a frame of an application says less.
const wordsOfRest = 30

// answersToNames reports a page and a made-up one beside it that each bear their own name in the title, and no error: a
// dictionary or a tool that has something to say of every word.
func answersToNames(seen Observation, sibling Answer) bool {
	own, made := stem(pathOf(seen.Hops[0].URL)), stem(pathOf(sibling.URL))
	return len(own) > 2 && strings.Contains(strings.ToLower(seen.Page.Title), own) && strings.Contains(strings.ToLower(sibling.Title), made)
}

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}

// wordsOfError is the most that a page of an error says, navigation and all, where it is compared with itself under
// another query.
const wordsOfError = 200

// soft404 judges a suspicious page by the answer to a name that cannot exist beside it (Bar-Yossef et al. 2004,
// section 3.2): an answer that is an error means that the server knows what it has; another number of redirects, that
// the page is treated differently; the same place after as many redirects, that everything is sent there; else the
// texts decide. A text alone is believed only where the page speaks of an error or says little: the frame of an
// application is the same for every page of it. Of a page that says little, and nothing of an error, it is no more than a
// doubt: it may be a notice of maintenance, or a question that every visitor is asked first.
func soft404(seen Observation, _ Policy) (reading, bool) {
	sibling, asked := seen.Answer(AskSibling)
	if !asked || !isPage(seen) || sibling.Status/100 != 2 || hasSignal(sibling.Signals, SignalWall) {
		return reading{}, false
	}
	redirects := len(seen.Hops) - 1
	switch {
	case sibling.Hops != redirects:
		return reading{}, false
	case redirects > 0 && identity(seen.FinalURL()) == identity(sibling.FinalURL()):
		if !isCatchAll(seen) {
			return reading{}, false
		}
		return reading{weight: definite, state: Failing, reason: ReasonSoft404, message: fmt.Sprintf(
			"Redirected to %s, where every made-up name in the same folder is sent too: the page is gone.", seen.FinalURL())}, true
	}
	return byText(seen, sibling)
}

// byText holds a suspicious page against that of a made-up name.
func byText(seen Observation, sibling Answer) (reading, bool) {
	bad := hasSignal(seen.Signals, SignalError) || hasSignal(seen.Signals, SignalHijacked)
	answered := "Answered " + statusText(seen.Status())
	switch {
	case sameError(seen, sibling):
		return reading{weight: definite, state: Failing, reason: ReasonSoft404, message: answered +
			", but a made-up name in the same folder gets the same page of an error: the page is gone."}, true
	case !bad && !hasSignal(seen.Signals, SignalShort), isFrame(seen), !sameText(seen.Page.Sketch, sibling.Sketch):
		return reading{}, false
	case strings.Contains(sibling.URL, "?") && seen.Page.Sketch.Words > wordsOfError:
		return reading{}, false // a long page that ignores its query, as far as anybody can tell
	case bad:
		return reading{weight: definite, state: Failing, reason: ReasonSoft404, message: answered +
			", but with the same text that a made-up name in the same folder gets: the page is gone."}, true
	case hasSignal(seen.Signals, SignalLogin) && hasSignal(sibling.Signals, SignalLogin):
		return reading{undetermined, Blocked, ReasonUnauthorized, "The host asks to log in first: every name in the folder shows the same form."}, true
	case answersToNames(seen, sibling):
		return reading{}, false
	}
	return reading{weight: doubtful, state: Failing, reason: ReasonSoft404, message: answered +
		" with little text, and a made-up name in the same folder gets the same: the page may be gone, or every visitor is shown something else first."}, true
}

// isFrame reports a page that speaks of no error but by its canonical address, and says so little that it may be the
// frame of an application.
func isFrame(seen Observation) bool {
	mark, ok := seen.Signal(SignalError)
	return ok && mark.Rule == RuleCanonicalAbove && (seen.Page.Sketch == nil || seen.Page.Sketch.Words < wordsOfFrame)
}

const wordsOfFrame = 150

// isCatchAll reports a landing that can be where a site sends what is missing. A permanent redirect always can. A
// temporary one may lead to a question that the site has for every visitor, such as for the region: then only a start
// page, a folder above, a search, or a page that speaks of an error counts; the start page of a language does not.
func isCatchAll(seen Observation) bool {
	from, to := seen.Hops[0].URL, seen.FinalURL()
	switch {
	case !temporarily(seen.Hops), isRoot(to), hasSignal(seen.Signals, SignalError):
		return true
	case isHome(to):
		return false
	}
	a, errA := url.Parse(from)
	b, errB := url.Parse(to)
	if errA != nil || errB != nil {
		return false
	}
	above := strings.TrimSuffix(strings.ToLower(b.Path), "/") + "/"
	return a.Host == b.Host && strings.HasPrefix(strings.ToLower(a.Path), above) || slices.ContainsFunc(segments(b), isLostPlace)
}

// isLostPlace reports a part of a path that names a page for what is missing.
func isLostPlace(segment string) bool {
	return slices.Contains([]string{"404", "404.html", "404.php", "404.aspx", "410", "error", "errors", "error.html", "error.aspx", "error404", "notfound", "not-found", "not_found", "pagenotfound", "page-not-found", "missing",
		"search", "suche", "recherche", "buscar", "sitemap", "index", "index.html", "index.php", "home", "archive", "default.aspx"}, strings.ToLower(segment))
}

func temporarily(hops []Hop) bool { return lasting(hops) < len(hops)-1 }

func hasSignal(signals []Signal, kind SignalKind) bool {
	_, ok := firstSignal(signals, kind)
	return ok
}

// parkedDomain judges a page that bears the marks of a parked domain: one that no page in use bears, or a doubtful one
// that name servers or the start page confirm.
func parkedDomain(seen Observation, _ Policy) (reading, bool) {
	mark, ok := seen.Signal(SignalParked)
	if !isPage(seen) || !ok && !hasSignal(seen.Signals, SignalShort) {
		return reading{}, false
	}
	say := func(proof string) (reading, bool) {
		return reading{weight: definite, state: Failing, reason: ReasonParked, message: fmt.Sprintf("The domain is parked: the page %s%s.", cmp.Or(mark.Says, "says little"), proof)}, true
	}
	if mark.Proof {
		return say("")
	}
	if names, asked := seen.Answer(AskNames); asked {
		if server := parkingServer(names.Names); server != "" {
			return say(", and its name is served by " + server)
		}
	}
	root, asked := seen.Answer(AskRoot)
	sibling, also := seen.Answer(AskSibling)
	if ok && asked && also && hasSignal(root.Signals, SignalParked) && sameText(seen.Page.Sketch, root.Sketch) && sameText(seen.Page.Sketch, sibling.Sketch) {
		return say(", and its start page and every made-up name show the same")
	}
	return reading{}, false
}

// takenOver judges a page that speaks of what buyers of expired domains sell. The words alone are no proof; that every
// name on the host shows the same is.
func takenOver(seen Observation, _ Policy) (reading, bool) {
	mark, ok := seen.Signal(SignalHijacked)
	root, asked := seen.Answer(AskRoot)
	if !ok || !isPage(seen) || !asked || !sameText(seen.Page.Sketch, root.Sketch) {
		return reading{}, false
	}
	return reading{weight: definite, state: Failing, reason: ReasonSoft404, message: fmt.Sprintf(
		"The page speaks of %s and is the same as the start page of the host: the domain seems to have a new owner.", mark.Says)}, true
}
