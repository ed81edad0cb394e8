package origin_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/origin"
)

// forge serves the repositories beside a folder, and remembers what was fetched.
type forge struct {
	*httptest.Server
	backend *cgi.Handler
	mu      sync.Mutex
	asked   []string // bodies of the requests for objects
}

// fetches returns the requests for objects since the last call.
func (f *forge) fetches() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	asked := f.asked
	f.asked = nil
	return asked
}

func newForge(t *testing.T, folder string) *forge {
	t.Helper()
	f := &forge{backend: &cgi.Handler{Path: filepath.Join(git(t, ".", "--exec-path"), "git-http-backend"), Stderr: io.Discard,
		Env: []string{"GIT_PROJECT_ROOT=" + filepath.Dir(folder), "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_COUNT=1",
			"GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"}}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *forge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if r.Method == http.MethodPost {
		f.mu.Lock()
		f.asked = append(f.asked, string(body))
		f.mu.Unlock()
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	f.backend.ServeHTTP(w, r)
}

// TestGitIsFetchedOnlyWhenItChanged: asking where a branch or tag stands is enough to know that nothing changed.
func TestGitIsFetchedOnlyWhenItChanged(t *testing.T) {
	folder, first := repository(t)
	git(t, folder, "tag", "-a", "-m", "annotated", "v2")
	f := newForge(t, folder)
	remote := f.URL + "/" + filepath.Base(folder)
	tests := []struct {
		name         string
		source       catalog.Source
		moves        bool // with the branch
		fetchesAgain bool // to find out
	}{
		{"HEAD", catalog.Source{Git: remote}, true, false},
		{"a branch", catalog.Source{Git: remote, Ref: "main"}, true, false},
		{"a tag", catalog.Source{Git: remote, Ref: "v1"}, false, false},
		{"an annotated tag", catalog.Source{Git: remote, Ref: "v2"}, false, false},
		{"a commit", catalog.Source{Git: remote, Ref: first}, false, false},
		{"a short commit", catalog.Source{Git: remote, Ref: first[:10]}, false, true},
		{"on disk", catalog.Source{Git: folder}, true, false},
		{"on disk, a tag", catalog.Source{Git: folder, Ref: "v2"}, false, false},
	}
	hashes := make([]string, len(tests))
	again := func(i int) (catalog.Snapshot, bool) {
		t.Helper()
		f.fetches()
		snap, err := (&origin.Reader{}).Read(t.Context(), tests[i].source, hashes[i], now)
		if err != nil {
			t.Fatalf("%s: %v", tests[i].name, err)
		}
		if snap.Unchanged && (snap.Listings != nil || snap.Hash != hashes[i] || !snap.Taken.Equal(now)) {
			t.Errorf("%s: an unchanged snapshot is %+v", tests[i].name, snap)
		}
		return snap, len(f.fetches()) > 0
	}
	for i, tt := range tests {
		snap, _ := again(i)
		hashes[i] = snap.Hash
		if snap, fetched := again(i); !snap.Unchanged || fetched != tt.fetchesAgain {
			t.Errorf("%s: read again, unchanged is %v, fetched is %v", tt.name, snap.Unchanged, fetched)
		}
	}
	git(t, folder, "commit", "-q", "-a", "-m", "three")
	for i, tt := range tests {
		snap, _ := again(i)
		if snap.Unchanged == tt.moves {
			t.Errorf("%s: after a commit, unchanged is %v", tt.name, snap.Unchanged)
		}
		if tt.moves && !strings.HasSuffix(urls(snap)[0], "/three") {
			t.Errorf("%s: after a commit: %v", tt.name, urls(snap))
		}
	}
}

// TestAKnownCommitIsNotLaidOut: there is nowhere to lay it out.
func TestAKnownCommitIsNotLaidOut(t *testing.T) {
	folder, _ := repository(t)
	source := catalog.Source{Git: folder}
	first := read(t, "", source)
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	if again, err := (&origin.Reader{}).Read(t.Context(), source, first.Hash, now); err != nil || !again.Unchanged {
		t.Errorf("unchanged is %v, %v", again.Unchanged, err)
	}
}

func TestABranchIsFetchedWithoutItsPast(t *testing.T) {
	folder, first := repository(t)
	f := newForge(t, folder)
	for ref, shallow := range map[string]bool{"": true, "main": true, "v1": true, first: false} {
		read(t, "", catalog.Source{Git: f.URL + "/" + filepath.Base(folder), Ref: ref})
		if asked := f.fetches(); len(asked) != 1 || strings.Contains(asked[0], "deepen 1") != shallow {
			t.Errorf("%q: asked for %q", ref, asked)
		}
	}
}

func TestGitLeavesNothingBehind(t *testing.T) {
	folder, first := repository(t)
	f := newForge(t, folder)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	remote := f.URL + "/" + filepath.Base(folder)
	for _, source := range []catalog.Source{{Git: folder}, {Git: remote}, {Git: remote, Ref: first}} {
		read(t, "", source)
	}
	for _, source := range []catalog.Source{{Git: remote, Ref: "nonsense"}, {Git: remote, Paths: []string{"nonsense"}}} {
		if _, err := (&origin.Reader{}).Read(t.Context(), source, "", now); err == nil {
			t.Errorf("%+v: no error", source)
		}
	}
	left, err := os.ReadDir(temporary)
	if err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
}

// TestPatienceEnds: a server that takes a connection and stays silent must not hold up a sync for ever.
func TestPatienceEnds(t *testing.T) {
	done := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
	defer silent.Close()
	defer close(done)
	reader := &origin.Reader{Patience: 50 * time.Millisecond}
	_, err := reader.Read(t.Context(), catalog.Source{Name: "x", Git: silent.URL + "/r.git"}, "", now)
	if want := "source x: " + silent.URL + "/r.git: not read within 50ms"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// TestSecretsOfAnAddressAreUsedAndKept: a token in an address opens the repository, and is in no error.
func TestSecretsOfAnAddressAreUsedAndKept(t *testing.T) {
	folder, _ := repository(t)
	f := newForge(t, folder)
	guarded := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user+password != "SECRET" && user+password != "meSECRET" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		f.ServeHTTP(w, r)
	}))
	defer guarded.Close()
	closed := httptest.NewServer(nil)
	closed.Close()
	with := func(address, user string) string { return strings.Replace(address, "://", "://"+user+"@", 1) }
	for _, user := range []string{"SECRET", "me:SECRET"} {
		source := catalog.Source{Git: with(guarded.URL, user) + "/" + filepath.Base(folder)}
		if diff := cmp.Diff([]string{"https://example.org/two", "https://example.org/sub"}, urls(read(t, "", source))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", user, diff)
		}
	}
	for name, address := range map[string]string{
		"refused":        with(guarded.URL, "you:SECRET") + "/" + filepath.Base(folder),
		"no repository":  with(f.URL, "SECRET") + "/none",
		"nobody listens": with(closed.URL, "SECRET") + "/r",
		"no address":     "http://me:SECRET@%zz/r",
		"no protocol":    "nonsense://me:SECRET@host/r",
		"on no branch":   with(guarded.URL, "SECRET") + "/" + filepath.Base(folder) + "@",
	} {
		_, err := (&origin.Reader{}).Read(t.Context(), catalog.Source{Name: "x", Git: address}, "", now)
		if err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
