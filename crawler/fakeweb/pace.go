package fakeweb

import (
	"math"
	"net/http"
	"time"
)

const forever time.Duration = math.MaxInt64

// Stall takes the request and never answers.
func Stall() Behaviour {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		wait(r, forever)
	})
}

// StallBody sends headers and the beginning of a page, and then nothing.
func StallBody() Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		rw.Write([]byte("<!doctype html><title>To be continued</title>\n"))
		http.NewResponseController(rw).Flush()
		wait(r, forever)
	})
}

// Delay waits before a behaviour answers.
func Delay(d time.Duration, b Behaviour) Behaviour {
	return Lag(Constant(d))(b)
}

// Gate answers with b once it is opened, by closing the channel.
func Gate(open <-chan struct{}, b Behaviour) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		select {
		case <-open:
			b.ServeHTTP(rw, r)
		case <-r.Context().Done():
		}
	})
}

// Drip sends the body of a behaviour in pieces of so many bytes, with a pause
// before each.
func Drip(piece int, every time.Duration, b Behaviour) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		b.ServeHTTP(&dripper{rw, r, piece, every}, r)
	})
}

type dripper struct {
	http.ResponseWriter
	r     *http.Request
	piece int
	every time.Duration
}

// Write sends the bytes piece by piece. The last piece stays in the buffer:
// it goes when the handler returns, see body.
func (d *dripper) Write(b []byte) (sent int, err error) {
	for sent < len(b) {
		http.NewResponseController(d.ResponseWriter).Flush()
		wait(d.r, d.every)
		n, err := d.ResponseWriter.Write(b[sent:min(sent+d.piece, len(b))])
		sent += n
		if err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// Unwrap lets http.ResponseController find the connection.
func (d *dripper) Unwrap() http.ResponseWriter { return d.ResponseWriter }
