package page

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"waymark/catalog"
)

// synthetic returns a page of about that many bytes: a head as sites have it, then navigation and prose.
func synthetic(size int) []byte { return syntheticPage(size, "") }

func syntheticPage(size int, end string) []byte {
	var b bytes.Buffer
	b.WriteString(`<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Queues &amp; back-pressure | A workshop</title>
<meta name="description" content="What to do when work comes in faster than it goes out.">
<link rel="canonical" href="/lessons/queues"><link rel="icon" href="/favicon.svg" type="image/svg+xml">
<meta property="og:title" content="Queues"><meta property="og:type" content="article">
<meta property="article:published_time" content="2021-03-04T05:06:07Z">
<link rel="stylesheet" href="/assets/site.css"><style>`)
	b.WriteString(strings.Repeat(".card>p{margin:0 auto;color:#123}\n", 20))
	b.WriteString(`</style><script>window.settings={"a":1};` + strings.Repeat("if(a<b){call(a,'x')}\n", 30) + `</script></head><body class="page">`)
	for i := 0; b.Len() < size-len(end); i++ {
		fmt.Fprintf(&b, `<div class="card card-%d" data-index='%d'><h2 id="part-%d">Part %d</h2><p>A <a href="/lessons/%d?from=list&amp;page=%d">worker</a> takes from the <em>queue</em> as much as it can carry; the rest waits, and who sends learns of it.</p></div>
`, i, i, i, i, i, i)
	}
	b.WriteString(end + "</body></html>\n")
	return b.Bytes()
}

const articleData = `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},
{"@type":["Article","TechArticle"],"headline":"Queues","datePublished":"2021-03-04","dateModified":"2023-04-05T06:07:08+02:00",
"author":{"@type":"Person","name":"N."}}]}</script>`

func BenchmarkRead(b *testing.B) {
	untitled := bytes.Replace(bytes.Replace(synthetic(30<<10), []byte("<title>"), []byte("<x>"), 1), []byte("og:title"), []byte("og:x"), 1)
	undated := bytes.Replace(synthetic(30<<10), []byte("article:published_time"), []byte("x"), 1)
	for _, bench := range []struct {
		name string
		body []byte
	}{
		{"30KB", synthetic(30 << 10)},
		{"300KB", synthetic(300 << 10)},
		{"30KB-data-last", syntheticPage(30<<10, articleData)},
		{"300KB-data-last", syntheticPage(300<<10, articleData)},
		{"30KB-untitled", untitled},
		{"30KB-changed", bytes.Replace(synthetic(30<<10), []byte("article:published_time"), []byte("article:modified_time"), 1)},
		{"30KB-undated", undated},
		{"30KB-words-last", bytes.Replace(syntheticPage(30<<10, `<footer><p>Last updated: 2 March 2019</p></footer>`), []byte("article:published_time"), []byte("x"), 1)},
		{"30KB-many-years", bytes.ReplaceAll(undated, []byte("takes from the"), []byte("took on 2 May 2019 from the"))},
	} {
		d := Document{
			URL:    "https://learn.example.org/lessons/queues?utm=1",
			Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Date": {"Tue, 02 Jan 2024 03:04:05 GMT"}},
			Body:   bench.body,
		}
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(d.Body)))
			b.ReportAllocs()
			for b.Loop() {
				Read(d)
			}
		})
	}
}

// BenchmarkLook measures what a visit costs that compares a page with what is kept of it, beside one that does not.
func BenchmarkLook(b *testing.B) {
	d := Document{URL: "https://learn.example.org/lessons/queues", Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: synthetic(30 << 10)}
	d.Look = &catalog.Look{}
	first := Read(d).Text
	for name, look := range map[string]*catalog.Look{
		"not":       nil,
		"unchanged": {Mark: first.Mark, Terms: first.Print.Terms},
		"changed":   {Mark: 1, Terms: first.Print.Terms},
		"first":     {Listed: []string{"Queues", "Operations"}, Link: d.URL},
	} {
		d.Look = look
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(d.Body)))
			b.ReportAllocs()
			for b.Loop() {
				Read(d)
			}
		})
	}
}
