package crawler

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestAddresses(t *testing.T) {
	strict := newGuard(Options{})
	lenient := newGuard(Options{Allow: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::ffff:192.168.0.0/112"), netip.MustParsePrefix("fd00::/8")}})
	for addr, want := range map[string]struct{ strict, lenient bool }{
		"1.1.1.1": {true, true}, "2606:4700::1111": {true, true}, "::ffff:1.1.1.1": {true, true},
		// this machine and its network
		"127.0.0.1": {}, "127.255.255.254": {}, "::1": {}, "0.0.0.0": {}, "0.1.2.3": {}, "::": {}, "::ffff:127.0.0.1": {}, "::127.0.0.1": {},
		"10.1.2.3": {false, true}, "::ffff:10.1.2.3": {false, true}, "172.16.0.1": {}, "172.31.255.255": {}, "172.32.0.1": {true, true},
		"192.168.1.1": {false, true}, "192.169.0.1": {true, true}, "100.64.0.1": {}, "100.127.255.255": {}, "100.128.0.1": {true, true},
		"169.254.0.1": {}, "fe80::1": {}, "fe80::1%eth0": {}, "febf::1": {}, "fec0::1": {}, "fc00::1": {}, "2606:4700::1111%eth0": {},
		// metadata of clouds
		"169.254.169.254": {}, "::ffff:169.254.169.254": {}, "100.100.100.200": {}, "fd00:ec2::254": {false, true}, "168.63.129.16": {true, true},
		// everybody at once
		"224.0.0.1": {}, "239.255.255.255": {}, "240.0.0.1": {}, "255.255.255.255": {}, "ff02::1": {}, "ff0e::1": {},
		// set apart (RFC 6890 and after it)
		"192.0.0.1": {}, "192.0.0.170": {}, "192.0.2.1": {}, "198.51.100.1": {}, "203.0.113.1": {}, "198.18.0.1": {}, "198.19.255.255": {},
		"192.88.99.1": {}, "2001:db8::1": {}, "3fff::1": {}, "100::1": {}, "5f00::1": {}, "2001:2::1": {}, "4000::1": {},
		// IPv4 within IPv6: NAT64, 6to4, Teredo, ISATAP
		"64:ff9b::a00:1": {}, "64:ff9b::7f00:1": {}, "64:ff9b:1::a00:1": {}, "2002:a00:1::1": {}, "2002:7f00:1::": {}, "2001::1": {}, "2001:0:4136:e378:8000:63bf:f5ff:fffe": {},
		"2606:4700::5efe:a00:1": {false, true}, "2606:4700::200:5efe:7f00:1": {}, "2606:4700::5efe:101:101": {true, true}, "2606:4700::5eff:a00:1": {true, true},
	} {
		a := netip.MustParseAddr(addr)
		if got := strict.allows(a); got != want.strict {
			t.Errorf("%s: allowed %v by default", addr, got)
		}
		if got := lenient.allows(a); got != want.lenient {
			t.Errorf("%s: allowed %v with exceptions", addr, got)
		}
	}
}

// insideWeb is a web on loopback with a crawler that may not go there.
func insideWeb(t *testing.T) (*fakeweb.Web, *Crawler) {
	web := startWeb(t)
	web.Handle("inside.test", "*", fakeweb.Page{Title: "Inside"})
	o := options(web)
	o.Allow = nil
	return web, newCrawler(t, o)
}

func TestLinksToRefusedAddressesAreSkipped(t *testing.T) {
	web, c := insideWeb(t)
	port := strings.TrimPrefix(web.URL("inside.test", ""), "http://inside.test")
	for _, host := range []string{"inside.test", "127.0.0.1", "[::ffff:127.0.0.1]", "[::1]", "localhost"} {
		v := visitOne(t, c, "http://"+host+port+"/").Judgement.Verdict
		if v.State != catalog.Skipped || v.Reason != catalog.ReasonPrivateAddress {
			t.Errorf("%s: %s/%s (%s)", host, v.State, v.Reason, v.Message)
		}
	}
	if n := web.Totals().Connections; n != 0 {
		t.Errorf("%d connections were made", n)
	}
}

func TestRefusedAddressesAmongOthersArePassedOver(t *testing.T) {
	web := startWeb(t)
	web.Handle("mixed.test", "/", fakeweb.Page{Title: "Mixed"})
	web.Resolve("mixed.test", fakeweb.Addresses("10.0.0.1", "127.0.0.1", "169.254.169.254"))
	got := visitOne(t, newCrawler(t, options(web)), web.URL("mixed.test", "/"))
	if got.Observation.Status() != 200 {
		t.Errorf("observation %+v, %+v", got.Observation, got.Observation.Failure)
	}
}

func TestTheNextAddressIsTriedWhenOneFails(t *testing.T) {
	web := startWeb(t)
	web.Handle("two.test", "/", fakeweb.Page{Title: "Two"})
	web.Resolve("two.test", fakeweb.Addresses("127.9.9.9", "127.0.0.1")) // nothing listens at the first
	got := visitOne(t, newCrawler(t, options(web)), web.URL("two.test", "/"))
	if got.Observation.Status() != 200 {
		t.Errorf("observation %+v, %+v", got.Observation, got.Observation.Failure)
	}
}

// startProxy starts a forward proxy that counts what it is asked for.
func startProxy(t *testing.T, asked *[]string) *url.URL {
	var mu sync.Mutex // the questions of a page come by the proxy too
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		*asked = append(*asked, r.URL.String())
		mu.Unlock()
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<title>By proxy</title>")
	}))
	t.Cleanup(proxy.Close)
	u, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestBehindAProxyAddressesAreStillRefused(t *testing.T) {
	web := startWeb(t)
	web.Resolve("public.test", fakeweb.Addresses("192.0.2.80"))
	web.Resolve("private.test", fakeweb.Addresses("10.0.0.1"))
	var asked []string
	o := options(web)
	o.Proxy = startProxy(t, &asked)
	o.Allow = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	c := newCrawler(t, o)
	if got := visitOne(t, c, "http://public.test/"); got.Observation.Page == nil || got.Observation.Page.Title != "By proxy" {
		t.Errorf("public: %+v %+v", got.Observation, got.Observation.Failure)
	}
	for _, address := range []string{"http://private.test/", "http://127.0.0.1/"} {
		if v := visitOne(t, c, address).Judgement.Verdict; v.Reason != catalog.ReasonPrivateAddress {
			t.Errorf("%s: %s/%s", address, v.State, v.Reason)
		}
	}
	if len(asked) == 0 || slices.ContainsFunc(asked, func(target string) bool { return !strings.Contains(target, "public.test") }) {
		t.Errorf("the proxy was asked for %v", asked)
	}
}

func TestAProxyThatIsDownIsNoFaultOfTheHost(t *testing.T) {
	web := startWeb(t)
	web.Resolve("public.test", fakeweb.Addresses("127.0.0.1"))
	o := options(web)
	o.Proxy = &url.URL{Scheme: "http", Host: "127.0.0.1:1"}
	got := visitOne(t, newCrawler(t, o), "http://public.test/").Observation
	if got.Failure == nil || got.Failure.Reason != catalog.ReasonUnreachable || !got.Unreached() || !strings.Contains(got.Failure.Detail, "proxy") {
		t.Errorf("failure %+v", got.Failure)
	}
}

func TestListsFromRefusedAddressesAreNotRead(t *testing.T) {
	web, c := insideWeb(t)
	web.Resolve("public.test", fakeweb.Addresses("192.0.2.1"))
	for _, address := range []string{web.URL("inside.test", "/"), "http://127.0.0.1/", "http://public.test:25/"} {
		if _, err := c.Fetch(t.Context(), address, 1<<20); err == nil || !strings.Contains(err.Error(), "private-address") {
			t.Errorf("%s: error %v, want a refused address", address, err)
		}
	}
	if n := web.Totals().Connections; n != 0 {
		t.Errorf("%d connections were made", n)
	}
}
