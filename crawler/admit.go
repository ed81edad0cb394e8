package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"waymark/catalog"
)

// stopError ends a visit before its request, for a reason that people are told.
type stopError struct {
	failure *catalog.Failure
	skip    catalog.Reason
}

func (e *stopError) Error() string {
	if e.skip != "" {
		return string(e.skip)
	}
	return e.failure.Detail
}

func stop(reason catalog.Reason, format string, args ...any) error {
	return &stopError{failure: &catalog.Failure{Reason: reason, Connecting: true, Detail: fmt.Sprintf(format, args...)}}
}

// admit returns the slot for a hop, after every reason not to make it has been ruled out.
func (t *transport) admit(v *visit, req *http.Request) (*slot, error) {
	led := len(v.attempt.hops) > 1 || v.asking != nil // to a host that nobody has looked at yet
	if led && t.rules.Host(req.URL.Host).Skip {
		return nil, &stopError{skip: catalog.ReasonRule}
	}
	if err := t.guard.refuses(req.Context(), req.URL); err != nil {
		return nil, err
	}
	if t.robots != nil {
		if err := t.askRobots(v, req.Context(), req.URL); err != nil {
			return nil, err
		}
	}
	return t.slotFor(v, req.Context(), catalog.Host(req.URL.String()))
}

// slotFor returns the slot that the visit was begun with, if it is for this host, or waits for one. It is what every
// request passes, and so what sees to it that no pause forbids the request.
func (t *transport) slotFor(v *visit, ctx context.Context, host string) (*slot, error) {
	may := func() (<-chan struct{}, error) { return v.may(host) }
	if _, err := may(); err != nil {
		return nil, err
	}
	if s := v.slot; s != nil && s.host.name == host && !s.hasty() {
		v.slot = nil
		return s, nil
	}
	v.yield()
	v.waiting.Store(true)
	defer v.waiting.Store(false)
	return t.frontier.acquire(ctx, ask{host: host, asked: v.claim.Asked, guest: host != v.claim.Host, may: may})
}

// yield gives an unused slot back, for whoever must wait must hold none.
func (v *visit) yield() {
	if v.slot != nil {
		v.slot.cancel()
		v.slot = nil
	}
}

// stopped writes down why a hop was not made.
func (v *visit) stopped(ctx context.Context, err error) error {
	var reason *stopError
	var closed *closedError
	var full *fullError
	var paused *pausedError
	switch {
	case ctx.Err() != nil:
		v.attempt.aborted = true
	case errors.As(err, &paused) && paused.claim && v.asking == nil:
		v.attempt.aborted = true // nobody is given the claim before the pause ends
	case errors.As(err, &paused):
		v.attempt.later = v.crawler.untilResumed(paused.pause)
	case errors.As(err, &full):
		v.attempt.later = full.wait
	case errors.As(err, &closed) && !v.once && v.asking == nil && closed.host == v.claim.Host:
		v.attempt.aborted = true // the service comes back when the host may be asked
	case errors.As(err, &reason):
		v.attempt.skip = reason.skip
		v.attempt.fail(reason.failure)
	case errors.As(err, &closed):
		v.attempt.fail(closed.failure)
	default:
		v.attempt.fail(classify(err, nil, false))
	}
	return errEnded
}

// askRobots holds a hop against the robots.txt of its host. The file is asked for with the visit's own slot when
// it has one; whoever only waits for another visit's fetch gives it back first.
func (t *transport) askRobots(v *visit, ctx context.Context, u *url.URL) error {
	answered := 0
	rules, err := t.robots.get(ctx, origin(u), v.yield, func() robotsAnswer {
		a := t.fetchRobots(v, ctx, u)
		answered = a.status
		return a
	})
	if answered != 0 {
		t.frontier.noteRobots(catalog.Host(u.String()), answered, rules)
	}
	if err != nil {
		return err
	}
	if rules.stopped != nil {
		return rules.stopped
	}
	if rules.failure != nil {
		failure := *rules.failure
		return &stopError{failure: &failure}
	}
	if !rules.allows(pathOf(u)) {
		return stop(catalog.ReasonRobots, "%s is disallowed for %s", pathOf(u), t.robots.token)
	}
	return nil
}

func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }

// pathOf returns what robots.txt rules are held against: the path with its query.
func pathOf(u *url.URL) string {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	return path
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
