// Package catalog holds the nouns of Waymark and the decisions made about them, as plain values and pure
// functions. It does no I/O: no SQL, no HTTP, no disk, and it never reads a clock; the time is an argument.
//
// One word stands for one idea, here as in SQL, JSON, pages and metrics:
//
//   - Source: a curated list; where it lives (path, git repository, URL) and its format.
//   - Placement: one link at one spot of a source, as the author of the list wrote it.
//   - Resource: what placements point at. Its identity is the normalised URL without fragment. It is visited
//     once for all its placements.
//   - Observation: what one visit showed. Facts, no opinion. A failed visit is an observation, not a Go error.
//   - Verdict: what Waymark believes after weighing the observations: a State, a Reason, since when, and a
//     sentence for people.
//   - Finding: something that a person should look at, with its evidence and a suggestion.
//   - Review: a person's decision on a finding.
//   - Edit: an approved change to one placement.
//   - Change: a verdict or a finding that turned. Feeds, notifications and counters read changes.
//
// A check flows through the package like this: [Canonical] maps a placement to its resource, [Judge] weighs an
// observation against what was believed before, [NextVisit] says when to look again, and [Outage] tells a fault
// of the web from a fault of our own connection.
package catalog
