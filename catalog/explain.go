package catalog

import (
	"fmt"
	"strings"
	"time"
)

// Explanation is the account that a verdict gives of itself: what was asked, what came back, which rule decided, and
// what would change it. All texts are sentences or lines for people.
type Explanation struct {
	Rule   string   `json:"rule"`   // name of the rule that decided
	Says   string   `json:"says"`   // what the rule goes by
	Facts  []string `json:"facts"`  // what the visit showed, in the order in which it did
	Asked  []Asked  `json:"asked"`  // what was asked beyond the page itself
	Change string   `json:"change"` // what would change the verdict
}

// Asked is a question with its answer.
type Asked struct {
	Kind   QuestionKind `json:"kind"`
	URL    string       `json:"url"`
	Why    string       `json:"why"`
	Answer string       `json:"answer"`
}

// Explain gives the account of a verdict: of the last observation, read again. It is pure; whoever keeps observations
// can explain every one of them.
func Explain(v Verdict, seen Observation, policy Policy) Explanation {
	e := Explanation{Facts: []string{}, Asked: []Asked{}}
	switch v.Reason {
	case ReasonUnchecked, ReasonOffline, ReasonRule, ReasonUnsupportedScheme:
		e.Rule, e.Says, e.Change = "not-visited", v.Message, "A visit."
		return e
	}
	read, by := interpret(seen, policy)
	e.Rule, e.Says, e.Change = by.name, by.says, whatChanges(v, by, needed(read.weight, policy))
	e.Facts = append(e.Facts, factsOf(seen)...)
	for _, a := range seen.Answers {
		e.Asked = append(e.Asked, Asked{Kind: a.Kind, URL: a.URL, Why: a.Why, Answer: a.inWords()})
	}
	return e
}

// whatChanges joins what the rule would need with what the verdict still waits for.
func whatChanges(v Verdict, by rule, need Confirm) string {
	switch {
	case v.State == Failing && need.Times > 0:
		return fmt.Sprintf("Dead once seen %d times over %s; seen %s so far. In order again: %s", need.Times, span(need.Over), times(v.Strikes.Bad), lowerFirst(by.change))
	case v.State == Dead:
		return "One visit that finds it in order: " + lowerFirst(by.change)
	case v.State == Blocked && v.Determined != "":
		return fmt.Sprintf("%s Before, it was %s.", by.change, v.Determined)
	}
	return by.change
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// factsOf lists what a visit showed.
func factsOf(seen Observation) []string {
	var list []string
	for i, hop := range seen.Hops {
		list = append(list, hop.inWords(i == len(seen.Hops)-1))
	}
	if f := seen.Failure; f != nil {
		list = append(list, failureMessage(*f))
	}
	if seen.Attempts > 1 {
		list = append(list, fmt.Sprintf("asked %d times; this is the last answer", seen.Attempts))
	}
	if seen.ContentType != "" {
		size := fmt.Sprintf("%s, %d bytes read", seen.ContentType, seen.Bytes)
		if seen.Truncated {
			size += ", more was there"
		}
		list = append(list, size)
	}
	if seen.Page != nil && seen.Page.Title != "" {
		list = append(list, fmt.Sprintf("titled %q", seen.Page.Title))
	}
	for _, s := range seen.Signals {
		list = append(list, s.inWords())
	}
	if !seen.CertificateEnds.IsZero() {
		list = append(list, "certificate ends on "+seen.CertificateEnds.UTC().Format(time.DateOnly))
	}
	for _, fragment := range seen.Missing {
		list = append(list, fmt.Sprintf("no anchor %q", "#"+fragment))
	}
	return list
}

func (h Hop) inWords(last bool) string {
	switch {
	case h.Status == 0:
		return h.URL + " gave no answer"
	case h.Refresh:
		return fmt.Sprintf("%s answered %s and refreshes to %s", h.URL, statusText(h.Status), h.Location)
	case !last:
		return fmt.Sprintf("%s answered %s to %s", h.URL, statusText(h.Status), h.Location)
	}
	return fmt.Sprintf("%s answered %s", h.URL, statusText(h.Status))
}

func (s Signal) inWords() string {
	text := fmt.Sprintf("bears the mark %q of %s", s.Rule, s.Kind)
	if s.Says != "" {
		text += ": " + s.Says
	}
	if !s.Proof && s.Kind != SignalArchived {
		text += " (no proof by itself)"
	}
	return text
}

// inWords says what came of a question.
func (a Answer) inWords() string {
	var parts []string
	switch {
	case a.Failure != nil:
		return "Not answered: " + failureMessage(*a.Failure)
	case a.Repository != nil:
		parts = append(parts, a.Repository.URL)
		if a.Repository.Archived {
			parts = append(parts, "archived")
		}
		if !a.Repository.Pushed.IsZero() {
			parts = append(parts, "last pushed to on "+a.Repository.Pushed.UTC().Format(time.DateOnly))
		}
	case a.Package != nil && a.Package.GivenUp != "":
		parts = append(parts, statusText(a.Status), a.Package.GivenUp)
	case a.Kind == AskNames:
		parts = append(parts, strings.Join(a.Names, ", "))
	default:
		parts = append(parts, statusText(a.Status))
		if a.Hops > 0 {
			parts = append(parts, fmt.Sprintf("after %d redirects at %s", a.Hops, a.FinalURL()))
		}
		if a.Title != "" {
			parts = append(parts, fmt.Sprintf("titled %q", a.Title))
		}
	}
	return strings.Join(parts, ", ") + "."
}
