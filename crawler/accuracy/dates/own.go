package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"waymark/crawler/fakeweb/dates"
	"waymark/crawler/page"
)

// ownPages reads the project's table of dated pages, as they would be answered, and counts what comes out.
func ownPages(list string, out io.Writer) error {
	rows := dates.All()
	var right, wrong, missed, without int
	var each []time.Duration
	for _, r := range rows {
		d := page.Document{URL: "https://dated.test" + r.Address(), Header: r.Answer(), Body: []byte(r.Document())}
		start := time.Now()
		f := page.Read(d)
		each = append(each, time.Since(start))
		got, days := dayOf(f.Modified), strings.Split(r.Want.Day, "|")
		verdict := "right"
		switch {
		case r.Want.Day == "" && got == "":
			without++
		case slices.Contains(days, got):
			right++
		case got == "":
			verdict = "none"
			missed++
		default:
			verdict = "wrong"
			wrong++
		}
		if list == "all" || list == verdict {
			fmt.Fprintf(out, "%s %s: want %q, got %q from %s %s (%s)\n", verdict, r.Name, r.Want.Day, got, f.ModifiedFrom, f.ModifiedSure, f.ModifiedAs)
		}
	}
	slices.Sort(each)
	fmt.Fprintf(out, "%d pages of crawler/fakeweb/dates: %d dates right, %d wrong, %d missed; %d pages without a date left without one; median page %s\n",
		len(rows), right, wrong, missed, without, each[len(each)/2].Round(time.Microsecond))
	if wrong > 0 {
		return fmt.Errorf("%d dates are wrong; -list wrong names them", wrong)
	}
	return nil
}
