package catalog

import (
	"cmp"
	"crypto/sha256"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Ask returns the questions that an observation leaves open: those that its facts raise and that none of its answers is
// to. It is pure. The crawler answers them, adds the answers to the observation and asks again, as an answer can raise a
// further question, until none is open; three rounds are enough for every chain of questions.
//
// Questions cost others something. They are raised only where an answer could change the verdict.
func Ask(seen Observation, policy Policy) []Question {
	var open []Question
	for _, raise := range []func(Observation, Policy) (Question, bool){
		askIssuer, askSite, askForge, askSibling, askRoot, askNames, askHTTPS,
	} {
		if q, ok := raise(seen, policy); ok && !seen.answered(q.Kind) {
			open = append(open, q)
		}
	}
	return open
}

// Answer returns what came of a question of that kind; false when it was not asked, or could not be.
func (o Observation) Answer(kind QuestionKind) (Answer, bool) {
	i := slices.IndexFunc(o.Answers, func(a Answer) bool { return a.Kind == kind })
	if i < 0 || o.Answers[i].Failure != nil {
		return Answer{}, false
	}
	return o.Answers[i], true
}

func (o Observation) answered(kind QuestionKind) bool {
	return slices.ContainsFunc(o.Answers, func(a Answer) bool { return a.Kind == kind })
}

func askIssuer(seen Observation, _ Policy) (Question, bool) {
	f := seen.Failure
	if f == nil || f.Reason != ReasonTLS || f.Issuer == "" {
		return Question{}, false
	}
	return Question{Kind: AskIssuer, URL: f.Issuer, Why: "The server left out the certificate of its issuer, which browsers then fetch."}, true
}

func askSite(seen Observation, _ Policy) (Question, bool) {
	if seen.Failure != nil || len(seen.Hops) == 0 || slices.Contains([]int{404, 410}, seen.Status()) || seen.Status() >= 500 && seen.Status() != 999 {
		return Question{}, false
	}
	for _, address := range []string{seen.Hops[0].URL, seen.FinalURL()} {
		if s, endpoint := siteOf(address); endpoint != "" {
			return Question{Kind: AskSite, URL: endpoint, Why: s.why + ".", Accept: s.kind}, true
		}
	}
	return Question{}, false
}

func askForge(seen Observation, policy Policy) (Question, bool) {
	repository := ""
	if isPage(seen) {
		repository = repositoryOf(seen.FinalURL(), policy.Forges)
	}
	return Question{Kind: AskForge, URL: repository, Why: "The forge knows whether the repository is archived, and when it was last pushed to."}, repository != ""
}

// askSibling asks for a name that cannot exist beside the page, where the page looks like the answer to everything.
func askSibling(seen Observation, _ Policy) (Question, bool) {
	why := suspicion(seen)
	if why == "" || isRoot(seen.Hops[0].URL) {
		return Question{}, false
	}
	if _, endpoint := siteOf(seen.Hops[0].URL); endpoint != "" {
		return Question{}, false // the site itself says it better
	}
	address := siblingOf(seen.Hops[0].URL)
	if len(seen.Hops) == 1 && hasSignal(seen.Signals, SignalError) {
		address = cmp.Or(siblingByQuery(seen.Hops[0].URL), address)
	}
	return Question{Kind: AskSibling, URL: address, Why: why + " Is every name there answered so?"}, address != ""
}

// suspicion says why a page that was answered with success may not be there, "" when nothing speaks against it.
func suspicion(seen Observation) string {
	if !isPage(seen) {
		return ""
	}
	if _, gated := landedAt(seen); gated {
		return ""
	}
	for _, s := range seen.Signals {
		switch {
		case s.Proof:
			return ""
		case s.Kind == SignalError:
			return "The title or heading speaks of an error (" + s.Says + ")."
		case s.Kind == SignalParked:
			return "The page may be that of a parked domain: it " + s.Says + "."
		case s.Kind == SignalHijacked:
			return "The page speaks of " + s.Says + "."
		case s.Kind == SignalShort:
			return "The page says little."
		}
	}
	if isElsewhere(seen) {
		return "The link is redirected to another place (" + seen.FinalURL() + ")."
	}
	return ""
}

// isPage reports an answer of success with a document and nothing before it.
func isPage(seen Observation) bool {
	return seen.Failure == nil && !seen.Local && len(seen.Hops) > 0 && seen.Status()/100 == 2 && seen.Wall() == "" && seen.Page != nil
}

// siblingOf returns the address of 25 letters in the folder of a page (Bar-Yossef et al. 2004, section 3). They are
// fixed by the folder, so that the answer serves every page in it.
func siblingOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	end := ""
	folder := u.EscapedPath()
	if strings.HasSuffix(folder, "/") {
		end, folder = "/", strings.TrimSuffix(folder, "/")
	}
	folder = folder[:strings.LastIndexByte(folder, '/')+1]
	if folder == "" {
		folder = "/"
	}
	base := u.Scheme + "://" + u.Host + folder
	return base + letters(base, 25) + end
}

// siblingByQuery returns the address of a script with made-up values in its query, "" for a page that is named by its
// path: what stands beside viewtopic.php is another script, and not another topic.
func siblingByQuery(address string) string {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains(scripts, strings.ToLower(path.Ext(u.Path))) || untracked(u.RawQuery) == "" {
		return ""
	}
	var parts []string
	for part := range strings.SplitSeq(untracked(u.RawQuery), "&") {
		name, value, _ := strings.Cut(part, "=")
		made := letters(u.Path+name, 25)
		if strings.Trim(value, "0123456789") == "" {
			made = "987601234" // beyond what such numbers reach, and within what programs take for one
		}
		parts = append(parts, name+"="+made)
	}
	return u.Scheme + "://" + u.Host + u.EscapedPath() + "?" + strings.Join(parts, "&")
}

// scripts are endings of programs that are told by their query what to show.
var scripts = []string{".php", ".asp", ".aspx", ".jsp", ".cgi", ".pl", ".do", ".cfm"}

// letters returns n letters that nobody would have chosen, fixed by the text.
func letters(text string, n int) string {
	sum := sha256.Sum256([]byte(text))
	out := make([]byte, n)
	for i := range out {
		out[i] = 'a' + sum[i]%26
	}
	return string(out)
}

// askRoot asks for the start page where a deep page may be nothing else.
func askRoot(seen Observation, _ Policy) (Question, bool) {
	if !isPage(seen) || isRoot(seen.FinalURL()) {
		return Question{}, false
	}
	for _, kind := range []SignalKind{SignalParked, SignalHijacked} {
		if s, ok := seen.Signal(kind); ok && !s.Proof {
			u, err := url.Parse(seen.FinalURL())
			if err != nil {
				return Question{}, false
			}
			return Question{Kind: AskRoot, URL: u.Scheme + "://" + u.Host + "/", Why: "The page looks like that of a domain which shows the same everywhere. Does its start page?"}, true
		}
	}
	return Question{}, false
}

// askNames asks who serves a domain whose page says little or looks parked.
func askNames(seen Observation, _ Policy) (Question, bool) {
	mark, doubtful := seen.Signal(SignalParked)
	if !doubtful {
		mark, doubtful = seen.Signal(SignalShort)
	}
	if !isPage(seen) || !doubtful || slices.ContainsFunc(seen.Signals, func(s Signal) bool { return s.Proof }) {
		return Question{}, false
	}
	domain := Site(seen.FinalURL())
	if isAddress(domain) || !strings.Contains(domain, ".") {
		return Question{}, false
	}
	return Question{Kind: AskNames, URL: domain, Why: "The page " + cmp.Or(mark.Says, "says little") + ". Is the name of its domain served by a parking service?"}, true
}

// askHTTPS asks for an http page by https, at the ports that are their own.
func askHTTPS(seen Observation, _ Policy) (Question, bool) {
	if !isPage(seen) || !strings.HasPrefix(seen.Hops[0].URL, "http:") || !strings.HasPrefix(seen.FinalURL(), "http:") {
		return Question{}, false
	}
	u, err := url.Parse(seen.Hops[0].URL)
	if err != nil || u.Port() != "" || isAddress(u.Hostname()) {
		return Question{}, false
	}
	u.Scheme, u.Fragment = "https", ""
	return Question{Kind: AskHTTPS, URL: u.String(), Why: "The link is not encrypted. Does https serve the same page?"}, true
}
