package main

import (
	"strings"
	"testing"

	"waymark/crawler/fakeweb/behaviours"
)

func TestDifferences(t *testing.T) {
	want := behaviours.Want{State: "ok", Reason: "ok", Title: "Tea", Findings: []behaviours.Finding{{Kind: "moved", Suggestion: "https://a.test/b"}}}
	good := result{State: "ok", Reason: "ok", Title: "Tea", Findings: []finding{{Kind: "moved", Suggestion: "https://a.test/b"}}}
	other := good
	other.Findings = []finding{{Kind: "moved", Suggestion: "https://a.test/c"}}
	more := good
	more.Findings = append([]finding{{Kind: "off-site"}}, good.Findings...)
	for name, tc := range map[string]struct {
		want behaviours.Want
		got  result
		say  string // "" for no difference
	}{
		"as expected":         {want, good, ""},
		"another title":       {want, result{State: "ok", Reason: "ok", Title: "Coffee", Findings: good.Findings}, `title "Coffee", want "Tea"`},
		"another state":       {want, result{State: "dead", Reason: "gone"}, "state dead/gone, want ok"},
		"another suggestion":  {want, other, "findings moved → https://a.test/c, want moved → https://a.test/b"},
		"one finding more":    {want, more, "findings off-site, moved → https://a.test/b, want moved → https://a.test/b"},
		"one of two reasons":  {behaviours.Want{State: "failing", Reason: "reset|tls"}, result{State: "failing", Reason: "tls"}, ""},
		"none of two reasons": {behaviours.Want{State: "failing", Reason: "reset|tls"}, result{State: "failing", Reason: "dns"}, "reason dns, want reset|tls"},
		"the message says it": {behaviours.Want{State: "blocked", Says: "akamai|imperva"}, result{State: "blocked", Message: "A challenge (Imperva)."}, ""},
		"it does not":         {behaviours.Want{State: "blocked", Says: "akamai"}, result{State: "blocked", Message: "403"}, `message "403", want a word on akamai`},
	} {
		if got := strings.Join(differences(tc.want, tc.got), "; "); got != tc.say {
			t.Errorf("%s: %q, want %q", name, got, tc.say)
		}
	}
}

func TestDeathsAreCounted(t *testing.T) {
	alive, gone := behaviours.Want{State: "ok"}, behaviours.Want{State: "dead"}
	either := behaviours.Case{Want: gone, Or: []behaviours.Want{{State: "failing"}}}
	for name, tc := range map[string]struct {
		c               behaviours.Case
		got             string
		falsely, missed bool
	}{
		"alive, called dead":            {behaviours.Case{Want: alive}, "dead", true, false},
		"alive, called failing":         {behaviours.Case{Want: alive}, "failing", false, false},
		"gone, called ok":               {behaviours.Case{Want: gone}, "ok", false, true},
		"gone, called failing":          {behaviours.Case{Want: gone}, "failing", false, true},
		"gone or failing, is failing":   {either, "failing", false, false},
		"gone or failing, is ok":        {either, "ok", false, true},
		"failing or gone, called dead":  {behaviours.Case{Want: either.Or[0], Or: []behaviours.Want{gone}}, "dead", false, false},
		"failing, called dead":          {behaviours.Case{Want: either.Or[0]}, "dead", true, false},
		"gone, the list was not read":   {behaviours.Case{Want: gone}, "unread", false, true},
		"gone, called so":               {behaviours.Case{Want: gone}, "dead", false, false},
		"blocked, called dead":          {behaviours.Case{Want: behaviours.Want{State: "blocked"}}, "dead", true, false},
		"alive, the list was not read":  {behaviours.Case{Want: alive}, "unread", false, false},
		"alive or gone, called skipped": {behaviours.Case{Want: alive, Or: []behaviours.Want{gone}}, "skipped", false, false},
	} {
		o := outcome{c: tc.c, got: result{State: tc.got}}
		if o.falseDeath() != tc.falsely || o.missedDeath() != tc.missed {
			t.Errorf("%s: false %t, missed %t", name, o.falseDeath(), o.missedDeath())
		}
	}
}
