package web_test

import (
	"fmt"
	"strings"
	"time"

	"waymark/catalog"
)

// The world of the tests: three lists as people keep them, and what weeks of visits to their links showed.

// link is a line of a list, and how the web answers it.
type link struct {
	title string
	url   string
	kind  catalog.Kind
	fate  fate
}

// fate returns what the i-th of n visits shows; nil: it is never visited.
type fate func(url string, i, n int) catalog.Observation

// chapter is a section of a list, in one file.
type chapter struct {
	file    string
	section []string
	links   []link
}

func answered(url string, status int) catalog.Observation {
	return catalog.Observation{
		Attempts: 1, Duration: 240 * time.Millisecond, ContentType: "text/html", Bytes: 48_213,
		Hops: []catalog.Hop{{URL: url, Status: status, Duration: 180 * time.Millisecond}},
	}
}

func failed(url string, f catalog.Failure) catalog.Observation {
	return catalog.Observation{Attempts: 3, Duration: 4 * time.Second, Failure: &f, Hops: []catalog.Hop{{URL: url}}}
}

// page gives an answer a document.
func page(o catalog.Observation, title string, modified time.Time) catalog.Observation {
	o.Page = &catalog.Page{Title: title, Language: "en", Modified: modified}
	if !modified.IsZero() {
		o.Page.ModifiedFrom, o.Page.ModifiedAs, o.Page.ModifiedSure = "json-ld", modified.Format("January 2, 2006"), catalog.High
	}
	return o
}

func fine(title string) fate {
	return func(url string, i, n int) catalog.Observation { return page(answered(url, 200), title, time.Time{}) }
}

// from turns to another fate at visit k.
func from(k int, before, after fate) fate {
	return func(url string, i, n int) catalog.Observation {
		if i < k {
			return before(url, i, n)
		}
		return after(url, i, n)
	}
}

// late turns at the visit k before the last.
func late(k int, before, after fate) fate {
	return func(url string, i, n int) catalog.Observation { return from(n-k, before, after)(url, i, n) }
}

func status(code int) fate {
	return func(url string, i, n int) catalog.Observation { return answered(url, code) }
}

func failure(f catalog.Failure) fate {
	return func(url string, i, n int) catalog.Observation { return failed(url, f) }
}

func written(title string, modified time.Time) fate {
	return func(url string, i, n int) catalog.Observation { return page(answered(url, 200), title, modified) }
}

// led is redirected over the given hops, each with the status of the one before.
func led(title string, code int, to ...string) fate {
	return func(url string, i, n int) catalog.Observation {
		o := page(answered(to[len(to)-1], 200), title, time.Time{})
		var hops []catalog.Hop
		for j, at := range append([]string{url}, to[:len(to)-1]...) {
			hops = append(hops, catalog.Hop{URL: at, Status: code, Location: to[j], Duration: 60 * time.Millisecond})
		}
		o.Hops = append(hops, o.Hops...)
		return o
	}
}

func challenged(url string, i, n int) catalog.Observation {
	o := answered(url, 403)
	o.Challenge = "cloudflare"
	return o
}

const hostileTitle = `<script>alert(1)</script><img src=x onerror=alert(2)> "quoted" 'too' ` + "\u202egnp.exe\x1b[31m\u009b"

// shownTitle is the same as a page may show it.
const shownTitle = `<script>alert(1)</script><img src=x onerror=alert(2)> "quoted" 'too' ` + "gnp.exe␛[31m\ufffd"

const longURL = "https://documentation.platform.example.org/products/infrastructure/2026/handbook/chapter-seventeen/" +
	"how-to-operate-a-message-broker-across-regions-without-losing-a-single-message.html?utm_source=newsletter&edition=spring"

// chapters are the list of roads for backend developers.
func chapters(now time.Time) []chapter {
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	roadmap := func(section ...string) func(...link) chapter {
		return func(links ...link) chapter { return chapter{"roadmap/backend.md", section, links} }
	}
	return []chapter{
		roadmap("Languages")(
			link{"Go", "https://go.dev/", catalog.Official, fine("The Go Programming Language")},
			link{"A Tour of Go", "https://go.dev/tour/", catalog.Course, fine("A Tour of Go")},
			link{"Rust Book", "https://doc.rust-lang.org/book/", catalog.Book, fine("The Rust Programming Language")},
			link{"Golang Weekly", "http://golangweekly.com/", catalog.Feed, led("Golang Weekly", 301, "https://golangweekly.com/")},
			link{"Effective Python", "https://effectivepython.example/", catalog.Book, late(3, fine("Effective Python"), status(404))},
		),
		roadmap("Databases", "Relational")(
			link{"PostgreSQL", "https://www.postgresql.org/docs/", catalog.Official, written("PostgreSQL: Documentation", ago(20))},
			link{"Use The Index, Luke", "https://use-the-index-luke.com/", catalog.Book, fine("SQL Indexing and Tuning e-Book")},
			link{"SQLite in Production", "https://blog.example.net/2016/sqlite-in-production", catalog.Article, written("SQLite in Production, Ten Years On", ago(2100))},
			link{"Database Design Bootcamp", "https://bootcamp.example.com/db", catalog.Course, late(2, fine("Database Design Bootcamp"), failure(catalog.Failure{Reason: catalog.ReasonTLS, Detail: "certificate expired on " + ago(4).Format(time.DateOnly)}))},
		),
		roadmap("Databases", "NoSQL")(
			link{"Redis", "https://redis.io/docs/", catalog.Official, led("Docs", 302, "https://redis.io/docs/latest/")},
			link{"The Little MongoDB Book", "https://openmymind.example/mongodb.pdf", catalog.Book, late(4, fine("The Little MongoDB Book"), failure(catalog.Failure{Reason: catalog.ReasonDNS, NoSuchHost: true, Detail: "openmymind.example"}))},
		),
		roadmap("Message Brokers")(
			link{"Operating a broker", longURL, catalog.Article, fine("How to operate a message broker across regions without losing a single message, and what the on-call rota learnt from a year of trying")},
			link{"Kafka: the log", "https://engineering.example.com/kafka", catalog.Article, challenged},
			link{"Notes on queues", "https://queues.example.org/notes", catalog.Article, late(1, fine("Notes on queues"), status(503))},
		),
		roadmap("Security")(
			link{"OWASP Cheat Sheets", "https://cheatsheetseries.owasp.org/", catalog.Official, fine("Introduction - OWASP Cheat Sheet Series")},
			link{"Write to us", "mailto:editors@example.org", catalog.Other, nil},
			link{"Internal wiki", "http://10.0.0.7/wiki", catalog.Other, failure(catalog.Failure{Reason: catalog.ReasonPrivateAddress, Detail: "10.0.0.7"})},
			link{hostileTitle, "https://hostile.example/", catalog.Article, written(hostileTitle, time.Time{})},
			link{"Click me", "javascript:alert(document.domain)", catalog.Other, nil},
		),
		{"videos.md", []string{"Talks"}, []link{
			{"Simple Made Easy", "https://www.infoq.com/presentations/Simple-Made-Easy/", catalog.Video, fine("Simple Made Easy - InfoQ")},
			{"Rate limiting explained", "https://videos.example.com/w/rate-limiting", catalog.Video, status(429)},
			{"Sold domain", "https://conference.example.io/2019/keynote", catalog.Video, led("Best casino bonus", 302, "https://casino.example.biz/welcome")},
		}},
	}
}

// library is a longer list, all of it in order, so that there are pages to turn.
func library() []chapter {
	var list []chapter
	for _, topic := range []string{"Algorithms", "Compilers", "Distributed Systems", "Networking", "Operating Systems", "Testing"} {
		c := chapter{file: "books.md", section: []string{topic}}
		for i := range 14 {
			title := fmt.Sprintf("%s, volume %d", topic, i+1)
			slug := strings.ReplaceAll(strings.ToLower(topic), " ", "-")
			c.links = append(c.links, link{title, fmt.Sprintf("https://library.example.edu/%s/%02d", slug, i+1), catalog.Book, fine(title)})
		}
		list = append(list, c)
	}
	return list
}

// fresh is a list that was added a moment ago: nothing of it was visited.
func fresh() []chapter {
	return []chapter{{"README.md", []string{"Tools"}, []link{
		{"ripgrep", "https://github.com/BurntSushi/ripgrep", catalog.OpenSource, nil},
		{"jq", "https://jqlang.org/", catalog.Tool, nil},
	}}}
}

// snapshot writes chapters down as what a reader of the list would make of it.
func snapshot(source catalog.Source, chapters []chapter, taken time.Time) catalog.Snapshot {
	snap := catalog.Snapshot{Source: source, Hash: "1", Taken: taken}
	index := map[string]int{}
	for _, c := range chapters {
		i, ok := index[c.file]
		if !ok {
			i = len(snap.Listings)
			index[c.file] = i
			snap.Listings = append(snap.Listings, catalog.Listing{File: c.file})
		}
		l := &snap.Listings[i]
		for _, at := range c.links {
			line := 7 + 2*len(l.Placements)
			l.Placements = append(l.Placements, catalog.Placement{File: c.file, Line: line, Column: 3, Section: c.section,
				Title: at.title, Kind: at.kind, URL: at.url, Quote: "- [" + at.title + "](" + at.url + ") - as the list has it.", Start: 100 * line, End: 100*line + len(at.url)})
		}
	}
	return snap
}
