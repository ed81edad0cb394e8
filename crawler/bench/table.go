package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one figure.
type row struct {
	name   string
	figure string // of waymark
	bare   string // of the bare client; empty where there is nothing to compare with
	ratio  string
	target string // empty where the figure has none
	met    bool
}

// table is the figures of one section, and notes on how to read them.
type table struct {
	rows  []row
	notes []string
}

func (t *table) add(r row) { t.rows = append(t.rows, r) }

func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

func (t *table) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "name\tfigure\tbare\tratio\ttarget\t")
	for _, r := range t.rows {
		verdict := ""
		if r.target != "" {
			verdict = "MISSED"
			if r.met {
				verdict = "ok"
			}
		}
		fmt.Fprintln(w, strings.Join([]string{r.name, r.figure, dash(r.bare), dash(r.ratio), dash(r.target), verdict}, "\t"))
	}
	for _, n := range t.notes {
		fmt.Fprintln(w, "  "+n)
	}
	return w.Flush()
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// samples are repeated measurements of one thing.
type samples []float64

func (s samples) median() float64 { return s.quantile(0.5) }

// quantile returns the value below which the share q of the samples lies.
func (s samples) quantile(q float64) float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// text writes the median, and the spread where there is one.
func (s samples) text(format func(float64) string) string {
	low, high := slices.Min(s), slices.Max(s)
	if len(s) == 1 || format(low) == format(high) {
		return format(s.median())
	}
	return fmt.Sprintf("%s (%s–%s)", format(s.median()), format(low), format(high))
}

// over returns the ratios of measurements that were made in pairs.
func (s samples) over(base samples) samples {
	var out samples
	for i := range s {
		out = append(out, s[i]/base[i])
	}
	return out
}

func micros(seconds float64) string { return fmt.Sprintf("%.0f µs", seconds*1e6) }
func millis(seconds float64) string { return fmt.Sprintf("%.2f ms", seconds*1e3) }
func secs(seconds float64) string   { return fmt.Sprintf("%.2f s", seconds) }
func mebis(bytes float64) string    { return fmt.Sprintf("%.0f MiB", bytes/(1<<20)) }
func times(ratio float64) string    { return fmt.Sprintf("%.2f×", ratio) }

// span writes a long time for people.
func span(seconds float64) string {
	return time.Duration(seconds * float64(time.Second)).Round(time.Second).String()
}

// machine says what the figures were taken on.
func machine() string {
	return fmt.Sprintf("%s/%s, %d processors, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
}
