package catalog

import "fmt"

// The offline guard speaks when at least this share of at least this many registrable domains fail.
const (
	outageShare = 0.9
	outageSites = 10
)

// Outage says whether a window of recent contacts shows a fault of our own connection rather than of the web,
// and why. The window holds one entry per registrable domain: whether its last contact failed at DNS, connect
// or TLS. With fewer than 10 domains each is judged as it is.
func Outage(failed map[string]bool) (bool, string) {
	bad := 0
	for _, f := range failed {
		if f {
			bad++
		}
	}
	if len(failed) < outageSites || float64(bad) < outageShare*float64(len(failed)) {
		return false, ""
	}
	return true, fmt.Sprintf("%d of the last %d sites could not be reached at all; the fault is more likely here than there", bad, len(failed))
}

// Unreached reports whether a visit failed before the host could answer: at DNS, connect or TLS. Only such
// failures count for an [Outage].
func (o Observation) Unreached() bool {
	if o.Failure == nil || len(o.Hops) > 1 {
		return false
	}
	switch o.Failure.Reason {
	case ReasonDNS, ReasonRefused, ReasonUnreachable, ReasonTLS:
		return true
	case ReasonTimeout, ReasonReset:
		return o.Failure.Connecting
	}
	return false
}

// Offline is the judgement on a resource whose visit fell into an [Outage]: all is held as it was. Only what was
// never judged says so in its reason.
func Offline(previous Standing) Judgement {
	v := previous.Verdict
	if v.State == Unchecked {
		v.Reason = ReasonOffline
		v.Message = "Not judged: Waymark itself seems to be offline."
	}
	return Judgement{Verdict: v, Modified: previous.Modified, Prints: previous.Prints}
}
