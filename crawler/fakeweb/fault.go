package fakeweb

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// Reset takes the request and resets the connection before any header.
func Reset() Behaviour { return resetAfter("") }

// ResetAfterHeaders sends headers and half of the body, then resets.
func ResetAfterHeaders() Behaviour {
	return resetAfter("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4000\r\n\r\n" +
		"<!doctype html><title>Half a page</title>" + strings.Repeat("<p>half</p>", 100))
}

// EmptyReply takes the request and closes the connection without a byte.
func EmptyReply() Behaviour { return Raw("") }

// Truncated sends a page, closes the connection in its middle, and has
// declared the whole.
func Truncated() Behaviour {
	page := Page{Title: "Cut short", Body: string(prose(4000))}.HTML()
	return Raw(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s",
		len(page), page[:len(page)/2]))
}

// Malformed answers with something that is not HTTP.
func Malformed() Behaviour { return Raw("220 mail.example.test ESMTP ready\r\n") }

// Raw takes the request and sends these bytes as they are, then closes the
// connection: any protocol fault can be written down with it. HTTP/2 has no
// such bytes; there the stream is reset.
func Raw(reply string) Behaviour {
	return hijack(func(_ context.Context, c net.Conn) {
		io.WriteString(c, reply)
		c.Close()
	})
}

// HTTP10 answers as servers of 1996 do: HTTP/1.0, and the body ends where the
// connection does.
func HTTP10(p Page) Behaviour {
	return Raw("HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + p.HTML())
}

// EndlessHeaders sends headers that never end.
func EndlessHeaders() Behaviour {
	return hijack(func(ctx context.Context, c net.Conn) {
		w := bufio.NewWriter(c)
		fmt.Fprint(w, "HTTP/1.1 200 OK\r\n")
		for i := 0; ctx.Err() == nil; i++ {
			if _, err := fmt.Fprintf(w, "X-Endless-%d: and on and on and on\r\n", i); err != nil {
				return
			}
		}
	})
}

func resetAfter(sent string) Behaviour {
	return hijack(func(_ context.Context, c net.Conn) {
		io.WriteString(c, sent)
		if raw := rawConn(c); raw != nil {
			raw.reset()
		}
	})
}

// hijack takes the connection away from net/http. The web still closes it.
func hijack(play ConnFunc) Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		c, _, err := http.NewResponseController(rw).Hijack()
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer c.Close()
		play(r.Context(), c)
	})
}

// HangUp is a server that closes every connection as soon as it is there.
func HangUp(_ context.Context, c net.Conn) { c.Close() }

// ResetAtOnce is a server that resets every connection as soon as it is there.
func ResetAtOnce(_ context.Context, c net.Conn) { rawConn(c).reset() }

// Mute is a server that accepts connections, reads, and never says a word:
// a TLS handshake hangs there.
func Mute(_ context.Context, c net.Conn) { io.Copy(io.Discard, c) }

// Banner gives a server that greets with these bytes whoever connects, as
// SSH and mail servers do, and closes when the client does.
func Banner(greeting string) ConnFunc {
	return func(_ context.Context, c net.Conn) {
		io.WriteString(c, greeting)
		io.Copy(io.Discard, c)
	}
}

// Talk is a server that says the same to everybody, whatever they said, and closes the connection.
func Talk(text string) ConnFunc {
	return func(_ context.Context, c net.Conn) {
		c.Read(make([]byte, 4096)) // a connection that is closed with unread bytes is reset
		io.WriteString(c, text)
	}
}
