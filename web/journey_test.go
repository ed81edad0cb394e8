package web_test

import (
	"bufio"
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// journey is somebody at a browser.
type journey struct {
	t   *testing.T
	ctx context.Context
}

func (j journey) do(steps ...chromedp.Action[chromedp.Void]) {
	j.t.Helper()
	if err := chromedp.Do(j.ctx, steps...); err != nil {
		j.t.Fatal(err)
	}
}

// until waits for the page to be as an expression says.
func (j journey) until(expression string) {
	j.t.Helper()
	if ok, err := chromedp.Run(j.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(time.Minute))); err != nil || !ok {
		j.t.Fatalf("%s: %v", expression, err)
	}
}

// tabTo presses the tab key until the focus is on an element, which must be seen to have it.
func (j journey) tabTo(selector string) {
	j.t.Helper()
	const seen = `(() => { const e = document.activeElement, s = getComputedStyle(e);
		return e.matches(%) && (s.outlineStyle !== "none" || s.borderColor !== "") && e.getBoundingClientRect().height > 0; })()`
	for range 150 {
		j.do(chromedp.KeyEvent(kb.Tab))
		at, err := chromedp.Run(j.ctx, chromedp.Evaluate[bool](regexp.MustCompile(`%`).ReplaceAllLiteralString(seen, "`"+selector+"`")))
		if err != nil {
			j.t.Fatal(err)
		}
		if at {
			return
		}
	}
	j.t.Fatalf("the tab key does not reach %s", selector)
}

// TestByKeyboardAlone signs in, sets a finding aside and takes that back, and has a resource checked, without a mouse.
func TestByKeyboardAlone(t *testing.T) {
	j := journey{t, chromium(t)}
	d := serve(t, time.Now(), nil)
	token := d.token(t)
	at := start(t, d)
	j.do(chromedp.Navigate(at+"/"), chromedp.KeyEvent("gf"), chromedp.WaitVisible(chromedp.CSS(".flag")))
	j.tabTo(`.head a[href^="/sign-in"]`)
	j.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".sign")))
	j.tabTo(`[name=name]`)
	j.do(chromedp.KeyEvent("Ada"))
	j.tabTo(`[name=token]`)
	j.do(chromedp.KeyEvent(token+kb.Enter), chromedp.WaitVisible(chromedp.CSS(".decide")))
	j.tabTo(`.decide summary`)
	j.do(chromedp.KeyEvent(kb.Enter))
	j.tabTo(`[name=reason]`)
	j.do(chromedp.KeyEvent("known"))
	j.tabTo(`[name=decision][value=aside]`)
	j.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".banner.done")))
	j.until(`document.activeElement.matches(".flag") && location.hash === "#" + document.activeElement.id`)
	j.do(chromedp.KeyEvent("k"))
	j.until(`document.activeElement.matches(".flag h2 a")`)
	j.tabTo(`.tabs a[href="/flagged?review=aside"]`)
	j.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".decision")))
	j.tabTo(`.decision button`)
	j.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".banner.done")), chromedp.WaitVisible(chromedp.CSS(".empty")))

	j.do(chromedp.KeyEvent("/postgres"+kb.Enter), chromedp.WaitVisible(chromedp.CSS(".rows")), chromedp.KeyEvent("j"+kb.Enter),
		chromedp.WaitVisible(chromedp.CSS("#verdict")))
	j.tabTo(`#verdict button`)
	j.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#verdict .pending")))
}

// TestByFingerOnAPhone does the same where there is little room.
func TestByFingerOnAPhone(t *testing.T) {
	j := journey{t, chromium(t)}
	d := serve(t, time.Now(), nil)
	token := d.token(t)
	at := start(t, d)
	press := func(selector string) chromedp.Action[chromedp.Void] { return chromedp.Click(chromedp.CSS(selector)) }
	j.do(viewport(390), chromedp.Navigate(at+"/flagged"), press(`.head a[href^="/sign-in"]`), chromedp.WaitVisible(chromedp.CSS(".sign")),
		chromedp.SendKeys(chromedp.CSS("[name=name]"), "Ada"), chromedp.SendKeys(chromedp.CSS("[name=token]"), token), press(".sign button"),
		chromedp.WaitVisible(chromedp.CSS(".decide")), press(".decide button"), chromedp.WaitVisible(chromedp.CSS(".banner.done")))
	j.until(`document.querySelector(".tabs").textContent.includes("confirmed 1")`)
	j.do(chromedp.Navigate(at+"/resources?state=dead"), press(".c-tick [name=id]"), press(".ticked button"), chromedp.WaitVisible(chromedp.CSS(".banner.done")))
}

// TestDemo runs the real binary over its simulated web: the pages fill while they are open, and the program ends though
// they are.
func TestDemo(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "waymark")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "waymark/cmd/waymark").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	demo := exec.CommandContext(t.Context(), binary, "demo", "--listen", "127.0.0.1:0")
	said, err := demo.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	at := ""
	for address := regexp.MustCompile(`http://[0-9.:]+/`); at == "" && lines.Scan(); {
		at = address.FindString(lines.Text())
	}
	if at == "" {
		t.Fatal("the demo does not say where it is")
	}
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		for lines.Scan() { // its log must not block it
		}
	}()
	j := journey{t, chromium(t)}
	heard := listen(t, j.ctx)
	j.do(chromedp.Navigate(at))
	j.until(`document.querySelector(".legend")?.textContent.includes("dead") && document.documentElement.hasAttribute("data-events")`)
	j.do(chromedp.Navigate(at+"sign-in"), chromedp.SendKeys(chromedp.CSS("[name=name]"), "Ada"), chromedp.Click(chromedp.CSS(".sign button")),
		chromedp.WaitVisible(chromedp.CSS(".decide")), chromedp.Click(chromedp.CSS(".decide button")), chromedp.WaitVisible(chromedp.CSS(".banner.done")))
	j.do(chromedp.Navigate(at + "crawler"))
	j.until(`document.querySelector("#failed tbody") !== null`)
	for _, c := range heard.take() {
		t.Error(c)
	}
	if err := demo.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-drained
	if err := demo.Wait(); err != nil {
		t.Errorf("the demo ended with %v", err)
	}
}
