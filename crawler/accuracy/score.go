package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"waymark/crawler/fakeweb/behaviours"
)

// states are the columns of the confusion table; unread is a link that the list's reader did not see.
var states = []string{"ok", "failing", "dead", "blocked", "skipped", "unread"}

// score is what a trial came to.
type score struct {
	outcomes []outcome
	took     time.Duration
	standard bool
}

// accepts tells whether a state is among those that are as good for a case.
func accepts(c behaviours.Case, state string) bool {
	return slices.ContainsFunc(append(c.Or, c.Want), func(w behaviours.Want) bool { return w.State == state })
}

// falseDeath is a page called dead that is not.
func (o outcome) falseDeath() bool { return o.got.State == "dead" && !accepts(o.c, "dead") }

// missedDeath is a page that is gone and was not called dead, nor anything else that is as good.
func (o outcome) missedDeath() bool { return o.c.Want.State == "dead" && !accepts(o.c, o.got.State) }

// stateWrong is any other state than those that are as good.
func (o outcome) stateWrong() bool { return !accepts(o.c, o.got.State) }

func (s *score) count(which func(outcome) bool) (n int) {
	for _, o := range s.outcomes {
		if which(o) {
			n++
		}
	}
	return n
}

// verdict is the error that the exit status stands for.
func (s *score) verdict(strict bool) error {
	deaths, missed, other := s.count(outcome.falseDeath), s.count(outcome.missedDeath), s.count(func(o outcome) bool { return len(o.faults) > 0 })
	switch {
	case deaths+missed > 0:
		return fmt.Errorf("%d false deaths, %d missed deaths", deaths, missed)
	case strict && other > 0:
		return fmt.Errorf("%d behaviours differ", other)
	}
	return nil
}

// print writes the tables and every mismatch, in brief a line for each.
func (s *score) print(out io.Writer, brief bool) {
	links := 0
	for _, o := range s.outcomes {
		links += o.links
	}
	ports := "at ports 80 and 443"
	if !s.standard {
		ports = "at odd ports, without what needs 80 and 443"
	}
	fmt.Fprintf(out, "%d behaviours, %d links, %s, checked in %s\n\n", len(s.outcomes), links, ports, s.took.Round(100*time.Millisecond))
	s.confusion(out)
	s.themes(out)
	fmt.Fprintf(out, "false deaths: %d\nmissed deaths: %d\nother states: %d\nother differences: %d\n",
		s.count(outcome.falseDeath), s.count(outcome.missedDeath),
		s.count(func(o outcome) bool { return o.stateWrong() && !o.falseDeath() && !o.missedDeath() }),
		s.count(func(o outcome) bool { return len(o.faults) > 0 && !o.stateWrong() }))
	s.mismatches(out, brief)
}

// confusion is the table of expected against given states.
func (s *score) confusion(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "expected \\ got\t")
	for _, given := range states {
		fmt.Fprintf(w, "%s\t", given)
	}
	fmt.Fprintln(w)
	for _, expected := range states[:len(states)-1] {
		fmt.Fprintf(w, "%s\t", expected)
		for _, given := range states {
			n := s.count(func(o outcome) bool { return o.want.State == expected && o.got.State == given })
			if n == 0 {
				fmt.Fprint(w, ".\t")
			} else {
				fmt.Fprintf(w, "%d\t", n)
			}
		}
		fmt.Fprintln(w)
	}
	if err := w.Flush(); err == nil {
		fmt.Fprintln(out)
	}
}

// themes is a line for each theme.
func (s *score) themes(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "theme\tbehaviours\tas expected\tfalse deaths\tmissed deaths\tother states\tother differences\t")
	for i, o := range s.outcomes {
		if i > 0 && s.outcomes[i-1].theme == o.theme {
			continue
		}
		in := func(which func(outcome) bool) int {
			return s.count(func(p outcome) bool { return p.theme == o.theme && which(p) })
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", o.theme, in(func(outcome) bool { return true }),
			in(func(p outcome) bool { return len(p.faults) == 0 }), in(outcome.falseDeath), in(outcome.missedDeath),
			in(func(p outcome) bool { return p.stateWrong() && !p.falseDeath() && !p.missedDeath() }),
			in(func(p outcome) bool { return len(p.faults) > 0 && !p.stateWrong() }))
	}
	if err := w.Flush(); err == nil {
		fmt.Fprintln(out)
	}
}

// mismatches lists what differs, what matters most first.
func (s *score) mismatches(out io.Writer, brief bool) {
	groups := []struct {
		title string
		which func(outcome) bool
	}{
		{"False deaths", outcome.falseDeath},
		{"Missed deaths", outcome.missedDeath},
		{"Other states", func(o outcome) bool { return o.stateWrong() && !o.falseDeath() && !o.missedDeath() }},
		{"Other differences", func(o outcome) bool { return len(o.faults) > 0 && !o.stateWrong() }},
	}
	for _, g := range groups {
		if s.count(g.which) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%s:\n", g.title)
		for _, o := range s.outcomes {
			if g.which(o) {
				o.print(out, brief)
			}
		}
	}
}

func (o outcome) print(out io.Writer, brief bool) {
	if brief {
		fmt.Fprintf(out, "- %s: %s: %s\n", o.theme, o.c.Name, strings.Join(o.faults, "; "))
		return
	}
	some := ""
	if o.links > 1 {
		some = fmt.Sprintf(" (%d of %d links)", o.wrong, o.links)
	}
	fmt.Fprintf(out, "- %s: %s%s\n  %s\n", o.theme, o.c.Name, some, o.c.Link)
	for _, f := range o.faults {
		fmt.Fprintf(out, "  %s\n", f)
	}
	fmt.Fprintf(out, "  it said: %s\n", o.got.Message)
	if o.c.Why != "" {
		fmt.Fprintf(out, "  expected because: %s\n", o.c.Why)
	}
}
