package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
)

// visit is a visit in the table of a resource's page.
type visit struct {
	catalog.Seen
	Anchor string // id of its row, at which its tick in the strip points
}

func visits(history []catalog.Seen) []visit {
	list := make([]visit, len(history))
	for i, seen := range history {
		list[i] = visit{seen, visitAnchor(seen)}
	}
	return list
}

// visitAnchor names a visit by its time, so that the name stays true when further visits come in.
func visitAnchor(seen catalog.Seen) string { return fmt.Sprintf("visit-%d", seen.At.UnixMilli()) }

// tick is one visit in the history strip. Its shape tells the state as its colour does.
type tick struct {
	State          catalog.State
	Shape          string // full, half, low or hollow
	Anchor         string
	Machine, Exact string // when
	Message        string
	Took           time.Duration
	Latest         bool // the one that the tab key reaches; arrow keys go on from there
}

// stripVisits is the number of the latest visits that are drawn.
const stripVisits = 60

// strip is a resource's history as a picture, the oldest visit on the left.
type strip struct {
	Ticks   []tick
	Summary string
}

func drawStrip(history []catalog.Seen) strip {
	shown := slices.Clone(history[:min(len(history), stripVisits)])
	slices.Reverse(shown)
	s := strip{}
	counts := map[catalog.State]int{}
	for i, seen := range shown {
		counts[seen.State]++
		s.Ticks = append(s.Ticks, tick{
			State: seen.State, Shape: tickShape(seen.State), Anchor: visitAnchor(seen), Machine: seen.At.UTC().Format(time.RFC3339),
			Exact: exact(seen.At), Message: seen.Message, Took: seen.Duration, Latest: i == len(shown)-1,
		})
	}
	s.Summary = fmt.Sprintf("The last %s:", count(len(shown), "visit"))
	comma := ""
	for _, state := range catalog.States() {
		if counts[state] > 0 {
			s.Summary += fmt.Sprintf("%s %d %s", comma, counts[state], state)
			comma = ","
		}
	}
	return s
}

// tickShape is full for ok, half for failing, low for dead, and hollow for what tells nothing about the page.
func tickShape(state catalog.State) string {
	switch state {
	case catalog.OK:
		return "full"
	case catalog.Failing:
		return "half"
	case catalog.Dead:
		return "low"
	}
	return "hollow"
}

// step is a hop with its share of the visit's time, in thousandths.
type step struct {
	catalog.Hop
	X, Width int
}

// drawPath lays the hops of a visit along its time.
func drawPath(hops []catalog.Hop) []step {
	var total, past time.Duration
	for _, h := range hops {
		total += h.Duration
	}
	steps := make([]step, len(hops))
	for i, h := range hops {
		steps[i].Hop = h
		if total > 0 {
			steps[i].X = int(1000 * past / total)
			steps[i].Width = max(int(1000*h.Duration/total), barNarrowed)
			steps[i].X = min(steps[i].X, 1000-steps[i].Width)
		}
		past += h.Duration
	}
	return steps
}

// why explains a verdict beyond its message: what stands behind it, and what would turn it.
func why(v catalog.Verdict, now time.Time) string {
	switch v.State {
	case catalog.OK:
		if v.Steady > 1 {
			text := fmt.Sprintf("In order at each of the last %s. One bad visit makes it failing, never dead at once.", count(v.Steady, "visit"))
			return strings.TrimSpace(text + " " + v.Rate.InWords())
		}
		return "One bad visit makes it failing, never dead at once."
	case catalog.Failing:
		if v.Strikes.Bad < 2 {
			return "One bad visit so far. One good visit clears it."
		}
		return fmt.Sprintf("%s in a row so far, over %s. One good visit clears it.", count(v.Strikes.Bad, "bad visit"), span(now.Sub(v.Strikes.BadSince)))
	case catalog.Dead:
		if v.Strikes.Bad < 2 {
			return "No visit could help: the fault is in the link itself."
		}
		return "One good visit brings it back."
	case catalog.Blocked:
		text := "The host answers but does not let us judge, which counts neither for nor against the page."
		if v.Determined != "" {
			text += fmt.Sprintf(" Before that it was %s.", v.Determined)
		}
		return text
	case catalog.Skipped:
		return "Never visited, on purpose."
	}
	return "The first visit decides."
}

// raw writes a visit down as it was recorded, for the curious.
func raw(seen catalog.Seen) (string, error) {
	b, err := json.MarshalIndent(observationView(seen), "", "  ")
	return string(catalog.PrintableJSON(b)), err
}
