package behaviours

import (
	"waymark/crawler/fakeweb"
)

// everything sends all of a host to one place on it, where a page stands. Whatever is asked for ends there, so that a
// question about a neighbour tells nothing but this.
func everything(to string, d Doc) func(*Stage) {
	return func(s *Stage) {
		base := "https://" + s.Host
		s.On(base+"/*", s.Redirect(302, base+to))
		s.On(base+"/robots.txt", fakeweb.Status(404))
		s.On(base+to, d.with(s.Host, ""))
		if path, _, found := cutQuery(to); found {
			s.On(base+path, d.with(s.Host, ""))
		}
	}
}

func cutQuery(to string) (path, query string, found bool) {
	for i := range to {
		if to[i] == '?' {
			return to[:i], to[i+1:], true
		}
	}
	return to, "", false
}

// notGone is for what stands between a visitor and pages that may all be there: anything but dead.
var notGone = []Want{{State: "failing"}, {State: "blocked"}, {State: "ok"}}

// interstitialCases are hosts that send everybody to one page for a while or for a reason: maintenance, regions, cookies,
// ages, logins of every make. None of them says that the page behind is gone.
var interstitialCases = []Case{
	{Name: "all to a page of maintenance that answers 200", Link: "https://under-repair.test/guide/3", Want: failing(""), Or: notGone, Text: "Guide three",
		Serve: everything("/maintenance.html", Doc{Title: "We'll be back soon", Main: "<h1>We'll be back soon!</h1><p>Sorry for the inconvenience. We are performing some maintenance at the moment and will be back online shortly.</p>"})},
	{Name: "all to a page of maintenance that answers 503", Link: "https://under-repair-503.test/guide/3", Want: failing("server-error"), Or: notGone, Text: "Guide three",
		Serve: everything("/maintenance.html", Doc{Code: 503, Title: "Maintenance", Main: "<h1>Down for maintenance</h1>"})},
	{Name: "all to a page about the region", Link: "https://other-region.test/shows/7", Want: Want{State: "blocked"}, Or: notGone, Text: "Show seven",
		Serve: everything("/region", Doc{Make: press, Title: "Not available in your region", Main: "<h1>We are sorry</h1><p>Our service is not available in your country yet. Leave your address to be told when it is.</p>"})},
	{Name: "all to a page about cookies", Link: "https://cookies-wanted.test/article/8", Want: Want{State: "blocked"}, Or: notGone, Text: "Article eight",
		Serve: everything("/cookieAbsent", Doc{Make: press, Title: "Cookies are disabled", Main: "<h1>Cookies are disabled</h1><p>Your browser does not accept cookies. To view this site, enable cookies in your preferences and try again.</p>"})},
	{Name: "all to a page about old browsers", Link: "https://new-browsers.test/board/2", Want: Want{State: "blocked"}, Or: notGone, Text: "Board two",
		Serve: everything("/unsupported-browser", Doc{Make: press, Title: "Your browser is not supported", Main: "<h1>Please update your browser</h1><p>We no longer support this browser. Use a current one for the best experience.</p>"})},
	{Name: "all to a question of age", Link: "https://of-age.test/whisky/12", Want: Want{State: "blocked"}, Or: notGone, Text: "Whisky, twelve years",
		Serve: everything("/age-gate?return=1", Doc{Make: press, Title: "Are you of legal drinking age?", Main: "<h1>Welcome</h1><p>You must be of legal drinking age to enter this site.</p><form><input name=\"year\"><button>Enter</button></form>"})},
	{Name: "all to a consent page of their own", Link: "https://own-consent.test/tech/4", Want: Want{State: "blocked"}, Or: notGone, Text: "Tech four", Serve: everything("/consent?next=tech", consent)},
	{Name: "all to CAS", Link: "https://library.cas-college.test/journals/5", Want: blocked("", ""), Text: "Journals",
		Serve: all(redirect(302, "https://sso.cas-college.test/cas/login?service=https%3A%2F%2Flibrary.cas-college.test%2Fjournals%2F5"), on("https://sso.cas-college.test/cas/*", login("CAS – Central Authentication Service")))},
	{Name: "all to Okta", Link: "https://wiki.okta-customer.test/pages/5", Want: blocked("", ""), Text: "Runbook",
		Serve: all(redirect(302, "https://okta-customer.okta.com/oauth2/v1/authorize?client_id=0oa&response_type=code&scope=openid&redirect_uri=https%3A%2F%2Fwiki.okta-customer.test%2Fcb"), on("https://okta-customer.okta.com/*", login("Okta Customer - Sign In")))},
	{Name: "login of WordPress", Link: "https://private-diary.test/2020/01/entry/", Want: blocked("", ""), Text: "Entry",
		Serve: all(redirect(302, "https://private-diary.test/wp-login.php?redirect_to=https%3A%2F%2Fprivate-diary.test%2F2020%2F01%2Fentry%2F&reauth=1"), on("https://private-diary.test/wp-login.php*", login("Log In ‹ Private Diary — WordPress")))},
	{Name: "login of a learning platform", Link: "https://moodle.some-school.test/course/view.php?id=7", Want: blocked("", ""), Text: "Course seven",
		Serve: all(redirect(303, "https://moodle.some-school.test/login/index.php"), on("https://moodle.some-school.test/login/index.php", login("Some School: Log in to the site")))},
	{Name: "login of a wiki", Link: "https://confluence.some-firm.test/display/OPS/Backups", Want: blocked("", ""), Text: "Backups",
		Serve: all(redirect(302, "https://confluence.some-firm.test/login.action?os_destination=%2Fdisplay%2FOPS%2FBackups&permissionViolation=true"), on("https://confluence.some-firm.test/login.action*", login("Log In - Confluence")))},
	{Name: "login of an office suite", Link: "https://some-firm.sharepoint.com/sites/ops/plan.docx", Want: blocked("", ""), Text: "The plan",
		Serve: all(redirect(302, "https://some-firm.sharepoint.com/_layouts/15/Authenticate.aspx?Source=%2Fsites%2Fops%2Fplan%2Edocx"),
			redirectAt("https://some-firm.sharepoint.com/_layouts/15/Authenticate.aspx*", 302, "https://login.microsoftonline.com/common/oauth2/authorize?client_id=00000003&response_mode=form_post"), on("https://login.microsoftonline.com/*", login("Sign in to your account")))},
	{Name: "login in German", Link: "https://lernraum.test/kurs/7", Want: blocked("", ""), Text: "Kurs sieben",
		Serve: all(redirect(302, "https://lernraum.test/anmelden?zurueck=%2Fkurs%2F7"), on("https://lernraum.test/anmelden*", Doc{Make: press, Lang: "de", Site: "Lernraum", Title: "Anmelden – Lernraum", Main: `<h1>Anmelden</h1><form method="post"><input name="name"><input type="password" name="kennwort"><button>Anmelden</button></form>`}))},
	{Name: "a welcome page once, then the page", Link: "https://welcome-once.test/essay/2", Want: ok("Essay the second"), Serve: welcomeOnce},
	{Name: "Pardon our interruption, 200", Link: "https://distil-wall.test/house/7", Want: blocked("challenge", ""),
		Serve: wall(200, "Pardon Our Interruption", "", `<h1>Pardon Our Interruption</h1><p>As you were browsing something about your browser made us think you were a bot. There are a few reasons this might happen: You're a power user moving through this website with super-human speed. You've disabled JavaScript or cookies in your web browser.</p><p>Incident ID: 2f6c9a10</p>`)},
	{Name: "arithmetic for a cookie, 200", Link: "https://testcookie-wall.test/news/7", Want: blocked("challenge", ""),
		Serve: wall(200, "", "", `<script src="/aes.js"></script><script>function toNumbers(d){var e=[];d.replace(/(..)/g,function(d){e.push(parseInt(d,16))});return e}var a=toNumbers("f655ba9d09a112d4968c63579db590b4"),b=toNumbers("98344c2eee86c3994890592585b49f80");document.cookie="__test="+toHex(slowAES.decrypt(c,2,a,b))+"; path=/";location.href="https://testcookie-wall.test/news/7?i=1";</script><noscript>This site requires Javascript to work, please enable Javascript in your browser or use a browser with Javascript support</noscript>`, "Server", "openresty")},
	{Name: "Cloudflare challenge in German", Link: "https://cloudflare-auf-deutsch.test/", Want: blocked("challenge", "cloudflare"), Text: "Ein Forum",
		Serve: wall(403, "Nur einen Moment…", `<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=8c1b"></script>`, `<h1>cloudflare-auf-deutsch.test</h1><p>Es wird überprüft, ob Sie ein Mensch sind.</p>`, "Server", "cloudflare", "cf-mitigated", "challenge")},
	{Name: "error 1020 of Cloudflare", Link: "https://cloudflare-1020.test/a", Want: blocked("challenge|forbidden", "cloudflare"),
		Serve: wall(403, "Access denied | cloudflare-1020.test used Cloudflare to restrict access", "", `<h1>Error 1020</h1><p>Access denied. You do not have access to cloudflare-1020.test. The site owner may have set restrictions that prevent you from accessing the site.</p>`, "Server", "cloudflare", "CF-RAY", "8c1b-FRA")},
	{Name: "a thriller called Access Denied", Link: "https://crime-shelf.test/access-denied", Want: ok("Access Denied"), Serve: page(Doc{Make: press, Subject: 5})},
	{Name: "a shop for science fiction called Forbidden", Link: "https://comics-and-more.test/", Want: ok("403 Forbidden Planets - comics and more"), Serve: page(Doc{Make: press, Subject: 5})},
	{Name: "a lesson on captchas", Link: "https://accessible-web.test/captcha", Want: ok("Please verify you are human: captchas and their victims"), Serve: page(Doc{Make: docs, Subject: 5})},
	{Name: "an article on maintenance pages", Link: "https://ops-handbook.test/503", Want: ok("We'll be back soon: how to take a site down with grace"), Serve: page(Doc{Make: docs, Subject: 0})},
	{Name: "opening hours", Link: "https://corner-cafe.test/", Want: ok("Corner Café: closed on Mondays"), Serve: page(Doc{Main: "<h1>Corner Café</h1><p>We are closed on Mondays. Sorry! See you on Tuesday from eight.</p>"})},
}

// welcomeOnce sends a first visit to a page of welcome that sets a cookie and sends it back.
func welcomeOnce(s *Stage) {
	s.Here(fakeweb.CookieGate(Doc{Subject: 5}.with(s.Host, s.Case.Want.Title)))
}
