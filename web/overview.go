package web

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"waymark/catalog"
)

// What the first page shows at most, to be read at a glance.
const (
	mostSore   = 5 // sections with sore spots that a source lists before it is opened
	mostTurned = 8 // changes
)

// overviewBody is what the first page shows.
type overviewBody struct {
	Catalog   catalog.Health
	Stage     string // empty, reading, first or running: how far the service has come
	Judged    int    // resources whose state says something about the page
	Needs     []need
	Sources   []sourceHealth
	Turned    []turnedDay
	Due       int
	Many      bool // more may be due
	NextDue   time.Time
	LastCheck time.Time
	Activity  catalog.Activity
}

// need is a kind of finding that waits for a person.
type need struct {
	Kind  catalog.FindingKind
	Count int
}

// sourceHealth is a source with its sections, the sorest first.
type sourceHealth struct {
	catalog.Health
	Sore []catalog.Health // the sorest, at most mostSore
	More []catalog.Health // sore as well
	Fine int              // sections in order
}

// turnedDay groups changes by the day on which they happened, in UTC.
type turnedDay struct {
	Day     time.Time
	Changes []catalog.Turned
}

func (s *site) overview(w http.ResponseWriter, r *http.Request) error {
	p := s.page(r, "Overview", "overview")
	o, err := s.Reader.Overview(r.Context(), p.Now)
	if err != nil {
		return err
	}
	p.Body = overviewBody{
		Catalog: o.Catalog, Stage: stage(o), Judged: judged(o.Catalog), Needs: needs(o.Catalog),
		Sources: bySource(o), Turned: byDay(o.Turned),
		Due: o.Due, Many: o.Due >= catalog.ManyDue, NextDue: o.NextDue, LastCheck: o.LastCheck, Activity: s.activity(),
	}
	return s.render(w, http.StatusOK, "overview.html", p)
}

// stage says how far the service has come, so that the page can say the next step.
func stage(o catalog.Overview) string {
	switch total := o.Catalog.Total(); {
	case len(o.Sources) == 0:
		return "empty"
	case total == 0:
		return "reading"
	case o.Catalog.States[catalog.Unchecked] == total:
		return "first"
	}
	return "running"
}

// judged counts the resources whose state says something about the page: blocked and skipped ones do not, and
// so belong in no share of healthy links.
func judged(h catalog.Health) int {
	return h.States[catalog.OK] + h.States[catalog.Failing] + h.States[catalog.Dead]
}

// needs lists the open findings by kind, the most harmful first.
func needs(h catalog.Health) []need {
	var list []need
	for _, kind := range catalog.FindingKinds() {
		if n := h.Findings[kind]; n > 0 {
			list = append(list, need{kind, n})
		}
	}
	return list
}

// open counts the open findings.
func open(h catalog.Health) int {
	n := 0
	for _, count := range h.Findings {
		n += count
	}
	return n
}

// bySource puts the sections under their sources.
func bySource(o catalog.Overview) []sourceHealth {
	var list []sourceHealth
	for _, health := range o.Sources {
		one := sourceHealth{Health: health}
		var sore []catalog.Health
		for _, section := range o.Sections {
			switch {
			case section.Source != health.Source:
			case isSore(section):
				sore = append(sore, section)
			default:
				one.Fine++
			}
		}
		slices.SortStableFunc(sore, compareSore)
		cut := min(mostSore, len(sore))
		one.Sore, one.More = sore[:cut], sore[cut:]
		list = append(list, one)
	}
	return list
}

func isSore(h catalog.Health) bool {
	return h.States[catalog.Dead] > 0 || h.States[catalog.Failing] > 0 || open(h) > 0
}

// compareSore orders sections by what hurts readers most: dead, then failing, then all other findings.
func compareSore(a, b catalog.Health) int {
	return cmp.Or(
		cmp.Compare(b.States[catalog.Dead], a.States[catalog.Dead]),
		cmp.Compare(b.States[catalog.Failing], a.States[catalog.Failing]),
		cmp.Compare(open(b), open(a)),
	)
}

func byDay(turned []catalog.Turned) []turnedDay {
	var days []turnedDay
	news := withoutEchoes(turned)
	for _, t := range news[:min(mostTurned, len(news))] {
		at := t.At.UTC().Truncate(24 * time.Hour)
		if len(days) == 0 || !days[len(days)-1].Day.Equal(at) {
			days = append(days, turnedDay{Day: at})
		}
		last := &days[len(days)-1]
		last.Changes = append(last.Changes, t)
	}
	return days
}

// withoutEchoes leaves out what is no news: a resource that turns dead always opens a finding of that kind, and
// closes it when it turns back; and what is never visited was skipped from its first day.
func withoutEchoes(turned []catalog.Turned) []catalog.Turned {
	return slices.DeleteFunc(slices.Clone(turned), func(t catalog.Turned) bool {
		return t.Finding == catalog.FindingDead || t.From == catalog.Unchecked && t.To == catalog.Skipped
	})
}
