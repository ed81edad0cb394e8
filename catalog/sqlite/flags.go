package sqlite

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
)

// How much of findings a page shows.
const (
	flagsShown      = 20
	mostFlags       = 200
	groupShown      = 10
	flagPlacesShown = 20
)

// hostDied is catalog.HostDied for the host of resources r; index host_tallies_died holds the hosts of which it is true.
const hostDied = `EXISTS (SELECT 1 FROM host_tallies t INDEXED BY host_tallies_died
	WHERE t.host_id = r.host_id AND t.dead >= 3 AND t.ok + t.failing + t.blocked = 0)`

// flagSpot is where a flag stands in the order; the last of a page is its cursor.
type flagSpot struct {
	Harm, Fewer, Opened, Finding int64
}

// flagged is a flag as it was found: alone, or the first of a host that died.
type flagged struct {
	flagSpot
	host int64 // 0: alone
}

// flagging is a query of flags.
type flagging struct {
	q     catalog.FlagQuery
	now   time.Time
	scope int64
	tests []string // on flags fl, with findings f
	args  []any

	byReview bool // a test looks at findings f
}

// withFindings joins findings f to flags fl.
const withFindings = ` CROSS JOIN findings f ON f.id = fl.finding_id`

// Flags returns a page of open findings of resources in force, the most harmful first. A host of which nothing lives any
// more is one group, at the place of its first finding, unless the query wants kept or set-aside findings or none grouped.
// A malformed cursor gives catalog.ErrCursor.
func (s *Store) Flags(ctx context.Context, q catalog.FlagQuery, now time.Time) (page catalog.FlagRows, err error) {
	from, err := parseFlagSpot(q.Cursor)
	if err != nil {
		return page, err
	}
	limit := flagsShown
	if q.Limit > 0 {
		limit = min(q.Limit, mostFlags)
	}
	err = s.read(ctx, "read findings", func(ctx context.Context, tx *sql.Tx) error {
		fl, err := newFlagging(ctx, tx, q, now)
		if err != nil {
			return notKnown(err)
		}
		if page.Amount, err = fl.count(ctx, tx); err != nil {
			return err
		}
		found, err := fl.page(ctx, tx, from, limit+1)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			page.Next = found[limit-1].cursor()
		}
		page.Groups, err = fl.groups(ctx, tx, found)
		return err
	})
	return page, err
}

// notKnown makes nothing of a filter that names what is not there.
func notKnown(err error) error {
	if errors.Is(err, catalog.ErrNotFound) {
		return nil
	}
	return err
}

// newFlagging prepares a query. It returns catalog.ErrNotFound when there is no such source or host.
func newFlagging(ctx context.Context, tx *sql.Tx, q catalog.FlagQuery, now time.Time) (*flagging, error) {
	fl := &flagging{q: q, now: now}
	source, err := idOf(ctx, tx, `SELECT id FROM sources WHERE name = ?`, q.Source)
	if err != nil {
		return nil, err
	}
	host, err := idOf(ctx, tx, `SELECT id FROM hosts WHERE name = ?`, strings.ToLower(q.Host))
	if err != nil {
		return nil, err
	}
	fl.scope = source
	if host != 0 {
		fl.scope = -host
	}
	if q.Kind != "" {
		fl.test(`fl.harm = ?`, q.Kind.Harm())
	}
	if source != 0 {
		fl.test(`EXISTS (SELECT 1 FROM flags s WHERE s.scope = ? AND (s.harm, s.fewer, s.opened_at, s.finding_id) =
			(fl.harm, fl.fewer, fl.opened_at, fl.finding_id))`, source)
	}
	return fl, fl.reviewed(ctx, tx)
}

// idOf looks a name up; the empty name is number 0.
func idOf(ctx context.Context, tx *sql.Tx, query, name string) (id int64, err error) {
	if name == "" {
		return 0, nil
	}
	err = tx.QueryRowContext(ctx, query, name).Scan(&id)
	return id, notFound(err)
}

func (fl *flagging) test(condition string, args ...any) {
	fl.tests, fl.args = append(fl.tests, condition), append(fl.args, args...)
}

// reviewed adds the test on reviews. Where nobody decided anything that matters, there is nothing to test.
func (fl *flagging) reviewed(ctx context.Context, tx *sql.Tx) error {
	var states []string
	switch fl.q.Review {
	case catalog.ReviewKept, catalog.ReviewAside:
		return nil
	case catalog.ReviewOpen:
		states = []string{"kept", "aside"}
	default:
		states = []string{"aside"}
	}
	list := `'` + strings.Join(states, `', '`) + `'`
	var some bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM reviews v WHERE v.decision IN (`+list+`) AND `+standing+`)`,
		fl.now.UnixMilli()).Scan(&some)
	if fl.byReview = some; some {
		fl.test(`NOT EXISTS (SELECT 1 FROM reviews v WHERE (v.resource_id, v.kind, v.fragment) = (f.resource_id, f.kind, f.fragment)
			AND v.decision IN (`+list+`) AND `+standing+`)`, fl.now.UnixMilli())
	}
	return err
}

// decided reports whether the query is for findings that people decided on, which are looked up by their reviews.
func (fl *flagging) decided() bool {
	return fl.q.Review == catalog.ReviewKept || fl.q.Review == catalog.ReviewAside
}

// selection returns the rows of flags fl in a scope that pass, with findings f.
func (fl *flagging) selection(scope any) (from string, args []any) {
	if fl.decided() {
		from = `FROM reviews v INDEXED BY reviews_decision
			CROSS JOIN findings f ON (f.resource_id, f.kind, f.fragment) = (v.resource_id, v.kind, v.fragment) AND f.closed_at IS NULL
			CROSS JOIN resources p ON p.id = f.resource_id
			CROSS JOIN flags fl ON fl.harm = f.harm AND fl.fewer = -p.placed AND fl.opened_at = f.opened_at AND fl.finding_id = f.id
			WHERE v.decision = ? AND ` + standing + ` AND fl.scope = ?`
		args = []any{string(fl.q.Review), fl.now.UnixMilli(), scope}
	} else {
		from, args = `FROM flags fl`+withFindings+` WHERE fl.scope = ?`, []any{scope}
	}
	for _, test := range fl.tests {
		from += ` AND ` + test
	}
	return from, append(args, fl.args...)
}

func (fl *flagging) count(ctx context.Context, tx *sql.Tx) (catalog.Amount, error) {
	from, args := fl.selection(fl.scope)
	if !fl.decided() && !fl.byReview {
		from = strings.Replace(from, withFindings, ``, 1) // the index alone
	}
	return countUpTo(ctx, tx, `SELECT 1 `+from, args...)
}

// page reads the flags of a page. Of a host that died only the first finding of those that pass stands for all.
func (fl *flagging) page(ctx context.Context, tx *sql.Tx, after *flagSpot, limit int) ([]flagged, error) {
	from, args := fl.selection(fl.scope)
	if after != nil {
		from += ` AND (fl.harm, fl.fewer, fl.opened_at, fl.finding_id) > (?, ?, ?, ?)`
		args = append(args, after.Harm, after.Fewer, after.Opened, after.Finding)
	}
	host := `0`
	if !fl.q.Apart && !fl.decided() {
		host = `coalesce((SELECT r.host_id FROM resources r WHERE fl.harm = 0 AND r.id = f.resource_id AND ` + hostDied + `), 0)`
	}
	rows, err := tx.QueryContext(ctx, `SELECT fl.harm, fl.fewer, fl.opened_at, fl.finding_id, `+host+` AS host `+from+`
		ORDER BY fl.harm, fl.fewer, fl.opened_at, fl.finding_id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []flagged
	for rows.Next() && len(list) < limit {
		var f flagged
		if err := rows.Scan(&f.Harm, &f.Fewer, &f.Opened, &f.Finding, &f.host); err != nil {
			return nil, err
		}
		first, err := fl.isFirst(ctx, tx, f)
		if err != nil {
			return nil, err
		}
		if first {
			list = append(list, f)
		}
	}
	return list, rows.Err()
}

// isFirst reports whether a flag is alone or the first of its group.
func (fl *flagging) isFirst(ctx context.Context, tx *sql.Tx, f flagged) (bool, error) {
	if f.host == 0 {
		return true, nil
	}
	from, args := fl.selection(-f.host)
	var first int64
	err := tx.QueryRowContext(ctx, `SELECT fl.finding_id `+from+` AND fl.harm = 0
		ORDER BY fl.harm, fl.fewer, fl.opened_at, fl.finding_id LIMIT 1`, args...).Scan(&first)
	return first == f.Finding, err
}

// groups fills in what a page shows of flags.
func (fl *flagging) groups(ctx context.Context, tx *sql.Tx, found []flagged) ([]catalog.FlagGroup, error) {
	var groups []catalog.FlagGroup
	for _, f := range found {
		g := catalog.FlagGroup{Count: 1}
		ids := []int64{f.Finding}
		if f.host != 0 {
			var err error
			if ids, err = fl.members(ctx, tx, f.host, &g); err != nil {
				return nil, err
			}
		}
		for _, id := range ids {
			flag, err := readFlag(ctx, tx, id, fl.now)
			if err != nil {
				return nil, err
			}
			g.Flags = append(g.Flags, flag)
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// members returns the first findings of a host that died, and writes its name, their number and their version.
func (fl *flagging) members(ctx context.Context, tx *sql.Tx, host int64, g *catalog.FlagGroup) ([]int64, error) {
	if err := tx.QueryRowContext(ctx, `SELECT name FROM hosts WHERE id = ?`, host).Scan(&g.Host); err != nil {
		return nil, err
	}
	ids, err := fl.deaths(ctx, tx, host)
	g.Count, g.Version = len(ids), catalog.GroupVersion(g.Host, ids)
	return ids[:min(len(ids), groupShown)], err
}

// deaths returns the findings of a host that died which pass, at most catalog.MostCounted, in their order.
func (fl *flagging) deaths(ctx context.Context, tx *sql.Tx, host int64) ([]int64, error) {
	from, args := fl.selection(-host)
	rows, err := tx.QueryContext(ctx, `SELECT fl.finding_id `+from+` AND fl.harm = 0
		ORDER BY fl.harm, fl.fewer, fl.opened_at, fl.finding_id LIMIT ?`, append(args, catalog.MostCounted)...)
	return collect(rows, err, scanID)
}

// Flag returns one open finding, or catalog.ErrNotFound when there is none of that number, or it is closed.
func (s *Store) Flag(ctx context.Context, finding int64, now time.Time) (f catalog.Flag, err error) {
	err = s.read(ctx, "read a finding", func(ctx context.Context, tx *sql.Tx) error {
		f, err = readFlag(ctx, tx, finding, now)
		return err
	})
	return f, err
}

func readFlag(ctx context.Context, tx *sql.Tx, finding int64, now time.Time) (f catalog.Flag, err error) {
	var resource int64
	if resource, f.Finding, err = findingOpen(ctx, tx, finding); err != nil {
		return f, err
	}
	rows, err := readRows(ctx, tx, `FROM resources r`, `WHERE r.id = ?`, resource)
	if err != nil {
		return f, err
	}
	if len(rows) == 0 {
		return f, catalog.ErrNotFound
	}
	f.Resource = rows[0]
	places, err := readPlaces(ctx, tx, resource, placesShown)
	if err != nil {
		return f, err
	}
	if f.Fragment != "" {
		places = slices.DeleteFunc(places, func(p catalog.Place) bool { return p.Fragment != f.Fragment })
	}
	f.Places = places[:min(len(places), flagPlacesShown)]
	f.Review, err = reviewOf(ctx, tx, resource, f.Finding, now)
	return f, err
}

// reviewOf returns the review of a finding that is in force, if there is one.
func reviewOf(ctx context.Context, tx *sql.Tx, resource int64, f catalog.Finding, now time.Time) (r catalog.Review, err error) {
	err = tx.QueryRowContext(ctx, `SELECT `+reviewColumns+` FROM reviews v WHERE v.resource_id = ? AND v.kind = ? AND v.fragment = ? AND `+standing,
		resource, string(f.Kind), f.Fragment, now.UnixMilli()).Scan(reviewInto(&r)...)
	if errors.Is(err, sql.ErrNoRows) {
		return catalog.Review{}, nil
	}
	return r, err
}

func (p flagSpot) cursor() string {
	text, err := json.Marshal(p)
	if err != nil {
		panic("four integers always encode: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func parseFlagSpot(cursor string) (*flagSpot, error) {
	if cursor == "" {
		return nil, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, catalog.ErrCursor
	}
	var p flagSpot
	if err := json.Unmarshal(text, &p); err != nil || p.Finding == 0 {
		return nil, catalog.ErrCursor
	}
	return &p, nil
}
