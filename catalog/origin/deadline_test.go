package origin_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/origin"
)

// silent is a server that takes connections, says something at most, and then nothing. It tells when each is over.
func silent(t *testing.T, network, address, greeting string) (at string, over chan struct{}) {
	t.Helper()
	ln, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	over = make(chan struct{}, 9)
	ended := make(chan struct{})
	var open sync.WaitGroup
	open.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			open.Go(func() {
				io.WriteString(c, greeting)
				io.Copy(io.Discard, c)
				over <- struct{}{}
			})
			open.Go(func() { <-ended; c.Close() })
		}
	})
	t.Cleanup(func() { ln.Close(); close(ended); open.Wait() })
	return ln.Addr().String(), over
}

// agent puts an SSH agent where the client looks for one, and a list of known hosts. Nobody gets as far as to use them.
func agent(t *testing.T) {
	t.Helper()
	socket, _ := silent(t, "unix", filepath.Join(t.TempDir(), "agent"), "")
	known := filepath.Join(t.TempDir(), "known_hosts")
	if err := os.WriteFile(known, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSH_AUTH_SOCK", socket)
	t.Setenv("SSH_KNOWN_HOSTS", known)
}

// TestPatienceEndsWithoutHTTP: a server that takes a connection and stays silent, at any point of its greetings, is left.
func TestPatienceEndsWithoutHTTP(t *testing.T) {
	agent(t)
	for name, test := range map[string]struct{ scheme, greeting string }{
		"ssh, no word":             {"ssh://git@", ""},
		"ssh, a greeting":          {"ssh://git@", "SSH-2.0-Silent\r\n"},
		"ssh, half of an exchange": {"ssh://git@", "SSH-2.0-Silent\r\n\x00\x00\x03\xcc\x05\x14"},
		"git, no word":             {"git://", ""},
		"git, half of a line":      {"git://", "00"},
	} {
		t.Run(name, func(t *testing.T) {
			at, over := silent(t, "tcp", "127.0.0.1:0", test.greeting)
			source := catalog.Source{Name: "x", Git: test.scheme + at + "/r.git"}
			_, err := (&origin.Reader{Patience: 200 * time.Millisecond}).Read(t.Context(), source, "", now)
			if err == nil || !strings.HasSuffix(err.Error(), "not read within 200ms") {
				t.Errorf("error %v", err)
			}
			<-over // the connection is closed, and nobody left behind
		})
	}
}

// TestAServerThatStallsWithinAPackIsLeft: half of the objects came, and then no more.
func TestAServerThatStallsWithinAPackIsLeft(t *testing.T) {
	folder, _ := repository(t)
	write(t, folder, "big.md", strings.Repeat("- [One](https://example.org/one) of many\n", 5000))
	git(t, folder, "add", ".")
	git(t, folder, "commit", "-q", "-m", "big")
	whole := newForge(t, folder)
	done := make(chan struct{})
	half := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		all := httptest.NewRecorder()
		whole.ServeHTTP(all, r)
		for name, values := range all.Header() {
			rw.Header()[name] = values
		}
		rw.WriteHeader(all.Code)
		if r.Method != http.MethodPost {
			rw.Write(all.Body.Bytes())
			return
		}
		rw.Write(all.Body.Bytes()[:all.Body.Len()/2])
		http.NewResponseController(rw).Flush()
		<-done
	}))
	defer half.Close()
	defer close(done)
	_, err := (&origin.Reader{Patience: time.Second}).Read(t.Context(), catalog.Source{Name: "x", Git: half.URL + "/" + filepath.Base(folder)}, "", now)
	if err == nil || !strings.HasSuffix(err.Error(), "not read within 1s") {
		t.Errorf("error %v", err)
	}
}
