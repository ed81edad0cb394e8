package origin_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/origin"
)

const list = "- [A](https://example.org/)\n"

// link makes a symbolic link.
func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Fatal(err)
	}
}

// TestNamesAreTakenAsTheyAre: what is there under its name is no pattern.
func TestNamesAreTakenAsTheyAre(t *testing.T) {
	folder := lay(t, map[string]string{
		"notes [draft].md": list, "notes d.md": list, "what?.md": list, "{a,b}.md": list, "a.md": list,
		"old [2019]/x.md": list, "old 2/y.md": list, "old [2019]/{x}.md": list, "b/x.md": list,
	})
	tests := map[string][]string{
		"notes [draft].md":  {"notes [draft].md"},
		"notes [a-z].md":    {"notes d.md"},
		"what?.md":          {"what?.md"},
		"{a,b}.md":          {"{a,b}.md"},
		"{a,c}.md":          {"a.md"},
		"old [2019]":        {"old [2019]/x.md", "old [2019]/{x}.md"},
		"old [2019]/x.md":   {"old [2019]/x.md"},
		"old [2019]/{x}.md": {"old [2019]/{x}.md"},
		`old \[2019\]/*.md`: {"old [2019]/x.md", "old [2019]/{x}.md"},
	}
	for path, want := range tests {
		t.Run(path, func(t *testing.T) {
			if diff := cmp.Diff(want, files(read(t, folder, catalog.Source{Name: "x", Path: path}))); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNamedSymbolicLinks: a symbolic link that was named leads wherever it points.
func TestNamedSymbolicLinks(t *testing.T) {
	outside := lay(t, map[string]string{".git/HEAD": "", "far/list.md": "- [A](../near.md)\n", "near.md": "# Near\n"})
	folder := lay(t, map[string]string{".git/HEAD": "", "real/list.md": list})
	link(t, filepath.Join(folder, "real/list.md"), filepath.Join(folder, "absolute.md"))
	link(t, filepath.Join(folder, "real"), filepath.Join(folder, "folder"))
	link(t, filepath.Join(outside, "far"), filepath.Join(folder, "out"))
	tests := map[string][]string{
		"absolute.md":    {"real/list.md"},
		"folder":         {"real/list.md"},
		"folder/*.md":    {"real/list.md"},
		"folder/list.md": {"real/list.md"},
		"out":            {"far/list.md"},
		"out/list.md":    {"far/list.md"},
		"out/*.md":       {"far/list.md"},
	}
	for path, want := range tests {
		t.Run(path, func(t *testing.T) {
			snap := read(t, folder, catalog.Source{Name: "x", Path: path})
			if diff := cmp.Diff(want, files(snap)); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			if local, placed := snap.Local["near.md"]; placed && !local.Exists {
				t.Error("a file beside the list that was named is not found")
			}
		})
	}
}

// TestTheTreeOfAList: relative links lead as far as the git work tree, else the working folder, else the list's own.
func TestTheTreeOfAList(t *testing.T) {
	tests := map[string]struct {
		files map[string]string
		path  string
		want  string // the path of the list within its tree
	}{
		"a work tree above the working folder": {map[string]string{"../.git/HEAD": "", "sub/l.md": list}, "sub/l.md", "work/sub/l.md"},
		"a work tree below the working folder": {map[string]string{"sub/.git/HEAD": "", "sub/l.md": list}, "sub/l.md", "l.md"},
		"the working folder":                   {map[string]string{"sub/l.md": list}, "sub/l.md", "sub/l.md"},
		"the working folder itself":            {map[string]string{"l.md": list}, "l.md", "l.md"},
		"elsewhere":                            {map[string]string{"../other/l.md": list}, "../other/l.md", "l.md"},
		"a name that only starts the same":     {map[string]string{"../work-old/l.md": list}, "../work-old/l.md", "l.md"},
		"elsewhere, a glob":                    {map[string]string{"../other/sub/l.md": list}, "../other/*/l.md", "sub/l.md"},
		"elsewhere, a folder":                  {map[string]string{"../other/sub/l.md": list}, "../other/sub", "l.md"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			within := map[string]string{"work/keep.txt": ""}
			for file, text := range tt.files {
				within[filepath.Join("work", file)] = text
			}
			folder := filepath.Join(lay(t, within), "work")
			if diff := cmp.Diff([]string{tt.want}, files(read(t, folder, catalog.Source{Name: "x", Path: tt.path}))); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAddedSinceThroughSymbolicLinks: the comparison finds the file that was read.
func TestAddedSinceThroughSymbolicLinks(t *testing.T) {
	folder := lay(t, map[string]string{"real/list.md": "- [Old](https://example.org/old)\n"})
	commit(t, folder)
	write(t, folder, "real/list.md", "- [Old](https://example.org/old)\n- [New](https://example.org/new)\n")
	link(t, filepath.Join(folder, "real/list.md"), filepath.Join(folder, "named.md"))
	snap := read(t, folder, catalog.Source{Name: "x", Path: "named.md"})
	if diff := cmp.Diff([]string{"https://example.org/new"}, added(t, folder, snap)); diff != "" {
		t.Errorf("added (-want +got):\n%s", diff)
	}
}

func TestRelativePathsOfARepositoryStartFromTheFolder(t *testing.T) {
	folder, _ := repository(t)
	config := filepath.Join(filepath.Dir(folder), "config")
	for _, source := range []catalog.Source{{Git: "../" + filepath.Base(folder)}, {Git: "file://" + folder}, {Git: folder + "/.git"}} {
		source.Name = "x"
		if diff := cmp.Diff([]string{"https://example.org/two", "https://example.org/sub"}, urls(read(t, config, source))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", source.Git, diff)
		}
	}
	_, err := (&origin.Reader{Folder: config}).Read(t.Context(), catalog.Source{Name: "x", Git: "nowhere"}, "", now)
	if err == nil || err.Error() != "source x: nowhere: repository does not exist" {
		t.Errorf("a repository that is not there: %v", err)
	}
}

func TestLinkedWorkTree(t *testing.T) {
	folder, first := repository(t)
	linked := filepath.Join(t.TempDir(), "linked")
	git(t, folder, "worktree", "add", "-q", linked, first)
	if diff := cmp.Diff([]string{"https://example.org/one", "pic.png", "https://example.org/sub"}, urls(read(t, "", catalog.Source{Name: "x", Git: linked}))); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
}
