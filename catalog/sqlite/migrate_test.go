package sqlite

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"
)

// TestAnOlderSchemaKeepsItsHistoryAndItsClock: what schema 2 kept in columns and an index is found after the update.
func TestAnOlderSchemaKeepsItsHistoryAndItsClock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "waymark.db")
	old := &Store{path: path, log: slog.New(slog.DiscardHandler)}
	must(t, old.connectWriter())
	provider, err := old.migrations()
	must(t, err)
	_, err = provider.UpTo(t.Context(), 2)
	must(t, err)
	_, err = old.writer.Exec(`PRAGMA application_id = `+numberText(applicationID)+`;
		INSERT INTO hosts (id, name, next_at) VALUES (1, 'one.example', ?2);
		INSERT INTO sources (id, name) VALUES (1, 'a');
		INSERT INTO sections (id, source_id, headings, path, top, position) VALUES (1, 1, '[]', '', '', 0);
		INSERT INTO resources (id, url, host_id, due_at, lease_until, token) VALUES (1, 'https://one.example/1', 1, ?1, ?2, 3), (2, 'https://one.example/2', 1, ?1, ?2, 1);
		INSERT INTO placements (source_id, resource_id, section_id, file, line, col, start, stop, title, kind, url, fragment, added_at)
			SELECT 1, id, 1, 'README.md', id, 1, 0, 1, 'Title', 'article', url, '', ?1 FROM resources;
		INSERT INTO observations (resource_id, at, duration_us, attempts, status, content_type, bytes, state, reason, message)
			SELECT r.column1, ?1 + r.column2, 0, 1, r.column2, '', 0, 'ok', 'ok', '' FROM (VALUES (1, 201), (2, 202), (1, 203), (1, 204)) r`,
		stamp(noon), stamp(noon.Add(time.Hour)))
	must(t, err)
	must(t, old.writer.Close())

	s := openAt(t, path)
	must(t, integrity(s))
	must(t, talliesHold(s))
	claims := claim(t, s, noon, 9, 9)
	same(t, "leases ended with the process", urls(claims), []string{"https://one.example/1", "https://one.example/2"})
	record(t, s, judged(claims[0], answer(claims[0], noon.Add(time.Minute), 200), noon.Add(time.Minute)))
	statuses := func(url string) (list []time.Duration) {
		for _, seen := range detail(t, s, url).History {
			list = append(list, seen.At.Sub(noon))
		}
		return list
	}
	same(t, "history of the first, the latest first", statuses("https://one.example/1"),
		[]time.Duration{time.Minute, 204 * time.Millisecond, 203 * time.Millisecond, 201 * time.Millisecond})
	same(t, "history of the second", statuses("https://one.example/2"), []time.Duration{202 * time.Millisecond})
}
