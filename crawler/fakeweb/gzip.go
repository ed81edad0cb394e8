package fakeweb

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// Gzip compresses what a behaviour answers, for clients that accept gzip.
func Gzip(b Behaviour) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			b.ServeHTTP(rw, r)
			return
		}
		z := gzip.NewWriter(rw)
		defer z.Close()
		b.ServeHTTP(&zipper{rw, z}, r)
	})
}

type zipper struct {
	http.ResponseWriter
	z *gzip.Writer
}

// WriteHeader replaces the length of the plain body by the encoding.
func (w *zipper) WriteHeader(code int) {
	w.Header().Del("Content-Length")
	w.Header().Set("Content-Encoding", "gzip")
	w.ResponseWriter.WriteHeader(code)
}

// Write compresses.
func (w *zipper) Write(b []byte) (int, error) { return w.z.Write(b) }

// Unwrap lets http.ResponseController find the connection.
func (w *zipper) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// GzipBomb answers with a gzip body that unpacks to an HTML page of the given
// size in bytes, about a thousandth of it on the wire. It is packed while it
// is sent, whether the client accepts gzip or not.
func GzipBomb(unpacked int64) Behaviour {
	return bomb("text/html; charset=utf-8", "gzip", unpacked)
}

// GzipFileBomb is GzipBomb as a file: no Content-Encoding, and the content
// type is application/gzip.
func GzipFileBomb(unpacked int64) Behaviour {
	return bomb("application/gzip", "", unpacked)
}

func bomb(contentType, encoding string, unpacked int64) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", contentType)
		if encoding != "" {
			rw.Header().Set("Content-Encoding", encoding)
		}
		z := gzip.NewWriter(rw)
		defer z.Close()
		io.WriteString(z, "<!doctype html><title>Boom</title>\n")
		block := make([]byte, 64<<10)
		for left := unpacked; left > 0 && r.Context().Err() == nil; left -= int64(len(block)) {
			if _, err := z.Write(cut(block, left)); err != nil {
				return
			}
		}
	})
}
