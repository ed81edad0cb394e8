package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/origin"
)

type checkCommand struct {
	configFlag
	Format  string   `help:"Format of what is printed: text, json or jsonl (one JSON object a line)." enum:"text,json,jsonl" default:"text" placeholder:"FORMAT"`
	Output  string   `help:"Write the report to a file instead of standard output." placeholder:"FILE"`
	FailOn  []string `help:"States and kinds of finding that make the exit status 1 (default: dead); none for never." default:"dead" placeholder:"WORD"`
	Since   string   `help:"Only links on lines added since this git revision." placeholder:"REV"`
	Explain string   `help:"Visit this one link and tell what was seen, what was asked, which rule decided and what would change it." placeholder:"URL"`
	DB      string   `help:"Keep history in this database, and confirm death over time as the service does." name:"db" placeholder:"FILE"`
	Paths   []string `arg:"" optional:"" help:"Files, folders, globs, addresses, or - for standard input; the configured sources by default." name:"path"`
}

// Validate refuses words of --fail-on that are neither a state nor a kind of finding.
func (c checkCommand) Validate() error {
	if len(c.FailOn) == 0 || len(c.FailOn) > 1 && slices.Contains(c.FailOn, "none") {
		return errors.New("--fail-on needs the words that it is to fail on, or just none")
	}
	if c.Explain != "" && (len(c.Paths) > 0 || c.Since != "" || c.DB != "") {
		return errors.New("--explain is about one link: it takes no lists, --since or --db")
	}
	for _, word := range c.FailOn {
		if word != "none" && !catalog.State(word).Valid() && !catalog.FindingKind(word).Valid() {
			return fmt.Errorf("--fail-on: %q is neither a state (%s) nor a finding (%s)", word, join(catalog.States()), join(catalog.FindingKinds()))
		}
	}
	return nil
}

// Run reads the lists, visits each link once, reports, and fails on what --fail-on names.
func (c checkCommand) Run(ctx context.Context, sys system) error {
	config, base, err := c.load(sys)
	if err != nil {
		return err
	}
	sources, folder := inputs(c.Paths, config, base, sys)
	rules := config.rules()
	if c.DB == "" {
		rules = rules.OneRun()
	}
	crawl, err := newCrawler(config, base, crawlerSetup{rules: rules})
	if err != nil {
		return err
	}
	defer crawl.Close()
	reader := newReader(folder, sys, crawl)
	reader.Quotes = c.DB != ""
	snaps, chosen, err := c.read(ctx, sources, reader, folder, sys)
	if err != nil {
		return err
	}
	out, err := openOutput(c.Output, sys)
	if err != nil {
		return err
	}
	defer out.discard()
	run := newCheckRun(chosen, rules, c.report(out, rules, sys), newProgress(sys))
	if c.DB != "" {
		err = run.withHistory(ctx, crawl, resolve(sys.folder, c.DB), snaps, sys)
	} else {
		err = run.once(ctx, crawl)
	}
	run.progress.done()
	if err := c.conclude(run, out, err); err != nil {
		return err
	}
	if run.held > 0 {
		return fmt.Errorf("this machine seems to be offline: %s could not be judged", count(run.held, "resource"))
	}
	return c.status(run)
}

// read returns what the lists hold, and the part of it that is to be visited.
func (c checkCommand) read(ctx context.Context, sources []catalog.Source, reader *origin.Reader, folder string, sys system) (all, chosen []catalog.Snapshot, err error) {
	if c.Explain != "" {
		all = oneLink(c.Explain)
		return all, all, nil
	}
	if all, err = readAll(ctx, reader, sources, sys); err != nil {
		return nil, nil, err
	}
	chosen, err = c.onlyAdded(ctx, all, folder)
	return all, chosen, err
}

// conclude writes the report. An interrupted run prints what it has, and ends as one that could not run; a file is left
// as it was before, as a report appears there whole or not at all.
func (c checkCommand) conclude(run *checkRun, out *output, err error) error {
	var broken *interruptedError
	interrupted := errors.As(err, &broken)
	if err != nil && !interrupted {
		return err
	}
	if failed := run.report.finish(run); failed != nil || interrupted {
		return errors.Join(err, failed)
	}
	return out.commit()
}

func (c checkCommand) onlyAdded(ctx context.Context, snaps []catalog.Snapshot, folder string) ([]catalog.Snapshot, error) {
	if c.Since == "" {
		return snaps, nil
	}
	return origin.AddedSince(ctx, snaps, folder, c.Since)
}

// report returns the writer of the chosen format.
func (c checkCommand) report(out io.Writer, rules catalog.Rules, sys system) report {
	switch {
	case c.Format == "json":
		return &jsonReport{out: out, rules: rules, resources: map[*catalog.Wanted][]byte{}}
	case c.Format == "jsonl":
		return newJSONLinesReport(out, rules)
	case c.Explain != "":
		return &explainReport{out: out, rules: rules}
	default:
		return &textReport{out: out, colour: c.Output == "" && colourful(sys), looks: map[*catalog.Wanted]look{}}
	}
}

// status is the exit status that the run deserves.
func (c checkCommand) status(run *checkRun) error {
	for _, word := range c.FailOn {
		if run.found.States[catalog.State(word)] > 0 || run.found.Findings[catalog.FindingKind(word)] > 0 {
			return exitStatus(statusFound)
		}
	}
	return nil
}

// report writes what a run found. It keeps what it needs of each result, and no more: there may be very many.
type report interface {
	// result is told of each resource as it is finished.
	result(*catalog.Wanted, catalog.Result) error
	// finish is told of the whole run.
	finish(*checkRun) error
}

// checkRun is one run of check over a catalog that is held in memory. It does not hold the snapshots: their placements
// are those of what is wanted.
type checkRun struct {
	wanted    []*catalog.Wanted
	local     map[string]map[string]catalog.LocalFile // what the sources know of their own files, by source
	files     []reportFile
	fileIndex map[[2]string]int
	found     summaryJSON // so far
	held      int         // resources that were not judged because the fault seems to be here
	rules     catalog.Rules
	report    report
	progress  *progress
	started   time.Time
	finished  time.Time
}

func newCheckRun(snaps []catalog.Snapshot, rules catalog.Rules, r report, p *progress) *checkRun {
	run := &checkRun{wanted: catalog.Gather(snaps...), local: map[string]map[string]catalog.LocalFile{}, rules: rules,
		report: r, progress: p, started: time.Now()}
	run.files, run.fileIndex = listFiles(snaps)
	for _, snap := range snaps {
		run.local[snap.Source.Name] = snap.Local
	}
	run.found = summaryJSON{Resources: len(run.wanted), States: map[catalog.State]int{}, Findings: map[catalog.FindingKind]int{}}
	for _, w := range run.wanted {
		run.found.Placements += len(w.Places)
	}
	return run
}

// claims are the resources of a run as they are taken to be visited, one for each wanted and in the same order. They
// are made when they are needed: a claim is much larger than what it is made of.
type claims struct {
	at    func(i int) catalog.Claim
	index func(catalog.Claim) int // the opposite
}

// once visits every resource once, without history.
func (r *checkRun) once(ctx context.Context, crawl visitor) error {
	fresh := catalog.Standing{Verdict: catalog.Fresh(r.started)}
	return r.visit(ctx, crawl, claims{
		at: func(i int) catalog.Claim {
			w := r.wanted[i]
			return catalog.Claim{Resource: int64(i), URL: w.URL, Host: w.Host, Spots: catalog.Spots(w.Places), Fragments: w.Fragments, Standing: fresh}
		},
		index: func(claim catalog.Claim) int { return int(claim.Resource) },
	}, func(catalog.Result) error { return nil })
}

// visit settles or visits the claims, and tells the report and record of each result.
func (r *checkRun) visit(ctx context.Context, crawl visitor, claims claims, record func(catalog.Result) error) error {
	r.progress.start(len(r.wanted))
	var failed error
	keep := func(result catalog.Result) {
		r.count(result)
		r.progress.add(result.Judgement.Verdict.State)
		if failed == nil {
			failed = errors.Join(record(result), r.report.result(r.wanted[claims.index(result.Claim)], result))
		}
	}
	var visits []int // indices of wanted
	for i, w := range r.wanted {
		if result, ok := w.Settle(claims.at(i), r.local[w.Source], r.rules, time.Now()); ok {
			keep(result)
		} else {
			visits = append(visits, i)
		}
	}
	err := crawl.Check(ctx, len(visits), func(n int) catalog.Claim { return claims.at(visits[n]) }, keep)
	r.finished = time.Now()
	if ctx.Err() != nil {
		return errors.Join(&interruptedError{r.progress.count(), len(r.wanted)}, failed)
	}
	return errors.Join(err, failed)
}

// interruptedError says that a run was ended before its end.
type interruptedError struct{ done, of int }

func (e *interruptedError) Error() string {
	return fmt.Sprintf("interrupted after %d of %d resources", e.done, e.of)
}

// count adds a result to what the run found.
func (r *checkRun) count(result catalog.Result) {
	r.found.States[result.Judgement.Verdict.State]++
	for _, f := range standing(result) {
		r.found.Findings[f.Kind]++
	}
	if result.Held {
		r.held++
	}
}

// oneLine sums a run up for people.
func (s summaryJSON) oneLine(took time.Duration) string {
	var parts []string
	for _, state := range catalog.States() {
		if n := s.States[state]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		}
	}
	line := fmt.Sprintf("%s to %s in %s", count(s.Placements, "link"), count(s.Resources, "resource"), took.Round(100*time.Millisecond))
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, ", ")
	}
	var found []string
	for _, kind := range catalog.FindingKinds() {
		if n := s.Findings[kind]; n > 0 && kind != catalog.FindingDead {
			found = append(found, fmt.Sprintf("%d %s", n, kind))
		}
	}
	if len(found) > 0 {
		line += "; " + strings.Join(found, ", ")
	}
	return line
}
