package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/catalog"
)

// burst is how many first visits of a host are due at once. Those beyond it are due one after the other, as far apart
// as the host is asked: a crawler would not get to them sooner, and a big new list does not look overdue for days.
const burst = 100

// placer writes the placements of one source.
type placer struct {
	source   int64
	snap     catalog.Snapshot
	position map[string]int   // sections by their headings, in the order of the list
	sections map[string]int64 // numbers known so far
	branches branching
	hosts    map[string]int64
	fresh    map[int64]int // new resources per host
}

func newPlacer(snap catalog.Snapshot) *placer {
	p := &placer{snap: snap, branches: newBranching(snap.Source.Name), position: map[string]int{}, sections: map[string]int64{}, hosts: map[string]int64{}, fresh: map[int64]int{}}
	for _, listing := range snap.Listings {
		for _, placement := range listing.Placements {
			key := headings(placement.Section)
			if _, known := p.position[key]; !known {
				p.position[key] = len(p.position)
			}
		}
	}
	return p
}

// headings writes a section as the text that identifies it within its source.
func headings(section []string) string {
	if len(section) == 0 {
		return "[]"
	}
	encoded, err := json.Marshal(section)
	if err != nil {
		panic("a list of strings always encodes: " + err.Error())
	}
	return string(encoded)
}

// put brings placements in force, with the resources, hosts and sections that they need.
func (p *placer) put(ctx context.Context, tx *sql.Tx, steps []step) error {
	db := compile(tx)
	var touched []int64
	for _, st := range steps {
		at, err := p.spot(ctx, db, st.now)
		if err != nil {
			return err
		}
		resource, fragment, err := p.resource(ctx, db, st.now)
		if err != nil {
			return err
		}
		touched = append(touched, resource)
		if st.old == nil {
			err = p.add(ctx, db, st.now, resource, at, fragment)
		} else {
			touched = append(touched, st.old.resource)
			err = p.move(ctx, db, st, resource, at, fragment)
		}
		if err != nil {
			return err
		}
	}
	return settle(ctx, tx, touched, p.snap.Taken)
}

func (p *placer) add(ctx context.Context, db *statements, q *catalog.Placement, resource int64, at spot, fragment string) error {
	return db.exec(ctx, `INSERT INTO placements
		(source_id, resource_id, section_id, branch_id, file, line, col, start, stop, title, kind, url, fragment, added_at, quote)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.source, resource, at.section, at.branch, q.File, q.Line, q.Column, q.Start, q.End, q.Title, kindOf(q), q.URL, fragment, p.snap.Taken.UnixMilli(), q.Quote)
}

// move writes a placement anew under its number. One that only changed its lines is updated in place; one that changed
// its words, file or section leaves and returns, so that the counts follow.
func (p *placer) move(ctx context.Context, db *statements, st step, resource int64, at spot, fragment string) error {
	old, q := st.old, st.now
	if old.resource == resource && old.File == q.File && old.Title == q.Title && old.Kind == kindOf(q) && slices.Equal(old.Section, q.Section) {
		return db.exec(ctx, `UPDATE placements SET line = ?, col = ?, start = ?, stop = ?, quote = ? WHERE id = ?`,
			q.Line, q.Column, q.Start, q.End, q.Quote, old.id)
	}
	if err := db.exec(ctx, `UPDATE placements SET retired_at = ? WHERE id = ?`, p.snap.Taken.UnixMilli(), old.id); err != nil {
		return err
	}
	return db.exec(ctx, `UPDATE placements SET resource_id = ?, section_id = ?, branch_id = ?, file = ?, line = ?, col = ?, start = ?, stop = ?,
		title = ?, kind = ?, url = ?, fragment = ?, quote = ?, retired_at = NULL WHERE id = ?`,
		resource, at.section, at.branch, q.File, q.Line, q.Column, q.Start, q.End, q.Title, kindOf(q), q.URL, fragment, q.Quote, old.id)
}

// kindOf returns the kind of a placement; a reader that names none means other.
func kindOf(p *catalog.Placement) catalog.Kind {
	if !p.Kind.Valid() {
		return catalog.Other
	}
	return p.Kind
}

// spot is where a placement stands: its section within the source, and its branch, which tells the files apart.
type spot struct{ section, branch int64 }

func (p *placer) spot(ctx context.Context, db *statements, q *catalog.Placement) (at spot, err error) {
	if at.section, err = p.section(ctx, db, q.Section); err != nil {
		return at, err
	}
	at.branch, err = p.branches.at(ctx, db, p.source, q.File, q.Section)
	return at, err
}

func (p *placer) section(ctx context.Context, db *statements, section []string) (int64, error) {
	key := headings(section)
	if id, known := p.sections[key]; known {
		return id, nil
	}
	top := ""
	if len(section) > 0 {
		top = section[0]
	}
	var id int64
	err := db.scan(ctx, &id, `INSERT INTO sections (source_id, headings, path, top, position) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET position = excluded.position RETURNING id`,
		p.source, key, strings.Join(section, sectionSeparator), top, p.position[key])
	p.sections[key] = id
	return id, err
}

// sectionSeparator joins the headings of a section to a path.
const sectionSeparator = " / "

// resource returns the resource that a placement points at, and the fragment that it wants of it.
func (p *placer) resource(ctx context.Context, db *statements, q *catalog.Placement) (id int64, fragment string, err error) {
	target := catalog.Canonical(q.URL, catalog.From{File: q.File, URL: p.snap.Source.URL})
	owner := int64(0)
	if target.Local {
		owner = p.source
	}
	err = db.scan(ctx, &id, `SELECT id FROM resources WHERE url = ? AND coalesce(source_id, 0) = ?`, target.URL, owner)
	if errors.Is(err, sql.ErrNoRows) {
		id, err = p.newResource(ctx, db, target, q)
	}
	return id, target.Fragment, err
}

func (p *placer) newResource(ctx context.Context, db *statements, target catalog.Target, q *catalog.Placement) (int64, error) {
	var owner, host, due any
	if target.Local {
		owner = p.source
	}
	if name := catalog.Host(target.URL); !target.Local && target.Reason == "" && name != "" {
		id, err := p.host(ctx, db, name)
		if err != nil {
			return 0, err
		}
		host, due = id, stamp(p.snap.Taken.Add(p.firstVisit(name, p.fresh[id])))
		p.fresh[id]++
	}
	v := catalog.Fresh(p.snap.Taken)
	return db.insert(ctx, `INSERT INTO resources (url, source_id, host_id, kind, list_title, state, reason, message, since_at, due_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		target.URL, owner, host, kindOf(q), q.Title, v.State, v.Reason, v.Message, stamp(v.Since), due)
}

// firstVisit returns how long the n-th new resource of a host waits for its first visit.
func (p *placer) firstVisit(host string, n int) time.Duration {
	if n < burst || p.snap.Pace == nil {
		return 0
	}
	return time.Duration(n-burst) * p.snap.Pace(host)
}

func (p *placer) host(ctx context.Context, db *statements, name string) (int64, error) {
	if id, known := p.hosts[name]; known {
		return id, nil
	}
	var id int64
	err := db.scan(ctx, &id, `INSERT INTO hosts (name) VALUES (?) ON CONFLICT DO UPDATE SET name = name RETURNING id`, name)
	p.hosts[name] = id
	return id, err
}

// order writes the places of sections and branches in the list where they changed.
func (p *placer) order(ctx context.Context, tx *sql.Tx) error {
	if err := p.branches.order(ctx, tx, p.source, p.snap); err != nil {
		return err
	}
	type row struct {
		id       int64
		headings string
		position int
	}
	rows, err := tx.QueryContext(ctx, `SELECT id, headings, position FROM sections WHERE source_id = ?`, p.source)
	stored, err := collect(rows, err, func(rows *sql.Rows) (r row, err error) {
		return r, rows.Scan(&r.id, &r.headings, &r.position)
	})
	if err != nil {
		return err
	}
	for _, r := range stored {
		if position, listed := p.position[r.headings]; listed && position != r.position {
			if _, err := tx.ExecContext(ctx, `UPDATE sections SET position = ? WHERE id = ?`, position, r.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle makes resources due that a list holds again, lets those rest that none holds any more, marks those
// that only paused sources hold, and tells their hosts.
func settle(ctx context.Context, tx *sql.Tx, resources []int64, now time.Time) error {
	ids := numbers(resources)
	_, rest := tx.ExecContext(ctx, `UPDATE resources SET due_at = NULL, asked_at = NULL
		WHERE id IN (SELECT value FROM json_each(?)) AND placed = 0 AND due_at IS NOT NULL`, ids)
	_, wake := tx.ExecContext(ctx, `UPDATE resources SET due_at = ?
		WHERE id IN (SELECT value FROM json_each(?)) AND placed > 0 AND due_at IS NULL AND host_id IS NOT NULL`, stamp(now), ids)
	pause := markPaused(ctx, tx, resources)
	_, hosts := tx.ExecContext(ctx, `UPDATE hosts SET next_at = `+nextOfHost+`
		WHERE id IN (SELECT host_id FROM resources WHERE id IN (SELECT value FROM json_each(?)))`, ids)
	return firstError(rest, wake, pause, hosts, writeWords(ctx, tx, ids))
}

// nextOfHost is when the first resource of a host can be claimed: one that is free, or one whose lease has ended by
// then. The bound passes over those that never can.
const nextOfHost = `nullif(min(
	coalesce((SELECT ready_at FROM resources f WHERE host_id = hosts.id AND ready_at >= 0
		AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.resource_id = f.id AND l.until_at > 0) ORDER BY ready_at LIMIT 1), 9223372036854775807),
	coalesce((SELECT min(max(r.ready_at, l.until_at)) FROM leases l CROSS JOIN resources r ON r.id = l.resource_id
		WHERE l.host_id = hosts.id AND l.until_at > 0), 9223372036854775807)), 9223372036854775807)`

// numbers writes ids as a JSON array, to be bound as one argument of json_each.
func numbers(ids []int64) string {
	b := make([]byte, 0, 8*len(ids)+2)
	b = append(b, '[')
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, id, 10)
	}
	return string(append(b, ']'))
}
