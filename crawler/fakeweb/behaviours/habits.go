package behaviours

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"waymark/crawler/fakeweb"
)

// habitCases are sites that have to be known to be understood.
var habitCases = []Case{
	{Name: "YouTube, a video that is there", Link: "https://www.youtube.com/watch?v=aLiVe000001", Want: ok("Queues explained in ten minutes - YouTube"), Serve: video("Queues explained in ten minutes", 200)},
	{Name: "YouTube, removed", Link: "https://www.youtube.com/watch?v=gOnE0000001", Want: dead(""), Text: "A talk on indexes", Serve: video("", 404), Why: "the page answers 200 all the same; oEmbed tells"},
	{Name: "YouTube, no such id", Link: "https://www.youtube.com/watch?v=bAd", Want: dead(""), Text: "Another talk", Serve: video("", 400)},
	{Name: "YouTube, not to be embedded", Link: "https://www.youtube.com/watch?v=nOeMbEd0001", Want: ok("A concert - YouTube"), Serve: video("A concert", 401), Why: "401 of oEmbed: the video is there"},
	{Name: "YouTube, private", Link: "https://www.youtube.com/watch?v=pRiVaTe0001", Want: Want{State: "blocked"}, Text: "A private talk", Serve: video("", 403), Or: []Want{dead(""), ok("")}, Why: "oEmbed answers 403; nobody can watch it, though it is there"},
	{Name: "YouTube, oEmbed is out of order", Link: "https://www.youtube.com/watch?v=sHaKy000001", Want: ok("Caches - YouTube"), Serve: video("Caches", 503), Why: "no answer is no proof"},
	{Name: "YouTube, short address of a video that is there", Link: "https://youtu.be/aLiVe000002", Want: ok("Sockets in one evening - YouTube"),
		Serve: all(redirect(303, "https://www.youtube.com/watch?v=aLiVe000002&feature=youtu.be"), videoAt("aLiVe000002", "Sockets in one evening", 200)), Why: "youtu.be is YouTube"},
	{Name: "YouTube, short address of a removed one", Link: "https://youtu.be/gOnE0000002", Want: dead(""), Text: "Removed talk",
		Serve: all(redirect(303, "https://www.youtube.com/watch?v=gOnE0000002&feature=youtu.be"), videoAt("gOnE0000002", "", 404))},
	{Name: "YouTube, a channel that is missing", Link: "https://www.youtube.com/@nobody-at-all", Want: dead("not-found"), Serve: serve(fakeweb.Document(404, "text/html", []byte("<html><title>404 Not Found</title><body>This page isn't available. Sorry about that. Try searching for something else.</body></html>")))},
	{Name: "YouTube, goes to its consent page", Link: "https://www.youtube.com/@consent-first", Want: Want{State: "blocked"}, Text: "A channel", Or: []Want{ok("")},
		Serve: all(redirect(302, "https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2F%40consent-first&gl=DE&m=0&pc=yt"), on("https://consent.youtube.com/m*", consent))},
	{Name: "crates.io, a crate that is there", Link: "https://crates.io/crates/measure", Want: ok(""), Text: "measure", Serve: crate("measure", 200), Why: "404 without Accept: text/html"},
	{Name: "crates.io, a crate that is missing", Link: "https://crates.io/crates/no-such-crate", Want: dead(""), Text: "A crate", Serve: crate("no-such-crate", 404), Why: "the page is the same application for all; the interface tells"},
	{Name: "npm, a package that is there, behind a wall", Link: "https://www.npmjs.com/package/measure", Want: ok(""), Text: "measure", Serve: npmPackage("measure", 200), Or: []Want{blocked("challenge|forbidden", "")}},
	{Name: "npm, a package that is missing, behind a wall", Link: "https://www.npmjs.com/package/no-such-thing", Want: dead(""), Text: "A package", Serve: npmPackage("no-such-thing", 404), Or: []Want{blocked("challenge|forbidden", "")}},
	{Name: "doi.org, the publisher refuses", Link: "https://doi.org/10.5555/measure.2020.17", Want: ok(""), Text: "A paper", Serve: all(redirect(302, "https://refusing-publisher.test/doi/10.5555/measure.2020.17"), on("https://refusing-publisher.test/*", fakeweb.Challenge(fakeweb.Cloudflare))),
		Why: "the answer of the registry counts"},
	{Name: "doi.org, the publisher is down", Link: "https://doi.org/10.5555/measure.2021.3", Want: ok(""), Text: "Another paper", Serve: all(redirect(302, "https://failing-publisher.test/a"), on("https://failing-publisher.test/*", fakeweb.Status(503)))},
	{Name: "doi.org, no such name", Link: "https://doi.org/10.5555/none", Want: dead("not-found"), Serve: serve(Doc{Code: 404, Make: press, Site: "DOI", Title: "Error: DOI Not Found", Main: "<h1>DOI Not Found</h1><p>This DOI cannot be found in the DOI System.</p>"})},
	{Name: "dx.doi.org, the older name", Link: "https://dx.doi.org/10.5555/measure.2019.1", Want: ok(""), Text: "An old paper", Or: []Want{ok("", moved("https://doi.org/10.5555/measure.2019.1"))},
		Serve: all(redirect(301, "https://doi.org/10.5555/measure.2019.1"), redirectAt("https://doi.org/10.5555/measure.2019.1", 302, "https://refusing-publisher.test/b"))},
	{Name: "Wikipedia", Link: "https://en.wikipedia.org/wiki/B-tree", Want: ok("B-tree - Wikipedia"), Serve: encyclopedia("B-tree")},
	{Name: "Wikipedia, a section", Link: "https://en.wikipedia.org/wiki/Hash_table#History", Want: ok("Hash table - Wikipedia"), Serve: encyclopedia("Hash table")},
	{Name: "Wikipedia, no such article", Link: "https://en.wikipedia.org/wiki/Sorting_of_socks", Want: dead("not-found"), Serve: serve(Doc{Code: 404, Make: wiki, Site: "Wikipedia", Title: "Sorting of socks - Wikipedia", Main: "<p>Wikipedia does not have an article with this exact name.</p>"})},
	{Name: "LinkedIn, a profile", Link: "https://www.linkedin.com/in/somebody/", Want: blocked("", ""), Text: "Somebody", Serve: serve(linkedin())},
	{Name: "LinkedIn, a company, to its login", Link: "https://www.linkedin.com/company/some-company/", Want: blocked("", ""), Text: "Some company",
		Serve: all(redirect(302, "https://www.linkedin.com/authwall?trk=bf&sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fcompany%2Fsome-company%2F"), on("https://www.linkedin.com/authwall*", login("Sign Up | LinkedIn")))},
	{Name: "X, a post", Link: "https://x.com/somebody/status/1234567890", Want: Want{State: "blocked"}, Text: "A thread", Serve: serve(x()), Or: []Want{ok("")}, Why: "200 and the same application for what is there and what is not: nothing is known"},
	{Name: "Twitter, goes to X", Link: "https://twitter.com/somebody", Want: Want{State: "blocked"}, Text: "Somebody", Or: []Want{ok(""), ok("", finding("moved")), {State: "blocked", Findings: []Finding{finding("moved")}}, ok("", moved("https://x.com/somebody"))},
		Serve: all(redirect(301, "https://x.com/somebody"), on("https://x.com/somebody", x())), Why: "an alias of its own: not off-site"},
	{Name: "Instagram, to its login", Link: "https://www.instagram.com/somebody/", Want: blocked("", ""), Text: "Somebody", Serve: all(redirect(302, "https://www.instagram.com/accounts/login/?next=%2Fsomebody%2F"), on("https://www.instagram.com/accounts/login/*", login("Login • Instagram")))},
	{Name: "Facebook, to its login", Link: "https://www.facebook.com/groups/tea/", Want: blocked("", ""), Text: "A group", Serve: all(redirect(302, "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fgroups%2Ftea%2F"), on("https://www.facebook.com/login/*", login("Log into Facebook")))},
	{Name: "Google Docs, public", Link: "https://docs.google.com/document/d/1aBcD/edit", Want: ok("Reading list - Google Docs"), Serve: serve(shell("Reading list - Google Docs"))},
	{Name: "Google Docs, private", Link: "https://docs.google.com/document/d/2pRiV/edit", Want: blocked("", ""), Text: "Our list", Serve: all(redirect(302, "https://accounts.google.com/v3/signin/identifier?continue=https%3A%2F%2Fdocs.google.com%2Fdocument%2Fd%2F2pRiV%2Fedit&service=wise"),
		on("https://accounts.google.com/v3/signin/*", login("Google Docs: Sign-in")))},
	{Name: "Google Docs, deleted", Link: "https://docs.google.com/document/d/3gOnE/edit", Want: dead("not-found"), Serve: serve(fakeweb.Document(404, "text/html", []byte("<html><head><title>Page Not Found</title></head><body><p>Sorry, the file you have requested does not exist.</p></body></html>")))},
	{Name: "Wayback Machine, a snapshot", Standard: true, Link: "https://web.archive.org/web/20150101000000/http://lost-site.test/page", Want: ok("The lost page"), Serve: pageAt("https://web.archive.org/web/20150101000000/http://lost-site.test/page", Doc{Make: academic, Head: "<script src=\"//archive.org/includes/athena.js\"></script>\n"})},
	{Name: "Wayback Machine, the nearest snapshot", Standard: true, Link: "https://web.archive.org/web/2014/http://lost-site.test/", Want: ok("The lost site"),
		Serve: all(func(s *Stage) {
			s.On(s.Case.Link, fakeweb.Redirect(302, "/web/20140312101010/http://lost-site.test/"))
		}, pageAt("https://web.archive.org/web/20140312101010/http://lost-site.test/", Doc{Make: academic}))},
	{Name: "Wayback Machine, nothing kept", Link: "https://web.archive.org/web/2011/http://never-kept.test/", Want: dead("not-found"), Serve: serve(Doc{Code: 404, Make: press, Site: "Wayback", Title: "Internet Archive Wayback Machine", Main: "<h1>The Wayback Machine has not archived that URL.</h1>"})},
	{Name: "Stack Overflow behind a wall", Link: "https://stackoverflow.com/questions/11227809/why", Want: blocked("challenge|forbidden", ""), Serve: serve(fakeweb.Challenge(fakeweb.Cloudflare))},
	{Name: "Stack Overflow, removed", Link: "https://stackoverflow.com/questions/99/best-joke", Want: dead("not-found"), Serve: serve(Doc{Code: 404, Make: press, Site: "Stack Overflow", Title: "Page not found - Stack Overflow", Main: "<h1>Page not found</h1><p>This question was removed from Stack Overflow for reasons of moderation.</p>"})},
	{Name: "Amazon asks for letters, 200", Link: "https://www.amazon.com/dp/0131103628", Want: blocked("challenge", ""), Text: "A book", Serve: serve(html200(`<!DOCTYPE html><html><head><title>Amazon.com</title></head><body><h4>Enter the characters you see below</h4><p>Sorry, we just need to make sure you're not a robot. For best results, please make sure your browser is accepting cookies.</p><form action="/errors/validateCaptcha"><img src="https://images-na.ssl-images-amazon.com/captcha/x.jpg"><input name="field-keywords" placeholder="Type characters"></form></body></html>`))},
	{Name: "Medium behind a wall", Link: "https://medium.com/@somebody/queues-2f6c9a", Want: blocked("challenge|forbidden", ""), Serve: serve(fakeweb.Challenge(fakeweb.Cloudflare))},
	{Name: "short address", Link: "https://bit.ly/measure-guide", Want: ok("The guide behind it", moved("https://shortened-guide.test/guide"), offSite),
		Or:    []Want{ok("", moved("https://shortened-guide.test/guide")), ok("", moved("https://shortened-guide.test/guide"), offSite), ok("", offSite)},
		Serve: all(redirect(301, "https://shortened-guide.test/guide"), pageAt("https://shortened-guide.test/guide", Doc{}))},
	{Name: "short address that is no more", Link: "https://bit.ly/none-at-all", Want: dead("not-found"), Serve: serve(Doc{Code: 404, Make: press, Site: "Bitly", Title: "Bitly | Page Not Found | 404"})},
	{Name: "Discourse, topic removed", Link: "https://talk.discourse-of-tea.test/t/oolong/77", Want: dead("not-found"), Serve: serve(Doc{Code: 404, Make: press, Title: "Tea Talk", Main: "<h1>Oops! That page doesn't exist or is private.</h1>"})},
	{Name: "Discourse, topic renamed", Link: "https://talk.discourse-of-rice.test/t/old-title/78", Want: ok("New title - Rice Talk", moved("https://talk.discourse-of-rice.test/t/new-title/78")),
		Serve: all(redirect(301, "https://talk.discourse-of-rice.test/t/new-title/78"), pageAt("https://talk.discourse-of-rice.test/t/new-title/78", Doc{Make: press}))},
	{Name: "MDN, by language", Link: "https://developer.mozilla.org/docs/Web/HTTP", Want: ok("HTTP | MDN"), Serve: all(redirect(302, "https://developer.mozilla.org/en-US/docs/Web/HTTP"), pageAt("https://developer.mozilla.org/en-US/docs/Web/HTTP", Doc{Make: docs, Title: "HTTP | MDN"}))},
}

// video is a page of the video site, and what its oEmbed says of it.
func video(title string, oembed int) func(*Stage) {
	return func(s *Stage) {
		_, id, _ := strings.Cut(s.Case.Link, "v=")
		videoAt(id, title, oembed)(s)
	}
}

func videoAt(id, title string, oembed int) func(*Stage) {
	return func(s *Stage) {
		const host = "www.youtube.com"
		script := `<script>var ytInitialPlayerResponse={"playabilityStatus":{"status":"OK"},"videoDetails":{"videoId":"` + id + `"}};</script>`
		if title == "" {
			script = `<script>var ytInitialPlayerResponse={"playabilityStatus":{"status":"ERROR","reason":"Video unavailable"}};</script>`
		}
		watch := html200(`<!DOCTYPE html><html lang="en"><head><meta http-equiv="origin-trial" content="x"><title>` + title + ` - YouTube</title><link rel="shortcut icon" href="/favicon.ico"></head><body dir="ltr">` + script + `<ytd-app></ytd-app><script src="/s/desktop/2f6c/jsbin/desktop_polymer.vflset/desktop_polymer.js"></script>` + strings.Repeat("<!-- skeleton -->", 300) + `</body></html>`)
		s.Web.Handle(host, "/watch?v="+id, watch)
		s.Web.Handle(host, "/watch?v="+id+"&feature=youtu.be", watch)
		answer := fakeweb.Document(oembed, "text/plain", []byte(http.StatusText(oembed)))
		if oembed == 200 {
			text, _ := json.Marshal(map[string]string{"title": title, "type": "video", "version": "1.0", "provider_name": "YouTube", "author_name": "Somebody"}) // strings always marshal
			answer = fakeweb.Bytes("application/json", text)
		}
		// Registered under every way in which the address may be written into the query.
		for _, watched := range []string{"https://www.youtube.com/watch?v=" + id, "https://youtu.be/" + id, s.Live("https://www.youtube.com/watch?v=" + id)} {
			for _, query := range []string{"url=" + url.QueryEscape(watched) + "&format=json", "format=json&url=" + url.QueryEscape(watched), "url=" + url.QueryEscape(watched)} {
				s.Web.Handle(host, "/oembed?"+query, answer)
			}
		}
	}
}

// crate is the application of the registry, which answers 404 to those that do not ask for HTML, and its interface.
func crate(name string, code int) func(*Stage) {
	return func(s *Stage) {
		s.Here(fakeweb.Wanting("Accept", "text/html", shell("crates.io: Rust Package Registry"), fakeweb.Document(404, "text/plain", []byte("Not Found"))))
		answer := fakeweb.Document(404, "application/json", []byte(`{"errors":[{"detail":"crate `+name+` does not exist"}]}`))
		if code == 200 {
			answer = fakeweb.Bytes("application/json", []byte(`{"crate":{"id":"`+name+`","name":"`+name+`","max_version":"1.4.0"}}`))
		}
		s.On("https://crates.io/api/v1/crates/"+name, answer)
		s.On("https://index.crates.io/*", missing("index.crates.io"))
	}
}

// npmPackage is a page behind a wall, and the registry behind it.
func npmPackage(name string, code int) func(*Stage) {
	return func(s *Stage) {
		s.Here(fakeweb.Challenge(fakeweb.Cloudflare))
		answer := fakeweb.Document(404, "application/json", []byte(`{"error":"Not found"}`))
		if code == 200 {
			answer = fakeweb.Bytes("application/json", []byte(`{"_id":"`+name+`","name":"`+name+`","dist-tags":{"latest":"1.4.0"}}`))
		}
		s.On("https://registry.npmjs.org/"+name, answer)
		s.On("https://registry.npmjs.org/"+name+"/latest", answer)
	}
}

// encyclopedia is an article that wants an agent with a contact, as the foundation's policy says.
func encyclopedia(title string) func(*Stage) {
	return func(s *Stage) {
		article := Doc{Make: wiki, Site: "Wikipedia", Title: title + " - Wikipedia", IDs: []string{"", "History"}}
		refusal := fakeweb.Document(403, "text/plain", []byte("Please set a user-agent and respect our robot policy."))
		s.Here(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			agent := r.UserAgent()
			if strings.Contains(agent, "http") || strings.Contains(agent, "@") {
				article.ServeHTTP(rw, r)
				return
			}
			refusal.ServeHTTP(rw, r)
		}))
	}
}

func linkedin() fakeweb.Behaviour {
	return fakeweb.Header(fakeweb.Document(999, "text/html", []byte(`<html><head><script type="text/javascript">window.onload=function(){var trk="bf",href="https://www.linkedin.com/authwall";window.location.href=href+"?trk="+trk}</script></head></html>`)), "X-Li-Fabric", "prod-lva1")
}

func x() fakeweb.Behaviour {
	return fakeweb.Header(html200(`<!DOCTYPE html><html dir="ltr" lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/><link rel="preconnect" href="//abs.twimg.com"/></head><body style="background-color:#FFF"><noscript><h1>JavaScript is not available.</h1><p>We've detected that JavaScript is disabled in this browser. Please enable JavaScript or switch to a supported browser to continue using x.com.</p></noscript><div id="react-root"></div><script src="https://abs.twimg.com/responsive-web/client-web/main.2f6c9a.js"></script></body></html>`), "x-powered-by", "Express")
}
