package web_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

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
	t.Run("a chosen filter applies at once", func(t *testing.T) {
		do(t, chromedp.Navigate(at+"/resources"), chromedp.Focus(chromedp.CSS("select[name=source]")), chromedp.KeyEvent("t"),
			chromedp.WaitVisible(chromedp.CSS(`.chips a[href="/resources"]`)))
		until(t, `location.search === "?source=tools" && document.querySelectorAll(".rows tbody tr").length === 2`)
	})
}
