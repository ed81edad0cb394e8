// Package origin knows where lists live: on disk, in git, on the web, on standard input, or inside the binary.
// It reads a source into a [catalog.Snapshot], and a [Syncer] brings the store in line with it.
package origin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"time"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// maxFile bounds a list file. The largest real list has about 400 KB; a million links have about 60 MB.
const maxFile = 256 << 20

// Fetcher reads a list on the web. The crawler's guarded client is one.
type Fetcher interface {
	// Fetch returns the body behind a URL, at most limit bytes of it.
	Fetch(ctx context.Context, url string, limit int64) ([]byte, error)
}

// Reader reads sources. The zero value reads from disk and git.
type Reader struct {
	Folder  string    // relative paths are taken from here; empty: the working directory
	Fetch   Fetcher   // for lists on the web; nil: they cannot be read
	Stdin   io.Reader // for the path "-"; nil: it cannot be read
	Starter fs.FS     // for the path "starter:"; nil: it cannot be read
}

// StarterPath is the path of the embedded starter catalog.
const StarterPath = "starter:"

// Read reads a source. What cannot be read is among the snapshot's problems; an error means that nothing could.
// With the hash of an earlier snapshot, an unchanged source comes back without listings.
func (r *Reader) Read(ctx context.Context, source catalog.Source, hash string, now time.Time) (catalog.Snapshot, error) {
	snap, err := r.read(ctx, source)
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("source %s: %w", source.Name, err)
	}
	snap.Source, snap.Taken = source, now
	snap.Hash = digest(snap)
	if snap.Hash == hash {
		snap.Unchanged, snap.Listings, snap.Local = true, nil, nil
	}
	return snap, nil
}

func (r *Reader) read(ctx context.Context, source catalog.Source) (catalog.Snapshot, error) {
	format, err := listfile.ParseFormat(source.Format)
	if err != nil {
		return catalog.Snapshot{}, err
	}
	switch {
	case source.Git != "":
		return r.readGit(ctx, source, format)
	case source.URL != "":
		return r.readURL(ctx, source, format)
	case source.Path == "-":
		return r.readStdin(format)
	case source.Path == StarterPath:
		return readTree(ctx, r.Starter, []string{"**"}, format)
	default:
		return r.readPath(ctx, source.Path, format)
	}
}

func (r *Reader) readURL(ctx context.Context, source catalog.Source, format listfile.Format) (catalog.Snapshot, error) {
	if r.Fetch == nil {
		return catalog.Snapshot{}, errors.New("lists on the web cannot be read here")
	}
	content, err := r.Fetch.Fetch(ctx, source.URL, maxFile)
	if err != nil {
		return catalog.Snapshot{}, err
	}
	return single(path.Base(source.URL), format, content), nil
}

func (r *Reader) readStdin(format listfile.Format) (catalog.Snapshot, error) {
	if r.Stdin == nil {
		return catalog.Snapshot{}, errors.New("standard input cannot be read here")
	}
	content, err := io.ReadAll(io.LimitReader(r.Stdin, maxFile))
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("read standard input: %w", err)
	}
	return single("-", format, content), nil
}

// single is the snapshot of a list that has no files beside it.
func single(name string, format listfile.Format, content []byte) catalog.Snapshot {
	listing := listfile.Parse(name, format, content)
	snap := catalog.Snapshot{Listings: []catalog.Listing{listing}}
	snap.Local = locals(nil, snap.Listings)
	return snap
}

// digest is a hash of all that the store keeps of a snapshot, so that two equal ones need no second sync.
func digest(snap catalog.Snapshot) string {
	h := sha256.New()
	for _, listing := range snap.Listings {
		field(h, listing.File)
		for _, p := range listing.Placements {
			field(h, p.URL, p.Title, string(p.Kind), fmt.Sprint(p.Line, p.Column, p.Start, p.End))
			field(h, p.Section...)
		}
		problems(h, listing.Problems)
	}
	problems(h, snap.Problems)
	for _, name := range slices.Sorted(maps.Keys(snap.Local)) {
		file := snap.Local[name]
		field(h, name, fmt.Sprint(file.Exists))
		field(h, file.Anchors...)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func problems(h hash.Hash, list []catalog.Problem) {
	for _, p := range list {
		field(h, p.File, fmt.Sprint(p.Line, p.Column), p.Message)
	}
}

// field adds texts to a hash so that no two lists of texts add the same bytes.
func field(h hash.Hash, texts ...string) {
	for _, text := range texts {
		fmt.Fprintf(h, "%d:%s", len(text), text)
	}
	fmt.Fprint(h, ";")
}
