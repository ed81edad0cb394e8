package catalog

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestDecide(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	f := Finding{ID: 7, Kind: FindingMoved, Message: "Moved.", Suggestion: "https://new.example/"}
	sound := ReviewRequest{Finding: 7, Version: f.Version(), Decision: ReviewAside, Reason: " known ", By: " Ada ", Until: now.Add(time.Hour)}
	with := func(change func(*ReviewRequest)) ReviewRequest {
		req := sound
		change(&req)
		return req
	}
	decided := Flag{Finding: f, Review: Review{ID: 5}}
	reworded := f
	reworded.Suggestion = "https://newer.example/"
	for name, c := range map[string]struct {
		req      ReviewRequest
		f        Finding
		standing Review
		want     string // of the error
	}{
		"set aside":              {sound, f, Review{}, ""},
		"kept without a reason":  {with(func(r *ReviewRequest) { r.Decision, r.Reason, r.Until = ReviewKept, "", time.Time{} }), f, Review{}, ""},
		"the finding changed":    {sound, reworded, Review{}, ErrConflict.Error()},
		"another finding":        {with(func(r *ReviewRequest) { r.Finding = 8 }), f, Review{}, ErrConflict.Error()},
		"open is no decision":    {with(func(r *ReviewRequest) { r.Decision = ReviewOpen }), f, Review{}, "kept or set aside"},
		"nobody":                 {with(func(r *ReviewRequest) { r.By = " " }), f, Review{}, "say who"},
		"a long name":            {with(func(r *ReviewRequest) { r.By = strings.Repeat("a", 81) }), f, Review{}, "say who"},
		"a long reason":          {with(func(r *ReviewRequest) { r.Reason = strings.Repeat("ä", 501) }), f, Review{}, "at most 500"},
		"aside without a reason": {with(func(r *ReviewRequest) { r.Reason = "" }), f, Review{}, "say why"},
		"aside without an end":   {with(func(r *ReviewRequest) { r.Until = time.Time{} }), f, Review{}, "a time to come"},
		"aside until now":        {with(func(r *ReviewRequest) { r.Until = now }), f, Review{}, "a time to come"},
		"aside for two years":    {with(func(r *ReviewRequest) { r.Until = now.AddDate(2, 0, 0) }), f, Review{}, "a year at most"},
		"kept until some time":   {with(func(r *ReviewRequest) { r.Decision = ReviewKept }), f, Review{}, "no end"},
		"decided meanwhile":      {sound, f, Review{ID: 5}, ErrConflict.Error()},
		"on a decision":          {with(func(r *ReviewRequest) { r.Version = decided.Version() }), f, decided.Review, ""},
		"replaced meanwhile":     {with(func(r *ReviewRequest) { r.Version = decided.Version() }), f, Review{ID: 6}, ErrConflict.Error()},
		"withdrawn meanwhile":    {with(func(r *ReviewRequest) { r.Version = decided.Version() }), f, Review{}, ErrConflict.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Decide(3, c.f, c.standing, c.req, now)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want == "" && (r.Resource != 3 || r.Kind != FindingMoved || r.By != "Ada" || r.At != now || r.Reason != strings.TrimSpace(c.req.Reason)):
				t.Errorf("the review is %+v", r)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("the error is %v; want one with %q", err, c.want)
			case c.want != "" && !errors.Is(err, ErrConflict) && !errors.Is(err, ErrInvalid):
				t.Errorf("the error %v is of no kind", err)
			}
		})
	}
}

func TestWhatAReviewMeansAtATime(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	aside := Review{ID: 1, Decision: ReviewAside, At: now, Until: now.Add(time.Hour)}
	for name, c := range map[string]struct {
		review Review
		at     time.Time
		want   ReviewState
	}{
		"none":                     {Review{}, now, ReviewOpen},
		"aside":                    {aside, now, ReviewAside},
		"aside to the last moment": {aside, aside.Until.Add(-1), ReviewAside},
		"back by itself":           {aside, aside.Until, ReviewOpen},
		"kept has no end":          {Review{ID: 1, Decision: ReviewKept, At: now}, now.AddDate(90, 0, 0), ReviewKept},
		"withdrawn":                {Review{ID: 1, Decision: ReviewKept, Withdrawn: now}, now, ReviewOpen},
		"replaced":                 {Review{ID: 1, Decision: ReviewKept, Replaced: now}, now, ReviewOpen},
	} {
		if got := c.review.State(c.at); got != c.want {
			t.Errorf("%s: %s; want %s", name, got, c.want)
		}
	}
}

func TestVersionOfAFinding(t *testing.T) {
	f := Finding{ID: 1, Kind: FindingMoved, Message: "a", Suggestion: "b", Opened: time.Unix(1, 0)}
	same := f
	same.Opened = time.Unix(2, 0)
	if f.Version() != same.Version() {
		t.Error("the moment of opening makes another version")
	}
	for _, other := range []Finding{{ID: 2, Message: "a", Suggestion: "b"}, {ID: 1, Message: "ab"}, {ID: 1, Message: "a", Suggestion: "c"}} {
		if f.Version() == other.Version() {
			t.Errorf("%+v has the version of another finding", other)
		}
	}
}

func TestHostDied(t *testing.T) {
	for name, c := range map[string]struct {
		states map[State]int
		want   bool
	}{
		"all dead":                   {map[State]int{Dead: 3}, true},
		"the rest was never visited": {map[State]int{Dead: 3, Unchecked: 9, Skipped: 1}, true},
		"too few":                    {map[State]int{Dead: 2}, false},
		"one lives":                  {map[State]int{Dead: 30, OK: 1}, false},
		"one is blocked":             {map[State]int{Dead: 30, Blocked: 1}, false},
		"nothing known":              {map[State]int{Unchecked: 5}, false},
	} {
		if HostDied(c.states) != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
}

func TestCheckAdded(t *testing.T) {
	for name, c := range map[string]struct {
		source Source
		want   string
	}{
		"git":               {Source{Name: "a", Git: "https://forge.example/x.git", Ref: "main", Paths: []string{"**/*.md"}}, ""},
		"web":               {Source{Name: "a", URL: "http://lists.example/x.md"}, ""},
		"no name":           {Source{URL: "https://a.example/"}, "name"},
		"control character": {Source{Name: "a\x1b[0m", URL: "https://a.example/"}, "name"},
		"no part of a path": {Source{Name: "..", URL: "https://a.example/"}, "browsers"},
		"only dots":         {Source{Name: "...", URL: "https://a.example/"}, ""},
		"disk":              {Source{Name: "a", Path: "/etc/passwd"}, "configuration"},
		"git on disk":       {Source{Name: "a", Git: "/srv/x.git"}, "https://"},
		"git over ssh":      {Source{Name: "a", Git: "ssh://git@forge.example/x.git"}, "https://"},
		"file":              {Source{Name: "a", URL: "file:///etc/passwd"}, "https://"},
		"secret":            {Source{Name: "a", Git: "https://token@forge.example/x.git"}, "password"},
		"neither":           {Source{Name: "a"}, "either"},
		"both":              {Source{Name: "a", Git: "https://a.example/", URL: "https://a.example/"}, "either"},
		"branch of a page":  {Source{Name: "a", URL: "https://a.example/", Ref: "main"}, "git repository only"},
	} {
		_, err := CheckAdded(c.source)
		if c.want == "" && err != nil || c.want != "" && (!errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}
