package main

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strconv"
)

// hostTail says how many hosts hold how many links, counted in 200 public curated lists.
//
//go:embed host-tail.csv
var hostTail []byte

// spread is how links are spread over hosts. The same spread gives the same links in the same order each time.
type spread struct {
	Kind  string // evenly, zipf or tail
	Links int
	Hosts int // not for tail, which has its own
}

func evenly(links, hosts int) spread { return spread{"evenly", links, hosts} }
func zipf(links, hosts int) spread   { return spread{"zipf", links, hosts} }
func tail(links int) spread          { return spread{Kind: "tail", Links: links} }

// links returns the host of each link, in random order.
func (s spread) links() ([]int, error) {
	random := rand.New(rand.NewPCG(1, 2))
	links := make([]int, s.Links)
	switch s.Kind {
	case "evenly":
		for i := range links {
			links[i] = i % s.Hosts
		}
	case "zipf":
		z := rand.NewZipf(random, 1.0001, 1, uint64(s.Hosts-1)) // 1 itself is outside of its domain
		for i := range links {
			links[i] = int(z.Uint64())
		}
	case "tail":
		whole, err := tailLinks()
		if err != nil || len(whole) < s.Links {
			return nil, fmt.Errorf("host-tail.csv has %d links, not %d: %w", len(whole), s.Links, err)
		}
		shuffle(random, whole) // a random part of the links keeps the shape of the tail
		links = whole[:s.Links]
	}
	shuffle(random, links)
	return links, nil
}

func shuffle(random *rand.Rand, links []int) {
	random.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
}

// tailLinks returns the host of each link of the counted lists.
func tailLinks() ([]int, error) {
	rows, err := csv.NewReader(bytes.NewReader(hostTail)).ReadAll()
	if err != nil {
		return nil, err
	}
	var links []int
	host := 0
	for _, row := range rows[1:] {
		each, err := strconv.Atoi(row[0])
		if err != nil {
			return nil, err
		}
		hosts, err := strconv.Atoi(row[1])
		if err != nil {
			return nil, err
		}
		for range hosts {
			for range each {
				links = append(links, host)
			}
			host++
		}
	}
	return links, nil
}
