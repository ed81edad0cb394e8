package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"waymark/catalog"
)

// Crawler is what the gauges about the crawler are read from.
type Crawler interface {
	// Activity returns at once what the crawler is doing right now.
	Activity() catalog.Activity
}

var (
	offlineDesc = prometheus.NewDesc("waymark_offline",
		"1 while Waymark believes that its own connection is down and holds all verdicts, else 0.", nil, nil)
	frontierDesc = prometheus.NewDesc("waymark_frontier_hosts",
		"Hosts with visits to make, by phase: ready to be visited, waiting for their time, or busy with a visit.",
		[]string{"phase"}, nil)
)

// phases lists the values of the phase label, as [catalog.Activity] names them.
func phases() []string { return []string{"ready", "waiting", "busy"} }

// activity collects the gauges about the crawler.
type activity struct{ crawler Crawler }

// Describe implements [prometheus.Collector].
func (activity) Describe(out chan<- *prometheus.Desc) {
	out <- offlineDesc
	out <- frontierDesc
}

// Collect implements [prometheus.Collector].
func (a activity) Collect(out chan<- prometheus.Metric) {
	now := a.crawler.Activity()
	offline := 0.0
	if now.Offline != "" {
		offline = 1
	}
	out <- gauge(offlineDesc, offline)
	for _, phase := range phases() {
		out <- gauge(frontierDesc, float64(now.Hosts[phase]), phase)
	}
}
