package crawler

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func sibling(address string) catalog.Question {
	return catalog.Question{Kind: catalog.AskSibling, URL: address}
}

func answered(q catalog.Question, status int) found {
	return found{answer: catalog.Answer{Kind: q.Kind, URL: q.URL, Status: status}}
}

func TestAnAnswerServesForADay(t *testing.T) {
	for name, test := range map[string]struct {
		got   found
		after time.Duration
		asked int
	}{
		"a page, soon":             {answered(sibling("x"), 404), 23 * time.Hour, 1},
		"a page, the next day":     {answered(sibling("x"), 404), 25 * time.Hour, 2},
		"a server's error, soon":   {answered(sibling("x"), 503), time.Minute, 1},
		"a server's error, later":  {answered(sibling("x"), 503), 6 * time.Minute, 2},
		"too many requests, later": {answered(sibling("x"), 429), 6 * time.Minute, 2},
		"a failure, later":         {unanswered(sibling("x"), catalog.Failure{Reason: catalog.ReasonTimeout}, false), 6 * time.Minute, 2},
		"stopped, so never learnt": {unanswered(sibling("x"), catalog.Failure{Reason: catalog.ReasonTimeout}, true), 0, 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, asked := newAnswers(), 0
				for range 2 {
					c.get(t.Context(), sibling("x"), func() found { asked++; return test.got })
					time.Sleep(test.after)
				}
				if asked != test.asked {
					t.Errorf("asked %d times, want %d", asked, test.asked)
				}
			})
		})
	}
}

func TestOneAsksHoweverManyWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newAnswers()
		var mu sync.Mutex
		asked := 0
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				got := c.get(t.Context(), sibling("x"), func() found {
					mu.Lock()
					asked++
					first := asked == 1
					mu.Unlock()
					time.Sleep(time.Second)
					if first { // its visit was stopped: another takes over
						return unanswered(sibling("x"), catalog.Failure{Reason: catalog.ReasonTimeout}, true)
					}
					return answered(sibling("x"), 404)
				})
				if got.answer.Status != 404 && !got.unasked {
					t.Errorf("got %+v", got)
				}
			})
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		time.Sleep(time.Microsecond)
		if got := c.get(ctx, sibling("x"), func() found { return answered(sibling("x"), 200) }); got.answer.Failure == nil {
			t.Errorf("who could not wait got %+v", got.answer)
		}
		all.Wait()
		if asked != 2 {
			t.Errorf("asked %d times", asked)
		}
	})
}

func TestAnswersAreBounded(t *testing.T) {
	c := newAnswers()
	for i := range maxAnswers + 500 {
		q := sibling(fmt.Sprint(i))
		c.get(t.Context(), q, func() found { return answered(q, 404) })
	}
	if n := len(c.entries); n > maxAnswers {
		t.Errorf("%d answers are kept", n)
	}
}

func TestNameServersAreAskedOfTheResolver(t *testing.T) {
	web := startWeb(t)
	web.Delegate("parked.test", "NS2.Sedoparking.com", "ns1.sedoparking.com")
	c := newCrawler(t, options(web))
	for range 2 {
		if a := question(t, c, catalog.AskNames, "parked.test", 9).answer; !slices.Equal(a.Names, []string{"ns1.sedoparking.com", "ns2.sedoparking.com"}) || a.Failure != nil {
			t.Errorf("%+v %+v", a, a.Failure)
		}
	}
	if a := question(t, c, catalog.AskNames, "nowhere.test", 9).answer; a.Failure == nil || a.Failure.Reason != catalog.ReasonDNS {
		t.Errorf("%+v", a)
	}
}

// TestAQuestionHoldsNoSlotWhileItWaits: a crawler with a single slot could not answer otherwise.
func TestAQuestionHoldsNoSlotWhileItWaits(t *testing.T) {
	web := startWeb(t)
	var addresses []string
	for i := range 10 {
		host := fmt.Sprintf("soft%d.test", i)
		web.Handle(host, "*", notFound)
		addresses = append(addresses, web.URL(host, "/docs/1"), web.URL(host, "/docs/2"))
	}
	o := options(web)
	o.Concurrency, o.HostConcurrency, o.Robots = 1, 1, true
	for _, r := range check(t, newCrawler(t, o), claimsOf(addresses...)...) {
		if v := r.Judgement.Verdict; v.State != catalog.Dead {
			t.Errorf("%s: %s (%s)", r.Claim.URL, v.State, v.Message)
		}
	}
}

// TestWhoIsStoppedWhileAskingLearnsNothing: the claim is given back.
func TestWhoIsStoppedWhileAskingLearnsNothing(t *testing.T) {
	web := startWeb(t)
	web.Handle("soft.test", "*", fakeweb.Stall())
	web.Handle("soft.test", "/docs/1", notFound)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c := newCrawler(t, options(web))
	claims := claimsOf(web.URL("soft.test", "/docs/1"))
	done := make(chan int)
	go func() {
		n := 0
		_ = c.Check(ctx, 1, at(claims), func(catalog.Result) { n++ })
		done <- n
	}()
	eventually(t, "asked", func() bool { return probes(web, "soft.test") == 1 })
	cancel()
	if n := <-done; n != 0 {
		t.Errorf("%d results of a visit that was stopped", n)
	}
}
