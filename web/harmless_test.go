package web

import "testing"

func TestHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"plain\n\ttext":              "plain\n\ttext",
		"\x1b]0;title\a":             "␛]0;title␇",
		"a\u009b31mb\x7f":            "a\ufffd31mb␡",
		"\u202egnp.exe\u202c":        "gnp.exe",
		"\u2066isolate\u2069":        "isolate",
		"\u200fעברית\u200e is right": "\u200fעברית\u200e is right",
	} {
		if got := harmless(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
