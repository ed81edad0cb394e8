package main

import (
	"strings"
	"testing"
)

func TestCleanLetsNothingThrough(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "Ünïcode – “title” 日本語 🎉", "Ünïcode – “title” 日本語 🎉"},
		{"lines", "a\nb\tc\r\nd", "a b c  d"},
		{"escape sequence", "\x1b[31mred\x1b]0;title\x07", "[31mred]0;title"},
		{"8-bit escape", "\u009b31mred\u0085", "31mred"},
		{"reordering", "\u202egnp.exe\u2066x\u2069", "gnp.exex"},
		{"delete", "a\x7fb", "ab"},
		{"workflow command", "::error file=a::x", ": :error file=a::x"},
		{"workflow command, indented", "  ::add-mask::x", ": :add-mask::x"},
		{"workflow command hidden behind a control", "\x00::error::x", ": :error::x"},
		{"old workflow command", "see ##[error]x", "see ## [error]x"},
		{"old workflow command hidden by a control", "#\x00#[error]x", "## [error]x"},
		{"colons inside", "std::vector", "std::vector"},
	}
	for _, tt := range tests {
		if got := clean(tt.text); got != tt.want {
			t.Errorf("%s: clean(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
	if got := cleanLines("a\x1b\n::b"); got != "a\n: :b" {
		t.Errorf("cleanLines keeps lines and cleans each: %q", got)
	}
}

func TestJSONEscapesWhatTerminalsObey(t *testing.T) {
	var out strings.Builder
	if err := jsonEncoder(&out).Encode("a\x1b\x7f\u0080\u009b\u00a0\u202e\u2066é日"); err != nil {
		t.Fatal(err)
	}
	const want = `"a\u001b\u007f\u0080\u009b` + "\u00a0" + `\u202e\u2066é日"` + "\n"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestNearest(t *testing.T) {
	words := []string{"concurrency", "timeout", "retries", "robots"}
	for misspelt, want := range map[string]string{"concurency": "concurrency", "tiemout": "timeout", "retrys": "retries", "xyz": "", "robts": "robots"} {
		if got := nearest(misspelt, words); got != want {
			t.Errorf("nearest(%q) = %q, want %q", misspelt, got, want)
		}
	}
}
