package catalog

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Source is a curated list: where it lives and in which format. Exactly one of Path, Git and URL is set.
type Source struct {
	Name   string   // unique among sources
	Path   string   // a file, a folder or a glob (with **) on disk
	Git    string   // a repository: a URL or a local path
	Ref    string   // branch, tag or commit of Git; empty for its default branch
	Paths  []string // globs within Git; empty for every list file
	URL    string   // a list on the web
	Format string   // auto, markdown, yaml, json, csv, html, bookmarks, opml, text
}

// Location returns where the source lives, for people. A name and password within an address are left out.
func (s Source) Location() string {
	switch {
	case s.Git != "" && s.Ref != "":
		return withoutUser(s.Git) + "@" + s.Ref
	case s.Git != "":
		return withoutUser(s.Git)
	case s.URL != "":
		return withoutUser(s.URL)
	default:
		return s.Path
	}
}

// Host returns the host that the source is read from over the web, as [Host] writes it; empty for what is on disk or is
// reached in another way.
func (s Source) Host() string {
	address := withoutUser(cmp.Or(s.URL, s.Git))
	if !strings.Contains(address, "://") {
		return ""
	}
	return HostOf(address)
}

// withoutUser cuts the user information out of a URL (RFC 3986, section 3.2.1). Forges take a token for a password and
// for a name, so that neither is shown. What is no valid URL is cut too.
func withoutUser(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		return address
	}
	end := len(rest)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		end = i
	}
	return scheme + "://" + rest[1+strings.LastIndex(rest[:end], "@"):]
}

// LocalFile is what a relative link can point at: a file or folder of the source itself.
type LocalFile struct {
	Exists  bool
	Anchors []string // fragments that the file offers; nil when they are not known (not a list file)
}

// Snapshot is a source as it was read at one moment: what the store is brought in line with.
type Snapshot struct {
	Source    Source
	Hash      string    // of all contents; the same hash means that nothing changed
	Taken     time.Time // when it was read
	Unchanged bool      // the hash equals the one given to the reader; Listings is empty then
	Accept    bool      // a person said that the source may lose most of its placements at once
	// Pace returns the time between the starts of two visits to a host: the first visits of what is new are due so far
	// from each other. nil: all are due at once.
	Pace     func(host string) time.Duration
	Listings []Listing
	Problems []Problem // of the source as a whole: unreadable files, empty globs
	// Local tells of the files that relative links of the listings point at, by path within the source.
	Local map[string]LocalFile
}

// SyncReport says what bringing the store in line with a snapshot did.
type SyncReport struct {
	Placements int // in force now
	Resources  int // that they point at
	Added      int // placements that are new
	Moved      int // placements that changed their spot, their words or the line around them
	Retired    int // placements that the list no longer holds
	// Held is not empty when the list lost so many placements at once that a mistake is likelier than an
	// edit: it says so, and nothing was retired.
	Held string
}

// AddedSource is a source that somebody added by the dashboard, beside those that are configured.
type AddedSource struct {
	Source
	At time.Time
	By string
}

// CheckAdded returns the source that a person may add by the dashboard: in a git repository or on the web, over http or
// https, as the dashboard must not read the disk of its host. The error wraps [ErrInvalid] and says what to enter.
func CheckAdded(s Source) (Source, error) {
	s.Name, s.Git, s.URL, s.Ref = strings.TrimSpace(s.Name), strings.TrimSpace(s.Git), strings.TrimSpace(s.URL), strings.TrimSpace(s.Ref)
	refuse := func(text string) (Source, error) { return Source{}, fmt.Errorf("%w: %s", ErrInvalid, text) }
	switch {
	case s.Name == "" || utf8.RuneCountInString(s.Name) > LongestName || strings.ContainsFunc(s.Name, unprintable):
		return refuse(fmt.Sprintf("give the source a name of at most %d characters", LongestName))
	case !Addressable(s.Name):
		return refuse("a source cannot be named " + s.Name + ", which browsers leave out of an address")
	case s.Path != "":
		return refuse("a source on disk belongs into the configuration")
	case (s.Git == "") == (s.URL == ""):
		return refuse("give either the address of a git repository or that of a list")
	case s.URL != "" && (s.Ref != "" || len(s.Paths) > 0):
		return refuse("a branch and paths go with a git repository only")
	case !overWeb(s.Git + s.URL):
		return refuse("the address must begin with https:// or http://, and hold no name or password")
	}
	return s, nil
}

// Addressable reports whether a name can be a part of the path of an address: of "." and ".." browsers
// make the folder or the one above (WHATWG URL, section 4.1, single-dot and double-dot path segments).
func Addressable(name string) bool { return name != "." && name != ".." }

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

// overWeb reports whether an address is an http or https URL with a host and without user information.
func overWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}
