package behaviours

import (
	"waymark/crawler/fakeweb"
)

// trapCases are pages that are alive and look as if they were not.
var trapCases = []Case{
	{Name: "an article about 404 pages", Link: "https://http-explained.test/status/404", Want: ok("HTTP 404 Not Found explained"),
		Serve: page(Doc{Make: docs, Subject: 4, Above: "<p>The status 404 Not Found says that the server has nothing at this address. \"The page you are looking for does not exist\" is what most sites write below it. It is the most famous error of the web.</p>"})},
	{Name: "a reference page of one status", Link: "https://status-reference.test/404", Want: ok("404 Not Found - HTTP status codes"),
		Serve: page(Doc{Make: docs, Main: "<h1>404 Not Found</h1><p>The server cannot find the requested resource. Links that lead to a 404 page are often called broken or dead links.</p><h2>Status</h2><pre>404 Not Found</pre><h2>Specification</h2><p>RFC 9110, section 15.5.5.</p>"})},
	{Name: "a story: Page not found", Link: "https://story-corner.test/page-not-found", Want: ok("Page not found: a short story"), Serve: page(Doc{Subject: 5})},
	{Name: "Error handling in Go", Link: "https://gopher-lessons.test/errors", Want: ok("Error handling in Go"), Serve: page(Doc{Subject: 2})},
	{Name: "a gallery of error pages", Link: "https://error-gallery.test/best", Want: ok("Forty lovely 404 error pages"),
		Serve: page(Doc{Make: press, Below: "<ol><li>Oops! That page can't be found.</li><li>Houston, we have a problem. 404.</li><li>Sorry, this page isn't available.</li><li>Nothing to see here.</li></ol>"})},
	{Name: "a question about a 404", Link: "https://ask-about-it.test/questions/3812/nginx-404-for-static-files", Want: ok("nginx - 404 Not Found for static files - Ask About It"), Serve: page(Doc{Make: press, Subject: 4})},
	{Name: "a bug report: page not found", Link: "https://tracker-of-bugs.test/issues/17", Want: ok("Issue 17: \"Page not found\" after upgrading"),
		Serve: page(Doc{Main: "<h1>Issue 17: \"Page not found\" after upgrading</h1><p>After the upgrade every page says 404 page not found.</p><p>Closed as fixed in 3.2.1.</p>"})},
	{Name: "documentation of the sentence It works!", Link: "https://server-docs.test/install", Want: ok("Installing the server"),
		Serve: page(Doc{Make: docs, Subject: 7, Above: "<p>Open <code>http://localhost/</code>. If you see <b>It works!</b> or <b>Welcome to nginx!</b>, the server is successfully installed and working.</p>"})},
	{Name: "the home of a server with its own words", Link: "https://nginx-friends.test/", Want: ok("Welcome to nginx friends!"), Serve: page(Doc{Subject: 4})},
	{Name: "an app with an empty body and a script", Link: "https://script-only.test/", Want: ok("Script only"), Serve: serve(shell("Script only"))},
	{Name: "an app without a title, drawn by its script", Link: "https://untitled-app.test/", Want: ok(""), Text: "An app",
		Serve: serve(html200(`<!DOCTYPE html><html><head><meta charset="utf-8"><script type="module" crossorigin src="/assets/index-5f2a81c0.js"></script><link rel="stylesheet" href="/assets/index-2f6c.css"></head><body><div id="app"></div></body></html>`))},
	{Name: "an app with a path and a hash route", Link: "https://hash-router.test/#/lessons/4", Want: ok("Hash Router"), Serve: serve(shell("Hash Router"))},
	{Name: "a deep route of an app whose server answers 404 for the rest", Link: "https://prerendered-app.test/lessons/4", Want: ok("Prerendered"), Serve: serve(shell("Prerendered"))},
	{Name: "frames", Link: "https://framed-site.test/", Want: ok("A site in frames"),
		Serve: serve(html200(`<html><head><title>A site in frames</title></head><frameset cols="20%,80%"><frame src="menu.html"><frame src="main.html"><noframes>Your browser has no frames.</noframes></frameset></html>`))},
	{Name: "one picture", Link: "https://one-comic.test/512/", Want: ok("Comic 512: Alternate Currency"),
		Serve: serve(html200(`<!doctype html><html><head><title>Comic 512: Alternate Currency</title></head><body><img src="/comics/512.png" alt=""></body></html>`))},
	{Name: "one canvas", Link: "https://tiny-game.test/", Want: ok("Tiny game"), Serve: serve(html200(`<!doctype html><title>Tiny game</title><canvas id="c" width="640" height="480"></canvas><script src="game.js"></script>`))},
	{Name: "one embedded video", Link: "https://lecture-room.test/5", Want: ok("Lecture 5"), Serve: serve(html200(`<!doctype html><title>Lecture 5</title><video controls src="/media/5.mp4"></video>`))},
	{Name: "a page of one word", Link: "https://is-it-up.test/", Want: ok(""), Text: "Is it up?", Serve: serve(html200("<html><body>YES</body></html>"))},
	{Name: "an empty search that is a page", Link: "https://catalogue-search.test/search?q=sundials", Want: ok("Search: sundials"), Or: []Want{ok("")},
		Serve: page(Doc{Make: press, Main: "<h1>Search: sundials</h1><p>No results found for your search. Try other words.</p>"}),
		Why:   "the search works, it finds nothing"},
	{Name: "a calendar without events", Link: "https://club-calendar.test/events", Want: ok("Events"), Serve: page(Doc{Main: "<h1>Events</h1><p>No events found.</p>"})},
	{Name: "a page that says it is archived", Link: "https://old-but-kept.test/howto/lilo", Want: ok("How to boot with LILO (historical)", finding("archived")),
		Serve: page(Doc{Make: academic, Above: "<p><b>This page is no longer maintained.</b> It is kept for historical interest. What it says about LILO is no longer true of any distribution.</p>"})},
	{Name: "a product that was discontinued", Link: "https://gadget-maker.test/reader-2", Want: ok("Reader 2 (discontinued)"), Serve: page(Doc{Make: press, Above: "<p>This product is no longer available. Support ended in 2024; manuals and firmware stay here.</p>"})},
	{Name: "a farewell that is a page", Link: "https://closing-time.test/farewell", Want: ok("We are shutting down"), Serve: page(Doc{Subject: 1, Above: "<p>After eleven years this service will be discontinued in December. Thank you.</p>"})},
	{Name: "coming soon", Link: "https://coming-soon.test/", Want: ok("Coming soon"), Or: []Want{dead("parked"), failing("empty")},
		Serve: page(Doc{Main: "<h1>Coming soon</h1><p>We are working on something new. Leave your address and we will tell you.</p>"}), Why: "a site that is not there yet; nothing says that it is for sale"},
	{Name: "a lesson on the sale of domains", Link: "https://domain-school.test/lessons/selling", Want: ok("How to sell a domain name"),
		Serve: page(Doc{Make: press, Subject: 6, Above: "<p>Put \"This domain is for sale\" on a page of its own with a form for offers. Marketplaces such as Sedo, Afternic and Dan will show a lander with a price and a button \"Buy now\". Make an offer, haggle politely, and use escrow.</p>"})},
	{Name: "a footer that offers another domain", Link: "https://footer-offer.test/post", Want: ok("Notes on keyboards"),
		Serve: page(Doc{Footer: "<p>By the way: keyboards-of-the-world.test, this domain is for sale. Make an offer.</p>\n"})},
	{Name: "a market of domains", Link: "https://domain-market.test/", Want: ok("Domain Market: buy and sell domain names"), Or: []Want{ok("")},
		Serve: page(Doc{Make: press, Main: "<h1>Buy and sell domain names</h1><p>" + subjects[4][1] + "</p><ul><li>tea.test is for sale, make an offer</li><li>harbour.test is for sale, buy now</li></ul><p>" + subjects[4][2] + "</p><p>Read how escrow works, what a transfer lock is, and what our appraisers look at.</p>"})},
	{Name: "an article on parking", Link: "https://city-planning.test/parking", Want: ok("Free parking and what it costs a city"), Serve: page(Doc{Subject: 5, Above: "<p>Parked cars, parking pages of the town hall, and related searches for a place.</p>"})},
	{Name: "an article on casinos", Link: "https://probability-notes.test/roulette", Want: ok("Roulette, slots and the law of large numbers"),
		Serve: page(Doc{Subject: 6, Above: "<p>Every casino game has a house edge. A slot machine pays back some 92 per cent, roulette 97.3. A bonus changes nothing in the long run, and neither does poker face nor betting system.</p>"})},
	{Name: "a history of the web's walls", Link: "https://login-history.test/essay", Want: ok("Please log in to continue: an essay"), Serve: page(Doc{Subject: 1})},
	{Name: "a page about account suspension", Link: "https://hosting-help.test/suspended", Want: ok("Why was my account suspended?"),
		Serve: page(Doc{Make: docs, Subject: 7, Above: "<p>Visitors see \"This account has been suspended. Contact your hosting provider for more information.\" until the invoice has been paid.</p>"})},
	{Name: "a page that mentions maintenance", Link: "https://status-of-things.test/", Want: ok("Status of things"), Serve: page(Doc{Main: "<h1>Status of things</h1><p>All systems operational. Past incidents: Nov 3, error 503 service unavailable for ten minutes; Oct 12, scheduled maintenance.</p>"})},
	{Name: "404 in the address, alive", Link: "https://room-numbers.test/rooms/404", Want: ok("Room 404"), Serve: page(Doc{Subject: 6})},
	{Name: "404 in the title, alive", Link: "https://show-404.test/", Want: ok("Show 404 - a magazine of media"), Serve: page(Doc{Make: press, Subject: 5})},
	{Name: "redirect to a path called not-found that is a band", Link: "https://indie-label.test/bands/7", Want: ok("Not Found (band)"),
		Serve: all(redirect(302, "https://indie-label.test/bands/not-found"), pageAt("https://indie-label.test/bands/not-found", Doc{Make: press, Subject: 5}))},
	{Name: "the site's own cookie notice that speaks of errors", Link: "https://error-in-script.test/", Want: ok("A page with words in its scripts"),
		Serve: page(Doc{Head: `<script>var messages={notFound:"Page not found",error404:"404 - The page you requested does not exist",parked:"This domain is for sale"};</script>` + "\n"})},
	{Name: "a template of the error page within the page", Link: "https://hidden-template.test/start", Want: ok("Start of a site with a hidden template"),
		Serve: page(Doc{Below: `<template id="error"><h1>404</h1><p>Page not found</p></template><div hidden><p>Sorry, the page you are looking for does not exist.</p></div>`})},
	{Name: "probe answered 200 with another page", Link: "https://search-fallback.test/not-found-handling", Want: ok("Not found handling in routers"),
		Serve: func(s *Stage) {
			s.On("https://search-fallback.test/*", Doc{Make: press, Title: "Search results", Subject: 5}.with(s.Host, ""))
			s.Here(Doc{Make: docs, Subject: 2}.with(s.Host, s.Case.Want.Title))
		}, Why: "what is missing goes to a search; this page is another"},
	{Name: "probe that ends after as many redirects elsewhere", Link: "https://elsewhere-probe.test/error-budgets", Want: ok("Error budgets"),
		Serve: func(s *Stage) {
			s.On("https://elsewhere-probe.test/*", s.Redirect(302, "https://elsewhere-probe.test/"))
			s.Here(Doc{Subject: 0}.with(s.Host, s.Case.Want.Title))
		}},
	{Name: "200 while the neighbours answer 500", Link: "https://probe-500.test/oops", Want: ok("Oops: an object-oriented programming seminar"),
		Serve: func(s *Stage) {
			s.On("https://probe-500.test/*", fakeweb.Status(500))
			s.On("https://probe-500.test/robots.txt", fakeweb.Status(404))
			s.Here(Doc{Main: "<h1>Oops</h1><p>" + subjects[6][0] + "</p>"}.with(s.Host, s.Case.Want.Title))
		}},
}
