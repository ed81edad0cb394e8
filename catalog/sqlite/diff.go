package sqlite

import (
	"strings"

	"waymark/catalog"
)

// kept is a placement in force, as it is stored.
type kept struct {
	id       int64
	resource int64
	catalog.Placement
}

// step brings one placement in force: a new one, or a kept one at its new spot or with its new words. It points into
// the snapshot, which may hold a million of them.
type step struct {
	old *kept // nil for a new one
	now *catalog.Placement
}

// spotKey and the others say when two placements are the same one, the strictest first.
type spotKey struct {
	line, column, start, end   int
	section, title, url, quote string
	kind                       catalog.Kind
}

func bySpot(p *catalog.Placement) spotKey {
	return spotKey{p.Line, p.Column, p.Start, p.End, strings.Join(p.Section, "\x00"), p.Title, p.URL, p.Quote, kindOf(p)}
}

func byWords(p *catalog.Placement) [2]string { return [2]string{p.URL, p.Title} }

func byURL(p *catalog.Placement) string { return p.URL }

// compareFile holds what is stored of one file against what it says now. Placements that did not change appear
// nowhere; those that did keep their number if the URL stayed.
func compareFile(stored []kept, read []catalog.Placement) (moved []step, gone []kept, added []*catalog.Placement) {
	all := make([]*catalog.Placement, len(read))
	for i := range read {
		all[i] = &read[i]
	}
	_, gone, added = pair(stored, all, bySpot)
	moved, gone, added = pair(gone, added, byWords)
	reworded, gone, added := pair(gone, added, byURL)
	return append(moved, reworded...), gone, added
}

// pair matches stored placements with read ones of the same key, in order, and returns what is left of both.
func pair[K comparable](stored []kept, read []*catalog.Placement, key func(*catalog.Placement) K) (pairs []step, gone []kept, added []*catalog.Placement) {
	if len(stored) == 0 || len(read) == 0 {
		return nil, stored, read
	}
	byKey := make(map[K][]int, len(stored))
	for i := range stored {
		k := key(&stored[i].Placement)
		byKey[k] = append(byKey[k], i)
	}
	taken := make([]bool, len(stored))
	for _, p := range read {
		k := key(p)
		queue := byKey[k]
		if len(queue) == 0 {
			added = append(added, p)
			continue
		}
		taken[queue[0]], byKey[k] = true, queue[1:]
		pairs = append(pairs, step{old: &stored[queue[0]], now: p})
	}
	for i, old := range stored {
		if !taken[i] {
			gone = append(gone, old)
		}
	}
	return pairs, gone, added
}

// The list that holds at least heldFrom placements and loses more than half of them at once is taken for broken
// rather than edited.
const heldFrom = 20

func tooManyGone(before, gone int) bool { return before >= heldFrom && 2*gone > before }
