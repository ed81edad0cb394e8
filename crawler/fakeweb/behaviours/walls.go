package behaviours

import (
	"waymark/crawler/fakeweb"
)

// wall is what a provider of bot walls answers: a number, headers, and a page in which the provider can be recognised.
func wall(code int, title, head, main string, headers ...string) func(*Stage) {
	return func(s *Stage) {
		text := "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title + "</title>\n<meta name=\"robots\" content=\"noindex,nofollow\">\n" + head + "\n</head>\n<body>\n" + main + "\n</body>\n</html>\n"
		s.Here(fakeweb.Header(fakeweb.Document(code, "text/html; charset=UTF-8", []byte(text)), headers...))
	}
}

// wallCases are walls against robots and pages that only look like one.
var wallCases = []Case{
	{Name: "Cloudflare challenge", Link: "https://behind-cloudflare.test/articles/9", Want: blocked("challenge", "cloudflare"),
		Serve: wall(403, "Just a moment...", `<meta http-equiv="refresh" content="360"><script>(function(){window._cf_chl_opt={cvId:'3',cZone:"behind-cloudflare.test",cType:'managed',cRay:'8c1b2f3a4d5e6f70'};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1';document.head.appendChild(a)})();</script>`,
			`<div class="main-wrapper" role="main"><noscript><div class="h2"><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div>`,
			"Server", "cloudflare", "cf-mitigated", "challenge", "CF-RAY", "8c1b2f3a4d5e6f70-FRA")},
	{Name: "Cloudflare challenge of the older kind", Link: "https://behind-cloudflare-503.test/", Want: blocked("challenge", "cloudflare"),
		Serve: wall(503, "Just a moment...", `<script src="/cdn-cgi/challenge-platform/h/g/orchestrate/jsch/v1?ray=8c1b"></script>`,
			`<h1>Checking your browser before accessing</h1><p>This process is automatic. Your browser will redirect to your requested content shortly. Please allow up to 5 seconds.</p><form id="challenge-form" action="/?__cf_chl_f_tk=x" method="POST"></form>`,
			"Server", "cloudflare", "CF-RAY", "8c1b2f3a4d5e6f70-FRA")},
	{Name: "Cloudflare block", Link: "https://blocked-by-cloudflare.test/", Want: blocked("challenge|forbidden", "cloudflare"),
		Serve: wall(403, "Attention Required! | Cloudflare", "", `<h1>Sorry, you have been blocked</h1><h2>You are unable to access blocked-by-cloudflare.test</h2><p>This website is using a security service to protect itself from online attacks.</p><p>Cloudflare Ray ID: <strong>8c1b2f3a4d5e6f70</strong></p>`,
			"Server", "cloudflare", "CF-RAY", "8c1b2f3a4d5e6f70-FRA")},
	{Name: "AWS WAF challenge", Link: "https://behind-aws-waf.test/", Want: blocked("challenge", "aws"),
		Serve: wall(202, "", `<script>window.awsWafCookieDomainList=[];window.gokuProps={"key":"AQIDAHjc","iv":"D5498","context":"mDg"};</script><script src="https://de5282c3ca0c.edge.sdk.awswaf.com/de5282c3ca0c/526cf06acb0d/challenge.js"></script>`,
			`<div id="challenge-container"></div><script>AwsWafIntegration.saveReferrer();AwsWafIntegration.getToken().then(function(){window.location.reload(true)})</script><noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify that you're not a robot.</noscript>`,
			"Server", "CloudFront", "x-amzn-waf-action", "challenge")},
	{Name: "AWS WAF captcha", Link: "https://captcha-aws-waf.test/", Want: blocked("challenge", "aws"),
		Serve: wall(405, "Human Verification", `<script src="https://1a2b.captcha.awswaf.com/1a2b/captcha.js"></script>`, `<div id="captcha-container"></div>`, "Server", "awselb/2.0", "x-amzn-waf-action", "captcha")},
	{Name: "DataDome", Link: "https://behind-datadome.test/offers", Want: blocked("challenge", "datadome"),
		Serve: wall(403, "behind-datadome.test", `<style>#cmsg{animation:A 1.5s}</style>`, `<p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">var dd={'rt':'c','cid':'AHrlqAAAAAMA','hsh':'2AC20A4365547ED96AE26618B66966','t':'fe','s':46107,'host':'geo.captcha-delivery.com'}</script><script src="https://ct.captcha-delivery.com/c.js"></script>`,
			"Server", "DataDome", "x-datadome", "protected", "x-dd-b", "1", "Set-Cookie", "datadome=7a9; Path=/")},
	{Name: "PerimeterX", Link: "https://behind-perimeterx.test/p/12", Want: blocked("challenge", ""),
		Serve: wall(403, "Access to this page has been denied", `<meta name="description" content="px-captcha">`, `<div id="px-captcha" role="main"></div><script>window._pxAppId='PXu6b0qd2S';window._pxJsClientSrc='/u6b0qd2S/init.js';window._pxHostUrl='/u6b0qd2S/xhr';</script><p>Press &amp; Hold to confirm you are a human (and not a bot).</p><p>Reference ID 2f6c9a10</p>`,
			"x-px-blocked", "1", "Server", "nginx")},
	{Name: "Imperva challenge that answers 200", Link: "https://behind-imperva.test/rates", Want: blocked("challenge", "imperva|incapsula"),
		Serve: wall(200, "", `<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script>`, `<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=9-122&incident_id=1183000-49&edet=12" frameborder=0 width="100%" height="100%">Request unsuccessful. Incapsula incident ID: 1183000-49</iframe>`,
			"X-Iinfo", "9-12206-12206 NNNN RT(1700) q(0 -1 -1 0) r(0 -1) B12(8,811001,0) U18", "X-CDN", "Imperva")},
	{Name: "Akamai denial", Link: "https://behind-akamai.test/shop", Want: blocked("challenge|forbidden", "akamai"),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Header(fakeweb.Document(403, "text/html", []byte("<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \nYou don't have permission to access \"http&#58;&#47;&#47;behind&#45;akamai&#46;test&#47;shop\" on this server.<P>\nReference&#32;&#35;18&#46;2f1e1002&#46;1700000000&#46;1a2b3c\n<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;2f1e1002\n</BODY>\n</HTML>\n")), "Server", "AkamaiGHost", "Mime-Version", "1.0"))
		}},
	{Name: "Akamai script challenge that answers 200", Link: "https://akamai-script.test/", Want: blocked("challenge", "akamai"),
		Serve: wall(200, "&nbsp;", `<script src="/w7Qm/x/Lr?v=2f6c&t=1700"></script>`, `<div id="sec-if-cpt-container"></div><div id="sec-bc-tile-container"></div><script>var sec_cpt={"provider":"crypto","branding_url_content":"/_sec/cp_challenge/crypto_message-4-3.htm"}</script><script src="/_sec/cp_challenge/sec-cpt-4-3.js"></script>`,
			"Server", "AkamaiGHost", "Set-Cookie", "sec_cpt=2f6c~1~; Path=/; Secure")},
	{Name: "Vercel checkpoint", Link: "https://behind-vercel.test/blog", Want: blocked("challenge", "vercel"),
		Serve: wall(429, "Vercel Security Checkpoint", "", `<p id="header-text">We're verifying your browser</p><p><a href="https://vercel.link/security-checkpoint">Website owner? Click here to fix</a></p><p>Vercel Security Checkpoint | fra1::1700-2f6c</p>`,
			"Server", "Vercel", "x-vercel-mitigated", "challenge", "x-vercel-challenge-token", "2.1700.60.2f6c")},
	{Name: "Anubis that answers 200", Link: "https://behind-anubis.test/cgit/tree", Want: blocked("challenge", "anubis"),
		Serve: wall(200, "Making sure you&#39;re not a bot!", `<link rel="stylesheet" href="/.within.website/x/xess/xess.min.css?cachebuster=v1.21"><script id="anubis_version" type="application/json">"v1.21.3"</script><script id="anubis_challenge" type="application/json">{"rules":{"algorithm":"fast","difficulty":4,"report_as":4},"challenge":"9b2f"}</script>`,
			`<main><h1 id="title">Making sure you&#39;re not a bot!</h1><img src="/.within.website/x/cmd/anubis/static/img/pensive.webp?cacheBuster=v1.21.3"><p id="status">Loading...</p><script async type="module" src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script><p>You are seeing this because the administrator of this website has set up Anubis to protect the server against the scourge of companies aggressively scraping websites.</p></main>`,
			"Set-Cookie", "techaro.lol-anubis-auth=; Path=/")},
	{Name: "Sucuri block", Link: "https://behind-sucuri.test/", Want: blocked("challenge|forbidden", "sucuri"),
		Serve: wall(403, "Sucuri WebSite Firewall - Access Denied", "", `<h1>Access Denied - Sucuri Website Firewall</h1><p>If you are the site owner (or you manage this site), please whitelist your IP. Block reason: Bad bot access attempt. Block ID: BTH1</p>`, "Server", "Sucuri/Cloudproxy", "X-Sucuri-ID", "15016", "X-Sucuri-Block", "BTH1")},
	{Name: "Kasada", Link: "https://behind-kasada.test/", Want: blocked("challenge|rate-limited", ""),
		Serve: wall(429, "", "", `<script>window.KPSDK={};KPSDK.now=Date.now;KPSDK.start=KPSDK.now();</script><script src="/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3/ips.js?tkrm_alpekz_s1.3=x"></script>`, "x-kpsdk-ct", "2f6c", "x-kpsdk-r", "1-AA")},
	{Name: "F5 that answers 200", Link: "https://behind-f5.test/form", Want: blocked("challenge|forbidden", ""),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Header(fakeweb.Document(200, "text/html; charset=utf-8", []byte("<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 11804312345678901234<br><br><a href='javascript:history.back();'>[Go Back]</a></body></html>")), "Set-Cookie", "TS01a2b3c4=012f6c; Path=/"))
		}},
	{Name: "Radware redirect", Link: "https://behind-radware.test/jobs", Want: blocked("challenge", ""),
		Serve: all(redirect(302, "https://validate.perfdrive.com/fd0b/captcha?ssa=2f6c&ssb=31&ssc=https%3A%2F%2Fbehind-radware.test%2Fjobs"),
			on("https://validate.perfdrive.com/*", Doc{Make: press, Site: "Radware", Title: "Radware Bot Manager Captcha", Main: "<h1>We apologize for the inconvenience...</h1><p>...but your activity and behavior on this site made us think that you are a bot. Please solve this CAPTCHA to request unblock to the website.</p>"}))},
	{Name: "queue before a shop", Link: "https://behind-queue.test/tickets", Want: blocked("", ""), Serve: all(redirect(302, "https://shop.queue-it.net/?c=shop&e=tickets&t=https%3A%2F%2Fbehind-queue.test%2Ftickets"),
		on("https://shop.queue-it.net/*", Doc{Make: press, Site: "Queue", Title: "You are now in line", Main: "<h1>You are now in line</h1><p>When it is your turn, you will have 10 minutes to enter the website.</p>"})), Or: []Want{ok("", offSite)}},
	{Name: "Wordfence", Link: "https://behind-wordfence.test/post", Want: blocked("challenge|forbidden", "wordfence"),
		Serve: wall(503, "Your access to this site has been limited", "", `<h1>Your access to this site has been limited by the site owner</h1><p>Your access to this service has been limited. (HTTP response code 503)</p><p>Block Reason: Exceeded the maximum global requests per minute for crawlers or humans.</p><p>Generated by Wordfence at Fri, 20 Nov 2026 10:00:00 GMT.</p>`, "Retry-After", "1800"),
		Or:    []Want{failing("server-error")}, Why: "503 with a time: a server error that passes, or a refusal; dead it is not"},
	{Name: "Google asks whether we are a robot", Standard: true, Link: "https://www.google.com/search-docs", Want: blocked("challenge|rate-limited", "google"),
		Serve: all(redirect(302, "https://www.google.com/sorry/index?continue=https://www.google.com/search-docs&q=EgQ"),
			on("https://www.google.com/sorry/*", Doc{Code: 429, Make: academic, Site: "Sorry", Title: "https://www.google.com/search-docs", Main: `<form id="captcha-form"><div id="recaptcha" class="g-recaptcha" data-sitekey="6LfwuyUTAAAAAOAmoS0fdqijC2PbbdH4kjq62Y1b"></div></form><p><b>About this page</b><br>Our systems have detected unusual traffic from your computer network.</p>`}))},
	{Name: "Alibaba script that answers 200", Link: "https://behind-alibaba.test/thread-1.html", Want: blocked("challenge", ""),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Header(fakeweb.Document(200, "text/html", []byte("<html><script>\nvar arg1='1F2E3D4C5B6A79881726354453627180';\nvar _0x4818=['\\x63\\x6f\\x6f'];\nfunction setCookie(name,value){document.cookie=name+'='+value+';path=/;max-age=3600';document.location.reload();}\nsetCookie('acw_sc__v2',arg1);\n</script></html>")), "Server", "Tengine", "Set-Cookie", "acw_tc=2f6c; Path=/"))
		}},
	{Name: "SiteGround captcha that answers 202", Link: "https://behind-siteground.test/recipe", Want: blocked("challenge", ""),
		Serve: func(s *Stage) {
			s.Here(fakeweb.Header(fakeweb.Document(202, "text/html", []byte(`<html><head><link rel="icon" href="data:;"><meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2Frecipe&y=ipc:203.0.113.9:1700000000.123"></meta></head></html>`)), "Server", "nginx", "SG-Captcha", "challenge"))
			s.On("https://behind-siteground.test/.well-known/sgcaptcha/*", Doc{Code: 202, Title: "Robot Challenge Screen", Main: "<h1>Checking the site connection security</h1>"}.with(s.Host, ""))
		}},
	{Name: "DDoS-Guard", Link: "https://behind-ddos-guard.test/", Want: blocked("challenge", "ddos-guard"),
		Serve: wall(403, "DDoS-Guard", "", `<h1>Checking your browser before accessing behind-ddos-guard.test</h1><p>DDoS protection by <a href="https://ddos-guard.net">DDoS-Guard</a></p><script src="https://check.ddos-guard.net/check.js"></script>`, "Server", "ddos-guard", "Set-Cookie", "__ddg1_=2f6c; Path=/")},
	{Name: "hCaptcha alone on the page", Link: "https://behind-hcaptcha.test/file/9", Want: blocked("challenge", ""),
		Serve: wall(200, "Security check", `<script src="https://js.hcaptcha.com/1/api.js" async defer></script>`, `<h1>One more step</h1><p>Please complete the security check to go on.</p><form method="post"><div class="h-captcha" data-sitekey="10000000-ffff-ffff-ffff-000000000001"></div></form>`)},
	{Name: "Reddit's network security", Link: "https://www.reddit.com/r/golang/comments/1a2b3c/errors/", Want: blocked("challenge|forbidden", ""),
		Serve: wall(403, "Blocked", "", `<h1>whoa there, pardner!</h1><p>Your request has been blocked due to a network policy. Try logging in or creating an account here to get back to browsing.</p>`, "Server", "snooserv")},
	{Name: "a wall of no name", Link: "https://nameless-wall.test/", Want: blocked("challenge|forbidden", ""),
		Serve: wall(403, "Are you a robot?", "", `<h1>Please verify you are a human</h1><p>Access to this page has been denied because we believe you are using automation tools to browse the website.</p>`)},
	{Name: "alive behind Imperva", Link: "https://alive-imperva.test/rates", Want: ok("Our rates of today"),
		Serve: page(Doc{Headers: []string{"X-Iinfo", "9-12206-12206 NNNN RT(1700) q(0 0 0 0) r(1 1) U12", "X-CDN", "Imperva", "Set-Cookie", "visid_incap_9=x; Path=/"}}), Why: "the provider's headers alone are no block"},
	{Name: "alive behind DataDome", Link: "https://alive-datadome.test/", Want: ok("Second-hand bicycles"),
		Serve: page(Doc{Headers: []string{"x-datadome", "protected", "Set-Cookie", "datadome=9; Path=/"}, Head: "<script src=\"https://js.datadome.co/tags.js\" async></script>\n"})},
	{Name: "alive behind Cloudflare with its scripts", Link: "https://alive-cloudflare.test/", Want: ok("A site with protected addresses"),
		Serve: page(Doc{Make: docs, Below: `<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="2f6c">[email&#160;protected]</a><script>(function(){var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';document.body.appendChild(a)})();</script>`}),
		Why:   "the script of detection is on good pages too"},
	{Name: "alive with a captcha in its contact form", Link: "https://contact-form.test/contact", Want: ok("Write to us"),
		Serve: page(Doc{Head: `<script src="https://www.google.com/recaptcha/api.js" async defer></script>` + "\n", Below: `<form><textarea></textarea><div class="g-recaptcha" data-sitekey="6Lc"></div><button>Send</button></form>`})},
	{Name: "alive with a turnstile below the comments", Link: "https://comment-turnstile.test/p", Want: ok("What we learnt from moving"),
		Serve: page(Doc{Below: `<script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async></script><div class="cf-turnstile" data-sitekey="0x4AAA"></div>`})},
	{Name: "a story called Just a moment", Link: "https://short-stories.test/just-a-moment", Want: ok("Just a moment..."), Serve: page(Doc{Subject: 5})},
	{Name: "an article on Anubis", Link: "https://small-forge-news.test/anubis", Want: ok("Why we put Anubis before our forge"),
		Serve: page(Doc{Subject: 4, Above: `<p>Since March you have seen a page that says "Making sure you're not a bot!" before our forge. It is called Anubis, and it makes your browser do a little arithmetic.</p>`})},
	{Name: "an article on bot walls", Link: "https://scraper-handbook.test/walls", Want: ok("Cloudflare, DataDome, PerimeterX: how bot walls work"),
		Serve: page(Doc{Make: docs, Subject: 4, Above: `<p>A challenge page says "Checking your browser before accessing" or "Please verify you are a human". The header <code>cf-mitigated: challenge</code> gives Cloudflare away, a script from <code>captcha-delivery.com</code> DataDome, and <code>px-captcha</code> PerimeterX.</p>`})},
	{Name: "403 of an application that is no wall", Link: "https://private-repository.test/team/secret", Want: blocked("forbidden", ""), Serve: page(Doc{Code: 403, Make: docs, Title: "You have no permission to see this project"})},
}
