package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// rule is one way to read an observation. The rules are tried in order; the first that knows the case decides.
type rule struct {
	name   string
	says   string // what the rule goes by, for people
	change string // what would change the outcome
	read   func(Observation, Policy) (reading, bool)
}

// rules in their order: first what kept the visit from an answer, then what somebody knows better than the page, then
// what stands before the page, then the status, then what the page itself shows.
var rules = []rule{
	{"no-answer", "The visit got no usable answer; the kind of failure decides.", "An answer that can be used.", byFailure},
	{"local", "Links within the source are held against its files.", "A file at that place in the source.", byLocal},
	{"accepted-status", "A rule of this installation takes this status for a page that is there.", "Another status, or another rule for the host.", byAccepted},
	{"redirect-is-answer", "A rule takes a redirect from this host for the page.", "An error of the host, or another rule for it.", byRedirect},
	{"site-interface", "The site's own interface knows whether this is there, where its pages do not tell.", "Another answer of the interface.", bySite},
	{"taken-down", "A platform, hoster or server says that nothing is to be had here.", "A page of the site's own at the address.", byPlatform},
	{"wall", "Something that keeps robots out stands before the page.", "A visit that the host lets through, or a person who looks.", byWall},
	{"gate", "The host sends visitors elsewhere before they may see the page.", "A visit that is let through, or a person who looks.", byGate},
	{"status", "The status of the final answer decides.", "Another status.", byError},
	{"parked", "The page bears the marks of a parked domain.", "A page without them.", parkedDomain},
	{"soft-404", "A name that cannot exist beside the page gets the same answer.", "An answer that differs from that for made-up names.", soft404},
	{"new-owner", "The whole host speaks of something else than it did.", "The page as it was.", takenOver},
	{"empty", "The answer has nothing to see.", "A page with something on it.", byEmpty},
	{"page", "The final answer is a page, and nothing speaks against it.", "An error, or a page that is none.", byPage},
}

// interpret reads one observation by itself, and says which rule decided.
func interpret(seen Observation, policy Policy) (reading, rule) {
	for _, r := range rules {
		if read, ok := r.read(seen, policy); ok {
			return read, r
		}
	}
	last := rules[len(rules)-1]
	return ofStatus(seen.Status()), last
}

// Definite reports whether an observation, taken by itself, speaks against the resource in a way that needs little
// confirmation, and the reason.
func Definite(seen Observation, policy Policy) (Reason, bool) {
	read, _ := interpret(seen, policy)
	return read.reason, read.weight == definite
}

func byFailure(seen Observation, _ Policy) (reading, bool) {
	if seen.Failure == nil {
		return reading{}, false
	}
	return ofFailure(*seen.Failure, seen), true
}

func byLocal(seen Observation, _ Policy) (reading, bool) {
	return reading{good, OK, ReasonOK, "The file is part of the source."}, seen.Local
}

func byAccepted(seen Observation, policy Policy) (reading, bool) {
	status := seen.Status()
	return reading{good, OK, ReasonOK, fmt.Sprintf("Answered %s, which a rule for this host accepts.", statusText(status))},
		slices.Contains(policy.Accept, status)
}

func byRedirect(seen Observation, _ Policy) (reading, bool) {
	return reading{good, OK, ReasonOK, fmt.Sprintf("Answered %s, and a rule takes a redirect from this host for the page.", statusText(seen.Status()))},
		seen.answeredByRedirect()
}

// bySite believes a site's interface. An interface that does not let itself be asked leaves the matter to the page.
func bySite(seen Observation, _ Policy) (reading, bool) {
	answer, asked := seen.Answer(AskSite)
	if !asked {
		return reading{}, false
	}
	for _, address := range []string{seen.Hops[0].URL, seen.FinalURL()} {
		s, endpoint := siteOf(address)
		switch {
		case endpoint != answer.URL:
		case slices.Contains(s.gone, answer.Status):
			return reading{definite, Failing, ReasonNotFound, fmt.Sprintf("%s says that it is not there: its interface answered %s.", s.name, statusText(answer.Status))}, true
		case answer.Status/100 == 2 || slices.Contains(s.there, answer.Status):
			return reading{good, OK, ReasonOK, fmt.Sprintf("%s says that it is there: its interface answered %s.", s.name, statusText(answer.Status))}, true
		}
	}
	return reading{}, false
}

// byPlatform reads the pages of platforms. A plain 404 or 410 says the same by itself.
func byPlatform(seen Observation, _ Policy) (reading, bool) {
	mark, ok := seen.Signal(SignalGone)
	if !ok || !mark.Proof || slices.Contains([]int{404, 410}, seen.Status()) {
		return reading{}, false
	}
	reason := ReasonGone
	if seen.Status()/100 == 2 {
		reason = ReasonSoft404
	}
	return reading{definite, Failing, reason, fmt.Sprintf("Answered %s with a page that stands where nothing is: %s.", statusText(seen.Status()), mark.Says)}, true
}

func byWall(seen Observation, _ Policy) (reading, bool) {
	provider := cmp.Or(seen.Challenge, seen.Wall())
	message := fmt.Sprintf("The host shows robots a challenge (%s).", provider)
	switch what, own := strings.CutPrefix(provider, "the host"); {
	case own && what == "":
		message = "The host shows robots a challenge of its own."
	case own:
		message = "The host" + what + "."
	}
	return reading{undetermined, Blocked, ReasonChallenge, message}, provider != ""
}

func byGate(seen Observation, _ Policy) (reading, bool) {
	if seen.Status()/100 != 2 {
		return reading{}, false
	}
	g, ok := landedAt(seen)
	message := fmt.Sprintf("The host %s (%s).", g.says, seen.FinalURL())
	if g.reason == ReasonServerError {
		return reading{doubtful, Failing, g.reason, message}, ok
	}
	return reading{undetermined, Blocked, g.reason, message}, ok
}

func byError(seen Observation, _ Policy) (reading, bool) {
	status := seen.Status()
	return ofStatus(status), status/100 != 2 && status != 304
}

func byEmpty(seen Observation, _ Policy) (reading, bool) {
	mark, ok := seen.Signal(SignalEmpty)
	return reading{doubtful, Failing, ReasonEmpty, fmt.Sprintf("Answered %s, with nothing to see.", statusText(seen.Status()))}, ok && mark.Proof
}

func byPage(seen Observation, _ Policy) (reading, bool) { return ofStatus(seen.Status()), true }
