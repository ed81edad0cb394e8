package catalog

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// findings returns the findings that hold after an observation, and the kinds that it settles: an open finding
// of a settled kind that does not hold is closed; one of another kind stays as it was. A blocked visit settles nothing,
// so that a review outlives a closed door; what is never visited has nothing for a person to look at.
func findings(v Verdict, read reading, seen Observation, modified time.Time, policy Policy, now time.Time) (holding []Finding, settled []FindingKind) {
	switch {
	case read.state == Skipped:
		return nil, FindingKinds()
	case read.weight == undetermined:
		return nil, nil
	}
	settled = []FindingKind{FindingDead}
	if v.State == Dead {
		holding = append(holding, Finding{Kind: FindingDead, Message: deadMessage(v, read)})
	}
	if read.weight != good {
		return opened(holding, now), settled
	}
	settled = append(settled, FindingMoved, FindingOffSite, FindingStale)
	holding = appendIf(holding, moved(seen), offSite(seen), stale(modified, policy, now))
	if seen.Local {
		settled = append(settled, FindingMissingAnchor)
		holding = append(holding, missingAnchors(seen)...)
	}
	return opened(holding, now), settled
}

func opened(list []Finding, now time.Time) []Finding {
	for i := range list {
		list[i].Opened = now
	}
	return list
}

// deadMessage is the same on every visit that sees the same, so that the finding is not reworded each time.
func deadMessage(v Verdict, read reading) string {
	if v.Strikes.Bad == 1 {
		return read.message
	}
	return fmt.Sprintf("%s Bad since %s.", read.message, v.Strikes.BadSince.UTC().Format(time.DateOnly))
}

func appendIf(list []Finding, candidates ...*Finding) []Finding {
	for _, f := range candidates {
		if f != nil {
			list = append(list, *f)
		}
	}
	return list
}

// moved tells of permanent redirects (301, 308: RFC 9110, sections 15.4.2 and 15.4.9). The suggestion is the last
// URL reached through permanent hops only, as a temporary hop is no promise. A redirect that a rule expects leaves the
// link as it should be.
func moved(seen Observation) *Finding {
	n := 0
	for n < len(seen.Hops)-1 && permanent(seen.Hops[n].Status) && seen.Hops[n].Rule != RedirectsExpected {
		n++
	}
	if n == 0 {
		return nil
	}
	from, to := seen.Hops[0].URL, seen.Hops[n].URL
	if identity(from) == identity(to) {
		return nil
	}
	if !isRoot(from) && isRoot(to) {
		return &Finding{Kind: FindingMoved, Message: "Permanently redirected to the start page " + to + "; the page itself may be gone."}
	}
	return &Finding{Kind: FindingMoved, Message: "Permanently redirected to " + to + ".", Suggestion: to}
}

func permanent(status int) bool {
	return status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect
}

func identity(address string) string {
	base, _, _ := strings.Cut(address, "#")
	return base
}

func isRoot(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == ""
}

// offSite tells of a visit that ended on another registrable domain, by whatever redirect that no rule expects.
func offSite(seen Observation) *Finding {
	if len(seen.Hops) < 2 {
		return nil
	}
	from, to := home(seen.Hops), Site(seen.FinalURL())
	if from == to {
		return nil
	}
	return &Finding{Kind: FindingOffSite, Message: fmt.Sprintf("The link of %s lands on %s: %s.", from, to, seen.FinalURL())}
}

// home returns the registrable domain that a chain is expected to end on: that of its first hop, or where expected
// redirects lead from there.
func home(hops []Hop) string {
	site := Site(hops[0].URL)
	for i, hop := range hops[:len(hops)-1] {
		if hop.Rule == RedirectsExpected && Site(hop.URL) == site {
			site = Site(hops[i+1].URL)
		}
	}
	return site
}

// stale tells of a page older than the policy of its kind.
func stale(modified time.Time, policy Policy, now time.Time) *Finding {
	if policy.StaleAfter == 0 || modified.IsZero() || now.Sub(modified) < policy.StaleAfter {
		return nil
	}
	return &Finding{Kind: FindingStale, Message: fmt.Sprintf("Last changed on %s; a resource of kind %s is stale after %s.",
		modified.UTC().Format(time.DateOnly), policy.StaleKind, span(policy.StaleAfter))}
}

func missingAnchors(seen Observation) []Finding {
	var list []Finding
	for _, fragment := range seen.Missing {
		list = append(list, Finding{Kind: FindingMissingAnchor, Fragment: fragment,
			Message: fmt.Sprintf("The file has no section %q.", "#"+fragment)})
	}
	return list
}

// compareFindings holds what was open against what holds now.
func compareFindings(open, holding []Finding, settled []FindingKind) (opened, closed []Finding) {
	for _, f := range holding {
		i := slices.IndexFunc(open, f.sameSubject)
		if i >= 0 {
			f.ID, f.Opened = open[i].ID, open[i].Opened
			if f == open[i] {
				continue
			}
		}
		opened = append(opened, f)
	}
	for _, f := range open {
		if slices.Contains(settled, f.Kind) && !slices.ContainsFunc(holding, f.sameSubject) {
			closed = append(closed, f)
		}
	}
	return opened, closed
}

// changes lists what turned between two standings, for people.
func changes(previous Standing, v Verdict, j Judgement, now time.Time) []Change {
	var list []Change
	if v.State != previous.Verdict.State {
		list = append(list, Change{At: now, From: previous.Verdict.State, To: v.State, Reason: v.Reason, Message: v.Message})
	}
	for _, f := range j.Opened {
		if f.ID == 0 {
			list = append(list, Change{At: now, Finding: f.Kind, Message: f.Message})
		}
	}
	for _, f := range j.Closed {
		list = append(list, Change{At: now, Finding: f.Kind, Closed: true, Message: "No longer so: " + f.Message})
	}
	return list
}
