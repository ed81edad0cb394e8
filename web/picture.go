package web

import (
	"fmt"
	"slices"

	"waymark/catalog"
)

// Pictures are SVG whose geometry stands in attributes, as the Content-Security-Policy allows no inline style.

// segment is one state in a stacked bar, in thousandths of its width.
type segment struct {
	State    catalog.State
	Count    int
	X, Width int
}

const (
	barWidth    = 1000
	barGap      = 3
	barNarrowed = 8 // the least width of a segment: one dead link among thousands is still to be seen
)

// bar divides the width of a stacked bar among the states of a source or section.
func bar(h catalog.Health) []segment {
	total := h.Total()
	var list []segment
	for _, state := range catalog.States() {
		if n := h.States[state]; n > 0 {
			list = append(list, segment{State: state, Count: n})
		}
	}
	free := barWidth - (len(list)-1)*barGap - len(list)*barNarrowed
	x := 0
	for i := range list {
		list[i].X = x
		list[i].Width = barNarrowed + free*list[i].Count/total
		x += list[i].Width + barGap
	}
	if n := len(list); n > 0 {
		list[n-1].Width = barWidth - list[n-1].X
	}
	return list
}

// tick is one visit in the history strip. Its height tells the state as its colour does: full for ok, half for
// failing, low for dead.
type tick struct {
	State     catalog.State
	X, Y      int
	Height    int
	Title     string
	Undecided bool // drawn hollow: blocked and skipped tell nothing about the page
}

const (
	stripHeight = 32
	tickStep    = 10
	tickWidth   = 7
	stripVisits = 60 // the latest that are drawn
)

// strip is a resource's history as a picture, the oldest visit on the left.
type strip struct {
	Width, Height, TickWidth int
	Ticks                    []tick
	Summary                  string // for those who cannot see it
}

func drawStrip(history []catalog.Seen) strip {
	shown := slices.Clone(history[:min(len(history), stripVisits)])
	slices.Reverse(shown)
	s := strip{Width: len(shown) * tickStep, Height: stripHeight, TickWidth: tickWidth}
	counts := map[catalog.State]int{}
	for i, seen := range shown {
		counts[seen.State]++
		h := tickHeight(seen.State)
		s.Ticks = append(s.Ticks, tick{
			State: seen.State, X: i * tickStep, Y: stripHeight - h, Height: h,
			Title:     fmt.Sprintf("%s · %s · %s", exact(seen.At), seen.State, seen.Message),
			Undecided: !seen.State.Determined(),
		})
	}
	s.Summary = fmt.Sprintf("The last %s:", count(len(shown), "visit"))
	for _, state := range catalog.States() {
		if counts[state] > 0 {
			s.Summary += fmt.Sprintf(" %d %s", counts[state], state)
		}
	}
	return s
}

func tickHeight(state catalog.State) int {
	switch state {
	case catalog.Failing:
		return stripHeight / 2
	case catalog.Dead:
		return stripHeight / 4
	}
	return stripHeight
}
