package behaviours

import (
	"fmt"
	"net/http"
	"path"
	"sync/atomic"

	"waymark/crawler/fakeweb"
)

// brokenCases are what somebody found who set out to break the verdicts, and who had not read the rules.
var brokenCases = []Case{
	// one text for every name, and no word of an error in it
	{Name: "a question for the age under every name", Link: "https://broken-age.test/cellar/7", Text: "Cellar seven", Want: blocked("", "age"), Serve: lander(short("Age verification", "<h1>Are you over 18?</h1><p>You must be of legal drinking age to enter this site.</p><button>Yes</button><button>No</button>"))},
	{Name: "a notice of maintenance under every name", Link: "https://broken-repair.test/docs/7", Text: "Docs seven", Want: failing(""), Or: notGone, Serve: lander(short("Site under maintenance", "<h1>We'll be back soon!</h1><p>Sorry for the inconvenience, but we are performing some maintenance at the moment.</p>"))},
	{Name: "the same form to log in under every name", Link: "https://broken-login.test/wiki/7", Text: "Wiki seven", Want: blocked("unauthorized", "log in"), Serve: lander(short("Wiki", `<h1>Wiki</h1><p>Members only, please.</p><form method="post"><input name="u"><input type="password" name="p"><button>Log in</button></form>`))},
	{Name: "cookies demanded under every name", Link: "https://broken-cookies.test/paper/7", Text: "Paper seven", Want: blocked("", "cookies"), Serve: lander(short("Cookies required", "<p>Please enable cookies in your browser to view this site.</p>"))},
	{Name: "a queue at the same address", Link: "https://broken-queue.test/concert/7", Text: "Concert seven", Want: blocked("", "queue"), Serve: lander(short("Waiting Room powered by Cloudflare", "<h1>You are now in line.</h1><p>Your estimated wait time is 5 minutes.</p>"))},
	{Name: "a dictionary that has a page for any word", Link: "https://broken-words.test/define/tide", Want: ok("tide, in short"), Serve: func(s *Stage) {
		s.On("https://"+s.Host+"/define/*", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			word := path.Base(r.URL.Path)
			html200(short(word+", in short", "<h1>"+word+"</h1><p>All that there is about "+word+".</p>")).ServeHTTP(rw, r)
		}))
	}},

	// applications that bring their own page for what is missing
	{Name: "an application with a hidden page for what is missing", Link: "https://broken-hidden.test/boards/12", Want: ok("Boards"), Serve: lander(`<!doctype html><html><head><title>Boards</title></head><body><app-root></app-root><div hidden><h1>Page not found</h1></div><div style="display: none"><div>Sorry,</div> this page does not exist.</div><script src="/m.js"></script></body></html>`)},
	{Name: "an application with a template for what is missing", Link: "https://broken-template.test/boards/12", Want: ok("Boards"), Serve: lander(`<!doctype html><html><head><template><title>Not found</title></template><title>Boards</title></head><body><div id="app"></div><template id="nf"><h1>404</h1><p>Page not found</p></template><script src="/m.js"></script></body></html>`)},
	{Name: "an application that is called after a number", Link: "https://broken-404-games.test/play/7", Want: ok("404 Games"), Serve: lander(`<!doctype html><html><head><title>404 Games</title><script type="module" src="/a.js"></script></head><body><div id="root">Loading</div></body></html>`)},

	// gone behind a 200
	{Name: "gone, in three words", Link: "https://broken-three.test/a/b", Text: "A and b", Want: dead("soft-404"), Serve: softAnswer(short("Page not found", "<h1>Page not found</h1>"))},
	{Name: "gone, in three words without markup", Link: "https://broken-bare.test/a/b", Text: "A and b again", Want: dead("soft-404"), Serve: softAnswer("File not found.")},
	{Name: "gone, in a number", Link: "https://broken-number.test/a/b", Text: "A and b once more", Want: dead("soft-404"), Serve: softAnswer("<h1>404</h1>")},
	{Name: "gone, in the words of its address", Link: "https://broken-address.test/docs/page", Text: "The docs", Want: dead("soft-404"), Serve: softAnswer(short("Docs", "<h1>Docs</h1><p>The page was not found in the docs.</p>"))},
	{Name: "gone, in nothing but the words of its address", Link: "https://broken-address-alone.test/docs/page/not/found", Text: "The docs of old", Want: dead("soft-404"), Serve: softAnswer(short("Docs", "<h1>Page not found</h1>"))},
	{Name: "gone, with other articles to read each time", Link: "https://broken-instead.test/p/12-harbour", Text: "The harbour", Want: dead("soft-404"), Serve: func(s *Stage) {
		var n atomic.Int64
		s.On("https://"+s.Host+"/p/*", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			turn := int(n.Add(1))
			Doc{Make: press, Title: "Page not found - Instead", Main: fmt.Sprintf("<h1>Sorry, page not found</h1><h2>Read this instead</h2>%s%s", paragraphs(turn%len(subjects)), paragraphs((turn+2)%len(subjects)))}.with(s.Host, "").ServeHTTP(rw, r)
		}))
	}},
	{Name: "gone, in Portuguese, with no word of it in the title", Link: "https://broken-pt.test/artigo/7", Text: "Artigo sete", Want: dead("soft-404"), Serve: softAnswer(short("Loja do Porto", "<h1>Ora bem</h1><p>Não encontramos o que procura.</p>"))},
	{Name: "a file that a script includes and does not have", Link: "https://broken-include.test/index/about", Text: "About them", Want: dead("soft-404"), Serve: softAnswer("<b>Warning</b>: include(pages/about.php): failed to open stream: No such file or directory in <b>/srv/www/index.php</b> on line <b>12</b>")},

	// servers that nobody set up
	{Name: "the page of a new Django project", Link: "https://broken-django.test/tutorial", Text: "A tutorial", Want: dead("soft-404"), Serve: lander(short("The install worked successfully! Congratulations!", "<h1>The install worked successfully! Congratulations!</h1><p>You are seeing this page because DEBUG=True is in your settings file.</p>"))},
	{Name: "the default page of CentOS", Link: "https://broken-centos.test/tutorial", Text: "A tutorial of old", Want: dead("soft-404"), Serve: lander(short("HTTP Server Test Page powered by CentOS", "<h1>Testing 123..</h1><p>This page is used to test the proper operation of the HTTP server after it has been installed.</p>"))},
	{Name: "a domain that was registered lately", Link: "https://broken-registered.test/tutorial", Text: "A tutorial of yore", Want: dead("parked"), Serve: lander(short("broken-registered.test - Registered at Namecheap.com", "<h1>broken-registered.test</h1><p>This domain has recently been registered with Namecheap.</p>"))},

	// walls
	{Name: "the splash screen of Imunify360, 200", Link: "https://broken-imunify.test/post/7", Want: blocked("challenge", "imunify"), Serve: wall(200, "One moment, please...", "", `<h1>Please wait while your request is being verified...</h1><form id="wsidchk-form" style="display:none;" action="/z0f76a1d14fd21a8fb5fd0d03e0fdc3d3" method="GET"><input type="hidden" id="wsidchk" name="wsidchk"></form><script>(function(){})()</script>`)},
	{Name: "the captcha of Yandex under every name", Link: "https://broken-yandex.test/maps/7", Text: "Maps", Want: blocked("challenge", "yandex"), Serve: lander(short("Вы не робот?", `<form action="/checkcaptcha?key=1"><p>Подтвердите, что запросы отправляли вы, а не робот</p></form>`))},
	{Name: "a 403 that says no more than that", Link: "https://broken-denied.test/members", Want: blocked("forbidden", "403"), Serve: wall(403, "Access denied | Denied", "", "<h1>Access denied</h1><p>You are not authorized to access this page.</p>")},

	// what servers say of their documents
	{Name: "a coding that is a charset", Link: "https://broken-coding.test/a", Want: ok("A coding of its own"), Serve: func(s *Stage) {
		s.Here(fakeweb.Header(Doc{}.with(s.Host, "A coding of its own"), "Content-Encoding", "utf-8"))
	}},
	{Name: "GB18030 under the name of GB2312", Link: "https://broken-gb.test/a", Text: "A name", Want: ok("朱镕基与㐂的故事"), Serve: serve(fakeweb.Bytes("text/html; charset=gb2312", []byte("<!doctype html><title>\xd6\xec\xe9F\xbb\xf9\xd3\xeb\x819\xef1\xb5\xc4\xb9\xca\xca\xc2</title><p>"+paragraphs(2))))},
	{Name: "a title for a card alone", Link: "https://broken-card.test/a", Want: ok("Of the card"), Serve: serve(html200(`<!doctype html><html><head><meta name="twitter:title" content="Of the card"></head><body>` + paragraphs(1) + "</body></html>"))},

	// redirects and links
	{Name: "moved, with the number of a session", Link: "https://broken-session.test/old", Want: ok("Seated", moved("https://broken-session.test/new")), Serve: all(redirect(301, "https://broken-session.test/new;jsessionid=8A7F0C2D9E"), pageAt("https://broken-session.test/new;jsessionid=8A7F0C2D9E", Doc{}))},
	{Name: "an empty user and a password", Standard: true, Link: "https://:@broken-user.test/a", Want: ok("Nobody in particular"), Serve: pageAt("https://broken-user.test/a", Doc{})},

	// what comes and goes
	{Name: "for sale at the first look", Link: "https://broken-flap-sale.test/a", Want: ok("Back again"), Serve: func(s *Stage) {
		s.Here(fakeweb.Sequence(html200(forSale(s.Host, "This domain is for sale", "Buy this domain.")), Doc{}.with(s.Host, "Back again")))
	}},
	{Name: "not found behind a 200 at the first look", Link: "https://broken-flap-soft.test/a", Want: ok("Back again, too"), Serve: func(s *Stage) {
		s.On("https://"+s.Host+"/*", html200(short("Page not found", sorry)))
		s.Here(fakeweb.Sequence(html200(short("Page not found", sorry)), Doc{}.with(s.Host, "Back again, too")))
	}},
	{Name: "a redirect out of the web at the first look", Link: "https://broken-flap-redirect.test/a", Want: ok("Back for good"), Serve: func(s *Stage) {
		s.Here(fakeweb.Sequence(fakeweb.Redirect(302, "mailto:somebody@example.org"), Doc{}.with(s.Host, "Back for good")))
	}},
}

// short is a page with next to nothing on it.
func short(title, main string) string {
	return "<!doctype html><html><head><meta charset=\"utf-8\"><title>" + title + "</title></head><body>" + main + "</body></html>"
}

// softAnswer gives every name on the host the same bare answer.
func softAnswer(text string) func(*Stage) {
	return func(s *Stage) {
		s.On("https://"+s.Host+"/*", html200(text))
		s.On("https://"+s.Host+"/robots.txt", fakeweb.Status(404))
	}
}
