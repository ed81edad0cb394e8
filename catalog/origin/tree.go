package origin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// readTree reads the list files of a file tree that match one of the patterns. A file named by a pattern without
// wildcards is read whatever its name; a folder stands for the list files below it.
func readTree(ctx context.Context, tree fs.FS, patterns []string, format listfile.Format) (catalog.Snapshot, error) {
	var snap catalog.Snapshot
	names, err := match(tree, patterns, &snap)
	if err != nil {
		return snap, err
	}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return snap, err
		}
		content, err := readFile(tree, name)
		if err != nil {
			snap.Problems = append(snap.Problems, catalog.Problem{File: name, Message: "could not be read: " + plain(err) + "."})
			continue
		}
		snap.Listings = append(snap.Listings, listfile.Parse(name, format, content))
	}
	if len(snap.Listings) == 0 {
		return snap, nothingRead(patterns, snap.Problems)
	}
	snap.Local = locals(tree, snap.Listings)
	return snap, nil
}

// nothingRead is the error when no file could be read: the first reason.
func nothingRead(patterns []string, problems []catalog.Problem) error {
	if len(problems) == 0 {
		return fmt.Errorf("%s: %s", strings.Join(patterns, ", "), noLists)
	}
	return fmt.Errorf("%s: %s", problems[0].File, strings.TrimSuffix(problems[0].Message, "."))
}

const noLists = "no list files there (looked for .md, .yaml, .yml and .txt)"

// match returns the files that the patterns stand for, in order and without repetition.
func match(tree fs.FS, patterns []string, snap *catalog.Snapshot) ([]string, error) {
	var names []string
	for _, pattern := range patterns {
		found, err := expand(tree, pattern)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", pattern, plain(err))
		}
		if len(found) == 0 {
			snap.Problems = append(snap.Problems, catalog.Problem{File: pattern, Message: noLists + "."})
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

func expand(tree fs.FS, pattern string) ([]string, error) {
	if !strings.ContainsAny(pattern, "*?[{") {
		info, err := fs.Stat(tree, pattern)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			return []string{pattern}, nil
		}
		pattern = path.Join(pattern, "**")
	}
	base, rest := doublestar.SplitPattern(pattern)
	var names []string
	err := fs.WalkDir(tree, base, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name == base:
			return err
		case err != nil:
			return nil // an unreadable folder hides its files, not the rest
		case entry.IsDir():
			if name != base && hidden(entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		relative := strings.TrimPrefix(strings.TrimPrefix(name, base), "/")
		if base == "." {
			relative = name
		}
		if doublestar.MatchUnvalidated(rest, relative) && listfile.IsList(name) {
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// hidden reports whether a folder holds no lists of its owner: dot folders and the dependencies of others.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules" || name == "vendor"
}

func readFile(tree fs.FS, name string) ([]byte, error) {
	file, err := tree.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(content) > maxFile {
		return nil, fmt.Errorf("it is larger than %d MB", maxFile>>20)
	}
	return content, nil
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
func locals(tree fs.FS, listings []catalog.Listing) map[string]catalog.LocalFile {
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
				files[target.URL] = lookUp(tree, target.URL, own)
			}
		}
	}
	return files
}

func lookUp(tree fs.FS, name string, own map[string]catalog.LocalFile) catalog.LocalFile {
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
	if content, err := readFile(tree, name); err == nil {
		file.Anchors = append([]string{}, listfile.Parse(name, listfile.Markdown, content).Anchors...)
	}
	return file
}
