package crawler

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"waymark/catalog"
)

const (
	drainBytes = 64 << 10 // thrown away at most so that a connection can be used again
	drainTime  = 500 * time.Millisecond
)

// bodyLimit says how many decoded bytes of an answer are worth reading.
func bodyLimit(res *http.Response, most int64) int64 {
	if res.StatusCode/100 != 2 {
		return min(smallBody, most)
	}
	switch kind := mediaType(res.Header); {
	case kind == "", strings.HasPrefix(kind, "text/"), strings.HasSuffix(kind, "xml"), strings.HasSuffix(kind, "json"):
		return most
	}
	return min(smallBody, most)
}

// mediaType returns the media type in lower case and without parameters, "" when none is declared.
func mediaType(header http.Header) string {
	declared := header.Get("Content-Type")
	kind, _, err := mime.ParseMediaType(declared)
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		kind, _, _ = strings.Cut(declared, ";")
	}
	return strings.ToLower(strings.TrimSpace(kind))
}

// read takes the body in, up to limit decoded bytes. A body that our own bounds cut is truncated
// and no failure; one that the peer cuts is a failure.
func (a *answer) read(ctx context.Context, m *bodies, limit int64, end *deadline) {
	if a.res.Body == http.NoBody || a.res.ContentLength == 0 {
		return
	}
	wire := &wireReader{from: a.res.Body}
	a.body = m.open(a.res.ContentLength, func(places chan<- struct{}) error { return end.standStill(ctx, places) })
	err := m.decode(a.body, wire, a.res.Header.Get("Content-Encoding"), limit+1)
	if int64(len(a.body.data)) > limit {
		a.body.data = a.body.data[:limit]
		a.truncated = true
	}
	switch {
	case err == nil || errors.Is(err, errTooMuch) || errors.Is(context.Cause(ctx), errSlow):
		a.slow = err != nil && !errors.Is(err, errTooMuch)
		a.truncated = a.truncated || err != nil
	case errors.Is(err, io.ErrUnexpectedEOF) && endsDocument(a.body.data):
		// The length was wrong, and all of the page is there: browsers show it.
	case wire.err != nil && !errors.Is(wire.err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		a.failure = classify(orDefault(wire.err, err), context.Cause(ctx), true)
	default:
		a.failure = &catalog.Failure{Reason: catalog.ReasonProtocol, Detail: "the body does not decode as the answer says"}
	}
	if a.truncated {
		drain(wire, a.res.ContentLength, end)
	}
}

// endsDocument reports whether a body ends as a whole HTML document does.
func endsDocument(data []byte) bool {
	const end = "</html>"
	data = bytes.TrimSpace(data[max(0, len(data)-256):])
	return len(data) >= len(end) && strings.EqualFold(string(data[len(data)-len(end):]), end)
}

// wireReader remembers how the undecoded side ended.
type wireReader struct {
	from io.Reader
	read int64
	err  error
}

func (w *wireReader) Read(p []byte) (int, error) {
	n, err := w.from.Read(p)
	w.read += int64(n)
	if err != nil {
		w.err = err
	}
	return n, err
}

// drain reads the little that is left of a body, so that the connection is not thrown away with it.
func drain(wire *wireReader, length int64, end *deadline) {
	if wire.err != nil || length-wire.read > drainBytes {
		return
	}
	end.in(drainTime)
	_, _ = io.CopyN(io.Discard, wire, drainBytes) // if it fails, the connection is closed, and that is all
}
