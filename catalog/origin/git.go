package origin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/config"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// readGit reads the lists of one commit of a repository. The commit is laid out in a temporary folder, so that
// lists in git are read like lists on disk; files that are no lists are laid out empty, for links to find them.
func (r *Reader) readGit(ctx context.Context, source catalog.Source, format listfile.Format) (catalog.Snapshot, error) {
	folder, err := os.MkdirTemp("", "waymark-git-")
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("temporary folder: %w", err)
	}
	defer os.RemoveAll(folder)
	repo, revision, err := openRepository(ctx, source, folder+"/repository")
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("%s: %w", source.Location(), err)
	}
	if err := layOut(ctx, repo, revision, folder+"/files"); err != nil {
		return catalog.Snapshot{}, fmt.Errorf("%s: %w", source.Location(), err)
	}
	root, err := os.OpenRoot(folder + "/files")
	if err != nil {
		return catalog.Snapshot{}, err
	}
	defer root.Close()
	patterns := source.Paths
	if len(patterns) == 0 {
		patterns = []string{"**"}
	}
	return readTree(ctx, root.FS(), patterns, format)
}

// openRepository opens a repository on this machine where it is, and clones any other into the folder: its last
// commit only, unless the source names a commit.
// It returns the revision to read there.
func openRepository(ctx context.Context, source catalog.Source, folder string) (repo *git.Repository, revision string, err error) {
	if info, err := os.Stat(source.Git); err == nil && info.IsDir() {
		repo, err = git.PlainOpen(source.Git)
		return repo, cmp.Or(source.Ref, "HEAD"), err
	}
	options := &git.CloneOptions{URL: source.Git, Tags: git.NoTags}
	name, found, err := remoteRef(ctx, source)
	if err != nil {
		return nil, "", err
	}
	revision = source.Ref
	if found {
		// A clone of one branch or tag knows it as its HEAD.
		options.ReferenceName, options.SingleBranch, options.Depth, revision = name, true, 1, "HEAD"
	}
	repo, err = git.PlainCloneContext(ctx, folder, true, options)
	return repo, revision, err
}

// remoteRef returns the full name of the source's branch or tag; found is false for what may be a commit.
func remoteRef(ctx context.Context, source catalog.Source) (name plumbing.ReferenceName, found bool, err error) {
	if source.Ref == "" {
		return plumbing.HEAD, true, nil
	}
	remote := git.NewRemote(nil, &config.RemoteConfig{Name: "origin", URLs: []string{source.Git}})
	refs, err := remote.ListContext(ctx, &git.ListOptions{})
	if err != nil {
		return "", false, err
	}
	for _, candidate := range candidates(source.Ref) {
		for _, ref := range refs {
			if ref.Name() == candidate {
				return candidate, true, nil
			}
		}
	}
	return "", false, nil
}

func candidates(ref string) []plumbing.ReferenceName {
	return []plumbing.ReferenceName{plumbing.NewBranchReferenceName(ref), plumbing.NewTagReferenceName(ref)}
}

// layOut writes the files of a revision below a folder.
func layOut(ctx context.Context, repo *git.Repository, revision, folder string) error {
	hash, err := repo.ResolveRevision(plumbing.Revision(revision))
	if err != nil {
		return fmt.Errorf("no such branch, tag or commit: %s", revision)
	}
	commit, err := repo.CommitObject(*hash)
	if err != nil {
		return err
	}
	tree, err := commit.Tree()
	if err != nil {
		return err
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	return tree.Files().ForEach(func(file *object.File) error { return errors.Join(ctx.Err(), layOutFile(root, file)) })
}

func layOutFile(root *os.Root, file *object.File) error {
	if err := root.MkdirAll(path.Dir(file.Name), 0o700); err != nil {
		return err
	}
	out, err := root.Create(file.Name)
	if err != nil {
		return err
	}
	defer out.Close()
	if !listfile.IsList(file.Name) || file.Mode == filemode.Symlink || file.Size > maxFile {
		return nil
	}
	in, err := file.Reader()
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
