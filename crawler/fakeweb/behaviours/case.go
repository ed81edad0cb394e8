package behaviours

import (
	"slices"
	"strings"
)

// Case is one link, how its host answers, and what is true of it.
type Case struct {
	Name string // unique
	Link string // as the list has it, without ports; its host belongs to this case or is a well-known one
	Also int    // further links to the same behaviour, "-2" and so on put behind the path; all must come to the same
	Text string // what the list calls it; default: the title that is expected, else something plausible
	Line string // the whole line of the list, where a plain item would not do; %s is the link
	Want Want
	Or   []Want // other answers that are as good; Why says so
	Why  string // what the expectation rests on, where the name does not tell

	// Serve puts the behaviour onto the web. Without it, an article with the expected title is at the link.
	Serve func(*Stage)

	// Standard is set where the case needs ports 80 and 443.
	Standard bool
}

// Want is what a case should come to.
type Want struct {
	State    string    // of the vocabulary: ok, failing, dead, blocked, skipped
	Reason   string    // alternatives separated by "|"; "" is any
	Title    string    // "" is any
	Findings []Finding // all that should be open, dead apart
	Says     string    // what the message must hold, in any case of letters
}

// Finding is something a person should look at.
type Finding struct {
	Kind       string
	Suggestion string // "" is none
	Fragment   string
}

// offSite is the finding of a link that lands on another site; where to is told by the message.
var offSite = finding("off-site")

// Theme is a group of cases.
type Theme struct {
	Name  string
	Cases []Case
}

// All gives the whole table.
func All() []Theme {
	return []Theme{
		{"plain pages", plainCases},
		{"documents and titles", slices.Concat(titleCases, charsetCases())},
		{"odd servers", serverCases},
		{"statuses", statusCases},
		{"redirects", slices.Concat(redirectCases, refreshCases)},
		{"gates", gateCases},
		{"walls", wallCases},
		{"soft 404", softCases},
		{"soft 404 by language", languageCases()},
		{"soft 404 in other words", wordingCases()},
		{"interstitials", interstitialCases},
		{"alive though suspicious", trapCases},
		{"parked and taken over", parkedCases},
		{"registrars", registrarCases},
		{"platforms", platformCases},
		{"anchors", anchorCases},
		{"certificates and https", tlsCases},
		{"connections and names", connectionCases},
		{"robots.txt and limits", politeCases},
		{"sites with habits", slices.Concat(habitCases, forgeCases)},
		{"malformed links", malformedCases},
		{"fresh", freshCases},
		{"tried to break", brokenCases},
		{"given up by their makers", givenUpCases},
	}
}

// Links gives all links of a case, without ports.
func (c Case) Links() []string {
	links := []string{c.Link}
	for i := range c.Also {
		links = append(links, c.Link+"-"+itoa(i+2))
	}
	return links
}

// Label is what the list calls the link.
func (c Case) Label() string {
	switch {
	case c.Text != "":
		return c.Text
	case c.Want.Title != "":
		return strings.NewReplacer("[", "(", "]", ")", "\n", " ").Replace(c.Want.Title)
	}
	return "Notes on " + c.Name
}

// The expectations.

func ok(title string, findings ...Finding) Want {
	return Want{State: "ok", Reason: "ok", Title: title, Findings: findings}
}

func dead(reason string, findings ...Finding) Want {
	return Want{State: "dead", Reason: reason, Findings: findings}
}

func failing(reason string) Want { return Want{State: "failing", Reason: reason} }

func blocked(reason, says string) Want { return Want{State: "blocked", Reason: reason, Says: says} }

func skipped(reason string) Want { return Want{State: "skipped", Reason: reason} }

func moved(to string) Finding          { return Finding{Kind: "moved", Suggestion: to} }
func noAnchor(fragment string) Finding { return Finding{Kind: "missing-anchor", Fragment: fragment} }
func finding(kind string) Finding      { return Finding{Kind: kind} }
