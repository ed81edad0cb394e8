package crawler

import (
	"context"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// TestAListIsAskedForNoSoonerThanAPage: its host may have asked a visit to leave it alone, or the other way round.
func TestAListIsAskedForNoSoonerThanAPage(t *testing.T) {
	web := startWeb(t)
	web.Handle("busy.test", "/*", fakeweb.RetryAfter(429, 1800))
	web.Handle("slow.test", "/*", fakeweb.Text(200, "- [A page](http://a.test/)"))
	web.Handle("from.test", "/list.md", fakeweb.Redirect(302, web.URL("slow.test", "/list.md")))
	o := options(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "slow.test", Interval: time.Hour}}
	c := newCrawler(t, o)
	fetch := func(host string, patience time.Duration) error {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		_, err := c.Fetch(ctx, web.URL(host, "/list.md"), 1<<20)
		return err
	}
	for _, test := range []struct {
		host     string
		patience time.Duration
		want     string // what the error says; empty: none
	}{
		{"busy.test", time.Minute, "answered 429"},
		{"busy.test", time.Minute, "rate-limited: it asks to be left alone"},
		{"from.test", time.Minute, ""},
		{"slow.test", 50 * ms, "could not be read: timeout"},
		{"from.test", 50 * ms, "could not be read: timeout"},
	} {
		if err := fetch(test.host, test.patience); (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.host, err, test.want)
		}
	}
	if got := visitOne(t, c, web.URL("busy.test", "/page")).Judgement.Verdict; got.Reason != catalog.ReasonRateLimited {
		t.Errorf("a page of the host that wants to be left alone is %s", got.Reason)
	}
	for _, host := range []string{"busy.test", "slow.test"} {
		if n := len(web.Requests(host)); n != 1 {
			t.Errorf("%s was asked %d times", host, n)
		}
	}
	if free := c.frontier.free; free != c.opts.Concurrency {
		t.Errorf("%d requests may start of %d", free, c.opts.Concurrency)
	}
}
