package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sample is a page with the day on which it was published.
type sample struct {
	url, file, date string // the date as 2006-01-02
	body            []byte
}

// readSet reads htmldate's evaluation set: files eval_*.json that map addresses to files and dates, and the pages in
// folders beside them.
func readSet(folder string) ([]sample, error) {
	lists, err := filepath.Glob(filepath.Join(folder, "eval_*.json"))
	if err != nil {
		return nil, fmt.Errorf("look for eval_*.json: %w", err)
	}
	if len(lists) == 0 {
		return nil, fmt.Errorf("no eval_*.json in %s: name the folder tests of htmldate's repository", folder)
	}
	var samples []sample
	for _, list := range lists {
		found, err := readList(list)
		if err != nil {
			return nil, err
		}
		samples = append(samples, found...)
	}
	slices.SortFunc(samples, func(a, b sample) int { return strings.Compare(a.file, b.file) })
	return samples, nil
}

func readList(name string) ([]sample, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read a list of pages: %w", err)
	}
	var entries map[string]struct{ File, Date string }
	data = bytes.ReplaceAll(data, []byte(": NaN"), []byte(`: ""`)) // as Python writes what is missing
	if err := json.Unmarshal(data, &entries); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	var samples []sample
	for url, entry := range entries {
		if entry.Date == "" { // nothing is known of it
			continue
		}
		body, err := readPage(filepath.Dir(name), entry.File)
		if err != nil {
			return nil, err
		}
		samples = append(samples, sample{url, entry.File, entry.Date, body})
	}
	return samples, nil
}

func readPage(folder, file string) ([]byte, error) {
	for _, part := range []string{"test_set", "cache", "eval"} {
		body, err := os.ReadFile(filepath.Join(folder, part, file))
		if err == nil {
			return body, nil
		}
	}
	return nil, fmt.Errorf("no page %s in the folders test_set, cache and eval of %s", file, folder)
}
