package crawler

import (
	"context"
	"errors"
	"time"
)

// errSlow is the cause of a request that our own deadline ended.
var errSlow = errors.New("no answer in time")

// deadline ends a request whose peer has had its time. It belongs to one goroutine.
type deadline struct {
	timer *time.Timer
	at    time.Time
	stood time.Duration // how long the peer was kept waiting
}

// newDeadline returns a deadline that cancels a request with errSlow. It has to be stopped.
func newDeadline(in time.Duration, cancel context.CancelCauseFunc) *deadline {
	return &deadline{timer: time.AfterFunc(in, func() { cancel(errSlow) }), at: time.Now().Add(in)}
}

// in moves the deadline.
func (d *deadline) in(wait time.Duration) {
	d.at = time.Now().Add(wait)
	d.timer.Reset(wait)
}

func (d *deadline) stop() { d.timer.Stop() }

// standStill waits for one of the places. The peer is not held to account for that time.
func (d *deadline) standStill(ctx context.Context, places chan<- struct{}) error {
	began := time.Now()
	d.timer.Stop()
	select {
	case places <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	waited := time.Since(began)
	d.stood += waited
	d.in(d.at.Sub(began))
	return nil
}
