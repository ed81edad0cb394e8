package page

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"waymark/catalog"
)

// answer is a document as a server sends it: headers given as "Name: value".
func answer(status int, address, body string, headers ...string) Document {
	d := Document{URL: address, Status: status, Header: http.Header{"Content-Type": {utf8ct}}, Body: []byte(body)}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		d.Header.Set(name, value)
	}
	return d
}

// article is an article of about that many words.
func article(words int) string {
	var b strings.Builder
	for i := range words {
		fmt.Fprintf(&b, "%s ", []string{"queue", "worker", "carries", "what", "others", "sent", "before", "noon"}[(i*7+i/5)%8])
		if i%60 == 59 {
			b.WriteString("</p>\n<p>")
		}
	}
	return "<article><p>" + b.String() + "</p></article>"
}

func TestWalls(t *testing.T) {
	tests := map[string]struct {
		d    Document
		want string // provider; "" is no wall
	}{
		"Cloudflare by header":       {answer(403, address, "<title>Just a moment...</title>", "Cf-Mitigated: challenge"), "Cloudflare"},
		"Cloudflare without header":  {answer(503, address, `<title>Just a moment...</title><body><div id="cf-content"></div><script>window._cf_chl_opt={};</script>`), "Cloudflare"},
		"Cloudflare, translated":     {answer(403, address, `<title>Un instant…</title><body><script src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1"></script>`), "Cloudflare"},
		"Cloudflare, firewall":       {answer(403, address, `<title>Attention Required! | Cloudflare</title><body><div id="cf-wrapper">Sorry, you have been blocked</div>`), "Cloudflare"},
		"Cloudflare Access":          {answer(200, "https://corp.cloudflareaccess.com/cdn-cgi/access/login/wiki.example.org", "<title>Sign in</title>"), "Cloudflare Access"},
		"Turnstile alone":            {answer(200, address, `<title>Example</title><body><div class="cf-turnstile"></div><script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>`), "Cloudflare Turnstile"},
		"AWS WAF, 202":               {answer(202, address, "", "X-Amzn-Waf-Action: challenge"), "AWS WAF"},
		"AWS WAF, 405":               {answer(405, address, "<body>", "X-Amzn-Waf-Action: captcha"), "AWS WAF"},
		"AWS WAF by script":          {answer(202, address, `<body><div id="challenge-container"></div><script src="https://a1b2.edge.sdk.awswaf.com/x/challenge.js"></script>`), "AWS WAF"},
		"DataDome":                   {answer(403, address, "<body>", "X-Datadome: protected"), "DataDome"},
		"DataDome by script":         {answer(403, address, `<title>example.org</title><body><script>var dd={'rt':'c'}</script><script src="https://ct.captcha-delivery.com/c.js"></script>`), "DataDome"},
		"Vercel":                     {answer(429, address, "<title>Vercel Security Checkpoint</title>", "X-Vercel-Mitigated: challenge"), "Vercel"},
		"Akamai":                     {answer(403, address, "<TITLE>Access Denied</TITLE><BODY><H1>Access Denied</H1>You don't have permission.<P>Reference #18.2d35</BODY>", "Server: AkamaiGHost"), "Akamai"},
		"Akamai behind another name": {answer(403, address, "<TITLE>Access Denied</TITLE><BODY><H1>Access Denied</H1>You don't have permission.<P>Reference #18.2d35</BODY>"), "Akamai"},
		"Imperva, 200":               {answer(200, address, `<html><head><META NAME="robots"></head><iframe src="/_Incapsula_Resource?CWUDNSAI=5">Request unsuccessful. Incapsula incident ID: 1</iframe></html>`), "Imperva"},
		"Imperva before a page":      {answer(200, address, "<title>Queues</title><script src='/_Incapsula_Resource?SWJIYLWA=1'></script><body>"+article(300), "X-Iinfo: 1-2-3"), ""},
		"Anubis, 200":                {answer(200, address, `<title>Making sure you&#39;re not a bot!</title><body><script id="anubis_challenge" type="application/json">{}</script><p>You are seeing this because the administrator has set up Anubis.`), "Anubis"},
		"HUMAN":                      {answer(403, address, `<title>Access to this page has been denied.</title><body><div id="px-captcha"></div>`), "HUMAN"},
		"Kasada":                     {answer(429, address, "<script>window.KPSDK={}</script>"), "Kasada"},
		"F5":                         {answer(200, address, "<title>Request Rejected</title><body>The requested URL was rejected. Please consult with your administrator."), "F5"},
		"Sucuri":                     {answer(403, address, "<title>Sucuri WebSite Firewall - Access Denied</title>"), "Sucuri"},
		"DDoS-Guard":                 {answer(403, address, "<title>DDOS-GUARD</title>", "Server: ddos-guard"), "DDoS-Guard"},
		"Qrator":                     {answer(403, address, "", "Server: QRATOR"), "Qrator"},
		"reCAPTCHA alone":            {answer(200, address, `<title>Example</title><form><div class="g-recaptcha"></div></form><script src="https://www.google.com/recaptcha/api.js"></script>`), "reCAPTCHA"},
		"hCaptcha alone":             {answer(200, address, `<title>Example</title><body>One more step<script src="https://js.hcaptcha.com/1/api.js"></script>`), "hCaptcha"},
		"Fastly, 200":                {answer(200, address, `<title>Client Challenge</title><body><noscript>JavaScript is disabled</noscript><script src="/_fs-ch-1T1wmsGaOgGaSxcX/script.js"></script>`), "Fastly"},
		"Azure":                      {answer(403, address, "<title>403</title><body>The request is blocked.", "X-Azure-Ref: 0abc"), "Azure Front Door"},
		"Wordfence":                  {answer(503, address, "<title>503</title><body>Your access to this site has been limited by the site owner. Generated by Wordfence"), "Wordfence"},
		"SiteGround, 202":            {answer(202, address, `<html><head><meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F"></head></html>`, "Sg-Captcha: challenge"), "SiteGround"},
		"999 of anybody":             {answer(999, address, "<body>no"), ""},
		"LinkedIn":                   {answer(999, "https://www.linkedin.com/in/x", "<script>1</script>"), "LinkedIn"},
		"LinkedIn's wall":            {answer(200, "https://www.linkedin.com/authwall?trk=x", "<title>Sign up</title>"), "LinkedIn"},
		"Reddit":                     {answer(403, "https://www.reddit.com/r/x", "<title>Blocked</title><body>You've been blocked by network security."), "Reddit"},
		"Google":                     {answer(429, "https://www.google.com/sorry/index?continue=x", "<title>x</title>"), "Google"},
		"Google's consent":           {answer(200, "https://consent.google.de/ml?continue=x", "<title>Bevor Sie fortfahren</title>"), "Google"},
		"Yandex":                     {answer(200, "https://ya.example/showcaptcha?cc=1", "<title>Вы не робот?</title>"+article(100)), "Yandex"},
		"Baidu, 200":                 {answer(200, "https://www.baidu.com/s", "<title>百度安全验证</title><body><div>网络不给力</div>"), "Baidu"},
		"Alibaba":                    {answer(200, address, `<script>var arg1='9';document.cookie="acw_sc__v2=x"</script>`), "Alibaba Cloud"},
		"Tencent":                    {answer(200, address, `<body><script src="https://turing.captcha.qcloud.com/TCaptcha.js"></script>`), "Tencent"},
		"GeeTest":                    {answer(200, address, `<body>verify<script src="https://static.geetest.com/v4/gt4.js"></script>`), "GeeTest"},
		"Amazon":                     {answer(200, address, `<title>Amazon.com</title><form action="/errors/validateCaptcha">Enter the characters you see below</form>`), "Amazon"},
		"Douban":                     {answer(418, "https://img1.doubanio.com/icon/a.jpg", ""), "Douban"},
		"an age":                     {answer(200, address, "<title>Age verification</title><body>Are you over 18?"), "the host asks for an age first"},
		"refused with 200":           {answer(200, address, "<title>Access denied</title><body>No."), "the host refuses the visit"},
		"refused with 403":           {answer(403, address, "<title>Access denied</title><body>No."), ""},
		"Imunify360":                 {answer(200, address, `<title>One moment, please...</title><form id="wsidchk-form"></form>`), "Imunify360"},
		"Yandex, by its form":        {answer(200, address, `<title>x</title><form action="/checkcaptcha?key=1">x</form>`), "Yandex SmartCaptcha"},
		"a title that says no more":  {answer(200, address, "<title>Human Verification</title><body>Please wait"), "the host"},

		"a short article behind Turnstile":  {answer(200, address, `<title>Noon</title><body><article><h1>Noon</h1><p>It is noon.</p></article><script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>`), ""},
		"an article about Cloudflare":       {answer(200, address, "<title>Just a moment...</title><h1>How the interstitial works</h1><body>"+article(400)), ""},
		"a lesson that quotes a challenge":  {answer(200, address, "<title>Anubis</title><body>"+article(200)+"<pre>&lt;script id=\"anubis_challenge\"&gt;</pre><code>window._cf_chl_opt</code>"), ""},
		"a form with a captcha":             {answer(200, address, `<title>Contact</title><body>`+article(100)+`<form><div class="g-recaptcha"></div></form><script src="https://www.google.com/recaptcha/api.js"></script>`), ""},
		"Cloudflare's server header alone":  {answer(200, address, "<title>x</title><body>"+article(100), "Server: cloudflare", "Cf-Ray: 1"), ""},
		"DataDome before a page":            {answer(200, address, "<title>x</title><body>"+article(100), "X-Datadome: protected"), ""},
		"DataDome before a missing page":    {answer(404, address, "<title>404</title><body>", "X-Datadome: protected"), ""},
		"Cloudflare's page of an error 522": {answer(522, address, `<title>example.org | 522: Connection timed out</title><div id="cf-wrapper"><div id="cf-error-details">Connection timed out</div></div>`), ""},
		"Akamai before a site that is down": {answer(503, address, "<TITLE>Service Unavailable</TITLE><BODY>The server is temporarily unable to service your request. Reference #11.2d", "Server: AkamaiGHost"), ""},
		"Akamai before a server error":      {answer(503, address, "<title>x</title><body>"+article(300), "Server: AkamaiGHost"), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := catalog.Observation{Signals: Read(tt.d).Signals}
			if got.Wall() != tt.want {
				t.Errorf("wall of %q, want %q: %+v", got.Wall(), tt.want, got.Signals)
			}
		})
	}
}

// TestMarksOfWhatIsNoPage: kinds of signal in order, "!" behind what is proof.
func TestMarksOfWhatIsNoPage(t *testing.T) {
	const host = "https://wonder-garden.example"
	tests := map[string]struct {
		d    Document
		want string
	}{
		"Vercel, disabled":               {answer(402, address, "Payment required DEPLOYMENT_DISABLED", "X-Vercel-Error: DEPLOYMENT_DISABLED", "Content-Type: text/plain"), "gone!"},
		"Heroku":                         {answer(404, address, `<title>Heroku | No such app</title><iframe src="//www.herokucdn.com/error-pages/no-such-app.html"></iframe>`), "gone!"},
		"Render":                         {answer(503, address, "<body>This service has been suspended by its owner.", "X-Render-Routing: suspend-by-user"), "gone!"},
		"Azure":                          {answer(403, address, "<title>Microsoft Azure App Service - Error 403</title><body>Error 403 - This web app is stopped."), "gone!"},
		"a bucket behind 200":            {answer(200, address, `<?xml version="1.0"?><Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>`, "Content-Type: application/xml"), "gone!"},
		"suspended by address":           {answer(200, host+"/cgi-sys/suspendedpage.cgi", "<title>x</title><body>Please call."), "gone! short"},
		"suspended by title":             {answer(200, address, "<title>Account Suspended</title><body>Contact your hosting provider."), "gone! short"},
		"nginx":                          {answer(200, address, "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p><p><em>Thank you for using nginx.</em></p>"), "gone! short"},
		"Apache":                         {answer(200, address, "<html><body><h1>It works!</h1></body></html>"), "gone! short"},
		"IIS":                            {answer(200, address, `<title>IIS Windows Server</title><a href="http://go.microsoft.com"><img src="iisstart.png"></a>`), "gone!"},
		"a lesson on nginx":              {answer(200, address, "<title>Welcome to nginx!</title><h1>What the page means</h1>"+article(300)), ""},
		"an article on suspension":       {answer(200, address, "<title>Why accounts get suspended</title>"+article(200)), ""},
		"sale with the domain's name":    {answer(200, host+"/x", "<title>wonder-garden.example is for sale</title><h1>Buy this domain</h1><p>This domain is for sale.</p><img src=a.png>"), "parked! short"},
		"sale in a title that sells":     {answer(200, host+"/", "<title>The domain wonder-garden.example is for sale</title><p>Own it today.</p>"), "parked! short"},
		"expired, by its title":          {answer(200, host+"/", "<title>wonder-garden.example has expired</title><p>Renew now.</p>"), "parked! error short"},
		"in German":                      {answer(200, host+"/", "<title>wonder-garden.example steht zum Verkauf</title><p>Jetzt Angebot abgeben.</p>"), "parked! short"},
		"a shop with its name":           {answer(200, host+"/", "<title>wonder-garden.example: used mowers for sale</title><img src=a>"+article(60)), "short"},
		"a release with its name":        {answer(200, host+"/", "<title>wonder-garden.example 2.0 is available</title>"+article(100)), ""},
		"titled by its domain":           {answer(200, host+"/x", `<title>wonder-garden.example</title><body><script src="/main.js"></script>`), "parked"},
		"a site named by its domain":     {answer(200, host+"/x", "<title>wonder-garden.example</title>"+article(300)), ""},
		"a page of nothing but refresh":  {answer(200, address, "<html><body></body></html>", "Refresh: 0; url=/b"), ""},
		"sale in Korean":                 {answer(200, host+"/x", "<title>이 도메인은 판매 중입니다</title><p>도메인 구매 문의를 환영합니다.</p>"), "parked! short"},
		"sale by its owner":              {answer(200, host+"/", "<title>wonder-garden.example</title><p>Thinking of buying wonder-garden.example? Write to me.</p>"), "parked! short"},
		"a person and a coffee":          {answer(200, host+"/", "<title>wonder-garden.example</title><p>I am a gardener. Buy me a coffee if you like what I do here.</p>"), "parked short"},
		"sale without the name":          {answer(200, host+"/x", "<title>Great offer</title><p>This domain is for sale.</p><img src=a.png>"), "parked short"},
		"a lesson on sales":              {answer(200, host+"/x", "<title>This domain is for sale: what it means</title>"+article(400)), ""},
		"advertisements for domains":     {answer(200, host+"/x", `<title>x</title><script src="https://www.google.com/adsense/domains/caf.js"></script><div id="a"></div>`), "parked!"},
		"GoDaddy's lander":               {answer(200, host+"/x", `<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>`), "parked!"},
		"some script lander":             {answer(200, host+"/x", `<html><body><script>window.location.replace("/?ch=1&js=abc");</script></body></html>`), "parked"},
		"sent to a marketplace":          {answer(200, "https://www.hugedomains.com/domain_profile.cfm?d=x", "<title>x</title>"+article(100)), "parked!"},
		"empty":                          {answer(200, address, "<html><head></head><body> </body></html>"), "empty!"},
		"nothing but a title":            {answer(200, address, "<html><head><title>x</title></head><body></body></html>"), "short"},
		"no bytes":                       {answer(200, address, ""), "empty!"},
		"no content":                     {answer(204, address, ""), ""},
		"an app and its shell":           {answer(200, address, `<title>App</title><body><div id="root"></div><script src="/assets/index.js"></script>`), ""},
		"a picture alone":                {answer(200, address, `<body><img src="comic.png">`), ""},
		"frames":                         {answer(200, address, `<frameset><frame src="a.html"></frameset>`), ""},
		"short":                          {answer(200, address, "<title>Note</title><body>Only a few words."), "short"},
		"an error in the title":          {answer(200, address, "<title>Page not found | Example</title><body>"+article(200)), "error"},
		"an error that is hidden":        {answer(200, address, `<title>App</title><body><div hidden><h1>Page not found</h1><div>x</div>404 not found</div><div id="root"></div><script src="/a.js"></script>`), ""},
		"an error by a style":            {answer(200, address, `<title>App</title><body><div STYLE="color: red; Display : none">Page not found</div><template><p>404 not found</p></template><script src="/a.js"></script>`), ""},
		"an error behind what is hidden": {answer(200, address, `<title>App</title><body><div hidden><div>x</div></div><p hidden>y<h1>Page not found</h1><script src="/a.js"></script>`), "error"},
		"an error in a few words":        {answer(200, address, "<title>Loja</title><body>Não encontramos o que procura."), "error short"},
		"maintenance in a few words":     {answer(200, address, "<title>Soon</title><body>Sorry, we are down for maintenance. The shop is not available."), "short"},
		"an error in the heading":        {answer(200, address, "<title>Example</title><body><h1>Oops! <em>Page not found</em></h1>"+article(2000)), "error"},
		"an error code":                  {answer(200, address, "<title>Error 404</title><body>"+article(200)), "error"},
		"a number that is no code":       {answer(200, address, "<title>Room 4041</title><body>"+article(200)), ""},
		"a new owner":                    {answer(200, address, "<title>Situs Slot Gacor Maxwin Hari Ini</title><body>"+article(300)), "hijacked"},
		"an article that names a casino": {answer(200, address, "<title>Monte Carlo methods and the casino</title><body>"+article(300)), ""},
		"a page to log in":               {answer(200, address, `<title>Sign in</title><form><input name=u><input type="password" name=p></form>`), "login"},
		"a file":                         {answer(200, address, "%PDF-1.7", "Content-Type: application/pdf"), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, s := range Read(tt.d).Signals {
				proof := ""
				if s.Proof {
					proof = "!"
				}
				got = append(got, string(s.Kind)+proof)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("marks %q, want %q", strings.Join(got, " "), tt.want)
			}
		})
	}
}

// TestErrorWordsOfManyLanguages: a title of each arouses suspicion, and no more.
func TestErrorWordsOfManyLanguages(t *testing.T) {
	for _, title := range []string{
		"Page not found", "Seite nicht gefunden", "Page introuvable", "Página no encontrada", "Página não encontrada", "Pagina non trovata",
		"Pagina niet gevonden", "Nie znaleziono strony", "Страница не найдена", "Сторінку не знайдено", "Stránka nenalezena", "Sidan hittades inte",
		"Siden blev ikke fundet", "Siden ble ikke funnet", "Sivua ei löydy", "Az oldal nem található", "Pagina nu a fost găsită", "Sayfa bulunamadı",
		"Η σελίδα δεν βρέθηκε", "الصفحة غير موجودة", "صفحه یافت نشد", "הדף לא נמצא", "पृष्ठ नहीं मिला", "ページが見つかりません", "페이지를 찾을 수 없습니다", "页面未找到",
		"Không tìm thấy trang", "Halaman tidak ditemukan", "ไม่พบหน้า",
	} {
		f := Read(answer(200, address, "<title>"+title+"</title><body>"+article(300)))
		if len(f.Signals) != 1 || f.Signals[0].Kind != catalog.SignalError || f.Signals[0].Proof || f.Sketch == nil {
			t.Errorf("%s: %+v", title, f.Signals)
		}
	}
}

func TestRulesAreWhole(t *testing.T) {
	names := map[string]bool{}
	for _, table := range [][]rule{walls, platforms, parked} {
		for _, r := range table {
			switch {
			case names[r.name] || r.name == "":
				t.Errorf("the name %q is there twice, or empty", r.name)
			case r.says == "" || r.why == "":
				t.Errorf("%s: neither provider nor source may be missing", r.name)
			case strings.ToLower(r.title+r.begins+r.load+r.element+r.text+r.place) != r.title+r.begins+r.load+r.element+r.text+r.place:
				t.Errorf("%s: conditions are in lower case", r.name)
			case r.bare() && r.header == "" && r.place == "" && r.status == "":
				t.Errorf("%s: no condition", r.name)
			}
			name, value, _ := strings.Cut(r.header, ": ")
			if http.CanonicalHeaderKey(name) != name || strings.ToLower(value) != value {
				t.Errorf("%s: header %q is not written as it is looked up", r.name, r.header)
			}
			names[r.name] = true
		}
	}
}
