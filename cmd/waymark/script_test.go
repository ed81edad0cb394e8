package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"waymark/crawler/fakeweb"
)

// binary is the built program that the scripts and tests of this package run.
var binary string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "waymark-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binary = filepath.Join(folder, "waymark")
	build := exec.CommandContext(context.Background(), "go", "build", "-race", "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		os.Exit(1)
	}
	status := m.Run()
	os.RemoveAll(folder)
	os.Exit(status)
}

// TestScripts runs the built binary as a user would. Each script has a small simulated web; $PORT is its port, and
// "expand FILE..." writes the values of variables into files.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup:               setUpScript,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"expand":  expandFiles,
			"hold":    holdPort,
			"make10m": makeLongLine,
		},
	})
}

func setUpScript(env *testscript.Env) error {
	simulated, err := fakeweb.Start(fakeweb.Options{})
	if err != nil {
		return err
	}
	env.Defer(func() { simulated.Close() })
	scriptWeb(simulated)
	authority := filepath.Join(env.WorkDir, "ca.pem")
	if err := os.WriteFile(authority, simulated.CA(), 0o600); err != nil {
		return err
	}
	address := simulated.URL("ok.example.test", "")
	env.Setenv("PORT", address[strings.LastIndexByte(address, ':')+1:])
	env.Setenv("RESOLVER", simulated.Resolver())
	env.Setenv("CA", authority)
	env.Setenv("HOME", env.WorkDir)
	env.Setenv("PATH", filepath.Dir(binary)+string(os.PathListSeparator)+env.Getenv("PATH"))
	return os.WriteFile(filepath.Join(env.WorkDir, "waymark.yaml"), []byte(fmt.Sprintf(`
check: {retries: 1, retry_wait: 10ms, timeout: 2s, per_host: {concurrency: 4, interval: 0}}
network: {resolver: %q, allow: [127.0.0.0/8], ca_file: %s}
`, simulated.Resolver(), authority)), 0o600)
}

// scriptWeb is the web of the scripts.
func scriptWeb(w *fakeweb.Web) {
	const host = "ok.example.test"
	w.Handle(host, "/", fakeweb.Page{Title: "Start page"})
	w.Handle(host, "/page", fakeweb.Page{Title: "A page"})
	w.Handle(host, "/hostile", fakeweb.Page{Title: "=cmd|' /C calc'!A0 \x1b[31m\u009b31m\u202e ::error::x"})
	w.Handle(host, "/moved", fakeweb.Redirect(301, "/page"))
	w.Handle(host, "/gone", fakeweb.Status(410))
	w.Handle(host, "/missing", fakeweb.Status(404))
	w.Handle(host, "/broken", fakeweb.Status(503))
	w.Handle(host, "/closed", fakeweb.Status(403))
	w.Handle(host, "/list.md", fakeweb.Bytes("text/markdown", []byte("# Remote\n\n- [A](page)\n- [B](missing)\n")))
	w.Handle("limited.example.test", "/", fakeweb.RetryAfter(429, 3600))
	w.Handle("other.example.test", "/", fakeweb.Page{Title: "Another site"})
}

// expandFiles replaces variables such as $PORT in files.
func expandFiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: expand FILE...")
	}
	for _, name := range args {
		text := os.Expand(ts.ReadFile(name), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
	}
}

// holdPort listens on a free port until the script ends, and puts its address into a variable.
func holdPort(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold VARIABLE")
	}
	listener, err := listen("127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { listener.Close() })
	ts.Setenv(args[0], listener.Addr().String())
}

// makeLongLine writes a list with a line of 10 MB between two links.
func makeLongLine(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: make10m FILE")
	}
	base := fmt.Sprintf("http://ok.example.test:%s/", ts.Getenv("PORT"))
	text := "- [A](" + base + ")\n\n" + strings.Repeat("x", 10<<20) + "\n\n- [B](" + base + "page)\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}
