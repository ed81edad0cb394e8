package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"waymark/catalog"
)

// progress is a bar on standard error, only when that is a terminal.
type progress struct {
	out    io.Writer // nil: silent
	total  int
	n      int
	states map[catalog.State]int
	drawn  time.Time
}

func newProgress(sys system) *progress {
	p := &progress{states: map[catalog.State]int{}}
	if isTerminal(sys.stderr) && !slices.Contains(sys.env, "TERM=dumb") {
		p.out = sys.stderr
	}
	return p
}

func (p *progress) start(total int) { p.total = total }

// add counts a finished resource. The bar is drawn a few times a second at most.
func (p *progress) add(state catalog.State) {
	p.n++
	p.states[state]++
	if p.out == nil || time.Since(p.drawn) < 100*time.Millisecond && p.n < p.total {
		return
	}
	p.drawn = time.Now()
	const width = 24
	full := width * p.n / max(p.total, 1)
	line := fmt.Sprintf("\r\x1b[K%s%s %d/%d", strings.Repeat("━", full), strings.Repeat("─", width-full), p.n, p.total)
	for _, state := range []catalog.State{catalog.Dead, catalog.Failing, catalog.Blocked} {
		if p.states[state] > 0 {
			line += fmt.Sprintf("  %d %s", p.states[state], state)
		}
	}
	fmt.Fprint(p.out, line)
}

func (p *progress) count() int { return p.n }

// done wipes the bar.
func (p *progress) done() {
	if p.out != nil {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// colourful reports whether standard output wants colours (no-color.org).
func colourful(sys system) bool {
	plain := slices.ContainsFunc(sys.env, func(entry string) bool {
		return strings.HasPrefix(entry, "NO_COLOR=") && entry != "NO_COLOR=" || entry == "TERM=dumb"
	})
	return !plain && isTerminal(sys.stdout)
}
