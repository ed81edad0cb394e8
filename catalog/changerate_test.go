package catalog_test

import (
	"math"
	"testing"
	"time"

	"waymark/catalog"
)

const aDay = 24 * time.Hour

// looked is an observation that found a page with a mark and a print of its text.
func looked(mark, print uint64) catalog.Observation {
	seen := answered(200)
	seen.Page = &catalog.Page{Title: "Page"}
	seen.Text = &catalog.Text{Mark: mark, Print: &catalog.Fingerprint{Print: print}}
	return seen
}

// TestChangeRateCounts: what a visit adds to the counts, a week after the one before.
func TestChangeRateCounts(t *testing.T) {
	same, file, unread := looked(1, 0), looked(7, 0), answered(200)
	same.Text.Same, same.Text.Print = true, nil
	file.Text.Print = nil
	before := catalog.ChangeRate{Compared: 3, Changed: 1, Watched: 21 * aDay, Mark: 1, Print: 0xff00}
	for name, c := range map[string]struct {
		before            catalog.ChangeRate
		seen              catalog.Observation
		compared, changed int
	}{
		"304":                       {before, answered(304), 4, 1},
		"the same from outside":     {before, same, 4, 1},
		"another text":              {before, looked(2, ^uint64(0)), 4, 2},
		"a word or two":             {before, looked(2, 0xff01), 4, 1},
		"another file":              {before, file, 4, 2},
		"nothing was read":          {before, unread, 3, 1},
		"an error":                  {before, answered(503), 3, 1},
		"a closed door":             {before, answered(403), 3, 1},
		"the first text of all":     {catalog.ChangeRate{}, looked(2, 5), 0, 0},
		"many visits fade together": {catalog.ChangeRate{Compared: 23, Changed: 10, Watched: 230 * aDay, Mark: 1}, answered(304), 12, 5},
	} {
		t.Run(name, func(t *testing.T) {
			was := catalog.Standing{Verdict: catalog.Verdict{State: catalog.OK, Steady: 3, LastOK: start, Rate: c.before}}
			got := catalog.Judge(was, c.seen, policy(), start.Add(7*aDay)).Verdict.Rate
			if got.Compared != c.compared || got.Changed != c.changed {
				t.Errorf("%d comparisons with %d changes, want %d with %d", got.Compared, got.Changed, c.compared, c.changed)
			}
			if grew := got.Watched > c.before.Watched; grew != (got.Compared > c.before.Compared) && got.Compared < 12 {
				t.Errorf("watched for %s, before %s", got.Watched, c.before.Watched)
			}
		})
	}
}

// TestChangeRatePerDay holds the estimator against figures computed by hand from its formula.
func TestChangeRatePerDay(t *testing.T) {
	for _, c := range []struct {
		compared, changed int
		watched           time.Duration
		want              float64
	}{
		{0, 0, 0, 0},
		{1, 1, 7 * aDay, 0},                 // one comparison tells nothing
		{10, 0, 70 * aDay, 0},               // it never changed
		{2, 1, 14 * aDay, 0.072975},         // −ln(1.5/2.5)·2/14
		{10, 1, 100 * aDay, 0.0100083},      // −ln(9.5/10.5)·10/100
		{10, 5, 70 * aDay, 0.0923753},       // −ln(5.5/10.5)·10/70
		{10, 10, 70 * aDay, 0.4349318},      // always: more often than it is looked at
		{20, 20, 20 * time.Hour, 89.1257},   // every hour
		{1, 1, 0, 0}, {5, 5, -time.Hour, 0}, // a clock that was put back
		{4, 2, 28 * aDay, 0.0839695},             // −ln(2.5/4.5)·4/28
		{23, 1, 23 * 7 * aDay, 0.0062090},        // about twice a year
		{23, 22, 23 * 7 * aDay, 0.3931357877316}, // nearly always
	} {
		r := catalog.ChangeRate{Compared: c.compared, Changed: c.changed, Watched: c.watched}
		if got := r.PerDay(); math.Abs(got-c.want) > 1e-4*max(1, c.want) {
			t.Errorf("%d changes in %d comparisons over %s: %.7f a day, want %.7f", c.changed, c.compared, c.watched, got, c.want)
		}
	}
}

// TestNextVisitFollowsTheRate: within the base interval and 30 days, and only for what is in order.
func TestNextVisitFollowsTheRate(t *testing.T) {
	rate := func(compared, changed int) catalog.ChangeRate {
		return catalog.ChangeRate{Compared: compared, Changed: changed, Watched: time.Duration(compared) * 10 * aDay}
	}
	for name, c := range map[string]struct {
		verdict catalog.Verdict
		want    time.Duration
	}{
		"never changes":                  {catalog.Verdict{State: catalog.OK, Steady: 3, Rate: rate(2, 0)}, 30 * aDay},
		"changes at each visit":          {catalog.Verdict{State: catalog.OK, Steady: 50, Rate: rate(10, 10)}, 7 * aDay},
		"changes every hour":             {catalog.Verdict{State: catalog.OK, Steady: 50, Rate: catalog.ChangeRate{Compared: 20, Changed: 20, Watched: 20 * time.Hour}}, 7 * aDay},
		"changes every two weeks":        {catalog.Verdict{State: catalog.OK, Steady: 50, Rate: rate(10, 5)}, 15*aDay + 11*time.Hour},
		"changes once in years":          {catalog.Verdict{State: catalog.OK, Steady: 50, Rate: rate(10, 1)}, 30 * aDay},
		"a rate that is not known":       {catalog.Verdict{State: catalog.OK, Steady: 2, Rate: rate(1, 0)}, 7 * aDay * 3 / 2},
		"just mended":                    {catalog.Verdict{State: catalog.OK, Steady: 1, Rate: rate(20, 0)}, 7 * aDay},
		"failing is looked at soon":      {catalog.Verdict{State: catalog.Failing, Rate: rate(20, 0)}, 12 * time.Hour},
		"dead is asked as ever":          {catalog.Verdict{State: catalog.Dead, Rate: rate(20, 20)}, 7 * aDay},
		"a closed door is asked as ever": {catalog.Verdict{State: catalog.Blocked, Steady: 9, Rate: rate(20, 20)}, 7 * aDay},
	} {
		t.Run(name, func(t *testing.T) {
			due, why := catalog.NextVisit(c.verdict, answered(200), policy(), "https://example.org/", start)
			if wait := due.Sub(start); wait < c.want*9/10-time.Second || wait > c.want*11/10+time.Second || why == "" {
				t.Errorf("next visit in %s (%s), want %s ± 10 %%", wait, why, c.want)
			}
		})
	}
}

func TestChangeRateInWords(t *testing.T) {
	for want, r := range map[string]catalog.ChangeRate{
		"": {Compared: 1, Watched: 7 * aDay},
		"Its text was the same at each of 5 visits, so that it is visited less often.": {Compared: 4, Watched: 40 * aDay},
		"Its text had changed at 5 of 10 visits, about every 15 days.":                 {Compared: 10, Changed: 5, Watched: 100 * aDay},
		"Its text had changed at 20 of 20 visits.":                                     {Compared: 20, Changed: 20, Watched: 20 * aDay},
	} {
		if got := r.InWords(); got != want {
			t.Errorf("%+v: %q, want %q", r, got, want)
		}
	}
}
