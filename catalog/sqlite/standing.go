package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"waymark/catalog"
)

// verdictColumns are the columns of resources r that verdictInto scans.
const verdictColumns = `r.state, r.reason, r.since_at, r.message, r.definite, r.definite_since, r.bad, r.bad_since, r.struck_at, r.steady, r.last_ok_at, r.determined,
	r.compared, r.changed, r.watched_ms, r.text_mark, r.text_print`

func verdictInto(v *catalog.Verdict) []any {
	return []any{
		&v.State, &v.Reason, into{&v.Since}, &v.Message, &v.Strikes.Definite, into{&v.Strikes.DefiniteSince},
		&v.Strikes.Bad, into{&v.Strikes.BadSince}, into{&v.Strikes.Last}, &v.Steady, into{&v.LastOK}, &v.Determined,
		&v.Rate.Compared, &v.Rate.Changed, timespan{&v.Rate.Watched}, bits{&v.Rate.Mark}, bits{&v.Rate.Print},
	}
}

const claimedQuery = `SELECT r.id, l.token, r.url, coalesce(h.name, ''), r.asked_at IS NOT NULL, r.modified_at, r.modified_from, r.modified_as, r.modified_sure, r.etag, r.last_modified, ` + verdictColumns + `
	FROM json_each(?) j CROSS JOIN resources r ON r.id = j.value JOIN leases l ON l.resource_id = r.id LEFT JOIN hosts h ON h.id = r.host_id ORDER BY j.key`

// collectClaims fills claims with what a crawler must know of the resources, in their order.
func collectClaims(ctx context.Context, tx querier, ids []int64, now time.Time, claims *[]catalog.Claim) error {
	if len(ids) == 0 {
		return nil
	}
	list := numbers(ids)
	rows, err := tx.QueryContext(ctx, claimedQuery, list)
	found, err := collect(rows, err, scanClaim)
	if err != nil {
		return err
	}
	index := make(map[int64]*catalog.Claim, len(found))
	for i := range found {
		index[found[i].Resource] = &found[i]
	}
	if err := firstError(addWants(ctx, tx, list, index), addTurns(ctx, tx, list, now, index), addHostDown(ctx, tx, list, index)); err != nil {
		return err
	}
	if err := firstError(addSources(ctx, tx, list, index), addPrints(ctx, tx, list, index)); err != nil {
		return err
	}
	open, err := openFindings(ctx, tx, list)
	for id, findings := range open {
		index[id].Standing.Findings = findings
	}
	*claims = found
	return err
}

func scanClaim(rows *sql.Rows) (c catalog.Claim, err error) {
	dest := []any{&c.Resource, &c.Token, &c.URL, &c.Host, &c.Asked, into{&c.Standing.Modified.At}, &c.Standing.Modified.From, &c.Standing.Modified.As, &c.Standing.Modified.Sure, &c.ETag, &c.LastModified}
	return c, rows.Scan(append(dest, verdictInto(&c.Standing.Verdict)...)...)
}

const wantsQuery = `SELECT resource_id, section_id, kind, title, fragment FROM placements
	WHERE resource_id IN (SELECT value FROM json_each(?)) AND retired_at IS NULL
	GROUP BY resource_id, section_id, kind, title, fragment ORDER BY resource_id, min(id)`

// want is what a placement wants of its resource, and what it tells of it.
type want struct {
	resource, section int64
	spot              catalog.Spot
	fragment          string
}

// turnsSince is how far back turns are counted.
const turnsSince = 30 * 24 * time.Hour

// addTurns adds how often the resources came and went: turns from ok to anything worse that was determined, and back.
func addTurns(ctx context.Context, tx querier, list string, now time.Time, index map[int64]*catalog.Claim) error {
	rows, err := tx.QueryContext(ctx, `SELECT resource_id, count(*) FROM changes WHERE resource_id IN (SELECT value FROM json_each(?))
		AND at >= ? AND (from_state = 'ok' AND to_state IN ('failing', 'dead') OR from_state IN ('failing', 'dead') AND to_state = 'ok')
		GROUP BY resource_id`, list, now.Add(-turnsSince).UnixMilli())
	return each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var turns int
		if err := rows.Scan(&id, &turns); err != nil {
			return err
		}
		index[id].Standing.Turns = turns
		return nil
	})
}

// addHostDown adds how many resources fail on hosts of which everything does that could be judged.
func addHostDown(ctx context.Context, tx querier, list string, index map[int64]*catalog.Claim) error {
	rows, err := tx.QueryContext(ctx, `SELECT r.id, t.failing + t.dead FROM resources r JOIN host_tallies t ON t.host_id = r.host_id
		WHERE r.id IN (SELECT value FROM json_each(?)) AND t.failing + t.dead >= 3 AND t.ok = 0`, list)
	return each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var down int
		if err := rows.Scan(&id, &down); err != nil {
			return err
		}
		index[id].Standing.HostDown = down
		return nil
	})
}

// addWants adds the spots and the fragments of the placements, in the order in which they were placed. Resources of one
// section share its headings.
func addWants(ctx context.Context, tx querier, list string, index map[int64]*catalog.Claim) error {
	rows, err := tx.QueryContext(ctx, wantsQuery, list)
	wants, err := collect(rows, err, func(rows *sql.Rows) (w want, err error) {
		return w, rows.Scan(&w.resource, &w.section, &w.spot.Kind, &w.spot.Title, &w.fragment)
	})
	if err != nil {
		return err
	}
	headings, err := headingsOf(ctx, tx, wants)
	if err != nil {
		return err
	}
	var last want
	for _, w := range wants {
		c := index[w.resource]
		if w.fragment != "" && !slices.Contains(c.Fragments, w.fragment) {
			c.Fragments = append(c.Fragments, w.fragment)
		}
		if w.resource != last.resource || w.section != last.section || w.spot.Kind != last.spot.Kind || w.spot.Title != last.spot.Title {
			last, w.spot.Section = w, headings[w.section]
			c.Spots = append(c.Spots, w.spot)
		}
	}
	return nil
}

const headingsQuery = `SELECT id, headings FROM sections WHERE id IN (SELECT value FROM json_each(?))`

// headingsOf reads the headings of sections, each once.
func headingsOf(ctx context.Context, tx querier, wants []want) (map[int64][]string, error) {
	found := map[int64][]string{}
	var ids []int64
	for _, w := range wants {
		if _, known := found[w.section]; !known {
			found[w.section], ids = nil, append(ids, w.section)
		}
	}
	rows, err := tx.QueryContext(ctx, headingsQuery, numbers(ids))
	return found, each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return err
		}
		var headings []string
		err := json.Unmarshal([]byte(text), &headings)
		found[id] = headings
		return err
	})
}

const heldByQuery = `SELECT m.resource_id, s.name FROM memberships m CROSS JOIN sources s ON s.id = m.source_id
	WHERE m.resource_id IN (SELECT value FROM json_each(?)) AND m.section = '' ORDER BY m.resource_id, s.id`

// addSources adds the names of the sources that hold the resources.
func addSources(ctx context.Context, tx querier, list string, index map[int64]*catalog.Claim) error {
	rows, err := tx.QueryContext(ctx, heldByQuery, list)
	return each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		index[id].Sources = append(index[id].Sources, name)
		return nil
	})
}

const findingsQuery = `SELECT resource_id, id, kind, fragment, message, suggestion, opened_at FROM findings
	WHERE resource_id IN (SELECT value FROM json_each(?)) AND closed_at IS NULL ORDER BY id`

// openFindings returns the open findings of resources, the first opened first.
func openFindings(ctx context.Context, tx querier, list string) (map[int64][]catalog.Finding, error) {
	found := map[int64][]catalog.Finding{}
	rows, err := tx.QueryContext(ctx, findingsQuery, list)
	return found, each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var f catalog.Finding
		err := rows.Scan(&id, &f.ID, &f.Kind, &f.Fragment, &f.Message, &f.Suggestion, into{&f.Opened})
		found[id] = append(found[id], f)
		return err
	})
}
