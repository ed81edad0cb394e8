//go:build unix

package origin_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/origin"
)

// TestPipesAreNotOpened: opening a named pipe waits for somebody to write into it, for ever perhaps.
func TestPipesAreNotOpened(t *testing.T) {
	folder := lay(t, map[string]string{"list.md": "- [p](p.md#part)\n"})
	if err := syscall.Mkfifo(filepath.Join(folder, "p.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	link(t, "p.md", filepath.Join(folder, "q.md"))
	snap := read(t, folder, catalog.Source{Name: "x", Path: "."})
	if diff := cmp.Diff([]string{"list.md"}, files(snap)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	want := []catalog.Problem{{File: "p.md", Message: "could not be read: it is not a regular file."}, {File: "q.md", Message: "could not be read: it is not a regular file."}}
	if diff := cmp.Diff(want, snap.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	_, err := (&origin.Reader{Folder: folder}).Read(t.Context(), catalog.Source{Name: "x", Path: "p.md"}, "", now)
	if err == nil || !strings.Contains(err.Error(), "p.md: could not be read: it is not a regular file") {
		t.Errorf("a named pipe: %v", err)
	}
}

// TestWhatAShellHandsOver: a process substitution is a pipe by name, and is meant to be read.
func TestWhatAShellHandsOver(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if _, err := out.WriteString(list); err != nil {
		t.Fatal(err)
	}
	out.Close()
	snap := read(t, t.TempDir(), catalog.Source{Name: "x", Path: fmt.Sprintf("/dev/fd/%d", in.Fd())})
	if diff := cmp.Diff([]string{"https://example.org/"}, urls(snap)); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
}
