package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"waymark/catalog"
)

// urlCase is a case of urltestdata.json.
type urlCase struct {
	Input    string  `json:"input"`
	Base     *string `json:"base"`
	Href     string  `json:"href"`
	Protocol string  `json:"protocol"`
	Failure  bool    `json:"failure"`
}

// runURLs reads each input as a link of a list that stands at the base, and holds the target against the URL that a
// browser would open. What has no web address for a base is read as a link of a file, if it is absolute.
func runURLs(_ context.Context, _ *trial, folder string, out io.Writer) error {
	text, err := os.ReadFile(filepath.Join(folder, "urltestdata.json"))
	if err != nil {
		return err
	}
	var entries []json.RawMessage
	if err := json.Unmarshal(text, &entries); err != nil {
		return err
	}
	var opened, refused, other tally
	left := 0
	for _, entry := range entries {
		var c urlCase
		if json.Unmarshal(entry, &c) != nil {
			continue // a remark
		}
		from, ok := c.from()
		if !ok {
			left++
			continue
		}
		got := catalog.Canonical(c.Input, from)
		switch {
		case c.Failure:
			refused.add(got.Reason != "" || got.Local, "%q: opened as %q", c.Input, got.URL)
		case c.Protocol == "http:" || c.Protocol == "https:":
			opened.add(got.Reason == "" && sameAddress(got, c.Href), "%q: %q %s, want %q", c.Input, got.URL, got.Reason, c.Href)
		default:
			other.add(got.Reason == catalog.ReasonUnsupportedScheme || got.Reason == catalog.ReasonInvalidURL, "%q: opened as %q", c.Input, got.URL)
		}
	}
	opened.print(out, "what a browser opens over the web, opened at the same address")
	refused.print(out, "what a browser refuses, refused")
	other.print(out, "other schemes, not visited")
	fmt.Fprintf(out, "  %d cases left out: relative links whose base is no web address\n", left)
	return nil
}

// from is where a case's link stands; ok is false for what a list never holds.
func (c urlCase) from() (catalog.From, bool) {
	if c.Base != nil && (strings.HasPrefix(*c.Base, "http:") || strings.HasPrefix(*c.Base, "https:")) {
		return catalog.From{URL: *c.Base}, true
	}
	head, _, found := strings.Cut(strings.TrimSpace(c.Input), ":")
	absolute := found && head != "" && !strings.ContainsAny(head, "/?# ")
	return catalog.From{File: "README.md"}, absolute
}

// sameAddress holds a target against an address. A stray percent sign is encoded by us, and nothing else differs.
func sameAddress(got catalog.Target, href string) bool {
	want, fragment, _ := strings.Cut(href, "#")
	if strings.HasPrefix(fragment, "/") || strings.HasPrefix(fragment, "!/") {
		return strings.ReplaceAll(got.URL, "%25", "%") == strings.ReplaceAll(href, "%25", "%")
	}
	return strings.ReplaceAll(got.URL, "%25", "%") == strings.ReplaceAll(want, "%25", "%") && got.Fragment == fragment
}
