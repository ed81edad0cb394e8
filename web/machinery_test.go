package web_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/web"
)

func TestHosts(t *testing.T) {
	d := serve(t, today, nil)
	doc := d.open(t, "/hosts", 200)
	if got := text(doc.Find(".hosts tbody tr").First()); !strings.HasPrefix(got, "library.example.edu ok: 84 84 resources 79.2%") {
		t.Errorf("the host with most resources says %q", got)
	}
	if got := text(d.open(t, "/hosts?sort=trouble", 200).Find(".hosts .c-main")); !strings.Contains(got, "openmymind.example") || strings.Contains(got, "go.dev") {
		t.Errorf("in trouble are %q", got)
	}
	if got := d.open(t, "/hosts?text=library", 200).Find(".hosts tbody tr").Length(); got != 1 {
		t.Errorf("%d hosts are found by name", got)
	}
	one := d.open(t, "/hosts/go.dev", 200)
	if got := text(one.Find(".head .fine a")); got != "2 resources" {
		t.Errorf("the host has %q", got)
	}
	if err := d.store.SaveHosts(t.Context(), []catalog.HostState{{Host: "go.dev", Failures: 2, Error: "it answered 503", ErrorAt: today.Add(-time.Hour),
		Robots: catalog.Robots{Read: today.Add(-2 * time.Hour), Status: 200, Access: catalog.AccessSome, Delay: 3 * time.Second}}}); err != nil {
		t.Fatal(err)
	}
	told := text(d.open(t, "/hosts/go.dev", 200).Find("#manners + .facts"))
	for _, want := range []string{"robots.txt forbids some pages answered 200, read 2 h ago", "Crawl-delay 3.0 s", "last failed it answered 503 1 h ago"} {
		if !strings.Contains(told, want) {
			t.Errorf("the host says %q, not %q", told, want)
		}
	}
	if got := text(d.open(t, "/hosts?text=go.dev", 200).Find(".hosts .c-main")); !strings.Contains(got, "it answered 503") {
		t.Errorf("among hosts it says %q", got)
	}
	d.open(t, "/hosts/nowhere.example", 404)
	d.open(t, "/hosts?sort=odd", 400)
}

func TestCrawlerPage(t *testing.T) {
	now := today
	visits := int64(0)
	d := serve(t, today, func(o *web.Options) {
		o.Now, o.Visits = func() time.Time { return now }, func() int64 { return visits }
	})
	doc := d.open(t, "/crawler", 200)
	for selector, want := range map[string]string{
		"#well":   "2 visits under way",
		"#flight": "go.dev fetching",
		"#failed": "Notes on queues",
		"#queue":  "due now 2",
		"#hosts":  "resting between two visits 11",
		"#slow":   "openmymind.example/mongodb.pdf 4.0 s",
	} {
		if got := text(doc.Find(selector)); !strings.Contains(got, want) {
			t.Errorf("%s: %q does not say %q", selector, got, want)
		}
	}
	for _, test := range []struct {
		activity catalog.Activity
		want     string
	}{
		{catalog.Activity{Offline: "nothing answers"}, "Seems to be offline"},
		{catalog.Activity{Stuck: true}, "Cannot write what it sees"},
		{catalog.Activity{}, "2 visits due; their hosts are given time"},
	} {
		d.crawler.set(test.activity)
		if got := text(d.open(t, "/crawler", 200).Find("#well")); got != test.want {
			t.Errorf("the crawler is %q, want %q", got, test.want)
		}
	}
}

func TestSettings(t *testing.T) {
	doc := serve(t, today, nil).open(t, "/settings", 200)
	if got := text(doc.Find(".settings tbody")); got != "check.timeout 20s check.every 3d set network.proxy empty" {
		t.Errorf("the settings are %q", got)
	}
}

func TestSourcesAreAddedByThoseWithTheToken(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	for name, test := range map[string]struct {
		cookie, form string
		want         int
	}{
		"by nobody":            {"", "name=new&where=url&address=https://lists.example/x.md", 303},
		"on disk":              {ada, "name=new&where=path&address=/etc", 400},
		"a file's address":     {ada, "name=new&where=url&address=file:///etc/passwd", 422},
		"a name that is taken": {ada, "name=books&where=url&address=https://lists.example/x.md", 409},
	} {
		if w := d.sendAs(test.cookie, "/sources", test.form); w.Code != test.want || w.Header().Get("Location") == "/sources" {
			t.Errorf("%s: %d %s, want %d", name, w.Code, w.Header().Get("Location"), test.want)
		}
	}
	if w := d.sendAs(ada, "/sources", "name=new&where=git&address=https://git.example/x.git&paths=a/*.md+b.md"); w.Code != 303 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	added, err := d.store.AddedSources(t.Context())
	if err != nil || len(added) != 1 || added[0].By != "Ada" || !slices.Equal(added[0].Paths, []string{"a/*.md", "b.md"}) {
		t.Fatalf("added: %+v, %v", added, err)
	}
	if w := d.sendAs("", "/sources/new/remove", ""); w.Header().Get("Location") == "/sources" {
		t.Error("anybody can remove it")
	}
	if w := d.sendAs(ada, "/sources/new/remove", ""); w.Code != 303 {
		t.Errorf("remove: %d", w.Code)
	}
	if w := d.sendAs(ada, "/sources/books/remove", ""); w.Code != 404 {
		t.Errorf("a configured one is removed: %d", w.Code)
	}
	if !slices.Equal(d.syncer.asked, []string{"new", "new"}) {
		t.Errorf("asked to sync %q", d.syncer.asked)
	}
}
