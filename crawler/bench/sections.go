package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const pageSize = 30 << 10

// cost is what a link costs when nothing is waited for: with many visits at once, and with few, where the bare client
// makes fewer connections and is cheaper.
func (b *bench) cost(ctx context.Context) error {
	for _, s := range []settings{{Concurrency: 256, PerHost: 16}, {Concurrency: 32, PerHost: 4}} {
		task := webTask{Spread: size(b, evenly(10_000, 500), evenly(2000, 100)), Page: pageSize}
		ours, bare, w, err := b.pairs(ctx, task, s, s.PerHost)
		if err != nil {
			return err
		}
		b.addCost(ours, bare, w.Links, "≤ 8×, aim 3×", 8)
		b.addPeak(ours, bare, 150)
		b.table.add(row{name: "time", figure: ours.wall.text(secs), bare: bare.wall.text(secs), ratio: ours.wall.over(bare.wall).text(times)})
		b.table.note("rows of %d visits at once, %d per host: %d links on %d hosts, pages of 30 KB, robots.txt ignored", s.Concurrency, s.PerHost, w.Links, w.Hosts)
	}
	return nil
}

// addCost adds the processor time per link; an empty target is none.
func (b *bench) addCost(ours, bare series, links int, target string, limit float64) {
	mine, theirs := ours.perLink(links), bare.perLink(links)
	ratio := mine.over(theirs)
	b.table.add(row{"processor time per link", mine.text(micros), theirs.text(micros), ratio.text(times), target, ratio.median() <= limit})
}

func (b *bench) addPeak(ours, bare series, limit float64) {
	b.table.add(row{"peak memory", ours.peak.text(mebis), bare.peak.text(mebis), ours.peak.over(bare.peak).text(times),
		fmt.Sprintf("≤ %.0f MiB", limit), ours.peak.median() <= limit*(1<<20)})
}

// latency is whether the waits of many hosts overlap as well as they can.
func (b *bench) latency(ctx context.Context) error {
	task := webTask{Spread: size(b, zipf(10_000, 500), zipf(1000, 100)), Page: pageSize,
		Median: 150 * time.Millisecond, P99: size(b, 2*time.Second, time.Second)}
	many := size(b, 2000, 200)
	s := settings{Concurrency: many, PerHost: many}
	ours, bare, w, err := b.pairs(ctx, task, s, 0)
	if err != nil {
		return err
	}
	ratio := ours.wall.over(bare.wall)
	b.table.add(row{"time", ours.wall.text(secs), bare.wall.text(secs), ratio.text(times), "≤ 1.1×", ratio.median() <= 1.1})
	b.table.add(row{name: "peak memory", figure: ours.peak.text(mebis), bare: bare.peak.text(mebis), ratio: ours.peak.over(bare.peak).text(times)})
	b.table.note("%d links on %d hosts, %d on the largest; %d visits at once for both, no limit per host for either, the same order of links;",
		w.Links, w.Hosts, w.Largest, many)
	b.table.note("the latency of a link is fixed by its address, so that both wait for the same answers, the slowest %s", w.Slowest.Round(10*time.Millisecond))
	return nil
}

// memory is what a very long list holds in memory.
func (b *bench) memory(ctx context.Context) error {
	task := webTask{Spread: tail(size(b, 100_000, 5000)), Page: pageSize}
	s := settings{Concurrency: byDefault.Concurrency, PerHost: byDefault.PerHost, Robots: true}
	ours, bare, w, err := b.pairs(ctx, task, s, s.PerHost)
	if err != nil {
		return err
	}
	b.addPeak(ours, bare, 250)
	b.addCost(ours, bare, w.Links, "", 0)
	b.table.add(row{name: "time", figure: ours.wall.text(secs), bare: bare.wall.text(secs), ratio: ours.wall.over(bare.wall).text(times)})
	b.table.note("%d links on %d hosts, %d on the largest; Waymark asks every host for its robots.txt too, the bare client does not", w.Links, w.Hosts, w.Largest)
	return nil
}

// polite is how close a check comes to the time that politeness leaves it.
func (b *bench) polite(ctx context.Context) error {
	few := size(b, evenly(50*20, 50), evenly(20*10, 20))
	if err := b.bounded(ctx, fmt.Sprintf("%d hosts × %d links", few.Hosts, few.Links/few.Hosts), few, byDefault, 1.15); err != nil {
		return err
	}
	scale := size(b, 20, 100)
	s := byDefault
	s.Interval /= 5
	return b.bounded(ctx, fmt.Sprintf("host tail ÷ %d", scale), tail(122_026/scale), s, 1.1)
}

// bound is the least time in which a host can be asked for n links, and before them for its robots.txt.
func bound(n int, gap time.Duration) float64 { return float64(n) * gap.Seconds() }

// bounded measures a polite check against its bound.
func (b *bench) bounded(ctx context.Context, name string, links spread, s settings, limit float64) error {
	w, err := b.webFor(ctx, webTask{Spread: links, Page: pageSize})
	if err != nil {
		return err
	}
	var ours series
	for range b.repeat {
		u, err := b.check(ctx, w, s)
		if err != nil {
			_, stopErr := w.stop()
			return errors.Join(err, stopErr)
		}
		ours.add(u)
	}
	if _, err := w.stop(); err != nil {
		return err
	}
	least := bound(w.Largest, s.Interval)
	var ratio samples
	for _, wall := range ours.wall {
		ratio = append(ratio, wall/least)
	}
	b.table.add(row{name, ours.wall.text(secs), "", ratio.text(times), fmt.Sprintf("≤ %.2f× the bound", limit), ratio.median() <= limit})
	b.table.note("%s: bound = (links of the largest host + 1 for robots.txt − 1) × gap = %d × %s = %s; %d links on %d hosts",
		name, w.Largest, s.Interval, secs(least), w.Links, w.Hosts)
	return nil
}
