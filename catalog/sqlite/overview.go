package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"waymark/catalog"
)

// turnedShown is how many changes the overview lists.
const turnedShown = 20

// Overview returns what the first page and the metrics show. It reads tallies, not resources; only the resources that
// are due are counted, in their index and up to catalog.ManyDue.
func (s *Store) Overview(ctx context.Context, now time.Time) (o catalog.Overview, err error) {
	err = s.read(ctx, "read the overview", func(ctx context.Context, tx *sql.Tx) error {
		healths, err := readHealths(ctx, tx, now)
		if err != nil {
			return err
		}
		o.Catalog = healths.of(0, "", "")
		if o.Sources, o.Sections, err = healths.arrange(ctx, tx); err != nil {
			return err
		}
		if o.Turned, err = readChanges(ctx, tx, `WHERE NOT (c.from_state = 'unchecked' AND c.to_state = 'ok') ORDER BY c.id DESC LIMIT ?`, turnedShown); err != nil {
			return err
		}
		if o.Unread, err = readUnread(ctx, tx); err != nil {
			return err
		}
		if o.NextDue, err = nextDue(ctx, tx, now); err != nil {
			return err
		}
		if o.Due, err = countDue(ctx, tx, now, catalog.ManyDue, ``); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT (SELECT at FROM observations ORDER BY id DESC LIMIT 1)`).Scan(into{&o.LastCheck})
	})
	return o, err
}

func readUnread(ctx context.Context, tx *sql.Tx) ([]catalog.Unread, error) {
	rows, err := tx.QueryContext(ctx, `SELECT name, tried_at, error FROM sources WHERE error <> '' AND retired_at IS NULL ORDER BY name`)
	return collect(rows, err, func(rows *sql.Rows) (u catalog.Unread, err error) {
		return u, rows.Scan(&u.Source, into{&u.At}, &u.Error)
	})
}

// healths are the tallies of sources and their top sections; source 0 is the catalog.
type healths map[memberOf]*catalog.Health

type memberOf struct {
	source  int64
	section string
}

// readHealths reads the tallies without what is set aside at that moment.
func readHealths(ctx context.Context, tx *sql.Tx, now time.Time) (healths, error) {
	all, err := readTallies(ctx, tx)
	if err != nil {
		return nil, err
	}
	aside, err := readDecided(ctx, tx, now, catalog.ReviewAside)
	for m, tally := range aside {
		findings := all.at(m).Findings
		for kind, n := range tally[catalog.ReviewAside] {
			if findings[kind] -= n; findings[kind] <= 0 {
				delete(findings, kind)
			}
		}
	}
	return all, err
}

// readTallies reads what the triggers counted.
func readTallies(ctx context.Context, tx *sql.Tx) (healths, error) {
	all := healths{}
	rows, err := tx.QueryContext(ctx, `SELECT source_id, section, state, count FROM state_tallies WHERE count > 0`)
	err = each(rows, err, func(rows *sql.Rows) error {
		var m memberOf
		var state catalog.State
		var n int
		err := rows.Scan(&m.source, &m.section, &state, &n)
		all.at(m).States[state] = n
		return err
	})
	if err != nil {
		return nil, err
	}
	rows, err = tx.QueryContext(ctx, `SELECT source_id, section, kind, count FROM finding_tallies WHERE count > 0`)
	return all, each(rows, err, func(rows *sql.Rows) error {
		var m memberOf
		var kind catalog.FindingKind
		var n int
		err := rows.Scan(&m.source, &m.section, &kind, &n)
		all.at(m).Findings[kind] = n
		return err
	})
}

func (all healths) at(m memberOf) *catalog.Health {
	h := all[m]
	if h == nil {
		h = &catalog.Health{States: map[catalog.State]int{}, Findings: map[catalog.FindingKind]int{}}
		all[m] = h
	}
	return h
}

// of returns the health of a source or section under its name.
func (all healths) of(source int64, section, name string) catalog.Health {
	h := *all.at(memberOf{source, section})
	h.Source, h.Section = name, section
	return h
}

// arrange puts sources in order of name and their top sections in the order of the list.
func (all healths) arrange(ctx context.Context, tx *sql.Tx) (sources, sections []catalog.Health, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, name FROM sources WHERE retired_at IS NULL ORDER BY name`)
	names := map[int64]string{}
	var order []int64
	err = each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var name string
		err := rows.Scan(&id, &name)
		names[id], order = name, append(order, id)
		sources = append(sources, all.of(id, "", name))
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	rows, err = tx.QueryContext(ctx, `SELECT source_id, top FROM sections WHERE top <> '' GROUP BY source_id, top ORDER BY source_id, min(position)`)
	tops := map[int64][]catalog.Health{}
	err = each(rows, err, func(rows *sql.Rows) error {
		var m memberOf
		err := rows.Scan(&m.source, &m.section)
		if h := all.of(m.source, m.section, names[m.source]); h.Total() > 0 {
			tops[m.source] = append(tops[m.source], h)
		}
		return err
	})
	for _, id := range order {
		sections = append(sections, tops[id]...)
	}
	return sources, sections, err
}

// Sources returns the sources that are configured, in order of name, and how their last readings went.
func (s *Store) Sources(ctx context.Context) (list []catalog.SourceStatus, err error) {
	err = s.read(ctx, "read the sources", func(ctx context.Context, tx *sql.Tx) error {
		healths, err := readHealths(ctx, tx, s.now())
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT id, name, path, git, ref, paths, url, format, synced_at, error, problems, files, placements,
			added_at, added_by FROM sources WHERE retired_at IS NULL ORDER BY name`)
		list, err = collect(rows, err, func(rows *sql.Rows) (catalog.SourceStatus, error) {
			id, status, err := scanSource(rows)
			status.Health = healths.of(id, "", status.Name)
			return status, err
		})
		return err
	})
	return list, err
}

func scanSource(rows *sql.Rows) (id int64, st catalog.SourceStatus, err error) {
	var paths, problems string
	err = rows.Scan(&id, &st.Name, &st.Path, &st.Git, &st.Ref, &paths, &st.URL, &st.Format,
		into{&st.Synced}, &st.Error, &problems, &st.Files, &st.Placements, into{&st.Added}, &st.AddedBy)
	if err == nil {
		err = firstError(json.Unmarshal([]byte(paths), &st.Paths), json.Unmarshal([]byte(problems), &st.Problems))
	}
	return id, st, err
}

// Changes returns what turned after the change with that number, the earliest first, at most limit: the cursor of
// feeds. It holds every change, also those of first visits.
func (s *Store) Changes(ctx context.Context, after int64, limit int) (list []catalog.Turned, err error) {
	err = s.read(ctx, "read changes", func(ctx context.Context, tx *sql.Tx) error {
		list, err = readChanges(ctx, tx, `WHERE c.id > ? ORDER BY c.id LIMIT ?`, after, limit)
		return err
	})
	return list, err
}

// readChanges reads changes c; the clause selects and orders them.
func readChanges(ctx context.Context, tx *sql.Tx, clause string, args ...any) ([]catalog.Turned, error) {
	rows, err := tx.QueryContext(ctx, `SELECT c.id, c.resource_id, r.url, coalesce(nullif(r.title, ''), r.list_title),
		c.at, c.from_state, c.to_state, c.reason, c.finding, c.closed, c.message
		FROM changes c CROSS JOIN resources r ON r.id = c.resource_id `+clause, args...)
	return collect(rows, err, func(rows *sql.Rows) (t catalog.Turned, err error) {
		return t, rows.Scan(&t.ID, &t.Resource, &t.URL, &t.Title, into{&t.At}, &t.From, &t.To, &t.Reason, &t.Finding, &t.Closed, &t.Message)
	})
}

// sortedKinds puts the most harmful finding first and drops repetition.
func sortedKinds(kinds []catalog.FindingKind) []catalog.FindingKind {
	order := catalog.FindingKinds()
	slices.SortFunc(kinds, func(a, b catalog.FindingKind) int { return slices.Index(order, a) - slices.Index(order, b) })
	return slices.Compact(kinds)
}
