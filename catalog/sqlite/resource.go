package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"waymark/catalog"
)

// How much of its past one resource shows.
const (
	historyShown = 50
	changesShown = 50
	// placesShown bounds a page where lists repeat one link thousands of times.
	placesShown = 500
)

// Resource returns all that is known of one resource, or catalog.ErrNotFound: its open findings, at most 500 of its
// placements, and its last 50 visits and changes.
func (s *Store) Resource(ctx context.Context, id int64) (d catalog.Detail, err error) {
	err = s.read(ctx, fmt.Sprintf("read resource %d", id), func(ctx context.Context, tx *sql.Tx) error {
		rows, err := readRows(ctx, tx, `FROM resources r`, `WHERE r.id = ?`, id)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return catalog.ErrNotFound
		}
		d.Row = rows[0]
		for _, fill := range []func(context.Context, *sql.Tx, *catalog.Detail) error{fillPage, fillPlaces, fillFindings, fillHistory, fillChanges} {
			if err := fill(ctx, tx, &d); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

func fillPage(ctx context.Context, tx *sql.Tx, d *catalog.Detail) error {
	var facts string
	err := tx.QueryRowContext(ctx, `SELECT r.content_type, coalesce(p.facts, '{}') FROM resources r
		LEFT JOIN pages p ON p.id = r.page_id WHERE r.id = ?`, d.ID).Scan(&d.ContentType, &facts)
	if err != nil {
		return err
	}
	var page catalog.Page
	err = json.Unmarshal([]byte(facts), &page)
	d.Language, d.Canonical = page.Language, page.Canonical
	return err
}

func fillPlaces(ctx context.Context, tx *sql.Tx, d *catalog.Detail) (err error) {
	d.Places, err = readPlaces(ctx, tx, d.ID, placesShown)
	return err
}

// readPlaces returns at most limit placements in force of a resource, by source, file and line.
func readPlaces(ctx context.Context, tx *sql.Tx, resource int64, limit int) ([]catalog.Place, error) {
	rows, err := tx.QueryContext(ctx, `SELECT o.name, p.file, p.line, p.col, p.start, p.stop, s.headings, p.title, p.kind, p.url, p.fragment, p.quote
		FROM placements p JOIN sources o ON o.id = p.source_id JOIN sections s ON s.id = p.section_id
		WHERE p.resource_id = ? AND p.retired_at IS NULL ORDER BY o.name, p.file, p.start, p.line, p.id LIMIT ?`, resource, limit)
	return collect(rows, err, func(rows *sql.Rows) (p catalog.Place, err error) {
		var headings string
		if err := rows.Scan(&p.Source, &p.File, &p.Line, &p.Column, &p.Start, &p.End, &headings, &p.Title, &p.Kind, &p.URL, &p.Fragment, &p.Quote); err != nil {
			return p, err
		}
		return p, json.Unmarshal([]byte(headings), &p.Section)
	})
}

func fillFindings(ctx context.Context, tx *sql.Tx, d *catalog.Detail) error {
	open, err := openFindings(ctx, tx, numbers([]int64{d.ID}))
	d.Findings = open[d.ID]
	return err
}

func fillChanges(ctx context.Context, tx *sql.Tx, d *catalog.Detail) (err error) {
	d.Changes, err = readChanges(ctx, tx, `WHERE c.resource_id = ? ORDER BY c.id DESC LIMIT ?`, d.ID, changesShown)
	return err
}

// chain are the numbers of the last observations of a resource, the latest first.
const chain = `WITH RECURSIVE chain (id, n) AS (SELECT seen_id, 1 FROM resources WHERE id = ?
	UNION ALL SELECT o.previous_id, n + 1 FROM chain JOIN observations o ON o.id = chain.id WHERE n < ?) `

// fillHistory reads the last visits; the latest of them says where the resource led to.
func fillHistory(ctx context.Context, tx *sql.Tx, d *catalog.Detail) error {
	rows, err := tx.QueryContext(ctx, chain+`SELECT o.at, o.duration_us, o.attempts, o.status, o.hop_us, o.hops, o.content_type, o.bytes, o.more,
		p.facts, o.state, o.reason, o.message
		FROM chain CROSS JOIN observations o ON o.id = chain.id LEFT JOIN pages p ON p.id = o.page_id ORDER BY n`, d.ID, historyShown)
	d.History, err = collect(rows, err, func(rows *sql.Rows) (catalog.Seen, error) { return scanSeen(rows, d.URL) })
	if len(d.History) > 0 {
		d.Final = d.History[0].FinalURL()
	}
	return err
}

func scanSeen(rows *sql.Rows, url string) (seen catalog.Seen, err error) {
	var micros int64
	var status int
	var hop sql.NullInt64
	var hops, rest, facts sql.NullString
	err = rows.Scan(into{&seen.At}, &micros, &seen.Attempts, &status, &hop, &hops, &seen.ContentType, &seen.Bytes, &rest,
		&facts, &seen.State, &seen.Reason, &seen.Message)
	if err != nil {
		return seen, err
	}
	seen.Duration = time.Duration(micros) * time.Microsecond
	if seen.Hops, err = decodeHops(hop, hops, url, status); err != nil {
		return seen, err
	}
	if facts.Valid {
		seen.Page = new(catalog.Page)
		if err := json.Unmarshal([]byte(facts.String), seen.Page); err != nil {
			return seen, err
		}
	}
	return seen, decodeMore(rest, &seen.Observation)
}
