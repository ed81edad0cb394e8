package fakeweb

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// PDF answers with a small PDF document that carries a title.
func PDF(title string) Behaviour {
	title = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(title)
	doc := fmt.Sprintf("%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"+
		"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"+
		"3 0 obj\n<< /Title (%s) >>\nendobj\n"+
		"trailer\n<< /Root 1 0 R /Info 3 0 R >>\n%%%%EOF\n", title)
	return Bytes("application/pdf", []byte(doc))
}

// PNG answers with an image of one pixel.
func PNG() Behaviour {
	return Bytes("image/png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"+
		"\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe"+
		"\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"))
}

// Bulk answers with a page of about size bytes of prose, rendered once: what
// benchmarks ask for.
func Bulk(title string, size int) Behaviour {
	return Page{Title: title, Lang: "en", Body: string(prose(size))}.Fixed()
}

const sentence = "<p>A link is a promise that somebody else has to keep, and most of them do.</p>\n"

func prose(size int) []byte {
	return bytes.Repeat([]byte(sentence), size/len(sentence)+1)
}

// Huge answers with an HTML page of the given size in bytes, made while it is
// sent. A negative size never ends, and declares no length.
func Huge(size int64) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		if size >= 0 {
			rw.Header().Set("Content-Length", strconv.FormatInt(size, 10))
		}
		rw.Write(cut([]byte("<!doctype html><title>Huge</title>\n"), size))
		block := prose(32 << 10)
		for sent := int64(35); size < 0 || sent < size; sent += int64(len(block)) {
			part := block
			if size >= 0 {
				part = cut(block, size-sent)
			}
			if _, err := rw.Write(part); err != nil || r.Context().Err() != nil {
				return
			}
		}
	})
}

// Endless answers with a page that never ends.
func Endless() Behaviour { return Huge(-1) }

func cut(b []byte, size int64) []byte {
	if size >= 0 && size < int64(len(b)) {
		return b[:size]
	}
	return b
}

// ManyHeaders adds n headers of about size bytes each to what a behaviour
// answers.
func ManyHeaders(n, size int, b Behaviour) Behaviour {
	value := strings.Repeat("v", size)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		for i := range n {
			rw.Header().Set("X-Extra-"+strconv.Itoa(i), value)
		}
		b.ServeHTTP(rw, r)
	})
}
