package catalog

import "time"

const day = 24 * time.Hour

// Confirm says how often, and over how long, something bad must be seen before it is believed. With Times 0 it
// is never believed.
type Confirm struct {
	Times int
	Over  time.Duration // between the first and the last of them
}

// met reports whether n strikes since the first one confirm at now.
func (c Confirm) met(n int, since, now time.Time) bool {
	return c.Times > 0 && n >= c.Times && now.Sub(since) >= c.Over
}

// Rules is the policy of a whole installation; [Rules.For] narrows it to one resource.
type Rules struct {
	Every    time.Duration          // base interval between visits of a resource
	Definite Confirm                // for causes such as 404 and NXDOMAIN
	Doubtful Confirm                // for causes such as 503 and timeouts; definite strikes count too
	Stale    map[Kind]time.Duration // age from which a resource of the kind is stale; absent, 0 or Never: never
	Hosts    []HostRule             // of the user; first match wins
	Shipped  []HostRule             // of Waymark; the first match fills in what that of Hosts leaves out

	StaleSections []SectionAge // of the user; the first that matches the section of a placement counts
	StaleTopics   []Topic      // what ages faster than its kind
}

// DefaultRules returns the rules that hold where the configuration is silent. Confirmation follows what the
// field learnt: InternetArchiveBot wants three strikes over days, pywikibot a week.
func DefaultRules() Rules {
	return Rules{
		Every:    7 * day,
		Definite: Confirm{Times: 2, Over: day},
		Doubtful: Confirm{Times: 3, Over: 7 * day},
		Stale: map[Kind]time.Duration{
			Article: 3 * year, Video: 5 * year, Course: 4 * year, OpenSource: year, Tool: 2 * year,
			Roadmap: 2 * year, Feed: 2 * year, Podcast: 2 * year,
			Paper: Never, Book: Never, Official: Never, Community: Never, Other: Never,
		},
		StaleTopics: Topics(),
	}
}

// OneRun returns the rules for a single run, in which there are no days to confirm in: a definite cause that
// held after the retries is dead at once, a doubtful one stays failing.
func (r Rules) OneRun() Rules {
	r.Definite = Confirm{Times: 1}
	r.Doubtful = Confirm{}
	return r
}

// Policy is what holds for one resource.
type Policy struct {
	Every    time.Duration
	Definite Confirm
	Doubtful Confirm
	Stale    AgeRule // from which age it is stale, and why
	Accept   []int
	Forges   []string // hosts of forges whose interface can be asked, such as "github.com"
}

// For narrows the rules to a resource on a host, placed at the given spots. Where they differ in how it ages, the most
// lenient wins.
func (r Rules) For(host string, spots []Spot) Policy {
	return Policy{Every: r.Every, Definite: r.Definite, Doubtful: r.Doubtful, Accept: r.Host(host).Accept, Stale: r.age(host, spots)}
}
