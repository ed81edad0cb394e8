package crawler

import (
	"maps"
	"slices"
	"time"

	"waymark/catalog"
)

// greatHost is how the hosts are asked that many lists point at, and why so. Resolvers aside, the rules
// say nothing of what an answer means: they are politeness, and what a host wants to see.
type greatHost struct {
	matches     []string
	concurrency int
	interval    time.Duration
	headers     map[string]string
	why         string
}

// greatHosts is ordered as rules are: the first match wins.
var greatHosts = [...]greatHost{
	{[]string{"github.com"}, 4, 300 * time.Millisecond, nil,
		"holds 31 % of the links of real lists and answers bursts with 429, checkers with one request at a time too " +
			"(lychee#1402, #1873); 2,800 links take 14 minutes, 37,500 three hours"},
	{[]string{"gist.github.com", "raw.githubusercontent.com", "*.github.com", "*.githubusercontent.com"}, 2, 500 * time.Millisecond, nil,
		"the same limits as github.com, at fewer links (lychee-action#54)"},
	{[]string{"gitlab.com"}, 2, 500 * time.Millisecond, nil,
		"answers bursts with challenges of the network before it"},
	{[]string{"www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"}, 4, 250 * time.Millisecond, nil,
		"9 % of all links, large pages, and bursts are sent to a page of consent or proof; 1,000 links take 4 minutes"},
	{[]string{"*.wikipedia.org", "*.wikimedia.org", "*.wikibooks.org", "*.wiktionary.org", "*.wikidata.org"}, 2, 500 * time.Millisecond, nil,
		"its robot policy wants few requests at a time, compression, and a contact in the user agent"},
	{[]string{"medium.com", "*.medium.com", "towardsdatascience.com", "hackernoon.com"}, 1, time.Second, nil,
		"403 to data centres, from where a burst looks like an attack"},
	{[]string{"stackoverflow.com", "*.stackoverflow.com", "*.stackexchange.com", "superuser.com", "serverfault.com", "askubuntu.com"}, 1, time.Second, nil,
		"403 to data centres, and addresses are throttled"},
	{[]string{"reddit.com", "*.reddit.com"}, 1, 2 * time.Second, nil,
		"403 to data centres; counts requests without an account by the minute"},
	{[]string{"npmjs.com", "*.npmjs.com"}, 1, time.Second, nil,
		"403 to data centres, from where a burst looks like an attack"},
	{[]string{"crates.io"}, 1, time.Second, map[string]string{"Accept": "text/html"},
		"its policy is one request a second and a user agent that names the robot; 404 without Accept: text/html"},
	{[]string{"pypi.org", "*.pypi.org"}, 2, 500 * time.Millisecond, nil,
		"one operator's gift to everybody; project pages ask for proof after bursts"},
	{[]string{"doi.org", "dx.doi.org", "hdl.handle.net"}, 2, 500 * time.Millisecond, nil,
		"a resolver: its redirect is soon there, and leads to publishers that refuse robots"},
	{[]string{"linkedin.com", "*.linkedin.com"}, 1, 5 * time.Second, nil,
		"999 for live and dead alike: there is nothing to be learnt by asking faster"},
	{[]string{"twitter.com", "*.twitter.com", "x.com", "*.x.com"}, 1, 2 * time.Second, nil,
		"200 for nothing, whatever is asked; hurry gains only a block"},
	{[]string{"facebook.com", "*.facebook.com", "instagram.com", "*.instagram.com"}, 1, 5 * time.Second, nil,
		"a page to log in, for live and dead alike"},
	{[]string{"docs.google.com", "drive.google.com", "sites.google.com", "groups.google.com", "scholar.google.com"}, 1, time.Second, nil,
		"bursts are sent to a page of proof, for all of Google at once"},
	{[]string{"web.archive.org"}, 1, 2 * time.Second, nil,
		"allows 30 requests a minute; 429 unheeded becomes a block at the firewall (edgi-govdata-archiving/wayback#137, #206)"},
	{[]string{"archive.org", "*.archive.org"}, 1, time.Second, nil,
		"shares its limits with web.archive.org"},
	{[]string{"gnu.org", "*.gnu.org"}, 1, time.Second, nil,
		"429 and silence for whoever hurries (lychee#1504, #1873); maintainers of lists ignore it for that"},
}

// resolvers are hosts whose redirect is the answer: an identifier is registered or it is not. Where it leads is the
// publisher's affair, who refuses robots more often than not.
var resolvers = []string{"doi.org", "dx.doi.org", "hdl.handle.net"}

// GreatHosts returns the rules for the hosts that many lists point at, for catalog.Rules.Shipped: they fill in what the
// user's rules leave out. Each call gives values of its own.
func GreatHosts() []catalog.HostRule {
	var rules []catalog.HostRule
	for _, g := range greatHosts {
		for _, match := range g.matches {
			rules = append(rules, catalog.HostRule{Match: match, Concurrency: g.concurrency, Interval: g.interval, Headers: maps.Clone(g.headers)})
		}
	}
	for i := range rules {
		if slices.Contains(resolvers, rules[i].Match) {
			rules[i].Redirects = catalog.RedirectsAnswer
		}
	}
	return rules
}
