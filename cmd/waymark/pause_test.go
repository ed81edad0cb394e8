package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"waymark/catalog"
)

// aside runs another command of the binary in the folder of a service.
func aside(t *testing.T, folder string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), binary, args...)
	command.Dir = folder
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("waymark %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestPauseBesideTheService: the command line pauses and resumes while a service has the database open. What is added
// in the pause is visited after it; the source is read on a person's word only.
func TestPauseBesideTheService(t *testing.T) {
	folder, simulated := shop(t)
	r := start(t, folder, "serve")
	r.until("the first visits", func(c counts) bool { return c.States[catalog.OK] == 1 && c.States[catalog.Blocked] == 1 })

	aside(t, folder, "pause", "--source", "mine", "--reason", "being rebuilt")
	var body struct {
		Pauses []struct{ Source, Why string }
	}
	if _, text := r.get("/api/v1/pauses"); json.Unmarshal([]byte(text), &body) != nil || len(body.Pauses) != 1 || body.Pauses[0].Why != "being rebuilt" {
		t.Fatalf("the service shows %s", text)
	}
	list, err := os.OpenFile(filepath.Join(folder, "list.md"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(list, "- [Start](%s)\n", simulated.URL("ok.example.test", "/"))
	if err = errors.Join(err, list.Close()); err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post("http://"+r.address+"/sources/mine/sync", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	r.until("the new link known", func(c counts) bool { return c.States[catalog.Unchecked] == 2 }) // the other one stalls
	time.Sleep(2 * time.Second)
	if c := r.until("counted", func(counts) bool { return true }); c.States[catalog.Unchecked] != 2 {
		t.Errorf("states in the pause: %v", c.States)
	}
	if out := aside(t, folder, "resume", "--source", "mine"); out != "resumed the source mine\n" {
		t.Errorf("resume says %q", out)
	}
	r.until("the new link visited", func(c counts) bool { return c.States[catalog.OK] == 2 })
	if err := r.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the service ended with %v\n%s", err, r.log)
	}
}

// TestAListOnAPausedHostIsNotRead: a host that is to be left alone is not asked for a list either, until it is resumed.
func TestAListOnAPausedHostIsNotRead(t *testing.T) {
	folder, simulated := shop(t)
	address := simulated.URL("ok.example.test", "/list.md")
	config := fmt.Sprintf("sources: [{name: remote, url: %q}, {name: mine, path: list.md}]\nsync: {every: 1s}\ncheck: {robots: ignore}\nnetwork: {resolver: %q, allow: [127.0.0.0/8]}\n",
		address, simulated.Resolver())
	if err := os.WriteFile(filepath.Join(folder, "waymark.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	host := catalog.Host(address)
	aside(t, folder, "pause", "--host", host)
	r := start(t, folder, "serve")
	r.until("the list on disk, which is read after the other one", func(c counts) bool { return c.States[catalog.Unchecked] > 0 })
	if asked := simulated.Requests("ok.example.test"); len(asked) > 0 {
		t.Errorf("the paused host was asked for %s", asked[0].Path)
	}
	aside(t, folder, "resume", "--host", host)
	waitFor(t, "the list of the host", r, func() bool {
		for _, request := range simulated.Requests("ok.example.test") {
			if request.Path == "/list.md" {
				return true
			}
		}
		return false
	})
	if err := r.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the service ended with %v\n%s", err, r.log)
	}
}
