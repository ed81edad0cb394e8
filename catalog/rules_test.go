package catalog_test

import (
	"strings"
	"testing"
	"time"

	"waymark/catalog"
)

// told is an observation with answers.
func told(seen catalog.Observation, answers ...catalog.Answer) catalog.Observation {
	seen.Answers = answers
	return seen
}

// sibling is the answer to a made-up name: status, redirects and place, text.
func sibling(status, hops int, final string, sketch *catalog.Sketch) catalog.Answer {
	return catalog.Answer{Kind: catalog.AskSibling, URL: "https://example.org/a/xxxxx", Status: status, Hops: hops, Final: final, Sketch: sketch}
}

func TestJudgeReadsMarksAndAnswers(t *testing.T) {
	const page, home = "https://example.org/a/page", "https://example.org/"
	same := &catalog.Sketch{Words: 302, Print: 0xabcdef ^ 1}
	other := &catalog.Sketch{Words: 120, Print: ^uint64(0)}
	errorPage, hijacked := doubt(catalog.SignalError), doubt(catalog.SignalHijacked)
	at := func(status int, signals ...catalog.Signal) catalog.Observation {
		return with(answered(status), signals...)
	}
	sent := shown(page, home)
	toLanguage := shown(page, "https://example.org/en/")
	toLanguage.Hops[0].Status = 302
	film := shown("https://www.youtube.com/watch?v=abc")
	oembed := func(status int) catalog.Answer {
		return catalog.Answer{Kind: catalog.AskSite, URL: "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabc", Status: status}
	}
	names := func(list ...string) catalog.Answer {
		return catalog.Answer{Kind: catalog.AskNames, URL: "example.org", Names: list}
	}
	root := func(sketch *catalog.Sketch, signals ...catalog.Signal) catalog.Answer {
		return catalog.Answer{Kind: catalog.AskRoot, URL: home, Status: 200, Sketch: sketch, Signals: signals}
	}
	refused := sibling(0, 0, "", nil)
	refused.Failure = &catalog.Failure{Reason: catalog.ReasonRobots}
	walled := sibling(200, 0, "", same)
	walled.Signals = []catalog.Signal{proof(catalog.SignalWall)}
	loginForm := with(shown(page, "https://example.org/welcome"), doubt(catalog.SignalLogin))
	loginForm.Page.Sketch = &catalog.Sketch{Words: 20}
	forRegion := shown(page, "https://example.org/hello")
	forRegion.Hops[0].Status = 302
	toSearch := shown(page, "https://example.org/search?q=page")
	toSearch.Hops[0].Status = 302
	index := with(shown("https://example.org/docs/a/b"), catalog.Signal{Kind: catalog.SignalError, Rule: catalog.RuleCanonicalAbove})
	frame := with(shown("https://example.org/docs/a/b"), index.Signals...)
	frame.Page.Sketch = &catalog.Sketch{Words: 40, Print: 0xabcdef}
	script, long := with(shown("https://example.org/v.php?t=1"), errorPage), with(shown("https://example.org/v.php?t=1"), errorPage)
	script.Page.Sketch = &catalog.Sketch{Words: 100, Print: 0xabcdef}
	topic := func(words int) catalog.Answer {
		return catalog.Answer{Kind: catalog.AskSibling, URL: "https://example.org/v.php?t=987601234", Status: 200, Sketch: &catalog.Sketch{Words: words, Print: 0xabcdef}}
	}
	empty := with(shown(page), proof(catalog.SignalEmpty))
	little := func(words int, signals ...catalog.Signal) catalog.Observation {
		seen := with(shown(page), signals...)
		seen.Page.Sketch = &catalog.Sketch{Words: words, Print: 0xabcdef}
		return seen
	}
	short, login := doubt(catalog.SignalShort), doubt(catalog.SignalLogin)
	said := func(words int, signals ...catalog.Signal) catalog.Answer {
		a := sibling(200, 0, "", &catalog.Sketch{Words: words, Print: 0xabcdef})
		a.Signals = signals
		return a
	}
	called := func(seen catalog.Observation, title string) catalog.Observation {
		seen.Page.Title = title
		return seen
	}
	title := func(a catalog.Answer, title string) catalog.Answer {
		a.Title = title
		return a
	}
	notFound := catalog.Signal{Kind: catalog.SignalError, Rule: catalog.RuleErrorWords, Says: "not found"}
	echo := little(20, errorPage)
	echo.Page.Sketch = &catalog.Sketch{Words: 20, Print: ^uint64(0), Whole: 0xabcdef}

	tests := map[string]struct {
		seen   catalog.Observation
		state  catalog.State
		reason catalog.Reason
		rule   string
	}{
		"a page": {shown(page), catalog.OK, catalog.ReasonOK, "page"},
		"an error, and made-up names get the same":        {told(with(shown(page), errorPage), sibling(200, 0, "", same)), catalog.Failing, catalog.ReasonSoft404, "soft-404"},
		"an error, and made-up names get another text":    {told(with(shown(page), errorPage), sibling(200, 0, "", other)), catalog.OK, catalog.ReasonOK, "page"},
		"an error, and made-up names get 404":             {told(with(shown(page), errorPage), sibling(404, 0, "", same)), catalog.OK, catalog.ReasonOK, "page"},
		"an error, and made-up names get 503":             {told(with(shown(page), errorPage), sibling(503, 0, "", same)), catalog.OK, catalog.ReasonOK, "page"},
		"an error, and made-up names are redirected":      {told(with(shown(page), errorPage), sibling(200, 1, home, same)), catalog.OK, catalog.ReasonOK, "page"},
		"an error, and nobody could ask":                  {told(with(shown(page), errorPage), refused), catalog.OK, catalog.ReasonOK, "page"},
		"an error, and made-up names meet a wall":         {told(with(shown(page), errorPage), walled), catalog.OK, catalog.ReasonOK, "page"},
		"an error that nobody has asked about":            {with(shown(page), errorPage), catalog.OK, catalog.ReasonOK, "page"},
		"an error in the words of its own address":        {told(echo, sibling(200, 0, "", &catalog.Sketch{Words: 20, Print: 0xabcdef})), catalog.Failing, catalog.ReasonSoft404, "soft-404"},
		"an error of three words, as made-up names get":   {told(little(3, errorPage, short), said(3)), catalog.Failing, catalog.ReasonSoft404, "soft-404"},
		"an error of three words, and other three":        {told(little(3, errorPage, short), sibling(200, 0, "", &catalog.Sketch{Words: 3, Print: 1})), catalog.OK, catalog.ReasonOK, "page"},
		"an error of pictures":                            {told(little(0, errorPage), said(0)), catalog.OK, catalog.ReasonOK, "page"},
		"a title of an error over changing texts":         {told(called(little(300, notFound), "Not found | Shop"), title(sibling(200, 0, "", other), "Not found | Shop")), catalog.Failing, catalog.ReasonSoft404, "soft-404"},
		"a heading of an error under the site's name":     {told(called(little(300, notFound), "Shop"), title(sibling(200, 0, "", other), "Shop")), catalog.OK, catalog.ReasonOK, "page"},
		"an application of three words that is called so": {told(called(little(3, notFound), "Not found games"), title(said(3), "Not found games")), catalog.OK, catalog.ReasonOK, "page"},
		"an application with a number for a name":         {told(called(little(40, catalog.Signal{Kind: catalog.SignalError, Rule: catalog.RuleErrorWords, Says: "404"}), "404 games"), title(sibling(200, 0, "", other), "404 games")), catalog.OK, catalog.ReasonOK, "page"},
		"a lesson on errors beside a page of an error":    {told(called(little(300, notFound), "Not found explained"), title(sibling(200, 0, "", other), "Not found")), catalog.OK, catalog.ReasonOK, "page"},
		"little text, the same for made-up names":         {told(little(20, short), said(20)), catalog.Failing, catalog.ReasonSoft404, "soft-404"},
		"the same form to log in for made-up names":       {told(little(20, short, login), said(20, login)), catalog.Blocked, catalog.ReasonUnauthorized, "soft-404"},
		"a few words on any name":                         {told(called(little(20, short), "Page, in short"), title(said(20), "xxxxx, in short")), catalog.OK, catalog.ReasonOK, "page"},
		"the frame of an application":                     {told(shown(page), sibling(200, 0, "", same)), catalog.OK, catalog.ReasonOK, "page"},
		"sent home, as made-up names are":                 {told(sent, sibling(200, 1, home, same)), catalog.Failing, catalog.ReasonSoft404, "soft-404"},
		"sent home, while made-up names get 404":          {told(sent, sibling(404, 0, "", nil)), catalog.OK, catalog.ReasonOK, "page"},
		"sent home, while made-up names go elsewhere":     {told(sent, sibling(200, 1, "https://example.org/404", other)), catalog.OK, catalog.ReasonOK, "page"},
		"sent for a while to the home of a language":      {told(toLanguage, sibling(200, 1, "https://example.org/en/", same)), catalog.OK, catalog.ReasonOK, "page"},
		"a topic that is no more, as made-up ones are":    {told(script, topic(100)), catalog.Failing, catalog.ReasonSoft404, "soft-404"},
		"a long page that ignores its query":              {told(long, topic(300)), catalog.OK, catalog.ReasonOK, "page"},
		"sent for a while where all are sent":             {told(forRegion, sibling(200, 1, "https://example.org/hello", same)), catalog.OK, catalog.ReasonOK, "page"},
		"sent for a while to a search, as all are":        {told(toSearch, sibling(200, 1, "https://example.org/search?q=page", same)), catalog.Failing, catalog.ReasonSoft404, "soft-404"},
		"an index for all that is below it":               {told(index, sibling(200, 0, "", same)), catalog.Failing, catalog.ReasonSoft404, "soft-404"},
		"the frame of an application, named by its root":  {told(frame, sibling(200, 0, "", &catalog.Sketch{Words: 40, Print: 0xabcdef})), catalog.OK, catalog.ReasonOK, "page"},
		"parked beyond doubt":                             {with(shown(page), proof(catalog.SignalParked)), catalog.Failing, catalog.ReasonParked, "parked"},
		"parked perhaps":                                  {with(shown(page), doubt(catalog.SignalParked)), catalog.OK, catalog.ReasonOK, "page"},
		"parked, say the name servers":                    {told(with(shown(page), doubt(catalog.SignalParked)), names("NS1.sedoparking.com.")), catalog.Failing, catalog.ReasonParked, "parked"},
		"parked perhaps, at a hoster":                     {told(with(shown(page), doubt(catalog.SignalParked)), names("ns1.hoster.example", "ns2.notbodis.com")), catalog.OK, catalog.ReasonOK, "page"},
		"parked, shows the same everywhere":               {told(with(shown(page), doubt(catalog.SignalParked)), sibling(200, 0, "", same), root(same, doubt(catalog.SignalParked))), catalog.Failing, catalog.ReasonParked, "parked"},
		"parked perhaps, with another start page":         {told(with(shown(page), doubt(catalog.SignalParked)), sibling(200, 0, "", same), root(other)), catalog.OK, catalog.ReasonOK, "page"},
		"gambling":                                       {with(shown(page), hijacked), catalog.OK, catalog.ReasonOK, "page"},
		"gambling everywhere":                            {told(with(shown(page), hijacked), root(same)), catalog.Failing, catalog.ReasonSoft404, "new-owner"},
		"taken down, with 200":                           {with(shown(page), proof(catalog.SignalGone)), catalog.Failing, catalog.ReasonSoft404, "taken-down"},
		"taken down, with 402":                           {at(402, proof(catalog.SignalGone)), catalog.Failing, catalog.ReasonGone, "taken-down"},
		"taken down, with 503":                           {at(503, proof(catalog.SignalGone)), catalog.Failing, catalog.ReasonGone, "taken-down"},
		"taken down, with 404":                           {at(404, proof(catalog.SignalGone)), catalog.Failing, catalog.ReasonNotFound, "status"},
		"out of traffic":                                 {at(509, doubt(catalog.SignalGone)), catalog.Failing, catalog.ReasonServerError, "status"},
		"empty":                                          {empty, catalog.Failing, catalog.ReasonEmpty, "empty"},
		"sent to log in":                                 {shown(page, "https://example.org/login?next=%2Fa%2Fpage"), catalog.Blocked, catalog.ReasonUnauthorized, "gate"},
		"sent to log in at a provider":                   {shown(page, "https://login.example.com/tenant/authorize?client_id=1"), catalog.Blocked, catalog.ReasonUnauthorized, "gate"},
		"sent to a form with a password":                 {loginForm, catalog.Blocked, catalog.ReasonUnauthorized, "gate"},
		"a link to log in":                               {shown("https://example.org/login"), catalog.OK, catalog.ReasonOK, "page"},
		"an article on logging in":                       {shown("https://example.org/old/login", "https://example.org/docs/login"), catalog.OK, catalog.ReasonOK, "page"},
		"sent to consent":                                {shown(page, "https://consent.example.org/collect?continue=x"), catalog.Blocked, catalog.ReasonChallenge, "gate"},
		"sent to a choice of country":                    {shown(page, "https://example.org/choose-country"), catalog.Blocked, catalog.ReasonChallenge, "gate"},
		"sent to a page that demands cookies":            {shown(page, "https://example.org/action/cookieAbsent"), catalog.Blocked, catalog.ReasonChallenge, "gate"},
		"sent to a page of maintenance":                  {shown(page, "https://example.org/maintenance.html"), catalog.Failing, catalog.ReasonServerError, "gate"},
		"a film that is there":                           {told(film, oembed(200)), catalog.OK, catalog.ReasonOK, "site-interface"},
		"a film that was removed":                        {told(film, oembed(404)), catalog.Failing, catalog.ReasonNotFound, "site-interface"},
		"a film that never was":                          {told(film, oembed(400)), catalog.Failing, catalog.ReasonNotFound, "site-interface"},
		"a film that may not be shown elsewhere":         {told(film, oembed(401)), catalog.OK, catalog.ReasonOK, "site-interface"},
		"a film, and an interface that is out of order":  {told(film, oembed(500)), catalog.OK, catalog.ReasonOK, "page"},
		"a package behind a door, known to the registry": {told(catalog.Observation{Hops: []catalog.Hop{{URL: "https://www.npmjs.com/package/x", Status: 403}}}, catalog.Answer{Kind: catalog.AskSite, URL: "https://registry.npmjs.org/x/latest", Status: 200}), catalog.OK, catalog.ReasonOK, "site-interface"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			j := catalog.Judge(unchecked(), tt.seen, policy(), start)
			if v := j.Verdict; v.State != tt.state || v.Reason != tt.reason || j.Rule != tt.rule {
				t.Errorf("%s/%s by %s, want %s/%s by %s: %s", v.State, v.Reason, j.Rule, tt.state, tt.reason, tt.rule, v.Message)
			}
			e := catalog.Explain(j.Verdict, tt.seen, policy())
			if e.Rule != tt.rule || !strings.HasSuffix(e.Says, ".") || !strings.HasSuffix(e.Change, ".") || len(e.Facts) == 0 || len(e.Asked) != len(tt.seen.Answers) {
				t.Errorf("explained by %+v", e)
			}
		})
	}
}

func TestStrikesWithinMinutesAreOne(t *testing.T) {
	minutes := func(list ...int) (v catalog.Verdict) {
		standing := unchecked()
		for _, m := range list {
			standing = after(standing, catalog.Judge(standing, answered(503), policy(), start.Add(time.Duration(m)*time.Minute)))
		}
		return standing.Verdict
	}
	week := 7 * 24 * 60
	tests := map[string]struct {
		at    []int
		bad   int
		state catalog.State
	}{
		"a burst":                            {[]int{0, 1, 2, 3, 9}, 1, catalog.Failing},
		"apart":                              {[]int{0, 10, 20}, 3, catalog.Failing},
		"a burst after the week is one":      {[]int{0, week, week + 1, week + 2}, 2, catalog.Failing},
		"three over the week":                {[]int{0, 300, week}, 3, catalog.Dead},
		"every five minutes adds up as well": {[]int{0, 5, 10, 15, 20}, 3, catalog.Failing},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if v := minutes(tt.at...); v.Strikes.Bad != tt.bad || v.State != tt.state {
				t.Errorf("%d strikes, %s; want %d, %s", v.Strikes.Bad, v.State, tt.bad, tt.state)
			}
		})
	}
}

func TestAHostThatFailsAsAWholeIsOneEvent(t *testing.T) {
	standing := unchecked()
	standing.HostDown = 37
	standing = after(standing, catalog.Judge(standing, failed(catalog.ReasonTimeout), policy(), start))
	standing.HostDown = 37
	if want := "The host fails as a whole: so do all 37 of its resources"; !strings.Contains(standing.Verdict.Message, want) {
		t.Errorf("says %q, want %q in it", standing.Verdict.Message, want)
	}
	p := policy()
	p.Doubtful = catalog.Confirm{Times: 2}
	j := catalog.Judge(standing, failed(catalog.ReasonTimeout), p, start.AddDate(0, 0, 8))
	if len(j.Opened) != 1 || !strings.Contains(j.Opened[0].Message, "all 37 of its resources") {
		t.Errorf("findings %+v do not say so", j.Opened)
	}
	for _, status := range []int{200, 404} {
		if v := catalog.Judge(standing, answered(status), policy(), start).Verdict; strings.Contains(v.Message, "as a whole") {
			t.Errorf("%d says %q", status, v.Message)
		}
	}
}

func TestAResourceThatComesAndGoesSaysSo(t *testing.T) {
	standing := unchecked()
	standing.Turns = 5
	for _, seen := range []catalog.Observation{answered(200), answered(503)} {
		if v := catalog.Judge(standing, seen, policy(), start).Verdict; !strings.Contains(v.Message, "turned 5 times") {
			t.Errorf("says %q", v.Message)
		}
	}
	standing.Turns = 1
	if v := catalog.Judge(standing, answered(503), policy(), start).Verdict; strings.Contains(v.Message, "turned") {
		t.Errorf("says %q", v.Message)
	}
}

func TestExplainSaysWhatWouldChangeTheVerdict(t *testing.T) {
	v := catalog.Judge(unchecked(), answered(404), policy(), start).Verdict
	if got := catalog.Explain(v, answered(404), policy()).Change; !strings.HasPrefix(got, "Dead once seen 2 times over 24 hours; seen once so far. In order again: ") {
		t.Errorf("change %q", got)
	}
	fresh := catalog.Explain(catalog.Fresh(start), catalog.Observation{}, policy())
	if fresh.Rule != "not-visited" || fresh.Facts == nil || fresh.Asked == nil {
		t.Errorf("unvisited is explained by %+v", fresh)
	}
}

// A page that says little and nothing of an error may be a notice of maintenance: it must not be dead at two looks.
func TestTheSameLittleTextIsADoubtAndTheSameErrorIsNone(t *testing.T) {
	text := &catalog.Sketch{Words: 20, Print: 0xabcdef}
	for _, tt := range []struct {
		mark     catalog.SignalKind
		definite bool
	}{{catalog.SignalShort, false}, {catalog.SignalError, true}} {
		seen := with(shown("https://example.org/a/page"), doubt(tt.mark))
		seen.Page.Sketch = text
		reason, definite := catalog.Definite(told(seen, sibling(200, 0, "", text)), catalog.Policy{})
		if reason != catalog.ReasonSoft404 || definite != tt.definite {
			t.Errorf("%s: %s, definite %v", tt.mark, reason, definite)
		}
	}
}
