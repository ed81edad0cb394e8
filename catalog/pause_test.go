package catalog

import (
	"strings"
	"testing"
	"time"
)

func TestPauseOf(t *testing.T) {
	all, host := Pause{Why: "moving"}, Pause{Host: "a.example"}
	one, two := Pause{Source: "one"}, Pause{Source: "two"}
	for name, test := range map[string]struct {
		pauses  []Pause
		host    string
		sources []string
		want    Pause
		paused  bool
	}{
		"nothing is paused":           {nil, "a.example", []string{"one"}, Pause{}, false},
		"everything is":               {[]Pause{all}, "a.example", []string{"one"}, all, true},
		"its host is":                 {[]Pause{host}, "a.example", []string{"one"}, host, true},
		"another host is":             {[]Pause{host}, "b.example", []string{"one"}, Pause{}, false},
		"its only source is":          {[]Pause{one}, "a.example", []string{"one"}, one, true},
		"one of two sources is":       {[]Pause{one}, "a.example", []string{"one", "two"}, Pause{}, false},
		"both sources are":            {[]Pause{two, one}, "a.example", []string{"one", "two"}, one, true},
		"no source holds it any more": {[]Pause{one}, "a.example", nil, Pause{}, false},
		"it is local":                 {[]Pause{host}, "", []string{"one"}, Pause{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got, paused := PauseOf(test.pauses, test.host, test.sources); got != test.want || paused != test.paused {
				t.Errorf("got %+v, %v; want %+v, %v", got, paused, test.want, test.paused)
			}
		})
	}
}

func TestPauseCheck(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		pause Pause
		want  string // "" for none
	}{
		"everything, without an end": {Pause{Since: now}, ""},
		"a host with a port":         {Pause{Since: now, Host: "example.org:8080"}, ""},
		"an end ahead":               {Pause{Since: now, Until: now.Add(time.Hour)}, ""},
		"an end that is past":        {Pause{Since: now, Until: now.Add(-time.Hour)}, "would end at 2026-03-01T11:00:00Z, which is past"},
		"a source and a host":        {Pause{Since: now, Source: "a", Host: "b.example"}, "not for both at once"},
		"a host that is none":        {Pause{Since: now, Host: "Example.org/x"}, `"Example.org/x" is not the name of a host`},
		"a long story":               {Pause{Since: now, Why: strings.Repeat("x", 501)}, "say it shorter"},
	} {
		t.Run(name, func(t *testing.T) {
			err := test.pause.Check()
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestHostOf(t *testing.T) {
	for text, want := range map[string]string{
		"example.org": "example.org", " Example.ORG ": "example.org", "https://example.org/a?b": "example.org", "example.org:8080": "example.org:8080",
		"http://example.org:80/": "example.org", "bücher.example": "xn--bcher-kva.example", "": "", "a b": "", "mailto:a@b.example": "", "://": "",
	} {
		if got := HostOf(text); got != want {
			t.Errorf("HostOf(%q) = %q, want %q", text, got, want)
		}
	}
}
