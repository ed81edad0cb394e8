package fakeweb

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Status answers with a status code from 100 to 999 and one line of text.
func Status(code int) Behaviour {
	text := http.StatusText(code)
	if text == "" {
		text = "Status"
	}
	return Text(code, fmt.Sprintf("%d %s\n", code, text))
}

// Text answers with a status code and plain text.
func Text(code int, text string) Behaviour {
	return body{code, "text/plain; charset=utf-8", []byte(text)}
}

// Bytes answers 200 with a document of the given content type, as it is.
// Without a type none is sent.
func Bytes(contentType string, document []byte) Behaviour {
	return body{http.StatusOK, contentType, document}
}

// Document answers with a status code and a document of the given content type. Without a type none is sent.
func Document(code int, contentType string, document []byte) Behaviour {
	return body{code, contentType, document}
}

// Header sets headers before a behaviour answers: names and values by turns.
// A behaviour that sets the same header has the last word.
func Header(b Behaviour, namesAndValues ...string) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		for i := 0; i+1 < len(namesAndValues); i += 2 {
			rw.Header().Add(namesAndValues[i], namesAndValues[i+1])
		}
		b.ServeHTTP(rw, r)
	})
}

// RetryAfter answers 429 or 503 and asks to come back in so many seconds
// (RFC 9110, 10.2.3). Other forms, as "1m30s": [Header] with Retry-After.
func RetryAfter(code, seconds int) Behaviour {
	return Header(Status(code), "Retry-After", strconv.Itoa(seconds))
}

// RetryAfterDate is RetryAfter as an HTTP date, that long after the web's now.
func RetryAfterDate(code int, wait time.Duration) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Retry-After", clock(r).Add(wait).UTC().Format(http.TimeFormat))
		Status(code).ServeHTTP(rw, r)
	})
}

// Unauthorized answers 401 and names a realm (RFC 9110, 15.5.2).
func Unauthorized() Behaviour {
	return Header(Status(http.StatusUnauthorized), "WWW-Authenticate", `Basic realm="members"`)
}

// body is a document that is sent whole.
type body struct {
	code        int
	contentType string
	bytes       []byte
}

// ServeHTTP sends the document. Its last byte waits in the server's buffer
// until the handler has returned: a client that sees the end of the document
// and asks again at once then never counts as two requests at work.
func (b body) ServeHTTP(rw http.ResponseWriter, _ *http.Request) {
	h := rw.Header()
	if b.contentType != "" {
		h.Set("Content-Type", b.contentType)
	} else {
		h["Content-Type"] = nil // keeps net/http from guessing one
	}
	if bodyAllowed(b.code) {
		h.Set("Content-Length", strconv.Itoa(len(b.bytes)))
	}
	rw.WriteHeader(b.code)
	if n := len(b.bytes) - 1; n >= 0 && bodyAllowed(b.code) {
		rw.Write(b.bytes[:n])
		rw.Write(b.bytes[n:])
	}
}

func bodyAllowed(code int) bool {
	return code >= 200 && code != http.StatusNoContent && code != http.StatusNotModified
}
