package web_test

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"waymark/catalog"
)

// TestScripts tries what JavaScript adds to the pages.
func TestScripts(t *testing.T) {
	ctx := chromium(t)
	d := serve(t, time.Now(), nil)
	at := start(t, d)
	do := func(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	// until waits for the page to be as an expression says.
	until := func(t *testing.T, expression string) {
		t.Helper()
		if ok, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(30*time.Second))); err != nil || !ok {
			t.Fatalf("%s: %v", expression, err)
		}
	}

	t.Run("the light switch changes the page and the next ones", func(t *testing.T) {
		do(t, chromedp.Navigate(at+"/"), chromedp.Click(chromedp.CSS(".theme button")))
		until(t, `document.documentElement.dataset.theme === "light"`)
		do(t, chromedp.Click(chromedp.CSS(".theme button")))
		until(t, `document.documentElement.dataset.theme === "dark"`)
		do(t, chromedp.Navigate(at+"/sources"))
		until(t, `document.documentElement.dataset.theme === "dark"`)
	})
	t.Run("what is visited is shown as it goes on", func(t *testing.T) {
		do(t, chromedp.Navigate(at+"/"))
		d.crawler.set(catalog.Activity{Offline: "nothing answers", Visiting: []catalog.Visiting{{Resource: 3, URL: "https://later.example/", Phase: "fetching"}}})
		until(t, `document.querySelector("#now").textContent.includes("later.example")`)
		until(t, `document.querySelector("#offline").textContent.includes("nothing answers")`)
	})
	t.Run("a slash finds, j and k walk the rows", func(t *testing.T) {
		do(t, chromedp.Navigate(at+"/resources"), chromedp.KeyEvent("/"))
		until(t, `document.activeElement.name === "text"`)
		do(t, chromedp.KeyEvent("\x1b"), chromedp.KeyEvent("jjk"))
		until(t, `document.activeElement === document.querySelector(".rows .c-main a")`)
	})
	t.Run("x ticks the row, and all that is ticked is checked at once", func(t *testing.T) {
		do(t, chromedp.Navigate(at+"/resources?state=dead"), chromedp.KeyEvent("jxjx"))
		until(t, `document.querySelector("[data-ticked]").textContent === "2 selected"`)
		do(t, chromedp.Click(chromedp.CSS(".ticked button")), chromedp.WaitVisible(chromedp.CSS(".banner.done")))
		until(t, `location.search === "?state=dead" && document.querySelector(".done").textContent.includes("2 resources due now")`)
	})
	t.Run("a question mark tells the keys, g and a letter goes", func(t *testing.T) {
		do(t, chromedp.Navigate(at+"/resources"), chromedp.KeyEvent("?"))
		until(t, `document.querySelector("#help").open`)
		do(t, chromedp.KeyEvent("\x1b"))
		until(t, `!document.querySelector("#help").open`)
		do(t, chromedp.KeyEvent("gs"), chromedp.WaitVisible(chromedp.CSS("#books")))
		until(t, `location.pathname === "/sources"`)
	})
	t.Run("a second click does not send a form again", func(t *testing.T) {
		do(t, chromedp.Navigate(at+d.resource(t, "https://effectivepython")), chromedp.WaitVisible(chromedp.CSS(".verdict form")))
		until(t, `(() => { const form = document.querySelector(".verdict form"); let sent = 0;
			addEventListener("submit", (event) => { sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); });
			form.requestSubmit(); form.requestSubmit();
			return sent === 1; })()`)
	})
	t.Run("arrow keys walk the visits of a strip", func(t *testing.T) {
		do(t, chromedp.Navigate(at+d.resource(t, "https://effectivepython")), chromedp.Focus(chromedp.CSS(".strip a:not([tabindex])")), chromedp.KeyEvent(kb.ArrowLeft+kb.ArrowLeft))
		until(t, `(() => { const seen = document.activeElement.querySelector(".tip"); return getComputedStyle(seen).opacity === "1" && seen.textContent.includes("failing"); })()`)
		do(t, chromedp.KeyEvent(kb.Home))
		until(t, `document.activeElement.parentElement.previousElementSibling === null && document.querySelectorAll(".strip [tabindex='0']").length === 1`)
	})
	t.Run("paper has the rows and none of the controls", func(t *testing.T) {
		do(t, chromedp.Navigate(at+"/resources"))
		media := func(name string) {
			t.Helper()
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name}); err != nil {
				t.Fatal(err)
			}
		}
		media("print")
		defer media("")
		until(t, `(() => { const height = (s) => document.querySelector(s).getBoundingClientRect().height;
			return height(".rows tbody") > 100 && height(".filters") === 0 && height(".top nav") === 0 && height(".ticked") === 0; })()`)
		do(t, chromedp.Navigate(at+"/resources?state=dead"))
		until(t, `document.querySelector(".chips .icon").getBoundingClientRect().height === 0`)
	})
	t.Run("on a phone the navigation shows where the reader is, filters are folded, and a strip fits fingers", func(t *testing.T) {
		do(t, viewport(360), chromedp.Navigate(at+"/crawler"))
		until(t, `(() => { const here = document.querySelector(".top nav [aria-current]").getBoundingClientRect(); return here.left >= 0 && here.right <= innerWidth; })()`)
		do(t, chromedp.Navigate(at+"/resources"))
		until(t, `document.querySelector("select[name=finding]").checkVisibility() === false`)
		do(t, chromedp.Click(chromedp.CSS(".filters summary")))
		until(t, `document.querySelector("select[name=finding]").checkVisibility()`)
		do(t, chromedp.Navigate(at+d.resource(t, "https://effectivepython")), chromedp.Focus(chromedp.CSS(".strip a:not([tabindex])")), chromedp.KeyEvent(kb.Home))
		until(t, `document.activeElement.matches(".strip a") && document.activeElement.getBoundingClientRect().width > 8`)
		do(t, viewport(1440))
	})
	t.Run("a page says that the service does not answer", func(t *testing.T) {
		r := run(t)
		do(t, chromedp.Navigate(r.at+"/"))
		until(t, `document.documentElement.hasAttribute("data-events") && document.getElementById("unreached").hidden`)
		r.die()
		until(t, `!document.getElementById("unreached").hidden`)
	})
	t.Run("a list that is pressed in stays as it is, and tells that there is more", func(t *testing.T) {
		r := run(t)
		flags, err := r.store.Flags(t.Context(), catalog.FlagQuery{Apart: true}, today)
		if err != nil {
			t.Fatal(err)
		}
		f := flags.Groups[0].Flags[0].Finding
		turned := func(page string) {
			t.Helper()
			do(t, chromedp.Navigate(r.at+page))
			until(t, `document.documentElement.hasAttribute("data-events")`)
		}
		turned("/flagged?review=kept")
		if _, err := r.store.Review(t.Context(), catalog.ReviewRequest{Finding: f.ID, Version: f.Version(), Decision: catalog.ReviewKept, By: "Ben"}, today); err != nil {
			t.Fatal(err)
		}
		r.news.last.Add(1)
		until(t, `!document.getElementById("more").hidden && document.getElementById("more").textContent === "1 more · Show"`)
		until(t, `document.querySelectorAll(".flag").length === 0`)
		do(t, chromedp.Click(chromedp.CSS("#more a")), chromedp.WaitVisible(chromedp.CSS(".flag")))
		turned("/hosts")
		if err := r.store.SaveHosts(t.Context(), []catalog.HostState{{Host: "library.example.edu", Gap: 7 * time.Second}}); err != nil {
			t.Fatal(err)
		}
		r.news.last.Add(1)
		until(t, `document.querySelector("[data-key='library.example.edu']").textContent.includes("7.0 s") && document.getElementById("more").hidden`)
	})
	t.Run("a chosen filter applies at once", func(t *testing.T) {
		do(t, chromedp.Navigate(at+"/resources"), chromedp.Focus(chromedp.CSS("select[name=source]")), chromedp.KeyEvent("t"),
			chromedp.WaitVisible(chromedp.CSS(`.chips a[href="/resources"]`)))
		until(t, `location.search === "?source=tools" && document.querySelectorAll(".rows tbody tr").length === 2`)
	})
}
