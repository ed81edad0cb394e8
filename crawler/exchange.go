package crawler

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"waymark/catalog"
)

// errSlow is the cause of a request that our own deadline ended.
var errSlow = errors.New("no answer in time")

// answer is what one request brought.
type answer struct {
	res       *http.Response // headers only: the body has been read
	body      *bytes.Buffer  // from the pool; nil when nothing was read
	truncated bool
	failure   *catalog.Failure // nil when headers, and what was wanted of the body, arrived
	aborted   bool             // the context of the request ended
	toHeaders time.Duration
	took      time.Duration
}

// exchange makes one request on a granted slot and reads as much of the body as limit allows. Everything that
// it takes is given back when it returns: the slot, the timer, the connection.
func (t *transport) exchange(s *slot, req *http.Request, limit func(*http.Response) int64) (a answer) {
	defer func() { s.done(a.outcome(t.now())) }()
	began := time.Now()
	ctx, cancel := context.WithCancelCause(req.Context())
	defer cancel(nil)
	timer := time.AfterFunc(t.timeout, func() { cancel(errSlow) })
	defer timer.Stop()

	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	res, err := t.base.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	a.toHeaders = time.Since(began)
	a.took = a.toHeaders
	if err != nil {
		a.aborted = req.Context().Err() != nil
		a.failure = classify(err, context.Cause(ctx), connected.Load())
		return a
	}
	defer res.Body.Close()
	t.meter.Hop(a.toHeaders)
	timer.Reset(t.timeout)
	a.res = res
	a.read(ctx, limit(res), timer)
	a.took = time.Since(began)
	if a.body != nil {
		t.meter.Received(int64(a.body.Len()))
	}
	a.aborted = req.Context().Err() != nil
	return a
}

// outcome tells the host's frontier entry how the request went.
func (a *answer) outcome(now time.Time) outcome {
	switch {
	case a.aborted:
		return outcome{}
	case a.res != nil && (a.res.StatusCode == http.StatusTooManyRequests || a.res.StatusCode == http.StatusServiceUnavailable):
		return outcome{mood: strained, retryAfter: retryAfter(a.res.Header, now)}
	case a.failure == nil:
		return outcome{mood: content}
	}
	o, reason := outcome{}, a.failure.Reason
	switch {
	case reason == catalog.ReasonTimeout || reason == catalog.ReasonReset:
		o.mood = strained
	case a.failure.Connecting:
		o.mood = silent
	}
	if a.failure.Connecting && (reason == catalog.ReasonTimeout || reason == catalog.ReasonUnreachable) {
		o.lost = a.failure
	}
	return o
}
