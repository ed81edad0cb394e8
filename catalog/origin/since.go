package origin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/utils/diff"
	"github.com/sergi/go-diff/diffmatchpatch"

	"waymark/catalog"
)

// AddedSince keeps of the snapshots only the placements that were added since a revision, as a pull request adds
// them: those whose link, or whose destination, stands on a line that the work tree has and the merge base of the
// revision and HEAD has not. Every source must be a path within a git work tree. The folder is where relative
// paths start from.
func AddedSince(ctx context.Context, snaps []catalog.Snapshot, folder, revision string) ([]catalog.Snapshot, error) {
	kept := make([]catalog.Snapshot, 0, len(snaps))
	for _, snap := range snaps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		base, top, err := baseTree(snap.Source, folder, revision)
		if err != nil {
			return nil, err
		}
		var listings []catalog.Listing
		for _, listing := range snap.Listings {
			if listing, err = addedIn(listing, base, top); err != nil {
				return nil, err
			}
			listings = append(listings, listing)
		}
		snap.Listings = listings
		kept = append(kept, snap)
	}
	return kept, nil
}

// baseTree returns the tree that a source is compared with, and the top of its work tree.
func baseTree(source catalog.Source, folder, revision string) (*object.Tree, string, error) {
	if source.Path == "" || source.Path == "-" || source.Path == StarterPath {
		return nil, "", fmt.Errorf("%s: not in a git work tree, so that nothing can be compared with %s", source.Name, revision)
	}
	top, _, err := locate(folder, source.Path)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %s", source.Path, plain(err))
	}
	repo, err := openRepository(top)
	if err != nil {
		return nil, "", fmt.Errorf("%s: not in a git work tree, so that nothing can be compared with %s", source.Path, revision)
	}
	commit, err := mergeBase(repo, revision)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", source.Path, err)
	}
	tree, err := commit.Tree()
	return tree, top, err
}

// mergeBase returns the commit that the revision and HEAD both come from; the revision itself where there is none,
// as in a shallow clone.
func mergeBase(repo *git.Repository, revision string) (*object.Commit, error) {
	hash, err := repo.ResolveRevision(plumbing.Revision(revision))
	if err != nil {
		return nil, fmt.Errorf("no such git revision: %s", revision)
	}
	commit, err := repo.CommitObject(*hash)
	if err != nil {
		return nil, fmt.Errorf("git revision %s: %w", revision, err)
	}
	head, err := repo.Head()
	if err != nil {
		return commit, nil
	}
	ours, err := repo.CommitObject(head.Hash())
	if err != nil {
		return commit, nil
	}
	if bases, err := commit.MergeBase(ours); err == nil && len(bases) > 0 {
		return bases[0], nil
	}
	return commit, nil
}

// addedIn keeps the placements of a listing that are not in the base tree.
func addedIn(listing catalog.Listing, base *object.Tree, top string) (catalog.Listing, error) {
	content, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(listing.File)))
	if err != nil {
		return listing, fmt.Errorf("%s: %s", listing.File, plain(err))
	}
	before, err := base.File(listing.File)
	if errors.Is(err, object.ErrFileNotFound) {
		return listing, nil
	}
	if err != nil {
		return listing, err
	}
	old, err := before.Contents()
	if err != nil {
		return listing, err
	}
	added := addedLines(old, string(content))
	var kept []catalog.Placement
	for _, p := range listing.Placements {
		destination := 1 + bytes.Count(content[:min(p.Start, len(content))], []byte("\n"))
		if added[p.Line] || p.Start < p.End && added[destination] {
			kept = append(kept, p)
		}
	}
	listing.Placements = kept
	return listing, nil
}

// addedLines returns the numbers, from 1, of the lines of the new text that the old one does not have. Whether the last
// line has an end makes no difference.
func addedLines(old, new string) map[int]bool {
	added := map[int]bool{}
	line := 1
	for _, part := range diff.Do(ended(old), ended(new)) {
		lines := strings.Count(part.Text, "\n")
		switch part.Type {
		case diffmatchpatch.DiffInsert:
			for i := range lines {
				added[line+i] = true
			}
			line += lines
		case diffmatchpatch.DiffEqual:
			line += lines
		}
	}
	return added
}

func ended(text string) string { return strings.TrimSuffix(text, "\n") + "\n" }
