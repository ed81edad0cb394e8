package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"waymark/web"
)

// token makes the write token of a dashboard's store.
func (d *dashboard) token(t *testing.T) string {
	t.Helper()
	token, made, err := d.store.EnsureToken(t.Context())
	switch {
	case err != nil, !made && d.made == "":
		t.Fatalf("no token: %v", err)
	case made:
		d.made = token
	}
	return d.made
}

// signedIn returns the cookie of a session.
func (d *dashboard) signedIn(t *testing.T, name string) string {
	t.Helper()
	w := d.send("/sign-in", "name="+name+"&back=/sources&token="+d.token(t))
	if w.Code != 303 || w.Header().Get("Location") != "/sources" {
		t.Fatalf("sign in: %d %s", w.Code, w.Header().Get("Location"))
	}
	cookie, attributes, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(attributes, want) {
			t.Errorf("the cookie lacks %s: %s", want, attributes)
		}
	}
	return cookie
}

// sendAs posts a form with a cookie.
func (d *dashboard) sendAs(cookie, path, form string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form))
	r.Host = "localhost:8080"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", cookie)
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

func TestSignIn(t *testing.T) {
	d := serve(t, today, nil)
	cookie := d.signedIn(t, "Ada")
	if body := d.do("GET", "/", "Cookie", cookie).Body.String(); !strings.Contains(body, "<bdi>Ada</bdi>") {
		t.Error("the page does not know who is signed in")
	}
	if w := d.sendAs(cookie, "/sign-out", "back=/sources"); w.Code != 303 {
		t.Errorf("sign out: %d", w.Code)
	}
	if body := d.do("GET", "/", "Cookie", cookie).Body.String(); strings.Contains(body, "<bdi>Ada</bdi>") {
		t.Error("the session goes on after signing out")
	}
}

func TestSignInIsRefused(t *testing.T) {
	d := serve(t, today, nil)
	token := d.token(t)
	for form, want := range map[string]int{
		"name=Ada&token=wrong":        401,
		"name=Ada":                    401,
		"token=" + token:              422,
		"name=%1b[31m&token=" + token: 422,
		"name=" + strings.Repeat("a", 81) + "&token=" + token: 422,
		"name=Ada&back=//evil.example&token=" + token:         303,
	} {
		w := d.send("/sign-in", form)
		if w.Code != want || want == 303 && w.Header().Get("Location") != "/flagged" {
			t.Errorf("%.30s: %d %s, want %d", form, w.Code, w.Header().Get("Location"), want)
		}
		if want != 303 && (w.Header().Get("Set-Cookie") != "" || !strings.Contains(w.Body.String(), `role="alert"`)) {
			t.Errorf("%.30s: a cookie %q, or no word of what is wrong", form, w.Header().Get("Set-Cookie"))
		}
	}
}

func TestWrongTokensAreFew(t *testing.T) {
	now := today
	d := serve(t, today, func(o *web.Options) { o.Now = func() time.Time { return now } })
	token := d.token(t)
	for range 10 {
		d.send("/sign-in", "name=Eve&token=wrong")
	}
	if w := d.send("/sign-in", "name=Ada&token="+token); w.Code != 429 {
		t.Errorf("after ten wrong ones: %d, want 429", w.Code)
	}
	now = now.Add(11 * time.Minute)
	if w := d.send("/sign-in", "name=Ada&token="+token); w.Code != 303 {
		t.Errorf("later: %d, want 303", w.Code)
	}
}

func TestSessionsOverTLSAlone(t *testing.T) {
	d := serve(t, today, func(o *web.Options) { o.ExternalURL = "https://links.example.org" })
	w := d.send("/sign-in", "name=Ada&token="+d.token(t))
	if got := w.Header().Get("Set-Cookie"); w.Code != 303 || !strings.Contains(got, "; Secure") {
		t.Errorf("%d, the cookie is %s", w.Code, got)
	}
}

func TestARenewedTokenEndsSessions(t *testing.T) {
	d := serve(t, today, nil)
	cookie := d.signedIn(t, "Ada")
	if _, err := d.store.RenewToken(t.Context()); err != nil {
		t.Fatal(err)
	}
	if body := d.do("GET", "/", "Cookie", cookie).Body.String(); strings.Contains(body, "<bdi>Ada</bdi>") {
		t.Error("the session outlived the token")
	}
}
