package crawler

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"
)

// TestAHostWithNothingLeftIsHungUpOn: a connection lasts as long as its host has links, and not as long as the run.
func TestAHostWithNothingLeftIsHungUpOn(t *testing.T) {
	web := startWeb(t)
	ended := make(chan int, 10) // the requests of each connection
	err := web.HandleConn("few.test", func(_ context.Context, c net.Conn) {
		n := 0
		defer func() { ended <- n }()
		for in := bufio.NewReader(c); ; n++ {
			if _, err := http.ReadRequest(in); err != nil {
				return
			}
			if _, err := io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"); err != nil {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	o := options(web)
	o.HostConcurrency, o.Robots = 1, true
	c := newCrawler(t, o)
	check(t, c, claimsOf(web.URL("few.test", "/a"), web.URL("few.test", "/b"), web.URL("few.test", "/c"))...)
	select {
	case n := <-ended:
		if n != 4 {
			t.Errorf("the connection had %d requests, want those for robots.txt and 3 pages", n)
		}
	case <-time.After(10 * time.Second): // less than any connection is kept
		t.Error("the connection is still open")
	}
}
