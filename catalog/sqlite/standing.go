package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"waymark/catalog"
)

// verdictColumns are the columns of resources r that verdictInto scans.
const verdictColumns = `r.state, r.reason, r.since_at, r.message, r.definite, r.definite_since, r.bad, r.bad_since, r.steady, r.last_ok_at, r.determined`

func verdictInto(v *catalog.Verdict) []any {
	return []any{
		&v.State, &v.Reason, into{&v.Since}, &v.Message, &v.Strikes.Definite, into{&v.Strikes.DefiniteSince},
		&v.Strikes.Bad, into{&v.Strikes.BadSince}, &v.Steady, into{&v.LastOK}, &v.Determined,
	}
}

const claimedQuery = `SELECT r.id, l.token, r.url, coalesce(h.name, ''), r.asked_at IS NOT NULL, r.modified_at, r.etag, r.last_modified, ` + verdictColumns + `
	FROM json_each(?) j CROSS JOIN resources r ON r.id = j.value JOIN leases l ON l.resource_id = r.id LEFT JOIN hosts h ON h.id = r.host_id ORDER BY j.key`

// collectClaims fills claims with what a crawler must know of the resources, in their order.
func collectClaims(ctx context.Context, tx querier, ids []int64, claims *[]catalog.Claim) error {
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
	if err := addWants(ctx, tx, list, index); err != nil {
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
	dest := []any{&c.Resource, &c.Token, &c.URL, &c.Host, &c.Asked, into{&c.Standing.Modified}, &c.ETag, &c.LastModified}
	return c, rows.Scan(append(dest, verdictInto(&c.Standing.Verdict)...)...)
}

const wantsQuery = `SELECT resource_id, kind, fragment FROM placements
	WHERE resource_id IN (SELECT value FROM json_each(?)) AND retired_at IS NULL
	GROUP BY resource_id, kind, fragment ORDER BY resource_id, min(id)`

// addWants adds the kinds and the fragments of the placements, in the order in which they were placed.
func addWants(ctx context.Context, tx querier, list string, index map[int64]*catalog.Claim) error {
	rows, err := tx.QueryContext(ctx, wantsQuery, list)
	return each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var kind catalog.Kind
		var fragment string
		if err := rows.Scan(&id, &kind, &fragment); err != nil {
			return err
		}
		c := index[id]
		if !slices.Contains(c.Kinds, kind) {
			c.Kinds = append(c.Kinds, kind)
		}
		if fragment != "" && !slices.Contains(c.Fragments, fragment) {
			c.Fragments = append(c.Fragments, fragment)
		}
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
