package fakeweb

import (
	"net/http"
	"time"
)

// demoTroubles says which links of the demo lists are not well, each with
// what a checker should make of it.
func demoTroubles(w *Web) {
	gone := Page{Code: http.StatusNotFound, Title: "Page not found", Body: "<p>Nothing lives at this address.</p>\n"}
	w.Handle("docs.gopher.example", "/packages-2015", gone)                  // dead: not-found
	w.Handle("campus.northgate.example", "/db/solutions-b", gone)            // dead: not-found
	w.Handle("press.quarto.example", "/tools-first-edition", Status(410))    // dead: gone
	w.Resolve("papertrail.quietwaters.example", NXDomain())                  // dead: dns, a whole host
	w.Loop("blog.oldschool.example", "/ci-floppy", "/ci-floppy/")            // dead: redirect-loop
	w.Handle("notes.tidewater.example", "/without-mocks", Status(302))       // dead: bad-redirect, no Location
	w.Handle("campus.northgate.example", "/db/solutions-c", inward())        // dead: bad-redirect, to a refused address
	w.Handle("hooks.tinkerbox.example", "/guide", Status(500))               // failing: server-error
	w.Resolve("painter.wobbly.example", ServFail())                          // failing: dns
	w.Refuse("engineering.kiosk.example")                                    // failing: refused
	w.Resolve("far.outpost.example", Unreachable())                          // failing: unreachable
	w.Handle("echo.brokenpipe.example", "/", Reset())                        // failing: reset
	w.Handle("slowcooker.example", "/", Stall())                             // failing: timeout
	w.Handle("gramophone.example", "/play", Malformed())                     // failing: protocol
	w.Secure("parchment.example", TLS{NotAfter: w.Now().AddDate(0, -2, 0)})  // failing: tls, expired
	w.Secure("vault.ledger.example", TLS{Names: []string{"shared.example"}}) // failing: tls, wrong name
	w.Handle("members.guild.example", "/key-ceremony", Unauthorized())       // blocked: unauthorized
	w.Handle("papers.stacks.example", "/calculus-of-locks", Status(403))     // blocked: forbidden
	w.Handle("papers.stacks.example", "/agreement", Status(999))             // blocked: forbidden
	w.Handle("turnstile.example", "/limits", RetryAfter(429, 120))           // blocked: rate-limited
	w.Handle("lab.northgate.example", "/", Challenge(Cloudflare))            // blocked: challenge
	w.Handle("museum.parchment.example", "/robots.txt", Disallow("/"))       // blocked: robots
	w.Handle("forum.northgate.example", "/robots.txt", Status(503))          // blocked: robots
	w.Resolve("intranet.guild.example", Addresses("10.20.0.5"))              // skipped: private-address
	w.Handle("code.workbench.example", "/robots.txt", Disallow("/-/search")) // ok: nothing listed is meant
	w.Secure("docs.gopher.example", TLS{HTTP2: true})                        // ok, over HTTP/2
	w.Secure("www.switchboard.example", TLS{HTTP2: true})                    // ok, over HTTP/2
	demoMoves(w)
	demoAges(w)
	demoFarewells(w)
}

// inward leads into a private network.
func inward() Behaviour { return Redirect(http.StatusFound, "http://10.0.0.7/login") }

// demoMoves are links that lead elsewhere. All end well; those that moved for
// good should be mended, those that left their site should be looked at.
func demoMoves(w *Web) {
	beaver := demoPage(w, "code.workbench.example", "/beaver", "opensource", "Beaver", "Backups with a dry run.")
	w.Handle("code.workbench.example", "/beaver", beaver)
	w.Handle("code.workbench.example", "/old/beaver", Redirect(301, "/archive/beaver"))
	w.Handle("code.workbench.example", "/archive/beaver", Redirect(308, "/beaver")) // moved, in two hops

	spec := demoPage(w, "spec.plainwire.example", "/v4", "official", "Plainwire Specification, Version 4", "")
	w.Handle("spec.plainwire.example", "/v4", spec)
	w.Handle("spec.plainwire.example", "/v3", Redirect(301, "/v4")) // moved, in two lists

	const resolver = "/resolver"
	tidewater := demoPage(w, "notes.tidewater.example", resolver, "article", "Running Your Own Resolver", "")
	toHTTPS := Redirect(308, w.HTTPSURL("notes.tidewater.example", resolver))
	w.Handle("notes.tidewater.example", resolver, OnHTTP(toHTTPS, tidewater)) // moved, to https

	evening := demoPage(w, "blog.oldschool.example", "/2024/http2-evening", "article", "HTTP/2 in One Evening", "")
	w.Handle("blog.oldschool.example", "/2024/http2-evening", evening)
	w.Handle("blog.oldschool.example", "/http2-evening", Redirect(302, "/2024/http2-evening")) // ok: only for now

	w.Handle("domains.parkside.example", "/lemonade", Page{Title: "lemonade.example is looking for a new owner", Lang: "en",
		Body: "<p>This address may be for sale. Make an offer.</p>\n"})
	w.Handle("lemonade.example", "/ship", Redirect(301, w.HTTPSURL("domains.parkside.example", "/lemonade"))) // off-site

	w.Handle("www.megalith.example", "/products", Page{Title: "Products · Megalith", Lang: "en",
		Body: "<p>Abacus has joined the Megalith family. See what we have built together.</p>\n"})
	w.Handle("code.workbench.example", "/abacus", Redirect(302, w.HTTPSURL("www.megalith.example", "/products"))) // off-site
}

// demoAges are pages that nobody has touched for years, each dated in another
// way.
func demoAges(w *Web) {
	const blog = "blog.oldschool.example"
	users := demoArticle(blog, "article", "Scaling to a Thousand Users", "One server, one disk, one long weekend.")
	users.Published, users.Modified = "2011-11-02", "2012-04-17"
	w.Handle(blog, "/thousand-users", users)

	stores := demoArticle(blog, "article", "Object Stores of the Nineties", "What we kept and what we buried.")
	stores.ArticleModified = "2012-09-30T10:00:00Z"
	w.Handle(blog, "/object-stores", stores)

	tuning := demoArticle("papers.stacks.example", "article", "Tuning by the Numbers", "Every knob, measured on one machine.")
	tuning.LastModified = time.Date(2011, 6, 5, 8, 0, 0, 0, time.UTC)
	w.Handle("papers.stacks.example", "/tuning", tuning)
}

// demoFarewells are pages whose makers gave something up, each said in another place.
func demoFarewells(w *Web) {
	silo := demoArticle("code.workbench.example", "opensource", "Silo", "Columns on disk, questions in memory.")
	silo.Body = "<div class=\"banner\"><p>This project is no longer maintained. Please use <a href=\"/cellar\">Cellar</a>.</p></div>\n" + silo.Body
	w.Handle("code.workbench.example", "/silo", silo)

	library := demoArticle("docs.gopher.example", "official", "Standard Library", "What comes with the language.")
	library.Body = "<div class=\"version-warning\"><p>This documentation is for an old version of the language. See the <a href=\"/tour\">current one</a>.</p></div>\n" + library.Body
	w.Handle("docs.gopher.example", "/library", library)
}

// demoChanges are pages that change from visit to visit, so that there is
// something to see for as long as the demo runs. Runs of bad answers are
// longer than a visit's retries.
func demoChanges(w *Web) {
	rotate := func(host, path, kind, title string, good, bad int, trouble Behaviour) {
		page := demoPage(w, host, path, kind, title, "")
		w.Handle(host, path, Cycle(append(Times(good, page), Times(bad, trouble)...)...))
	}
	rotate("weather.tinkerbox.example", "/", "tool", "Weather Report", 3, 7, Status(503))
	rotate("readingroom.example", "/", "community", "The Reading Room", 4, 5, RetryAfter(429, 1))
	rotate("sandbox.harbor.example", "/", "tool", "Harbor Sandbox", 5, 4, Status(404))
	rotate("scratchpad.example", "/", "tool", "Scratchpad", 6, 3, Status(502))

	manual := demoPage(w, "docs.quill.example", "/manual", "official", "Quill Manual", "")
	w.Handle("docs.quill.example", "/manual", Sequence(append(Times(4, Status(503)), manual)...)) // failing, then mended

	const blog, old, moved = "blog.oldschool.example", "/dashboards", "/2026/dashboards"
	dashboards := demoPage(w, blog, moved, "article", "Dashboards People Look At", "")
	w.Handle(blog, moved, dashboards)
	w.Handle(blog, old, Sequence(append(Times(2, dashboards), Redirect(301, moved))...)) // moves after two visits

	w.Handle("almanac.example", "/", Sequence( // drifted: the domain has a new owner
		Page{Title: "The List Keepers' Almanac", Lang: "en"},
		Page{Title: "Lakeside Villas and Cottages", Lang: "en", Body: villas}))

	w.Handle("db.fieldguide.example", "/query-of-the-day", Cycle(
		queryOfTheDay("Who Has Not Logged In?"), queryOfTheDay("The Third Largest of Each Kind"),
		queryOfTheDay("Gaps in a Sequence"), queryOfTheDay("Mondays Without Orders")))
}

func queryOfTheDay(title string) Behaviour {
	return demoArticle("db.fieldguide.example", "article", "Query of the Day: "+title, "One question, three answers, and which of them the planner likes.")
}

// villas is what the new owner of a domain shows.
const villas = `<p>Apartments, cottages, villas and studios with furniture, parking and balcony. Landlords publish offers weekly; tenants reply
by phone. Deposits equal three monthly payments. Kitchens, bathrooms, terraces, gardeners and cleaning are included. Rent an apartment near the
lake, a cottage in the mountains, or a studio beside the university.</p>
<p>Brokers show apartments on Saturdays, landlords meet tenants in the lobby, and keys change hands on the first of the month. Mortgage
calculators, property taxes, moving companies, renovation experts and notaries are listed by district. Pets are allowed in most cottages, smokers
on balconies. Bring payslips, passports and references for the landlord. Villas beside the lake sell fast; cottages near the ski lifts rent
weekly. Tenants sign contracts digitally, and insurance covers furniture from the first night.</p>
`
