package crawler

import (
	"net/http"
	"strings"
)

// challenge names the provider of a bot wall that an answer's headers show, "" when they show none. Headers that
// a provider sends with every answer, wall or not, are no sign.
func challenge(status int, header http.Header) string {
	switch {
	case strings.EqualFold(header.Get("Cf-Mitigated"), "challenge"):
		return "Cloudflare"
	case header.Get("X-Amzn-Waf-Action") != "" && status != http.StatusOK:
		return "AWS WAF"
	case (header.Get("X-Datadome") != "" || header.Get("X-Dd-B") != "") && status/100 == 4:
		return "DataDome"
	case strings.EqualFold(header.Get("X-Vercel-Mitigated"), "challenge"):
		return "Vercel"
	}
	return ""
}
