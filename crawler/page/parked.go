package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/publicsuffix"

	"waymark/catalog"
)

// parked are the marks of domains that are for sale or show nothing but advertisements. What a rule of doubt finds is
// confirmed by name servers or by the start page before anything is made of it. Sources: the landers' own scripts;
// Zirngibl et al., "Domain Parking: Largely Present, Rarely Considered!" (TMA 2022).
var parked = []rule{
	{name: "adsense-domains", says: "shows Google's advertisements for parked domains", load: "google.com/adsense/domains/caf.js|adsensecustomsearchads.com/adsense/domains", words: 300, why: "developers.google.com: Custom Search Ads for domains"},
	{name: "sedo", says: "is parked at Sedo", load: "sedoparking.com|sedo.com/search/details", words: 400, why: "TMA 2022"},
	{name: "bodis", says: "is parked at Bodis", load: "bodis.com|parking.bodiscdn.com|bodiscdn", words: 200, why: "TMA 2022"},
	{name: "bodis-inline", says: "is parked at Bodis", inline: "window.park = \"", words: 60, why: "known"},
	{name: "parkingcrew", says: "is parked at ParkingCrew", load: "parkingcrew.net|d38psrni17bvxu.cloudfront.net", words: 400, why: "TMA 2022"},
	{name: "godaddy-lander", says: "is parked at GoDaddy", inline: "window.location.href=\"/lander\"|window.location.href='/lander'|location.replace(\"/lander|window.location.replace('/lander", words: 20, why: "known: the page is that script and no more"},
	{name: "godaddy-load", says: "is parked at GoDaddy", load: "wsimg.com/parking-lander|/parking-lander/", why: "known"},
	{name: "afternic", says: "is for sale at Afternic", place: "afternic.com/forsale|afternic.com/domain/", why: "known"},
	{name: "afternic-title", says: "is for sale at Afternic", title: "forsale lander|for sale lander", why: "known"},
	{name: "hugedomains", says: "is for sale at HugeDomains", place: "hugedomains.com/", why: "known: links to its domains are sent there"},
	{name: "dan", says: "is for sale at Dan.com", place: "dan.com/buy-domain|undeveloped.com/buy-domain", why: "known"},
	{name: "marketplaces", says: "is for sale", place: "sedo.com/search/details|buydomains.com/lander|domainmarket.com/buynow|atom.com/name/|squadhelp.com/name/|perfectdomain.com/domain/|brandbucket.com/names/|godaddy.com/forsale|uniregistry.com/market/domain|domains.atom.com/lpd/|spaceship.com/domain-marketplace|namecheap.com/market/|sav.com/domain/|porkbun.com/tld/|dynadot.com/market/", why: "known: where parked domains are sent"},
	{name: "parking-hosts", says: "is parked", place: "parkingcrew.net|sedoparking.com|parklogic.com|skenzo.com|domainsponsor.com|parkpage.|ww1.|ww12.|ww16.|ww25.|ww38.", doubt: true, why: "TMA 2022; the numbered hosts are those of parking services"},
	{name: "landers", says: "is parked", load: "parklogic.com|skenzo.|cashparking|domainsponsor.com|above.com/marketplace|uniregistry.com|parkingspa.com|dsparking.com|voodoo.com|rookmedia.net|namedrive.com|trafficz.com|fabulous.com|smartname.com|domainnamesales.com|internettraffic.com|parked.com|img.sedoparking.com|efty.com|domaincntrol.com", words: 300, doubt: true, why: "TMA 2022, table of services"},
	{name: "expired-title", says: "says that the domain has expired", title: "domain expired|this domain has expired|this domain has expired.|expired domain|domain name expired|this domain name has expired", words: 100, why: "known on registrars"},
	{name: "registrar-hold", says: "is held by its registrar", text: "this domain has been suspended|this domain name has been suspended|domain has been suspended because|pending verification of the registrant|contact information was not verified|email address has not been verified", words: 150, why: "known: pages of failed verification (ICANN, WHOIS accuracy programme)"},
	{name: "registered-title", says: "is a page of its registrar", begins: "ce nom de domaine est réservé|ce domaine est réservé|このドメインは|hier entsteht eine neue|diese domain ist bereits|diese domain wurde|parked at |this domain is registered|this domain has been registered|domain name suspended|domain suspended|" +
		"domænet er parkeret|domänen är parkerad|domenet er parkert|dominio attivo|sito in costruzione|dit domein is|deze domeinnaam is|este dominio ha sido registrado|ta domena została|域名已", words: 80, why: "known on registrars"},
	{name: "parked-title", says: "is a page of its registrar", title: "parked domain|domain parked|parked domain name on hostinger dns system|this domain is parked|parked domain page|parkeddomain|registered at namecheap.com|this domain has been registered|domain registered at|domain is parked|welcome to our parking page", words: 200, why: "known on registrars"},
	{name: "parked-text", says: "is a page of its registrar", text: "this domain is parked|this web page is parked|parked free, courtesy of|this domain name has been registered with|this domain has recently been registered with|was recently registered at namecheap|this domain is registered at|this domain has been registered via|this page is parked|domain is registered, but may still be available|diese domain ist geparkt|ce domaine est parqué|domaine parqué|dominio parcheggiato|dominio aparcado|домен припаркован", words: 120, why: "known on registrars"},
	{name: "sale-title", says: "is for sale", begins: "domain for sale|domain name for sale|this domain is for sale|this domain may be for sale|premium domain for sale|buy this domain|diese domain steht zum verkauf|domain zu verkaufen|domein te koop|dominio en venta|este dominio está en venta|dominio in vendita|questo dominio è in vendita|este domínio está à venda|esse domínio está à venda|dit domein is te koop|deze domeinnaam is te koop|ta domena jest na sprzedaż|bu alan adı|domänen är till salu|domenet er til salgs|domænet er til salg|ce nom de domaine est à vendre|ce domaine est à vendre|domaine à vendre|домен продается|домен продаётся|ドメイン販売|域名出售|此域名出售", words: 250, doubt: true, why: "known on registrars and marketplaces; lessons are titled alike"},
	{name: "sale-text", says: "is for sale", text: "this domain is for sale|this domain name is for sale|the domain name is for sale|buy this domain|this domain may be for sale|domain is available for purchase|the owner of this domain|make an offer on this domain|inquire about this domain|diese domain steht zum verkauf|diese domain kaufen|die domain ist zu verkaufen|ce nom de domaine est à vendre|ce domaine est à vendre|este dominio está en venta|este dominio está a la venta|questo dominio è in vendita|dit domein is te koop|deze domeinnaam is te koop|esse domínio está à venda|este domínio está à venda|ta domena jest na sprzedaż|домен продается|домен продаётся|このドメインは売り出し中|该域名正在出售|此域名可出售|您正在访问的域名可以转让", words: 200, doubt: true, why: "known on registrars and marketplaces"},
	{name: "expired-text", says: "says that the domain has expired", text: "this domain has expired|this domain name has expired|this domain name expired on|this domain is expired|domain has recently expired|this domain recently expired|diese domain ist abgelaufen|ce domaine a expiré|este dominio ha expirado", words: 120, doubt: true, why: "known on registrars"},
	{name: "related-searches", says: "links to advertisements only", text: "related searches|relevant searches|sponsored listings|related links|search ads|ähnliche suchen|verwandte suchanfragen|weitere links|recherches apparentées|búsquedas relacionadas", words: 150, doubt: true, why: "TMA 2022: the lander of two clicks"},
}

// What titles and headings of parked domains say: right behind the domain's own name, or anywhere in them beside a word
// for "domain". A shop whose title ends in "cars for sale" is none.
const (
	saleBehind = "is available for purchase|is available for sale|is at auction|is up for auction|is for sale|for sale|may be for sale|might be for sale|is parked|has expired|is expired|expired|steht zum verkauf|zu verkaufen|ist abgelaufen|ist geparkt|est à vendre|a expiré|est parqué|" +
		"está en venta|está a la venta|ha expirado|è in vendita|è scaduto|is te koop|está à venda|jest na sprzedaż|är till salu|er til salg|satılık|продается|продаётся|出售|可以转让|売り出し中"
	saleWords = "for sale|expired|parked|buy|make an offer|make offer|verkauf|kaufen|geparkt|abgelaufen|vendre|vente|parqué|expiré|venta|vendita|scaduto|te koop|venda|sprzedaż|till salu|til salg|na prodej|eladó|satılık|" +
		"продается|продаётся|припаркован|出售|转让|轉讓|販売|売り|판매"
	domainWords = "domain|domein|dominio|domínio|domini|domena|doména|domén|domen|домен|域名|網域|网域|ドメイン|도메인|alan adı"
)

// parkedSignals tells whether a document looks like a parked domain. Where words of sale stand beside the domain's own
// name in a title or a heading of a page with little text, there is no doubt left.
func (e *evidence) parkedSignals() []catalog.Signal {
	r, found := e.first(parked)
	if found && !r.doubt {
		return []catalog.Signal{r.signal(catalog.SignalParked)}
	}
	if e.look == nil {
		return nil
	}
	short := e.look.words <= 250
	switch {
	case short && (e.sellsItself() || e.offersItself()):
		return []catalog.Signal{{Kind: catalog.SignalParked, Rule: "sells-itself", Says: "offers its own domain", Proof: true}}
	case e.look.words <= fewWords && !e.look.article && (found && r.name == "sale-title" || e.sellsDomain()):
		return []catalog.Signal{{Kind: catalog.SignalParked, Rule: "sale-title", Says: "is titled as for sale and says nothing else", Proof: true}}
	case found && short && e.namesItself(isAnything) && r.name == "related-searches" && e.look.linked*2 >= e.look.words:
		return []catalog.Signal{{Kind: catalog.SignalParked, Rule: r.name, Says: r.says, Proof: true}}
	case found && short && e.namesItself(isAnything) && r.name != "related-searches":
		return []catalog.Signal{{Kind: catalog.SignalParked, Rule: r.name, Says: r.says, Proof: true}}
	case found:
		return []catalog.Signal{r.signal(catalog.SignalParked)}
	case e.look.isScriptLander():
		return []catalog.Signal{{Kind: catalog.SignalParked, Rule: "script-lander", Says: "is nothing but a script that leads elsewhere"}}
	case e.look.words < fewWords && e.title != "" && e.title == e.domain():
		return []catalog.Signal{{Kind: catalog.SignalParked, Rule: "titled-by-domain", Says: "is titled by its domain and says little"}}
	}
	return nil
}

// domain returns the registrable domain of the final address.
func (e *evidence) domain() string {
	host, _, _ := strings.Cut(e.place, "/")
	host, _, _ = strings.Cut(host, ":")
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil || len(domain) < 4 {
		return ""
	}
	return domain
}

// namesItself reports whether a title or heading holds the domain's own name, with something said before and behind it.
func (e *evidence) namesItself(said func(before, behind string) bool) bool {
	domain := e.domain()
	for _, called := range append([]string{e.title}, e.look.headings...) {
		if before, behind, found := strings.Cut(called, domain); found && domain != "" && said(before, behind) {
			return true
		}
	}
	return false
}

func isAnything(_, _ string) bool { return true }

func (e *evidence) sellsItself() bool {
	return e.namesItself(func(before, behind string) bool {
		rest := before + " " + behind
		return beginsAny(strings.TrimLeft(behind, " .,:;!|–—-\"'”»"), saleBehind) || holdsAny(rest, domainWords) && holdsAny(rest, saleWords)
	})
}

// offersItself reports a page of few words, titled by its domain, that speaks of buying just that.
func (e *evidence) offersItself() bool {
	domain := e.domain()
	if domain == "" || e.title != domain || e.look.words > fewWords {
		return false
	}
	return holdsAny(e.look.opening, "buying "+domain+"|buy "+domain+"|purchase "+domain+"|acquire "+domain+"|purchasing "+domain+"|"+domain+" is for sale|"+domain+" may be for sale")
}

// sellsDomain reports a title or heading about a domain that is sold, whichever.
func (e *evidence) sellsDomain() bool {
	for _, called := range append([]string{e.title}, e.look.headings...) {
		if holdsAny(called, domainWords) && holdsAny(called, saleWords) {
			return true
		}
	}
	return false
}

// isScriptLander reports a page that is one short script which leads elsewhere, and nothing else.
func (s *survey) isScriptLander() bool {
	if s.words > 10 || s.shows || len(s.inline) == 0 || len(s.inline) > 2 {
		return false
	}
	for _, script := range s.inline {
		if len(script) < 2<<10 && (bytes.Contains(script, []byte("location")) && (bytes.Contains(script, []byte(".href")) ||
			bytes.Contains(script, []byte("replace(")) || bytes.Contains(script, []byte("location="))) || bytes.Contains(script, []byte("location ="))) {
			return true
		}
	}
	return false
}
