package origin_test

import (
	"net/http/cgi"
	"net/http/httptest"
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

// repository makes a repository with a tag, a branch, and something uncommitted.
func repository(t *testing.T) (folder, firstCommit string) {
	t.Helper()
	folder = lay(t, map[string]string{"README.md": "- [One](https://example.org/one)\n- [pic](pic.png)\n", "pic.png": "x", "sub/b.md": "- [Sub](https://example.org/sub)\n"})
	git(t, folder, "init", "-q", "-b", "main")
	git(t, folder, "add", ".")
	git(t, folder, "commit", "-q", "-m", "one")
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
	server := httptest.NewServer(&cgi.Handler{Path: gitBackend(t), Env: []string{"GIT_PROJECT_ROOT=" + filepath.Dir(folder), "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"}})
	defer server.Close()
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
	for name, source := range map[string]catalog.Source{
		"no such branch":     {Git: folder, Ref: "nonsense"},
		"no such repository": {Git: server.URL + "/nonsense"},
	} {
		if _, err := (&origin.Reader{}).Read(t.Context(), source, "", now); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// gitBackend is git's own HTTP server program.
func gitBackend(t *testing.T) string {
	t.Helper()
	return filepath.Join(git(t, ".", "--exec-path"), "git-http-backend")
}

func TestAddedSince(t *testing.T) {
	folder := lay(t, map[string]string{"list.md": "- [Old](https://example.org/old)\n- [Ref][r]\n\n[r]: https://example.org/ref-old\n"})
	git(t, folder, "init", "-q", "-b", "main")
	git(t, folder, "add", ".")
	git(t, folder, "commit", "-q", "-m", "one")
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
	added, err := origin.AddedSince(t.Context(), []catalog.Snapshot{snap}, folder, "main")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"https://example.org/top", "https://example.org/ref-new", "https://example.org/new"}
	if diff := cmp.Diff(want, urls(added[0])); diff != "" {
		t.Errorf("added (-want +got):\n%s", diff)
	}
	if _, err := origin.AddedSince(t.Context(), []catalog.Snapshot{snap}, folder, "nonsense"); err == nil {
		t.Error("a revision that does not exist was accepted")
	}
}
