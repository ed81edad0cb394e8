package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"waymark/catalog"
)

// branchesShown is how many branches below one a page shows.
const branchesShown = 1000

// upwards ends a query that begins with the numbers of leaf (id, kind, n): it sums them up to the sources.
const upwards = `, up (id, kind, n) AS (SELECT * FROM leaf
	UNION ALL SELECT b.parent_id, up.kind, up.n FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
	SELECT id, kind, sum(n) FROM up GROUP BY id, kind`

// Branch returns a branch of a source with those directly around it; number 0 is the source itself. Links that are dead
// or failing count whether or not somebody set their findings aside. The error is catalog.ErrNotFound when there is no
// such source, or no such branch of it.
func (s *Store) Branch(ctx context.Context, source string, id int64, now time.Time) (tree catalog.Tree, err error) {
	err = s.read(ctx, "read a branch", func(ctx context.Context, tx *sql.Tx) error {
		number, err := idOf(ctx, tx, `SELECT id FROM sources WHERE name = ? AND retired_at IS NULL`, source)
		if err != nil {
			return err
		}
		if number == 0 {
			return catalog.ErrNotFound
		}
		if id == 0 {
			if id, err = rootOf(ctx, tx, number); err != nil || id == 0 {
				tree.Branch = catalog.Branch{Source: source, Name: source, Kind: catalog.BranchSource}
				return err
			}
		}
		lineage, err := readBranches(ctx, tx, `WITH RECURSIVE up (id, depth) AS (VALUES (?, 0)
				UNION ALL SELECT a.parent_id, depth + 1 FROM up JOIN branches a ON a.id = up.id WHERE a.parent_id IS NOT NULL)`,
			`FROM up CROSS JOIN branches b ON b.id = up.id WHERE b.source_id = ? ORDER BY depth DESC`, id, number)
		if err != nil {
			return err
		}
		if len(lineage) == 0 {
			return catalog.ErrNotFound
		}
		tree.Above, tree.Branch = lineage[:len(lineage)-1], lineage[len(lineage)-1]
		tree.Below, err = readBranches(ctx, tx, ``, `FROM branches b WHERE b.parent_id = ? AND b.links > 0
			ORDER BY b.position, b.name LIMIT ?`, id, branchesShown)
		if err != nil {
			return err
		}
		shown := []*catalog.Branch{&tree.Branch}
		return addBranchFindings(ctx, tx, number, append(append(shown, pointers(tree.Above)...), pointers(tree.Below)...), now)
	})
	return tree, err
}

func pointers(list []catalog.Branch) []*catalog.Branch {
	var all []*catalog.Branch
	for i := range list {
		all = append(all, &list[i])
	}
	return all
}

// rootOf returns the branch of a source itself; 0 where it never held a link.
func rootOf(ctx context.Context, tx *sql.Tx, source int64) (id int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT coalesce((SELECT id FROM branches WHERE source_id = ? AND file = '' AND headings = '[]' AND kind = 'source'), 0)`,
		source).Scan(&id)
	return id, err
}

// readBranches reads branches b; with begins the query, and the clause selects and orders them.
func readBranches(ctx context.Context, tx *sql.Tx, with, clause string, args ...any) ([]catalog.Branch, error) {
	rows, err := tx.QueryContext(ctx, with+` SELECT b.id, (SELECT name FROM sources WHERE id = b.source_id), b.kind, b.name, b.file, b.headings,
		b.links, b.unchecked, b.ok, b.failing, b.dead, b.blocked, b.skipped,
		(SELECT count(*) FROM branches c WHERE c.parent_id = b.id AND c.links > 0) `+clause, args...)
	return collect(rows, err, func(rows *sql.Rows) (b catalog.Branch, err error) {
		var headings string
		var unchecked, ok, failing, dead, blocked, skipped int
		if err := rows.Scan(&b.ID, &b.Source, &b.Kind, &b.Name, &b.File, &headings, &b.Links,
			&unchecked, &ok, &failing, &dead, &blocked, &skipped, &b.Branches); err != nil {
			return b, err
		}
		b.States = statesOf(unchecked, ok, failing, dead, blocked, skipped)
		if b.Kind == catalog.BranchHeading {
			return b, json.Unmarshal([]byte(headings), &b.Headings)
		}
		return b, nil
	})
}

// branchFindings counts findings by branch and kind.
type branchFindings map[int64]map[catalog.FindingKind]int

// addBranchFindings adds the open findings that are not set aside to branches of a source.
func addBranchFindings(ctx context.Context, tx *sql.Tx, source int64, shown []*catalog.Branch, now time.Time) error {
	ids := make([]int64, len(shown))
	for i, b := range shown {
		ids[i] = b.ID
	}
	open, err := readBranchFindings(ctx, tx, `SELECT branch_id, kind, count FROM branch_findings
		WHERE branch_id IN (SELECT value FROM json_each(?)) AND count > 0`, numbers(ids))
	if err != nil {
		return err
	}
	aside, err := branchesAside(ctx, tx, source, now)
	for _, b := range shown {
		b.Findings = open[b.ID]
		for kind, n := range aside[b.ID] {
			if b.Findings[kind] -= n; b.Findings[kind] <= 0 {
				delete(b.Findings, kind)
			}
		}
	}
	return err
}

func readBranchFindings(ctx context.Context, tx *sql.Tx, query string, args ...any) (branchFindings, error) {
	all := branchFindings{}
	rows, err := tx.QueryContext(ctx, query, args...)
	return all, each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var kind catalog.FindingKind
		var n int
		err := rows.Scan(&id, &kind, &n)
		if all[id] == nil {
			all[id] = map[catalog.FindingKind]int{}
		}
		all[id][kind] = n
		return err
	})
}

// branchesAside counts what is set aside in each branch of a source. People set little aside, so that it is counted
// when it is asked for.
func branchesAside(ctx context.Context, tx *sql.Tx, source int64, now time.Time) (branchFindings, error) {
	return readBranchFindings(ctx, tx, `WITH RECURSIVE leaf (id, kind, n) AS (SELECT p.branch_id, f.kind, count(*)
		FROM reviews v INDEXED BY reviews_decision
		CROSS JOIN findings f ON (f.resource_id, f.kind, f.fragment) = (v.resource_id, v.kind, v.fragment) AND f.closed_at IS NULL
		CROSS JOIN placements p ON p.resource_id = f.resource_id AND p.retired_at IS NULL AND (f.fragment = '' OR f.fragment = p.fragment)
		WHERE v.decision = 'aside' AND `+standing+` AND p.source_id = ? GROUP BY 1, 2)`+upwards, now.UnixMilli(), source)
}

// SoreBranches returns the branches of a source, or of all sources for the empty name, with the most dead links, and
// then with the most failing ones. They are files where a source has several, else headings that hold such links
// themselves. Dead links whose findings are set aside do not count.
func (s *Store) SoreBranches(ctx context.Context, source string, limit int, now time.Time) (list []catalog.Branch, err error) {
	err = s.read(ctx, "read sore branches", func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id, files FROM sources WHERE retired_at IS NULL AND (? = '' OR name = ?)`, source, source)
		sources, err := collect(rows, err, func(rows *sql.Rows) (o [2]int64, err error) { return o, rows.Scan(&o[0], &o[1]) })
		if err != nil {
			return err
		}
		ill := map[int64]int{} // dead links that are not set aside
		for _, o := range sources {
			found, err := soreOf(ctx, tx, o[0], o[1] > 1, limit, now, ill)
			if err != nil {
				return err
			}
			list = append(list, found...)
		}
		slices.SortStableFunc(list, func(a, b catalog.Branch) int {
			if ill[a.ID] != ill[b.ID] {
				return ill[b.ID] - ill[a.ID]
			}
			return b.States[catalog.Failing] - a.States[catalog.Failing]
		})
		list = list[:min(len(list), limit)]
		return nil
	})
	return list, err
}

// soreOf returns the sorest branches of one source, and notes how many dead links count. It reads as many more as have
// something set aside, as those may not be sore.
func soreOf(ctx context.Context, tx *sql.Tx, source int64, byFile bool, limit int, now time.Time, ill map[int64]int) ([]catalog.Branch, error) {
	aside, err := branchesAside(ctx, tx, source, now)
	if err != nil {
		return nil, err
	}
	clause := `FROM branches b INDEXED BY branches_sore WHERE b.source_id = ? AND b.kind = 'heading' AND b.sore > 0 ORDER BY b.sore DESC LIMIT ?`
	if byFile {
		clause = `FROM branches b INDEXED BY branches_dead WHERE b.source_id = ? AND b.kind = 'file' AND b.dead + b.failing > 0
			ORDER BY b.dead DESC, b.failing DESC LIMIT ?`
	}
	found, err := readBranches(ctx, tx, ``, clause, source, limit+len(aside))
	if err != nil {
		return nil, err
	}
	for _, b := range found {
		ill[b.ID] = max(b.States[catalog.Dead]-aside[b.ID][catalog.FindingDead], 0)
	}
	found = slices.DeleteFunc(found, func(b catalog.Branch) bool { return ill[b.ID]+b.States[catalog.Failing] == 0 })
	return found, addBranchFindings(ctx, tx, source, pointers(found), now)
}
