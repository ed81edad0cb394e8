// Command bench prints what Waymark costs: processor time, memory and time per link, side by side in the same run with
// a bare net/http client that drains the same bodies. It measures and never fails on a figure.
//
//	go run ./crawler/bench              # all sections
//	go run ./crawler/bench -only 1,3    # some of them
//	go run ./crawler/bench -quick       # all of them, small, in about a minute
//
// Everything measured is a process of its own, so that processor time and peak memory are those the system charged to
// it: the built waymark, the bare client, and the simulated web that both visit, whose cost counts for neither.
// docs/performance.md says how each figure is taken.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run is the bench itself, or, with a hidden first argument, one of the processes that it starts.
func run(ctx context.Context, args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case webRole:
			return serveWeb(os.Stdin, os.Stdout)
		case bareRole:
			return visitBare(ctx, os.Stdin, os.Stdout)
		case storeRole:
			return measureStore(ctx, os.Stdin, os.Stdout)
		}
	}
	b, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	return b.run(ctx)
}

// bench is one run.
type bench struct {
	sections []int // to run
	quick    bool
	repeat   int    // measurements of what is quick enough to be repeated
	keep     string // folder of the big catalog of section 6
	waymark  string // the program; built when empty
	folder   string // scratch
	table    table
}

// sections are what can be measured, by their numbers from 1.
func (b *bench) all() []section {
	return []section{
		{"10,000 links on 500 hosts, no latency, politeness off", b.cost},
		{"10,000 links on 500 Zipf hosts, 150 ms median latency, politeness off", b.latency},
		{"100,000 links over the real host tail, politeness off", b.memory},
		{"the service over time", b.overTime},
		{"politeness on", b.polite},
		{"the store at 1,000,000 resources", b.store},
		{"how long the defaults take", b.defaults},
	}
}

type section struct {
	title   string
	measure func(context.Context) error
}

func parse(args []string) (*bench, error) {
	b := &bench{}
	var only string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&only, "only", "", "sections to run, such as 1,3; all by default")
	flags.BoolVar(&b.quick, "quick", false, "small sizes, for a run of about a minute; the targets are not meant for them")
	flags.IntVar(&b.repeat, "repeat", 0, "measurements of sections 1, 2, 3 and 5, of which the table has the median and the spread (default 3; 1 with -quick)")
	flags.StringVar(&b.keep, "keep", filepath.Join(os.TempDir(), "waymark-bench"), "folder in which section 6 keeps its catalog, which takes minutes to make")
	flags.StringVar(&b.waymark, "waymark", "", "the program to measure, instead of building it")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if b.repeat < 0 || flags.NArg() > 0 {
		return nil, errors.New("usage: bench [-only 1,3] [-quick] [-repeat N]")
	}
	if b.repeat == 0 {
		b.repeat = size(b, 3, 1)
	}
	for i := range b.all() {
		b.sections = append(b.sections, i+1)
	}
	if only == "" {
		return b, nil
	}
	known := b.sections
	b.sections = nil
	for word := range strings.SplitSeq(only, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || !slices.Contains(known, n) {
			return nil, fmt.Errorf("-only: %q is no section; there are 1 to %d", word, len(known))
		}
		b.sections = append(b.sections, n)
	}
	return b, nil
}

// run measures the sections and prints each as it is done: a whole run takes many minutes.
func (b *bench) run(ctx context.Context) (err error) {
	if b.folder, err = os.MkdirTemp("", "waymark-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.folder)) }()
	if b.waymark == "" {
		if b.waymark, err = build(ctx, b.folder); err != nil {
			return err
		}
	}
	began := time.Now()
	fmt.Println(machine())
	for _, n := range b.sections {
		s := b.all()[n-1]
		fmt.Printf("\n%d. %s\n", n, s.title)
		b.table = table{}
		if err := s.measure(ctx); err != nil {
			return fmt.Errorf("section %d: %w", n, err)
		}
		if err := b.table.print(os.Stdout); err != nil {
			return err
		}
	}
	fmt.Printf("\nmeasured in %s\n", time.Since(began).Round(time.Second))
	return nil
}

// size returns the first value, or with -quick the second.
func size[T any](b *bench, whole, quick T) T {
	if b.quick {
		return quick
	}
	return whole
}
