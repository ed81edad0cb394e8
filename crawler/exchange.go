package crawler

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"waymark/catalog"
)

// answer is what one request brought.
type answer struct {
	res       *http.Response // headers only: the body has been read
	body      *body          // to be closed; nil when nothing was read
	truncated bool
	slow      bool             // the body was cut because its time was over
	failure   *catalog.Failure // nil when headers, and what was wanted of the body, arrived
	aborted   bool             // the context of the request ended
	conn      net.Conn         // that the request went over; nil when there was none
	crowded   bool             // it was refused, maybe for the company that it had at its host
	toHeaders time.Duration
	took      time.Duration
}

// exchange makes one request on a granted slot and reads as much of the body as limit allows. Everything that
// it takes is given back when it returns: the slot, the timer, the connection.
func (t *transport) exchange(s *slot, req *http.Request, limit func(*http.Response) int64) (a answer) {
	defer func() {
		o := a.outcome(t.now())
		o.refused = o.refused && !slices.Contains(t.rules.Host(req.URL.Host).Accept, http.StatusForbidden)
		a.crowded = s.done(o)
	}()
	began := time.Now()
	ctx, cancel := context.WithCancelCause(req.Context())
	defer cancel(nil)
	end := newDeadline(t.timeout, cancel)
	defer end.stop()

	var conn atomic.Pointer[net.Conn]
	trace := &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) { conn.Store(&got.Conn) }}
	res, err := t.base.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	a.toHeaders = time.Since(began)
	a.took = a.toHeaders
	if err != nil {
		a.aborted = req.Context().Err() != nil
		a.failure = classify(err, context.Cause(ctx), conn.Load() != nil)
		return a
	}
	defer res.Body.Close()
	if got := conn.Load(); got != nil {
		a.conn = *got
	}
	t.meter.Hop(a.toHeaders)
	if len(res.Header) > maxHeaders {
		a.failure = &catalog.Failure{Reason: catalog.ReasonProtocol, Detail: fmt.Sprintf("it sends more than %d headers", maxHeaders)}
		return a
	}
	end.in(t.timeout)
	a.res = res
	a.read(ctx, t.bodies, limit(res), end)
	a.took = time.Since(began) - end.stood
	if a.body != nil {
		t.meter.Received(int64(len(a.body.data)))
	}
	if a.failure == nil && res.StatusCode/100 == 2 {
		end.stop()
		a.body.queue(ctx)
	}
	a.aborted = req.Context().Err() != nil
	return a
}

// outcome tells the host's frontier entry how the request went.
func (a *answer) outcome(now time.Time) outcome {
	if a.aborted {
		return outcome{}
	}
	o := outcome{mood: a.mood()}
	if a.res != nil {
		o.refused = a.res.StatusCode == http.StatusForbidden
		o.rest = askedRest(a.res.StatusCode, a.res.Header, now)
	}
	o.lost, o.cost = a.inVain()
	if o.mood == strained || o.mood == silent {
		o.why = a.why()
	}
	return o
}

// why says how the request failed, for the page of its host.
func (a *answer) why() string {
	switch {
	case a.failure != nil:
		return strings.TrimSuffix(string(a.failure.Reason)+": "+a.failure.Detail, ": ")
	case a.slow:
		return string(catalog.ReasonTimeout) + ": its page did not end in the time it is given"
	}
	return fmt.Sprintf("it answered %d", a.res.StatusCode)
}

func (a *answer) mood() mood {
	switch {
	case a.res != nil && (a.res.StatusCode == http.StatusTooManyRequests || a.res.StatusCode == http.StatusServiceUnavailable):
		return strained
	case a.failure == nil && !a.slow:
		return content
	case a.failure == nil, a.failure.Reason == catalog.ReasonTimeout, a.failure.Reason == catalog.ReasonReset:
		return strained
	case a.failure.Connecting:
		return silent
	}
	return neutral
}

// inVain says what the request waited for until its time was over, and what that costs the host.
func (a *answer) inVain() (*catalog.Failure, int) {
	f := a.failure
	switch {
	case f == nil && a.slow:
		return &catalog.Failure{Reason: catalog.ReasonTimeout, Detail: "its pages do not end in the time they are given"}, costSlow
	case f == nil:
		return nil, 0
	case f.Connecting && (f.Reason == catalog.ReasonTimeout || f.Reason == catalog.ReasonUnreachable):
		return f, costUnreached
	case f.Reason == catalog.ReasonTimeout:
		return f, costSlow
	}
	return nil, 0
}
