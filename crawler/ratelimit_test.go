package crawler

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"waymark/catalog"
	"waymark/crawler/fakeweb"
)

func TestQuotasInAllTheirForms(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) // 1772366400 in Unix time
	tests := map[string]struct {
		status int
		fields []string // names and values by turns
		want   time.Duration
	}{
		"none":                               {200, nil, 0},
		"some left":                          {200, []string{"X-RateLimit-Remaining", "7", "X-RateLimit-Reset", "60"}, 0},
		"none left, seconds":                 {200, []string{"X-RateLimit-Limit", "60", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"}, time.Minute},
		"none left, Unix time":               {403, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1772366460"}, time.Minute},
		"none left, Unix time in ms":         {200, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1772366460500"}, 60500 * time.Millisecond},
		"Unix time by the host's clock":      {200, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1772370060", "Date", "Sun, 01 Mar 2026 13:00:00 GMT"}, time.Minute},
		"Unix time that has passed":          {200, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1772366000"}, 0},
		"a date":                             {200, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "Sun, 01 Mar 2026 12:02:00 GMT"}, 2 * time.Minute},
		"a duration":                         {200, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1m30s"}, 90 * time.Second},
		"the older spelling":                 {200, []string{"X-Rate-Limit-Remaining", "0", "X-Rate-Limit-Reset", "5"}, 5 * time.Second},
		"the draft's first fields":           {200, []string{"RateLimit-Limit", "10, 10;w=60", "RateLimit-Remaining", "0", "RateLimit-Reset", "30"}, 30 * time.Second},
		"no reset but a window":              {200, []string{"RateLimit-Remaining", "0", "RateLimit-Policy", "10;w=60"}, time.Minute},
		"no reset":                           {200, []string{"X-RateLimit-Remaining", "0"}, 0},
		"no limit at all":                    {200, []string{"X-RateLimit-Limit", "-1", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"}, 0},
		"remaining is no number":             {200, []string{"X-RateLimit-Remaining", "none", "X-RateLimit-Reset", "60"}, 0},
		"less than none means unlimited":     {200, []string{"X-RateLimit-Remaining", "-1", "X-RateLimit-Reset", "60"}, 0},
		"refused, without remaining":         {429, []string{"X-RateLimit-Reset", "60"}, time.Minute},
		"served, without remaining":          {200, []string{"X-RateLimit-Reset", "60"}, 0},
		"for ever":                           {200, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "99999999"}, maxRetryAfter},
		"in a far future":                    {200, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "9999999999"}, maxRetryAfter},
		"structured, none left":              {200, []string{"RateLimit", `"default";r=0;t=30`}, 30 * time.Second},
		"structured, some left":              {200, []string{"RateLimit", `"default";r=5;t=30`}, 0},
		"structured, several":                {200, []string{"RateLimit", `"hour";r=7;t=600, "minute";r=0;t=20, "day";r=0;t=40`}, 40 * time.Second},
		"structured, in two lines":           {200, []string{"RateLimit", `"hour";r=7;t=600`, "RateLimit", `"minute";r=0;t=20`}, 20 * time.Second},
		"structured, with spaces":            {200, []string{"RateLimit", ` "default" ; r=0 ; t=30 `}, 30 * time.Second},
		"structured, separators in the name": {200, []string{"RateLimit", `"a,b;r=0;t=99\"";r=3;t=30`}, 0},
		"structured, window of its policy":   {200, []string{"RateLimit", `"b";r=0`, "RateLimit-Policy", `"a";q=9;w=10, "b";q=9;w=60`}, time.Minute},
		"structured, no such policy":         {200, []string{"RateLimit", `"c";r=0`, "RateLimit-Policy", `"a";q=9;w=10`}, 0},
		"dictionary, none left":              {200, []string{"RateLimit", "limit=10, remaining=0, reset=30"}, 30 * time.Second},
		"dictionary, some left":              {200, []string{"RateLimit", "limit=10, remaining=1, reset=30"}, 0},
		"garbage":                            {200, []string{"RateLimit", `";;=,"`, "RateLimit-Policy", `,;"`}, 0},
		"the longer of the two counts":       {429, []string{"Retry-After", "90", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"}, 90 * time.Second},
		"Retry-After as Unix time":           {503, []string{"Retry-After", "1772366460"}, time.Minute},
		"Retry-After of a redirect":          {302, []string{"Retry-After", "60"}, 0},
		"Retry-After of a missing page":      {404, []string{"Retry-After", "3600"}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			header := http.Header{}
			for i := 0; i < len(test.fields); i += 2 {
				header.Add(test.fields[i], test.fields[i+1])
			}
			if got := askedRest(test.status, header, now); got != test.want {
				t.Errorf("%v: %s, want %s", test.fields, got, test.want)
			}
		})
	}
}

func FuzzQuotas(f *testing.F) {
	f.Add(`"default";r=0;t=30`, `"default";q=1;w=5`, "0", "1e9")
	f.Add("limit=1, remaining=0, reset=NaN", ";w=-1", "-0", "1m")
	f.Fuzz(func(t *testing.T, field, policy, left, reset string) {
		header := http.Header{"Ratelimit": {field}, "Ratelimit-Policy": {policy},
			"X-Ratelimit-Remaining": {left}, "X-Ratelimit-Reset": {reset}, "Retry-After": {reset}}
		if got := askedRest(429, header, time.Unix(1772366400, 0)); got < 0 || got > maxRetryAfter {
			t.Errorf("%s is not within a day", got)
		}
	})
}

func TestAUsedUpQuotaIsWaitedFor(t *testing.T) {
	web := startWeb(t)
	page := fakeweb.Page{Title: "Page"}
	web.Handle("quota.test", "/*", fakeweb.Sequence(fakeweb.Header(page, "RateLimit", `"default";r=0;t=1`), page))
	o := options(web)
	o.HostConcurrency = 1
	check(t, newCrawler(t, o), claimsOf(web.URL("quota.test", "/1"), web.URL("quota.test", "/2"))...)
	requests := web.Requests("quota.test")
	if gap := requests[1].At.Sub(requests[0].At); gap < 900*time.Millisecond {
		t.Errorf("asked again after %s, want a second", gap)
	}
}

func TestALongQuotaTurnsTheRestAway(t *testing.T) {
	web := startWeb(t)
	spent := fakeweb.Header(fakeweb.Page{Title: "The last one"}, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "600")
	web.Handle("quota.test", "/*", spent)
	o := options(web)
	o.HostConcurrency = 1
	results := check(t, newCrawler(t, o), claimsOf(web.URL("quota.test", "/1"), web.URL("quota.test", "/2"), web.URL("quota.test", "/3"))...)
	states := map[catalog.Reason]int{}
	for _, r := range results {
		states[r.Judgement.Verdict.Reason]++
	}
	if n := web.Stats("quota.test").Requests; n != 1 || states["ok"] != 1 || states["rate-limited"] != 2 {
		t.Errorf("%d requests, verdicts %v; want one request, the others rate-limited", n, states)
	}
}

func TestAShorterWaitNeverReplacesALongerOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := host{name: "a"}
		now := time.Now()
		h.learn(outcome{mood: strained, rest: time.Minute}, now, now, serviceLimits())
		h.learn(outcome{mood: content, rest: time.Second}, now, now, serviceLimits())
		h.learn(outcome{mood: content}, now, now, serviceLimits())
		if wait := h.notBefore.Sub(now); wait != time.Minute {
			t.Errorf("the host is left alone for %s, want a minute", wait)
		}
	})
}
