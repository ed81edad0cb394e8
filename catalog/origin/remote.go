package origin

import (
	"cmp"
	"context"
	"strings"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/config"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/plumbing/transport/http"
)

// remote is a repository on another machine.
type remote struct {
	address string
	auth    transport.AuthMethod // nil: what the address says, or an SSH agent
	ssh     bool
}

// newRemote takes the name and password out of a web address: errors repeat the address.
func newRemote(address string, endpoint *transport.Endpoint) remote {
	if endpoint.User == "" && endpoint.Password == "" || !strings.HasPrefix(endpoint.Protocol, "http") {
		return remote{address: address, ssh: endpoint.Protocol == "ssh"}
	}
	auth := &http.BasicAuth{Username: endpoint.User, Password: endpoint.Password}
	bare := *endpoint
	bare.User, bare.Password = "", ""
	return remote{address: bare.String(), auth: auth}
}

// proxy ends what is not ended by its context; for HTTP it names none, so that the environment may.
func (m remote) proxy(ctx context.Context) transport.ProxyOptions {
	if m.ssh {
		return untilDone(ctx)
	}
	return transport.ProxyOptions{}
}

// tip is what a source names in a remote repository.
type tip struct {
	name     plumbing.ReferenceName // the branch or tag to clone; empty: a commit, which only a whole clone finds
	revision string                 // what to read in the clone
	commit   plumbing.Hash          // zero: not known before the clone
}

// find looks up a branch, tag or commit without fetching it; the empty one is what the repository's HEAD is at.
func (m remote) find(ctx context.Context, ref string) (tip, error) {
	from := git.NewRemote(nil, &config.RemoteConfig{Name: "origin", URLs: []string{m.address}})
	list, err := from.ListContext(ctx, &git.ListOptions{Auth: m.auth, ProxyOptions: m.proxy(ctx), PeelingOption: git.AppendPeeled})
	if err != nil {
		return tip{}, err
	}
	refs := map[plumbing.ReferenceName]*plumbing.Reference{}
	for _, r := range list {
		refs[r.Name()] = r
	}
	for _, name := range candidates(ref) {
		if found, ok := refs[name]; ok {
			// A clone of one branch or tag knows it as its HEAD.
			return tip{name: name, revision: "HEAD", commit: commitOf(found, refs)}, nil
		}
	}
	at := tip{revision: cmp.Or(ref, "HEAD")}
	if plumbing.IsHash(ref) {
		at.commit = plumbing.NewHash(ref)
	}
	return at, nil
}

func candidates(ref string) []plumbing.ReferenceName {
	if ref == "" {
		return []plumbing.ReferenceName{plumbing.HEAD}
	}
	return []plumbing.ReferenceName{plumbing.NewBranchReferenceName(ref), plumbing.NewTagReferenceName(ref)}
}

// commitOf returns the commit that a reference leads to. A HEAD is at a branch, and an annotated tag is an object of
// its own: servers list beside it, under its name and "^{}", what it was put on.
func commitOf(found *plumbing.Reference, refs map[plumbing.ReferenceName]*plumbing.Reference) plumbing.Hash {
	if at, ok := refs[found.Target()]; ok {
		return at.Hash()
	}
	if peeled, ok := refs[found.Name()+"^{}"]; ok {
		return peeled.Hash()
	}
	return found.Hash()
}

// clone fetches one branch or tag with its last commit only; without a name it fetches all that there is.
func (m remote) clone(ctx context.Context, name plumbing.ReferenceName, folder string) (*git.Repository, error) {
	options := &git.CloneOptions{URL: m.address, Auth: m.auth, ProxyOptions: m.proxy(ctx), Tags: git.NoTags}
	if name != "" {
		options.ReferenceName, options.SingleBranch, options.Depth = name, true, 1
	}
	return git.PlainCloneContext(ctx, folder, true, options)
}
