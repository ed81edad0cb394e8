package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// robotsWeb is a web with a page on a host with the given robots.txt.
func robotsCheck(t *testing.T, web *fakeweb.Web, host, path string) catalog.Result {
	t.Helper()
	o := options(web)
	o.Robots, o.Timeout = true, 2*time.Second
	return visitOne(t, newCrawler(t, o), web.URL(host, path))
}

func TestRobotsFileOfEveryKind(t *testing.T) {
	const refusing = "User-agent: *\nDisallow: /page"
	elsewhere := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, "http://"+strings.Replace(r.Host, "r.test", "away.test", 1)+"/x.txt", http.StatusTemporaryRedirect)
	})
	tests := map[string]struct {
		robots fakeweb.Behaviour
		state  catalog.State
		reason catalog.Reason
	}{
		"none":                   {fakeweb.Status(404), "ok", "ok"},
		"unauthorized":           {fakeweb.Status(401), "ok", "ok"},
		"forbidden":              {fakeweb.Status(403), "ok", "ok"},
		"refuses":                {fakeweb.Text(200, refusing), "blocked", "robots"},
		"refuses, gzipped":       {fakeweb.Gzip(fakeweb.Text(200, refusing)), "blocked", "robots"},
		"allows":                 {fakeweb.Text(200, "User-agent: *\nDisallow: /other"), "ok", "ok"},
		"error of the server":    {fakeweb.Status(503), "blocked", "robots"},
		"too many requests":      {fakeweb.Status(429), "blocked", "robots"},
		"redirect":               {fakeweb.Redirect(301, "/moved.txt"), "blocked", "robots"},
		"five redirects":         {fakeweb.Redirect(302, "/r1.txt"), "blocked", "robots"},
		"six redirects":          {fakeweb.Redirect(302, "/r0.txt"), "ok", "ok"},
		"redirect elsewhere":     {elsewhere, "blocked", "robots"},
		"ends in its middle":     {fakeweb.StallBody(), "failing", "timeout"},
		"a rule cut in two":      {fakeweb.Text(200, "User-agent: *\nDisallow: /\n#"+strings.Repeat("x", maxRobots-40)+"\nAllow: /page-of-another"), "blocked", "robots"},
		"redirects without end":  {fakeweb.EndlessRedirect(302), "ok", "ok"},
		"redirect to a private":  {fakeweb.Redirect(302, "http://10.0.0.1/robots.txt"), "ok", "ok"},
		"redirect to no address": {fakeweb.Status(302), "ok", "ok"},
		"a page":                 {fakeweb.Page{Title: "Welcome"}, "ok", "ok"},
		"reset":                  {fakeweb.Reset(), "failing", "reset"},
		"stalls":                 {fakeweb.Stall(), "failing", "timeout"},
		"rules beyond 500 KiB":   {fakeweb.Text(200, string(make([]byte, maxRobots))+"\n"+refusing), "ok", "ok"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := startWeb(t)
			web.Handle("r.test", "/robots.txt", test.robots)
			web.Handle("r.test", "/moved.txt", fakeweb.Text(200, refusing))
			web.Handle("away.test", "/x.txt", fakeweb.Text(200, refusing))
			for i := range 5 {
				web.Handle("r.test", fmt.Sprintf("/r%d.txt", i), fakeweb.Redirect(302, fmt.Sprintf("/r%d.txt", i+1)))
			}
			web.Handle("r.test", "/r5.txt", fakeweb.Text(200, refusing))
			web.Handle("r.test", "/page", fakeweb.Page{Title: "Page"})
			got := robotsCheck(t, web, "r.test", "/page").Judgement.Verdict
			if got.State != test.state || got.Reason != test.reason {
				t.Errorf("%s/%s (%s), want %s/%s", got.State, got.Reason, got.Message, test.state, test.reason)
			}
		})
	}
}

// TestAHostThatFailsToServeItsRobots: only a 5xx says in time that the host does not work; a 429 never does.
func TestAHostThatFailsToServeItsRobots(t *testing.T) {
	for status, want := range map[int]bool{503: true, 500: true, 429: false} {
		web := startWeb(t)
		web.Handle("r.test", "/robots.txt", fakeweb.Status(status))
		f := robotsCheck(t, web, "r.test", "/page").Observation.Failure
		if f == nil || f.ServerError != want {
			t.Errorf("%d: failure %+v, want server error %v", status, f, want)
		}
	}
}

func TestRobotsOfAHostThatIsNotThere(t *testing.T) {
	web := startWeb(t)
	web.Resolve("lost.test", fakeweb.NXDomain())
	web.Refuse("closed.test")
	for host, want := range map[string]catalog.Reason{"lost.test": "dns", "closed.test": "refused"} {
		got := robotsCheck(t, web, host, "/")
		if got.Judgement.Verdict.Reason != want || !got.Observation.Unreached() {
			t.Errorf("%s: %+v, want %s", host, got.Judgement.Verdict, want)
		}
	}
}

func TestTargetsOfRedirectsAreHeldAgainstTheirRobots(t *testing.T) {
	web := startWeb(t)
	web.Handle("from.test", "/go", fakeweb.Redirect(302, web.URL("to.test", "/secret")))
	web.Handle("to.test", "/robots.txt", fakeweb.Text(200, "User-agent: waymark\nDisallow: /secret"))
	web.Handle("to.test", "/secret", fakeweb.Page{Title: "Secret"})
	got := robotsCheck(t, web, "from.test", "/go")
	if got.Judgement.Verdict.Reason != catalog.ReasonRobots || len(got.Observation.Hops) != 2 || got.Observation.Hops[1].Status != 0 {
		t.Errorf("verdict %+v, hops %+v", got.Judgement.Verdict, got.Observation.Hops)
	}
	for _, r := range web.Requests("to.test") {
		if r.Path == "/secret" {
			t.Error("the refused page was asked for")
		}
	}
}

// TestRobotsAreNotSoughtWhereNobodyIsToAsk: a redirect leads them to a host that is never visited. That is as if there
// were none.
func TestRobotsAreNotSoughtWhereNobodyIsToAsk(t *testing.T) {
	web := startWeb(t)
	web.Handle("r.test", "/robots.txt", fakeweb.Redirect(302, web.URL("never.test", "/robots.txt")))
	web.Handle("r.test", "/page", fakeweb.Page{Title: "Page"})
	web.Handle("never.test", "/*", fakeweb.Text(200, "User-agent: *\nDisallow: /"))
	o := options(web)
	o.Robots = true
	o.Rules.Hosts = []catalog.HostRule{{Match: "never.test", Skip: true}}
	if got := visitOne(t, newCrawler(t, o), web.URL("r.test", "/page")).Judgement.Verdict; got.State != catalog.OK {
		t.Errorf("%s: %s", got.State, got.Message)
	}
	if n := len(web.Requests("never.test")); n != 0 {
		t.Errorf("the host that is never visited was asked %d times", n)
	}
}

func TestOneFetchOfRobotsHoweverManyWait(t *testing.T) {
	web := startWeb(t)
	web.Handle("r.test", "/robots.txt", fakeweb.Delay(100*time.Millisecond, fakeweb.Text(200, "User-agent: *\nDisallow: /x")))
	web.Handle("r.test", "/*", fakeweb.Page{Title: "Page"})
	var addresses []string
	for range 20 {
		addresses = append(addresses, web.URL("r.test", "/a"))
	}
	o := options(web)
	o.Robots, o.HostConcurrency = true, 20
	c := newCrawler(t, o)
	check(t, c, claimsOf(addresses...)...)
	check(t, c, claimsOf(addresses...)...)
	asked := 0
	for _, r := range web.Requests("r.test") {
		if r.Path == "/robots.txt" {
			asked++
		}
	}
	if total := len(web.Requests("r.test")); asked != 1 || total != 41 {
		t.Errorf("robots.txt was asked for %d times in %d requests, want once in 41", asked, total)
	}
}

func TestACrawlDelayIsKept(t *testing.T) {
	web := startWeb(t)
	web.Handle("r.test", "/robots.txt", fakeweb.Text(200, "User-agent: *\nCrawl-delay: 0.1"))
	web.Handle("r.test", "/*", fakeweb.Page{Title: "Page"})
	o := options(web)
	o.Robots = true
	check(t, newCrawler(t, o), claimsOf(web.URL("r.test", "/1"), web.URL("r.test", "/2"), web.URL("r.test", "/3"))...)
	requests := web.Requests("r.test")
	if span := requests[len(requests)-1].At.Sub(requests[0].At); len(requests) != 4 || span < 200*time.Millisecond {
		t.Errorf("%d requests within %s, want 4 of them, 100 ms apart", len(requests), span)
	}
}

// TestTheLastRobotsFileHoldsWhileThereIsNoOther: a host that fails to serve it anew is visited by what it said before.
func TestTheLastRobotsFileHoldsWhileThereIsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newRobotsCache("w")
		asked := 0
		get := func(a robotsAnswer) robotsAnswer {
			got, err := c.get(t.Context(), "http://r.test", func() {}, func() robotsAnswer { asked++; return a })
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		file := robotsAnswer{robotsRules: parseRobots([]byte("User-agent: *\nDisallow: /x"), "w"), life: robotsLife}
		broken := robotsAnswer{failure: &catalog.Failure{Reason: catalog.ReasonRobots}, life: robotsErrorLife}
		lost := robotsAnswer{failure: &catalog.Failure{Reason: catalog.ReasonTimeout}} // only for who waited
		steps := []struct {
			wait  time.Duration
			got   robotsAnswer // should the host be asked
			asked int          // so far
			want  string       // allowed: /a, /x; or the failure
		}{
			{0, broken, 1, "robots"},
			{robotsErrorLife, file, 2, "true false"},
			{robotsLife - time.Second, broken, 2, "true false"},
			{time.Second, broken, 3, "true false"},
			{robotsErrorLife - time.Second, file, 3, "true false"},
			{time.Second, lost, 4, "true false"},
			{robotsErrorLife, robotsAnswer{stopped: errors.New("closed")}, 5, "closed"},
			{0, broken, 6, "true false"}, // what was said before is not lost by a fetch of which nothing came
			{robotsErrorLife, robotsAnswer{life: robotsLife}, 7, "true true"},
			{robotsLife, broken, 8, "true true"},
			{robotsStaleLife, broken, 9, "robots"},
			{0, broken, 9, "robots"},
			{robotsErrorLife, lost, 10, "timeout"},
			{0, lost, 11, "timeout"},
		}
		for i, step := range steps {
			time.Sleep(step.wait)
			a := get(step.got)
			got := fmt.Sprint(a.allows("/a"), " ", a.allows("/x"))
			switch {
			case a.stopped != nil:
				got = a.stopped.Error()
			case a.failure != nil:
				got = string(a.failure.Reason)
			}
			if got != step.want || asked != step.asked {
				t.Errorf("step %d: %s after %d fetches, want %s after %d", i, got, asked, step.want, step.asked)
			}
		}
		size := 0
		for _, e := range c.entries {
			size += e.answer.size()
		}
		if c.bytes != size {
			t.Errorf("%d bytes are counted, %d are held", c.bytes, size)
		}
	})
}

func TestRobotsMemoryIsBounded(t *testing.T) {
	c := newRobotsCache("w")
	rules := &robotsRules{}
	for range 10_000 {
		rules.rules = append(rules.rules, robotsRule{pattern: "/some/path/that/is/not/so/short"})
	}
	for i := range 200 {
		origin := "http://h" + string(rune('a'+i%26)) + string(rune('a'+i/26))
		a, err := c.get(t.Context(), origin, func() {}, func() robotsAnswer { return robotsAnswer{robotsRules: rules, life: time.Hour} })
		if err != nil || a.allows("/some/path/that/is/not/so/short") {
			t.Fatalf("%s: %v", origin, err)
		}
	}
	if c.bytes > robotsMemory || len(c.entries) == 0 {
		t.Errorf("%d bytes in %d entries, want at most %d", c.bytes, len(c.entries), robotsMemory)
	}
}
