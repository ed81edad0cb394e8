package crawler

import (
	"net/http"
	"net/http/cookiejar"
	"slices"

	"golang.org/x/net/publicsuffix"

	"waymark/catalog"
)

// What a chain of redirects may set in cookies: all of it is sent, and remembered with each place, on every hop from
// there. RFC 6265, section 6.1, asks browsers for 50 cookies of 4 KiB for each site; servers take 8 or 16 KiB in all.
const (
	maxCookies     = 32 << 10 // bytes of a chain, names and values
	maxCookie      = 4 << 10  // bytes of one
	maxSiteCookies = 50       // of a registrable domain, by their names
)

// keepCookies keeps what a redirect sets: many sites set a cookie and send the visitor back to the same page. What
// goes beyond the bounds is dropped.
func (a *attempt) keepCookies(req *http.Request, res *http.Response) {
	site := catalog.Site(req.URL.String())
	cookies := slices.DeleteFunc(res.Cookies(), func(c *http.Cookie) bool { return !a.takes(site, c) })
	if len(cookies) == 0 {
		return
	}
	if a.jar == nil {
		a.jar, _ = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	}
	a.jar.SetCookies(req.URL, cookies)
}

// takes reports whether there is room for a cookie of a site, and takes it.
func (a *attempt) takes(site string, c *http.Cookie) bool {
	size := len(c.Name) + len(c.Value)
	known := slices.Contains(a.named[site], c.Name)
	if size > maxCookie || a.cookies+size > maxCookies || !known && len(a.named[site]) >= maxSiteCookies {
		return false
	}
	a.cookies += size
	if !known {
		if a.named == nil {
			a.named = map[string][]string{}
		}
		a.named[site] = append(a.named[site], c.Name)
	}
	return true
}

func (a *attempt) addCookies(req *http.Request) {
	if a.jar == nil {
		return
	}
	for _, cookie := range a.jar.Cookies(req.URL) {
		req.AddCookie(cookie)
	}
}
