package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

// TestStopsUnderLoad: a service whose visits all hang ends when it is told to, and gives the visits back: the next
// start makes them at once.
func TestStopsUnderLoad(t *testing.T) {
	t.Parallel()
	simulated, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(simulated.Close)
	var list strings.Builder
	hanging := []fakeweb.Behaviour{fakeweb.Stall(), fakeweb.StallBody(), fakeweb.Drip(1, time.Second, fakeweb.Page{Title: "Slow"})}
	const each = 10
	for i, b := range hanging {
		for n := range each {
			host := site(i*each + n)
			simulated.Handle(host, "/hangs", fakeweb.Sequence(b, fakeweb.Page{Title: "In order again"}))
			fmt.Fprintf(&list, "- [%s](%s)\n", host, simulated.URL(host, "/hangs"))
		}
	}
	if err := simulated.HandleConn("mute.test", fakeweb.Mute); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&list, "- [Mute](%s)\n", simulated.HTTPSURL("mute.test", "/"))
	folder := t.TempDir()
	for name, text := range map[string]string{
		"list.md": list.String(),
		"waymark.yaml": fmt.Sprintf("sources: [{name: all, path: list.md}]\ncheck: {retries: 0, timeout: 1h, per_host: {interval: 0}}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\n",
			simulated.Resolver()),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	asked := func(n int) func() bool {
		return func() bool {
			for i := range len(hanging) * each {
				if pages(simulated, site(i)) < n {
					return false
				}
			}
			return true
		}
	}
	r := start(t, folder, "serve")
	waitFor(t, "all visits to hang", r, asked(1))
	began := time.Now()
	if err := r.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the service ended with %v\n%s", err, r.log)
	}
	t.Logf("ended after %s", time.Since(began).Round(10*time.Millisecond))
	again := start(t, folder, "serve")
	again.until("what was given back", func(c counts) bool { return c.States[catalog.OK] == len(hanging)*each && asked(2)() })
	if err := again.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the service ended with %v\n%s", err, again.log)
	}
}

// pages counts the requests of a host for anything but robots.txt.
func pages(w *fakeweb.Web, host string) (n int) {
	for _, request := range w.Requests(host) {
		if request.Path != "/robots.txt" {
			n++
		}
	}
	return n
}

// TestOutage: when the name server of this machine dies while the service runs, nothing is called failing or dead, the
// service says that it is offline, and when the name server comes back, checking goes on by itself.
func TestOutage(t *testing.T) {
	t.Parallel()
	_, long := torture(t)
	simulated, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(simulated.Close)
	const before, after, links = 3, 14, 6
	var list strings.Builder
	add := func(from, to, n int) {
		for i := range to - from {
			for link := range n {
				simulated.Handle(site(from+i), "*", fakeweb.Page{Title: "A page"})
				fmt.Fprintf(&list, "- [A page](%s)\n", simulated.URL(site(from+i), fmt.Sprintf("/%d", link)))
			}
		}
	}
	folder := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("waymark.yaml", fmt.Sprintf("sources: [{name: all, path: list.md}]\nsync: {every: 1s}\ncheck: {robots: ignore, retries: 0, per_host: {concurrency: 1, interval: 4s}}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\n", simulated.Resolver()))
	add(0, before, 1)
	write("list.md", list.String())
	r := start(t, folder, "serve")
	r.until("visits while the name server lives", func(c counts) bool { return c.States[catalog.OK] == before })

	simulated.CutResolver(fakeweb.ServFail())
	add(before, before+after, links)
	write("list.md", list.String())
	began := time.Now()
	waitFor(t, "word of the outage", r, func() bool { return r.offline() == "1" })
	t.Logf("offline after %s", time.Since(began).Round(time.Second))
	r.until("verdicts that are held", func(c counts) bool {
		return c.States[catalog.OK] == before && c.States[catalog.Unchecked] == after*links
	})

	simulated.MendResolver()
	began = time.Now()
	waitFor(t, "the end of the outage", r, func() bool { return r.offline() == "0" })
	t.Logf("back online after %s", time.Since(began).Round(time.Second))
	r.until("visits after the outage", func(c counts) bool { return c.States[catalog.OK] >= before+after })
	if long { // what was held comes again after a minute
		r.until("the visits that were held", func(c counts) bool { return c.States[catalog.OK] == before+after*links })
		t.Logf("all visited after %s", time.Since(began).Round(time.Second))
	}
	r.neverBad()
	if err := r.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the service ended with %v\n%s", err, r.log)
	}
}

// offline returns the value of waymark_offline.
func (r *running) offline() string {
	r.t.Helper()
	_, body := r.get("/metrics")
	for line := range strings.Lines(body) {
		if value, ok := strings.CutPrefix(line, "waymark_offline "); ok {
			return strings.TrimSpace(value)
		}
	}
	r.t.Fatalf("/metrics without waymark_offline\n%s", body)
	return ""
}

// neverBad fails when any resource is not in order now, or ever turned into something else.
func (r *running) neverBad() {
	r.t.Helper()
	_, body := r.get("/api/v1/overview")
	var overview struct {
		Catalog counts
		Turned  []struct{ URL, Message string }
	}
	if err := json.Unmarshal([]byte(body), &overview); err != nil {
		r.t.Fatalf("overview: %v\n%s", err, body)
	}
	for state, n := range overview.Catalog.States {
		if n > 0 && state != catalog.OK && state != catalog.Unchecked {
			r.t.Errorf("%d resources are %s", n, state)
		}
	}
	for _, turned := range overview.Turned {
		r.t.Errorf("%s turned: %s", turned.URL, turned.Message)
	}
}
