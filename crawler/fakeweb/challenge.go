package fakeweb

import "net/http"

// Wall names who stands between a visitor and the page.
type Wall string

// The walls that [Challenge] can play.
const (
	Cloudflare Wall = "cloudflare" // 403, cf-mitigated: challenge
	AWSWAF     Wall = "aws-waf"    // 202, x-amzn-waf-action: challenge
	DataDome   Wall = "datadome"   // 403, x-datadome and x-dd-b
	Vercel     Wall = "vercel"     // 429, x-vercel-mitigated: challenge
	Akamai     Wall = "akamai"     // 403, a short answer of AkamaiGHost
	Anubis     Wall = "anubis"     // 200, a page that computes
)

// Challenge answers as this wall answers a robot: with a task for a browser,
// and nothing of the page behind it. An unknown wall panics.
func Challenge(w Wall) Behaviour {
	switch w {
	case Cloudflare:
		return Header(Page{Code: 403, Title: "Just a moment...", Body: waitBody},
			"cf-mitigated", "challenge", "cf-ray", "8a1f0d2e3c4b5a69-FAK", "Server", "cloudflare")
	case AWSWAF:
		return Header(Page{Code: 202, Head: `<script src="/challenge.js"></script>`},
			"x-amzn-waf-action", "challenge", "Server", "CloudFront")
	case DataDome:
		return Header(Page{Code: 403, Title: "Access check", Body: waitBody},
			"x-datadome", "protected", "x-dd-b", "2", "Server", "DataDome")
	case Vercel:
		return Header(Page{Code: http.StatusTooManyRequests, Title: "Security Checkpoint", Body: waitBody},
			"x-vercel-mitigated", "challenge", "Server", "Vercel")
	case Akamai:
		return Header(Page{Code: 403, Title: "Access Denied", Body: "<p>Reference #18.2f1e1002</p>\n"},
			"Server", "AkamaiGHost")
	case Anubis:
		return Page{Title: "Making sure you're not a bot!", Head: `<script id="anubis_challenge" type="application/json">{"rules":{"difficulty":4}}</script>` + "\n",
			Body: waitBody}
	}
	panic("fakeweb: unknown wall " + string(w))
}

const waitBody = "<p>Your browser is being checked. Enable JavaScript to continue.</p>\n"
