package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// settings are what a check is configured with; all else has its default.
type settings struct {
	Concurrency int
	PerHost     int           // visits at once per host
	Interval    time.Duration // start to start per host
	Robots      bool
}

// byDefault is how Waymark checks where the configuration is silent.
var byDefault = settings{Concurrency: 64, PerHost: 4, Interval: 100 * time.Millisecond, Robots: true}

// config writes a configuration for a simulated web and returns its path.
func (b *bench) config(w *web, s settings, more string) (string, error) {
	robots := "ignore"
	if s.Robots {
		robots = "respect"
	}
	text := fmt.Sprintf("check:\n  concurrency: %d\n  per_host: {concurrency: %d, interval: %s}\n  robots: %s\n%s"+
		"network:\n  resolver: %s\n  allow: [127.0.0.0/8]\n", s.Concurrency, s.PerHost, s.Interval, robots, more, w.Resolver)
	path := filepath.Join(b.folder, "waymark.yaml")
	return path, os.WriteFile(path, []byte(text), 0o644)
}

var (
	okLinks   = regexp.MustCompile(`(\d+) ok`)
	aloneExit = regexp.MustCompile(`exit status 1$`) // links were found dead: a figure, no fault of the measurement
)

// check measures one `waymark check` of the web's lists.
func (b *bench) check(ctx context.Context, w *web, s settings) (usage, error) {
	config, err := b.config(w, s, "")
	if err != nil {
		return usage{}, err
	}
	cmd := exec.CommandContext(ctx, b.waymark, "check", "--config", config, w.Lists)
	var out, trouble bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &trouble
	u, err := measure(cmd)
	if err != nil && !aloneExit.MatchString(err.Error()) {
		return u, fmt.Errorf("waymark check: %w\n%s", err, trouble.Bytes())
	}
	lines := bytes.Split(bytes.TrimSpace(out.Bytes()), []byte("\n"))
	summary := lines[len(lines)-1]
	if m := okLinks.FindSubmatch(summary); m == nil || string(m[1]) != strconv.Itoa(w.Links) {
		b.table.note("waymark found less than all in order: %s", summary)
	}
	return u, nil
}

// bare measures the bare client over the same links.
func (b *bench) bare(ctx context.Context, w *web, concurrency, idlePerHost int) (usage, error) {
	cmd, err := self(ctx, bareRole, bareTask{w.Resolver, w.Plain, concurrency, idlePerHost})
	if err != nil {
		return usage{}, err
	}
	var out bytes.Buffer
	cmd.Stdout = &out
	u, err := measure(cmd)
	if err != nil {
		return u, fmt.Errorf("bare client: %w", err)
	}
	var seen bareSeen
	if err := json.Unmarshal(out.Bytes(), &seen); err != nil {
		return u, fmt.Errorf("bare client: %w", err)
	}
	if seen.Failed > 0 {
		b.table.note("the bare client failed on %d of %d links", seen.Failed, w.Links)
	}
	return u, nil
}

// series is what repeated runs of one program took.
type series struct{ wall, cpu, peak samples }

func (s *series) add(u usage) {
	s.wall, s.cpu, s.peak = append(s.wall, u.wall), append(s.cpu, u.cpu), append(s.peak, u.peak)
}

// perLink returns the processor time per link in seconds.
func (s series) perLink(links int) samples {
	var out samples
	for _, cpu := range s.cpu {
		out = append(out, cpu/float64(links))
	}
	return out
}

// webFor starts a web whose lists are in the scratch folder.
func (b *bench) webFor(ctx context.Context, task webTask) (*web, error) {
	folder, err := os.MkdirTemp(b.folder, "web-")
	if err != nil {
		return nil, err
	}
	task.Folder = folder
	return startWeb(ctx, task)
}

// pairs measures Waymark and the bare client by turns, so that what else the machine does strikes both alike.
func (b *bench) pairs(ctx context.Context, task webTask, s settings, idlePerHost int) (waymark, bare series, w *web, err error) {
	if w, err = b.webFor(ctx, task); err != nil {
		return
	}
	for range b.repeat {
		var ours, theirs usage
		if theirs, err = b.bare(ctx, w, s.Concurrency, idlePerHost); err != nil {
			break
		}
		if ours, err = b.check(ctx, w, s); err != nil {
			break
		}
		waymark.add(ours)
		bare.add(theirs)
	}
	_, stopErr := w.stop()
	return waymark, bare, w, errors.Join(err, stopErr)
}
