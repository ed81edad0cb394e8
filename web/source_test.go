package web_test

import (
	"net/url"
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/web"
)

func TestASourceThatIsNotReadSaysWhy(t *testing.T) {
	for name, test := range map[string]struct{ message, want string }{
		"a name that is none": {"source new: https://nowhere.example/x: Get \"https://nowhere.example/x\": dial tcp: lookup nowhere.example on 127.0.0.1:5353: no such host; the links known so far are kept",
			"The last reading failed. The host name does not exist. Check the address."},
		"anything else": {"source new: no such branch, tag or commit: main; the links known so far are kept",
			"The last reading failed. No such branch, tag or commit: main."},
	} {
		d := serve(t, today, nil)
		src := catalog.Source{Name: "new", URL: "https://nowhere.example/x"}
		if err := d.store.SyncFailed(t.Context(), src, test.message, today); err != nil {
			t.Fatal(err)
		}
		for _, page := range []string{"/sources", "/sources/new"} {
			if got := text(d.open(t, page, 200).Find("article#new .alert, main > .alert")); got != test.want {
				t.Errorf("%s, %s: %q, want %q", name, page, got, test.want)
			}
		}
	}
}

func TestASourceHasItsButtonsOnItsPage(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	form := url.Values{"where": {"url"}, "name": {"new"}, "address": {"https://lists.example/x.md"}}
	if w := d.sendAs(ada, "/sources", form.Encode()); w.Code != 303 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if n := d.openAs(t, ada, "/sources").Find(`form[action$="/remove"]`).Length(); n != 0 {
		t.Error("one press removes a source")
	}
	doc := d.openAs(t, ada, "/sources/new")
	for _, selector := range []string{`.head form[action="/sources/new/sync"]`, `details.pausing`, `details.removing form[action="/sources/new/remove"]`} {
		if doc.Find(selector).Length() != 1 {
			t.Errorf("there is no %s", selector)
		}
	}
	books := d.openAs(t, ada, "/sources/backend")
	if books.Find(".legend li").Length() < 3 || books.Find(`.head a[href="/flagged?source=backend"]`).Length() != 1 || books.Find(".removing").Length() != 0 {
		t.Errorf("the page of a configured source: %s", text(books.Find("main")))
	}
	if w := d.sendAs(ada, "/sources/new/sync", "back=%2Fsources%2Fnew"); w.Header().Get("Location") != "/sources/new" {
		t.Errorf("reading it anew leads to %s", w.Header().Get("Location"))
	}
}

func TestTheDemoAddsNothing(t *testing.T) {
	d := serve(t, today, func(o *web.Options) { o.Demo = true })
	ada := d.signedIn(t, "Ada")
	if doc := d.openAs(t, ada, "/sources"); doc.Find("#add form").Length() != 0 || !strings.Contains(text(doc.Find("#add")), "simulated") {
		t.Errorf("it says %q", text(doc.Find("#add")))
	}
	if w := d.sendAs(ada, "/sources", "where=url&name=new&address=https://lists.example/x.md"); w.Code != 400 {
		t.Errorf("a source of the real web: %d", w.Code)
	}
}

func TestAListsOwnFileIsCalledByItsName(t *testing.T) {
	s := store(t)
	read(t, s, snapshot(catalog.Source{Name: "tools", Path: "README.md"}, []chapter{{"README.md", nil, []link{{"Languages", "guide/languages.md#go", catalog.Other, nil}}}}, today))
	doc := serveFrom(t, s, today, nil).open(t, "/resources/1", 200)
	if got := text(doc.Find("h1")); got != "languages.md" || doc.Find(`form[action$="/check"]`).Length() != 0 {
		t.Errorf("it is called %q, or it can be visited", got)
	}
}
