package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
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
	looks  map[*catalog.Wanted]look
}

// look is what is to be shown of a resource.
type look struct {
	state    catalog.State
	message  string
	findings []catalog.Finding
}

func (t *textReport) result(w *catalog.Wanted, r catalog.Result) error {
	v := r.Judgement.Verdict
	l := look{v.State, v.Message, standing(r)}
	if !l.fine() || len(l.findings) > 0 {
		t.looks[w] = l
	}
	return nil
}

// fine reports whether nothing is to be said of the state.
func (l look) fine() bool { return l.state == catalog.OK || l.state == catalog.Skipped }

func (t *textReport) finish(run *checkRun) error {
	out := bufio.NewWriter(t.out)
	for _, file := range run.byFile(t.looks) {
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
	fmt.Fprintln(out, run.found.oneLine(run.finished.Sub(run.started)))
	return out.Flush()
}

// reportLine is a placement and what is to be shown of its resource.
type reportLine struct {
	place *catalog.Place
	look  look
}

type reportFile struct {
	name  string
	lines []reportLine
}

// listFiles returns the files of the lists, without lines, and where in them each is, by source and file.
func listFiles(snaps []catalog.Snapshot) (files []reportFile, index map[[2]string]int) {
	index = map[[2]string]int{}
	for _, snap := range snaps {
		for _, listing := range snap.Listings {
			key := [2]string{snap.Source.Name, listing.File}
			if _, ok := index[key]; !ok {
				index[key] = len(files)
				files = append(files, reportFile{name: listing.File})
				if name := snap.Source.Name; len(snaps) > 1 && !strings.Contains(name, listing.File) {
					files[len(files)-1].name += " (" + name + ")"
				}
			}
		}
	}
	return files, index
}

// byFile returns the placements of what needs a look, in the order of the lists.
func (r *checkRun) byFile(looks map[*catalog.Wanted]look) []reportFile {
	files := slices.Clone(r.files)
	for _, w := range r.wanted {
		l, ok := looks[w]
		for i := 0; ok && i < len(w.Places); i++ {
			p := &w.Places[i]
			f := &files[r.fileIndex[[2]string{p.Source, p.File}]]
			f.lines = append(f.lines, reportLine{p, l})
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
	where := fmt.Sprintf("%d:%d", l.place.Line, l.place.Column)
	var b strings.Builder
	if !l.look.fine() {
		fmt.Fprintf(&b, "  %-9s %s  %s\n", where, t.state(l.look.state), clean(l.place.URL))
		fmt.Fprintf(&b, "  %-9s %-8s  %s\n", "", "", clean(l.look.message))
	}
	for _, f := range l.look.findings {
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

// jsonReport writes the one document of --format json. It keeps each resource as it will be written, as that takes less
// room than what it is made of.
type jsonReport struct {
	out       io.Writer
	rules     catalog.Rules
	resources map[*catalog.Wanted][]byte
}

func (j *jsonReport) result(w *catalog.Wanted, r catalog.Result) error {
	var text bytes.Buffer
	err := jsonEncoder(&text).Encode(toResourceJSON(w, r, j.rules))
	j.resources[w] = bytes.TrimSuffix(text.Bytes(), []byte("\n"))
	return err
}

// finish writes the document piece by piece: whole, it would be in memory several times.
func (j *jsonReport) finish(run *checkRun) error {
	out := bufio.NewWriter(j.out)
	var text bytes.Buffer
	err := indented(&text, headJSON{Version: buildVersion(), Started: run.started.UTC(), Finished: run.finished.UTC(), Summary: run.found})
	fmt.Fprintf(out, "%s,\n  \"resources\": [", bytes.TrimSuffix(text.Bytes(), []byte("\n}\n")))
	written := 0
	for _, w := range run.wanted {
		resource, finished := j.resources[w]
		if !finished { // the run was interrupted
			continue
		}
		if written++; written > 1 {
			fmt.Fprint(out, ",")
		}
		text.Reset()
		err = errors.Join(err, json.Indent(&text, resource, "    ", "  "))
		fmt.Fprintf(out, "\n    %s", &text)
	}
	if written > 0 {
		fmt.Fprint(out, "\n  ")
	}
	fmt.Fprint(out, "]\n}\n")
	return errors.Join(err, out.Flush())
}

// jsonLinesReport writes a resource per line, as each is finished.
type jsonLinesReport struct {
	encoder *json.Encoder
	rules   catalog.Rules
}

func newJSONLinesReport(out io.Writer, rules catalog.Rules) *jsonLinesReport {
	return &jsonLinesReport{encoder: jsonEncoder(out), rules: rules}
}

func (j *jsonLinesReport) result(w *catalog.Wanted, r catalog.Result) error {
	return j.encoder.Encode(toResourceJSON(w, r, j.rules))
}

func (j *jsonLinesReport) finish(*checkRun) error { return nil }
