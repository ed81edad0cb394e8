package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
)

// pauseTarget is what the commands pause and resume are about.
type pauseTarget struct {
	Source string `help:"Name of a source: it is not read on schedule, and what only it holds is not visited." placeholder:"NAME"`
	Host   string `help:"Name of a host that is not to be visited." placeholder:"HOST"`
	All    bool   `help:"Everything."`
}

// pause returns the target as a pause without anything else; false when there is none.
func (t pauseTarget) pause() (p catalog.Pause, given bool, err error) {
	n := 0
	for _, one := range []bool{t.Source != "", t.Host != "", t.All} {
		if one {
			n++
		}
	}
	if n > 1 {
		return p, true, errors.New("only one of --source, --host and --all can be given")
	}
	p.Source = t.Source
	if t.Host != "" {
		if p.Host = catalog.HostOf(t.Host); p.Host == "" {
			return p, true, fmt.Errorf("%q is not the name of a host; write it like example.org", t.Host)
		}
	}
	return p, n == 1, nil
}

type pauseCommand struct {
	configFlag
	pauseTarget
	Until  string        `help:"When it ends by itself: a day such as 2026-12-01, or a time such as 2026-12-01T08:00:00Z." placeholder:"TIME" xor:"end"`
	For    pauseDuration `help:"How long it lasts: 48h, 7d or 2w." placeholder:"DURATION" xor:"end"`
	Reason string        `help:"Why; shown on the dashboard." placeholder:"TEXT"`
	By     string        `help:"Who says so; shown on the dashboard." placeholder:"NAME"`
}

// Run begins a pause, also while a service has the database open; without a target it lists the pauses in force.
func (c pauseCommand) Run(ctx context.Context, sys system) error {
	p, given, err := c.pause()
	if err != nil {
		return err
	}
	p.Since, p.By, p.Why = time.Now(), c.By, c.Reason
	if p.Until, err = c.end(p.Since); err != nil {
		return err
	}
	if !given && (p.Why != "" || p.By != "" || !p.Until.IsZero()) {
		return errors.New("say what to pause: --source NAME, --host HOST or --all")
	}
	if err := p.Check(); err != nil {
		return err
	}
	return beside(ctx, c.configFlag, sys, func(store *sqlite.Store) error {
		if !given {
			return listPauses(ctx, store, sys.stdout)
		}
		if err := store.Pause(ctx, p); err != nil {
			return pauseError(p, err)
		}
		_, err := fmt.Fprintf(sys.stdout, "paused %s%s; resume it with: waymark resume %s\n", cleanLines(p.What()), untilText(p), cleanLines(p.Flag()))
		return err
	})
}

// end returns when the pause ends by itself; the zero time for never.
func (c pauseCommand) end(now time.Time) (time.Time, error) {
	switch {
	case c.For > 0:
		return now.Add(time.Duration(c.For)), nil
	case c.Until == "":
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, c.Until); err == nil {
		return t, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, c.Until, time.Local)
	if err != nil {
		return t, fmt.Errorf("--until %q is not understood; write a day such as 2026-12-01, or a time such as 2026-12-01T08:00:00Z", c.Until)
	}
	return t, nil
}

// pauseDuration is a length of time as the configuration writes it.
type pauseDuration time.Duration

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *pauseDuration) UnmarshalText(text []byte) error {
	length, err := parseDuration(string(text))
	if err == nil && length <= 0 {
		err = errors.New("a pause takes some time")
	}
	*d = pauseDuration(length)
	return err
}

type resumeCommand struct {
	configFlag
	pauseTarget
}

// Run ends a pause, also while a service has the database open.
func (c resumeCommand) Run(ctx context.Context, sys system) error {
	p, given, err := c.pause()
	if err != nil {
		return err
	}
	if !given {
		return errors.New("say what to resume: --source NAME, --host HOST or --all; waymark pause lists what is paused")
	}
	return beside(ctx, c.configFlag, sys, func(store *sqlite.Store) error {
		err := store.Resume(ctx, p, time.Now())
		if errors.Is(err, catalog.ErrNotFound) {
			return fmt.Errorf("%s is not paused; waymark pause lists what is", p.What())
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sys.stdout, "resumed %s\n", cleanLines(p.What()))
		return err
	})
}

// beside opens the configured database for a short decision.
func beside(ctx context.Context, flag configFlag, sys system, decide func(*sqlite.Store) error) (err error) {
	config, folder, err := flag.load(sys)
	if err != nil {
		return err
	}
	store, err := sqlite.OpenBeside(ctx, resolve(folder, config.Database), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return decide(store)
}

func pauseError(p catalog.Pause, err error) error {
	if errors.Is(err, catalog.ErrNotFound) {
		return fmt.Errorf("no source in the database is named %q; waymark sync reads those of the configuration", p.Source)
	}
	return err
}

func listPauses(ctx context.Context, store *sqlite.Store, out io.Writer) error {
	list, err := store.Pauses(ctx, time.Now())
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s: paused since %s%s", p.What(), p.Since.Local().Format(time.RFC3339), untilText(p))
		if p.By != "" {
			fmt.Fprintf(&b, " by %s", p.By)
		}
		if p.Why != "" {
			fmt.Fprintf(&b, ": %s", p.Why)
		}
		b.WriteByte('\n')
	}
	if len(list) == 0 {
		b.WriteString("nothing is paused\n")
	}
	_, err = io.WriteString(out, cleanLines(b.String()))
	return err
}

func untilText(p catalog.Pause) string {
	if p.Until.IsZero() {
		return ""
	}
	return " until " + p.Until.Local().Format(time.RFC3339)
}
