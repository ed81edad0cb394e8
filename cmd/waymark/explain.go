package main

import (
	"bufio"
	"fmt"
	"io"

	"waymark/catalog"
)

// oneLink is a list of a single link.
func oneLink(link string) []catalog.Snapshot {
	place := catalog.Placement{File: "-", Line: 1, Column: 1, Kind: catalog.Other, URL: link}
	return []catalog.Snapshot{{
		Source:   catalog.Source{Name: "-"},
		Listings: []catalog.Listing{{File: "-", Placements: []catalog.Placement{place}}},
	}}
}

// explainReport is the account that the verdict on a link gives of itself, for people.
type explainReport struct {
	out    io.Writer
	rules  catalog.Rules
	wanted *catalog.Wanted
	seen   catalog.Result
}

func (e *explainReport) result(w *catalog.Wanted, r catalog.Result) error {
	e.wanted, e.seen = w, r
	return nil
}

func (e *explainReport) finish(*checkRun) error {
	if e.wanted == nil { // the run was interrupted
		return nil
	}
	v := e.seen.Judgement.Verdict
	account := catalog.Explain(v, e.seen.Observation, e.rules.For(e.wanted.Host, catalog.Spots(e.wanted.Places)))
	out := bufio.NewWriter(e.out)
	say := func(indent, text string) { fmt.Fprintf(out, "%s%s\n", indent, clean(text)) }

	say("", e.wanted.URL)
	say("  ", fmt.Sprintf("%s (%s): %s", v.State, v.Reason, v.Message))
	say("", "Seen")
	for _, fact := range account.Facts {
		say("  ", fact)
	}
	if len(account.Asked) > 0 {
		say("", "Asked")
	}
	for _, asked := range account.Asked {
		say("  ", fmt.Sprintf("%s %s", asked.Kind, asked.URL))
		say("    ", asked.Why)
		say("    ", asked.Answer)
	}
	say("", "Decided by")
	say("  ", fmt.Sprintf("%s: %s", account.Rule, account.Says))
	for i, f := range standing(e.seen) {
		if i == 0 {
			say("", "Findings")
		}
		say("  ", fmt.Sprintf("%s: %s", f.Kind, f.Message))
		if f.Suggestion != "" {
			say("    ", f.Suggestion)
		}
	}
	say("", "What would change it")
	say("  ", account.Change)
	return out.Flush()
}
