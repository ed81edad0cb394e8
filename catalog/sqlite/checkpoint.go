package sqlite

import (
	"context"
	"database/sql"
	"log/slog"
	"os"
	"sync/atomic"
	"time"
)

// thresholds say when a checkpointer acts. Sizes are pages of 4 KiB.
type thresholds struct {
	wait   int           // pages that wait until they are copied
	long   int           // length of the log from which on writers are stopped so that it can begin anew
	gap    int           // pages that are left when they are stopped
	rounds int           // after which they are stopped however much is left: who writes too fast is slowed down
	quiet  time.Duration // without a write, after which the rest is copied
}

// usual are the thresholds of a store: 16 MiB wait, the log is cut at 128 MiB, and writers wait for 1 MiB.
func usual() thresholds {
	return thresholds{wait: 4096, long: 32768, gap: 256, rounds: 4, quiet: 2 * time.Second}
}

const (
	// logKept is the size in bytes to which the log's file is cut back when the log begins anew.
	logKept = 32 << 20
	// checkpointPatience is how long stopped writers wait for readers.
	checkpointPatience = 50 * time.Millisecond
	// checkpointPause follows a checkpoint that failed, as on a full disk.
	checkpointPause = time.Second
	// framed is what a page takes in the log: 4 KiB behind a header of 24 bytes (https://sqlite.org/fileformat2.html#walformat).
	framed = 4096 + 24
)

// checkpointer copies what was committed from the log into the database, beside the writer and on a connection of its
// own. SQLite would do it in whichever commit exceeds a number of pages, and one claim in a hundred took 150 ms.
//
// The log begins anew with the first write after a moment in which all of it is copied and no reader looks at it. While
// somebody writes all the time there is none, and the log would grow for ever. So, once it is long, the writers are
// stopped at their gate for the last of it. A read that goes on prevents this, as its moment is in the log: then it is
// tried again when the log has doubled, which bounds the waiting.
//
// On a busy machine the goroutine may get too little time to keep up. Whoever has written the log to twice that length
// cuts it himself before he lets the next one in.
type checkpointer struct {
	db   *sql.DB // one connection
	path string  // of the log
	gate *gate
	log  *slog.Logger
	at   thresholds
	long atomic.Int64  // at.long, or more after a reader or trouble was in the way
	wake chan struct{} // something was written
	stop chan struct{}
	done chan struct{}
}

// newCheckpointer starts the goroutine that close ends.
func newCheckpointer(db *sql.DB, path string, gate *gate, log *slog.Logger, at thresholds) *checkpointer {
	c := &checkpointer{db: db, path: path, gate: gate, log: log, at: at,
		wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	c.long.Store(int64(at.long))
	go c.run(context.Background())
	return c
}

// written is called after each transaction of the writer. A store beside another process has no checkpointer.
func (c *checkpointer) written() {
	if c == nil {
		return
	}
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// brake cuts a log that has grown to twice its length. The caller has written and holds the gate. The length is that of
// the file, which the first write of a log that begins anew cuts back.
func (c *checkpointer) brake(ctx context.Context) {
	if c == nil {
		return
	}
	info, err := os.Stat(c.path)
	if err != nil || info.Size() <= 2*c.long.Load()*framed {
		return
	}
	if err := c.cut(ctx); err != nil {
		c.log.Error("the log of the database cannot be copied into it and grows; copying is tried again", "error", err)
	}
}

// close waits for a checkpoint under way. What is left in the log is copied when the last connection closes.
func (c *checkpointer) close() error {
	close(c.stop)
	<-c.done
	return c.db.Close()
}

func (c *checkpointer) run(ctx context.Context) {
	defer close(c.done)
	quiet := time.NewTimer(c.at.quiet)
	defer quiet.Stop()
	failing := false
	for {
		var err error
		select {
		case <-c.wake:
			quiet.Reset(c.at.quiet)
			err = c.follow(ctx)
		case <-quiet.C:
			var left bool
			if left, err = c.rest(ctx); left {
				quiet.Reset(c.at.quiet)
			}
		case <-c.stop:
			return
		}
		if err != nil && !failing {
			c.log.Error("the log of the database cannot be copied into it and grows; copying is tried again", "error", err)
		}
		if failing = err != nil; failing {
			c.pause()
		}
	}
}

// pause waits before the next try, which needs no further write.
func (c *checkpointer) pause() {
	pause := time.NewTimer(checkpointPause)
	defer pause.Stop()
	select {
	case <-pause.C:
		c.written()
	case <-c.stop:
	}
}

// follow copies the log if enough of it waits.
func (c *checkpointer) follow(ctx context.Context) error {
	l, err := c.checkpoint(ctx, "NOOP")
	if err != nil || l.left() < c.at.wait {
		return err
	}
	if l, err = c.copy(ctx); err != nil || int64(l.pages) < c.long.Load() {
		return err
	}
	for round := 1; round < c.at.rounds && l.left() > c.at.gap; round++ {
		if l, err = c.copy(ctx); err != nil {
			return err
		}
	}
	return c.finish(ctx)
}

// rest copies what is left of a log that is not short, so that it begins anew with the next write, and reports whether
// something is still left: a reader was in the way.
func (c *checkpointer) rest(ctx context.Context) (left bool, err error) {
	l, err := c.checkpoint(ctx, "NOOP")
	if err == nil && l.pages >= c.at.wait && l.left() > 0 {
		l, err = c.copy(ctx)
	}
	return err == nil && l.pages >= c.at.wait && l.left() > 0, err
}

// copy copies what is in the log now, and returns how it stands then.
func (c *checkpointer) copy(ctx context.Context) (logState, error) {
	if l, err := c.checkpoint(ctx, "PASSIVE"); err != nil {
		return l, err
	}
	return c.checkpoint(ctx, "NOOP")
}

// finish copies the rest while nobody writes, so that the log begins anew with the next write.
func (c *checkpointer) finish(ctx context.Context) error {
	if err := c.gate.enter(ctx, people); err != nil {
		return err
	}
	defer c.gate.leave()
	return c.cut(ctx)
}

// cut is finish for who holds the gate. What was in the way is given time until the log has doubled.
func (c *checkpointer) cut(ctx context.Context) error {
	l, err := c.checkpoint(ctx, "RESTART")
	switch {
	case err != nil:
		c.long.Store(2 * c.long.Load())
	case l.busy:
		c.long.Store(2 * int64(l.pages))
	default:
		c.long.Store(int64(c.at.long))
	}
	return err
}

// logState is what a checkpoint found.
type logState struct {
	busy          bool // a reader was in the way
	pages, copied int
}

func (l logState) left() int { return l.pages - l.copied }

// checkpoint runs a checkpoint (https://sqlite.org/pragma.html#pragma_wal_checkpoint); NOOP only looks.
func (c *checkpointer) checkpoint(ctx context.Context, mode string) (l logState, err error) {
	err = c.db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(`+mode+`)`).Scan(&l.busy, &l.pages, &l.copied)
	return l, err
}
