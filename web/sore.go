package web

import (
	"slices"

	"waymark/catalog"
)

// apart takes from each branch what others of the list below it hold, so that a link is told of once, where it stands.
func apart(branches []catalog.Branch) []catalog.Branch {
	list := slices.Clone(branches)
	for i, above := range branches {
		states := map[catalog.State]int{}
		for state, n := range above.States {
			states[state] = n
		}
		for _, below := range branches {
			if nextBelow(below, above, branches) {
				for state, n := range below.States {
					states[state] -= n
				}
			}
		}
		list[i].States = states
	}
	return slices.DeleteFunc(list, func(b catalog.Branch) bool { return b.Sore() <= 0 })
}

// nextBelow tells whether a heading stands below another with none of the list between them.
func nextBelow(b, above catalog.Branch, list []catalog.Branch) bool {
	return within(b, above) && !slices.ContainsFunc(list, func(c catalog.Branch) bool { return within(b, c) && within(c, above) })
}

// within tells whether a heading stands below another.
func within(b, above catalog.Branch) bool {
	n := len(above.Headings)
	return b.Source == above.Source && b.File == above.File && n > 0 && len(b.Headings) > n && slices.Equal(b.Headings[:n], above.Headings)
}

// deeper leaves out the branches that a page shows as parts anyway.
func deeper(sore, parts []catalog.Branch) []catalog.Branch {
	return slices.DeleteFunc(sore, func(b catalog.Branch) bool {
		return slices.ContainsFunc(parts, func(part catalog.Branch) bool { return part.ID == b.ID })
	})
}
