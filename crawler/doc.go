// Package crawler visits the resources of a catalog and reports what it saw.
//
// A [Crawler] takes claims, either a given sequence of them ([Crawler.Check]) or from a store that is asked again
// and again ([Crawler.Serve]), and gives back results that are judged and ready to be recorded.
//
// Politeness is the centre of the house. Every request, be it for a page, for a redirect's target or for a
// robots.txt, needs a slot of the frontier: the frontier keeps one queue per host, and a slot is granted when the
// host's time has come, the host has room, and the crawler as a whole has room. Whoever waits for a slot holds
// none, so that one slow host cannot starve the others.
//
//	frontier   who may ask which host, and when            frontier.go host.go heap.go slot.go greathosts.go
//	visit      one claim, its attempts and its hops        visit.go fetch.go refresh.go retry.go
//	questions  what a page alone does not tell             questions.go answers.go issuer.go nameservers.go forge.go
//	transport  one hop: robots, slot, request, body        transport.go exchange.go body.go coding.go redirect.go
//	wishes     what an answer asks for                     retryafter.go ratelimit.go
//	guard      which addresses are never connected to      guard.go dial.go
//	robots     RFC 9309                                    robots.go robotscache.go
//	outage     is the fault here or there                  outage.go
//	run        one Check or one Serve                      run.go check.go serve.go record.go
package crawler
