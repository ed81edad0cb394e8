package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
)

// shared is a store with two sources: both hold both.example, and each a host of its own.
func shared(t *testing.T) *Store {
	t.Helper()
	s := open(t)
	bring(t, s, list("one", noon, link(1, "Both", "https://both.example/"), link(2, "One", "https://one.example/"), link(3, "Guide", "guide.md")))
	bring(t, s, list("two", noon, link(1, "Both", "https://both.example/"), link(2, "Two", "https://two.example/")))
	return s
}

func pause(t *testing.T, s *Store, p catalog.Pause) {
	t.Helper()
	if p.Since.IsZero() {
		p.Since = noon
	}
	must(t, s.Pause(t.Context(), p))
	must(t, s.Verify(t.Context()))
}

func resume(t *testing.T, s *Store, what catalog.Pause, now time.Time) {
	t.Helper()
	must(t, s.Resume(t.Context(), what, now))
	must(t, s.Verify(t.Context()))
}

// hosts are those of the claims that can be had at a time; they are given back.
func hosts(t *testing.T, s *Store, now time.Time) map[string]int {
	t.Helper()
	claims := claim(t, s, now, 1000, 1000)
	must(t, s.Release(t.Context(), claims))
	return perHost(claims)
}

func TestNothingPausedIsClaimed(t *testing.T) {
	all := map[string]int{"both.example": 1, "one.example": 1, "two.example": 1}
	for name, test := range map[string]struct {
		pauses []catalog.Pause
		want   map[string]int
	}{
		"nothing":                       {nil, all},
		"a host":                        {[]catalog.Pause{{Host: "one.example"}}, map[string]int{"both.example": 1, "two.example": 1}},
		"a source":                      {[]catalog.Pause{{Source: "one"}}, map[string]int{"both.example": 1, "two.example": 1}},
		"both sources":                  {[]catalog.Pause{{Source: "one"}, {Source: "two"}}, map[string]int{}},
		"a source and the host of both": {[]catalog.Pause{{Source: "one"}, {Host: "both.example"}}, map[string]int{"two.example": 1}},
		"everything":                    {[]catalog.Pause{{}}, map[string]int{}},
		"a host that no list holds":     {[]catalog.Pause{{Host: "elsewhere.example"}}, all},
	} {
		t.Run(name, func(t *testing.T) {
			s := shared(t)
			for _, p := range test.pauses {
				pause(t, s, p)
			}
			same(t, "claimed", hosts(t, s, noon), test.want)
			for _, p := range test.pauses {
				resume(t, s, p, noon)
			}
			same(t, "claimed after the pause", hosts(t, s, noon), all)
		})
	}
}

func TestAPauseEndsByItself(t *testing.T) {
	for _, what := range []catalog.Pause{{}, {Source: "one"}, {Host: "one.example"}} {
		t.Run(what.What(), func(t *testing.T) {
			s := shared(t)
			end := noon.Add(48 * time.Hour)
			what.Until, what.Why, what.By = end, "rebuilt", "Ada"
			pause(t, s, what)
			same(t, "before", hosts(t, s, end.Add(-time.Millisecond))["one.example"], 0)
			what.Since = noon
			list, err := s.Pauses(t.Context(), noon)
			must(t, err)
			same(t, "in force", list, []catalog.Pause{what})
			if what.Source == "" && what.Host == "" {
				next, err := s.NextDue(t.Context(), noon)
				must(t, err)
				same(t, "next", next, end)
			}
			same(t, "after", hosts(t, s, end)["one.example"], 1)
			list, err = s.Pauses(t.Context(), end)
			must(t, err)
			same(t, "in force after", len(list), 0)
		})
	}
}

func TestAPauseFollowsItsSource(t *testing.T) {
	s := shared(t)
	pause(t, s, catalog.Pause{Source: "one"})
	bring(t, s, list("one", noon, link(1, "Both", "https://both.example/"), link(2, "New", "https://new.example/")))
	must(t, s.Verify(t.Context()))
	same(t, "what enters is paused", hosts(t, s, noon), map[string]int{"both.example": 1, "two.example": 1})
	bring(t, s, list("two", noon, link(1, "New", "https://new.example/")))
	must(t, s.Verify(t.Context()))
	same(t, "another source takes it in, and leaves the other alone", hosts(t, s, noon), map[string]int{"new.example": 1})
	must(t, s.RetireSources(t.Context(), []string{"one"}))
	must(t, s.Verify(t.Context()))
	same(t, "its last source in force is gone", hosts(t, s, noon), map[string]int{})
	must(t, s.RetireSources(t.Context(), nil))
	list, err := s.Pauses(t.Context(), noon)
	must(t, err)
	same(t, "a source that is gone is not shown", len(list), 0)
}

func TestVisitsUnderWayAreRecordedInAPause(t *testing.T) {
	s := shared(t)
	claims := claim(t, s, noon, 10, 10)
	pause(t, s, catalog.Pause{})
	record(t, s, judged(claims[0], answer(claims[0], noon, 200), noon))
	same(t, "state", detail(t, s, claims[0].URL).Verdict.State, catalog.OK)
}

func TestCheckNowIsRefusedInAPause(t *testing.T) {
	for _, p := range []catalog.Pause{{Why: "moving"}, {Source: "one"}, {Host: "one.example"}} {
		t.Run(p.What(), func(t *testing.T) {
			s := shared(t)
			ids := []int64{detail(t, s, "https://two.example/").ID, detail(t, s, "https://one.example/").ID}
			pause(t, s, p)
			var refused *catalog.PausedError
			if err := s.CheckNow(t.Context(), ids, noon); !errors.As(err, &refused) || refused.Pause.What() != p.What() || refused.Pause.Why != p.Why {
				t.Errorf("got %v, want a refusal for %s", err, p.What())
			}
			resume(t, s, p, noon.Add(time.Minute))
			must(t, s.CheckNow(t.Context(), ids[1:], noon.Add(time.Minute)))
			same(t, "the first after the pause", urls(claim(t, s, noon.Add(time.Minute), 1, 1)), []string{"https://one.example/"})
		})
	}
}

func TestPausesAreNotOverdue(t *testing.T) {
	long, end := noon.Add(240*time.Hour), noon.Add(200*time.Hour)
	for name, test := range map[string]struct {
		p        catalog.Pause
		overdue  int
		resumeAt time.Time
	}{
		"of everything":        {catalog.Pause{}, 0, end},
		"of a source":          {catalog.Pause{Source: "one"}, 2, end},
		"of a host":            {catalog.Pause{Host: "one.example"}, 2, end},
		"of a host, by itself": {catalog.Pause{Host: "one.example", Until: end}, 2, time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			s := shared(t)
			pause(t, s, test.p)
			counts := func(now time.Time) int {
				c, err := s.Counts(t.Context(), now)
				must(t, err)
				return c.Overdue
			}
			same(t, "overdue", counts(end.Add(-time.Hour)), test.overdue)
			if !test.resumeAt.IsZero() {
				resume(t, s, test.p, test.resumeAt)
			}
			same(t, "overdue right after", counts(end.Add(catalog.OverdueAfter-time.Second)), test.overdue)
			same(t, "overdue at last", counts(long), 3)
			same(t, "due", overview(t, s, long).Due, 3)
		})
	}
}

func TestPauseErrors(t *testing.T) {
	s := shared(t)
	for name, err := range map[string]error{
		"an unknown source": s.Pause(t.Context(), catalog.Pause{Source: "none", Since: noon}),
		"not paused":        s.Resume(t.Context(), catalog.Pause{Source: "one"}, noon),
		"nothing paused":    s.Resume(t.Context(), catalog.Pause{}, noon),
	} {
		if !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("%s gives %v", name, err)
		}
	}
	if err := s.Pause(t.Context(), catalog.Pause{Host: "No Host", Since: noon}); err == nil || !strings.Contains(err.Error(), "is not the name of a host") {
		t.Errorf("a bad host gives %v", err)
	}
	pause(t, s, catalog.Pause{Host: "one.example", Why: "first"})
	pause(t, s, catalog.Pause{Host: "one.example", Why: "second", Since: noon.Add(time.Hour)})
	list, err := s.Pauses(t.Context(), noon)
	must(t, err)
	same(t, "a second word changes the first", list, []catalog.Pause{{Host: "one.example", Since: noon, Why: "second"}})
}

// TestVerifyFindsAPauseThatClaimsForgot: what is kept in two places is compared.
func TestVerifyFindsAPauseThatClaimsForgot(t *testing.T) {
	for _, damage := range []string{`UPDATE hosts SET paused_until = 0`, `UPDATE resources SET paused_until = 0`} {
		s := shared(t)
		pause(t, s, catalog.Pause{Host: "one.example"})
		pause(t, s, catalog.Pause{Source: "two"})
		_, err := s.writer.Exec(damage)
		must(t, err)
		if err := s.Verify(t.Context()); err == nil || !strings.Contains(err.Error(), "disagree with the pauses") {
			t.Errorf("%s: %v", damage, err)
		}
	}
}

// TestOpenBeside: a person's decision goes through while a service has the database open.
func TestOpenBeside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "waymark.db")
	service := openAt(t, path)
	bring(t, service, onHosts(noon, 2, "one.example"))
	held := claim(t, service, noon, 1, 1)
	beside, err := OpenBeside(t.Context(), path, slog.New(slog.DiscardHandler))
	must(t, err)
	defer beside.Close()
	must(t, beside.Pause(t.Context(), catalog.Pause{Host: "one.example", Since: noon}))
	same(t, "the service gives no more", len(claim(t, service, noon, 9, 9)), 0)
	record(t, service, judged(held[0], answer(held[0], noon, 200), noon))
	same(t, "its leases were left alone", detail(t, service, held[0].URL).Verdict.State, catalog.OK)
	if _, err := Open(t.Context(), path, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a second service can open the database")
	}
	execRaw(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	if _, err := OpenBeside(t.Context(), path, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "of another version (schema 9999") {
		t.Errorf("beside another version: %v", err)
	}
}

// TestAStoreFromBeforePausesIsUpdated: a file of the first schema, with data, and a host put off for its quiet hours.
func TestAStoreFromBeforePausesIsUpdated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "waymark.db")
	old := &Store{path: path, log: slog.New(slog.DiscardHandler)}
	must(t, old.connectWriter())
	provider, err := old.migrations()
	must(t, err)
	_, err = provider.UpTo(context.Background(), 1)
	must(t, err)
	at := noon.UnixMilli()
	_, err = old.writer.Exec(fmt.Sprintf(`PRAGMA application_id = %d;
		INSERT INTO sources (id, name) VALUES (1, 'one');
		INSERT INTO sections (id, source_id, headings, path, top, position) VALUES (1, 1, '[]', '', '', 0);
		INSERT INTO hosts (id, name, next_at, not_before) VALUES (1, 'one.example', %[2]d, 0), (2, 'quiet.example', %[2]d, %[3]d);
		INSERT INTO resources (id, url, host_id, due_at) VALUES (1, 'https://one.example/', 1, %[2]d), (2, 'https://quiet.example/', 2, %[2]d);
		INSERT INTO placements (source_id, resource_id, section_id, file, line, col, start, stop, title, kind, url, fragment, added_at)
			SELECT 1, id, 1, 'README.md', id, 1, id * 10, id * 10 + 5, 'T', 'other', url, '', %[2]d FROM resources`,
		applicationID, at, noon.Add(9*time.Hour).UnixMilli()))
	must(t, err)
	must(t, old.writer.Close())

	s := openAt(t, path)
	must(t, s.Verify(t.Context()))
	same(t, "claimed, the quiet host too", hosts(t, s, noon), map[string]int{"one.example": 1, "quiet.example": 1})
	pause(t, s, catalog.Pause{Source: "one"})
	same(t, "paused", hosts(t, s, noon), map[string]int{})
	var ready sql.NullInt64
	must(t, s.writer.QueryRow(`SELECT ready_at FROM resources WHERE id = 1`).Scan(&ready))
	same(t, "never ready", ready, sql.NullInt64{})
}
