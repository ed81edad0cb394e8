package crawler

import (
	"testing"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestTheInterfaceOfASiteIsAskedWhereTheOptionsSay(t *testing.T) {
	web := startWeb(t)
	web.Handle("www.npmjs.com", "*", fakeweb.Status(403))
	web.Handle("registry.npmjs.org", "*", fakeweb.Text(200, "the public registry"))
	web.Handle("mirror.test", "/npm/left-pad/latest", fakeweb.Text(200, "{}"))
	for name, test := range map[string]struct {
		mirror string
		want   catalog.State
	}{
		"/package/left-pad":  {web.URL("mirror.test", "/npm/"), catalog.OK},
		"/package/right-pad": {web.URL("mirror.test", "/npm"), catalog.Dead},
	} {
		o := options(web)
		o.Interfaces = map[string]string{"https://registry.npmjs.org": test.mirror}
		got := visitOne(t, newCrawler(t, o), web.URL("www.npmjs.com", name))
		if v := got.Judgement.Verdict; v.State != test.want {
			t.Errorf("%s is %s/%s (%s), want %s; answers %+v", name, v.State, v.Reason, v.Message, test.want, got.Observation.Answers)
		}
	}
	if n := len(web.Requests("registry.npmjs.org")); n != 0 {
		t.Errorf("the public registry was asked %d times", n)
	}
}
