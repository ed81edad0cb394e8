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
