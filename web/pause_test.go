package web_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// pausesOf reads the pauses by the API.
func (d *dashboard) pausesOf(t *testing.T) (list []map[string]any) {
	t.Helper()
	var body struct{ Pauses []map[string]any }
	if err := json.Unmarshal(d.do("GET", "/api/v1/pauses").Body.Bytes(), &body); err != nil || body.Pauses == nil {
		t.Fatalf("pauses %+v, %v", body, err)
	}
	return body.Pauses
}

func TestPausing(t *testing.T) {
	for name, test := range map[string]struct {
		at    string // the form's address, without its last part
		page  string // where it stands
		where string // the part of the page that tells of it
		asked map[string]any
	}{
		"a source":   {"/sources/backend", "/sources", "#backend .pausing", map[string]any{"source": "backend"}},
		"a host":     {"/hosts/effectivepython.example", "/hosts/effectivepython.example", "#pausing", map[string]any{"host": "effectivepython.example"}},
		"everything": {"", "/crawler", "#pausing", map[string]any{}},
	} {
		t.Run(name, func(t *testing.T) {
			d := serve(t, today, nil)
			ada := d.signedIn(t, "Ada")
			link := d.resource(t, "https://effectivepython")
			page := test.page
			if n := d.openAs(t, ada, page).Find(`form[action="` + test.at + `/pause"] button`).Length(); n != 1 {
				t.Fatalf("%s has %d forms to pause %s", page, n, name)
			}
			if w := d.send(test.at+"/pause", "back="+page); w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), "/sign-in?") || len(d.pausesOf(t)) != 0 {
				t.Fatalf("by nobody: %d %s", w.Code, w.Header().Get("Location"))
			}
			w := d.sendAs(ada, test.at+"/pause", url.Values{"why": {"<b>asked</b> to"}, "for": {"48h"}, "back": {page}}.Encode())
			if w.Code != 303 || w.Header().Get("Location") != page || d.crawler.woken != 1 {
				t.Fatalf("%d %s, woken %d times", w.Code, w.Header().Get("Location"), d.crawler.woken)
			}
			want := map[string]any{"since": today.Format(time.RFC3339Nano), "until": today.Add(48 * time.Hour).Format(time.RFC3339Nano), "by": "Ada", "why": "<b>asked</b> to"}
			for key, value := range test.asked {
				want[key] = value
			}
			if diff := cmp.Diff([]map[string]any{want}, d.pausesOf(t)); diff != "" {
				t.Errorf("pauses (-want +got):\n%s", diff)
			}
			if got := text(d.open(t, page, 200).Find(test.where)); !strings.Contains(got, "Paused") || !strings.Contains(got, "ends in 2 days") || !strings.Contains(got, "Ada . <b>asked</b> to") {
				t.Errorf("%s of %s says %q", test.where, page, got)
			}
			doc := d.open(t, link, 200)
			if got := text(doc.Find("#verdict .pending")); !strings.Contains(got, "Paused") || doc.Find("#verdict button").Length() != 0 {
				t.Errorf("the page of a paused link says %q", got)
			}
			refused := d.do("POST", link+"/check")
			if refused.Code != 409 || !strings.Contains(refused.Body.String(), "waymark resume") {
				t.Errorf("check now: %d %s", refused.Code, refused.Body)
			}
			for range 2 { // the second time there is nothing to end
				if w := d.sendAs(ada, test.at+"/resume", "back=//evil.example"); w.Code != 303 || w.Header().Get("Location") != "/sources" {
					t.Fatalf("resume: %d %s", w.Code, w.Header().Get("Location"))
				}
			}
			if got := d.pausesOf(t); len(got) != 0 {
				t.Errorf("after the pause: %v", got)
			}
			if w := d.do("POST", link+"/check"); w.Code != 303 {
				t.Errorf("check now after the pause: %d", w.Code)
			}
		})
	}
}

func TestPausesThatCannotBe(t *testing.T) {
	d := serve(t, today, nil)
	ada := d.signedIn(t, "Ada")
	for _, test := range []struct {
		path, form string
		want       int
	}{
		{"/sources/nobody/pause", "", 404},
		{"/sources/nobody/resume", "", 404},
		{"/hosts/No%20Host/pause", "", 400},
		{"/pause", "for=tomorrow", 400},
		{"/pause", "for=-1h", 400},
		{"/pause", "why=" + strings.Repeat("x", 501), 400},
	} {
		if w := d.sendAs(ada, test.path, test.form); w.Code != test.want {
			t.Errorf("%s %.20s: %d, want %d", test.path, test.form, w.Code, test.want)
		}
	}
	if w := d.do("POST", "/pause", "Sec-Fetch-Site", "cross-site"); w.Code != 403 {
		t.Errorf("from another site: %d", w.Code)
	}
	if got := d.pausesOf(t); len(got) != 0 {
		t.Errorf("paused: %v", got)
	}
}
