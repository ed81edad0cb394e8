package crawler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"waymark/catalog"
)

const (
	recordTick    = 250 * time.Millisecond // a result waits at most this long to be recorded
	recordBatch   = 256                    // results in a transaction
	recordMost    = 1024                   // the same while more arrive than are recorded: a larger one costs less a result
	recordTimeout = 10 * time.Second
	finishTimeout = 7 * time.Second        // for all of stopping: a service gets ten seconds
	finishPause   = 100 * time.Millisecond // between two tries to record while stopping
	saveHosts     = 10 * time.Second
)

// recorder weighs the sightings of a service and brings the results into its queue. It belongs to one goroutine.
type recorder struct {
	*service
	guard   *outage
	results []catalog.Result
	back    []catalog.Claim // to be released
	saved   time.Time       // when hosts were last saved
	retryAt time.Time       // after trouble: not before
	backoff time.Duration   // 0: no trouble
	hurried time.Time       // when results were last recorded before their time
}

func newRecorder(s *service) *recorder {
	return &recorder{service: s, guard: newOutage(s.crawler.outage, 0), saved: time.Now()}
}

// work goes on until the run has ended and all its sightings are taken in. The context ends a while after that of the run.
func (w *recorder) work(ctx context.Context) {
	tick := time.NewTicker(recordTick)
	defer tick.Stop()
	for {
		select {
		case s, ok := <-w.run.seen:
			if !ok {
				return
			}
			w.take(s)
			if n := len(w.results); n >= recordMost || n >= recordBatch && len(w.run.seen) == 0 {
				w.store(ctx)
			}
		case <-w.dry:
			if time.Since(w.hurried) >= claimPause/4 {
				w.hurried = time.Now()
				w.hurry(ctx)
			}
		case <-tick.C:
			w.settle(false)
			w.store(ctx)
		}
	}
}

// hurry records what is finished before its time.
func (w *recorder) hurry(ctx context.Context) {
	for n := len(w.run.seen); n > 0; n-- {
		if s, ok := <-w.run.seen; ok {
			w.take(s)
		}
	}
	w.store(ctx)
}

func (w *recorder) take(s sighting) {
	if s.aborted {
		w.back = append(w.back, *s.claim)
		return
	}
	if s.later > 0 {
		w.results = append(w.results, w.crawler.postpone(s))
		return
	}
	for _, c := range w.guard.take(s, time.Now()) {
		w.results = append(w.results, w.crawler.weigh(c))
	}
	w.sayOffline()
}

// settle decides on visits that did not reach their hosts. When that shows an outage, what is queued goes back:
// it would only fail too.
func (w *recorder) settle(all bool) {
	clear, lost := w.guard.settle(time.Now(), all)
	for _, s := range clear {
		w.results = append(w.results, w.crawler.weigh(s))
	}
	for _, s := range lost {
		w.results = append(w.results, w.crawler.hold(s))
	}
	w.sayOffline()
}

// sayOffline tells everybody when the connection went or came back.
func (w *recorder) sayOffline() {
	before, now := w.crawler.setOffline(w.guard.offline), w.guard.offline
	log := w.crawler.opts.Logger
	switch {
	case before == "" && now != "":
		log.Warn("this machine seems to be offline; verdicts are held", "why", now)
		for _, e := range w.crawler.frontier.drop(w.run) {
			w.back = append(w.back, *e.claim())
		}
	case before != "" && now == "":
		log.Info("back online; checking goes on")
		w.crawler.Wake()
	}
}

// store brings what is finished into the queue. Trouble, such as a full disk, is waited out: nothing is dropped,
// and because claims are held until then, nothing piles up beyond the capacity of the service.
func (w *recorder) store(ctx context.Context) {
	if time.Now().Before(w.retryAt) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, recordTimeout)
	defer cancel()
	err := w.storeAll(ctx)
	switch {
	case err != nil && w.backoff == 0:
		w.crawler.opts.Logger.Error("results cannot be recorded; they are kept, and recording is tried again", "error", err)
		w.backoff = time.Second
	case err != nil:
		w.backoff = min(2*w.backoff, 30*time.Second)
	case w.backoff > 0:
		w.crawler.opts.Logger.Info("results are recorded again")
		w.backoff = 0
	}
	w.retryAt = time.Now().Add(w.backoff)
	w.crawler.setStuck(err != nil)
}

func (w *recorder) storeAll(ctx context.Context) error {
	for len(w.results) > 0 {
		n := min(len(w.results), recordMost)
		if err := w.record(ctx, w.results[:n]); err != nil {
			return fmt.Errorf("record %d results: %w", n, err)
		}
		w.results = append(w.results[:0], w.results[n:]...)
	}
	// What goes back goes back because its host wants to be left alone: the queue has to know that first.
	if len(w.back) > 0 || time.Since(w.saved) >= saveHosts {
		if err := w.saveHosts(ctx); err != nil {
			return err
		}
	}
	if err := w.release(ctx, w.back); err != nil {
		return err
	}
	w.back = w.back[:0]
	return nil
}

func (w *recorder) record(ctx context.Context, results []catalog.Result) error {
	w.tokens.Lock()
	defer w.tokens.Unlock()
	done := make([]catalog.Claim, len(results))
	for i := range results {
		results[i].Claim.Token = w.token(results[i].Claim)
		done[i] = results[i].Claim
	}
	if err := w.queue.Record(ctx, results); err != nil {
		return err
	}
	w.letGo(done...)
	return nil
}

func (w *recorder) saveHosts(ctx context.Context) error {
	w.saved = time.Now()
	states := w.crawler.frontier.changed(w.crawler.opts.Now())
	if len(states) == 0 {
		return nil
	}
	if err := w.queue.SaveHosts(ctx, states); err != nil {
		w.crawler.frontier.unsaved(states)
		return fmt.Errorf("save %d hosts: %w", len(states), err)
	}
	return nil
}

func (w *recorder) release(ctx context.Context, claims []catalog.Claim) error {
	if len(claims) == 0 {
		return nil
	}
	w.tokens.Lock()
	defer w.tokens.Unlock()
	for i := range claims {
		claims[i].Token = w.token(claims[i])
	}
	if err := w.queue.Release(ctx, claims); err != nil {
		return fmt.Errorf("release %d claims: %w", len(claims), err)
	}
	w.letGo(claims...)
	return nil
}

// finish records what is finished and gives back all else. What waits for the outage guard is given back too: it
// is not known whose fault it was. It tries for as long as the context lasts, and tells what is lost then.
func (w *recorder) finish(ctx context.Context) error {
	w.back = nil
	err := w.finishOnce(ctx)
	for err != nil && ctx.Err() == nil {
		sleep(ctx, finishPause)
		err = w.finishOnce(ctx)
	}
	if err != nil {
		return fmt.Errorf("crawler: stopping: %d results could not be recorded, and %d visits not given back; the next start makes them again: %w",
			len(w.results), len(w.stillHeld())-len(w.results), err)
	}
	return nil
}

func (w *recorder) finishOnce(ctx context.Context) error {
	if err := w.storeAll(ctx); err != nil {
		return err
	}
	return errors.Join(w.saveHosts(ctx), w.release(ctx, w.stillHeld()))
}

// outlast returns a context that ends some time after another does.
func outlast(ctx context.Context, by time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		sleep(longer, by)
		cancel()
	})
	return longer, func() { stop(); cancel() }
}
