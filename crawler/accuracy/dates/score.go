package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"waymark/crawler/page"
)

// score counts answers by the rule of htmldate's evaluation: none where there is a date is a miss, any other day than the
// one asked for is wrong.
type score struct {
	name               string
	right, wrong, none int
	later              int // of the wrong ones: days after the one asked for, as a change is
	near               int // of the wrong ones: the day before or after, as another time zone has it
	each               []time.Duration
}

func (s *score) add(want, got string) {
	switch got {
	case "":
		s.none++
	case want:
		s.right++
	default:
		s.wrong++
		if got > want {
			s.later++
		}
		if nextTo(want, got) {
			s.near++
		}
	}
}

func nextTo(a, b string) bool {
	x, err := time.Parse(time.DateOnly, a)
	y, err2 := time.Parse(time.DateOnly, b)
	return err == nil && err2 == nil && x.Sub(y).Abs() == 24*time.Hour
}

func (s *score) print(out io.Writer) {
	right, wrong, none := float64(s.right), float64(s.wrong), float64(s.none)
	fmt.Fprintf(out, "%-34s %5d %5d %5d   %.3f     %.3f  %.3f  %.3f  %s\n", s.name, s.right, s.wrong, s.none,
		right/max(1, right+wrong+none), right/max(1, right+wrong), right/max(1, right+none), 2*right/max(1, 2*right+wrong+none), s.cost())
}

// cost gives the mean and the median of what a page took.
func (s *score) cost() string {
	if len(s.each) == 0 {
		return ""
	}
	slices.Sort(s.each)
	var sum time.Duration
	for _, d := range s.each {
		sum += d
	}
	return fmt.Sprintf("%8s %8s", (sum / time.Duration(len(s.each))).Round(time.Microsecond), s.each[len(s.each)/2].Round(time.Microsecond))
}

// rounds is how often a page is read to tell its cost: the quickest counts.
const rounds = 3

// document makes an answer of a page as it was kept: without headers, as these are not kept.
func (p sample) document(withURL bool) page.Document {
	d := page.Document{URL: "https://page.invalid/page", Header: http.Header{"Content-Type": {"text/html"}}, Body: p.body}
	if withURL {
		d.URL = p.url
	}
	return d
}

// measure reads every page in several ways and prints the table.
func measure(pages []sample, beside, list string, out io.Writer) error {
	changed := &score{name: "last change, with the address"}
	ways := []*score{{name: "published, by the page alone"}, {name: "published, with the address"}, changed}
	for _, p := range pages {
		for i, way := range ways {
			d := p.document(i > 0)
			find := func() (got page.Dated) { return page.Published(d) }
			if way == changed {
				find = func() page.Dated {
					f := page.Read(d)
					return page.Dated{At: f.Modified, From: f.ModifiedFrom, As: f.ModifiedAs, Sure: f.ModifiedSure}
				}
			}
			got, took := timed(find)
			way.each = append(way.each, took)
			way.add(p.date, dayOf(got.At))
			if i == 1 {
				report(p, got, list, out)
			}
		}
	}
	return table(pages, ways, beside, out)
}

func table(pages []sample, ways []*score, beside string, out io.Writer) error {
	fmt.Fprintf(out, "%d pages                         right wrong  none  accuracy  prec.  recall F      mean a page, median\n", len(pages))
	for _, way := range ways {
		way.print(out)
	}
	fmt.Fprintf(out, "of the wrong dates of publication, with the address, %d are the day before or after\n", ways[1].near)
	last := ways[len(ways)-1]
	fmt.Fprintf(out, "of the dates of a last change that differ, %d are after the publication and %d before\n", last.later, last.wrong-last.later)
	if beside == "" {
		return nil
	}
	others, err := readAnswers(beside)
	if err != nil {
		return err
	}
	other := &score{name: beside}
	for _, p := range pages {
		other.add(p.date, others[p.file])
	}
	other.print(out)
	return nil
}

func timed(find func() page.Dated) (page.Dated, time.Duration) {
	var got page.Dated
	var best time.Duration
	for i := range rounds {
		start := time.Now()
		got = find()
		if took := time.Since(start); i == 0 || took < best {
			best = took
		}
	}
	return got, best
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func report(p sample, got page.Dated, list string, out io.Writer) {
	verdict := "wrong"
	switch dayOf(got.At) {
	case p.date:
		verdict = "right"
	case "":
		verdict = "none"
	}
	if list == "all" || list == verdict {
		fmt.Fprintf(out, "%s %s: want %s, got %s from %s %s (%s)\n", verdict, p.file, cmp.Or(p.date, "none"), cmp.Or(dayOf(got.At), "none"), got.From, got.Sure, got.As)
	}
}

// readAnswers reads what another program found: a line "file date" for each page.
func readAnswers(name string) (map[string]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read the answers of another program: %w", err)
	}
	defer f.Close()
	answers := map[string]string{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		file, date, _ := strings.Cut(lines.Text(), " ")
		answers[file] = date
	}
	return answers, lines.Err()
}
