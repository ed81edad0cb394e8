package main

import (
	"testing"
)

// TestNothingAliveIsCalledDead runs the built program over the table, without the hosts that make their visitors wait.
// What it misses is for make accuracy to say; that it buries nothing that lives holds always.
func TestNothingAliveIsCalledDead(t *testing.T) {
	s, err := (&trial{without: "robots.txt and limits"}).measure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(s.outcomes) < 500 {
		t.Errorf("only %d behaviours were played", len(s.outcomes))
	}
	for _, o := range s.outcomes {
		if o.falseDeath() || o.got.State == "unread" {
			t.Errorf("%s: %s is %s/%s: %s", o.c.Name, o.c.Link, o.got.State, o.got.Reason, o.got.Message)
		}
	}
}
