package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// lockDatabase holds the right to write a database, as a program with a transaction under way does, until unlock.
// SQLite keeps that right as a lock on a byte of the file beside the log (https://sqlite.org/walformat.html#locks).
func lockDatabase(t *testing.T, path string) (unlock func()) {
	t.Helper()
	f, err := os.OpenFile(path+"-shm", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	right := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: 120, Len: 1}
	if err := syscall.FcntlFlock(f.Fd(), syscall.F_SETLKW, &right); err != nil {
		t.Fatal(err)
	}
	return func() { f.Close() }
}

// slowSites lays out a folder with a list of hosts that answer after a second.
func slowSites(t *testing.T, n int) (folder string, simulated *fakeweb.Web) {
	t.Helper()
	simulated, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(simulated.Close)
	var list strings.Builder
	for i := range n {
		simulated.Handle(site(i), "/page", fakeweb.Delay(time.Second, fakeweb.Page{Title: "A page"}))
		fmt.Fprintf(&list, "- [A page](%s)\n", simulated.URL(site(i), "/page"))
	}
	folder = t.TempDir()
	for name, text := range map[string]string{
		"list.md":      list.String(),
		"waymark.yaml": fmt.Sprintf("sources: [{name: all, path: list.md}]\ncheck: {retries: 0}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\n", simulated.Resolver()),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder, simulated
}

// visits counts the requests for the page of a host, without the further questions that an answer gives rise to.
func visits(w *fakeweb.Web, host string) (n int) {
	for _, request := range w.Requests(host) {
		if request.Path == "/page" && !request.TLS {
			n++
		}
	}
	return n
}

// TestStopsWhileTheDatabaseIsLocked: another program holds the database when the service is told to end. What is
// finished is recorded if that program lets go in time; else the service ends in time and says what is lost, and the
// next start makes those visits again.
func TestStopsWhileTheDatabaseIsLocked(t *testing.T) {
	const sites = 20
	for name, test := range map[string]struct {
		lockedFor time.Duration // after the signal
		status    int
		said      string
		asked     int // how often each page, after the next start
	}{
		"for a while":   {2 * time.Second, statusOK, "", 1},
		"all the while": {time.Minute, statusFailed, fmt.Sprintf("crawler: stopping: %d results could not be recorded, and 0 visits not given back; the next start makes them again: ", sites), 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder, simulated := slowSites(t, sites)
			asked := func(n int) bool {
				for i := range sites {
					if visits(simulated, site(i)) != n {
						return false
					}
				}
				return true
			}
			r := start(t, folder, "serve")
			waitFor(t, "all visits to begin", r, func() bool { return asked(1) })
			unlock := lockDatabase(t, filepath.Join(folder, "waymark.db"))
			time.Sleep(3 * time.Second) // all have been answered
			if c := r.until("counted", func(counts) bool { return true }); c.States[catalog.Unchecked] != sites {
				t.Fatalf("results were recorded in spite of the lock: %v", c.States)
			}
			release := time.AfterFunc(test.lockedFor, unlock)
			err := r.stop(syscall.SIGTERM)
			if release.Stop() {
				unlock()
			}
			if exitCode(err) != test.status || !strings.Contains(r.log.String(), test.said) || strings.Contains(r.log.String(), "by force") {
				t.Errorf("the service ended with %v, want status %d and %q\n%s", err, test.status, test.said, r.log)
			}
			again := start(t, folder, "serve")
			again.until("all visited", func(c counts) bool { return c.States[catalog.OK] == sites })
			if !asked(test.asked) {
				t.Errorf("pages were not asked for %d times", test.asked)
			}
			if err := again.stop(syscall.SIGTERM); err != nil {
				t.Errorf("the service ended with %v\n%s", err, again.log)
			}
		})
	}
}
