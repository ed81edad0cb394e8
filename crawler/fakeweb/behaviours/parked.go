package behaviours

import (
	"strings"

	"waymark/crawler/fakeweb"
)

// lander answers everything on the host of the link with one page.
func lander(text string, headers ...string) func(*Stage) {
	return func(s *Stage) {
		b := fakeweb.Header(fakeweb.Bytes("text/html; charset=utf-8", []byte(text)), headers...)
		s.On("https://"+s.Host+"/*", b)
		s.On("https://"+s.Host+"/", b)
	}
}

// delegated says which name servers the host's domain has.
func delegated(servers ...string) func(*Stage) {
	return func(s *Stage) { s.Web.Delegate(s.Host, servers...) }
}

// parkedCases are domains that are for sale, make money from lost visitors, or have new owners.
var parkedCases = []Case{
	{Name: "Sedo, for sale", Link: "https://lost-project.test/docs/install", Want: dead("parked"), Serve: all(delegated("ns1.sedoparking.com", "ns2.sedoparking.com"), lander(sedo("lost-project.test")))},
	{Name: "Sedo, at the start page", Link: "https://lost-project-root.test/", Want: dead("parked"), Text: "The Lost Project", Serve: lander(sedo("lost-project-root.test"))},
	{Name: "GoDaddy, a script that goes to a lander", Link: "https://dropped-name.test/blog/1", Want: dead("parked"),
		Serve: all(delegated("ns1.domaincontrol.com", "ns2.domaincontrol.com"), func(s *Stage) {
			lander(`<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>`)(s)
			s.On("https://dropped-name.test/lander", html200(`<!doctype html><html data-adblockkey="MFwwDQYJ"><head><title>dropped-name.test</title><meta charset="utf-8"></head><body><div id="target" style="opacity:0"></div><script>window.park="eyJ1dWlkIjoi";</script><script src="/parking-lander/static/js/main.js"></script></body></html>`))
		}), Or: []Want{failing("empty")}},
	{Name: "GoDaddy, at the start page", Link: "https://dropped-root.test/", Want: dead("parked"), Text: "A tool of old",
		Serve: lander(`<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>`), Or: []Want{failing("empty")}},
	{Name: "Afternic, with a price", Link: "https://priced-name.test/", Want: dead("parked"), Text: "Priced name",
		Serve: lander(forSale("priced-name.test", "The domain priced-name.test is for sale", "Get this domain. Own it today for $2,888. Buy now, or make an offer. Questions? Talk to a domain expert. Listed with Afternic, a GoDaddy brand."))},
	{Name: "Dan, with escrow", Link: "https://offered-name.test/course/intro", Want: dead("parked"),
		Serve: lander(forSale("offered-name.test", "offered-name.test — this domain name is for sale", "Buyer protection program. Fast and easy transfers. Hassle free payments. Own it now, lease to own, or make offer. The simple, safe way to buy domain names."))},
	{Name: "Namecheap, expired", Link: "https://expired-name.test/", Want: dead("parked"), Text: "Expired Name",
		Serve: lander(forSale("expired-name.test", "expired-name.test has expired", "This domain has recently been registered or has expired. Is this your domain? Renew now. The domain owner may restore it in the account panel. Registrar: Namecheap."))},
	{Name: "HugeDomains, by redirect", Standard: true, Link: "https://huge-name.test/post/3", Want: dead("parked", offSite), Or: []Want{dead("parked"), dead("parked", finding("off-site"))},
		Serve: func(s *Stage) {
			s.On("https://huge-name.test/*", s.Redirect(302, "https://www.hugedomains.com/domain_profile.cfm?d=huge-name.test"))
			s.On("https://www.hugedomains.com/*", Doc{Make: press, Site: "HugeDomains", Title: "HugeName.test is for sale | HugeDomains", Main: "<h1>HugeName.test</h1><p>This domain is for sale: $3,495</p><p>Buy now for $3,495 or pay $145.63 per month for 24 months. Quick stats. 30-day money back guarantee. Safe and secure shopping.</p>"})
		}},
	{Name: "Bodis, links to related searches", Link: "https://typo-squat.test/learn", Want: dead("parked"), Serve: lander(relatedSearches("typo-squat.test"), "Server", "openresty", "X-Adblock-Key", "MFwwDQYJKoZI")},
	{Name: "ParkingCrew, a script and a key", Link: "https://crew-parked.test/", Want: dead("parked"), Text: "Crew", Or: []Want{failing("empty")},
		Serve: lander(`<!DOCTYPE html><html data-adblockkey="MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANDrp2lz7AOmADaN8tA50LsWcjLFyQFcb/P2Txc58oYOeILb3vBw7J6f4pamkAQVSQuqYsKx3YzdUHCvbVZvFUsCAwEAAQ==_x"><head><title>crew-parked.test</title><script src="//www.google.com/adsense/domains/caf.js"></script></head><body><div id="wrapper"></div><script>var domain="crew-parked.test",theme="cleanPeppermintBlack";</script><script src="//d38psrni17bvxu.cloudfront.net/themes/registrar/parking.js"></script></body></html>`)},
	{Name: "a link farm in plain words", Link: "https://farm-of-links.test/gardening/roses", Want: dead("parked"), Serve: lander(farm("farm-of-links.test"))},
	{Name: "parked in German", Link: "https://geparkte-seite.test/anleitung", Want: dead("parked"), Serve: lander(forSale("geparkte-seite.test", "geparkte-seite.test steht zum Verkauf", "Diese Domain kaufen. Der Inhaber dieser Domain parkt diese beim Domain-Parking-Programm. Jetzt Angebot abgeben."))},
	{Name: "parked in French", Link: "https://domaine-en-vente.test/cours", Want: dead("parked"), Serve: lander(forSale("domaine-en-vente.test", "Le domaine domaine-en-vente.test est à vendre", "Ce nom de domaine est à vendre. Faire une offre. Achat immédiat et transfert sécurisé."))},
	{Name: "parked in Chinese", Link: "https://yuming-chushou.test/jiaocheng", Want: dead("parked"), Serve: lander(forSale("yuming-chushou.test", "yuming-chushou.test 域名出售", "您正在访问的域名可以转让！本域名正在出售，如果您对该域名感兴趣，请点击这里提供您的报价。"))},
	{Name: "parked in Russian", Link: "https://domen-prodaetsya.test/stati", Want: dead("parked"), Serve: lander(forSale("domen-prodaetsya.test", "Домен domen-prodaetsya.test продаётся", "Этот домен продаётся. Срок регистрации домена истёк. Купить домен в магазине доменов."))},
	{Name: "registrar's page for a new name", Link: "https://registered-only.test/handbook", Want: dead("parked"),
		Serve: lander(forSale("registered-only.test", "registered-only.test is parked free, courtesy of the registrar", "This Web page is parked for FREE. Would you like to buy this domain? Find a domain name similar to yours."))},
	{Name: "for sale, on plain http", Link: "http://plain-for-sale.test/notes", Want: dead("parked"), Serve: all(noHTTPS, lander(sedo("plain-for-sale.test")))},
	{Name: "for sale, answered 404", Link: "https://sale-404.test/x", Want: dead("not-found|parked"), Serve: on("https://sale-404.test/*", fakeweb.Document(404, "text/html", []byte(sedo("sale-404.test"))))},
	{Name: "for sale, answered 403", Link: "https://sale-403.test/", Want: dead("parked"), Text: "Old home", Or: []Want{blocked("forbidden", "")},
		Serve: serve(fakeweb.Document(403, "text/html", []byte(sedo("sale-403.test")))), Why: "403 is a refusal by the table of answers, whatever stands below it"},
	{Name: "known parking servers and a nearly empty page", Link: "https://only-by-servers.test/guide", Want: dead("parked"), Or: []Want{failing("empty")},
		Serve: all(delegated("ns1.parkingcrew.net", "ns2.parkingcrew.net"), lander(`<html><head><title>only-by-servers.test</title></head><body><script src="/main.js"></script></body></html>`)), Why: "TMA 2022: 82 parking services by their name servers"},
	{Name: "casino on the domain of a tutorial", Link: "https://learn-rust-fast.test/ownership", Text: "Ownership in Rust, a tutorial", Want: Want{State: "ok", Reason: "ok", Findings: []Finding{finding("drifted")}},
		Or:    []Want{dead("parked"), dead("soft-404"), dead("parked", finding("drifted"))},
		Serve: lander(casino("learn-rust-fast.test")), Why: "expired and taken over (roadmap#5498): gone for the reader, or at least something to look at"},
	{Name: "casino in Indonesian on the domain of a conference", Link: "https://conference-2017.test/", Text: "Distributed Systems Conference 2017", Want: Want{State: "ok", Reason: "ok", Findings: []Finding{finding("drifted")}},
		Or: []Want{dead("parked"), dead("soft-404"), dead("parked", finding("drifted"))}, Serve: lander(slotGacor)},
	{Name: "a real casino that a list means", Link: "https://real-casino.test/", Want: ok("Royal Tables Casino – rules of the house"), Serve: page(Doc{Make: press, Subject: 6, Above: "<p>Rules of roulette, blackjack and baccarat as they are played in our rooms since 1921. Slots on the first floor.</p>"})},
	{Name: "a young company on an old name, by permanent redirect", Link: "https://old-framework.test/docs", Want: ok("", offSite), Text: "Docs of the Old Framework",
		Or: []Want{ok("", offSite, finding("drifted")), ok("", offSite), ok("", finding("moved"), offSite), ok("", finding("moved"), offSite, finding("drifted")), dead("soft-404", offSite), dead("soft-404")},
		Serve: all(on("https://old-framework.test/*", fakeweb.Status(404)), func(s *Stage) {
			s.On("https://old-framework.test/*", s.Redirect(301, "https://supplements-shop.test/"))
			s.On("https://supplements-shop.test/", Doc{Make: press, Title: "Supplements for a better you", Main: "<h1>Vitamins and proteins</h1><p>Free shipping from forty euros. Our bestsellers: magnesium, zinc, omega 3.</p>"}.with("supplements-shop.test", ""))
		})},
}

func sedo(name string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>` + name + ` - This website is for sale! - ` + name + ` Resources and Information.</title>
<meta name="description" content="This website is for sale! ` + name + ` is your first and best source for all of the information you're looking for. From general topics to more of what you would expect to find here, ` + name + ` has it all. We hope you find what you are searching for!">
<script>var dto={"uiOptimize":false,"domainName":"` + name + `","domainPrice":0,"domainCurrency":"","adultFlag":false};</script></head>
<body><header><h1>` + name + `</h1><a href="https://sedo.com/search/details/?partnerid=324561&domain=` + name + `">Buy this domain</a></header>
<p>The domain ` + name + ` may be for sale by its owner!</p><div id="ads"><h2>Related links</h2><ul><li>Online courses</li><li>Web hosting</li><li>Software</li></ul></div>
<footer><p>This webpage was generated by the domain owner using Sedo Domain Parking. Disclaimer: Sedo maintains no relationship with third party advertisers. Privacy Policy</p></footer></body></html>
`
}

func forSale(name, headline, text string) string {
	return `<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>` + headline + `</title><link rel="stylesheet" href="/css/lander.css"></head>
<body><main><h1>` + name + `</h1><h2>` + headline + `</h2><p>` + text + `</p><form><input name="name" placeholder="Name"><input name="email" placeholder="E-mail"><input name="offer" placeholder="USD"><button>OK</button></form></main></body></html>
`
}

func relatedSearches(name string) string {
	var links strings.Builder
	for _, word := range []string{"Learn Programming Online", "Best Laptops for Students", "Online Degree", "Cheap Web Hosting", "Cloud Storage", "Project Management Tools"} {
		links.WriteString(`<li><a href="/search?q=` + strings.ReplaceAll(word, " ", "+") + `&afdToken=2f6c9a">` + word + `</a></li>`)
	}
	return `<!doctype html><html><head><meta charset="utf-8"><title>` + name + `</title><script src="https://www.google.com/adsense/domains/caf.js?abp=1"></script></head><body>
<h1>` + name + `</h1><p>Related Searches:</p><ul>` + links.String() + `</ul><p>2026 Copyright | All Rights Reserved. The Sponsored Listings displayed above are served automatically by a third party. Neither the service provider nor the domain owner maintain any relationship with the advertisers.</p><p><a href="/privacy">Privacy Policy</a></p></body></html>
`
}

func farm(name string) string {
	var links strings.Builder
	for i, word := range []string{"insurance", "mortgage", "credit card", "hotel", "flight", "dating", "loan", "lawyer", "diet", "car rental", "web hosting", "online degree", "rehab", "annuity", "refinance", "cruise", "ringtones", "poker"} {
		links.WriteString(`<a href="http://click.` + name + `/r?id=` + itoa(i*37) + `&kw=` + strings.ReplaceAll(word, " ", "%20") + `">` + word + `</a> `)
	}
	return `<html><head><title>` + name + ` : top results for gardening</title></head><body><h1>Welcome to ` + name + `</h1><div>` + links.String() + `</div><p>Popular categories</p><div>` + links.String() + `</div><p>Inquire about this domain.</p></body></html>
`
}

func casino(name string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Best Online Casino 2026 | 200% Welcome Bonus & Free Spins</title><meta name="description" content="Play slots, live roulette and blackjack. No deposit bonus, instant withdrawal."><link rel="canonical" href="https://` + name + `/"></head><body>
<header><a class="button" href="/go/register">Register</a> <a class="button" href="/go/login">Log in</a></header><h1>Best Online Casino of 2026</h1><p>Claim your 200% welcome bonus and 150 free spins on your first deposit. Play over four thousand slot games, live roulette, blackjack and poker with real dealers, and bet on football, tennis and esports with the best odds.</p>
<h2>Top slots</h2><ul><li>Gates of Gold</li><li>Book of Kings</li><li>Fruit Fever</li><li>Mega Wolf</li></ul><h2>Why play here?</h2><p>Licensed in Curacao, instant crypto withdrawals, VIP cashback up to 25 per cent, and jackpots that grow by the second. Betting, slots, casino, bonus, free spins, no deposit bonus codes, sportsbook.</p>
<h2>Payment</h2><p>Visa, Bitcoin, Tether. Minimum deposit ten dollars. Gamble responsibly, 18+.</p></body></html>
`
}

const slotGacor = `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>SLOT GACOR: Situs Slot Online Gampang Menang Maxwin Hari Ini</title><meta name="description" content="Daftar situs slot gacor terpercaya, RTP live, judi online, togel, deposit pulsa tanpa potongan."></head><body>
<h1>Situs Slot Gacor Hari Ini Gampang Maxwin</h1><p>Selamat datang di situs slot gacor resmi dengan RTP tertinggi. Kami menyediakan judi online terlengkap: slot, togel, sabung ayam, kasino langsung dan taruhan bola. Bonus new member 100%, deposit pulsa tanpa potongan, withdraw cepat.</p>
<h2>Daftar Slot Gacor</h2><ul><li>Gates of Olympus</li><li>Mahjong Ways</li><li>Sweet Bonanza</li></ul><p><a href="/daftar">DAFTAR</a> <a href="/login">LOGIN</a></p></body></html>
`
