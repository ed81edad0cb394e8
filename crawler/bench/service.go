package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// service is a running `waymark serve`.
type service struct {
	cmd     *exec.Cmd
	address string
	stderr  bytes.Buffer
	began   time.Time
}

var dashboard = regexp.MustCompile(`dashboard at http://([^/]+)/`)

// serve starts the service over the web's lists, with a new database, and waits until it listens.
func (b *bench) serve(ctx context.Context, w *web, s settings, every time.Duration) (*service, error) {
	folder, err := os.MkdirTemp(b.folder, "service-")
	if err != nil {
		return nil, err
	}
	more := fmt.Sprintf("  every: %s\ndatabase: %s\nlisten: 127.0.0.1:0\nsources:\n  - {name: bench, path: %q}\n",
		every, filepath.Join(folder, "waymark.db"), filepath.Join(w.Lists, "*.md"))
	config, err := b.config(w, s, more)
	if err != nil {
		return nil, err
	}
	v := &service{cmd: exec.CommandContext(ctx, b.waymark, "serve", "--config", config), began: time.Now()}
	said, err := v.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := v.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		v.stderr.WriteString(lines.Text() + "\n")
		if m := dashboard.FindStringSubmatch(lines.Text()); m != nil {
			v.address = m[1]
			break
		}
	}
	if v.address == "" {
		return nil, errors.Join(fmt.Errorf("waymark serve did not start:\n%s", v.stderr.String()), v.cmd.Wait())
	}
	go drainLines(lines) // ends with the service, whose output it is
	return v, nil
}

func drainLines(lines *bufio.Scanner) {
	for lines.Scan() {
	}
}

// stop ends the service in order.
func (v *service) stop() error {
	if err := v.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	if err := v.cmd.Wait(); err != nil {
		return fmt.Errorf("waymark serve: %w", err)
	}
	return nil
}

// counted adds up the series of a counter or gauge whose name, with its labels, begins so.
func (v *service) counted(ctx context.Context, prefix string) (float64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+v.address+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	sum := 0.0
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), prefix) {
			continue
		}
		_, value, _ := strings.Cut(lines.Text(), " ")
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return 0, fmt.Errorf("metrics: %q: %w", lines.Text(), err)
		}
		sum += n
	}
	return sum, lines.Err()
}

// visits is how many checks the service has finished.
func (v *service) visits(ctx context.Context) (float64, error) {
	return v.counted(ctx, "waymark_checks_total{")
}

// resident is the memory that the service holds now, in bytes.
func (v *service) resident() (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", v.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kibis, err := strconv.Atoi(strings.Fields(rest)[0])
			return float64(kibis) * 1024, err
		}
	}
	return 0, errors.New("the system does not tell the memory of a process")
}

// overTime is whether the service's memory grows with the number of its visits.
func (b *bench) overTime(ctx context.Context) error {
	w, err := b.webFor(ctx, webTask{Spread: size(b, evenly(2000, 500), evenly(500, 100)), Page: 1 << 10})
	if err != nil {
		return err
	}
	s := settings{Concurrency: 256, PerHost: 4}
	v, err := b.serve(ctx, w, s, 50*time.Millisecond)
	if err != nil {
		_, stopErr := w.stop()
		return errors.Join(err, stopErr)
	}
	err = b.watch(ctx, v)
	err = errors.Join(err, v.stop())
	_, stopErr := w.stop()
	return errors.Join(err, stopErr)
}

// moment is the service at one time.
type moment struct {
	visits   float64
	resident float64 // bytes of the whole process
	heap     float64 // bytes that Go holds alive; the rest of the process is mostly the page caches of the database
}

// watch looks at the service once a second and sets the growth of its memory against its visits. The first half of the
// time is left out. The caches of the database, which are bounded, fill for longer than that, so that the whole process
// may still grow while the heap does not.
func (b *bench) watch(ctx context.Context, v *service) error {
	looks := size(b, 150, 12)
	var seen []moment
	for i := range looks {
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
		m, err := v.look(ctx)
		if err != nil {
			return err
		}
		seen = append(seen, m)
		if (i+1)%(looks/6) == 0 {
			b.table.note("after %3.0f s: %7.0f visits, %s, of which alive in Go's heap %s", time.Since(v.began).Seconds(), m.visits,
				mebis(m.resident), mebis(m.heap))
		}
	}
	last, half := seen[looks-1], seen[looks/2:]
	b.table.add(row{name: "visits", figure: fmt.Sprintf("%.0f in %.0f s", last.visits, time.Since(v.began).Seconds())})
	b.addGrowth("growth of the process", half, func(m moment) float64 { return m.resident })
	b.addGrowth("growth of what is alive in the heap", half, func(m moment) float64 { return m.heap })
	b.table.add(row{name: "memory at the end", figure: mebis(last.resident)})
	return nil
}

// addGrowth adds the bytes that are gained with each visit. One small observation that is kept of each would be ten
// times the target.
func (b *bench) addGrowth(name string, seen []moment, of func(moment) float64) {
	grown := slope(seen, of)
	b.table.add(row{name, fmt.Sprintf("%+.1f bytes a visit", grown), "", "", "≤ 20 bytes", grown <= 20})
}

func (v *service) look(ctx context.Context) (m moment, err error) {
	if m.visits, err = v.visits(ctx); err != nil {
		return m, err
	}
	if m.heap, err = v.counted(ctx, "go_memstats_next_gc_bytes "); err != nil {
		return m, err
	}
	m.heap /= 2 // Go collects when what is alive has doubled
	m.resident, err = v.resident()
	return m, err
}

// slope fits a line through the moments, by least squares: bytes per visit.
func slope(seen []moment, of func(moment) float64) float64 {
	var x, y, xx, xy float64
	for _, m := range seen {
		x, y, xx, xy = x+m.visits, y+of(m), xx+m.visits*m.visits, xy+m.visits*of(m)
	}
	n := float64(len(seen))
	return (n*xy - x*y) / (n*xx - x*x)
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
