package crawler

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestWhatIsTriedAgain(t *testing.T) {
	page := fakeweb.Page{Title: "Back"}
	tests := map[string]struct {
		first, then fakeweb.Behaviour
		attempts    int
		status      int
		retried     map[catalog.Reason]int
	}{
		"fine at once":            {page, page, 1, 200, map[catalog.Reason]int{}},
		"error, then fine":        {fakeweb.Status(502), page, 2, 200, map[catalog.Reason]int{"server-error": 1}},
		"error for ever":          {fakeweb.Status(500), fakeweb.Status(500), 3, 500, map[catalog.Reason]int{"server-error": 2}},
		"reset, then fine":        {fakeweb.Reset(), page, 2, 200, map[catalog.Reason]int{"reset": 1}},
		"cut, then fine":          {fakeweb.Truncated(), page, 2, 200, map[catalog.Reason]int{"reset": 1}},
		"stalls, then fine":       {fakeweb.Stall(), page, 2, 200, map[catalog.Reason]int{"timeout": 1}},
		"408, then fine":          {fakeweb.Status(408), page, 2, 200, map[catalog.Reason]int{"timeout": 1}},
		"429 without a wait":      {fakeweb.Status(429), page, 2, 200, map[catalog.Reason]int{"rate-limited": 1}},
		"503 with a short wait":   {fakeweb.RetryAfter(503, 0), page, 2, 200, map[catalog.Reason]int{"server-error": 1}},
		"429 with a long wait":    {fakeweb.RetryAfter(429, 3600), page, 1, 429, map[catalog.Reason]int{}},
		"gone in a single run":    {fakeweb.Status(410), fakeweb.Status(410), 2, 410, map[catalog.Reason]int{"gone": 1}},
		"404 that was a mistake":  {fakeweb.Status(404), page, 2, 200, map[catalog.Reason]int{"not-found": 1}},
		"forbidden is forbidden":  {fakeweb.Status(403), page, 1, 403, map[catalog.Reason]int{}},
		"malformed is malformed":  {fakeweb.Malformed(), page, 1, 0, map[catalog.Reason]int{}},
		"other 4xx is as it says": {fakeweb.Status(418), page, 1, 418, map[catalog.Reason]int{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := startWeb(t)
			web.Handle("r.test", "/", fakeweb.Sequence(test.first, test.then))
			o, meter := options(web), newTally()
			o.Retries, o.Timeout, o.Meter = 2, 2*time.Second, meter
			seen := visitOne(t, newCrawler(t, o), web.URL("r.test", "/")).Observation
			if seen.Attempts != test.attempts || seen.Status() != test.status || len(seen.Hops) != 1 {
				t.Errorf("%d attempts, status %d, %d hops; want %d, %d, 1", seen.Attempts, seen.Status(), len(seen.Hops), test.attempts, test.status)
			}
			if diff := cmp.Diff(test.retried, meter.retried); diff != "" {
				t.Errorf("retried (-want +got):\n%s", diff)
			}
		})
	}
}

func TestInTheServiceDefiniteCausesWaitForAnotherDay(t *testing.T) {
	v := &visit{crawler: newCrawler(t, Options{Retries: 2})}
	for _, status := range []int{404, 410} {
		v.attempt = attempt{status: status, header: http.Header{}}
		if wait, _ := v.again(1, 0); wait != 0 {
			t.Errorf("%d is tried again after %s", status, wait)
		}
	}
	v.attempt = attempt{failure: &catalog.Failure{Reason: catalog.ReasonDNS, NoSuchHost: true}}
	if wait, _ := v.again(1, 0); wait != 0 {
		t.Errorf("NXDOMAIN is tried again after %s", wait)
	}
}

func TestWaitsDoubleWithinTheVisitsPatience(t *testing.T) {
	v := &visit{crawler: newCrawler(t, Options{Retries: 20, RetryWait: time.Second})}
	v.attempt = attempt{status: 500, header: http.Header{}}
	var waits []time.Duration
	var waited time.Duration
	for n := 1; ; n++ {
		wait, _ := v.again(n, waited)
		if wait == 0 {
			break
		}
		waited += wait
		waits = append(waits, wait)
	}
	want := []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

func TestRetryAfterInAllItsForms(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		written, date string
		want          time.Duration
	}{
		"none":                       {"", "", 0},
		"seconds":                    {"120", "", 2 * time.Minute},
		"fractions":                  {"1.5", "", 1500 * time.Millisecond},
		"a duration":                 {"1m30s", "", 90 * time.Second},
		"a duration with a space":    {"1m 30s", "", 90 * time.Second},
		"a date":                     {"Sun, 01 Mar 2026 12:01:00 GMT", "", time.Minute},
		"a date by the host's clock": {"Sun, 01 Mar 2026 13:01:00 GMT", "Sun, 01 Mar 2026 13:00:00 GMT", time.Minute},
		"a date that has passed":     {"Sun, 01 Mar 2020 12:01:00 GMT", "", 0},
		"negative":                   {"-5", "", 0},
		"no number":                  {"NaN", "", 0},
		"words":                      {"later", "", 0},
		"for ever":                   {"99999999999999999999", "", maxRetryAfter},
		"infinite":                   {"+Inf", "", maxRetryAfter},
	} {
		t.Run(name, func(t *testing.T) {
			header := http.Header{}
			set(header, "Retry-After", test.written)
			set(header, "Date", test.date)
			if got := retryAfter(header, now); got != test.want {
				t.Errorf("%q: %s, want %s", test.written, got, test.want)
			}
		})
	}
}
