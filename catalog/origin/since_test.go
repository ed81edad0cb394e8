package origin_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/origin"
)

func TestAddedSince(t *testing.T) {
	folder := lay(t, map[string]string{"list.md": "- [Old](https://example.org/old)\n- [Ref][r]\n\n[r]: https://example.org/ref-old\n"})
	commit(t, folder)
	git(t, folder, "checkout", "-q", "-b", "topic")
	write(t, folder, "list.md", "- [Top](https://example.org/top)\n- [Old](https://example.org/old)\n- [Ref][r]\n\n[r]: https://example.org/ref-new\n")
	git(t, folder, "commit", "-q", "-a", "-m", "two")
	write(t, folder, "new.md", "- [New](https://example.org/new)\n")
	// The main branch goes on; what it changed is not the topic's.
	git(t, folder, "checkout", "-q", "main")
	write(t, folder, "list.md", "- [Other](https://example.org/other)\n")
	git(t, folder, "commit", "-q", "-a", "-m", "three")
	git(t, folder, "checkout", "-q", "topic")

	snap := read(t, folder, catalog.Source{Name: "x", Path: "."})
	want := []string{"https://example.org/top", "https://example.org/ref-new", "https://example.org/new"}
	if diff := cmp.Diff(want, added(t, folder, snap)); diff != "" {
		t.Errorf("added (-want +got):\n%s", diff)
	}
	if _, err := origin.AddedSince(t.Context(), []catalog.Snapshot{snap}, folder, "nonsense"); err == nil {
		t.Error("a revision that does not exist was accepted")
	}
}

// TestAddedSinceIgnoresTheLastLineEnd: many lists end without a newline, and a line put below the last one ends it.
func TestAddedSinceIgnoresTheLastLineEnd(t *testing.T) {
	const old, fresh = "- [Old](https://example.org/old)", "- [New](https://example.org/new)"
	tests := map[string]struct {
		before, after string
		want          []string
	}{
		"a line below one without an end":      {old, old + "\n" + fresh + "\n", []string{"https://example.org/new"}},
		"a line without an end below":          {old + "\n", old + "\n" + fresh, []string{"https://example.org/new"}},
		"neither has an end":                   {old, old + "\n" + fresh, []string{"https://example.org/new"}},
		"a line above one without an end":      {old, fresh + "\n" + old, []string{"https://example.org/new"}},
		"only the end was added":               {old, old + "\n", nil},
		"the last line was replaced":           {old + "\n" + old, old + "\n" + fresh, []string{"https://example.org/new"}},
		"a line into an empty file":            {"", fresh, []string{"https://example.org/new"}},
		"a line went, another is as it was":    {fresh + "\n" + old, old + "\n", nil},
		"two lines end where one had none":     {old, old + "\n\n" + fresh + "\n", []string{"https://example.org/new"}},
		"a line between others, last without ": {old + "\n" + old, old + "\n" + fresh + "\n" + old, []string{"https://example.org/new"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			folder := lay(t, map[string]string{"list.md": tt.before})
			commit(t, folder)
			write(t, folder, "list.md", tt.after)
			if diff := cmp.Diff(tt.want, added(t, folder, read(t, folder, catalog.Source{Name: "x", Path: "list.md"}))); diff != "" {
				t.Errorf("added (-want +got):\n%s", diff)
			}
		})
	}
}

func added(t *testing.T, folder string, snap catalog.Snapshot) []string {
	t.Helper()
	snaps, err := origin.AddedSince(t.Context(), []catalog.Snapshot{snap}, folder, "main")
	if err != nil {
		t.Fatal(err)
	}
	return urls(snaps[0])
}
