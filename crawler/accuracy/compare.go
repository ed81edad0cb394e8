package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"waymark/crawler/fakeweb"
	"waymark/crawler/fakeweb/behaviours"
)

// result is what the program says of a link.
type result struct {
	State    string    `json:"state"`
	Reason   string    `json:"reason"`
	Message  string    `json:"message"`
	Title    string    `json:"title"`
	Findings []finding `json:"findings"`
	Places   []struct {
		Line     int    `json:"line"`
		Fragment string `json:"fragment"`
	} `json:"placements"`
}

type finding struct {
	Kind       string `json:"kind"`
	Suggestion string `json:"suggestion"`
	Fragment   string `json:"fragment"`
}

// read gives the results by the line of the list that they belong to, without the ports of the web.
func read(report []byte, web *fakeweb.Web) (map[int]result, error) {
	var document struct {
		Resources []result `json:"resources"`
	}
	if err := json.Unmarshal([]byte(behaviours.Plain(web, string(report))), &document); err != nil {
		return nil, fmt.Errorf("read the report: %w", err)
	}
	results := map[int]result{}
	for _, r := range document.Resources {
		for _, p := range r.Places {
			own := r
			own.Findings = nil
			for _, f := range r.Findings {
				if f.Kind != "dead" && (f.Fragment == "" || f.Fragment == p.Fragment) {
					own.Findings = append(own.Findings, f)
				}
			}
			results[p.Line] = own
		}
	}
	return results, nil
}

// outcome is a case and the result that says most against it.
type outcome struct {
	theme  string
	c      behaviours.Case
	want   behaviours.Want // the accepted answer that it comes nearest to
	got    result
	faults []string // what differs
	wrong  int      // links of the case that differ
	links  int
}

// compare holds all cases against the results.
func compare(themes []behaviours.Theme, lines map[string][]int, got map[int]result, took time.Duration, standard bool) *score {
	s := &score{took: took, standard: standard}
	for _, t := range themes {
		for _, c := range t.Cases {
			o := outcome{theme: t.Name, c: c, links: len(lines[c.Name])}
			for i, line := range lines[c.Name] {
				r, ok := got[line]
				if !ok {
					r = result{State: "unread", Message: "the list's reader found no link in the line"}
				}
				want, faults := nearest(c, r)
				if len(faults) > 0 {
					o.wrong++
				}
				if i == 0 || len(faults) > len(o.faults) {
					o.want, o.got, o.faults = want, r, faults
				}
			}
			s.outcomes = append(s.outcomes, o)
		}
	}
	return s
}

// nearest gives the accepted answer that a result comes nearest to, and what still differs from it.
func nearest(c behaviours.Case, got result) (best behaviours.Want, faults []string) {
	for i, want := range append([]behaviours.Want{c.Want}, c.Or...) {
		f := differences(want, got)
		if i == 0 || len(f) < len(faults) {
			best, faults = want, f
		}
	}
	return best, faults
}

func differences(want behaviours.Want, got result) (faults []string) {
	note := func(what, want, got string) { faults = append(faults, fmt.Sprintf("%s %s, want %s", what, got, want)) }
	if got.State != want.State {
		note("state", want.State, got.State+"/"+got.Reason)
		faults = append(faults, "") // weighs more than any other difference
		return faults[:1:1]
	}
	if !oneOf(want.Reason, got.Reason) {
		note("reason", want.Reason, got.Reason)
	}
	if want.Title != "" && want.Title != got.Title {
		note("title", fmt.Sprintf("%q", want.Title), fmt.Sprintf("%q", got.Title))
	}
	if want.Says != "" && !says(want.Says, got.Message) {
		note("message", "a word on "+want.Says, fmt.Sprintf("%q", got.Message))
	}
	if !sameFindings(want.Findings, got.Findings) {
		note("findings", describeWanted(want.Findings), describe(got.Findings))
	}
	return faults
}

func oneOf(alternatives, got string) bool {
	return alternatives == "" || slices.Contains(strings.Split(alternatives, "|"), got)
}

func says(alternatives, message string) bool {
	message = strings.ToLower(message)
	return slices.ContainsFunc(strings.Split(alternatives, "|"), func(word string) bool {
		return strings.Contains(message, strings.ToLower(word))
	})
}

// sameFindings tells whether each wanted finding is there and nothing else is.
func sameFindings(want []behaviours.Finding, got []finding) bool {
	left := slices.Clone(got)
	for _, w := range want {
		i := slices.IndexFunc(left, func(g finding) bool {
			return g.Kind == w.Kind && (w.Suggestion == "" || g.Suggestion == w.Suggestion) && (w.Fragment == "" || g.Fragment == w.Fragment)
		})
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return len(left) == 0
}

func describeWanted(list []behaviours.Finding) string {
	var plain []finding
	for _, f := range list {
		plain = append(plain, finding(f))
	}
	return describe(plain)
}

func describe(list []finding) string {
	if len(list) == 0 {
		return "none"
	}
	var words []string
	for _, f := range list {
		word := f.Kind
		if f.Suggestion != "" {
			word += " → " + f.Suggestion
		}
		if f.Fragment != "" {
			word += " #" + f.Fragment
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}
