package behaviours

import (
	"net/http"

	"waymark/crawler/fakeweb"
)

// redirectCases are redirects of all kinds (RFC 9110, 15.4).
var redirectCases = []Case{
	{Name: "301 to a new path", Link: "https://moved-path.test/old/guide", Want: ok("The guide, second edition", moved("https://moved-path.test/guide/")),
		Serve: all(redirect(301, "https://moved-path.test/guide/"), pageAt("https://moved-path.test/guide/", Doc{}))},
	{Name: "308 to a new path", Link: "https://moved-308.test/a", Want: ok("At its new place", moved("https://moved-308.test/b")),
		Serve: all(redirect(308, "https://moved-308.test/b"), pageAt("https://moved-308.test/b", Doc{}))},
	{Name: "302 to a path", Link: "https://for-now.test/latest", Want: ok("Release notes of 4.2"),
		Serve: all(redirect(302, "https://for-now.test/4.2/notes"), pageAt("https://for-now.test/4.2/notes", Doc{Make: docs}))},
	{Name: "307 to a path", Link: "https://for-now-307.test/latest", Want: ok("Release notes of 5.0"),
		Serve: all(redirect(307, "https://for-now-307.test/5.0/notes"), pageAt("https://for-now-307.test/5.0/notes", Doc{Make: docs}))},
	{Name: "303 to a page", Link: "https://see-other.test/id/tea", Want: ok("Tea, a document about the thing"),
		Serve: all(redirect(303, "https://see-other.test/doc/tea"), pageAt("https://see-other.test/doc/tea", Doc{})), Why: "linked data answers 303 for ever"},
	{Name: "301 and then 302", Link: "https://mixed-chain.test/manual", Want: ok("Manual 3.2", moved("https://mixed-chain.test/docs/")),
		Serve: all(redirect(301, "https://mixed-chain.test/docs/"), redirectAt("https://mixed-chain.test/docs/", 302, "https://mixed-chain.test/docs/3.2/"),
			pageAt("https://mixed-chain.test/docs/3.2/", Doc{Make: docs})), Why: "only what the permanent hops promise may be written into a list"},
	{Name: "302 and then 301", Link: "https://chain-for-now.test/go", Want: ok("Where it ends"),
		Serve: all(redirect(302, "https://chain-for-now.test/step"), redirectAt("https://chain-for-now.test/step", 301, "https://chain-for-now.test/end"),
			pageAt("https://chain-for-now.test/end", Doc{})), Why: "no permanent hop begins at the link itself"},
	{Name: "five permanent hops", Link: "https://long-way.test/p1", Want: ok("After five doors", moved("https://long-way.test/p6")),
		Serve: all(redirect(301, "https://long-way.test/p2"), redirectAt("https://long-way.test/p2", 308, "https://long-way.test/p3"),
			redirectAt("https://long-way.test/p3", 301, "https://long-way.test/p4"), redirectAt("https://long-way.test/p4", 301, "https://long-way.test/p5"),
			redirectAt("https://long-way.test/p5", 301, "https://long-way.test/p6"), pageAt("https://long-way.test/p6", Doc{}))},
	{Name: "the fragment goes along", Link: "https://moved-section.test/old#install", Want: ok("Installing", moved("https://moved-section.test/new#install")),
		Serve: all(redirect(301, "https://moved-section.test/new"), pageAt("https://moved-section.test/new", Doc{IDs: []string{"", "install"}})),
		Why:   "RFC 9110 10.2.2: a Location without fragment takes over that of the request"},
	{Name: "the target brings a fragment of its own", Link: "https://own-fragment.test/faq-7", Want: ok("Frequent questions", moved("https://own-fragment.test/faq#seven")),
		Serve: all(redirect(301, "https://own-fragment.test/faq#seven"), pageAt("https://own-fragment.test/faq", Doc{IDs: []string{"", "seven"}}))},
	{Name: "relative Location", Link: "https://relative-location.test/a/b/c", Want: ok("Found from where it stood", moved("https://relative-location.test/a/d")),
		Serve: all(serve(fakeweb.Redirect(301, "../d")), pageAt("https://relative-location.test/a/d", Doc{}))},
	{Name: "Location of a query alone", Link: "https://query-location.test/list", Want: ok("The list, page one", moved("https://query-location.test/list?page=1")),
		Serve: all(serve(fakeweb.Redirect(301, "?page=1")), pageAt("https://query-location.test/list?page=1", Doc{}))},
	{Name: "Location with spaces and Unicode", Link: "https://raw-location.test/menü", Want: ok("Die Karte"),
		Or: []Want{ok("Die Karte", moved("https://raw-location.test/die%20karte%20f%C3%BCr%20heute"))},
		Serve: all(on("https://raw-location.test/men%C3%BC", fakeweb.Redirect(302, "/die karte für heute")),
			pageAt("https://raw-location.test/die%20karte%20f%C3%BCr%20heute", Doc{Lang: "de"})), Why: "servers send it; browsers escape it"},
	{Name: "trailing slash", Link: "https://slash-added.test/docs", Want: ok("Documentation", moved("https://slash-added.test/docs/")),
		Serve: all(redirect(301, "https://slash-added.test/docs/"), pageAt("https://slash-added.test/docs/", Doc{Make: docs})), Or: []Want{ok("Documentation")},
		Why: "the promise is permanent; that nobody needs to mend it is as fair a view"},
	{Name: "http to https", Link: "http://upgraded.test/notes", Want: ok("Now over https", moved("https://upgraded.test/notes")),
		Serve: func(s *Stage) {
			s.Here(fakeweb.OnHTTP(s.Redirect(301, "https://upgraded.test/notes"), Doc{}.with(s.Host, "Now over https")))
		}},
	{Name: "to www", Link: "https://with-www.test/tour", Want: ok("The tour", moved("https://www.with-www.test/tour")),
		Serve: all(redirect(301, "https://www.with-www.test/tour"), pageAt("https://www.with-www.test/tour", Doc{}))},
	{Name: "http to https to www", Link: "http://three-steps.test/", Want: ok("Three Steps", moved("https://www.three-steps.test/")),
		Serve: func(s *Stage) {
			s.Here(fakeweb.OnHTTP(s.Redirect(301, "https://three-steps.test/"), s.Redirect(301, "https://www.three-steps.test/")))
			s.On("https://www.three-steps.test/", Doc{Subject: 5}.with(s.Host, "Three Steps"))
		}},
	{Name: "tracking parameters stripped", Link: "https://no-tracking.test/post?utm_source=list&utm_medium=md", Want: ok("The post itself", moved("https://no-tracking.test/post")),
		Serve: all(redirect(301, "https://no-tracking.test/post"), pageAt("https://no-tracking.test/post", Doc{})),
		Or:    []Want{ok("The post itself")}, Why: "a promise kept, or noise: whoever wrote the mark into the list may want it"},
	{Name: "session put into the address", Link: "https://session-address.test/shop/item", Want: ok("An item of the shop"),
		Serve: all(redirect(302, "https://session-address.test/shop/item;jsessionid=2F6C9A"), pageAt("https://session-address.test/shop/item;jsessionid=2F6C9A", Doc{Make: press}))},
	{Name: "301 to another site with the same page", Link: "https://left-home.test/tool", Want: ok("The tool at its new home", moved("https://new-home-of-tool.test/tool"), offSite),
		Serve: all(redirect(301, "https://new-home-of-tool.test/tool"), pageAt("https://new-home-of-tool.test/tool", Doc{})),
		Or:    []Want{ok("", offSite), ok("", moved("https://new-home-of-tool.test/tool"), offSite), ok("", offSite)},
		Why:   "what matters is that somebody is told that the site is another"},
	{Name: "302 to another site", Link: "https://bought-up.test/product", Want: ok("Products of the group", offSite),
		Or:    []Want{ok("", offSite)},
		Serve: all(redirect(302, "https://buyer-group.test/products"), pageAt("https://buyer-group.test/products", Doc{Make: press}))},
	{Name: "to a subdomain of the same site", Link: "https://big-project.test/docs", Want: ok("Docs of the project", moved("https://docs.big-project.test/")),
		Or: []Want{ok("Docs of the project", finding("moved"))}, Why: "to a start page there is no suggestion",
		Serve: all(redirect(301, "https://docs.big-project.test/"), pageAt("https://docs.big-project.test/", Doc{Make: docs}))},
	{Name: "by country", Link: "https://by-country.test/", Want: ok("Willkommen bei By Country"), Text: "By Country",
		Serve: all(redirect(302, "https://by-country.test/de-de/"), pageAt("https://by-country.test/de-de/", Doc{Make: press, Lang: "de"}))},
	{Name: "by language, permanently", Link: "https://by-language.test/handbook", Want: ok("The handbook"),
		Serve: all(func(s *Stage) {
			s.Here(fakeweb.Header(s.Redirect(301, "https://by-language.test/en/handbook"), "Vary", "Accept-Language"))
		}, pageAt("https://by-language.test/en/handbook", Doc{Make: docs})), Or: []Want{ok("", moved("https://by-language.test/en/handbook"))},
		Why: "what depends on the visitor is no address for a list, though the number says permanent"},
	{Name: "301 to a page that is missing", Link: "https://moved-to-404.test/definition/queue", Want: dead("not-found"),
		Serve: redirect(301, "https://moved-to-404.test/searchsoftware/definition/queue"), Why: "techtarget"},
	{Name: "301 to another site that has nothing there", Link: "https://sold-and-404.test/guide", Want: dead("not-found"),
		Or:    []Want{dead("not-found", offSite), dead("not-found", offSite)},
		Serve: all(redirect(301, "https://new-owner-404.test/guide"), on("https://new-owner-404.test/*", missing("new-owner-404.test")))},
	{Name: "302 to a page of errors that answers 404", Link: "https://error-page.test/x", Want: dead("not-found"),
		Serve: redirect(302, "https://error-page.test/errors/404.html")},
	{Name: "to a page that answers 410", Link: "https://moved-to-410.test/x", Want: dead("gone"),
		Serve: all(redirect(301, "https://moved-to-410.test/y"), on("https://moved-to-410.test/y", fakeweb.Status(410)))},
	{Name: "to a page that is refused", Link: "https://moved-to-403.test/x", Want: blocked("forbidden", ""),
		Serve: all(redirect(302, "https://moved-to-403.test/y"), on("https://moved-to-403.test/y", fakeweb.Status(403)))},
	{Name: "to a server that is broken", Link: "https://moved-to-500.test/x", Want: failing("server-error"),
		Serve: all(redirect(302, "https://moved-to-500.test/y"), on("https://moved-to-500.test/y", fakeweb.Status(500)))},
	{Name: "to a host that is no more", Link: "https://moved-to-nowhere.test/x", Want: dead("dns"), Serve: redirect(301, "https://no-such-host-any-more.test/x")},
	{Name: "loop of two", Link: "https://loop-of-two.test/a", Want: dead("redirect-loop"), Text: "Round and round",
		Serve: all(redirect(302, "https://loop-of-two.test/b"), redirectAt("https://loop-of-two.test/b", 302, "https://loop-of-two.test/a"))},
	{Name: "loop of one", Link: "https://loop-of-one.test/", Want: dead("redirect-loop"), Text: "On the spot", Serve: redirect(301, "https://loop-of-one.test/")},
	{Name: "loop between http and https", Link: "https://flexible-loop.test/", Want: dead("redirect-loop"), Text: "A flexible setting",
		Serve: func(s *Stage) {
			s.Here(fakeweb.OnHTTP(s.Redirect(301, "https://flexible-loop.test/"), s.Redirect(301, "http://flexible-loop.test/")))
		}, Why: "the loop of a content network that speaks http with an origin that wants https"},
	{Name: "redirects that never come to an end", Link: "https://hop-by-hop.test/start", Want: dead("redirect-loop"), Text: "Ever on", Serve: serve(fakeweb.EndlessRedirect(302))},
	{Name: "nineteen redirects", Link: "https://nineteen-redirects.test/a", Want: ok("After nineteen redirects"), Serve: func(s *Stage) {
		s.Web.Chain(s.Host, "/a", Doc{}.with(s.Host, "After nineteen redirects"), hops(19)...)
	}, Why: "what browsers follow"},
	{Name: "twenty-five redirects", Link: "https://many-hops.test/a", Want: dead("redirect-loop"), Text: "Many hops", Serve: func(s *Stage) {
		s.Web.Chain(s.Host, "/a", Doc{}.with(s.Host, "After all"), hops(25)...)
	}, Why: "browsers give up after twenty"},
	{Name: "302 without Location", Link: "https://lost-location.test/", Want: dead("bad-redirect"), Text: "Whither", Serve: serve(fakeweb.Status(302))},
	{Name: "301 with an empty Location", Link: "https://empty-location.test/x", Want: dead("bad-redirect|redirect-loop"), Text: "Nowhere", Serve: serve(fakeweb.Redirect(301, "")),
		Why: "an empty reference means the same address"},
	{Name: "to a private address", Link: "https://leads-inside.test/x", Want: dead("bad-redirect"), Text: "The intranet", Serve: serve(fakeweb.Redirect(302, "http://10.0.0.7/login"))},
	{Name: "to another scheme", Link: "https://opens-an-app.test/x", Want: dead("bad-redirect"), Text: "An app", Serve: serve(fakeweb.Redirect(302, "intent://open#Intent;end"))},
	{Name: "to a mail address", Link: "https://opens-mail.test/contact", Want: dead("bad-redirect"), Text: "Contact", Serve: serve(fakeweb.Redirect(302, "mailto:ana@opens-mail.test"))},
	{Name: "to nonsense", Link: "https://nonsense-location.test/x", Want: dead("bad-redirect"), Text: "Nonsense", Serve: serve(fakeweb.Redirect(301, "https://[broken/"))},
	{Name: "300 with choices and no Location", Link: "https://many-choices.test/tea", Want: dead("bad-redirect"), Text: "Choices",
		Serve: page(Doc{Code: 300, Title: "Choose a language"}), Or: []Want{ok(""), failing("client-error")}, Why: "RFC 9110 15.4.1: the answer is a list to choose from"},
	{Name: "redirect to the same address with a cookie", Link: "https://cookie-gate.test/article", Want: ok("Behind the cookie"),
		Serve: func(s *Stage) { s.Here(fakeweb.CookieGate(Doc{}.with(s.Host, "Behind the cookie"))) }, Why: "RFC 6265: a client that keeps cookies passes"},
	{Name: "cookie checked on another host and back", Link: "https://cookie-tour.test/article", Want: ok("Back from the tour"), Serve: cookieTour},
	{Name: "cookie that never suffices", Link: "https://cookie-loop.test/", Want: dead("redirect-loop"), Text: "Enable your cookies", Serve: serve(neverContent()),
		Or: []Want{blocked("challenge|forbidden|unauthorized", "")}, Why: "a visitor with cookies goes round for ever; some call it a gate"},
	{Name: "page that is an address for a while", Link: "https://flapping-home.test/", Want: ok("Flapping Home"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Sequence(fakeweb.Status(503), Doc{Subject: 1}.with(s.Host, "Flapping Home")))
		}},
	{Name: "deep link sent to the start page, as are all", Link: "https://all-to-home.test/articles/12", Want: dead("soft-404"),
		Serve: func(s *Stage) {
			s.On("https://all-to-home.test/*", s.Redirect(301, "https://all-to-home.test/"))
			s.On("https://all-to-home.test/", Doc{Subject: 1}.with(s.Host, ""))
		}, Why: "what was never there is answered in the same way (Bar-Yossef 2004)"},
	{Name: "deep link sent to the start page, others are not", Link: "https://section-to-home.test/2019-conference", Want: ok("Section To Home", finding("moved")),
		Or:    []Want{ok("Section To Home"), ok("Section To Home", moved("https://section-to-home.test/"))},
		Serve: redirect(301, "https://section-to-home.test/"), Why: "a random neighbour is a proper 404: somebody wrote this redirect with intent"},
	{Name: "deep link sent to the search, as are all", Link: "https://all-to-search.test/item/blue-lamp", Want: dead("soft-404"),
		Serve: func(s *Stage) {
			s.On("https://all-to-search.test/*", s.Redirect(302, "https://all-to-search.test/search"))
			s.On("https://all-to-search.test/search", Doc{Title: "Search our shop", Make: press}.with(s.Host, ""))
		}},
	{Name: "deep link sent to a page of errors that answers 200", Link: "https://error-200.test/guide/tls", Want: dead("soft-404"),
		Serve: func(s *Stage) {
			s.On("https://error-200.test/*", s.Redirect(302, "https://error-200.test/error?code=404"))
			s.On("https://error-200.test/error?code=404", Doc{Title: "Oops! That page does not exist", Make: press,
				Main: "<h1>Oops!</h1>\n<p>The page you are looking for does not exist or has been moved. Here are some things our readers like.</p>\n"}.with(s.Host, ""))
		}},
}

// refreshCases are pages that send the visitor on by themselves.
var refreshCases = []Case{
	{Name: "meta refresh at once", Link: "https://meta-refresh.test/old", Want: ok("The new manual", moved("https://meta-refresh.test/new/")),
		Or:    []Want{ok("The new manual")},
		Serve: all(serve(stub(`<meta http-equiv="refresh" content="0; url=/new/">`)), pageAt("https://meta-refresh.test/new/", Doc{Make: docs})),
		Why:   "generators of documentation leave such pages behind; search engines take one of no delay for permanent"},
	{Name: "meta refresh with quotes and capitals", Link: "https://meta-quotes.test/", Want: ok("Behind the quotes"), Or: []Want{ok("Behind the quotes", finding("moved")), ok("", moved("https://meta-quotes.test/en/"))},
		Serve: all(serve(stub(`<META HTTP-EQUIV="Refresh" CONTENT="0;URL='/en/'">`)), pageAt("https://meta-quotes.test/en/", Doc{}))},
	{Name: "Refresh header", Link: "https://refresh-header.test/a", Want: ok("Reached by a header"), Or: []Want{ok("", moved("https://refresh-header.test/b"))},
		Serve: all(serve(fakeweb.Header(fakeweb.Document(200, "text/html", nil), "Refresh", "0; url=/b")), pageAt("https://refresh-header.test/b", Doc{}))},
	{Name: "meta refresh to a page that is missing", Link: "https://meta-to-404.test/a", Want: dead("not-found"), Serve: serve(stub(`<meta http-equiv="refresh" content="0; url=/gone">`))},
	{Name: "meta refresh to another site", Link: "https://meta-off-site.test/", Want: ok("Somebody else's page", offSite), Text: "Meta Off Site",
		Or:    []Want{ok("", offSite), ok("", offSite, moved("https://meta-landing.test/")), ok("", offSite, moved("https://meta-landing.test/"))},
		Serve: all(serve(stubTo("https://meta-landing.test/")), pageAt("https://meta-landing.test/", Doc{}))},
	{Name: "page that reloads itself", Link: "https://reloading-board.test/departures", Want: ok("Departures, renewed every minute"),
		Serve: page(Doc{Head: `<meta http-equiv="refresh" content="60">` + "\n"}), Why: "a refresh without an address is no redirect"},
	{Name: "page that goes on after half a minute", Link: "https://slow-refresh.test/kiosk", Want: ok("Kiosk, first screen"),
		Serve: page(Doc{Head: `<meta http-equiv="refresh" content="30; url=/kiosk/2">` + "\n"}), Why: "a reader has time to read it: it is the page"},
	{Name: "refresh within noscript", Link: "https://noscript-refresh.test/app", Want: ok("An app with a plain twin"),
		Serve: page(Doc{Head: `<noscript><meta http-equiv="refresh" content="0; url=/nojs-missing"></noscript>` + "\n"}), Why: "browsers with script never follow it"},
}

// hops are the codes of so many redirects.
func hops(n int) []int {
	codes := make([]int, n)
	for i := range codes {
		codes[i] = http.StatusFound
	}
	return codes
}

// stub is a page with nothing but something in its head.
func stub(head string) fakeweb.Behaviour {
	return html200("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n" + head + "\n<title>Redirecting</title>\n</head>\n<body><p>This page has moved.</p></body>\n</html>\n")
}

func stubTo(to string) fakeweb.Behaviour {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		stub(`<meta http-equiv="refresh" content="0; url=`+to+`">`).ServeHTTP(rw, r)
	})
}

// cookieTour sends a visitor to a second host that sets nothing, and back with a mark that becomes a cookie.
func cookieTour(s *Stage) {
	content := Doc{}.with(s.Host, s.Case.Want.Title)
	s.On(s.Case.Link+"?seen=1", fakeweb.Header(s.Redirect(302, s.Case.Link), "Set-Cookie", "tour=done; Path=/; HttpOnly"))
	s.Here(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("tour"); err == nil {
			content.ServeHTTP(rw, r)
			return
		}
		s.Redirect(302, "https://id.cookie-tour-partner.test/check").ServeHTTP(rw, r)
	}))
	s.On("https://id.cookie-tour-partner.test/check", s.Redirect(302, s.Case.Link+"?seen=1"))
}

// neverContent sets its cookie again and again and sends the visitor back to where it was.
func neverContent() fakeweb.Behaviour {
	return fakeweb.Header(fakeweb.Redirect(302, "/"), "Set-Cookie", "check=1; Path=/")
}
