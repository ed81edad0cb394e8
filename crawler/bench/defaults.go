package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The latency of a usual host, for what is measured with the default configuration.
const (
	usualMedian = 150 * time.Millisecond
	usualP99    = 2 * time.Second
)

// defaults is how long people wait with the default configuration: from hosts that answer at once, and from usual ones.
func (b *bench) defaults(ctx context.Context) error {
	for _, slow := range []bool{false, true} {
		if err := errors.Join(b.oneHost(ctx, slow), b.firstRound(ctx, slow)); err != nil {
			return err
		}
	}
	return nil
}

// answering adds the latency to a task.
func answering(task webTask, slow bool, scale time.Duration) (webTask, string) {
	if !slow {
		return task, "answers at once"
	}
	task.Median, task.P99 = usualMedian/scale, usualP99/scale
	return task, "usual latency"
}

// oneHost is a check of a list that is all on one host, with every time of the run shortened alike.
func (b *bench) oneHost(ctx context.Context, slow bool) error {
	const scale = 10
	links := size(b, 2800, 140)
	s := byDefault
	s.Interval /= scale
	task, how := answering(webTask{Spread: evenly(links, 1), Page: pageSize}, slow, scale)
	w, err := b.webFor(ctx, task)
	if err != nil {
		return err
	}
	u, err := b.check(ctx, w, s)
	_, stopErr := w.stop()
	if err := errors.Join(err, stopErr); err != nil {
		return err
	}
	computed := bound(links, byDefault.Interval)
	b.addLong(fmt.Sprintf("check of %d links on one host, %s", links, how), computed, u.wall, scale)
	if !slow {
		b.table.note("check: computed as links × gap = %d × %s = %s; gap and latency ÷ %d", links, byDefault.Interval, span(computed), scale)
	}
	return nil
}

// addLong adds a time that was measured in a smaller scale.
func (b *bench) addLong(name string, computed, measured float64, scale int) {
	whole := measured * float64(scale)
	b.table.add(row{name: name, figure: fmt.Sprintf("%s (%s × %d)", span(whole), secs(measured), scale), ratio: times(whole/computed) + " of computed"})
}

// firstRound is the time until the service has visited a new catalog once. Only the number of links is scaled: the
// service paces the first visits of a host by the clock.
func (b *bench) firstRound(ctx context.Context, slow bool) error {
	scale := size(b, 80, 1000)
	const whole = 100_000
	task, how := answering(webTask{Spread: tail(whole / scale), Page: pageSize}, slow, 1)
	w, err := b.webFor(ctx, task)
	if err != nil {
		return err
	}
	v, err := b.serve(ctx, w, byDefault, 7*24*time.Hour)
	if err != nil {
		_, stopErr := w.stop()
		return errors.Join(err, stopErr)
	}
	took, err := v.visited(ctx, float64(w.Links))
	err = errors.Join(err, v.stop())
	_, stopErr := w.stop()
	if err := errors.Join(err, stopErr); err != nil {
		return err
	}
	computed := bound(w.Largest, byDefault.Interval) * float64(scale)
	b.addLong(fmt.Sprintf("first round of the service over %d, %s", whole, how), computed, took.Seconds(), scale)
	if !slow {
		b.table.note("service: computed as links of the largest host × gap = %d × %s × %d = %s; number of links ÷ %d", w.Largest, byDefault.Interval,
			scale, span(computed), scale)
	}
	return nil
}

// visited waits until so many checks are finished.
func (v *service) visited(ctx context.Context, n float64) (time.Duration, error) {
	for {
		visits, err := v.visits(ctx)
		if err != nil || visits >= n {
			return time.Since(v.began), err
		}
		if err := sleep(ctx, 100*time.Millisecond); err != nil {
			return 0, err
		}
	}
}
