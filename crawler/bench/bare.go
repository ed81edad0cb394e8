package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// bareTask says what the bare client visits, and how.
type bareTask struct {
	Resolver    string
	Plain       string // file with one link per line
	Concurrency int
	IdlePerHost int // connections kept; 0: as many as there are visits at once
}

// bareSeen is what came of it.
type bareSeen struct{ OK, Failed int }

// visitBare is the process of the bare client: as little as a Go program can do that fetches each link once and reads
// its body to the end. It has no limit per host, and keeps as many connections as Waymark may.
func visitBare(ctx context.Context, in io.Reader, out io.Writer) error {
	var task bareTask
	if err := json.NewDecoder(in).Decode(&task); err != nil {
		return err
	}
	file, err := os.Open(task.Plain)
	if err != nil {
		return err
	}
	defer file.Close()
	client := task.client()
	links := make(chan string, task.Concurrency)
	var ok, failed atomic.Int64
	var wg sync.WaitGroup
	for range task.Concurrency {
		wg.Go(func() {
			for link := range links {
				if drain(ctx, client, link) == nil {
					ok.Add(1)
				} else {
					failed.Add(1)
				}
			}
		})
	}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		links <- lines.Text()
	}
	close(links)
	wg.Wait()
	if err := lines.Err(); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(bareSeen{int(ok.Load()), int(failed.Load())})
}

func (t bareTask) client() *http.Client {
	dialer := &net.Dialer{Timeout: 20 * time.Second, KeepAlive: -1, Resolver: &net.Resolver{
		PreferGo: true,
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, t.Resolver)
		},
	}}
	perHost := t.IdlePerHost
	if perHost == 0 {
		perHost = t.Concurrency
	}
	return &http.Client{Timeout: 40 * time.Second, Transport: &http.Transport{
		DialContext: dialer.DialContext, DisableCompression: true, IdleConnTimeout: 15 * time.Second,
		MaxIdleConns: max(1024, 2*t.Concurrency), MaxIdleConnsPerHost: perHost,
	}}
}

func drain(ctx context.Context, client *http.Client, link string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return err
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: status %d", link, res.StatusCode)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}
