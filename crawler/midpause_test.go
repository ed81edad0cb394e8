package crawler

import (
	"fmt"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/sqlite"
	"waymark/crawler/fakeweb"
)

// noMore waits until the service holds nothing, and returns how often a host was asked by then. What it holds of a paused
// host it can only have given back, as none of these tests lets its host's time come.
func noMore(t *testing.T, c *Crawler, web *fakeweb.Web, host string) int {
	t.Helper()
	eventually(t, "nothing under way", func() bool { return len(c.Activity().Visiting) == 0 && queued(c, web.URL(host, "/")) == 0 })
	return len(web.Requests(host))
}

// begun waits until a host was asked.
func begun(t *testing.T, web *fakeweb.Web, host string) {
	t.Helper()
	eventually(t, host+" asked", func() bool { return len(web.Requests(host)) > 0 })
}

// inPause plays a pause of a host, of a source and of everything.
func inPause(t *testing.T, address string, play func(t *testing.T, p catalog.Pause)) {
	for of, p := range map[string]catalog.Pause{"host": {Host: catalog.Host(address)}, "source": {Source: "list"}, "everything": {}} {
		t.Run(of, func(t *testing.T) { play(t, p) })
	}
}

func TestAVisitIsNotRepeatedInAPause(t *testing.T) {
	web := startWeb(t)
	inPause(t, web.URL("busy.test", "/"), func(t *testing.T, p catalog.Pause) {
		before := len(web.Requests("busy.test"))
		web.Handle("busy.test", "/", fakeweb.RetryAfter(503, 20))
		store := openStore(t, web.URL("busy.test", "/"))
		o := serviceOptions(web)
		o.Retries = 2
		c := newCrawler(t, o)
		serve(t, c, store)
		eventually(t, "begun", func() bool { return len(web.Requests("busy.test")) > before })
		pause(t, store, p)
		c.Wake()
		if n := noMore(t, c, web, "busy.test"); n != before+1 {
			t.Errorf("asked %d times", n-before)
		}
		if v := detailOf(t, store, "busy.test", 0).Verdict; v.State != catalog.Unchecked {
			t.Errorf("judged to be %s", v.State)
		}
	})
}

func TestVisitsThatWaitForTheirHostEndWithAPause(t *testing.T) {
	web := startWeb(t)
	web.Handle("delay.test", "/robots.txt", fakeweb.CrawlDelay("20"))
	addresses := pagesOf(web, "delay.test", 6)
	store := openStore(t, addresses...)
	o := serviceOptions(web)
	o.Robots = true
	c := newCrawler(t, o)
	serve(t, c, store)
	begun(t, web, "delay.test")
	pause(t, store, catalog.Pause{Host: catalog.Host(addresses[0])})
	c.Wake()
	if n := noMore(t, c, web, "delay.test"); n != 1 {
		t.Errorf("asked %d times, want only for its robots.txt", n)
	}
}

// TestARedirectIsNotFollowedInAPause: the pause begins while the first host answers.
func TestARedirectIsNotFollowedInAPause(t *testing.T) {
	web := startWeb(t)
	for _, p := range []catalog.Pause{{}, {Source: "list"}, {Host: catalog.Host(web.URL("away.test", "/"))}} {
		t.Run(p.What(), func(t *testing.T) {
			store := openStore(t, web.URL("from.test", "/"))
			c := newCrawler(t, serviceOptions(web))
			open := make(chan struct{})
			web.Handle("away.test", "/", fakeweb.Page{Title: "Away"})
			web.Handle("from.test", "/", fakeweb.Gate(open, fakeweb.Redirect(302, web.URL("away.test", "/"))))
			before := len(web.Requests("from.test"))
			stop := serve(t, c, store)
			eventually(t, "begun", func() bool { return len(web.Requests("from.test")) > before })
			pause(t, store, p)
			c.Wake()
			eventually(t, "heard", func() bool { list, _ := c.pauses.inForce(); return len(list) == 1 })
			close(open)
			eventually(t, "over", func() bool { return len(c.Activity().Visiting) == 0 })
			stop()
			if n := len(web.Requests("away.test")); n != 0 {
				t.Errorf("the redirect was followed %d times", n)
			}
		})
	}
}

func TestVisitsThatWaitForAPausedHostArePutOff(t *testing.T) {
	web := startWeb(t)
	web.Handle("away.test", "/*", fakeweb.Page{Title: "Away"})
	var addresses []string
	for i := range 8 {
		host := fmt.Sprintf("from%d.test", i)
		web.Handle(host, "/", fakeweb.Redirect(302, web.URL("away.test", fmt.Sprint("/", i))))
		addresses = append(addresses, web.URL(host, "/"))
	}
	store := openStore(t, addresses...)
	o := serviceOptions(web)
	o.Rules.Hosts = []catalog.HostRule{{Match: "away.test", Interval: 20 * time.Second, Concurrency: 1}}
	c := newCrawler(t, o)
	serve(t, c, store)
	begun(t, web, "away.test")
	eventually(t, "the others wait", func() bool { return len(c.Activity().Visiting) == 7 })
	pause(t, store, catalog.Pause{Host: catalog.Host(web.URL("away.test", "/"))})
	c.Wake()
	if n := noMore(t, c, web, "away.test"); n != 1 {
		t.Errorf("the paused host was asked %d times", n)
	}
	eventually(t, "put off", func() bool { return putOff(t, store) == 7 })
}

func TestARobotsFileIsNotReadFromAPausedHost(t *testing.T) {
	web := startWeb(t)
	web.Handle("away.test", "/robots.txt", fakeweb.Bytes("text/plain", []byte("User-agent: *\nAllow: /\n")))
	web.Handle("from.test", "/robots.txt", fakeweb.Redirect(301, web.URL("away.test", "/robots.txt")))
	web.Handle("from.test", "/", fakeweb.Page{Title: "From"})
	store := openStore(t, web.URL("from.test", "/"))
	pause(t, store, catalog.Pause{Host: catalog.Host(web.URL("away.test", "/"))})
	o := serviceOptions(web)
	o.Robots = true
	stop := serve(t, newCrawler(t, o), store)
	eventually(t, "put off", func() bool { return putOff(t, store) == 1 })
	stop()
	if n := len(web.Requests("away.test")); n != 0 {
		t.Errorf("the paused host was asked %d times", n)
	}
	if n := len(web.Requests("from.test")); n != 1 {
		t.Errorf("%d requests to a host whose robots.txt was not read, want one for that", n)
	}
}

// TestWhatLedToAPausedHostIsDueSoonAfterThePause: within the hour, or when the pause ends by itself.
func TestWhatLedToAPausedHostIsDueSoonAfterThePause(t *testing.T) {
	web := startWeb(t)
	web.Handle("away.test", "/", fakeweb.Page{Title: "Away"})
	web.Handle("from.test", "/", fakeweb.Redirect(302, web.URL("away.test", "/")))
	for name, until := range map[string]time.Duration{"without an end": 0, "for twenty minutes": 20 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			store := openStore(t, web.URL("from.test", "/"))
			p := catalog.Pause{Host: catalog.Host(web.URL("away.test", "/"))}
			most := time.Hour
			if until > 0 {
				p.Until, most = time.Now().Add(until), until
			}
			pause(t, store, p)
			stop := serve(t, newCrawler(t, serviceOptions(web)), store)
			due := func(s *sqlite.Store) time.Duration { return time.Until(detailOf(t, s, "from.test", 0).Due) }
			eventually(t, "put off", func() bool { return due(store) > 0 })
			stop()
			if d := due(store); d > most || d < most-5*time.Minute {
				t.Errorf("due in %s, want %s", d, most)
			}
		})
	}
}
