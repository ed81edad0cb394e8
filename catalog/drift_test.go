package catalog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"waymark/catalog"
)

// speaking returns the fingerprint of a page of 300 words about a subject: terms named after it.
func speaking(subject string) *catalog.Fingerprint {
	f := &catalog.Fingerprint{Title: "All of " + subject, Language: "en", Script: "latin", Words: 300, Print: 1}
	for i := range 40 {
		f.Terms = append(f.Terms, catalog.Term{Word: fmt.Sprint(subject, string(rune('a'+i%26)), i/26), Count: 20 - i/3})
	}
	if subject != "gardens" {
		f.Print = ^uint64(0)
	}
	return f
}

// reading is an observation of a page with a fingerprint.
func reading(f *catalog.Fingerprint, change func(*catalog.Observation)) catalog.Observation {
	seen := looked(7, 0)
	seen.Page.Title, seen.Text.Print = f.Title, f
	if change != nil {
		change(&seen)
	}
	return seen
}

// as changes a fingerprint.
func as(f *catalog.Fingerprint, change func(*catalog.Fingerprint)) *catalog.Fingerprint {
	changed := *f
	change(&changed)
	return &changed
}

// TestDriftIsHeldAgainstWhatWasKept: each page is seen twice, two days apart, after one about gardens.
func TestDriftIsHeldAgainstWhatWasKept(t *testing.T) {
	gardens, reels := speaking("gardens"), speaking("reels")
	wall := func(f *catalog.Fingerprint) {
		f.Terms[0].Word, f.Terms[1].Word = "cookies", "consent"
	}
	for name, c := range map[string]struct {
		page   *catalog.Fingerprint
		change func(*catalog.Observation)
		drifts bool
	}{
		"another page":             {page: reels, drifts: true},
		"the same page":            {page: gardens},
		"a shorter page":           {page: as(reels, func(f *catalog.Fingerprint) { f.Words = 110 }), drifts: true},
		"a page with a few words":  {page: as(reels, func(f *catalog.Fingerprint) { f.Words = 60 })},
		"another language":         {page: as(reels, func(f *catalog.Fingerprint) { f.Language = "id" })},
		"another writing system":   {page: as(reels, func(f *catalog.Fingerprint) { f.Script = "han" })},
		"a word of the title":      {page: as(reels, func(f *catalog.Fingerprint) { f.Title = "Reels in gardens" })},
		"the same words, few bits": {page: as(reels, func(f *catalog.Fingerprint) { f.Print = 3 })},
		"terms that are still there": {page: reels, change: func(o *catalog.Observation) {
			o.Text.Still = 9
		}},
		"some common terms": {page: as(speaking("reels"), func(f *catalog.Fingerprint) { copy(f.Terms, gardens.Terms[:2]) })},
		"few terms":         {page: as(reels, func(f *catalog.Fingerprint) { f.Terms = f.Terms[:10] })},
		"a consent page":    {page: as(speaking("reels"), wall)},
		"a long page of it": {page: as(speaking("reels"), func(f *catalog.Fingerprint) { wall(f); f.Words = 2000 }), drifts: true},
		"marks of an error": {page: reels, change: func(o *catalog.Observation) { o.Signals = []catalog.Signal{doubt(catalog.SignalError)} }},
		"a login":           {page: reels, change: func(o *catalog.Observation) { o.Signals = []catalog.Signal{doubt(catalog.SignalLogin)} }},
		"a wall":            {page: reels, change: func(o *catalog.Observation) { o.Signals = []catalog.Signal{proof(catalog.SignalWall)} }},
		"an archived one":   {page: reels, change: func(o *catalog.Observation) { o.Signals = []catalog.Signal{proof(catalog.SignalArchived)} }, drifts: true},
		"nothing was read":  {page: reels, change: func(o *catalog.Observation) { o.Text = nil }},
		"a file now":        {page: reels, change: func(o *catalog.Observation) { o.Text.Print = nil }},
		"a dead page":       {page: reels, change: func(o *catalog.Observation) { o.Hops[0].Status = 404 }},
		"a closed door":     {page: reels, change: func(o *catalog.Observation) { o.Hops[0].Status = 403 }},
	} {
		t.Run(name, func(t *testing.T) {
			was := after(unchecked(), catalog.Judge(unchecked(), reading(gardens, nil), policy(), start))
			for visit := range 2 {
				j := catalog.Judge(was, reading(c.page, c.change), policy(), start.Add(time.Duration(2+2*visit)*aDay))
				if drifted := len(j.Opened) == 1 && j.Opened[0].Kind == catalog.FindingDrifted; drifted != (c.drifts && visit == 1) {
					t.Errorf("visit %d: opened %+v", visit+2, j.Opened)
				}
				was = after(was, j)
			}
			if c.drifts && !strings.Contains(fmt.Sprint(was.Findings), "“All of gardens”") {
				t.Errorf("the evidence is %v", was.Findings)
			}
		})
	}
}

// TestDriftTakesTwoVisitsADayApart, of the same other page; where causes of death are confirmed sooner, so is drift.
func TestDriftTakesTwoVisitsADayApart(t *testing.T) {
	gardens, reels, houses := speaking("gardens"), speaking("reels"), speaking("houses")
	quick := policy()
	quick.Definite.Over = time.Minute
	once := catalog.DefaultRules().OneRun().For("example.org", nil)
	unmodified, marked := answered(304), reading(reels, func(o *catalog.Observation) { o.Text.Same, o.Text.Print = true, nil })
	type visit struct {
		after time.Duration
		seen  catalog.Observation
	}
	see := func(f *catalog.Fingerprint) catalog.Observation { return reading(f, nil) }
	for name, c := range map[string]struct {
		policy catalog.Policy
		visits []visit
		open   bool
	}{
		"once":                          {policy(), []visit{{0, see(reels)}}, false},
		"twice within a day":            {policy(), []visit{{0, see(reels)}, {23 * time.Hour, see(reels)}}, false},
		"twice over a day":              {policy(), []visit{{0, see(reels)}, {24 * time.Hour, see(reels)}}, true},
		"three times over a day":        {policy(), []visit{{0, see(reels)}, {12 * time.Hour, see(reels)}, {12 * time.Hour, see(reels)}}, true},
		"each time another one":         {policy(), []visit{{0, see(reels)}, {7 * aDay, see(houses)}, {7 * aDay, see(reels)}, {7 * aDay, see(houses)}}, false},
		"it was the old one meanwhile":  {policy(), []visit{{0, see(reels)}, {7 * aDay, see(gardens)}, {7 * aDay, see(reels)}}, false},
		"unmodified":                    {policy(), []visit{{0, see(reels)}, {7 * aDay, unmodified}}, true},
		"with the same mark":            {policy(), []visit{{0, see(reels)}, {7 * aDay, marked}}, true},
		"dead meanwhile":                {policy(), []visit{{0, see(reels)}, {7 * aDay, answered(404)}}, false},
		"dead meanwhile, then again":    {policy(), []visit{{0, see(reels)}, {7 * aDay, answered(404)}, {aDay / 2, see(reels)}}, true},
		"where a minute confirms":       {quick, []visit{{0, see(reels)}, {time.Minute, see(reels)}}, true},
		"in single runs within a day":   {once, []visit{{0, see(reels)}, {time.Hour, see(reels)}}, false},
		"in single runs on two days":    {once, []visit{{0, see(reels)}, {aDay, see(reels)}}, true},
		"yet another one once it is so": {policy(), []visit{{0, see(reels)}, {aDay, see(reels)}, {7 * aDay, see(houses)}}, true},
		"until it is the old one again": {policy(), []visit{{0, see(reels)}, {aDay, see(reels)}, {7 * aDay, see(gardens)}}, false},
		"not while it cannot be told":   {policy(), []visit{{0, see(reels)}, {aDay, see(reels)}, {7 * aDay, see(as(gardens, func(f *catalog.Fingerprint) { f.Words = 20 }))}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			now := start
			was := after(unchecked(), catalog.Judge(unchecked(), reading(gardens, nil), c.policy, now))
			now = now.Add(7 * aDay)
			for _, v := range c.visits {
				now = now.Add(v.after)
				was = after(was, catalog.Judge(was, v.seen, c.policy, now))
			}
			drifted := false
			for _, f := range was.Findings {
				drifted = drifted || f.Kind == catalog.FindingDrifted
			}
			if drifted != c.open {
				t.Errorf("drifted is open: %v, want %v (%+v)", drifted, c.open, was.Prints)
			}
		})
	}
}

// TestAccept: who confirms drift takes the page that is there; nobody else does.
func TestAccept(t *testing.T) {
	gardens, reels := speaking("gardens"), speaking("reels")
	at := start.Add(30 * aDay)
	drifted := catalog.Prints{Kept: gardens, KeptAt: start, Listed: true, Seen: reels, Sighted: start.Add(7 * aDay), Confirmed: start.Add(14 * aDay)}
	unlike := catalog.Prints{Kept: reels, KeptAt: start, Sighted: start, Confirmed: start.Add(7 * aDay)}
	for name, c := range map[string]struct {
		kept   catalog.Prints
		review catalog.Review
		want   catalog.Prints
	}{
		"of another page":    {drifted, catalog.Review{Kind: catalog.FindingDrifted, Decision: catalog.ReviewKept, At: at}, catalog.Prints{Kept: reels, KeptAt: start.Add(7 * aDay), Listed: true, Accepted: at}},
		"unlike its lists":   {unlike, catalog.Review{Kind: catalog.FindingDrifted, Decision: catalog.ReviewKept, At: at}, catalog.Prints{Kept: reels, KeptAt: start, Listed: true, Accepted: at}},
		"set aside":          {drifted, catalog.Review{Kind: catalog.FindingDrifted, Decision: catalog.ReviewAside, At: at}, drifted},
		"of another finding": {drifted, catalog.Review{Kind: catalog.FindingMoved, Decision: catalog.ReviewKept, At: at}, drifted},
	} {
		got, changed := c.kept.Accept(c.review)
		if diff := cmp.Diff(c.want, got); diff != "" || changed != (got != c.kept) {
			t.Errorf("%s (changed %v):\n%s", name, changed, diff)
		}
	}
}

// TestFingerprintKeepsItsBound: whatever a page says, what is kept of it fits, and comes back as far as it does.
func TestFingerprintKeepsItsBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := catalog.Fingerprint{Title: rapid.StringMatching(`[a-zа-я文字 ]{0,300}`).Draw(t, "title"), Language: "en", Script: "latin",
			Words: rapid.IntRange(0, 1<<20).Draw(t, "words"), Print: rapid.Uint64().Draw(t, "print")}
		for _, word := range rapid.SliceOfN(rapid.StringMatching(`[a-zа-я文字]{1,20}`), 0, 200).Draw(t, "terms") {
			f.Terms = append(f.Terms, catalog.Term{Word: word, Count: rapid.IntRange(1, 255).Draw(t, "count")})
		}
		text := f.Encode()
		if len(text) > catalog.MaxFingerprint {
			t.Fatalf("%d bytes", len(text))
		}
		back, err := catalog.DecodeFingerprint(text)
		if err != nil || back.Words != f.Words || back.Print != f.Print || !strings.HasPrefix(f.Title, back.Title) || back.Encode() != text {
			t.Fatalf("%q came back as %+v (%v)", text, back, err)
		}
		if diff := cmp.Diff(f.Terms[:len(back.Terms)], back.Terms, cmp.Transformer("", func(l []catalog.Term) string { return fmt.Sprint(l) })); diff != "" {
			t.Fatal(diff)
		}
	})
	for _, text := range []string{"", "1", "2\n\n\n\n1\n0\na:1", "1\n\n\n\nx\n0\na:1", "1\n\n\n\n1\nzz\na:1", "1\n\n\n\n1\n0\na:b"} {
		if _, err := catalog.DecodeFingerprint(text); err == nil {
			t.Errorf("%q was taken for a fingerprint", text)
		}
	}
}
