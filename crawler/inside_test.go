package crawler

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// lair listens at an address of its own, at the port of a web, and counts who comes.
func lair(t *testing.T, web *fakeweb.Web) (address string, visitors *atomic.Int64) {
	t.Helper()
	_, port, _ := strings.Cut(strings.TrimPrefix(web.URL("x.test", ""), "http://"), ":")
	ln, err := net.Listen("tcp", "127.0.0.66:"+port)
	if err != nil {
		t.Fatal(err)
	}
	visitors = &atomic.Int64{}
	var loop sync.WaitGroup
	loop.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			visitors.Add(1)
			c.Close()
		}
	})
	t.Cleanup(func() { ln.Close(); loop.Wait() })
	return "127.0.0.66", visitors
}

// outside is a web whose own address counts as public, and a lair beside it whose address does not.
func outside(t *testing.T, change func(*Options)) (*fakeweb.Web, *Crawler, string, *atomic.Int64) {
	web := startWeb(t)
	o := options(web)
	o.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	if change != nil {
		change(&o)
	}
	address, visitors := lair(t, web)
	return web, newCrawler(t, o), address, visitors
}

// TestANameThatChangesItsMindGainsNothing: what was looked up and found public is what is connected to.
func TestANameThatChangesItsMindGainsNothing(t *testing.T) {
	web, c, private, visitors := outside(t, nil)
	web.Handle("rebind.test", "/*", fakeweb.Header(fakeweb.Page{Title: "Public"}, "Connection", "close"))
	web.Resolve("rebind.test", fakeweb.Addresses("127.0.0.1"), fakeweb.Addresses(private))
	want := []catalog.Reason{catalog.ReasonOK, catalog.ReasonPrivateAddress, catalog.ReasonPrivateAddress}
	for i, reason := range want {
		if v := visitOne(t, c, web.URL("rebind.test", "/")).Judgement.Verdict; v.Reason != reason {
			t.Errorf("visit %d: %s (%s), want %s", i, v.Reason, v.Message, reason)
		}
		if n := web.Lookups("rebind.test"); n != i+1 {
			t.Errorf("visit %d: %d lookups, want one for each visit", i, n)
		}
	}
	if n := visitors.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
}

// TestTheSocketLooksOnceMore: an address that got past everything else is refused as it is connected to.
func TestTheSocketLooksOnceMore(t *testing.T) {
	web, c, private, visitors := outside(t, nil)
	_, port, _ := strings.Cut(strings.TrimPrefix(web.URL("x.test", ""), "http://"), ":")
	_, err := c.guard.dialer.DialContext(t.Context(), "tcp", private+":"+port)
	if _, refused := isAddressError(err); !refused || visitors.Load() != 0 {
		t.Errorf("error %v, %d connections", err, visitors.Load())
	}
}

// TestNoWayLeadsInside: redirects of pages, of robots.txt and of lists, to an address and to a name.
func TestNoWayLeadsInside(t *testing.T) {
	web, c, private, visitors := outside(t, func(o *Options) { o.Robots = true })
	_, port, _ := strings.Cut(strings.TrimPrefix(web.URL("x.test", ""), "http://"), ":")
	web.Resolve("inside.test", fakeweb.Addresses(private))
	for i, inside := range []string{"http://" + private + ":" + port, "http://inside.test:" + port, "http://[::ffff:" + private + "]:" + port, "http://2130706498:" + port} {
		host := fmt.Sprintf("out%d.test", i)
		web.Handle(host, "/robots.txt", fakeweb.Redirect(302, inside+"/robots.txt"))
		web.Handle(host, "/page", fakeweb.Page{Title: "Page"})
		web.Handle(host, "/go", fakeweb.Redirect(302, inside+"/"))
		web.Handle(host, "/list.md", fakeweb.Redirect(302, inside+"/list.md"))
		if v := visitOne(t, c, web.URL(host, "/page")).Judgement.Verdict; v.State != catalog.OK {
			t.Errorf("%s: a robots.txt that leads inside: %s (%s)", inside, v.Reason, v.Message)
		}
		if v := visitOne(t, c, web.URL(host, "/go")).Judgement.Verdict; v.Reason != catalog.ReasonBadRedirect {
			t.Errorf("%s: a page that leads inside: %s (%s)", inside, v.Reason, v.Message)
		}
		if _, err := c.Fetch(t.Context(), web.URL(host, "/list.md"), 1<<20); err == nil {
			t.Errorf("%s: a list that leads inside was read", inside)
		}
	}
	if n := visitors.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
}

// TestNumbersInPlaceOfNames: whatever spelling a browser takes for an address is judged as that address.
func TestNumbersInPlaceOfNames(t *testing.T) {
	web, c := insideWeb(t)
	port := strings.TrimPrefix(web.URL("inside.test", ""), "http://inside.test")
	for _, host := range []string{"2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "0x7f.1", "127.1", "127.0.1", "0", "0x0", "127.0.0.1.",
		"①②⑦.⓪.⓪.①", "127。0。0。1", "%31%32%37.0.0.1", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[::]", "[::1%25lo]", "[fe80::1%25lo]",
		"localhost.", "LOCALHOST", "4294967296", "127.0.0.256", "0x7f.0x0.0x0.0x1"} {
		target := catalog.Canonical("http://"+host+port+"/", catalog.From{})
		if target.Reason == catalog.ReasonInvalidURL {
			continue
		}
		if v := visitOne(t, c, target.URL).Judgement.Verdict; v.Reason != catalog.ReasonPrivateAddress && v.Reason != catalog.ReasonDNS {
			t.Errorf("%s, which is %s: %s (%s)", host, target.URL, v.Reason, v.Message)
		}
		if _, err := c.Fetch(t.Context(), "http://"+host+port+"/", 1<<20); err == nil {
			t.Errorf("%s: a list was fetched", host)
		}
	}
	if n := web.Totals().Connections; n != 0 {
		t.Errorf("%d connections were made", n)
	}
}

// TestPortsOfOtherProtocols are asked only at addresses that the operator allowed one by one.
func TestPortsOfOtherProtocols(t *testing.T) {
	g := newGuard(Options{Allow: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	for address, fine := range map[string]bool{
		"http://a.test/": true, "https://a.test/": true, "http://a.test:8080/": true, "https://a.test:8443/": true, "http://1.1.1.1:8000/": true,
		"http://a.test:22/": false, "http://a.test:25/": false, "https://a.test:25/": false, "http://a.test:6379/": false, "http://a.test:11211/": false,
		"http://a.test:3306/": false, "http://a.test:5432/": false, "http://a.test:0/": false, "http://a.test:65536/": false, "http://1.1.1.1:25/": false,
		"http://[2606:4700::1111]:6379/": false, "http://10.0.0.1:6379/": true, "http://[::ffff:10.0.0.1]:25/": true, "http://10.0.0.1:99999/": false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.refuses(t.Context(), u); (err == nil) != fine {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestCookiesGoWhereABrowserWouldSendThem(t *testing.T) {
	web := startWeb(t)
	for _, host := range []string{"a.own.test", "b.own.test", "other.test"} {
		web.Secure(host, fakeweb.TLS{})
		web.Handle(host, "/end", fakeweb.Page{Title: "End"})
	}
	set := func(to string) fakeweb.Behaviour {
		b := fakeweb.Redirect(302, to)
		for _, cookie := range []string{"host=1", "site=1; Domain=own.test", "suffix=1; Domain=test", "theirs=1; Domain=other.test", "safe=1; Secure; Domain=own.test", "path=1; Path=/deep; Domain=own.test", "gone=1; Max-Age=0"} {
			b = headerToo(b, "Set-Cookie", cookie)
		}
		return b
	}
	c := newCrawler(t, options(web))
	for path, test := range map[string]struct{ to, host, want string }{
		"/home":    {web.HTTPSURL("a.own.test", "/end"), "a.own.test", "host safe site"},
		"/sibling": {web.HTTPSURL("b.own.test", "/end"), "b.own.test", "safe site"},
		"/plain":   {web.URL("b.own.test", "/end"), "b.own.test", "site"},
		"/away":    {web.HTTPSURL("other.test", "/end"), "other.test", ""},
	} {
		web.Handle("a.own.test", path, set(test.to))
		visitOne(t, c, web.HTTPSURL("a.own.test", path))
		requests := slices.DeleteFunc(web.Requests(test.host), func(r fakeweb.Request) bool { return r.Path != "/end" })
		var names []string
		for _, pair := range strings.Split(requests[len(requests)-1].Header.Get("Cookie"), "; ") {
			name, _, _ := strings.Cut(pair, "=")
			names = append(names, name)
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s: %q arrived, want %q", path, got, test.want)
		}
	}
}
