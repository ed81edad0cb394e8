package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
)

// Harm is the place of a kind among [FindingKinds], from 0, the most harmful.
func (k FindingKind) Harm() int { return slices.Index(FindingKinds(), k) }

// Version names a finding as it stands now. It is another one when the finding is reworded, gets another suggestion,
// or closes and opens anew. A decision is made on a version: of a finding that nobody decided on it is this one.
func (f Finding) Version() string {
	sum := sha256.Sum256([]byte(strconv.FormatInt(f.ID, 10) + "\x00" + f.Message + "\x00" + f.Suggestion))
	return hex.EncodeToString(sum[:8])
}

// Version names a flag as it stands now. It is that of its finding until somebody decides on it, and another one with each
// decision, so that nobody overrides one without having seen it.
func (f Flag) Version() string { return f.versionUnder(f.Review) }

func (f Finding) versionUnder(decided Review) string {
	if decided.ID == 0 {
		return f.Version()
	}
	sum := sha256.Sum256([]byte(f.Version() + "\x00" + strconv.FormatInt(decided.ID, 10)))
	return hex.EncodeToString(sum[:8])
}

// FlagQuery selects open findings. Empty fields do not filter.
type FlagQuery struct {
	Kind   FindingKind
	Source string
	Host   string
	Review ReviewState // empty: those that are not set aside, which is what waits for a person or for an edit
	Apart  bool        // no groups: each finding is given by itself
	Cursor string      // of FlagRows.Next
	Limit  int         // groups a page; 0: 20; at most 200
}

// Flag is an open finding with all that a person needs to decide on it.
type Flag struct {
	Finding
	Resource Row
	Places   []Place // that it concerns: at most 20; Resource.Count says how many there are in all
	Review   Review  // the one in force; its ID is 0 when there is none
}

// FlagGroup is what a page of findings shows as one: a finding, or a host of which nothing lives any more.
type FlagGroup struct {
	Host  string // of which nothing lives: at least 3 resources, and all that were visited are dead; empty for one finding
	Count int    // findings in the group
	// Version names the findings that a host's group consists of. A decision on all of them is made on it.
	Version string
	Flags   []Flag // the most harmful first: one, or the first 10 of the group
}

// GroupVersion names a group by its findings. It is another one when a finding joins the group or leaves it.
func GroupVersion(host string, findings []int64) string {
	h := sha256.New()
	fmt.Fprintln(h, host, findings)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// FlagRows is a page of open findings: the most harmful kind first, within it what is recommended most often, and then
// what is open longest.
type FlagRows struct {
	Groups []FlagGroup
	Next   string // cursor of the next page; empty on the last
	Amount        // findings in all pages, those in groups each by itself
}

// ReviewTally counts open findings by what people decided on them.
type ReviewTally map[ReviewState]map[FindingKind]int

// Total returns the number of findings in a state.
func (t ReviewTally) Total(state ReviewState) int {
	n := 0
	for _, count := range t[state] {
		n += count
	}
	return n
}

// deadHostFrom is how many resources a host must have before its death is one finding.
const deadHostFrom = 3

// HostDied reports whether nothing of a host lives any more: it has at least 3 resources, and all that were visited are
// dead. States counts its resources.
func HostDied(states map[State]int) bool {
	visited := 0
	for state, n := range states {
		if state != Unchecked && state != Skipped {
			visited += n
		}
	}
	return visited >= deadHostFrom && states[Dead] == visited
}
