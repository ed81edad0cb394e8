package origin

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// readPath reads a file, a folder or a glob on disk. Links to other files are held against the tree that it
// belongs to, from which neither ".." nor a symbolic link leads out.
func (r *Reader) readPath(ctx context.Context, pattern string, format listfile.Format) (catalog.Snapshot, error) {
	if handedOver(pattern) {
		return r.readHandedOver(pattern, format)
	}
	top, within, err := locate(r.Folder, pattern)
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("%s: %s", pattern, plain(err))
	}
	root, err := os.OpenRoot(top)
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("%s: %s", pattern, plain(err))
	}
	defer root.Close()
	return r.readTree(ctx, root.FS(), []string{within}, format)
}

// handedOver reports whether a path names what the process was given open: its standard input, or the pipe that a
// shell puts in the place of <(…).
func handedOver(path string) bool {
	return path == "/dev/stdin" || strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
}

func (r *Reader) readHandedOver(name string, format listfile.Format) (catalog.Snapshot, error) {
	file, err := os.Open(name)
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("%s: %s", name, plain(err))
	}
	defer file.Close()
	return r.readStream(name, name, file, format)
}

// absolute returns a path that is relative to a folder; an empty folder is the working directory.
func absolute(folder, path string) (string, error) {
	if filepath.IsAbs(path) {
		return filepath.Clean(path), nil
	}
	return filepath.Abs(filepath.Join(folder, path))
}

// locate finds what a person named on disk: the tree that it belongs to, and the file, folder or glob within it.
// Symbolic links in what was named are followed, wherever they lead.
func locate(folder, pattern string) (top, within string, err error) {
	pattern, err = absolute(folder, pattern)
	if err != nil {
		return "", "", err
	}
	working, err := realPath(folder)
	if err != nil {
		return "", "", err
	}
	if named, err := filepath.EvalSymlinks(pattern); err == nil {
		top = treeOf(folderOf(named), working)
		within, err = filepath.Rel(top, named)
		return top, filepath.ToSlash(within), err
	}
	base, rest := doublestar.SplitPattern(filepath.ToSlash(pattern))
	base, err = realPath(filepath.FromSlash(base))
	if err != nil {
		return "", "", err
	}
	top = treeOf(base, working)
	within, err = filepath.Rel(top, base)
	return top, path.Join(literal.Replace(filepath.ToSlash(within)), rest), err
}

// realPath returns the absolute path of a folder without symbolic links.
func realPath(folder string) (string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(folder)
}

// literal escapes what is special in a pattern.
var literal = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `{`, `\{`)

func folderOf(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return path
	}
	return filepath.Dir(path)
}

// treeOf returns the folder whose files the relative links of a list may point at: the git work tree that the list's
// folder belongs to, else the working directory where the folder lies in it, else the folder itself.
func treeOf(own, working string) string {
	for dir := own; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if inside, err := filepath.Rel(working, own); err == nil && filepath.IsLocal(inside) {
		return working
	}
	return own
}
