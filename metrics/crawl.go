package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"waymark/catalog"
)

// Buckets in seconds. A check holds the waits for its host and its retries, so that minutes are normal; a hop is
// bounded by the timeout of the configuration (20 seconds by default).
var (
	checkBuckets = []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600}
	hopBuckets   = []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20, 30}
)

// crawl counts what the crawler does.
type crawl struct {
	checks   *prometheus.CounterVec
	duration prometheus.Histogram
	hop      prometheus.Histogram
	received prometheus.Counter
	retries  *prometheus.CounterVec
}

func newCrawl() crawl {
	c := crawl{
		checks: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "waymark_checks_total",
			Help: "Checks finished, by the state and the reason that the verdict had afterwards. A check held by the offline guard counts as unchecked, offline.",
		}, []string{"state", "reason"}),
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "waymark_check_duration_seconds",
			Help:    "Time from the start of a check to its verdict, with waits for the host, redirects and retries.",
			Buckets: checkBuckets,
		}),
		hop: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "waymark_hop_duration_seconds",
			Help:    "Time of one HTTP request of a check, after its wait for the host.",
			Buckets: hopBuckets,
		}),
		received: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "waymark_received_bytes_total",
			Help: "Bytes of response bodies read from the hosts that were checked, decoded.",
		}),
		retries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "waymark_retries_total",
			Help: "Requests repeated within a check, by the reason of the attempt before.",
		}, []string{"reason"}),
	}
	c.begin()
	return c
}

// begin creates the series that can be expected, at zero: rate() sees the first event only of a series that was
// there before it.
func (c crawl) begin() {
	for state, reasons := range expected() {
		for _, reason := range reasons {
			c.checks.WithLabelValues(string(state), string(reason))
		}
	}
	for _, reason := range retried() {
		c.retries.WithLabelValues(string(reason))
	}
}

func (c crawl) collectors() []prometheus.Collector {
	return []prometheus.Collector{c.checks, c.duration, c.hop, c.received, c.retries}
}

// expected lists the reasons that each state can have after a check. Any other pair of the closed sets is counted
// too, from its first occurrence on.
func expected() map[catalog.State][]catalog.Reason {
	bad := []catalog.Reason{
		catalog.ReasonNotFound, catalog.ReasonGone, catalog.ReasonSoft404, catalog.ReasonParked, catalog.ReasonEmpty,
		catalog.ReasonClientError, catalog.ReasonServerError, catalog.ReasonDNS, catalog.ReasonRefused,
		catalog.ReasonUnreachable, catalog.ReasonReset, catalog.ReasonTimeout, catalog.ReasonTLS,
		catalog.ReasonProtocol, catalog.ReasonRedirectLoop, catalog.ReasonBadRedirect, catalog.ReasonInvalidURL,
	}
	return map[catalog.State][]catalog.Reason{
		catalog.OK:      {catalog.ReasonOK},
		catalog.Failing: bad,
		catalog.Dead:    bad,
		catalog.Blocked: {
			catalog.ReasonUnauthorized, catalog.ReasonForbidden, catalog.ReasonRateLimited,
			catalog.ReasonChallenge, catalog.ReasonRobots,
		},
		catalog.Skipped:   {catalog.ReasonPrivateAddress, catalog.ReasonUnsupportedScheme, catalog.ReasonRule},
		catalog.Unchecked: {catalog.ReasonOffline},
	}
}

// retried lists the reasons for which an attempt is worth repeating: what may be over in a moment.
func retried() []catalog.Reason {
	return []catalog.Reason{
		catalog.ReasonDNS, catalog.ReasonRefused, catalog.ReasonUnreachable, catalog.ReasonReset,
		catalog.ReasonTimeout, catalog.ReasonTLS, catalog.ReasonProtocol, catalog.ReasonServerError,
		catalog.ReasonRateLimited, catalog.ReasonClientError, catalog.ReasonEmpty,
	}
}

// Checked counts a finished check by the verdict that it led to, and how long it took in all. A check held by the
// offline guard is to be given with [catalog.ReasonOffline]; it is counted as unchecked, whatever the resource was.
func (m *Metrics) Checked(state catalog.State, reason catalog.Reason, took time.Duration) {
	if reason == catalog.ReasonOffline {
		state = catalog.Unchecked
	}
	m.crawl.checks.WithLabelValues(stateLabel(state), reasonLabel(reason)).Inc()
	m.crawl.duration.Observe(seconds(took))
}

// Hop counts one HTTP request of a check and how long it took, its wait for the host left out.
func (m *Metrics) Hop(took time.Duration) { m.crawl.hop.Observe(seconds(took)) }

// Received counts bytes of bodies received. A negative number, such as an unknown length, counts as none.
func (m *Metrics) Received(bytes int64) { m.crawl.received.Add(float64(max(bytes, 0))) }

// Retried counts a request that is repeated, by the reason of the attempt before.
func (m *Metrics) Retried(reason catalog.Reason) {
	m.crawl.retries.WithLabelValues(reasonLabel(reason)).Inc()
}

func stateLabel(s catalog.State) string {
	if !s.Valid() {
		return other
	}
	return string(s)
}

func reasonLabel(r catalog.Reason) string {
	if !r.Valid() {
		return other
	}
	return string(r)
}

// seconds turns a duration into what histograms hold. A clock that was set back must not make one negative.
func seconds(d time.Duration) float64 { return max(d, 0).Seconds() }
