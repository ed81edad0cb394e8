package behaviours

// registrarCases are the pages that registrars and hosters put onto names without a site, in their many words, and pages
// that only speak of the trade.
var registrarCases = []Case{
	{Name: "registered with a French registrar", Link: "https://reserve-chez-nous.test/cours/2", Want: dead("parked|soft-404"), Or: []Want{failing("empty")},
		Serve: lander(forSale("reserve-chez-nous.test", "Ce nom de domaine est réservé", "Félicitations ! Votre domaine a bien été créé. Il n'y a pas encore de site web à cette adresse."))},
	{Name: "registered with a Japanese registrar", Link: "https://shutoku-zumi.test/nyumon", Want: dead("parked|soft-404"), Or: []Want{failing("empty")},
		Serve: lander(forSale("shutoku-zumi.test", "このドメインは取得されています", "このドメインは、お名前.comで取得されています。お名前.comは、GMOインターネットグループが運営する国内シェアNo.1のドメイン登録サービスです。"))},
	{Name: "registered with a German hoster", Link: "https://hier-entsteht.test/kurs", Want: dead("parked|soft-404"), Or: []Want{failing("empty")},
		Serve: lander(forSale("hier-entsteht.test", "Hier entsteht eine neue Internetpräsenz", "Diese Domain ist bereits registriert. Hier entsteht in Kürze eine neue Website."))},
	{Name: "registered with a Scandinavian registrar", Link: "https://parked-up-north.test/guide", Want: dead("parked|soft-404"), Or: []Want{failing("empty")},
		Serve: lander(forSale("parked-up-north.test", "Parked at the registrar", "This domain name is parked. Do you own this domain? Log in to the customer zone and start to build your website."))},
	{Name: "a brand for sale", Link: "https://zelvio.test/", Want: dead("parked"), Text: "Zelvio, a queue",
		Serve: lander(forSale("zelvio.test", "Zelvio.test is available for purchase", "A short and memorable brand for your business. Price: $4,250. Add to cart. Includes logo, transfer support and secure payment. Listed in our curated marketplace of brandable domains."))},
	{Name: "for sale in Spanish", Link: "https://se-vende-dominio.test/curso", Want: dead("parked"), Serve: lander(forSale("se-vende-dominio.test", "Este dominio está en venta", "El dominio se-vende-dominio.test está en venta. Haga una oferta o compre ahora."))},
	{Name: "for sale in Portuguese", Link: "https://dominio-a-venda.test/curso", Want: dead("parked"), Serve: lander(forSale("dominio-a-venda.test", "Este domínio está à venda", "Compre agora este domínio ou faça uma oferta. Pagamento seguro."))},
	{Name: "for sale in Japanese", Link: "https://hanbai-chu.test/kiji", Want: dead("parked"), Serve: lander(forSale("hanbai-chu.test", "このドメインは販売中です", "このドメインにご興味をお持ちの方は、お問い合わせください。価格を提示する。"))},
	{Name: "for sale in Turkish", Link: "https://satilik-alan-adi.test/ders", Want: dead("parked"), Serve: lander(forSale("satilik-alan-adi.test", "Bu alan adı satılıktır", "satilik-alan-adi.test satılık. Teklif verin."))},
	{Name: "expired, with a notice of the registrar", Link: "https://lapsed-name.test/tool", Want: dead("parked"), Serve: lander(forSale("lapsed-name.test", "This domain has expired", "The domain lapsed-name.test expired on 2026-09-14 and is pending renewal or deletion. If you are the owner, contact your registration service provider."))},
	{Name: "held by the registrar until the address is verified", Link: "https://unverified-name.test/tool", Want: dead("parked"), Or: []Want{failing(""), dead("soft-404"), dead("gone")},
		Serve: lander(forSale("unverified-name.test", "Domain name suspended", "This domain name has been suspended because the registrant's contact information was not verified. Registrants: log in to resend the verification mail.")), Why: "the owner can mend it in a minute, or never"},
	{Name: "an auction", Link: "https://under-the-hammer.test/", Want: dead("parked"), Text: "Under the hammer",
		Serve: lander(forSale("under-the-hammer.test", "under-the-hammer.test is at auction", "Bid on this domain now. Current bid: $310. Auction ends in 3 days. Place bid."))},
	{Name: "the home of a registrar", Link: "https://friendly-registrar.test/", Want: ok("Friendly Registrar: register your domain name"),
		Serve: page(Doc{Make: press, Main: "<h1>Find your domain name</h1><form><input placeholder=\"yourname.test\"><button>Search</button></form><p>" + subjects[4][1] + "</p><h2>Why us</h2><p>Free parking page, mail forwarding and privacy. Transfer your domain, renew early, or buy one from our marketplace.</p><p>" + subjects[7][3] + "</p>"})},
	{Name: "help of a registrar on parked names", Link: "https://help.friendly-hosting.test/parked", Want: ok("What is a parked domain?"),
		Serve: page(Doc{Make: docs, Subject: 4, Above: "<p>A parked domain shows a page such as \"This domain is parked free, courtesy of the registrar\" or \"Here a new website is being created\".</p>"})},
	{Name: "a weblog that moves in", Link: "https://just-moved-in.test/", Want: ok("Just moved in"), Serve: page(Doc{Subject: 1, Above: "<p>I bought this domain last week. Welcome to my new domain! There will be more soon.</p>"})},
	{Name: "a weblog that sells a bicycle", Link: "https://bicycle-diary.test/for-sale", Want: ok("For sale: my green bicycle"), Serve: page(Doc{Subject: 5, Above: "<p>It is for sale. Make an offer. Buy now, before spring.</p>"})},
	{Name: "a lookup of owners", Link: "https://who-owns-it.test/whois/example", Want: ok("Who owns example.test?"),
		Serve: page(Doc{Make: press, Main: "<h1>Who owns example.test?</h1><pre>Domain Name: EXAMPLE.TEST\nRegistrar: Friendly Registrar\nRegistry Expiry Date: 2027-08-13\nDomain Status: clientTransferProhibited\nName Server: NS1.SEDOPARKING.COM</pre><p>This domain is registered. Is it for sale? Ask its owner.</p>"})},
}
