package behaviours

import (
	"waymark/crawler/fakeweb"
)

// gateCases are pages behind a login, a payment or a consent.
var gateCases = []Case{
	{Name: "login redirect on the same host", Link: "https://members-area.test/lessons/4", Want: blocked("unauthorized|forbidden", ""),
		Serve: func(s *Stage) {
			s.Here(fakeweb.LoginWall("/login"))
			s.On("https://members-area.test/login*", login("Sign in to Members Area"))
		}},
	{Name: "login redirect, whether the page is there or not", Link: "https://all-behind-login.test/wiki/Start", Want: blocked("unauthorized|forbidden", ""),
		Serve: func(s *Stage) {
			s.On("https://all-behind-login.test/*", fakeweb.LoginWall("/users/sign_in"))
			s.On("https://all-behind-login.test/users/sign_in*", login("Sign in · All Behind Login"))
		}, Why: "everything answers alike, yet nothing says that the page is gone"},
	{Name: "login on another host of a provider", Link: "https://company-wiki.test/display/OPS/Runbook", Want: blocked("unauthorized|forbidden", ""),
		Serve: all(redirect(302, "https://accounts.google.com/ServiceLogin?continue=https://company-wiki.test/display/OPS/Runbook&passive=true"),
			on("https://accounts.google.com/ServiceLogin*", login("Sign in - Google Accounts")))},
	{Name: "single sign-on by SAML", Link: "https://campus-portal.test/course/algebra", Want: blocked("unauthorized|forbidden", ""),
		Serve: all(redirect(302, "https://idp.campus-login.test/idp/profile/SAML2/Redirect/SSO?SAMLRequest=fZJNT8Mw&RelayState=ss"),
			on("https://idp.campus-login.test/*", login("Web Login Service")))},
	{Name: "single sign-on by OpenID Connect", Link: "https://grafana.ops-board.test/d/abc/overview", Want: blocked("unauthorized|forbidden", ""),
		Serve: all(redirect(302, "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=2f6c&response_type=code&redirect_uri=https%3A%2F%2Fgrafana.ops-board.test%2Flogin"),
			on("https://login.microsoftonline.com/*", login("Sign in to your account")))},
	{Name: "login form in the place of the page", Link: "https://form-in-place.test/reports/9", Want: ok(""), Text: "Report nine",
		Serve: serve(login("Log in")), Or: []Want{blocked("unauthorized|forbidden", "")}, Why: "200 and a form: nothing else is known"},
	{Name: "article with a wall after three paragraphs", Link: "https://paid-gazette.test/2026/11/ferries", Want: ok("The last ferries of the north"),
		Serve: page(Doc{Make: press, Below: `<div class="paywall"><h2>Continue reading</h2><p>You have reached your limit of free articles. Subscribe for a small sum, or sign in.</p><a class="button" href="/subscribe">Subscribe</a></div>`})},
	{Name: "consent page of a video site", Link: "https://www.video-consent.test/watch", Want: blocked("", ""),
		Serve: all(redirect(302, "https://consent.video-consent.test/m?continue=https%3A%2F%2Fwww.video-consent.test%2Fwatch&gl=DE"),
			on("https://consent.video-consent.test/m*", consent)), Or: []Want{ok("")}, Why: "all are sent to it; it says nothing of the page, and nothing against it"},
	{Name: "consent page of a magazine that lets a cookie pass", Link: "https://consent-cookie.test/tech/batteries", Want: ok("Batteries that outlive their cars"),
		Serve: func(s *Stage) { s.Here(fakeweb.CookieGate(Doc{Make: press}.with(s.Host, s.Case.Want.Title))) }},
	{Name: "consent banner over the page", Link: "https://banner-only.test/a", Want: ok("A page with a banner over it"), Serve: page(Doc{Make: press,
		Above: `<div role="dialog" aria-modal="true"><h2>Before you continue</h2><p>We use cookies and other data to deliver and maintain our services.</p><button>Accept all</button><button>Reject all</button></div>`})},
	{Name: "age gate in the page", Link: "https://brewery-tour.test/ales", Want: ok("Our ales"), Serve: page(Doc{Make: press, Above: `<div class="age-gate"><p>Are you of legal drinking age?</p><button>Yes</button><button>No</button></div>`})},
	{Name: "401 with a login form", Link: "https://form-401.test/admin", Want: blocked("unauthorized", ""), Serve: page(Doc{Code: 401, Title: "Authorization required", Main: loginForm})},
	{Name: "login link in the header of a page", Link: "https://sign-in-above.test/course", Want: ok("A course for everybody"), Serve: page(Doc{Make: press})},
	{Name: "lesson that is called login", Link: "https://web-lessons.test/lessons/login", Want: ok("Lesson 9: building a login form"), Serve: page(Doc{Make: docs, Subject: 2, Below: loginForm})},
	{Name: "lesson that was moved to an address with login in it", Link: "https://auth-handbook.test/lesson-9", Want: ok("How logins work", moved("https://auth-handbook.test/chapters/login/")),
		Serve: all(redirect(301, "https://auth-handbook.test/chapters/login/"), pageAt("https://auth-handbook.test/chapters/login/", Doc{Make: docs, Subject: 4})),
		Why:   "no form is behind it, and nothing asks to come back"},
	{Name: "start page of an app that redirects to its login", Link: "https://app-of-tasks.test/", Want: blocked("unauthorized|forbidden", ""), Text: "App of Tasks",
		Serve: all(redirect(302, "https://app-of-tasks.test/login"), on("https://app-of-tasks.test/login", login("Log in to App of Tasks"))),
		Or:    []Want{ok("")}, Why: "for the start page of an app its login is what is there"},
	{Name: "geoblock with a page", Link: "https://not-in-your-country.test/film", Want: blocked("forbidden", ""), Serve: page(Doc{Code: 403, Make: press, Title: "Not available in your country"})},
	{Name: "VPN page of a company", Link: "https://partner-portal.test/", Want: blocked("forbidden", ""), Text: "Partner portal", Serve: serve(fakeweb.Header(fakeweb.Document(403, "text/html",
		[]byte("<html><head><title>403 - Forbidden: Access is denied.</title></head><body><h2>You do not have permission to view this directory or page using the credentials that you supplied.</h2></body></html>")), "Server", "Microsoft-IIS/10.0"))},
}

const loginForm = `<h1>Sign in</h1>
<form method="post" action="/session"><input type="hidden" name="csrf" value="8f2c6a"><p><label>E-mail <input type="email" name="user" autocomplete="username"></label></p><p><label>Password <input type="password" name="password" autocomplete="current-password"></label></p><p><label><input type="checkbox" name="remember"> Remember me</label></p><button>Sign in</button></form>
<p><a href="/password/new">Forgot your password?</a> <a href="/register">Create an account</a></p>
`

func login(title string) Doc {
	return Doc{Make: press, Site: "Sign in", Title: title, Main: loginForm}
}

var consent = Doc{Make: press, Site: "Video", Title: "Before you continue", Main: `<h1>Before you continue</h1>
<p>We use cookies and data to deliver and maintain our services, track outages, and measure engagement. If you choose to accept all, we will also use them to personalise what you see.</p>
<form action="/save" method="post"><button name="all">Reject all</button><button name="some">Accept all</button><a href="/more">More options</a></form>
`}
