package origin

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// readTree reads the list files of a file tree that match one of the patterns. What is there under the name of a
// pattern is meant by it: a file is read whatever its name, a folder stands for the list files below it.
func (r *Reader) readTree(ctx context.Context, tree fs.FS, patterns []string, format listfile.Format) (catalog.Snapshot, error) {
	found := search{tree: tree}
	for _, pattern := range patterns {
		found.add(pattern)
	}
	snap := catalog.Snapshot{Problems: found.problems}
	for _, name := range found.files() {
		if err := ctx.Err(); err != nil {
			return snap, err
		}
		content, err := r.readFile(tree, name)
		if err != nil {
			snap.Problems = append(snap.Problems, catalog.Problem{File: name, Message: "could not be read: " + plain(err) + "."})
			continue
		}
		snap.Listings = append(snap.Listings, r.parse(name, format, content))
	}
	if len(snap.Listings) == 0 {
		return snap, fmt.Errorf("%s: %s", snap.Problems[0].File, strings.TrimSuffix(snap.Problems[0].Message, "."))
	}
	snap.Local = r.locals(tree, snap.Listings)
	return snap, nil
}

// search finds the files of a tree that patterns stand for, and says what is in the way.
type search struct {
	tree     fs.FS
	names    []string
	problems []catalog.Problem
}

// files returns what was found, in order and without repetition.
func (s *search) files() []string {
	slices.Sort(s.names)
	return slices.Compact(s.names)
}

func (s *search) problem(file, message string) {
	s.problems = append(s.problems, catalog.Problem{File: file, Message: message + "."})
}

// add looks for what a pattern stands for. A pattern that stands for nothing is a problem, and leaves the others be.
func (s *search) add(pattern string) {
	before := len(s.names)
	info, err := fs.Stat(s.tree, pattern)
	switch {
	case err == nil && info.IsDir():
		err = s.walk(pattern, "**")
	case err == nil:
		s.names = append(s.names, pattern)
	case strings.ContainsAny(pattern, "*?[{"):
		err = s.walk(doublestar.SplitPattern(pattern))
	}
	switch {
	case err != nil:
		s.problem(pattern, plain(err))
	case len(s.names) == before:
		s.problem(pattern, "no list files there (looked for .md, .yaml, .yml and .txt)")
	}
}

// walk adds the list files below a folder that match a pattern. What hides a file must lie below the folder: one that
// was named is looked into whatever its name.
func (s *search) walk(base, pattern string) error {
	return fs.WalkDir(s.tree, base, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name == base:
			return err
		case err != nil: // an unreadable folder hides its files, not the rest
			s.problem(name, "could not be read: "+plain(err))
			return nil
		case entry.IsDir() && name != base && hidden(entry.Name()):
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		relative := strings.TrimPrefix(name, base+"/")
		if doublestar.MatchUnvalidated(pattern, relative) && listfile.IsList(relative) {
			s.names = append(s.names, name)
		}
		return nil
	})
}

// hidden reports whether a folder holds no lists of its owner: dot folders and the dependencies of others. Their files
// are no lists anyway; not to look into them saves time.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules" || name == "vendor"
}

// readFile reads a file of a tree. It opens only what is a file: opening a named pipe can take for ever.
func (r *Reader) readFile(tree fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(tree, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a regular file")
	}
	file, err := tree.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return r.readAll(file)
}

// plain returns the cause of a file error without the operation and path that the caller names anyway.
func plain(err error) string {
	var pathErr *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.As(err, &pathErr):
		return pathErr.Err.Error()
	}
	return err.Error()
}

// locals tells of the files that relative links of the listings point at. Without a tree there are none but the
// lists themselves.
func (r *Reader) locals(tree fs.FS, listings []catalog.Listing) map[string]catalog.LocalFile {
	own := map[string]catalog.LocalFile{}
	for _, listing := range listings {
		own[listing.File] = catalog.LocalFile{Exists: true, Anchors: append([]string{}, listing.Anchors...)}
	}
	files := map[string]catalog.LocalFile{}
	for _, listing := range listings {
		for _, p := range listing.Placements {
			target := catalog.Canonical(p.URL, catalog.From{File: p.File})
			if !target.Local || target.Reason != "" {
				continue
			}
			if _, known := files[target.URL]; !known {
				files[target.URL] = r.lookUp(tree, target.URL, own)
			}
		}
	}
	return files
}

func (r *Reader) lookUp(tree fs.FS, name string, own map[string]catalog.LocalFile) catalog.LocalFile {
	if file, ok := own[name]; ok {
		return file
	}
	if tree == nil || !fs.ValidPath(name) {
		return catalog.LocalFile{}
	}
	info, err := fs.Stat(tree, name)
	if err != nil {
		return catalog.LocalFile{}
	}
	file := catalog.LocalFile{Exists: true}
	if info.IsDir() || listfile.Detect(name, nil) != listfile.Markdown {
		return file
	}
	if content, err := r.readFile(tree, name); err == nil {
		file.Anchors = append([]string{}, listfile.Parse(name, listfile.Markdown, content).Anchors...)
	}
	return file
}
