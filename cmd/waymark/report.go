package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"waymark/catalog"
)

// textReport groups what needs a look by file, for people.
type textReport struct {
	out    io.Writer
	colour bool
}

func (t *textReport) result(*catalog.Wanted, catalog.Result) error { return nil }

func (t *textReport) finish(run *checkRun) error {
	out := bufio.NewWriter(t.out)
	for _, file := range run.byFile() {
		shown := false
		for _, line := range file.lines {
			text := t.line(line)
			if text == "" {
				continue
			}
			if !shown {
				fmt.Fprintln(out, t.bold(clean(file.name)))
				shown = true
			}
			fmt.Fprint(out, text)
		}
		if shown {
			fmt.Fprintln(out)
		}
	}
	fmt.Fprintln(out, run.summary().oneLine(run.finished.Sub(run.started)))
	return out.Flush()
}

// reportLine is a placement and what came of its resource.
type reportLine struct {
	place  catalog.Place
	result *catalog.Result
}

type reportFile struct {
	name  string
	lines []reportLine
}

// byFile returns all placements with their results, in the order of the lists.
func (r *checkRun) byFile() []reportFile {
	var files []reportFile
	index := map[[2]string]int{}
	for _, snap := range r.snaps {
		for _, listing := range snap.Listings {
			key := [2]string{snap.Source.Name, listing.File}
			if _, ok := index[key]; !ok {
				index[key] = len(files)
				files = append(files, reportFile{name: listing.File})
				if name := snap.Source.Name; len(r.snaps) > 1 && !strings.Contains(name, listing.File) {
					files[len(files)-1].name += " (" + name + ")"
				}
			}
		}
	}
	for i, w := range r.wanted {
		for _, p := range w.Places {
			f := &files[index[[2]string{p.Source, p.File}]]
			f.lines = append(f.lines, reportLine{p, &r.results[i]})
		}
	}
	for _, f := range files {
		slices.SortStableFunc(f.lines, func(a, b reportLine) int {
			return cmp.Or(cmp.Compare(a.place.Line, b.place.Line), cmp.Compare(a.place.Column, b.place.Column))
		})
	}
	return files
}

// line writes a placement that needs a look, "" for one that does not.
func (t *textReport) line(l reportLine) string {
	v := l.result.Judgement.Verdict
	where := fmt.Sprintf("%d:%d", l.place.Line, l.place.Column)
	var b strings.Builder
	if v.State != catalog.OK && v.State != catalog.Skipped {
		fmt.Fprintf(&b, "  %-9s %s  %s\n", where, t.state(v.State), clean(l.place.URL))
		fmt.Fprintf(&b, "  %-9s %-8s  %s\n", "", "", clean(v.Message))
	}
	for _, f := range standing(*l.result) {
		if f.Kind == catalog.FindingDead || f.Fragment != "" && f.Fragment != l.place.Fragment {
			continue
		}
		fmt.Fprintf(&b, "  %-9s %s  %s\n", where, t.paint("36", fmt.Sprintf("%-8s", f.Kind)), clean(l.place.URL))
		fmt.Fprintf(&b, "  %-9s %-8s  %s\n", "", "", clean(f.Message))
	}
	return b.String()
}

// state writes a state in its colour.
func (t *textReport) state(s catalog.State) string {
	codes := map[catalog.State]string{catalog.Dead: "31;1", catalog.Failing: "33", catalog.Blocked: "35", catalog.Unchecked: "2"}
	return t.paint(codes[s], fmt.Sprintf("%-8s", s))
}

func (t *textReport) bold(text string) string { return t.paint("1", text) }

func (t *textReport) paint(code, text string) string {
	if !t.colour || code == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// jsonReport writes the one document of --format json.
type jsonReport struct{ out io.Writer }

func (j *jsonReport) result(*catalog.Wanted, catalog.Result) error { return nil }

func (j *jsonReport) finish(run *checkRun) error {
	document := reportJSON{Version: buildVersion(), Started: run.started.UTC(), Finished: run.finished.UTC(),
		Summary: run.summary(), Resources: []resourceJSON{}}
	for i, w := range run.wanted {
		document.Resources = append(document.Resources, toResourceJSON(w, run.results[i]))
	}
	return indented(j.out, document)
}

// jsonLinesReport writes a resource per line, as each is finished.
type jsonLinesReport struct{ encoder *json.Encoder }

func newJSONLinesReport(out io.Writer) *jsonLinesReport {
	return &jsonLinesReport{encoder: jsonEncoder(out)}
}

func (j *jsonLinesReport) result(w *catalog.Wanted, r catalog.Result) error {
	return j.encoder.Encode(toResourceJSON(w, r))
}

func (j *jsonLinesReport) finish(*checkRun) error { return nil }
