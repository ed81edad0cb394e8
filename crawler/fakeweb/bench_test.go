package fakeweb

import (
	"fmt"
	"io"
	"testing"
)

// BenchmarkWeb is what a page of 30 KB costs server and plain client
// together, on a web of 27,000 hosts.
func BenchmarkWeb(b *testing.B) {
	web, err := Start(Options{Unrecorded: true})
	if err != nil {
		b.Fatal(err)
	}
	defer web.Close()
	page := Bulk("Page", 30<<10)
	for i := range 27000 {
		web.Handle(fmt.Sprintf("h%d.bench.test", i), "*", page)
	}
	c := web.Client()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		res, err := c.Get(web.URL("h1.bench.test", "/"))
		if err != nil {
			b.Fatal(err)
		}
		io.Copy(io.Discard, res.Body)
		res.Body.Close()
	}
}
