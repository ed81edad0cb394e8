package web

import (
	"testing"
	"time"
)

func TestPaceIsToldByTheMinute(t *testing.T) {
	var p pace
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for second := range 3*60 + 30 {
		p.note(int64(second)*2, now.Add(time.Duration(second)*time.Second))
	}
	v := p.view()
	if len(v.Minutes) != 3 || v.Last != 120 || v.Hour != 360 || v.Minutes[2].X != 59*trendStep {
		t.Errorf("%+v", v)
	}
	for minute := range 200 {
		p.note(int64(minute), now.Add(time.Duration(minute)*time.Hour))
	}
	if n := len(p.view().Minutes); n != paceKept {
		t.Errorf("%d minutes are kept", n)
	}
}
