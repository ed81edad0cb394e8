package main

import (
	"strings"
	"unicode"
)

// cleanLines cleans a text of several lines, such as joined errors.
func cleanLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = clean(line)
	}
	return strings.Join(lines, "\n")
}

// clean makes a text from the web or a list safe for a terminal and for the log of a CI: one line, without control
// characters, escape sequences or marks that reorder what follows, and no command to the runner. GitHub's takes
// "::name::" at the start of a line and "##[name]" anywhere for one (docs.github.com, workflow commands).
func clean(text string) string {
	text = strings.ReplaceAll(withoutControls(text), "##[", "## [")
	if trimmed := strings.TrimLeft(text, " "); strings.HasPrefix(trimmed, "::") {
		text = ": " + trimmed[1:]
	}
	return text
}

func withoutControls(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, text)
}
