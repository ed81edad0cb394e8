package dates

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTable holds the table to its own rules.
func TestTable(t *testing.T) {
	names := map[string]bool{}
	sources := strings.Fields("json-ld meta microdata time text url last-modified")
	for _, r := range All() {
		if names[r.Name] {
			t.Errorf("%s: two rows of this name", r.Name)
		}
		names[r.Name] = true
		if (r.Want.Day == "") != (r.Want.From == "") || (r.Want.Day == "") != (r.Want.Sure == "") {
			t.Errorf("%s: a date has a source and a confidence, and nothing else has", r.Name)
		}
		for day := range strings.SplitSeq(r.Want.Day, "|") {
			if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
				t.Errorf("%s: %v", r.Name, err)
			}
		}
		for from := range strings.SplitSeq(r.Want.From, "|") {
			if from != "" && !slices.Contains(sources, from) {
				t.Errorf("%s: %q is no source", r.Name, from)
			}
		}
	}
	if len(names) < 120 {
		t.Errorf("%d rows, want at least 120", len(names))
	}
}
