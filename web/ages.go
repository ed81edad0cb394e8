package web

import (
	"time"

	"waymark/catalog"
)

// ageBar is a band of ages in the picture of a source: how many of its resources are that old.
type ageBar struct {
	Band    catalog.AgeBand
	Text    string
	Count   int
	Width   int    // in thousandths of the widest; what is of unknown age has no bar, as it would outgrow or belie the others
	Address string // of them; empty where there are none
}

// drawAges draws the ages of a source's resources. It is empty where nothing is known of any.
func drawAges(a catalog.Ages, source string) []ageBar {
	if a.Known == 0 {
		return nil
	}
	widest := 1
	for band, n := range a.Bands {
		if band != catalog.AgeUnknown {
			widest = max(widest, n)
		}
	}
	var list []ageBar
	for _, band := range catalog.AgeBands() {
		n := a.Bands[band]
		bar := ageBar{Band: band, Text: ageText(band), Count: n}
		if n > 0 && band != catalog.AgeUnknown {
			bar.Width = max(barNarrowed, barWidth*n/widest)
		}
		if n > 0 {
			bar.Address = address(catalog.Query{Source: source, Age: band, Sort: catalog.SortModified})
		}
		list = append(list, bar)
	}
	return list
}

// ageText says a band of ages for people.
func ageText(b catalog.AgeBand) string {
	switch b {
	case catalog.AgeUnder1:
		return "under 1 year"
	case catalog.AgeOver10:
		return "over 10 years"
	case catalog.AgeUnknown:
		return "unknown"
	case catalog.Age1To2:
		return "1–2 years"
	case catalog.Age2To3:
		return "2–3 years"
	case catalog.Age3To5:
		return "3–5 years"
	case catalog.Age5To10:
		return "5–10 years"
	}
	return string(b)
}

// ageOptions offers the bands of ages.
func ageOptions(chosen catalog.AgeBand) []choice {
	list := options(words(catalog.AgeBands()), string(chosen))
	for i, band := range catalog.AgeBands() {
		list[i].Text = ageText(band)
	}
	return list
}

// ageBody is what is known of how old a resource is, and when that is too old.
type ageBody struct {
	catalog.Modified
	Where string // the source of the date, for people
	Rule  string // a sentence: "Articles are stale after 3 years (kind article)."
	Stale time.Time
	Since bool // Stale has passed
	Doubt bool // the date is hardly believed, and opens no finding
}

// age tells how old a resource is. Without rules it only tells what was seen.
func (s *site) age(d catalog.Detail, now time.Time) ageBody {
	body := ageBody{Modified: d.Modified, Where: dateSource(d.Modified.From), Doubt: d.Modified.Sure == catalog.Low}
	if s.Rules == nil || len(d.Places) == 0 {
		return body
	}
	rule := s.Rules.For(d.Host, catalog.Spots(d.Places)).Stale
	body.Rule = capital(rule.String()) + "."
	if !body.Doubt {
		body.Stale = rule.From(d.Modified.At)
		body.Since = !body.Stale.IsZero() && !now.Before(body.Stale)
	}
	return body
}

// dateSource says where a date was read; what has no words of its own is told as it is.
func dateSource(from string) string {
	switch from {
	case catalog.FromForge:
		return "the forge, last push"
	case "json-ld":
		return "structured data"
	case "meta":
		return "metadata"
	case "last-modified":
		return "Last-Modified header"
	case "url":
		return "its address"
	case "time":
		return "a <time> element"
	case "text":
		return "its text"
	}
	return from
}
