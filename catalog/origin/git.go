package origin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/transport"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// readGit reads the lists of one commit of a repository: on this machine where it is, any other from a clone. The
// commit whose hash is known is not read again.
func (r *Reader) readGit(ctx context.Context, source catalog.Source, format listfile.Format, known string) (catalog.Snapshot, error) {
	patience := cmp.Or(r.Patience, defaultPatience)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	reading := gitReading{reader: r, source: source, format: format, known: known}
	snap, err := reading.start(ctx)
	switch {
	case err != nil && (errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded)):
		return snap, fmt.Errorf("%s: not read within %s", source.Location(), patience)
	case err != nil:
		return snap, fmt.Errorf("%s: %w", source.Location(), err)
	}
	return snap, nil
}

// gitReading is one reading of a repository.
type gitReading struct {
	reader *Reader
	source catalog.Source
	format listfile.Format
	known  string // the hash of the snapshot that need not be read again
}

func (g gitReading) start(ctx context.Context) (catalog.Snapshot, error) {
	endpoint, err := transport.NewEndpoint(g.source.Git)
	switch {
	case err != nil: // it repeats the address, in which a token may stand
		return catalog.Snapshot{}, errors.New("not the address of a git repository")
	case endpoint.Protocol == "file":
		return g.onDisk(ctx)
	default:
		return g.elsewhere(ctx, newRemote(g.source.Git, endpoint))
	}
}

func (g gitReading) onDisk(ctx context.Context) (catalog.Snapshot, error) {
	folder, err := absolute(g.reader.Folder, strings.TrimPrefix(g.source.Git, "file://"))
	if err != nil {
		return catalog.Snapshot{}, err
	}
	repo, err := openRepository(folder)
	if err != nil {
		return catalog.Snapshot{}, err
	}
	return g.read(ctx, repo, cmp.Or(g.source.Ref, "HEAD"))
}

// openRepository opens a repository on this machine, be it bare, a work tree, or one of several work trees.
func openRepository(folder string) (*git.Repository, error) {
	return git.PlainOpenWithOptions(folder, &git.PlainOpenOptions{EnableDotGitCommonDir: true})
}

func (g gitReading) elsewhere(ctx context.Context, from remote) (catalog.Snapshot, error) {
	at, err := from.find(ctx, g.source.Ref)
	if err != nil {
		return catalog.Snapshot{}, withoutPage(err)
	}
	if hash := g.hash(at.commit); hash == g.known {
		return catalog.Snapshot{Hash: hash}, nil
	}
	folder, err := os.MkdirTemp("", "waymark-git-")
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("temporary folder: %w", err)
	}
	defer os.RemoveAll(folder)
	repo, err := from.clone(ctx, at.name, folder)
	if err != nil {
		return catalog.Snapshot{}, withoutPage(err)
	}
	return g.read(ctx, repo, at.revision)
}

// withoutPage leaves out the page that a server sent along with its refusal, which go-git puts whole behind its own words.
func withoutPage(err error) error {
	for _, refused := range []error{transport.ErrRepositoryNotFound, transport.ErrAuthenticationRequired, transport.ErrAuthorizationFailed} {
		if errors.Is(err, refused) {
			return refused
		}
	}
	return err
}

// read reads the lists of a revision. It is laid out in a temporary folder, so that lists in git are read like lists
// on disk.
func (g gitReading) read(ctx context.Context, repo *git.Repository, revision string) (catalog.Snapshot, error) {
	commit, err := repo.ResolveRevision(plumbing.Revision(revision))
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("no such branch, tag or commit: %s", revision)
	}
	hash := g.hash(*commit)
	if hash == g.known {
		return catalog.Snapshot{Hash: hash}, nil
	}
	folder, err := os.MkdirTemp("", "waymark-git-")
	if err != nil {
		return catalog.Snapshot{}, fmt.Errorf("temporary folder: %w", err)
	}
	defer os.RemoveAll(folder)
	root, err := os.OpenRoot(folder)
	if err != nil {
		return catalog.Snapshot{}, err
	}
	defer root.Close()
	if err := g.layOut(ctx, repo, *commit, root); err != nil {
		return catalog.Snapshot{}, err
	}
	patterns := g.source.Paths
	if len(patterns) == 0 {
		patterns = []string{"**"}
	}
	snap, err := g.reader.readTree(ctx, root.FS(), patterns, g.format)
	snap.Hash = hash
	return snap, err
}

func (g gitReading) hash(commit plumbing.Hash) string {
	return digestCommit(g.source, commit.String())
}

// layOut writes the files of a commit. Those that are not read are laid out empty, for links to find them.
func (g gitReading) layOut(ctx context.Context, repo *git.Repository, id plumbing.Hash, root *os.Root) error {
	commit, err := repo.CommitObject(id)
	if err != nil {
		return err
	}
	tree, err := commit.Tree()
	if err != nil {
		return err
	}
	return tree.Files().ForEach(func(file *object.File) error { return errors.Join(ctx.Err(), g.layOutFile(root, file)) })
}

func (g gitReading) layOutFile(root *os.Root, file *object.File) error {
	if err := root.MkdirAll(path.Dir(file.Name), 0o700); err != nil {
		return err
	}
	out, err := root.Create(file.Name)
	if err != nil {
		return err
	}
	defer out.Close()
	named := slices.Contains(g.source.Paths, file.Name)
	switch {
	case !listfile.IsList(path.Base(file.Name)) && !named || file.Mode == filemode.Symlink:
		return nil
	case file.Size > g.reader.maxFile():
		return out.Truncate(file.Size) // a hole of the same size: reading it says that it is too large
	}
	in, err := file.Reader()
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
