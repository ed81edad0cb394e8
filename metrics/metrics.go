// Package metrics holds the Prometheus registry of Waymark and all that is registered in it.
//
// What happens is counted as it happens: the crawler and the web server call the small methods of [Metrics].
// What is the case, such as how many resources are dead, is read from the store when Prometheus asks, so that the
// numbers are those of the dashboard and survive a restart.
//
// No label ever holds a URL, a host, a title or an error text: each label has a closed set of values, or is the
// name of a source, which the operator chose. The one exception is waymark_finding_info, which must be asked for
// and is capped ([Options.FindingInfo]).
package metrics

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const (
	// scrapesAtOnce bounds the scrapes under way; more are answered 503. Two Prometheus servers and a person
	// with a browser fit.
	scrapesAtOnce = 4
	// scrapeTimeout bounds the answer to one scrape. Prometheus itself gives up after 10 seconds by default.
	scrapeTimeout = 9 * time.Second
)

// other stands in a label for every value outside its closed set.
const other = "other"

// Options says what the registry tells of the program and how it works.
type Options struct {
	Version  string // of the program, for waymark_build_info
	Revision string // of its source code; may be empty
	// FindingInfo caps the series of waymark_finding_info, which name single links by URL and title. The most
	// harmful findings come first. 0 leaves the metric out.
	FindingInfo int
	Now         func() time.Time // the clock; nil: time.Now
	Log         *slog.Logger     // receives what could not be read; nil: nothing is logged
}

// Metrics is a registry of its own with the metrics of one running Waymark. Its methods may be called from many
// goroutines at once.
type Metrics struct {
	options  Options
	registry *prometheus.Registry
	crawl    crawl
	requests requests
}

// New returns the metrics of one process. Gauges about the catalog and the crawler appear once [Metrics.WatchStore]
// and [Metrics.WatchCrawler] have said where to read them.
func New(options Options) *Metrics {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	m := &Metrics{options: options, registry: prometheus.NewRegistry(), crawl: newCrawl(), requests: newRequests()}
	m.registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		buildInfo(options),
	)
	m.registry.MustRegister(m.crawl.collectors()...)
	m.registry.MustRegister(m.requests.duration)
	return m
}

// buildInfo is the constant 1 whose labels say what runs.
func buildInfo(options Options) prometheus.Collector {
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "waymark_build_info",
		Help: "Always 1. The labels say which version of Waymark runs and which Go release built it.",
		ConstLabels: prometheus.Labels{
			"version":   clean(options.Version, maxTitle),
			"revision":  clean(options.Revision, maxTitle),
			"goversion": runtime.Version(),
		},
	})
	info.Set(1)
	return info
}

// WatchStore reads the gauges about the catalog from the store at every scrape. It is called once, before the
// first scrape.
func (m *Metrics) WatchStore(store Store) {
	m.registry.MustRegister(newInventory(store, m.options))
}

// WatchCrawler reads the gauges about the crawler from it at every scrape. It is called once, before the first
// scrape.
func (m *Metrics) WatchCrawler(crawler Crawler) {
	m.registry.MustRegister(activity{crawler})
}

// Handler answers a scrape in the Prometheus text format or, when asked for, in OpenMetrics. What cannot be read
// is left out and logged; the rest is given.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog:            scrapeLog{m.options.Log},
		ErrorHandling:       promhttp.ContinueOnError,
		MaxRequestsInFlight: scrapesAtOnce,
		Timeout:             scrapeTimeout,
		EnableOpenMetrics:   true,
	})
}

// scrapeLog lets promhttp write to the program's log.
type scrapeLog struct{ log *slog.Logger }

// Println logs what promhttp could not gather or send.
func (l scrapeLog) Println(values ...any) {
	l.log.Warn("metrics: scrape incomplete", "error", fmt.Sprint(values...))
}
