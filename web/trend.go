package web

import (
	"fmt"
	"time"

	"waymark/catalog"
)

// trend is how a source stood day by day, as a picture: a column a day, today on the right.
type trend struct {
	Columns []column
	Width   int
	Summary string // for those who cannot see it
}

// column is a day. Its parts lie on each other, what is in order at the bottom.
type column struct {
	X     int
	Title string
	Parts []part
}

type part struct {
	State     catalog.State
	Y, Height int
}

const (
	trendStep   = 6
	trendColumn = 4
	trendHeight = 100
	trendLeast  = 8 // the least height of what is dead or failing, so that one among thousands is still to be seen
)

// drawn is the order of states in a column, from the bottom. What was not judged is left out.
var drawn = [...]catalog.State{catalog.OK, catalog.Blocked, catalog.Failing, catalog.Dead}

// drawTrend draws the days before now. Days on which no service ran stay empty.
func drawTrend(days []catalog.Day, now time.Time) trend {
	t := trend{Width: trendDays*trendStep - (trendStep - trendColumn)}
	today := now.UTC().Truncate(24 * time.Hour)
	for _, day := range days {
		back := int(today.Sub(day.Date) / (24 * time.Hour))
		if back < 0 || back >= trendDays {
			continue
		}
		c := drawDay(day)
		c.X = (trendDays - 1 - back) * trendStep
		t.Columns = append(t.Columns, c)
	}
	if len(t.Columns) < 2 {
		return trend{} // one day is no trend; the shares beside it tell it all
	}
	if n := len(days); n > 0 {
		first, last := days[0], days[n-1]
		t.Summary = fmt.Sprintf("The last %s: dead from %d to %d, failing from %d to %d", count(n, "day"),
			first.States[catalog.Dead], last.States[catalog.Dead], first.States[catalog.Failing], last.States[catalog.Failing])
	}
	return t
}

func drawDay(day catalog.Day) column {
	total := 0
	for _, state := range drawn {
		total += day.States[state]
	}
	c := column{Title: day.Date.Format(time.DateOnly) + ":"}
	if total == 0 {
		return c
	}
	heights := map[catalog.State]int{}
	rest := trendHeight
	for _, state := range drawn[1:] {
		n := day.States[state]
		h := trendHeight * n / total
		if n > 0 && state != catalog.Blocked {
			h = max(h, trendLeast)
		}
		heights[state] = min(h, rest)
		rest -= heights[state]
	}
	heights[catalog.OK] = rest
	if day.States[catalog.OK] == 0 { // what was rounded off goes to what there is most of
		heights[catalog.OK] = 0
	}
	y := trendHeight
	for _, state := range drawn {
		if h := heights[state]; h > 0 {
			y -= h
			c.Parts = append(c.Parts, part{state, y, h})
			c.Title += fmt.Sprintf(" %d %s", day.States[state], state)
		}
	}
	return c
}
