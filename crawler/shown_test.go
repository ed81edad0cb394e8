package crawler

import (
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// TestWhatAHostSaysIsKeptToBeShown: what robots.txt came to, and how the host failed, are found in the store.
func TestWhatAHostSaysIsKeptToBeShown(t *testing.T) {
	web := startWeb(t)
	want := map[string]catalog.Robots{
		"free.test":   {Status: 404, Access: catalog.AccessAll},
		"partly.test": {Status: 200, Access: catalog.AccessSome, Delay: 20 * time.Millisecond},
		"closed.test": {Status: 200, Access: catalog.AccessNone},
		"ill.test":    {Status: 503, Access: catalog.AccessNone},
		"led.test":    {Status: 200, Access: catalog.AccessAll},
	}
	web.Handle("free.test", "/robots.txt", fakeweb.Status(404))
	web.Handle("partly.test", "/robots.txt", fakeweb.Text(200, "User-agent: *\nCrawl-delay: 0.02\nDisallow: /private"))
	web.Handle("closed.test", "/robots.txt", fakeweb.Text(200, "User-agent: *\nDisallow: /"))
	web.Handle("ill.test", "/robots.txt", fakeweb.Status(503))
	web.Handle("led.test", "/robots.txt", fakeweb.Redirect(301, "/there.txt"))
	web.Handle("led.test", "/there.txt", fakeweb.Text(200, "User-agent: *\nDisallow:"))
	web.Handle("busy.test", "/robots.txt", fakeweb.Status(404))
	web.Handle("busy.test", "/page", fakeweb.Status(503))
	var addresses []string
	for host := range want {
		web.Handle(host, "/page", fakeweb.Page{Title: "Page"})
		addresses = append(addresses, web.URL(host, "/page"))
	}
	addresses = append(addresses, web.URL("busy.test", "/page"))
	store := openStore(t, addresses...)
	o := serviceOptions(web)
	o.Robots, o.Retries = true, 0
	stop := serve(t, newCrawler(t, o), store)
	eventually(t, "all visited", func() bool { return states(t, store)[catalog.Unchecked] == 0 })
	stop()
	row := func(name string) catalog.HostRow {
		h, err := store.Host(t.Context(), catalog.Host(web.URL(name, "/")), time.Now())
		if err != nil {
			t.Fatal(name, err)
		}
		return h
	}
	for name, robots := range want {
		got := row(name).Robots
		if time.Since(got.Read) > time.Minute {
			t.Errorf("%s: read at %v", name, got.Read)
		}
		if got.Read = (time.Time{}); got != robots {
			t.Errorf("%s says %+v, want %+v", name, got, robots)
		}
	}
	if h := row("busy.test"); h.Error != "it answered 503" || time.Since(h.ErrorAt) > time.Minute {
		t.Errorf("the host that is busy failed by %q at %v", h.Error, h.ErrorAt)
	}
	if h := row("free.test"); h.Error != "" {
		t.Errorf("a host that is well failed by %q", h.Error)
	}
	if h := row("ill.test"); !strings.Contains(h.Error, "503") {
		t.Errorf("a host that does not serve its robots.txt failed by %q", h.Error)
	}
}
