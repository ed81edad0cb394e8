package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
)

// childVariable makes this test binary a writer that is to be killed: it holds the path of the database.
const childVariable = "WAYMARK_TEST_TORN"

func numberText(n int) string { return strconv.Itoa(n) }

// runChild is the killed writer: it visits again and again and prints how many results were acknowledged.
func runChild() bool {
	path := os.Getenv(childVariable)
	if path == "" {
		return false
	}
	if err := visitForever(path); err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	return true
}

func visitForever(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	recorded := 0
	for now := noon.Add(time.Hour); ; now = now.Add(31 * 24 * time.Hour) {
		for {
			claims, err := s.Claim(ctx, catalog.ClaimRequest{Now: now, Lease: time.Minute, Limit: 50, PerHost: 50})
			if err != nil {
				return err
			}
			if len(claims) == 0 {
				break
			}
			var results []catalog.Result
			for i, c := range claims {
				results = append(results, judged(c, answer(c, now, []int{200, 404, 503, 403}[(i+recorded)%4]), now))
			}
			if err := s.Record(ctx, results); err != nil {
				return err
			}
			recorded += len(results)
			fmt.Println(recorded)
		}
	}
}

func TestKilledInTheMiddleOfRecording(t *testing.T) {
	path := filepath.Join(t.TempDir(), "waymark.db")
	s, err := Open(context.Background(), path, slog.New(slog.DiscardHandler))
	must(t, err)
	var links []catalog.Placement
	for i := range 200 {
		links = append(links, link(i+1, "Title", fmt.Sprintf("https://host-%d.example/%d", i%7, i), "Top", "Sub"))
	}
	bring(t, s, list("a", noon, links...))
	must(t, s.Close())
	before := 0
	for range 3 {
		acknowledged := killWriter(t, path)
		s, err := Open(context.Background(), path, slog.New(slog.DiscardHandler))
		must(t, err)
		must(t, integrity(s))
		must(t, talliesHold(s))
		var stored int
		must(t, s.writer.QueryRow(`SELECT count(*) FROM observations`).Scan(&stored))
		if stored < before+acknowledged {
			t.Errorf("%d results were acknowledged, %d are stored", acknowledged, stored-before)
		}
		before = stored
		must(t, s.Close())
	}
}

// killWriter runs a writer, checks that nobody else may open its database, kills it at some moment, and returns how
// many results it had been told are stored.
func killWriter(t *testing.T, path string) (acknowledged int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+path)
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewScanner(out)
	for range 2 + rand.IntN(10) {
		if !lines.Scan() {
			break
		}
		acknowledged = lastNumber(t, lines.Text())
	}
	err = tryOpen(path)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("is in use by another Waymark (process %d); stop that one first", child.Process.Pid)) {
		t.Errorf("while another process writes, opening gives %v", err)
	}
	must(t, child.Process.Kill())
	for lines.Scan() {
		acknowledged = lastNumber(t, lines.Text())
	}
	var exit *exec.ExitError
	if err := child.Wait(); !errors.As(err, &exit) {
		t.Errorf("the writer was not killed: %v", err)
	}
	return acknowledged
}

func lastNumber(t *testing.T, line string) int {
	t.Helper()
	n, err := strconv.Atoi(line)
	must(t, err)
	return n
}
