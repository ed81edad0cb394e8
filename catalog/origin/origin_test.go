package origin_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/origin"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// lay writes files below a new folder and returns it.
func lay(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func read(t *testing.T, folder string, source catalog.Source) catalog.Snapshot {
	t.Helper()
	snap, err := (&origin.Reader{Folder: folder}).Read(t.Context(), source, "", now)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func files(snap catalog.Snapshot) []string {
	var names []string
	for _, listing := range snap.Listings {
		names = append(names, listing.File)
	}
	return names
}

func TestPathPatterns(t *testing.T) {
	const list = "- [A](https://example.org/)\n"
	folder := lay(t, map[string]string{
		"README.md": list, "lists/a.md": list, "lists/deep/b.md": list, "lists/deep/c.yaml": "- https://example.org/\n",
		"lists/picture.png": "x", ".hidden/d.md": list, "node_modules/e/f.md": list, "notes": list,
	})
	tests := []struct {
		path string
		want []string
	}{
		{"README.md", []string{"README.md"}},
		{"lists", []string{"lists/a.md", "lists/deep/b.md", "lists/deep/c.yaml"}},
		{"lists/**/*.md", []string{"lists/a.md", "lists/deep/b.md"}},
		{"lists/*.md", []string{"lists/a.md"}},
		{"**/*.md", []string{"README.md", "lists/a.md", "lists/deep/b.md"}},
		{".", []string{"README.md", "lists/a.md", "lists/deep/b.md", "lists/deep/c.yaml"}},
		{"notes", []string{"notes"}},
		{filepath.Join(folder, "lists/a.md"), []string{"lists/a.md"}},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			got := files(read(t, folder, catalog.Source{Name: "x", Path: tt.path}))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPathErrorsSayWhatToMend(t *testing.T) {
	folder := lay(t, map[string]string{"empty/picture.png": "x"})
	tests := map[string]string{
		"no-such.md":  "no-such.md: no such file or folder",
		"empty":       "no list files there",
		"empty/*.md":  "no list files there",
		"gone/**/*":   "no such file or folder",
		"empty/[":     "empty/[",
		"../outside*": "no list files there",
	}
	for path, want := range tests {
		_, err := (&origin.Reader{Folder: folder}).Read(t.Context(), catalog.Source{Name: "x", Path: path}, "", now)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

func TestLocalFilesAndTheirAnchors(t *testing.T) {
	folder := lay(t, map[string]string{
		".git/HEAD":      "ref: refs/heads/main\n",
		"docs/list.md":   "# List\n\n- [a](other.md#part)\n- [b](/README.md)\n- [c](../pic.png)\n- [d](sub)\n- [e](none.md)\n- [f](../../up.md)\n- [g](#list)\n",
		"docs/other.md":  "## Part\n",
		"docs/sub/x.txt": "x",
		"README.md":      "# Read me\n",
		"pic.png":        "x",
	})
	snap := read(t, folder, catalog.Source{Name: "x", Path: "docs/list.md"})
	want := map[string]catalog.LocalFile{
		"docs/other.md": {Exists: true, Anchors: []string{"part"}},
		"README.md":     {Exists: true, Anchors: []string{"read-me"}},
		"pic.png":       {Exists: true},
		"docs/sub":      {Exists: true},
		"docs/none.md":  {},
		"docs/list.md":  {Exists: true, Anchors: []string{"list"}},
	}
	if diff := cmp.Diff(want, snap.Local); diff != "" {
		t.Errorf("local files (-want +got):\n%s", diff)
	}
}

// TestNoWayOut: neither a relative link nor a symbolic link reads what lies outside the tree.
func TestNoWayOut(t *testing.T) {
	outside := lay(t, map[string]string{"secret.md": "# Secret\n\n- [s](https://secret.example/)\n"})
	folder := lay(t, map[string]string{".git/HEAD": "", "list.md": "- [x](link.md#secret)\n"})
	if err := os.Symlink(filepath.Join(outside, "secret.md"), filepath.Join(folder, "link.md")); err != nil {
		t.Fatal(err)
	}
	snap := read(t, folder, catalog.Source{Name: "x", Path: "."})
	if diff := cmp.Diff([]string{"list.md"}, files(snap)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if snap.Local["link.md"].Exists {
		t.Error("a symbolic link out of the tree was followed")
	}
	if len(snap.Problems) != 1 || snap.Problems[0].File != "link.md" {
		t.Errorf("problems are %+v, want one for link.md", snap.Problems)
	}
}

func TestUnchanged(t *testing.T) {
	folder := lay(t, map[string]string{"list.md": "- [x](other.md)\n", "other.md": "# O\n"})
	reader := &origin.Reader{Folder: folder}
	source := catalog.Source{Name: "x", Path: "list.md"}
	first := read(t, folder, source)
	again, err := reader.Read(t.Context(), source, first.Hash, now)
	if err != nil || !again.Unchanged || again.Listings != nil {
		t.Errorf("an unchanged source came back as %+v, %v", again, err)
	}
	if err := os.Remove(filepath.Join(folder, "other.md")); err != nil {
		t.Fatal(err)
	}
	if again, err = reader.Read(t.Context(), source, first.Hash, now); err != nil || again.Unchanged {
		t.Errorf("a file that a link points at went away, and nobody noticed: %v", err)
	}
}

type fetched map[string]string

func (f fetched) Fetch(_ context.Context, url string, _ int64) ([]byte, error) {
	if text, ok := f[url]; ok {
		return []byte(text), nil
	}
	return nil, errors.New("it answers 404")
}

func TestOtherOrigins(t *testing.T) {
	reader := &origin.Reader{
		Folder:  t.TempDir(),
		Stdin:   strings.NewReader("https://example.org/a\n"),
		Starter: fstest.MapFS{"lists/a.md": {Data: []byte("- [A](https://example.org/)\n")}},
		Fetch:   fetched{"https://example.org/lists/a.md": "- [B](../b.html)\n"},
	}
	tests := []struct {
		source catalog.Source
		want   string
	}{
		{catalog.Source{Name: "stdin", Path: "-"}, "https://example.org/a"},
		{catalog.Source{Name: "starter", Path: origin.StarterPath}, "https://example.org/"},
		{catalog.Source{Name: "web", URL: "https://example.org/lists/a.md"}, "https://example.org/b.html"},
	}
	for _, tt := range tests {
		snap, err := reader.Read(t.Context(), tt.source, "", now)
		if err != nil {
			t.Errorf("%s: %v", tt.source.Name, err)
			continue
		}
		if wanted := catalog.Gather(snap); len(wanted) != 1 || wanted[0].URL != tt.want {
			t.Errorf("%s: resources %+v, want %s", tt.source.Name, wanted, tt.want)
		}
	}
	_, err := reader.Read(t.Context(), catalog.Source{Name: "web", URL: "https://example.org/none.md"}, "", now)
	if err == nil || err.Error() != "source web: it answers 404" {
		t.Errorf("a missing list on the web: %v", err)
	}
}
