package catalog

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

const year = 365 * day

// Never is the age from which what does not age is stale: longer than any.
const Never = time.Duration(math.MaxInt64)

// FromForge says that a date is that of a repository's last push, as its forge tells it. Where else a date can come
// from is told by the reader of pages.
const FromForge = "forge"

// fromLastModified is the header of that name.
const fromLastModified = "last-modified"

// Modified is when a resource was last changed, else published, with what shows it.
type Modified struct {
	At   time.Time  // zero when unknown
	From string     // where it was read, such as "json-ld" or FromForge
	As   string     // as it is written there, one line; may be empty
	Sure Confidence // Low opens no finding
}

// IsZero reports that nothing is known.
func (m Modified) IsZero() bool { return m.At.IsZero() }

// dating returns what a page says of its age. Pages that an older Waymark read have no confidence on record: what their
// metadata said was meant for machines, and a header is about a file.
func (p *Page) dating() Modified {
	m := Modified{p.Modified, p.ModifiedFrom, p.ModifiedAs, p.ModifiedSure}
	switch {
	case m.IsZero():
		return Modified{}
	case m.Sure == "" && m.From == fromLastModified:
		m.Sure = Low
	}
	m.Sure = cmp.Or(m.Sure, High)
	return m
}

// modifiedBy returns when the resource was last changed. A forge knows better than the page that it makes of it. A visit
// that shows no date, as one that is answered 304, leaves the one before; a date that is hardly believed, and a page of
// what a forge told of before, only make the resource younger.
func modifiedBy(seen Observation, before Modified) Modified {
	if forge, asked := seen.Answer(AskForge); asked && forge.Repository != nil && !forge.Repository.Pushed.IsZero() {
		return Modified{At: forge.Repository.Pushed, From: FromForge, Sure: High}
	}
	if seen.Page == nil || seen.Page.Modified.IsZero() {
		return before
	}
	now := seen.Page.dating()
	if (now.Sure == Low || before.From == FromForge) && before.At.After(now.At) {
		return before
	}
	return now
}

// AgeRule says from which age something is stale, and why it is that one.
type AgeRule struct {
	After time.Duration // 0 and Never: it does not age
	By    AgeBy
	Match string // the pattern of the host or the section, or the name of the topic
	Kind  Kind   // of the placement
	Where string // the heading or title in which the topic was found
}

// AgeBy is what a rule of ages goes by.
type AgeBy string

// What a rule of ages can go by. For one placement the first that applies counts; the topic only shortens the age of the
// kind.
const (
	AgeByHost    AgeBy = "host"    // the user's rule for the host; it holds for every placement
	AgeBySection AgeBy = "section" // the user's rule for the section
	AgeByRecord  AgeBy = "record"  // the host keeps what does not change
	AgeByTopic   AgeBy = "topic"   // the section or title names what ages fast
	AgeByKind    AgeBy = "kind"    // the kind alone
)

// Ages reports whether anything is ever stale by the rule.
func (a AgeRule) Ages() bool { return a.After > 0 && a.After < Never }

// From returns when something that was last changed at a time becomes stale; zero where it never does.
func (a AgeRule) From(modified time.Time) time.Time {
	if !a.Ages() || modified.IsZero() {
		return time.Time{}
	}
	return modified.Add(a.After)
}

// String tells the rule as the end of a sentence: "articles are stale after 3 years (kind article)".
func (a AgeRule) String() string {
	after := "never stale"
	if a.Ages() {
		after = "stale after " + age(a.After)
	}
	switch a.By {
	case AgeByHost:
		return fmt.Sprintf("pages of its host are %s (rule for the host %q)", after, a.Match)
	case AgeBySection:
		return fmt.Sprintf("links of its section are %s (rule for the section %q)", after, a.Match)
	case AgeByRecord:
		return fmt.Sprintf("what %s keeps is %s", a.Match, after)
	case AgeByTopic:
		return fmt.Sprintf("%s on %s are %s (kind %s, topic %s as in “%s”)", plural(a.Kind), a.Match, after, a.Kind, a.Match, a.Where)
	case AgeByKind:
		return fmt.Sprintf("%s are %s (kind %s)", plural(a.Kind), after, a.Kind)
	}
	return "no list recommends it, so it is never stale"
}

// plural names the resources of a kind.
func plural(k Kind) string {
	switch k {
	case Official:
		return "official pages"
	case OpenSource:
		return "source code repositories"
	case Community:
		return "communities"
	case Other:
		return "links of no known kind"
	}
	return string(k) + "s"
}

// age writes a long duration as people say it: in years where it is whole years.
func age(d time.Duration) string {
	switch {
	case d == year:
		return "1 year"
	case d >= year && d%year == 0:
		return fmt.Sprintf("%d years", d/year)
	}
	return span(d)
}

// Spot is what a placement tells of how its resource ages.
type Spot struct {
	Kind    Kind
	Section []string // headings above the link, outermost first
	Title   string   // the link's text
}

// Spot returns what the placement tells of how its resource ages.
func (p Placement) Spot() Spot { return Spot{p.Kind, p.Section, p.Title} }

// SectionAge is the age from which what a section recommends is stale.
type SectionAge struct {
	Match string // a section path joined by " / ", with all below it; "*" stands for any text, and case does not count
	After time.Duration
}

// matches reports whether the rule is for a section, or for one above it.
func (s SectionAge) matches(section []string) bool {
	pattern := strings.ToLower(s.Match)
	for n := range section {
		if wildcard(pattern, strings.ToLower(strings.Join(section[:n+1], sectionSeparator))) {
			return true
		}
	}
	return false
}

// sectionSeparator stands between the headings of a section path.
const sectionSeparator = " / "

// wildcard reports whether a text has the form of a pattern, in which "*" stands for any text.
func wildcard(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	text, ok := strings.CutPrefix(text, parts[0])
	if len(parts) == 1 {
		return ok && text == ""
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		i := strings.Index(text, part)
		if !ok || i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return ok && strings.HasSuffix(text, parts[last])
}

// age returns the rule for what is on a host and placed at the given spots. Where they differ, the most lenient wins: a
// page that one list calls a paper does not age because another calls it an article.
func (r Rules) age(host string, spots []Spot) AgeRule {
	if rule := r.Host(host); rule.StaleAfter != 0 && len(spots) > 0 {
		return AgeRule{After: rule.StaleAfter, By: AgeByHost, Match: rule.Match, Kind: spots[0].Kind}
	}
	record := keepsRecords(host)
	var most AgeRule
	for i, spot := range spots {
		one := r.ageOf(spot, record)
		if !one.Ages() {
			return one
		}
		if i == 0 || one.After > most.After {
			most = one
		}
	}
	return most
}

// ageOf returns the rule for one placement.
func (r Rules) ageOf(spot Spot, record string) AgeRule {
	if i := slices.IndexFunc(r.StaleSections, func(s SectionAge) bool { return s.matches(spot.Section) }); i >= 0 {
		return AgeRule{After: r.StaleSections[i].After, By: AgeBySection, Match: r.StaleSections[i].Match, Kind: spot.Kind}
	}
	if record != "" {
		return AgeRule{After: Never, By: AgeByRecord, Match: record, Kind: spot.Kind}
	}
	rule := AgeRule{After: r.Stale[spot.Kind], By: AgeByKind, Kind: spot.Kind}
	if !rule.Ages() {
		return rule
	}
	if topic, where := topicOf(r.StaleTopics, spot); topic != nil && topic.After < rule.After {
		return AgeRule{After: topic.After, By: AgeByTopic, Match: topic.Name, Kind: spot.Kind, Where: where}
	}
	return rule
}

// stale tells of what is older than its rule allows, with what shows it.
func stale(m Modified, policy Policy, now time.Time) *Finding {
	from := policy.Stale.From(m.At)
	if from.IsZero() || m.Sure == Low || now.Before(from) {
		return nil
	}
	return &Finding{Kind: FindingStale, Message: fmt.Sprintf("%s; %s.", m, policy.Stale)}
}

// String tells the date with its evidence: "Last changed on 2019-03-02 (json-ld, written “March 2, 2019”)".
func (m Modified) String() string {
	day := m.At.UTC().Format(time.DateOnly)
	switch {
	case m.From == FromForge:
		return fmt.Sprintf("Last pushed to on %s (as its forge says)", day)
	case m.From == "":
		return "Last changed on " + day
	case m.As == "":
		return fmt.Sprintf("Last changed on %s (%s)", day, m.From)
	}
	return fmt.Sprintf("Last changed on %s (%s, written “%s”)", day, m.From, m.As)
}
