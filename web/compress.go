package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// worthwhile is the size from which a compressed answer saves a packet.
const worthwhile = 1200

// compressed sends text with gzip to those who take it. No page holds a secret beside text that a stranger
// chose, so that the length tells nothing (BREACH).
func (s *site) compressed(next http.Handler) http.Handler {
	pool := &sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if r.Method == http.MethodHead || !takesGzip(r.Header.Get("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		zw := &gzipWriter{ResponseWriter: w, pool: pool, code: http.StatusOK}
		defer zw.close()
		next.ServeHTTP(zw, r)
	})
}

// takesGzip reads Accept-Encoding (RFC 9110, section 12.5.3); a weight of 0 refuses.
func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			weight, found := strings.CutPrefix(strings.TrimSpace(params), "q=")
			q, err := strconv.ParseFloat(weight, 64)
			return !found || err == nil && q > 0
		}
	}
	return false
}

// gzipWriter decides at the first write, when type and size are known. Pages are written as a whole.
type gzipWriter struct {
	http.ResponseWriter
	pool  *sync.Pool
	zip   *gzip.Writer
	code  int
	begun bool
}

func (w *gzipWriter) WriteHeader(code int) {
	if code == http.StatusNoContent || code == http.StatusNotModified || code < http.StatusOK {
		w.begun = w.begun || code >= http.StatusOK
		w.ResponseWriter.WriteHeader(code)
		return
	}
	w.code = code
}

func (w *gzipWriter) Write(b []byte) (int, error) {
	if !w.begun {
		w.begin(len(b))
	}
	if w.zip != nil {
		return w.zip.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

func (w *gzipWriter) begin(size int) {
	w.begun = true
	h := w.Header()
	if size >= worthwhile && h.Get("Content-Encoding") == "" && isText(h.Get("Content-Type")) {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		w.zip = w.pool.Get().(*gzip.Writer)
		w.zip.Reset(w.ResponseWriter)
	}
	w.ResponseWriter.WriteHeader(w.code)
}

func (w *gzipWriter) close() {
	if !w.begun {
		w.begin(0)
	}
	if w.zip == nil {
		return
	}
	_ = w.zip.Close() // fails only when the reader has gone
	w.zip.Reset(io.Discard)
	w.pool.Put(w.zip)
}

// FlushError sends what was written so far. [http.ResponseController] calls it.
func (w *gzipWriter) FlushError() error {
	if !w.begun {
		w.begin(0)
	}
	if w.zip != nil {
		if err := w.zip.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap lets [http.ResponseController] reach the connection.
func (w *gzipWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func isText(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	switch media {
	case "application/json", "application/openmetrics-text", "image/svg+xml":
		return true
	}
	return strings.HasPrefix(media, "text/") && media != "text/event-stream" // events must not wait for more
}
