package sqlite

import (
	"context"
	"database/sql"
	"log/slog"
	"time"
)

const (
	// checkpointPages is how many pages of the log wait before they are copied into the database: 16 MiB.
	checkpointPages = 4096
	// gapPages is how few are left when writers are kept waiting for the last of them, and checkpointRounds after how
	// many rounds they wait however many are left: who writes faster than can be copied is slowed down.
	gapPages         = 256
	checkpointRounds = 4
	// checkpointPatience is how long writers wait for readers, so that the log can begin anew.
	checkpointPatience = 50 * time.Millisecond
	// checkpointPause follows a checkpoint that failed, as on a full disk.
	checkpointPause = time.Second
)

// checkpointer copies what was committed from the log into the database, beside the writer and on a connection of its
// own. SQLite would do it in whichever commit exceeds a number of pages, and one claim in a hundred took 150 ms.
//
// While somebody writes all the time, the copy never catches up by itself and the log grows for ever. So, when little
// is left, the writers are stopped at their gate for the rest, and the log begins anew. A read that goes on prevents
// this, as its moment is in the log: then it is tried again when the log has doubled, which bounds the waiting.
// Once the log begins anew, SQLite cuts its file back (journal_size_limit).
type checkpointer struct {
	db    *sql.DB // one connection
	gate  *gate
	log   *slog.Logger
	wake  chan struct{} // something was written
	stop  chan struct{}
	done  chan struct{}
	again int // do not stop writers before the log holds so many pages
}

// newCheckpointer starts the goroutine that close ends.
func newCheckpointer(db *sql.DB, gate *gate, log *slog.Logger) *checkpointer {
	c := &checkpointer{db: db, gate: gate, log: log,
		wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	go c.run()
	return c
}

// written is called after each transaction of the writer.
func (c *checkpointer) written() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// close waits for a checkpoint under way. What is left in the log is copied when the last connection closes.
func (c *checkpointer) close() error {
	close(c.stop)
	<-c.done
	return c.db.Close()
}

func (c *checkpointer) run() {
	defer close(c.done)
	failing := false
	for {
		select {
		case <-c.wake:
		case <-c.stop:
			return
		}
		err := c.pass(context.Background())
		if err != nil && !failing {
			c.log.Error("the log of the database cannot be copied into it and grows; copying is tried again", "error", err)
		}
		if failing = err != nil; failing {
			c.rest()
		}
	}
}

// rest waits before the next try, which needs no further write.
func (c *checkpointer) rest() {
	pause := time.NewTimer(checkpointPause)
	defer pause.Stop()
	select {
	case <-pause.C:
		c.written()
	case <-c.stop:
	}
}

// pass copies the log if it is long enough.
func (c *checkpointer) pass(ctx context.Context) error {
	state, err := c.checkpoint(ctx, "NOOP")
	if err != nil || state.left() < checkpointPages {
		return err
	}
	for round := 0; round < checkpointRounds && state.left() > gapPages; round++ {
		if _, err = c.checkpoint(ctx, "PASSIVE"); err != nil {
			return err
		}
		if state, err = c.checkpoint(ctx, "NOOP"); err != nil {
			return err
		}
	}
	if state.pages < c.again {
		return nil
	}
	return c.finish(ctx)
}

// finish copies the rest while nobody writes, so that the next write begins the log anew.
func (c *checkpointer) finish(ctx context.Context) error {
	if err := c.gate.enter(ctx, people); err != nil {
		return err
	}
	defer c.gate.leave()
	state, err := c.checkpoint(ctx, "RESTART")
	c.again = 0
	if state.busy {
		c.again = 2 * state.pages
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
