package crawler

import (
	"container/heap"
	"time"
)

// hostHeap orders hosts by the time at which they may be asked next; of two with the same time the one that was
// put in first, which makes hosts take turns.
type hostHeap struct {
	hosts []*host
	seq   uint64
}

// top returns the first host, or nil.
func (h *hostHeap) top() *host {
	if len(h.hosts) == 0 {
		return nil
	}
	return h.hosts[0]
}

// put adds a host that is in no heap.
func (h *hostHeap) put(x *host, at time.Time) {
	h.seq++
	x.at, x.seq, x.heap = at, h.seq, h
	heap.Push(h, x)
}

// take removes a host.
func (h *hostHeap) take(x *host) {
	heap.Remove(h, x.index)
	x.heap = nil
}

func (h *hostHeap) Len() int { return len(h.hosts) }

func (h *hostHeap) Less(i, j int) bool {
	a, b := h.hosts[i], h.hosts[j]
	if a.at.Equal(b.at) {
		return a.seq < b.seq
	}
	return a.at.Before(b.at)
}

func (h *hostHeap) Swap(i, j int) {
	h.hosts[i], h.hosts[j] = h.hosts[j], h.hosts[i]
	h.hosts[i].index, h.hosts[j].index = i, j
}

func (h *hostHeap) Push(x any) {
	added := x.(*host)
	added.index = len(h.hosts)
	h.hosts = append(h.hosts, added)
}

func (h *hostHeap) Pop() any {
	last := len(h.hosts) - 1
	x := h.hosts[last]
	h.hosts[last], h.hosts = nil, h.hosts[:last]
	return x
}
