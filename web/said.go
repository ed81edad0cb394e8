package web

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"waymark/catalog"
)

// A page that answers a form by leading elsewhere leaves a word for the next page in a cookie. It holds a word of
// the closed set below and a number, so that nobody can make a page say anything else.
const (
	saidCookie = "said"
	saidTime   = 60 // seconds after which the word is stale
)

// deeds are what a form can have done, as the next page says it. Each takes the number where it has one.
var deeds = map[string]func(n int) string{
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
	deed, n := heard(w, r)
	if sentence, known := deeds[deed]; known {
		return sentence(n)
	}
	return ""
}

// heard reads the word that was left for this page, and takes it away. A page that is open beside it and asks for itself
// would show it to nobody.
func heard(w http.ResponseWriter, r *http.Request) (deed string, n int) {
	c, err := r.Cookie(saidCookie)
	if err != nil || r.Header.Get(liveHeader) != "" {
		return "", 0
	}
	http.SetCookie(w, &http.Cookie{Name: saidCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	deed, number, _ := strings.Cut(c.Value, ".")
	if n, err = strconv.Atoi(number); err != nil || n < 0 {
		return "", 0
	}
	return deed, n
}

// decision is the deed of a review, whose number is that of the review: what was decided is read from the catalog.
const decision = "decided"

// sayDecided has a page of findings say what the form before it did. A decision is named, and can be taken back there.
func (s *site) sayDecided(w http.ResponseWriter, r *http.Request, p *page) error {
	deed, n := heard(w, r)
	if sentence, known := deeds[deed]; known {
		p.Said = sentence(n)
	}
	if deed != decision || n < 1 {
		return nil
	}
	list, err := s.Flags.Reviews(r.Context(), catalog.ReviewQuery{Before: int64(n) + 1, Limit: 1})
	if err != nil || len(list) == 0 || list[0].ID != int64(n) {
		return err
	}
	one := list[0]
	title := cmp.Or(one.Title, shorten(one.URL, 60))
	if one.Together > 0 {
		title = count(one.Together, "finding") + " of " + one.Host
	}
	switch one.State(p.Now) {
	case catalog.ReviewKept:
		p.Said = "Confirmed “" + title + "”: to be mended in the list."
	case catalog.ReviewAside:
		p.Said = "Set aside “" + title + "” until " + one.Until.UTC().Format(time.DateOnly) + "."
	default:
		return nil
	}
	if p.Person != "" {
		p.Undo, p.Together = "/reviews/"+strconv.Itoa(n)+"/withdraw", one.Together > 0
	}
	return nil
}
