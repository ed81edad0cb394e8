package sqlite

import (
	"context"
	"database/sql"
	"path"

	"waymark/catalog"
)

// branching writes the branches of one source.
type branching struct {
	source  string               // its name
	known   map[branchPath]int64 // numbers known so far
	touched map[string]bool      // files in which something was placed
}

// branchPath tells the branches of a source apart.
type branchPath struct{ file, headings string }

func newBranching(source string) branching {
	return branching{source, map[branchPath]int64{}, map[string]bool{}}
}

// at returns the branch of a heading, or that of the file where there is none above a link, and makes what is missing
// of it up to the source.
func (b branching) at(ctx context.Context, db *statements, source int64, file string, section []string) (int64, error) {
	b.touched[file] = true
	kind := catalog.BranchFile
	if len(section) > 0 {
		kind = catalog.BranchHeading
	}
	return b.branch(ctx, db, source, kind, file, section)
}

func (b branching) branch(ctx context.Context, db *statements, source int64, kind catalog.BranchKind, file string, section []string) (int64, error) {
	key := branchPath{file, headings(section)}
	if id, known := b.known[key]; known {
		return id, nil
	}
	parent, name, err := b.parent(ctx, db, source, kind, file, section)
	if err != nil {
		return 0, err
	}
	var id int64
	err = db.scan(ctx, &id, `INSERT INTO branches (source_id, parent_id, kind, file, headings, name) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET kind = excluded.kind RETURNING id`, source, parent, string(kind), key.file, key.headings, name)
	b.known[key] = id
	return id, err
}

// parent returns the branch above one, nil above the source, and the name of the one below.
func (b branching) parent(ctx context.Context, db *statements, source int64, kind catalog.BranchKind, file string, section []string) (id any, name string, err error) {
	switch folder, last := path.Split(file); {
	case len(section) > 1:
		id, err = b.branch(ctx, db, source, catalog.BranchHeading, file, section[:len(section)-1])
		return id, section[len(section)-1], err
	case len(section) == 1:
		id, err = b.branch(ctx, db, source, catalog.BranchFile, file, nil)
		return id, section[0], err
	case kind == catalog.BranchSource:
		return nil, b.source, nil
	case path.Clean(folder) == "." || path.Clean(folder) == "/":
		id, err = b.branch(ctx, db, source, catalog.BranchSource, "", nil)
		return id, last, err
	default:
		id, err = b.branch(ctx, db, source, catalog.BranchFolder, path.Clean(folder), nil)
		return id, last, err
	}
}

// order writes the places of headings in the files that were touched, where they changed.
func (b branching) order(ctx context.Context, tx *sql.Tx, source int64, snap catalog.Snapshot) error {
	db := compile(tx)
	for _, listing := range snap.Listings {
		if !b.touched[listing.File] {
			continue
		}
		place := map[string]int{}
		for _, p := range listing.Placements {
			for depth := range p.Section {
				if key := headings(p.Section[:depth+1]); place[key] == 0 {
					place[key] = len(place) + 1
				}
			}
		}
		for key, n := range place {
			if err := db.exec(ctx, `UPDATE branches SET position = ? WHERE source_id = ? AND file = ? AND headings = ? AND position <> ?`,
				n, source, listing.File, key, n); err != nil {
				return err
			}
		}
	}
	return nil
}
