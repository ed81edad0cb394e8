package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// The hidden arguments that make this program one of the processes it starts.
const (
	webRole   = "web"
	bareRole  = "bare"
	storeRole = "store"
)

// usage is what a process that ended was charged by the system.
type usage struct {
	wall, cpu, peak float64 // seconds, seconds, bytes
}

// build makes the program that is measured, from the module of the working directory.
func build(ctx context.Context, folder string) (string, error) {
	path := filepath.Join(folder, "waymark")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", path, "waymark/cmd/waymark")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build waymark: %w\n%s", err, out)
	}
	return path, nil
}

// measure runs a command to its end. The peak of a child is never less than what this process had in memory when it
// started it: that is why this process holds no lists and no results.
func measure(cmd *exec.Cmd) (usage, error) {
	began := time.Now()
	err := cmd.Run()
	u := usage{wall: time.Since(began).Seconds()}
	if cmd.ProcessState == nil {
		return u, err
	}
	u.cpu = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.peak = float64(r.Maxrss) * 1024 // Linux counts in KiB
	}
	return u, err
}

// processorTime is what this process has used so far; 0 where the system does not tell.
func processorTime() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// self returns a command that runs this program in another role, with its task on standard input.
func self(ctx context.Context, role string, task any) (*exec.Cmd, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(task)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, path, role)
	cmd.Stdin = bytes.NewReader(text)
	cmd.Stderr = os.Stderr
	return cmd, nil
}

// web is a simulated web in a process of its own.
type web struct {
	webReady
	cmd   *exec.Cmd
	stdin io.Closer // its end is the web's end
	out   *bufio.Reader
}

// startWeb starts a web and waits until its lists are written.
func startWeb(ctx context.Context, task webTask) (*web, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	w := &web{cmd: exec.CommandContext(ctx, path, webRole)}
	w.cmd.Stderr = os.Stderr
	stdin, err := w.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := w.cmd.Start(); err != nil {
		return nil, err
	}
	w.stdin, w.out = stdin, bufio.NewReader(stdout)
	err = json.NewEncoder(stdin).Encode(task)
	if err == nil {
		err = w.hear(&w.webReady)
	}
	if err != nil {
		_, stopErr := w.stop()
		return nil, errors.Join(fmt.Errorf("start the simulated web: %w", err), stopErr)
	}
	return w, nil
}

func (w *web) hear(what any) error {
	line, err := w.out.ReadBytes('\n')
	if err != nil {
		return err
	}
	return json.Unmarshal(line, what)
}

// stop ends the web and returns what it saw.
func (w *web) stop() (webSeen, error) {
	var seen webSeen
	err := errors.Join(w.stdin.Close(), w.hear(&seen))
	return seen, errors.Join(err, w.cmd.Wait())
}
