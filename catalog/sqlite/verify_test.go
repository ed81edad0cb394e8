package sqlite

import (
	"context"
	"log/slog"
	"strings"
	"testing"
)

// TestVerify: damage that opening does not look for, as it would take too long there, is found.
func TestVerify(t *testing.T) {
	for name, test := range map[string]struct{ damage, want string }{
		"whole": {`SELECT 1`, ""},
		"an index that disagrees with its table": {
			`PRAGMA writable_schema = ON;
			UPDATE sqlite_schema SET sql = replace(sql, '(source_id, section, resource_id)', '(section, source_id, resource_id)')
			WHERE name = 'memberships_section'`, "memberships_section"},
		"a resource that no search finds": {`DELETE FROM texts WHERE rowid = 1`, "resources in the index of words"},
		"a finding that is not shown":     {`INSERT INTO findings (resource_id, kind, message, opened_at) VALUES (1, 'dead', 'm', 1); DELETE FROM flags`, "open findings in their order"},
		"a branch that miscounts":         {`UPDATE branches SET links = links + 1`, "links in the branches"},
		"a host that miscounts":           {`UPDATE host_tallies SET resources = 0`, "resources in the tallies of hosts"},
		"a state that miscounts":          {`UPDATE state_tallies SET count = count + 1`, "resources in the tallies of states"},
		"a row that points nowhere": {
			`PRAGMA foreign_keys = OFF; DELETE FROM sources`, "point to no row of sources"},
	} {
		t.Run(name, func(t *testing.T) {
			path := made(t)
			execRaw(t, path, test.damage)
			s, err := Open(context.Background(), path, slog.New(slog.DiscardHandler))
			must(t, err)
			defer s.Close()
			switch err := s.Verify(t.Context()); {
			case test.want == "" && err != nil:
				t.Errorf("a whole database is called damaged: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), "is damaged") || !strings.Contains(err.Error(), test.want)):
				t.Errorf("the damage is told as %v, want a sentence with %q", err, test.want)
			}
		})
	}
}
