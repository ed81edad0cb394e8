package listfile

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"waymark/catalog"
)

// brief writes placements one per line: place, section, title, kind, URL, and the bytes of the destination where
// they differ from the URL.
func brief(content string, l catalog.Listing) string {
	var b strings.Builder
	for _, p := range l.Placements {
		fmt.Fprintf(&b, "%d:%d %s|%s|%s|%s", p.Line, p.Column, strings.Join(p.Section, "/"), p.Title, p.Kind, p.URL)
		if written := content[p.Start:p.End]; written != p.URL {
			fmt.Fprintf(&b, "|%s", written)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// urls lists the URLs of placements.
func urls(l catalog.Listing) string {
	var all []string
	for _, p := range l.Placements {
		all = append(all, p.URL)
	}
	return strings.Join(all, " ")
}

// problems lists problems as "line:column message".
func problems(l catalog.Listing) string {
	var b strings.Builder
	for _, p := range l.Problems {
		fmt.Fprintf(&b, "%d:%d %s\n", p.Line, p.Column, p.Message)
	}
	return b.String()
}

// checkListing checks what holds for every listing of every file.
func checkListing(t *testing.T, content []byte, l catalog.Listing) {
	t.Helper()
	offsets := places(content)
	before := [2]int{}
	for _, p := range l.Placements {
		use, ok := offsets[[2]int{p.Line, p.Column}]
		if !ok {
			t.Fatalf("%d:%d is no place of the file: %+v", p.Line, p.Column, p)
		}
		checkPlacement(t, content, use, p)
		if here := [2]int{p.Line, p.Column}; here[0] < before[0] || here[0] == before[0] && here[1] < before[1] {
			t.Errorf("out of order: %v after %v", here, before)
		} else {
			before = here
		}
	}
	for _, p := range l.Problems {
		_, ok := offsets[[2]int{p.Line, p.Column}]
		if p.Message == "" || p.File != l.File || p.Line > 0 && !ok {
			t.Errorf("a problem without a place or a message: %+v", p)
		}
	}
}

// places returns the offset of every line and column of the file, counted byte by byte.
func places(content []byte) map[[2]int]int {
	all := map[[2]int]int{}
	line, column := 1, 1
	for i, c := range content {
		all[[2]int{line, column}] = i
		column++
		if c == '\n' || c == '\r' && (i+1 == len(content) || content[i+1] != '\n') {
			line, column = line+1, 1
		}
	}
	all[[2]int{line, column}] = len(content)
	return all
}

func checkPlacement(t *testing.T, content []byte, use int, p catalog.Placement) {
	t.Helper()
	switch {
	case p.Start < 0 || p.End < p.Start || p.End > len(content):
		t.Fatalf("range out of bounds: %+v", p)
	case p.URL == "" || p.Title == "" || !p.Kind.Valid():
		t.Errorf("incomplete: %+v", p)
	case !utf8.ValidString(p.URL) || !utf8.ValidString(p.Title):
		t.Errorf("not UTF-8: %+v", p)
	case strings.ContainsAny(p.Title, "\n\r\t\x00\x1b"), utf8.RuneCountInString(p.Title) > maxTitle:
		t.Errorf("not a line of at most %d runes: %q", maxTitle, p.Title)
	}
	if use != p.Start && (use >= len(content) || content[use] != '[' && content[use] != '<') {
		t.Errorf("no link starts here: %+v", p)
	}
	written := string(content[p.Start:p.End])
	if written == "" || strings.ContainsAny(written, "\\&'\"\x00\x1a") || !utf8.ValidString(written) {
		return // the URL is what the bytes mean, not the bytes
	}
	if p.URL != written && p.URL != "http://"+written {
		t.Errorf("%q does not stand at [%d,%d): %q", p.URL, p.Start, p.End, written)
	}
}
