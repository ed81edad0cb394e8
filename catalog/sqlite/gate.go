package sqlite

import (
	"context"
	"slices"
	"sync"
)

// lane is a queue before the one writer.
type lane int

const (
	people   lane = iota // somebody waits for the answer
	crawling             // batches of crawlers and chunks of syncs
	lanes
)

// gate lets one writer through at a time: people first, crawling after, each in order of arrival. The zero value is
// an open gate. It owns no goroutine.
type gate struct {
	mu      sync.Mutex
	held    bool
	waiting [lanes][]chan struct{} // a closed channel is the right of way
}

// enter waits for the right of way; leave gives it back.
func (g *gate) enter(ctx context.Context, l lane) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	turn := g.queue(l)
	if turn == nil {
		return nil
	}
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		g.quit(l, turn)
		return ctx.Err()
	}
}

// queue takes the right of way and returns nil, or returns what to wait for.
func (g *gate) queue(l lane) chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.held {
		g.held = true
		return nil
	}
	turn := make(chan struct{})
	g.waiting[l] = append(g.waiting[l], turn)
	return turn
}

// quit leaves the queue. Whose turn came in the same moment passes it on.
func (g *gate) quit(l lane, turn chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.waiting[l], turn); i >= 0 {
		g.waiting[l] = slices.Delete(g.waiting[l], i, i+1)
		return
	}
	g.pass()
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pass()
}

// pass hands the right of way to the first in the first lane that waits. The caller holds mu.
func (g *gate) pass() {
	for l := range g.waiting {
		if len(g.waiting[l]) > 0 {
			close(g.waiting[l][0])
			g.waiting[l] = slices.Delete(g.waiting[l], 0, 1)
			return
		}
	}
	g.held = false
}
