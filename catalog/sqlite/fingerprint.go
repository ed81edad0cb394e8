package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
)

// bits scans 64 bits that were bound as a signed number.
type bits struct{ n *uint64 }

// Scan implements sql.Scanner.
func (b bits) Scan(value any) error {
	v, ok := value.(int64)
	if !ok {
		return fmt.Errorf("64 bits are stored as %T, want an integer", value)
	}
	*b.n = uint64(v)
	return nil
}

// timespan scans a duration that was bound in milliseconds.
type timespan struct{ d *time.Duration }

// Scan implements sql.Scanner.
func (m timespan) Scan(value any) error {
	v, ok := value.(int64)
	if !ok {
		return fmt.Errorf("a duration is stored as %T, want an integer", value)
	}
	*m.d = time.Duration(v) * time.Millisecond
	return nil
}

const (
	printsColumns = `kept, kept_at, listed, coalesce(seen, ''), sighted_at, confirmed_at, accepted_at`
	printsQuery   = `SELECT resource_id, ` + printsColumns + ` FROM fingerprints WHERE resource_id IN (SELECT value FROM json_each(?))`
	// A result that was on its way when a person decided does not undo the decision.
	keepPrints = `INSERT INTO fingerprints (resource_id, kept, kept_at, listed, seen, sighted_at, confirmed_at, accepted_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET kept = excluded.kept, kept_at = excluded.kept_at, listed = excluded.listed,
		seen = excluded.seen, sighted_at = excluded.sighted_at, confirmed_at = excluded.confirmed_at WHERE accepted_at IS excluded.accepted_at`
	acceptPrints = `UPDATE fingerprints SET (kept, kept_at, listed, seen, sighted_at, confirmed_at, accepted_at) = (?, ?, ?, ?, ?, ?, ?) WHERE resource_id = ?`
)

// addPrints adds what is kept to see pages drift, and what the lists say of those that still have to be held against it.
func addPrints(ctx context.Context, tx querier, list string, index map[int64]*catalog.Claim) error {
	rows, err := tx.QueryContext(ctx, printsQuery, list)
	err = each(rows, err, func(rows *sql.Rows) error {
		var id int64
		p, err := scanPrints(rows, &id)
		if c := index[id]; c != nil && err == nil {
			c.Standing.Prints = p
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range index {
		if c.Remembered = c.Host != ""; c.Remembered && !c.Standing.Prints.Listed {
			c.Standing.Listed = listed(c.Spots)
		}
	}
	return nil
}

// mostListed is how many texts of lists a page is held against: of a link that is repeated without end, the first tell
// enough.
const mostListed = 40

// listed returns what lists say of a resource: its title at each spot, and the headings above.
func listed(spots []catalog.Spot) (texts []string) {
	for _, spot := range spots[:min(len(spots), mostListed/2)] {
		for _, text := range []string{spot.Title, strings.Join(spot.Section, sectionSeparator)} {
			if text != "" && !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// scanPrints reads a row of printsColumns, behind others. A fingerprint that cannot be read is none: the next visit
// takes it anew.
func scanPrints(rows *sql.Rows, before ...any) (p catalog.Prints, err error) {
	var kept, seen string
	err = rows.Scan(append(before, &kept, into{&p.KeptAt}, &p.Listed, &seen, into{&p.Sighted}, into{&p.Confirmed}, into{&p.Accepted})...)
	if err != nil {
		return p, err
	}
	if p.Kept = decodePrint(kept); p.Kept == nil {
		return catalog.Prints{Accepted: p.Accepted}, nil
	}
	if p.Seen = decodePrint(seen); p.Seen == nil && seen != "" {
		p.Sighted, p.Confirmed = time.Time{}, time.Time{}
	}
	return p, nil
}

func decodePrint(text string) *catalog.Fingerprint {
	f, err := catalog.DecodeFingerprint(text)
	if err != nil {
		return nil
	}
	return &f
}

// encodePrint is the inverse of decodePrint: NULL for none.
func encodePrint(f *catalog.Fingerprint) any {
	if f == nil {
		return nil
	}
	return f.Encode()
}

func printsValues(p catalog.Prints) []any {
	return []any{encodePrint(p.Kept), p.KeptAt.UnixMilli(), p.Listed, encodePrint(p.Seen), stamp(p.Sighted), stamp(p.Confirmed), stamp(p.Accepted)}
}

// prints writes what is kept of a page where a result changed it.
func (r *recording) prints(ctx context.Context, id int64, result catalog.Result) error {
	p := result.Judgement.Prints
	if p.Kept == nil || p == result.Claim.Standing.Prints {
		return nil
	}
	return r.db.exec(ctx, keepPrints, append([]any{id}, printsValues(p)...)...)
}

// accept keeps what a person's decision says of a page.
func accept(ctx context.Context, tx *sql.Tx, review catalog.Review) error {
	rows, err := tx.QueryContext(ctx, `SELECT `+printsColumns+` FROM fingerprints WHERE resource_id = ?`, review.Resource)
	found, err := collect(rows, err, func(rows *sql.Rows) (catalog.Prints, error) { return scanPrints(rows) })
	if err != nil || len(found) == 0 {
		return err
	}
	p, changed := found[0].Accept(review)
	if !changed || p.Kept == nil {
		return nil
	}
	_, err = tx.ExecContext(ctx, acceptPrints, append(printsValues(p), review.Resource)...)
	return err
}
