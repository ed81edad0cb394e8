package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// cookieMill sets cookies on every hop, round and round, and tells the most that it was sent in one header.
func cookieMill(number, size int, name string) (mill fakeweb.Behaviour, bytes, cookies *atomic.Int64) {
	var hops atomic.Int64
	bytes, cookies = &atomic.Int64{}, &atomic.Int64{}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		n := hops.Add(1)
		bytes.Store(max(bytes.Load(), int64(len(r.Header.Get("Cookie")))))
		cookies.Store(max(cookies.Load(), int64(len(r.Cookies()))))
		for i := range number {
			http.SetCookie(rw, &http.Cookie{Name: strings.NewReplacer("H", fmt.Sprint(n), "N", fmt.Sprint(i)).Replace(name), Value: strings.Repeat("v", size), Path: "/"})
		}
		http.Redirect(rw, r, fmt.Sprint("/", n), http.StatusFound)
	}), bytes, cookies
}

func TestCookiesOfAChainAreBounded(t *testing.T) {
	tests := map[string]struct {
		number, size int
		name         string // with H for the hop and N for the number
		most, count  int64  // bytes and cookies that a request may carry
		least        int64  // cookies that it should
	}{
		"two thousand on a hop":    {2_000, 1, "cH-N", 1000, maxSiteCookies, maxSiteCookies},
		"a hundred large on a hop": {100, 1000, "cH-N", maxCookies + 1000, 40, 20},
		"too large a one":          {1, maxCookie, "cH-N", 0, 0, 0},
		"almost too large":         {1, maxCookie - 10, "cH", maxCookies + 1000, 8, 7},
		"the same ones each time":  {3, 10, "cN", 100, 3, 3},
		"a few":                    {2, 10, "cH-N", 1000, 2 * (maxHops - 1), 2 * (maxHops - 1)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			web := startWeb(t)
			mill, bytes, cookies := cookieMill(test.number, test.size, test.name)
			web.Handle("jar.test", "/*", mill)
			seen := visitOne(t, newCrawler(t, options(web)), web.URL("jar.test", "/0")).Observation
			if len(seen.Hops) != maxHops || bytes.Load() > test.most || cookies.Load() > test.count || cookies.Load() < test.least {
				t.Errorf("%d bytes in %d cookies were sent on %d hops; want at most %d bytes, %d to %d cookies", bytes.Load(), cookies.Load(), len(seen.Hops), test.most, test.least, test.count)
			}
		})
	}
}

// TestTenThousandCookiesAreTooManyHeaders: they are not even looked at. (Of more than 3,000, net/http looks at none.)
func TestTenThousandCookiesAreTooManyHeaders(t *testing.T) {
	web := startWeb(t)
	mill, bytes, _ := cookieMill(10_000, 1, "cH-N")
	web.Handle("jar.test", "/*", mill)
	got := visitOne(t, newCrawler(t, options(web)), web.URL("jar.test", "/0"))
	if got.Judgement.Verdict.Reason != catalog.ReasonProtocol || len(got.Observation.Hops) != 1 || bytes.Load() != 0 {
		t.Errorf("%+v after %d hops", got.Judgement.Verdict, len(got.Observation.Hops))
	}
}
