// Package origin knows where lists live: on disk, in git, on the web, on standard input, or inside the binary.
// It reads a source into a [catalog.Snapshot], and a [Syncer] brings the store in line with it.
package origin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// Fetcher reads a list on the web. The crawler's guarded client is one.
type Fetcher interface {
	// Fetch returns the body behind a URL, at most limit bytes of it.
	Fetch(ctx context.Context, url string, limit int64) ([]byte, error)
}

// Reader reads sources. The zero value reads from disk and git.
type Reader struct {
	Folder   string        // relative paths are taken from here; empty: the working directory
	Fetch    Fetcher       // for lists on the web; nil: they cannot be read
	Stdin    io.Reader     // for the path "-"; nil: it cannot be read
	Starter  fs.FS         // for the path "starter:"; nil: it cannot be read
	Quotes   bool          // keep the line of each link, as a store does; it takes the memory of the lists
	MaxFile  int64         // bytes of a list file; a larger one is not read; 0: 256 MB
	Patience time.Duration // with a git repository, from the first question to the last byte; 0: five minutes
}

// The largest real list has about 400 KB, a million links have about 60 MB.
const (
	defaultMaxFile  = 256 << 20
	defaultPatience = 5 * time.Minute
)

// StarterPath is the path of the embedded starter catalog.
const StarterPath = "starter:"

// Read reads a source. What cannot be read is among the snapshot's problems; an error means that nothing could.
// With the hash of an earlier snapshot, an unchanged source comes back without listings.
func (r *Reader) Read(ctx context.Context, source catalog.Source, hash string, now time.Time) (catalog.Snapshot, error) {
	snap, err := r.read(ctx, source, hash)
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("source %s: %w", source.Name, err)
	}
	snap.Source, snap.Taken = source, now
	if snap.Hash == "" {
		snap.Hash = digest(snap)
	}
	if snap.Hash == hash {
		snap.Unchanged, snap.Listings, snap.Local = true, nil, nil
	}
	return snap, nil
}

// read reads a source. Only git knows a hash of the contents without reading them; it stops there if that is known.
func (r *Reader) read(ctx context.Context, source catalog.Source, known string) (catalog.Snapshot, error) {
	format, err := listfile.ParseFormat(source.Format)
	if err != nil {
		return catalog.Snapshot{}, err
	}
	switch {
	case source.Git != "":
		return r.readGit(ctx, source, format, known)
	case source.URL != "":
		return r.readURL(ctx, source, format)
	case source.Path == "-":
		return r.readStream("-", "standard input", r.Stdin, format)
	case source.Path == StarterPath:
		return r.readStarter(ctx, format)
	default:
		return r.readPath(ctx, source.Path, format)
	}
}

func (r *Reader) readURL(ctx context.Context, source catalog.Source, format listfile.Format) (catalog.Snapshot, error) {
	if r.Fetch == nil {
		return catalog.Snapshot{}, errors.New("lists on the web cannot be read here")
	}
	content, err := r.Fetch.Fetch(ctx, source.URL, r.maxFile())
	if err != nil {
		return catalog.Snapshot{}, errors.New(strings.ReplaceAll(err.Error(), source.URL, source.Location()))
	}
	return r.single(path.Base(source.URL), format, content), nil
}

func (r *Reader) readStarter(ctx context.Context, format listfile.Format) (catalog.Snapshot, error) {
	if r.Starter == nil {
		return catalog.Snapshot{}, errors.New("the starter catalog cannot be read here")
	}
	return r.readTree(ctx, r.Starter, []string{"**"}, format)
}

// readStream reads a list that has no files beside it; what names the stream for people.
func (r *Reader) readStream(name, what string, in io.Reader, format listfile.Format) (catalog.Snapshot, error) {
	if in == nil {
		return catalog.Snapshot{}, fmt.Errorf("%s cannot be read here", what)
	}
	content, err := r.readAll(in)
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("%s: %s", what, plain(err))
	}
	return r.single(name, format, content), nil
}

// readAll reads a list to its end.
func (r *Reader) readAll(in io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(in, r.maxFile()+1))
	if err != nil {
		return nil, err
	}
	if int64(len(content)) > r.maxFile() {
		return nil, fmt.Errorf("it is larger than %d bytes", r.maxFile())
	}
	return content, nil
}

func (r *Reader) maxFile() int64 { return cmp.Or(r.MaxFile, defaultMaxFile) }

// single is the snapshot of a list that has no files beside it.
func (r *Reader) single(name string, format listfile.Format, content []byte) catalog.Snapshot {
	snap := catalog.Snapshot{Listings: []catalog.Listing{r.parse(name, format, content)}}
	snap.Local = r.locals(nil, snap.Listings)
	return snap
}

// parse reads a list file.
func (r *Reader) parse(name string, format listfile.Format, content []byte) catalog.Listing {
	listing := listfile.Parse(name, format, content)
	if r.Quotes {
		listfile.Quote(&listing, content)
	}
	return listing
}
