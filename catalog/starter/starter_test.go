package starter

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// entryLine is the one form an entry may have. A line is enough here; the
// list parser is tested where it lives.
var entryLine = regexp.MustCompile(`^- \[@([a-z]+)@(.*)\]\((.*)\)$`)

// aliasedTitle is a title that gives further names of the same thing in
// brackets, such as "Go (Golang)".
var aliasedTitle = regexp.MustCompile(`^(.+) \(([^()]+)\)$`)

var kinds = []string{
	"article", "official", "video", "course", "book", "opensource", "feed",
	"podcast", "roadmap", "paper", "tool", "community", "other",
}

type entry struct{ kind, title, url string }

// names lists what the entry may be called: its title and each alias, lower-cased.
func (e entry) names() []string {
	names := []string{strings.ToLower(e.title)}
	if m := aliasedTitle.FindStringSubmatch(strings.ToLower(e.title)); m != nil {
		names = append(names, m[1])
		names = append(names, strings.Split(m[2], ", ")...)
	}
	return names
}

func lines(t *testing.T, fsys fs.FS, name string) []string {
	t.Helper()
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	if len(text) == 0 {
		t.Fatalf("%s is empty", name)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

func listFiles(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(Lists(), "lists/*.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("the starter catalog holds no list")
	}
	return files
}

// entries reads every bullet of a list; a bullet in another form fails the test.
func entries(t *testing.T, file string) []entry {
	t.Helper()
	var all []entry
	for i, line := range lines(t, Lists(), file) {
		if !strings.HasPrefix(strings.TrimSpace(line), "- ") {
			continue
		}
		m := entryLine.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("%s:%d: not in the form - [@kind@Title](url): %s", file, i+1, line)
			continue
		}
		all = append(all, entry{kind: m[1], title: m[2], url: m[3]})
	}
	return all
}

func TestEveryListStartsWithItsOnlyTopHeading(t *testing.T) {
	for _, file := range listFiles(t) {
		all := lines(t, Lists(), file)
		if !strings.HasPrefix(all[0], "# ") {
			t.Errorf("%s starts with %q, want a level-one heading", file, all[0])
		}
		for i, line := range all[1:] {
			if strings.HasPrefix(line, "# ") {
				t.Errorf("%s:%d: second level-one heading %q", file, i+2, line)
			}
		}
	}
}

func TestEveryEntryIsWellFormed(t *testing.T) {
	for _, file := range listFiles(t) {
		for _, e := range entries(t, file) {
			if !slices.Contains(kinds, e.kind) {
				t.Errorf("%s: %q has the unknown kind %q", file, e.title, e.kind)
			}
			if e.title == "" || e.title != strings.TrimSpace(e.title) {
				t.Errorf("%s: %s has the title %q", file, e.url, e.title)
			}
			u, err := url.Parse(e.url)
			if err != nil || u.Scheme != "https" || u.Host == "" || strings.ContainsAny(e.url, " ()<>") {
				t.Errorf("%s: %q leads to %q, want an absolute https address", file, e.title, e.url)
			}
		}
	}
}

func TestNoListNamesOrLinksTheSameThingTwice(t *testing.T) {
	for _, file := range listFiles(t) {
		titles, urls := map[string]bool{}, map[string]bool{}
		for _, e := range entries(t, file) {
			title, address := strings.ToLower(e.title), strings.TrimSuffix(e.url, "/")
			if titles[title] {
				t.Errorf("%s: title %q appears twice", file, e.title)
			}
			if urls[address] {
				t.Errorf("%s: address %s appears twice", file, e.url)
			}
			titles[title], urls[address] = true, true
		}
	}
}

// TestTheHundredAreThereAsWritten compares headings, titles and their order
// exactly; only the list's own top heading and sentences are its own.
func TestTheHundredAreThereAsWritten(t *testing.T) {
	want := lines(t, os.DirFS("testdata"), "hundred.txt")
	if n := len(want) - len(headings(want)); n != 100 {
		t.Fatalf("hundred.txt holds %d names, want 100", n)
	}
	var got []string
	for _, line := range lines(t, Lists(), "lists/free-resources.md") {
		if m := entryLine.FindStringSubmatch(line); m != nil {
			got = append(got, m[2])
		} else if strings.HasPrefix(line, "## ") {
			got = append(got, line)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("free-resources.md differs from the hundred (-want +got):\n%s", diff)
	}
}

func headings(all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !strings.HasPrefix(s, "## ") })
}

// TestEveryNamedThingHasAnEntry holds the names of the four roadmaps that the
// catalog is drawn from. A name must be a title or an alias, in any case: a
// title that merely contains it ("Java Documentation" for Java) is not its entry.
func TestEveryNamedThingHasAnEntry(t *testing.T) {
	have := map[string]bool{}
	for _, file := range listFiles(t) {
		for _, e := range entries(t, file) {
			for _, name := range e.names() {
				have[name] = true
			}
		}
	}
	documents, err := filepath.Glob("testdata/names/*.txt")
	if err != nil || len(documents) != 4 {
		t.Fatalf("found %d names files (%v), want one for each of the four documents", len(documents), err)
	}
	for _, document := range documents {
		t.Run(strings.TrimSuffix(filepath.Base(document), ".txt"), func(t *testing.T) {
			for _, name := range lines(t, os.DirFS("."), document) {
				if !have[strings.ToLower(name)] {
					t.Errorf("%s: no entry is called %q", document, name)
				}
			}
		})
	}
}
