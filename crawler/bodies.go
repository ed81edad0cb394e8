package crawler

import (
	"context"
	"io"
	"runtime"
	"sync"
)

const (
	smallBody  = 64 << 10 // read of what is no text, of error pages and of redirects; a longer body needs a place
	firstRead  = 4 << 10  // room of a buffer at first, where the length is not known
	fewPlaces  = 32       // for large bodies, unless fewer requests may be under way
	placeShare = 4        // requests per place, where they are many
	mostUnread = 64       // pages that wait for a processor without a slot: enough to keep all busy
)

// bodies is the memory that the bodies of all visits take. Small ones belong to their visits. For a larger one a visit
// needs a place, from before it reads on until its page is read: slots alone do not bound what is held, as a visit
// gives its slot back before it waits for a processor to read the page.
//
// Who waits for a place holds its slot, so that no more is asked for until there is room. Who has a place waits for
// its peer, for no longer than a body may take, and for a processor, but never for a slot or another place.
//
// Where pages come faster than they can be read, small ones add up as well. So a visit keeps its slot until its page is
// one of the few that wait for a processor: what is unread is bounded by these and by the requests under way.
type bodies struct {
	room      int           // bytes of a place
	places    chan struct{} // holds an element for each that is taken
	unread    chan struct{} // and for each page that waits for a processor, or is read
	unpacking chan struct{} // and for each body that is unpacked now
	reading   chan struct{} // and for each page that is read now
	large     sync.Pool     // of *[]byte with the room of a place
	small     sync.Pool     // of *[]byte
}

// newBodies returns the memory for so many requests at once, and for bodies of so many bytes at most.
func newBodies(concurrency int, most int64) *bodies {
	places := min(max(concurrency/placeShare, fewPlaces), concurrency)
	return &bodies{
		room:      int(most) + 1, // and a byte to see that there is more
		places:    make(chan struct{}, places),
		unread:    make(chan struct{}, mostUnread),
		unpacking: make(chan struct{}, maxUnpacking),
		reading:   make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
}

// body is what was read of an answer, decoded.
type body struct {
	data   []byte
	of     *bodies
	wait   func(places chan<- struct{}) error // for a place
	placed bool
	queued bool // it is one of the unread
}

// open returns an empty body; wait is called when it needs a place and none is free. size is how long it will be,
// -1 when that is not known.
func (m *bodies) open(size int64, wait func(chan<- struct{}) error) *body {
	b := &body{of: m, wait: wait}
	b.data = m.buffer()
	if size = min(size, smallBody); size > int64(cap(b.data)) {
		b.data = make([]byte, 0, size+1) // and a byte to see the end by
	}
	return b
}

// close gives back what a body holds. It may be nil, or closed.
func (b *body) close() {
	if b == nil {
		return
	}
	if data := b.data[:0]; b.placed && cap(data) >= b.of.room {
		b.of.large.Put(&data)
	} else {
		b.of.keep(data)
	}
	b.data = nil
	if b.placed {
		b.placed = false
		<-b.of.places
	}
	if b.queued {
		b.queued = false
		<-b.of.unread
	}
}

// queue waits until the page can wait for a processor, or the context ends. It is called while the visit holds its slot,
// and for nothing but a page that is read next: until the body is closed, the visit must not wait for a slot.
func (b *body) queue(ctx context.Context) {
	if b == nil || b.queued {
		return
	}
	select {
	case b.of.unread <- struct{}{}:
		b.queued = true
	case <-ctx.Done():
	}
}

// place takes a place, unless the body has one.
func (b *body) place() error {
	if b.placed {
		return nil
	}
	select {
	case b.of.places <- struct{}{}:
	default:
		if err := b.wait(b.of.places); err != nil {
			return err
		}
	}
	b.placed = true
	return nil
}

// fill reads until the body has so many bytes, or the reader ends.
func (b *body) fill(from io.Reader, most int64) error {
	var err error
	b.data, err = fill(b.data, from, most, b.enlarge)
	return err
}

// enlarge moves what has been read into the room of a place.
func (b *body) enlarge(small []byte) ([]byte, error) {
	if err := b.place(); err != nil {
		return small, err
	}
	room, ok := b.of.large.Get().(*[]byte)
	if !ok {
		made := make([]byte, 0, b.of.room)
		room = &made
	}
	large := append((*room)[:0], small...)
	b.of.keep(small)
	return large, nil
}

// pack reads a body as it was sent, up to so many bytes. If it outgrows a small buffer, it shares the place of what
// will be unpacked of it.
func (b *body) pack(from io.Reader, most int64) ([]byte, error) {
	return fill(b.of.buffer(), from, most, func(small []byte) ([]byte, error) {
		if err := b.place(); err != nil {
			return small, err
		}
		large := append(make([]byte, 0, most), small...)
		b.of.keep(small)
		return large, nil
	})
}

// buffer returns an empty buffer, or nil.
func (m *bodies) buffer() []byte {
	kept, _ := m.small.Get().(*[]byte)
	if kept == nil {
		return nil
	}
	return *kept
}

// keep keeps a small buffer for the next body.
func (m *bodies) keep(buffer []byte) {
	if buffer = buffer[:0]; cap(buffer) > 0 && cap(buffer) <= 2*smallBody {
		m.small.Put(&buffer)
	}
}

// fill reads into a buffer until it has so many bytes, or the reader ends. A buffer that is as large as those of small
// bodies are is left for the one with room for all that enlarge returns.
func fill(into []byte, from io.Reader, most int64, enlarge func([]byte) ([]byte, error)) ([]byte, error) {
	for int64(len(into)) < most {
		if len(into) == cap(into) {
			var err error
			if into, err = larger(into, enlarge); err != nil {
				return into, err
			}
		}
		n, err := from.Read(into[len(into):min(int64(cap(into)), most)])
		into = into[:len(into)+n]
		if err == io.EOF {
			return into, nil
		}
		if err != nil {
			return into, err
		}
	}
	return into, nil
}

func larger(full []byte, enlarge func([]byte) ([]byte, error)) ([]byte, error) {
	size := min(max(2*cap(full), firstRead), smallBody+1)
	if size <= cap(full) {
		return enlarge(full)
	}
	return append(make([]byte, 0, size), full...), nil
}

// read reads a page when it is its turn: no more at once than there are processors. It reports false when the context
// ended first.
func (m *bodies) read(ctx context.Context, page func()) bool {
	select {
	case m.reading <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	defer func() { <-m.reading }()
	page()
	return true
}
