package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"
	"waymark/catalog"
)

// schemaAt makes an empty database of an older schema.
func schemaAt(t *testing.T, version int64) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "old.db")
	db, err := sql.Open("sqlite", writerDSN(path))
	must(t, err)
	defer func() { must(t, db.Close()) }()
	db.SetMaxOpenConns(1)
	folder, err := fs.Sub(migrations, "migrations")
	must(t, err)
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, folder, goose.WithDisableGlobalRegistry(true))
	must(t, err)
	_, err = provider.UpTo(context.Background(), version)
	must(t, err)
	_, err = db.Exec(fmt.Sprintf(`PRAGMA application_id = %d`, applicationID))
	must(t, err)
	return path
}

// firstSchema makes a database of the first schema that holds lists, visits and findings, as an older Waymark left it.
func firstSchema(t *testing.T) string {
	t.Helper()
	path := schemaAt(t, 1)
	db, err := sql.Open("sqlite", writerDSN(path))
	must(t, err)
	defer func() { must(t, db.Close()) }()
	exec := func(query string, args ...any) {
		t.Helper()
		_, err := db.Exec(query, args...)
		must(t, err)
	}
	exec(`INSERT INTO sources (name, path, files, retired_at) VALUES ('a', 'a', 3, NULL), ('b', 'b', 1, NULL), ('c', 'c', 1, 5)`)
	exec(`INSERT INTO sections (source_id, headings, path, top, position) VALUES (1, '[]', '', '', 0), (1, '["A"]', 'A', 'A', 1),
		(1, '["A","B \u003cb\u003e"]', 'A / B <b>', 'A', 2), (2, '["A","C"]', 'A / C', 'A', 0), (3, '[]', '', '', 0)`)
	exec(`INSERT INTO hosts (name) VALUES ('one.example'), ('two.example')`)
	files := []string{"README.md", "docs/a/x.md", "docs/y.md"}
	for i := range 60 {
		state := []catalog.State{catalog.OK, catalog.Dead, catalog.Failing, catalog.Unchecked, catalog.Blocked}[i%5]
		exec(`INSERT INTO resources (url, host_id, state, reason, title) VALUES (?, ?, ?, 'ok', ?)`,
			fmt.Sprintf("https://one.example/%d", i), 1+i%2, string(state), fmt.Sprintf("Page %d", i))
		for n := range 1 + i%3 {
			source := 1 + n%2
			section := map[int]int{1: 1 + i%3, 2: 4}[source]
			exec(`INSERT INTO placements (source_id, resource_id, section_id, file, line, col, start, stop, title, kind, url, fragment, added_at)
				VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, 'article', 'u', ?, 1)`, source, i+1, section, files[(i+n)%3*(2-source)], i, i*10, i*10+5, fmt.Sprint("Title ", i), fmt.Sprint("f", n))
		}
		if state == catalog.Dead {
			exec(`INSERT INTO findings (resource_id, kind, message, opened_at) VALUES (?, 'dead', 'm', ?)`, i+1, i)
		}
		if i%7 == 0 {
			exec(`INSERT INTO findings (resource_id, kind, fragment, message, opened_at, closed_at) VALUES (?, 'missing-anchor', 'f0', 'm', ?, ?),
				(?, 'moved', '', 'm', ?, 9)`, i+1, i, nil, i+1, i)
		}
	}
	exec(`UPDATE placements SET retired_at = 9 WHERE resource_id % 10 = 0`)
	return path
}

func TestAnOlderDatabaseIsBroughtUpToDate(t *testing.T) {
	s := openAt(t, firstSchema(t))
	change(t, s, `UPDATE resources SET due_at = CASE WHEN placed > 0 THEN 1 END`)
	change(t, s, `UPDATE hosts SET next_at = `+nextOfHost)
	must(t, talliesHold(s))
	must(t, wordsHold(s))
	must(t, integrity(s))
	root, err := s.Branch(t.Context(), "a", 0, noon)
	must(t, err)
	if root.Links == 0 || root.Findings[catalog.FindingMissingAnchor] == 0 || len(root.Below) != 2 {
		t.Errorf("the old lists became %+v", root)
	}
	visit(t, s, noon, 404)
	bring(t, s, list("a", noon, link(1, "One", "https://one.example/1", "A", "B <b>"), link(2, "New", "https://new.example/")))
	must(t, talliesHold(s))
	must(t, wordsHold(s))
}
