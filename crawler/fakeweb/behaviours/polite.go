package behaviours

import (
	"net/http"
	"sync/atomic"
	"time"

	"waymark/crawler/fakeweb"
)

// robots puts a robots.txt onto the host of the link, and the page behind it.
func robots(b fakeweb.Behaviour) func(*Stage) {
	return func(s *Stage) {
		s.On("https://"+s.Host+"/robots.txt", b)
		page(Doc{})(s)
	}
}

// politeCases are hosts that say how they want to be visited, and hosts that mind how they are (RFC 9309 for the former).
var politeCases = []Case{
	{Name: "robots.txt forbids all", Link: "https://robots-all.test/a", Want: blocked("robots", ""), Serve: robots(fakeweb.Disallow("/"))},
	{Name: "robots.txt forbids another part", Link: "https://robots-part.test/docs/a", Want: ok("Allowed here"), Serve: robots(fakeweb.Disallow("/search", "/private"))},
	{Name: "robots.txt forbids this part", Link: "https://robots-here.test/private/a", Want: blocked("robots", ""), Serve: robots(fakeweb.Disallow("/search", "/private"))},
	{Name: "robots.txt with a longer allowance", Link: "https://robots-longest.test/docs/public/a", Want: ok("The longest rule"), Serve: robots(fakeweb.Robots("User-agent: *\nDisallow: /docs/\nAllow: /docs/public/\n")), Why: "RFC 9309 2.2.2"},
	{Name: "robots.txt with rules of one length", Link: "https://robots-tie.test/page", Want: ok("Allow wins"), Serve: robots(fakeweb.Robots("User-agent: *\nDisallow: /page\nAllow: /page\n")), Why: "RFC 9309 2.2.2: the least restrictive"},
	{Name: "robots.txt with stars and an end", Link: "https://robots-star.test/a/b.pdf?x=1", Want: ok("Behind the end"), Serve: robots(fakeweb.Robots("User-agent: *\nDisallow: /*.pdf$\n"))},
	{Name: "robots.txt for others alone", Link: "https://robots-others.test/a", Want: ok("Others must stay out"), Serve: robots(fakeweb.Robots("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n"))},
	{Name: "robots.txt with escapes of another case", Link: "https://robots-escapes.test/caf%C3%A9/a", Want: blocked("robots", ""), Serve: robots(fakeweb.Robots("User-agent: *\nDisallow: /caf%c3%a9/\n")), Why: "RFC 9309 2.2.2: compared decoded"},
	{Name: "robots.txt is missing", Link: "https://robots-404.test/a", Want: ok("No rules at all"), Serve: robots(fakeweb.Status(404))},
	{Name: "robots.txt is forbidden", Link: "https://robots-403.test/a", Want: ok("Rules that nobody may read"), Serve: robots(fakeweb.Status(403)), Why: "RFC 9309 2.3.1.3: 4xx is no rule"},
	{Name: "robots.txt answers 500", Link: "https://robots-500.test/a", Want: blocked("robots", ""), Serve: robots(fakeweb.Status(500)), Why: "RFC 9309 2.3.1.4: unreachable is disallow"},
	{Name: "robots.txt is a page", Link: "https://robots-html.test/a", Want: ok("A page in its place"), Serve: robots(html200("<html><body><h1>Welcome</h1><p>Disallow: nothing</p></body></html>")), Why: "RFC 9309 2.2: what is no rule is left out"},
	{Name: "robots.txt moved", Link: "https://robots-moved.test/a", Want: blocked("robots", ""), Serve: all(robots(fakeweb.Redirect(301, "/files/robots.txt")), on("https://robots-moved.test/files/robots.txt", fakeweb.Disallow("/a"))), Why: "RFC 9309 2.3.1.2"},
	{Name: "robots.txt goes round", Link: "https://robots-loop.test/a", Want: ok("A loop is no rule"), Serve: robots(fakeweb.Redirect(302, "/robots.txt")), Or: []Want{blocked("robots", "")}, Why: "RFC 9309 2.3.1.2: may be taken as unavailable"},
	{Name: "robots.txt of a megabyte", Link: "https://robots-large.test/a", Want: ok("After five hundred kibibytes"), Serve: robots(largeRobots()), Or: []Want{blocked("robots", "")}, Why: "RFC 9309 2.5: at least 500 KiB are read"},
	{Name: "robots.txt with a crawl delay", Link: "https://robots-delay.test/a", Also: 2, Want: ok("One second each"), Serve: robots(fakeweb.CrawlDelay("1"))},
	{Name: "robots.txt with a bad line", Link: "https://robots-bad-line.test/secret/a", Want: blocked("robots", ""), Serve: robots(fakeweb.Robots("User-agent: *\nCrawl-delay: soon\nNonsense\nDisallow: /secret/\n"))},
	{Name: "a redirect into what another host's robots.txt forbids", Link: "https://robots-behind.test/a", Want: blocked("robots", ""), Serve: all(redirect(302, "https://www.robots-behind.test/b"),
		on("https://www.robots-behind.test/robots.txt", fakeweb.Disallow("/")), pageAt("https://www.robots-behind.test/b", Doc{Title: "Behind"})), Why: "each host of the chain is asked"},
	{Name: "no more than 5 requests a second, 40 links", Link: "https://five-a-second.test/page", Also: 39, Want: ok("One of forty"), Serve: all(page(Doc{}), guard(fakeweb.PerSecond(5)))},
	{Name: "no more than two requests at once, 20 links", Link: "https://two-at-once.test/page", Also: 19, Want: ok("One of twenty"), Serve: all(page(Doc{}), slow(250*time.Millisecond), guard(fakeweb.BanAbove(2, 2*time.Second)))},
	{Name: "503 with a time under load, 12 links", Link: "https://busy-503.test/page", Also: 11, Want: ok("One of twelve"), Serve: all(page(Doc{}), slow(80*time.Millisecond), guard(overloaded))},
	{Name: "resets under load, 12 links", Link: "https://busy-resets.test/page", Also: 11, Want: ok("One of twelve, reset"), Serve: all(page(Doc{}), slow(40*time.Millisecond), guard(resetAbove(3)))},
	{Name: "quota in the headers, 15 links", Link: "https://quota-headers.test/page", Also: 14, Want: ok("One of fifteen"), Serve: all(page(Doc{}), guard(quota(8, 2*time.Second))), Why: "RateLimit-Remaining: 0 comes before the 429"},
	{Name: "refuses everything after ten requests, 8 links", Link: "https://after-ten.test/page", Also: 7, Want: ok("One of eight"), Serve: all(page(Doc{}), guard(refuseAfter(10))), Why: "eight links and a robots.txt are nine requests; a thrifty client stays below"},
	{Name: "Retry-After as a date", Link: "https://retry-date.test/a", Want: ok("Back at the hour"), Serve: func(s *Stage) {
		s.Here(fakeweb.Sequence(fakeweb.RetryAfterDate(503, 2*time.Second), Doc{}.with(s.Host, "Back at the hour")))
	}},
	{Name: "Retry-After in words of Go", Link: "https://retry-words.test/a", Want: ok("Back in a second"), Serve: func(s *Stage) {
		s.Here(fakeweb.Sequence(fakeweb.Header(fakeweb.Status(429), "Retry-After", "1s"), Doc{}.with(s.Host, "Back in a second")))
	}},
	{Name: "Retry-After that lies far ahead", Link: "https://retry-years.test/a", Want: blocked("rate-limited", ""), Text: "Next year", Serve: serve(fakeweb.RetryAfter(429, 86400*365))},
	{Name: "Retry-After that is nonsense", Link: "https://retry-nonsense.test/a", Want: ok("Soon, whatever that is"), Serve: func(s *Stage) {
		s.Here(fakeweb.Sequence(fakeweb.Header(fakeweb.Status(503), "Retry-After", "soon"), Doc{}.with(s.Host, "Soon, whatever that is")))
	}},
}

// slow puts a wait before everything on the host.
func slow(d time.Duration) func(*Stage) {
	return guard(func(next fakeweb.Behaviour) fakeweb.Behaviour { return fakeweb.Delay(d, next) })
}

// overloaded answers 503 and asks for a second to what comes while two requests are at work.
func overloaded(next fakeweb.Behaviour) fakeweb.Behaviour {
	return atWork(2, fakeweb.RetryAfter(503, 1), next)
}

// atWork answers with a refusal what comes while so many requests are at work.
func atWork(limit int64, refusal, next fakeweb.Behaviour) fakeweb.Behaviour {
	var inside atomic.Int64
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		defer inside.Add(-1)
		if inside.Add(1) > limit {
			refusal.ServeHTTP(rw, r)
			return
		}
		next.ServeHTTP(rw, r)
	})
}

// resetAbove resets what comes while so many requests are at work.
func resetAbove(limit int64) fakeweb.Guard {
	return func(next fakeweb.Behaviour) fakeweb.Behaviour { return atWork(limit, fakeweb.Reset(), next) }
}

// quota lets so many requests through in each span and says in its headers how many are left.
func quota(limit int64, span time.Duration) fakeweb.Guard {
	return func(next fakeweb.Behaviour) fakeweb.Behaviour {
		var used, began atomic.Int64
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			now := time.Now()
			if now.UnixNano()-began.Load() > int64(span) {
				began.Store(now.UnixNano())
				used.Store(0)
			}
			left := limit - used.Add(1)
			rw.Header().Set("RateLimit-Limit", itoa(int(limit)))
			rw.Header().Set("RateLimit-Remaining", itoa(int(max(left, 0))))
			rw.Header().Set("RateLimit-Reset", itoa(1+int(span/time.Second)))
			if left < 0 {
				fakeweb.Status(429).ServeHTTP(rw, r)
				return
			}
			next.ServeHTTP(rw, r)
		})
	}
}

// refuseAfter takes so many requests and refuses all later ones.
func refuseAfter(limit int64) fakeweb.Guard {
	return func(next fakeweb.Behaviour) fakeweb.Behaviour {
		var n atomic.Int64
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if n.Add(1) > limit {
				fakeweb.Status(403).ServeHTTP(rw, r)
				return
			}
			next.ServeHTTP(rw, r)
		})
	}
}

func largeRobots() fakeweb.Behaviour {
	text := "User-agent: *\nDisallow: /none\n"
	for i := 0; len(text) < 1<<20; i++ {
		text += "# a remark to fill the file, number " + itoa(i) + ", and more of it so that it becomes longer than any reader would like it to be, and then some\n" + "Disallow: /none/" + itoa(i) + "\n"
		if i%50 == 0 {
			text += text[:min(len(text), 60000)]
		}
	}
	return fakeweb.Robots(text + "Disallow: /a\n")
}
