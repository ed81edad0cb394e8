package fakeweb

import "strings"

// Robots is a robots.txt as it is written, for [Web.Handle] at /robots.txt.
// Its status is 200; any other behaviour may stand there as well.
func Robots(text string) Behaviour { return Text(200, text) }

// Disallow is a robots.txt that keeps every robot out of these paths; "/" is
// the whole host (RFC 9309, 2.2.2).
func Disallow(paths ...string) Behaviour {
	return Robots("User-agent: *\nDisallow: " + strings.Join(paths, "\nDisallow: ") + "\n")
}

// CrawlDelay is a robots.txt that allows everything and asks for a pause, in
// seconds, between two visits. RFC 9309 knows no such line; hosts write it.
func CrawlDelay(seconds string) Behaviour {
	return Robots("User-agent: *\nCrawl-delay: " + seconds + "\nDisallow:\n")
}
