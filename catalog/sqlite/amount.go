package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"waymark/catalog"
)

// looked is how many rows a count looks at before it stops, where too few of them pass.
const looked = 30_000

// countUpTo counts the rows of a query, as far as it matters.
func countUpTo(ctx context.Context, tx *sql.Tx, query string, args ...any) (a catalog.Amount, err error) {
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM (`+query+` LIMIT ?)`, append(args[:len(args):len(args)], catalog.MostCounted+1)...).Scan(&a.Count)
	return capped(a.Count), err
}

// capped is a number that was counted to one more than matters.
func capped(n int) catalog.Amount {
	if n > catalog.MostCounted {
		return catalog.Amount{Count: catalog.MostCounted, More: true}
	}
	return catalog.Amount{Count: n}
}

// countFiltered counts what filters without a text select. What the tallies know is read from them. The members of a
// single filter were counted when the narrowest was looked for. Otherwise the rows of the narrowest filter are tested, or
// some of those of any, where none is narrow.
func countFiltered(ctx context.Context, tx *sql.Tx, q catalog.Query, filters []filter, best, fewest int) (catalog.Amount, error) {
	switch {
	case tallied(q):
		return countTallied(ctx, tx, q)
	case len(filters) == 1:
		return capped(fewest), nil
	case best >= 0:
		s := byMembers(filters, best)
		return countUpTo(ctx, tx, `SELECT 1 `+s.from()+` `+s.where(), s.args()...)
	}
	s := byMembers(filters, 0)
	var members int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM (`+s.members+` LIMIT ?)`, append(slices.Clone(s.lead), looked+1)...).Scan(&members); err != nil {
		return catalog.Amount{}, err
	}
	s.members, s.lead = s.members+` LIMIT ?`, append(slices.Clone(s.lead), looked)
	amount, err := countUpTo(ctx, tx, `SELECT 1 `+s.from()+` `+s.where(), s.args()...)
	amount.More = amount.More || members > looked
	return amount, err
}

// tallied reports whether a query filters by nothing but what the tallies are kept by.
func tallied(q catalog.Query) bool {
	q.State, q.Source, q.Sort, q.Cursor, q.Limit = "", "", "", "", 0
	return q == catalog.Query{}
}

func countTallied(ctx context.Context, tx *sql.Tx, q catalog.Query) (catalog.Amount, error) {
	source, err := idOf(ctx, tx, `SELECT id FROM sources WHERE name = ?`, q.Source)
	if err != nil {
		return catalog.Amount{}, notKnown(err)
	}
	var n int
	err = tx.QueryRowContext(ctx, `SELECT coalesce(sum(count), 0) FROM state_tallies WHERE source_id = ? AND section = '' AND (? = '' OR state = ?)`,
		source, string(q.State), string(q.State)).Scan(&n)
	return capped(n), err
}
