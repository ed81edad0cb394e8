package origin_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
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
	folder := lay(t, map[string]string{
		"README.md": list, "lists/a.md": list, "lists/deep/b.md": list, "lists/deep/c.yaml": "- https://example.org/\n",
		"lists/picture.png": "x", ".hidden/d.md": list, "node_modules/e/f.md": list, "vendor/g/h.md": list,
		"lists/vendor/i.md": list, "notes": list,
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
		{"vendor/g", []string{"vendor/g/h.md"}},
		{"vendor", []string{"vendor/g/h.md"}},
		{".hidden/*.md", []string{".hidden/d.md"}},
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
		if snap.Source.Name != tt.source.Name || !snap.Taken.Equal(now) {
			t.Errorf("%s: the snapshot is of %q, taken %s", tt.source.Name, snap.Source.Name, snap.Taken)
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

// TestAListThatMovedIsReadAnew: the same relative links lead elsewhere from another address.
func TestAListThatMovedIsReadAnew(t *testing.T) {
	const text = "- [B](b.html)\n"
	reader := &origin.Reader{Fetch: fetched{"https://example.org/a.md": text, "https://example.com/a.md": text}}
	first, err := reader.Read(t.Context(), catalog.Source{Name: "web", URL: "https://example.org/a.md"}, "", now)
	if err != nil {
		t.Fatal(err)
	}
	moved, err := reader.Read(t.Context(), catalog.Source{Name: "web", URL: "https://example.com/a.md"}, first.Hash, now)
	if err != nil || moved.Unchanged {
		t.Errorf("unchanged is %v, %v", moved.Unchanged, err)
	}
}

// refusing is a web that names the address in its errors.
type refusing struct{}

func (refusing) Fetch(_ context.Context, url string, _ int64) ([]byte, error) {
	return nil, errors.New(url + " answered 401")
}

func TestErrorsOfTheWebKeepSecrets(t *testing.T) {
	source := catalog.Source{Name: "web", URL: "https://me:SECRET@example.org/a.md"}
	_, err := (&origin.Reader{Fetch: refusing{}}).Read(t.Context(), source, "", now)
	if err == nil || err.Error() != "source web: https://example.org/a.md answered 401" {
		t.Errorf("error: %v", err)
	}
}

// TestWhatIsTooLargeIsNotCut: half of a list would retire the links of the other half.
func TestWhatIsTooLargeIsNotCut(t *testing.T) {
	small, large := strings.Repeat(" ", 1000-len(list))+list, strings.Repeat(" ", 1001-len(list))+list
	folder := lay(t, map[string]string{"small.md": small, "large.md": large, "links.md": "- [l](large.md#a)\n"})
	reader := &origin.Reader{Folder: folder, MaxFile: 1000}
	for _, text := range []string{small, large} {
		reader.Stdin = strings.NewReader(text)
		_, err := reader.Read(t.Context(), catalog.Source{Name: "x", Path: "-"}, "", now)
		if tooLarge := err != nil && err.Error() == "source x: standard input: it is larger than 1000 bytes"; tooLarge != (len(text) > 1000) {
			t.Errorf("standard input of %d bytes: %v", len(text), err)
		}
	}
	snap, err := reader.Read(t.Context(), catalog.Source{Name: "x", Path: "."}, "", now)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"links.md", "small.md"}, files(snap)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]catalog.Problem{{File: "large.md", Message: "could not be read: it is larger than 1000 bytes."}}, snap.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]catalog.LocalFile{"large.md": {Exists: true}}, snap.Local); diff != "" {
		t.Errorf("local files (-want +got):\n%s", diff)
	}
}

// locked is a tree of which some folders cannot be opened.
type locked struct {
	fs.FS
	folders []string
}

func (l locked) Open(name string) (fs.File, error) {
	if slices.Contains(l.folders, name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.FS.Open(name)
}

func TestAFolderThatCannotBeReadHidesNothingElse(t *testing.T) {
	tree := fstest.MapFS{"a.md": {Data: []byte(list)}, "b/b.md": {Data: []byte(list)}, "c/c.md": {Data: []byte(list)}, "vendor/d.md": {}}
	snap, err := (&origin.Reader{Starter: locked{tree, []string{"b", "vendor"}}}).Read(t.Context(), catalog.Source{Name: "x", Path: origin.StarterPath}, "", now)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a.md", "c/c.md"}, files(snap)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]catalog.Problem{{File: "b", Message: "could not be read: permission denied."}}, snap.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestAReaderThatIsNotEquipped(t *testing.T) {
	for _, source := range []catalog.Source{{Path: "-"}, {Path: origin.StarterPath}, {URL: "https://example.org/"}, {Path: ".", Format: "nonsense"}} {
		if _, err := (&origin.Reader{}).Read(t.Context(), source, "", now); err == nil {
			t.Errorf("%+v: no error", source)
		}
	}
}

func TestReadingStopsWhenToldTo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	reader := &origin.Reader{Folder: lay(t, map[string]string{"list.md": list})}
	if _, err := reader.Read(ctx, catalog.Source{Name: "x", Path: "."}, "", now); !errors.Is(err, context.Canceled) {
		t.Errorf("error: %v", err)
	}
}

// TestFilesAreClosed counts open files, with nobody to collect those that were forgotten.
func TestFilesAreClosed(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	folder, _ := repository(t)
	count := func() int {
		open, err := os.ReadDir("/dev/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(open)
	}
	before := count()
	const times = 20
	for range times {
		read(t, folder, catalog.Source{Path: "."})
		read(t, folder, catalog.Source{Git: "."})
	}
	if after := count(); after >= before+times {
		t.Errorf("%d files were open, %d are", before, after)
	}
}
