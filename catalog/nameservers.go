package catalog

import "strings"

// parkingServers are the name servers of services that do nothing but park domains (Zirngibl et al., "Domain Parking:
// Largely Present, Rarely Considered!", TMA 2022, and the services' own instructions). Registrars that serve parked and
// used domains from the same names are left out: those prove nothing.
var parkingServers = []string{
	"sedoparking.com", "parkingcrew.net", "bodis.com", "above.com", "parklogic.com", "dan.com", "undeveloped.com", "afternic.com", "smartname.com", "namefind.com",
	"cashparking.com", "uniregistrymarket.link", "uniregistry-dns.com", "hugedomains.com", "huge-domains.com", "hugedomainsdns.com", "buydomains.com", "domainmarket.com",
	"skenzo.com", "domainsponsor.com", "dsredirection.com", "fabulous.com", "rookdns.com", "rookmedia.net", "trafficz.com", "voodoo.com", "namedrive.com", "fastpark.net", "parked.com",
	"dnsnameserver.org", "parkingpage.namecheap.com", "dns-parking.com", "expired.namecheap.com", "failed-whois-verification.namecheap.com", "expiredns.com",
	"domainrecover.com", "renewyourname.net", "expireddomains.com", "suspended-domain.com", "ztomy.com", "bodisdns.com", "parkpage.foundationapi.com", "ns-not-in-service.com",
	"eftydns.com", "efty.com", "brandbucket.com", "squadhelp.com", "perfectdomain.com", "epik-parking.com", "park.do", "sav-parking.com", "domain-resolution.net", "parktons.com",
	"internettraffic.com", "giantpanda.com", "tonic.to", "torresdns.com", "domain.io", "mytrafficmanagement.com", "redirectdom.com", "this-domain-for-sale.com", "forsale.godaddy.com",
}

// parkingServer returns the first of the name servers that belongs to a parking service, "" when none does.
func parkingServer(names []string) string {
	for _, name := range names {
		name = strings.TrimSuffix(strings.ToLower(name), ".")
		for _, service := range parkingServers {
			if name == service || strings.HasSuffix(name, "."+service) {
				return name
			}
		}
	}
	return ""
}
