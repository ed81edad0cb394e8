package catalog

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Wanted is a resource as the lists want it: one target with all its placements.
type Wanted struct {
	Target
	Source    string // of a local target; empty for the web, where all sources share a resource
	Host      string // the unit of politeness; empty for what is never visited over the network
	Fragments []string
	Places    []Place
}

// Gather groups the placements of snapshots by the resource that they point at, in the order of the lists.
func Gather(snapshots ...Snapshot) []*Wanted {
	type key struct{ source, url string }
	var order []*Wanted
	index := map[key]*Wanted{}
	hosts := map[string]string{} // each once: many resources share one
	for _, snap := range snapshots {
		for _, listing := range snap.Listings {
			for _, p := range listing.Placements {
				target := Canonical(p.URL, From{File: p.File, URL: snap.Source.URL})
				k := key{url: target.URL}
				if target.Local {
					k.source = snap.Source.Name
				}
				w := index[k]
				if w == nil {
					w = &Wanted{Target: target, Source: k.source, Host: visitHost(target)}
					w.Fragment, w.Host = "", shared(hosts, w.Host)
					if w.URL == p.URL {
						w.URL = p.URL // the same text once
					}
					k.url = w.URL
					index[k], order = w, append(order, w)
				}
				w.add(Place{Source: snap.Source.Name, Placement: p, Fragment: target.Fragment})
			}
		}
	}
	return order
}

// shared returns a text that equals the given one and may be held already.
func shared(held map[string]string, text string) string {
	if same, ok := held[text]; ok {
		return same
	}
	text = strings.Clone(text) // and not a part of a longer one, which would be kept with it
	held[text] = text
	return text
}

// CommonFragment returns the fragment that all placements want, "" where they differ.
func (w *Wanted) CommonFragment() string {
	for _, p := range w.Places {
		if p.Fragment != w.Places[0].Fragment {
			return ""
		}
	}
	if len(w.Places) == 0 {
		return ""
	}
	return w.Places[0].Fragment
}

func (w *Wanted) add(p Place) {
	w.Places = append(w.Places, p)
	if p.Fragment != "" && !slices.Contains(w.Fragments, p.Fragment) {
		w.Fragments = append(w.Fragments, p.Fragment)
	}
}

func visitHost(t Target) string {
	if t.Local || t.Reason != "" {
		return ""
	}
	return Host(t.URL)
}

// Settle judges a wanted resource that needs no network; ok is false for what must be visited. There is nothing
// that time could confirm, so that one look is enough.
func (w *Wanted) Settle(claim Claim, local map[string]LocalFile, rules Rules, now time.Time) (result Result, ok bool) {
	seen, skip, ok := w.Unvisited(local)
	if !ok {
		return Result{}, false
	}
	seen.At = now
	policy := rules.OneRun().For("", Spots(w.Places))
	result = Result{Claim: claim, Observation: seen}
	switch {
	case skip == "":
		result.Judgement = Judge(claim.Standing, seen, policy, now)
	case w.Local:
		read := reading{undetermined, Skipped, skip, "Not looked up: the link leads out of the source."}
		result.Judgement = conclude(claim.Standing, read, Observation{}, policy, now)
	default:
		result.Judgement = Skip(claim.Standing, skip, now)
	}
	result.Due, _ = NextVisit(result.Judgement.Verdict, seen, policy, w.URL, now)
	return result, true
}

// Unvisited returns what is known of a wanted resource that needs no network: a local file, or a link that is
// never visited. The observation is to be judged like any other; ok is false for what must be visited.
func (w *Wanted) Unvisited(local map[string]LocalFile) (seen Observation, skip Reason, ok bool) {
	switch {
	case w.Reason == ReasonInvalidURL:
		return Observation{Failure: w.invalid()}, "", true
	case w.Reason != "":
		return Observation{}, w.Reason, true
	case !w.Local:
		return Observation{}, "", false
	}
	file := local[w.URL]
	seen.Local = true
	if !file.Exists {
		seen.Failure = &Failure{Reason: ReasonNotFound, Detail: w.URL}
		return seen, "", true
	}
	seen.Page = &Page{Title: w.URL}
	if file.Anchors != nil {
		seen.Missing, seen.Near = missingOf(file.Anchors, w.Fragments)
	}
	return seen, "", true
}

// missingOf returns the fragments that a file lacks, and what was probably meant.
func missingOf(anchors, fragments []string) (missing []string, near map[string]string) {
	var offered Anchors
	for _, fragment := range fragments {
		if offers(anchors, fragment) {
			continue
		}
		missing = append(missing, fragment)
		if offered == nil {
			offered, near = Anchors{}, map[string]string{}
			for _, anchor := range anchors {
				offered.Add(anchor)
			}
		}
		if meant := offered.Nearest(fragment); meant != "" {
			near[fragment] = meant
		}
	}
	return missing, near
}

// invalid says why a link cannot be opened, and what was probably meant.
func (w *Wanted) invalid() *Failure {
	f := &Failure{Reason: ReasonInvalidURL, Detail: "no browser would open it as it is written", Suggestion: Mend(w.URL)}
	if f.Suggestion != "" {
		f.Detail += "; probably " + f.Suggestion + " is meant"
	}
	return f
}

// offers reports whether a fragment names one of the anchors. "top" always leads to the top of the page (HTML,
// "indicated part of the document"). Case is ignored, as the forges do when they look up a heading.
func offers(anchors []string, fragment string) bool {
	name, err := url.PathUnescape(fragment)
	if err != nil {
		name = fragment
	}
	return strings.EqualFold(name, "top") || slices.ContainsFunc(anchors, func(a string) bool { return strings.EqualFold(a, name) })
}
