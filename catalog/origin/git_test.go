package origin_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/origin"
)

// git runs git in a folder, away from the configuration of whoever runs the tests.
func git(t *testing.T, folder string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.test"}, args...)...)
	command.Dir = folder
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// commit makes a folder a repository of one commit on the branch main.
func commit(t *testing.T, folder string) {
	t.Helper()
	git(t, folder, "init", "-q", "-b", "main")
	git(t, folder, "add", ".")
	git(t, folder, "commit", "-q", "-m", "one")
}

// repository makes a repository with a tag, a branch, and something uncommitted.
func repository(t *testing.T) (folder, firstCommit string) {
	t.Helper()
	folder = lay(t, map[string]string{"README.md": "- [One](https://example.org/one)\n- [pic](pic.png)\n", "pic.png": "x", "sub/b.md": "- [Sub](https://example.org/sub)\n"})
	commit(t, folder)
	git(t, folder, "tag", "v1")
	firstCommit = git(t, folder, "rev-parse", "HEAD")
	write(t, folder, "README.md", "- [Two](https://example.org/two)\n")
	git(t, folder, "commit", "-q", "-a", "-m", "two")
	write(t, folder, "README.md", "- [Uncommitted](https://example.org/three)\n")
	return folder, firstCommit
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func urls(snap catalog.Snapshot) []string {
	var list []string
	for _, w := range catalog.Gather(snap) {
		list = append(list, w.URL)
	}
	return list
}

func TestGit(t *testing.T) {
	folder, commit := repository(t)
	server := newForge(t, folder)
	remote := server.URL + "/" + filepath.Base(folder)
	one, two := []string{"https://example.org/one", "pic.png", "https://example.org/sub"}, []string{"https://example.org/two", "https://example.org/sub"}
	tests := []struct {
		name   string
		source catalog.Source
		want   []string
	}{
		{"on disk", catalog.Source{Git: folder}, two},
		{"on disk, a tag", catalog.Source{Git: folder, Ref: "v1"}, one},
		{"on disk, some paths", catalog.Source{Git: folder, Paths: []string{"sub/*.md"}}, two[1:]},
		{"remote", catalog.Source{Git: remote}, two},
		{"remote, a branch", catalog.Source{Git: remote, Ref: "main"}, two},
		{"remote, a tag", catalog.Source{Git: remote, Ref: "v1"}, one},
		{"remote, a commit", catalog.Source{Git: remote, Ref: commit}, one},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.source.Name = "x"
			snap := read(t, t.TempDir(), tt.source)
			if diff := cmp.Diff(tt.want, urls(snap)); diff != "" {
				t.Errorf("resources (-want +got):\n%s", diff)
			}
			if file, placed := snap.Local["pic.png"]; placed && !file.Exists {
				t.Error("a file of the commit was not found")
			}
		})
	}
	for name, c := range map[string]struct {
		source catalog.Source
		want   string // the end of the error
	}{
		"no such branch":     {catalog.Source{Git: folder, Ref: "nonsense"}, "no such branch, tag or commit: nonsense"},
		"no such repository": {catalog.Source{Git: server.URL + "/nonsense"}, "/nonsense: repository not found"},
	} {
		if _, err := (&origin.Reader{}).Read(t.Context(), c.source, "", now); err == nil || !strings.HasSuffix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// TestGitPathsThatAreNotThere: what one pattern does not find leaves the others be, and what two find is read once.
func TestGitPathsThatAreNotThere(t *testing.T) {
	folder, _ := repository(t)
	snap := read(t, "", catalog.Source{Git: folder, Paths: []string{"*.md", "docs/*.md", "README.md", "none.md", "sub/*.txt"}})
	if diff := cmp.Diff([]string{"README.md"}, files(snap)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	want := []catalog.Problem{{File: "docs/*.md", Message: "no such file or folder."}, {File: "none.md", Message: "no such file or folder."},
		{File: "sub/*.txt", Message: "no list files there (looked for .md, .yaml, .yml and .txt)."}}
	if diff := cmp.Diff(want, snap.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestGitPathsAreReadWhateverTheirName(t *testing.T) {
	folder := lay(t, map[string]string{"notes": list, ".github/a.md": list, "vendor/b.md": list, "c.md": "- [C](https://example.org/c)\n"})
	link(t, "https://example.org/target", filepath.Join(folder, "symbolic.md")) // git keeps the target as the content
	commit(t, folder)
	for path, want := range map[string][]string{"notes": {"https://example.org/"}, ".github": {"https://example.org/"},
		"vendor/*.md": {"https://example.org/"}, "**": {"https://example.org/c"}} {
		if diff := cmp.Diff(want, urls(read(t, "", catalog.Source{Git: folder, Paths: []string{path}}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestGitFilesThatAreTooLarge(t *testing.T) {
	folder, _ := repository(t)
	write(t, folder, "big.md", strings.Repeat("x", 2000))
	git(t, folder, "add", ".")
	git(t, folder, "commit", "-q", "-m", "big")
	snap, err := (&origin.Reader{MaxFile: 1000}).Read(t.Context(), catalog.Source{Git: folder}, "", now)
	if err != nil {
		t.Fatal(err)
	}
	want := []catalog.Problem{{File: "big.md", Message: "could not be read: it is larger than 1000 bytes."}}
	if diff := cmp.Diff(want, snap.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}
