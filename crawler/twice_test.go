package crawler

import (
	"testing"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// In a single run nobody comes back another day: whatever is as definite as a 404 gets a second look like one.
func TestADefiniteCauseIsLookedAtTwiceInASingleRun(t *testing.T) {
	sale := fakeweb.Page{Title: "This domain is for sale", Body: "<p>Buy this domain.</p>"}
	fine := fakeweb.Page{Title: "Fine"}
	for name, first := range map[string]fakeweb.Behaviour{
		"a page for what is missing": notFound,
		"a domain for sale":          sale,
		"the default page of nginx":  fakeweb.Page{Title: "Welcome to nginx!", Body: "<p>If you see this page, the nginx web server is successfully installed.</p>"},
		"a redirect out of the web":  fakeweb.Redirect(302, "mailto:somebody@example.org"),
		"a 404":                      fakeweb.Status(404),
	} {
		t.Run(name, func(t *testing.T) {
			web := startWeb(t)
			web.Handle("flaps.test", "*", notFound)
			web.Handle("flaps.test", "/now", fakeweb.Sequence(first, fine))
			web.Handle("flaps.test", "/gone", fakeweb.Sequence(first, first, fine))
			web.Handle("flaps.test", "/serious", first)
			o := options(web)
			o.Retries = 2
			for path, want := range map[string]catalog.State{"/now": catalog.OK, "/gone": catalog.Dead, "/serious": catalog.Dead} {
				got := visitOne(t, newCrawler(t, o), web.URL("flaps.test", path))
				if v := got.Judgement.Verdict; v.State != want || got.Observation.Attempts != 2 {
					t.Errorf("%s is %s/%s (%s) after %d attempts, want %s after 2", path, v.State, v.Reason, v.Message, got.Observation.Attempts, want)
				}
			}
		})
	}
}
