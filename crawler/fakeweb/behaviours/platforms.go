package behaviours

import (
	"waymark/crawler/fakeweb"
)

// ended is what a platform answers for a deployment that is no more.
func ended(code int, title, text string, headers ...string) func(*Stage) {
	return func(s *Stage) {
		b := fakeweb.Header(fakeweb.Document(code, "text/html; charset=utf-8", []byte(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>`+title+`</title><style>body{font:1rem sans-serif;margin:15vh auto;width:30rem}</style></head><body>`+text+`</body></html>`)), headers...)
		s.On("https://"+s.Host+"/*", b)
		s.On("https://"+s.Host+"/", b)
	}
}

// noRobots is what a host comes to that answers all with a server error: its robots.txt does so, too.
var noRobots = Want{State: "blocked", Reason: "robots"}

const noRobotsWhy = "RFC 9309 2.3.1.4 for a robots.txt that answers 5xx"

// platformCases are the pages of platforms for what was there once. Those with an error number say it themselves; the
// others say it in words alone.
var platformCases = []Case{
	{Name: "GitHub Pages without a site", Link: "https://nobody-home.github.io/project/", Want: dead("not-found"),
		Serve: ended(404, "Site not found · GitHub Pages", "<h1>404</h1><p><strong>There isn't a GitHub Pages site here.</strong></p><p>If you're trying to publish one, read the full documentation.</p>", "Server", "GitHub.com")},
	{Name: "Vercel, deployment disabled", Link: "https://disabled-deploy.vercel.app/", Want: dead(""), Text: "An app on Vercel", Or: []Want{blocked("forbidden", "")},
		Serve: ended(402, "402: PAYMENT_REQUIRED", "<h1>This deployment has been disabled.</h1><p>Your connection is working correctly. Vercel is working correctly.</p><p>402: PAYMENT_REQUIRED Code: <code>DEPLOYMENT_DISABLED</code> ID: <code>fra1::x</code></p>", "Server", "Vercel", "x-vercel-error", "DEPLOYMENT_DISABLED"),
		Why:   "field notes: disabled pages are dead; 402 alone is a refusal"},
	{Name: "Vercel, deployment not found", Link: "https://lost-deploy.vercel.app/docs", Want: dead("not-found"),
		Serve: ended(404, "404: NOT_FOUND", "<h1>404: NOT_FOUND</h1><p>Code: <code>DEPLOYMENT_NOT_FOUND</code></p><p>The deployment could not be found on Vercel.</p>", "Server", "Vercel", "x-vercel-error", "DEPLOYMENT_NOT_FOUND")},
	{Name: "Render, service suspended", Link: "https://paused-api.onrender.com/", Want: dead(""), Text: "An API", Or: []Want{failing("server-error"), noRobots},
		Serve: ended(503, "Service Suspended", "<h1>Service Suspended</h1><p>This service has been suspended by its owner.</p>", "x-render-routing", "suspend-by-user"), Why: "field notes: disabled pages are dead; 503 alone is out of order; " + noRobotsWhy},
	{Name: "Heroku, no such app", Link: "https://retired-demo.herokuapp.com/", Want: dead("not-found"), Text: "A demo",
		Serve: ended(404, "No such app", "<h1>No such app</h1><p>There is no app configured at that hostname. Perhaps the app owner has renamed it, or you mistyped the URL.</p>", "Server", "Cowboy")},
	{Name: "Heroku, application error", Link: "https://crashed-demo.herokuapp.com/", Want: failing("server-error"), Text: "A demo", Or: []Want{noRobots}, Why: noRobotsWhy,
		Serve: ended(503, "Application error", "<p>An error occurred in the application and your page could not be served.</p>", "Server", "Cowboy")},
	{Name: "Netlify, site not found", Link: "https://gone-site.netlify.app/", Want: dead("not-found"), Text: "A site", Serve: ended(404, "Site not found", "<h1>Site not found</h1><p>Looks like you followed a broken link or entered a URL that doesn't exist on Netlify.</p>", "Server", "Netlify")},
	{Name: "Netlify, site paused over its usage", Link: "https://paused-site.netlify.app/", Want: dead(""), Text: "A site", Or: []Want{failing("server-error"), noRobots},
		Serve: ended(503, "Site not available", "<h1>Site not available</h1><p>This site was paused as it reached its usage limits. Please contact the site owner for more information.</p>", "Server", "Netlify"), Why: "paused for a month at most: out of order is as fair; " + noRobotsWhy},
	{Name: "WordPress.com, site deleted by its author", Link: "https://deleted-diary.wordpress.com/2015/04/01/hello/", Want: dead("gone"), Serve: ended(410, "deleted-diary.wordpress.com is no longer available", "<h1>deleted-diary.wordpress.com is no longer available.</h1><p>The authors have deleted this site.</p>", "Server", "nginx")},
	{Name: "WordPress.com, name to be taken, 200", Standard: true, Link: "https://free-diary.wordpress.com/", Want: dead("soft-404|parked"), Text: "A diary",
		Serve: all(redirect(302, "https://wordpress.com/typo/?subdomain=free-diary"), on("https://wordpress.com/typo/*", Doc{Make: press, Site: "WordPress.com", Title: "Create a Website or Blog at WordPress.com", Main: "<h1>free-diary.wordpress.com doesn't exist</h1><p>Do you want to register it?</p>"})),
		Or:    []Want{dead("", offSite), ok("", offSite)}},
	{Name: "Blogspot, blog removed", Link: "https://removed-notes.blogspot.com/2012/05/a.html", Want: dead("not-found"), Serve: ended(404, "Blog not found", "<h1>Sorry, the blog you were looking for does not exist.</h1><p>However, the name removed-notes is available to register!</p>", "Server", "GSE")},
	{Name: "Tumblr, there's nothing here", Link: "https://empty-log.tumblr.com/post/1", Want: dead("not-found"), Serve: ended(404, "Not found.", "<h1>There's nothing here.</h1><p>Whatever you were looking for doesn't currently exist at this address.</p>")},
	{Name: "Bitbucket, repository gone, 404", Link: "https://bitbucket.org/somebody/old-hg-repository", Want: dead("not-found"), Serve: serve(Doc{Code: 404, Make: docs, Site: "Bitbucket", Title: "Bitbucket", Main: "<h1>Repository not found</h1>"})},
	{Name: "GitLab, private or gone, goes to the login", Link: "https://gitlab.com/somebody/hidden", Want: blocked("unauthorized|forbidden", ""),
		Serve: all(redirect(302, "https://gitlab.com/users/sign_in"), on("https://gitlab.com/users/sign_in", login("Sign in · GitLab"))), Why: "GitLab sends visitors of private and of missing projects to the same login"},
	{Name: "Bucket that is no more", Link: "https://slides-archive.s3.amazonaws.com/talk.pdf", Want: dead("not-found"),
		Serve: serve(fakeweb.Header(fakeweb.Document(404, "application/xml", []byte(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>slides-archive</BucketName></Error>`)), "Server", "AmazonS3"))},
	{Name: "Firebase, site not found", Link: "https://old-pwa.web.app/", Want: dead("not-found"), Text: "An app", Serve: ended(404, "Site Not Found", "<h1>Site Not Found</h1><h2>Why am I seeing this?</h2><p>You haven't deployed an app yet. You may have deployed an empty directory.</p>")},
	{Name: "Firebase, set up and no more, 200", Link: "https://fresh-pwa.web.app/", Want: dead("soft-404|parked|empty"), Text: "An app", Or: []Want{failing("empty")},
		Serve: ended(200, "Welcome to Firebase Hosting", "<div id=\"message\"><h2>Welcome</h2><h1>Firebase Hosting Setup Complete</h1><p>You're seeing this because you've successfully setup Firebase Hosting. Now it's time to go build something extraordinary!</p></div>")},
	{Name: "Replit, not running, 200", Link: "https://sleepy-bot.replit.app/", Want: dead("soft-404"), Text: "A bot", Or: []Want{failing(""), ok("")},
		Serve: ended(200, "This app isn't live yet", "<h1>Hmm... We couldn't reach this app</h1><p>If this is your app, publish it again.</p>")},
	{Name: "Surge, project not found", Link: "https://demo-of-css.surge.sh/", Want: dead("not-found"), Text: "A demo", Serve: ended(404, "page not found", "<h1>project not found</h1>")},
	{Name: "Squarespace, website expired", Link: "https://designer-portfolio.test/work", Want: dead("soft-404|parked"), Serve: ended(200, "Website Expired", "<h1>Website Expired</h1><p>This account has expired. If you are the site owner, click below to login.</p><a href=\"https://login.squarespace.com\">Login</a>", "Server", "Squarespace")},
	{Name: "Squarespace, website expired, 401", Link: "https://designer-portfolio-401.test/work", Want: blocked("unauthorized", ""), Serve: ended(401, "Website Expired", "<h1>Website Expired</h1><p>This account has expired.</p>", "Server", "Squarespace"), Or: []Want{dead("")}},
	{Name: "Shopify, shop closed, 402", Link: "https://closed-shop.test/products/lamp", Want: dead(""), Serve: ended(402, "Sorry, this shop is currently unavailable.", "<h1>Sorry, this shop is currently unavailable.</h1>", "X-ShopId", "1"), Or: []Want{blocked("forbidden", "")}},
	{Name: "Wix, domain not connected", Link: "https://unconnected.test/", Want: dead("not-found"), Text: "A bakery", Serve: ended(404, "Error 404: ConnectYourDomain", "<h1>Error ConnectYourDomain occurred</h1><p>Looks like this domain isn't connected to a website yet!</p>")},
	{Name: "Fly, unknown host, reset", Link: "https://retired-app.fly.dev/", Want: failing("reset|tls"), Text: "A retired app", Serve: secure(fakeweb.TLS{Refuse: true})},
	{Name: "Read the Docs, project gone", Link: "https://gone-library.readthedocs.io/en/latest/", Want: dead("not-found"), Serve: ended(404, "404 Not Found", "<h1>404 Documentation page not found</h1><p>The documentation page you requested does not exist or may have been removed.</p>")},
	{Name: "Google Sites, not found, 404", Link: "https://sites.google.com/view/gone", Want: dead("not-found"), Serve: serve(fakeweb.Document(404, "text/html", []byte("<html><title>Error 404 (Not Found)!!1</title><p><b>404.</b> <ins>That's an error.</ins></p></html>")))},
	{Name: "Medium, story deleted, 410", Link: "https://medium.com/@somebody/deleted-2f6c9a", Want: dead("gone"), Serve: serve(Doc{Code: 410, Make: press, Site: "Medium", Title: "Medium", Main: "<h1>Error 410</h1><p>The author deleted this Medium story.</p>"})},
	{Name: "Notion, a page drawn by script", Link: "https://www.notion.so/Handbook-2f6c9a10", Want: ok("Notion"), Text: "Handbook", Serve: serve(shell("Notion")), Or: []Want{{State: "ok", Reason: "ok", Findings: []Finding{finding("drifted")}}}},
}
