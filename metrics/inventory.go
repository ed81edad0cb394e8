package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"waymark/catalog"
)

// Store is what the gauges about the catalog are read from.
type Store interface {
	// Counts returns the numbers of the catalog at now. It obeys the deadline of ctx.
	Counts(ctx context.Context, now time.Time) (catalog.Counts, error)
	// Flagged returns at most limit open findings, the most harmful first. It is asked only when
	// [Options.FindingInfo] wants them.
	Flagged(ctx context.Context, limit int) ([]catalog.Flagged, error)
}

// inventory collects the gauges about the catalog.
type inventory struct {
	reader *reader

	resources, whole, findings, overdue, synced, checked, info, paused, pausedSource, age *prometheus.Desc
}

func newInventory(store Store, options Options) *inventory {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, labels, nil)
	}
	return &inventory{
		reader: newReader(store, options),
		resources: desc("waymark_resources",
			"Resources of a source by state. A resource counts once in each of its sources.", "source", "state"),
		whole: desc("waymark_catalog_resources",
			"Resources of the whole catalog by state. Each counts once.", "state"),
		findings: desc("waymark_findings",
			"Findings of a source by kind and by review: open ones wait for a decision, kept ones to be mended; aside ones are not shown for now.", "source", "kind", "review"),
		overdue: desc("waymark_overdue_resources",
			"Resources whose next visit was due more than an hour ago and is not under way."),
		age: desc("waymark_resource_age_seconds",
			"Time since the resources of a source were last changed, of those that say so. Ages are counted by calendar months.", "source"),
		synced: desc("waymark_sync_last_success_timestamp_seconds",
			"When a source was last read with success, as Unix time; 0 when it never was.", "source"),
		paused: desc("waymark_paused",
			"Pauses in force, by what is paused: everything, a source, a host.", "what"),
		pausedSource: desc("waymark_source_paused",
			"1 while a source is paused, by itself or with everything: it is not read on schedule.", "source"),
		checked: desc("waymark_check_last_success_timestamp_seconds",
			"When a visit was last recorded, whatever it showed, as Unix time; 0 when none ever was."),
		info: desc("waymark_finding_info",
			"Always 1. The labels name one open finding and its link. Opt-in; capped, the most harmful first.",
			"source", "kind", "resource", "title"),
	}
}

// Describe implements [prometheus.Collector].
func (v *inventory) Describe(out chan<- *prometheus.Desc) {
	v.reader.failures.Describe(out)
	for _, d := range []*prometheus.Desc{v.resources, v.whole, v.findings, v.overdue, v.synced, v.checked, v.info, v.paused, v.pausedSource, v.age} {
		out <- d
	}
}

// Collect implements [prometheus.Collector]. When the store cannot be read and nothing recent is known, only the
// count of failures is given.
func (v *inventory) Collect(out chan<- prometheus.Metric) {
	snap, ok := v.reader.read()
	v.reader.failures.Collect(out)
	if !ok {
		return
	}
	for _, state := range catalog.States() {
		out <- gauge(v.whole, float64(snap.counts.Catalog[state]), string(state))
	}
	for _, source := range snap.counts.Sources {
		v.collectSource(out, source)
		v.collectSourcePause(out, snap.counts.Paused, source.Source)
	}
	v.collectPauses(out, snap.counts.Paused)
	out <- gauge(v.overdue, float64(snap.counts.Overdue))
	out <- gauge(v.checked, unix(snap.counts.LastCheck))
	for _, link := range named(snap.flagged) {
		out <- gauge(v.info, 1, link.Source, string(link.Kind), link.URL, link.Title)
	}
}

// collectSource gives all states and kinds of a source, zeros too: a count that falls to zero must be seen to.
func (v *inventory) collectSource(out chan<- prometheus.Metric, c catalog.SourceCounts) {
	name := clean(c.Source, 0)
	for _, state := range catalog.States() {
		out <- gauge(v.resources, float64(c.States[state]), name, string(state))
	}
	for _, review := range catalog.ReviewStates() {
		for _, kind := range catalog.FindingKinds() {
			out <- gauge(v.findings, float64(c.Findings[review][kind]), name, string(kind), string(review))
		}
	}
	out <- gauge(v.synced, unix(c.Synced), name)
	out <- ages(v.age, c.Ages, name)
}

// collectPauses counts pauses. Their hosts are no labels.
func (v *inventory) collectPauses(out chan<- prometheus.Metric, pauses []catalog.Pause) {
	n := map[string]int{}
	for _, p := range pauses {
		switch {
		case p.Source != "":
			n["source"]++
		case p.Host != "":
			n["host"]++
		default:
			n["everything"]++
		}
	}
	for _, what := range []string{"everything", "source", "host"} {
		out <- gauge(v.paused, float64(n[what]), what)
	}
}

func (v *inventory) collectSourcePause(out chan<- prometheus.Metric, pauses []catalog.Pause, source string) {
	value := 0.0
	if _, paused := catalog.PauseOf(pauses, "", []string{source}); paused {
		value = 1
	}
	out <- gauge(v.pausedSource, value, clean(source, 0))
}

// ages gives the ages of a source as a histogram, whose buckets are the bands of the dashboard.
func ages(desc *prometheus.Desc, a catalog.Ages, source string) prometheus.Metric {
	const year = 365 * 24 * 60 * 60
	buckets, younger := map[float64]uint64{}, 0
	for _, band := range catalog.AgeBands() {
		if years := band.Years(); years > 0 {
			younger += a.Bands[band]
			buckets[float64(years*year)] = uint64(younger)
		}
	}
	m, err := prometheus.NewConstHistogram(desc, uint64(a.Known), a.Seconds, buckets, source)
	if err != nil {
		return prometheus.NewInvalidMetric(desc, err)
	}
	return m
}

func gauge(desc *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	m, err := prometheus.NewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	if err != nil {
		return prometheus.NewInvalidMetric(desc, err)
	}
	return m
}

func unix(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
