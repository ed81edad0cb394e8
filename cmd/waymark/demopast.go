package main

import (
	"context"
	"net/url"
	"time"

	"waymark/catalog"
	"waymark/catalog/origin"
	"waymark/catalog/sqlite"
)

// pastDays is how far back the demo remembers.
const pastDays = 30

// wellDays is how often what was well was visited: it divides pastDays, so that all is due at the end.
const wellDays = 3

// unseen is the host of the demo that takes its time: it has no past, so that something is left to be visited.
const unseen = "www.switchboard.example"

// ill says how a link of the demo was in the past, given the days until today.
type ill func(url string, ago int) catalog.Observation

// pastIlls are the links that were not well all the time, by host and path, or by host alone. What is dead today died on
// some day; what fails today has only begun to, as a week of failing would have ended in death; and some were away for a
// day or two.
var pastIlls = map[string]ill{
	"press.quarto.example/tools-first-edition": since(26, answeredWith(410)),
	"docs.gopher.example/packages-2015":        since(21, answeredWith(404)),
	"blog.oldschool.example/ci-floppy":         since(17, failedWith(catalog.Failure{Reason: catalog.ReasonRedirectLoop})),
	"campus.northgate.example/db/solutions-b":  since(12, answeredWith(404)),
	"papertrail.quietwaters.example":           since(9, failedWith(catalog.Failure{Reason: catalog.ReasonDNS, NoSuchHost: true, Detail: "papertrail.quietwaters.example"})),
	"weather.tinkerbox.example/":               between(24, 22, answeredWith(503)),
	"docs.quill.example/manual":                between(6, 4, answeredWith(503)),
	"scratchpad.example/":                      between(15, 15, answeredWith(502)),
	"sandbox.harbor.example/":                  between(8, 8, failedWith(catalog.Failure{Reason: catalog.ReasonTimeout})),
	"members.guild.example/key-ceremony":       since(pastDays, answeredWith(401)),
	"papers.stacks.example/calculus-of-locks":  since(pastDays, answeredWith(403)),
	"papers.stacks.example/agreement":          since(pastDays, answeredWith(999)),
	"turnstile.example/limits":                 since(18, answeredWith(429)),
	"museum.parchment.example":                 since(pastDays, failedWith(catalog.Failure{Reason: catalog.ReasonRobots, Detail: "/ is disallowed"})),
}

func since(first int, then ill) ill { return between(first, 0, then) }

func between(first, last int, then ill) ill {
	return func(url string, ago int) catalog.Observation {
		if ago > first || ago < last {
			return answeredWith(200)(url, ago)
		}
		return then(url, ago)
	}
}

func answeredWith(status int) ill {
	return func(url string, ago int) catalog.Observation {
		took := time.Duration(80+(len(url)*37+ago*53)%400) * time.Millisecond
		seen := catalog.Observation{Attempts: 1, Duration: took + 20*time.Millisecond, ContentType: "text/html", Bytes: int64(20_000 + len(url)*300),
			Hops: []catalog.Hop{{URL: url, Status: status, Duration: took}}}
		if status == 200 {
			seen.Page = &catalog.Page{Language: "en"}
		}
		return seen
	}
}

func failedWith(f catalog.Failure) ill {
	return func(url string, _ int) catalog.Observation {
		return catalog.Observation{Attempts: 2, Duration: 3 * time.Second, Failure: &f, Hops: []catalog.Hop{{URL: url}}}
	}
}

// livePast lets the demo have been there for a month: its lists were read then, each link was visited every third day, or
// daily when it was not well all the time, and each day was written down. After it all is due, as at the first start of a
// service.
func livePast(ctx context.Context, store *sqlite.Store, syncer origin.Syncer, sources []catalog.Source, now time.Time) error {
	syncer.Now = func() time.Time { return now.AddDate(0, 0, -pastDays) }
	for _, source := range sources {
		if _, _, err := syncer.Sync(ctx, source); err != nil {
			return err
		}
	}
	for ago := pastDays; ago > 0; ago-- {
		if err := livePastDay(ctx, store, now, ago); err != nil {
			return err
		}
	}
	return nil
}

func livePastDay(ctx context.Context, store *sqlite.Store, now time.Time, ago int) error {
	day := now.AddDate(0, 0, -ago)
	claims, err := store.Claim(ctx, catalog.ClaimRequest{Now: day, Lease: time.Minute, Limit: 10_000, PerHost: 10_000})
	if err != nil {
		return err
	}
	rules := catalog.DefaultRules()
	var results []catalog.Result
	for i, c := range claims {
		then, days := pastOf(c.URL)
		if then == nil {
			continue
		}
		seen := then(c.URL, ago)
		seen.At = day.Add(time.Duration(i) * 40 * time.Second)
		j := catalog.Judge(c.Standing, seen, rules.For(c.Host, c.Spots), seen.At)
		results = append(results, catalog.Result{Claim: c, Observation: seen, Judgement: j, Due: now.AddDate(0, 0, days-ago)})
	}
	if err := store.Record(ctx, results); err != nil {
		return err
	}
	return store.SaveDay(ctx, day.Add(12*time.Hour))
}

// pastOf returns how a link was in the past, and the days from visit to visit; nothing for one that has none.
func pastOf(address string) (then ill, days int) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == unseen {
		return nil, 0
	}
	for _, name := range []string{u.Hostname() + u.Path, u.Hostname()} {
		if ill := pastIlls[name]; ill != nil {
			return ill, 1
		}
	}
	return answeredWith(200), wellDays
}
