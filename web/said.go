package web

import (
	"net/http"
	"strconv"
	"strings"
)

// A page that answers a form by leading elsewhere leaves a word for the next page in a cookie. It holds a word of
// the closed set below and a number, so that nobody can make a page say anything else.
const (
	saidCookie = "said"
	saidTime   = 60 // seconds after which the word is stale
)

// deeds are what a form can have done, as the next page says it. Each takes the number where it has one.
var deeds = map[string]func(n int) string{
	"kept":  func(int) string { return "Kept: it stands until somebody mends the list." },
	"aside": func(int) string { return "Set aside. It comes back by itself when its time is over." },
	"added": func(int) string { return "Added. It is being read; its resources appear when that is done." },
	"removed": func(int) string {
		return "Removed. Its resources go with the next reading, unless another source holds them."
	},
	"resumed": func(int) string { return "Resumed. What fell due meanwhile is visited as its hosts allow." },
	"undone":  func(int) string { return "Undone: it is open again." },
	"check": func(n int) string {
		return count(n, "resource") + " due now. The crawler takes them as their hosts allow."
	},
}

// say leaves a word for the page that is shown next.
func say(w http.ResponseWriter, deed string, n int) {
	http.SetCookie(w, &http.Cookie{Name: saidCookie, Value: deed + "." + strconv.Itoa(n), Path: "/", MaxAge: saidTime,
		HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// said returns what was left for this page, in a sentence, and takes it away. It is empty for most pages.
func said(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(saidCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(w, &http.Cookie{Name: saidCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	deed, number, _ := strings.Cut(c.Value, ".")
	n, err := strconv.Atoi(number)
	sentence, known := deeds[deed]
	if err != nil || n < 0 || !known {
		return ""
	}
	return sentence(n)
}
