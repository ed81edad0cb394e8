package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"waymark/crawler/fakeweb"
)

const linksPerFile = 1000

// latencySeed gives latencies of which none is near Waymark's timeout of 20 s, beyond which it would ask again and the
// bare client would not.
const latencySeed = 2

// webTask says what web to simulate, and which links to it to write down.
type webTask struct {
	Folder string // for the lists
	Spread spread
	Page   int           // bytes of a page
	Median time.Duration // of the latency, which is lognormal; 0: none
	P99    time.Duration // of the latency
}

// webReady says where the web is.
type webReady struct {
	Resolver string
	Lists    string // a folder of Markdown files
	Plain    string // the same links in the same order, one per line
	Links    int
	Hosts    int
	Largest  int           // links on the host that has most
	Slowest  time.Duration // answer
}

// webSeen is what arrived at the web.
type webSeen struct {
	Requests, Connections, MaxConcurrent int
}

// serveWeb is the process of the web: it reads a task, answers when it is ready, and ends with its input.
func serveWeb(in io.Reader, out io.Writer) error {
	var task webTask
	tasks := json.NewDecoder(in)
	if err := tasks.Decode(&task); err != nil {
		return err
	}
	opts := fakeweb.Options{Unrecorded: true}
	if task.Median > 0 {
		opts.Latency = fakeweb.Lognormal(task.Median, task.P99, latencySeed)
	}
	w, err := fakeweb.Start(opts)
	if err != nil {
		return err
	}
	defer w.Close()
	ready, err := task.populate(w, opts.Latency)
	if err != nil {
		return err
	}
	answers := json.NewEncoder(out)
	if err := answers.Encode(ready); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, in); err != nil {
		return err
	}
	total := w.Totals()
	return answers.Encode(webSeen{total.Requests, total.Connections, total.MaxConcurrent})
}

// populate gives the web its hosts and writes the lists.
func (t webTask) populate(w *fakeweb.Web, latency fakeweb.Latency) (webReady, error) {
	links, err := t.Spread.links()
	if err != nil {
		return webReady{}, err
	}
	ready := webReady{Resolver: w.Resolver(), Lists: filepath.Join(t.Folder, "lists"), Plain: filepath.Join(t.Folder, "links.txt"), Links: len(links)}
	page := usualPage(t.Page)
	perHost := map[int]int{}
	urls := make([]string, len(links))
	for i, host := range links {
		name := fmt.Sprintf("host-%d.bench.test", host)
		if perHost[host] == 0 {
			w.Handle(name, "/page-*", page)
		}
		perHost[host]++
		path := fmt.Sprintf("/page-%d", i)
		urls[i] = w.URL(name, path)
		if latency != nil {
			ready.Slowest = max(ready.Slowest, latency(&http.Request{Host: name, URL: &url.URL{Path: path}}))
		}
	}
	ready.Hosts = len(perHost)
	for _, n := range perHost {
		ready.Largest = max(ready.Largest, n)
	}
	return ready, writeLists(ready, urls)
}

// writeLists writes the links for both: as Markdown in files of a usual size, and plain.
func writeLists(ready webReady, urls []string) error {
	if err := os.MkdirAll(ready.Lists, 0o755); err != nil {
		return err
	}
	if err := writeLines(ready.Plain, urls, func(w io.Writer, _ int, url string) { fmt.Fprintln(w, url) }); err != nil {
		return err
	}
	for from := 0; from < len(urls); from += linksPerFile {
		path := filepath.Join(ready.Lists, fmt.Sprintf("list-%03d.md", from/linksPerFile))
		part := urls[from:min(from+linksPerFile, len(urls))]
		err := writeLines(path, part, func(w io.Writer, i int, url string) {
			fmt.Fprintf(w, "- [Link number %d](%s) - What it is good for.\n", from+i, url)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func writeLines(path string, lines []string, write func(io.Writer, int, string)) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	for i, line := range lines {
		write(out, i, line)
	}
	return out.Flush()
}
