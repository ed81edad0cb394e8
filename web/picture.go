package web

import "waymark/catalog"

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
