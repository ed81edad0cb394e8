// Command accuracy measures how far the verdicts of Waymark can be trusted: it puts every behaviour of
// crawler/fakeweb/behaviours onto a simulated web, lets the built waymark check one link to each, and holds what it
// says against what is true of the page.
//
//	go run ./crawler/accuracy                         # all themes
//	go run ./crawler/accuracy -only "soft 404,walls"  # some of them
//	go run ./crawler/accuracy -write docs/accuracy.md # and put the figures into the manual
//
// It fails when a page that is not gone was called dead, or one that is gone was not. Everything else that differs is
// listed, and fails with -strict alone.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"waymark/crawler/fakeweb"
	"waymark/crawler/fakeweb/behaviours"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "accuracy:", err)
		os.Exit(1)
	}
}

// trial is one measurement.
type trial struct {
	waymark string // the program; built when empty
	only    string // names of themes, or a part of the names of cases
	without string // a theme to leave out
	write   string // a file that holds the figures between two marks
	keep    string // where the report of the program is kept
	strict  bool
	odd     bool // odd ports, as where nobody may listen at 80 and 443

	outsideFolder string // of tests that other people wrote; they are run instead
}

func run(ctx context.Context, args []string, out io.Writer) error {
	var t trial
	flags := flag.NewFlagSet("accuracy", flag.ContinueOnError)
	flags.StringVar(&t.waymark, "waymark", "", "the program to measure, instead of building it")
	flags.StringVar(&t.only, "only", "", "themes, separated by commas, or a part of the names of cases")
	flags.StringVar(&t.without, "without", "", "a theme to leave out")
	flags.StringVar(&t.write, "write", "", "file to put the figures into, between its marks")
	flags.StringVar(&t.keep, "keep", "", "file to keep the program's own report in")
	flags.BoolVar(&t.strict, "strict", false, "fail on anything that differs")
	flags.BoolVar(&t.odd, "odd-ports", false, "do not use the ports 80 and 443")
	flags.StringVar(&t.outsideFolder, "outside", "", "run the tests of other people that are in this folder instead")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if t.outsideFolder != "" {
		var printed bytes.Buffer
		err := t.outside(ctx, io.MultiWriter(out, &printed))
		return errors.Join(err, ofOutside.write(t.write, printed.String()))
	}
	score, err := t.measure(ctx)
	if err != nil {
		return err
	}
	score.print(out, false)
	var printed bytes.Buffer
	score.print(&printed, true)
	return errors.Join(ofFigures.write(t.write, printed.String()), score.verdict(t.strict))
}

// measure plays the behaviours, runs the program over them, and compares.
func (t *trial) measure(ctx context.Context) (_ *score, err error) {
	folder, err := os.MkdirTemp("", "waymark-accuracy-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if t.waymark == "" {
		if t.waymark, err = build(ctx, folder); err != nil {
			return nil, err
		}
	}
	web, err := fakeweb.Start(fakeweb.Options{Unrecorded: true, StandardPorts: !t.odd})
	if err != nil {
		return nil, err
	}
	defer web.Close()
	themes := t.chosen(web.StandardPorts())
	links, err := stage(web, themes, folder)
	if err != nil {
		return nil, err
	}
	report, took, err := t.check(ctx, folder)
	if err != nil {
		return nil, err
	}
	if t.keep != "" {
		if err := os.WriteFile(t.keep, report, 0o600); err != nil {
			return nil, err
		}
	}
	got, err := read(report, web)
	if err != nil {
		return nil, err
	}
	return compare(themes, links, got, took, web.StandardPorts()), nil
}

// build makes the program from the module of the working directory.
func build(ctx context.Context, folder string) (string, error) {
	path := filepath.Join(folder, "waymark")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", path, "waymark/cmd/waymark")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build waymark: %w\n%s", err, out)
	}
	return path, nil
}

// chosen leaves out what was not asked for, and what cannot be played at odd ports.
func (t *trial) chosen(standard bool) []behaviours.Theme {
	var out []behaviours.Theme
	for _, theme := range behaviours.All() {
		kept := behaviours.Theme{Name: theme.Name}
		for _, c := range theme.Cases {
			if (standard || !c.Standard) && theme.Name != t.without && wanted(theme.Name, c.Name, t.only) {
				kept.Cases = append(kept.Cases, c)
			}
		}
		if len(kept.Cases) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

func wanted(theme, name, only string) bool {
	for part := range strings.SplitSeq(only, ",") {
		if part == "" || theme == part || strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// stage puts the cases up and writes the list of their links; it gives the lines of the list by case.
func stage(web *fakeweb.Web, themes []behaviours.Theme, folder string) (map[string][]int, error) {
	behaviours.Furnish(web, themes)
	lines := map[string][]int{}
	var list strings.Builder
	line := 0
	write := func(text string) {
		line++
		list.WriteString(text + "\n")
	}
	for _, t := range themes {
		write("")
		write("## " + t.Name)
		write("")
		for _, c := range t.Cases {
			for _, item := range behaviours.PutUp(web, c) {
				write(item)
				lines[c.Name] = append(lines[c.Name], line)
			}
		}
	}
	return lines, furnishRun(web, folder, list.String(), "")
}

// furnishRun writes the list, the configuration and the authority that a run needs. The settings are those of check
// beyond the short patience, in YAML's flow style with a comma at their end.
func furnishRun(web *fakeweb.Web, folder, list, settings string) error {
	authority := filepath.Join(folder, "ca.pem")
	config := fmt.Sprintf("external_url: https://links.example.org\nsources: [{name: links, path: links.md}]\n"+
		"check: {%stimeout: 2s, retry_wait: 300ms}\n"+
		"network: {resolver: %q, allow: [127.0.0.0/8], ca_file: %q}\n", settings, web.Resolver(), authority)
	return errors.Join(
		os.WriteFile(filepath.Join(folder, "links.md"), []byte(list), 0o600),
		os.WriteFile(authority, web.CA(), 0o600),
		os.WriteFile(filepath.Join(folder, "waymark.yaml"), []byte(config), 0o600))
}

// check runs the program with its defaults, but for a shorter patience.
func (t *trial) check(ctx context.Context, folder string) ([]byte, time.Duration, error) {
	program, err := filepath.Abs(t.waymark)
	if err != nil {
		return nil, 0, err
	}
	cmd := exec.CommandContext(ctx, program, "check", "--format", "json")
	cmd.Dir = folder
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	began := time.Now()
	report, err := cmd.Output()
	if code := cmd.ProcessState.ExitCode(); err != nil && code != 1 {
		return nil, 0, fmt.Errorf("waymark check: %w\n%s", err, complaints.String())
	}
	return report, time.Since(began), nil
}
