package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"waymark/crawler/fakeweb"
)

// capture is a page as a browser got it, in the form of an HTTP archive.
type capture struct {
	Log struct {
		Entries []struct {
			Request struct {
				URL string `json:"url"`
			} `json:"request"`
			Response struct {
				Status  int `json:"status"`
				Headers []struct {
					Name  string `json:"name"`
					Value string `json:"value"`
				} `json:"headers"`
				Content struct {
					MimeType string `json:"mimeType"`
					Text     string `json:"text"`
				} `json:"content"`
			} `json:"response"`
		} `json:"entries"`
	} `json:"log"`
}

// runWalls serves the first answer of each capture at its address: those called failed are walls and should be
// blocked, those called success are pages that their provider let through.
func runWalls(ctx context.Context, t *trial, folder string, out io.Writer) error {
	for _, kind := range []struct{ ending, what string }{{"failed.json", "walls, blocked"}, {"success.json", "pages, ok"}} {
		files, err := filesBelow(folder, kind.ending)
		if err != nil {
			return err
		}
		var score tally
		if err := t.playCaptures(ctx, files, kind.ending == "failed.json", &score); err != nil {
			return err
		}
		score.print(out, kind.what)
	}
	return nil
}

func (t *trial) playCaptures(ctx context.Context, files []string, walls bool, score *tally) error {
	web, err := fakeweb.Start(fakeweb.Options{Unrecorded: true, StandardPorts: true})
	if err != nil {
		return err
	}
	defer web.Close()
	var links, names []string
	for _, file := range files {
		link, err := play(web, file)
		if err != nil {
			return err
		}
		if link != "" {
			links, names = append(links, link), append(names, filepath.Base(filepath.Dir(file)))
		}
	}
	results, _, err := t.visit(ctx, web, links, "")
	if err != nil {
		return err
	}
	for i, name := range names {
		r := results[i]
		if walls {
			score.add(r.State == "blocked", "%s: %s/%s, %s (%s)", name, r.State, r.Reason, r.Message, links[i])
		} else {
			score.add(r.State == "ok", "%s: %s/%s, %s (%s)", name, r.State, r.Reason, r.Message, links[i])
		}
	}
	return nil
}

// play serves the first answer of a capture; "" says that it holds none with a body.
func play(web *fakeweb.Web, file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var c capture
	if err := json.Unmarshal(text, &c); err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	if len(c.Log.Entries) == 0 {
		return "", nil
	}
	first := c.Log.Entries[0]
	u, err := url.Parse(first.Request.URL)
	if err != nil {
		return "", err
	}
	if first.Response.Status == http.StatusOK && first.Response.Content.Text == "" {
		return "", nil // the recorder kept no body
	}
	headers := []string{}
	for _, h := range first.Response.Headers {
		switch strings.ToLower(h.Name) {
		case "content-length", "content-encoding", "transfer-encoding", "connection", "content-type":
		default:
			headers = append(headers, h.Name, h.Value)
		}
	}
	b := fakeweb.Header(fakeweb.Document(first.Response.Status, first.Response.Content.MimeType, []byte(first.Response.Content.Text)), headers...)
	web.Handle(u.Hostname(), u.RequestURI(), b)
	return first.Request.URL, nil
}
