package catalog

import "time"

// HostSort is an order of hosts.
type HostSort string

// The orders of hosts.
const (
	HostsByLinks   HostSort = "links"   // the one with most resources first; the default
	HostsByTrouble HostSort = "trouble" // the one with most dead and failing resources first; only those that have some
	HostsByName    HostSort = "name"    // alphabetical
)

// HostSorts returns every order, the default first.
func HostSorts() []HostSort { return []HostSort{HostsByLinks, HostsByTrouble, HostsByName} }

// HostQuery selects hosts that have resources in force.
type HostQuery struct {
	Text   string // a part of the name
	Sort   HostSort
	Cursor string // of HostRows.Next
	Limit  int    // rows a page; 0: 50; at most 500
}

// HostRow is a host in a table.
type HostRow struct {
	HostState
	Resources int // in force
	States    map[State]int
	Resting   bool      // it is to be left alone until NotBefore
	Next      time.Time // its next visit by schedule; zero when none
	First     int64     // number of its first resource in force; 0 when it has none
	FirstURL  string
}

// HostRows is a page of hosts.
type HostRows struct {
	Rows []HostRow
	Next string // cursor of the next page; empty on the last
	Amount
}
