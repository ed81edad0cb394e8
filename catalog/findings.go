package catalog

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// findings returns the findings that hold after an observation, and the kinds that it settles: an open finding
// of a settled kind that does not hold is closed; one of another kind stays as it was. A blocked visit settles nothing,
// so that a review outlives a closed door; what is never visited has nothing for a person to look at.
func findings(v Verdict, read reading, seen Observation, modified Modified, policy Policy, now time.Time) (holding []Finding, settled []FindingKind) {
	switch {
	case read.state == Skipped:
		return nil, FindingKinds()
	case read.weight == undetermined:
		return nil, nil
	}
	settled = []FindingKind{FindingDead}
	if v.State == Dead {
		dead := Finding{Kind: FindingDead, Message: deadMessage(v, read)}
		if seen.Failure != nil {
			dead.Suggestion = seen.Failure.Suggestion
		}
		holding = append(holding, dead)
	}
	if read.weight != good {
		return opened(holding, now), settled
	}
	settled = append(settled, FindingMoved, FindingOffSite, FindingStale, FindingInsecure, FindingCertificate)
	holding = appendIf(holding, moved(seen), offSite(seen), stale(modified, policy, now), insecure(seen), certificate(seen, now))
	if seen.Local || seen.Page != nil {
		settled = append(settled, FindingMissingAnchor, FindingDrifted)
		holding = appendIf(append(holding, missingAnchors(seen)...), drifted(seen))
	}
	if given, known := archived(seen); known {
		settled, holding = append(settled, FindingArchived), appendIf(holding, given)
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

// moved tells of permanent redirects. The suggestion is the last URL reached through permanent hops only, as a
// temporary hop is no promise, without what only tells where a visitor came from. A redirect that a rule expects leaves
// the link as it should be.
func moved(seen Observation) *Finding {
	n := lasting(seen.Hops)
	if n == 0 {
		return nil
	}
	from, to := seen.Hops[0].URL, withoutTracking(seen.Hops[n].URL)
	switch {
	case identity(from) == identity(to):
		return nil
	case !isRoot(from) && isHome(to):
		return &Finding{Kind: FindingMoved, Message: "Permanently redirected to the start page " + to + "; the page itself may be gone."}
	}
	return &Finding{Kind: FindingMoved, Message: "Permanently redirected to " + to + ".", Suggestion: to}
}

// SuggestionFor returns what to write instead at a placement that wants a fragment (percent-encoded, without "#"; "" for
// none): a redirect whose address has no fragment takes over the one of the link (RFC 9110, section 10.2.2).
func (f Finding) SuggestionFor(fragment string) string {
	if f.Suggestion == "" || fragment == "" || strings.Contains(f.Suggestion, "#") {
		return f.Suggestion
	}
	return f.Suggestion + "#" + fragment
}

func identity(address string) string {
	base, _, _ := strings.Cut(address, "#")
	return base
}

func isRoot(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == ""
}

// offSite tells of a visit that ended on another site, by whatever redirect that no rule expects.
func offSite(seen Observation) *Finding {
	if len(seen.Hops) < 2 {
		return nil
	}
	from := home(seen.Hops)
	if sameSite(from, seen.FinalURL()) {
		return nil
	}
	return &Finding{Kind: FindingOffSite, Message: fmt.Sprintf("The link of %s lands on %s: %s.", Site(from), Site(seen.FinalURL()), seen.FinalURL())}
}

// insecure tells of an http link to a page that https serves as well. A permanent redirect to https is told by moved.
func insecure(seen Observation) *Finding {
	if len(seen.Hops) == 0 || !strings.HasPrefix(seen.Hops[0].URL, "http:") {
		return nil
	}
	to := ""
	if twin, asked := seen.Answer(AskHTTPS); asked && isTwin(seen, twin) {
		to = twin.URL
	}
	if final := seen.FinalURL(); strings.HasPrefix(final, "https:") && samePlace(seen.Hops[0].URL, final) && lasting(seen.Hops) < len(seen.Hops)-1 {
		to = withoutTracking(final)
	}
	if to == "" {
		return nil
	}
	return &Finding{Kind: FindingInsecure, Message: "The link is not encrypted, and " + to + " serves the same page.", Suggestion: to}
}

// isTwin reports that https gave the same page: with the same text, or the same title where the text differs a little.
func isTwin(seen Observation, twin Answer) bool {
	if twin.Status/100 != 2 || !strings.HasPrefix(twin.FinalURL(), "https:") || hasSignal(twin.Signals, SignalWall) || hasSignal(twin.Signals, SignalGone) || seen.Page == nil {
		return false
	}
	return sameText(seen.Page.Sketch, twin.Sketch) || twin.Title != "" && twin.Title == seen.Page.Title
}

// certificateWarning is how long before its end a certificate is worth a word: those that are renewed by themselves
// (RFC 8555) are renewed a month before.
const certificateWarning = 14 * day

// certificate tells of one that ends soon.
func certificate(seen Observation, now time.Time) *Finding {
	if seen.CertificateEnds.IsZero() || seen.CertificateEnds.Sub(now) > certificateWarning {
		return nil
	}
	return &Finding{Kind: FindingCertificate, Message: fmt.Sprintf("The certificate ends on %s; browsers will refuse the page from then on.",
		seen.CertificateEnds.UTC().Format(time.DateOnly))}
}

// drifted tells of a page that speaks of what buyers of expired domains sell.
func drifted(seen Observation) *Finding {
	mark, ok := seen.Signal(SignalHijacked)
	if !ok {
		return nil
	}
	return &Finding{Kind: FindingDrifted, Message: fmt.Sprintf("The page speaks of %s; its domain may have a new owner.", mark.Says)}
}

// home returns the address whose site a chain is expected to end on: that of its first hop, or where expected redirects
// lead from there.
func home(hops []Hop) string {
	at := hops[0].URL
	for i, hop := range hops[:len(hops)-1] {
		if hop.Rule == RedirectsExpected && Site(hop.URL) == Site(at) {
			at = hops[i+1].URL
		}
	}
	return at
}

func missingAnchors(seen Observation) []Finding {
	what := "file"
	if !seen.Local {
		what = "page"
	}
	var list []Finding
	for _, fragment := range seen.Missing {
		f := Finding{Kind: FindingMissingAnchor, Fragment: fragment, Message: fmt.Sprintf("The %s has no section %q.", what, "#"+fragment)}
		if near := seen.Near[fragment]; near != "" {
			f.Message += fmt.Sprintf(" Probably %q is meant.", "#"+near)
			f.Suggestion = "#" + near // of a file of the source each link has a way of its own, which stays
			if len(seen.Hops) > 0 {
				f.Suggestion = seen.Hops[0].URL + f.Suggestion
			}
		}
		list = append(list, f)
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
