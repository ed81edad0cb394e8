package origin

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// readPath reads a file, a folder or a glob on disk. Links to other files are held against the tree that it
// belongs to, from which neither ".." nor a symbolic link leads out.
func (r *Reader) readPath(ctx context.Context, pattern string, format listfile.Format) (catalog.Snapshot, error) {
	folder, err := filepath.Abs(r.Folder)
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("working directory: %w", err)
	}
	if !filepath.IsAbs(pattern) {
		pattern = filepath.Join(folder, pattern)
	}
	top := treeOf(filepath.Clean(pattern), folder)
	root, err := os.OpenRoot(top)
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("%s: %s", pattern, plain(err))
	}
	defer root.Close()
	relative, err := filepath.Rel(top, pattern)
	if err != nil {
		return catalog.Snapshot{}, err
	}
	return readTree(ctx, root.FS(), []string{filepath.ToSlash(relative)}, format)
}

// treeOf returns the folder whose files a list's relative links may point at: the git work tree that the list
// belongs to, else the working directory where the list lies below it, else the list's own folder.
func treeOf(pattern, folder string) string {
	base, _ := doublestar.SplitPattern(filepath.ToSlash(pattern))
	own := filepath.FromSlash(base)
	if info, err := os.Stat(pattern); err == nil && info.IsDir() {
		own = pattern
	}
	for dir := own; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if own == folder || strings.HasPrefix(own, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator)) {
		return folder
	}
	return own
}
