package sqlite

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"waymark/catalog"
)

// hostSpot is the last row of a page of hosts.
type hostSpot struct {
	Sort catalog.HostSort `json:"s"`
	Key  int64            `json:"k"` // what the order counts; 0 for the order by name
	Name string           `json:"n"`
	ID   int64            `json:"i"`
}

// hostOrder is an order of hosts h with tallies t.
type hostOrder struct {
	from  string
	test  string
	by    string
	after string
	key   func(catalog.HostRow) int64
}

func hostOrderOf(sort catalog.HostSort) (hostOrder, error) {
	const tallies = `host_tallies t`
	switch sort {
	case "", catalog.HostsByLinks:
		return hostOrder{tallies, `t.resources > 0`, `t.resources DESC, t.host_id DESC`, `(t.resources, t.host_id) < (?, ?)`,
			func(r catalog.HostRow) int64 { return int64(r.Resources) }}, nil
	case catalog.HostsByTrouble:
		return hostOrder{tallies, `t.trouble > 0`, `t.trouble DESC, t.host_id DESC`, `(t.trouble, t.host_id) < (?, ?)`,
			func(r catalog.HostRow) int64 { return int64(r.States[catalog.Dead] + r.States[catalog.Failing]) }}, nil
	case catalog.HostsByName:
		return hostOrder{`hosts h CROSS JOIN host_tallies t ON t.host_id = h.id`, `t.resources > 0`, `h.name`, `h.name > ?`, nil}, nil
	}
	return hostOrder{}, fmt.Errorf("there is no order %q of hosts; the orders are %v", sort, catalog.HostSorts())
}

// HostTable returns a page of the hosts that have resources in force. A cursor of another order gives catalog.ErrCursor.
func (s *Store) HostTable(ctx context.Context, q catalog.HostQuery, now time.Time) (page catalog.HostRows, err error) {
	order, err := hostOrderOf(q.Sort)
	if err != nil {
		return page, err
	}
	after, err := parseHostSpot(q)
	if err != nil {
		return page, err
	}
	limit := pageSize(q.Limit)
	err = s.read(ctx, "read hosts", func(ctx context.Context, tx *sql.Tx) error {
		sel := &selection{table: order.from, tests: []string{order.test}}
		if q.Text != "" {
			ids, err := hostsNamed(ctx, tx, q.Text)
			if err != nil {
				return err
			}
			sel.table = `json_each(?) j CROSS JOIN host_tallies t ON t.host_id = j.value CROSS JOIN hosts h ON h.id = t.host_id`
			sel.lead = []any{numbers(ids)}
		}
		counted := sel.from()
		if q.Sort == catalog.HostsByName && q.Text == "" {
			counted = `FROM host_tallies t` // as many, and in an index
		}
		if page.Amount, err = countUpTo(ctx, tx, `SELECT 1 `+counted+` `+sel.where(), sel.args()...); err != nil {
			return err
		}
		sel.behindHost(order, after)
		rows, err := tx.QueryContext(ctx, `SELECT t.host_id `+sel.from()+` `+sel.where()+` ORDER BY `+order.by+` LIMIT ?`, append(sel.args(), limit+1)...)
		ids, err := collect(rows, err, scanID)
		if err != nil {
			return err
		}
		more := len(ids) > limit
		ids = ids[:min(len(ids), limit)]
		page.Rows, err = readHosts(ctx, tx, now, `FROM json_each(?) j CROSS JOIN hosts h ON h.id = j.value
			LEFT JOIN host_tallies t ON t.host_id = h.id ORDER BY j.key`, numbers(ids))
		if more && err == nil {
			page.Next = hostCursor(q.Sort, order, ids[limit-1], page.Rows[limit-1])
		}
		return err
	})
	return page, err
}

// behindHost begins the page behind the last host of the one before.
func (s *selection) behindHost(o hostOrder, last *hostSpot) {
	switch {
	case last == nil:
	case o.key == nil:
		s.test(o.after, last.Name)
	default:
		s.test(o.after, last.Key, last.ID)
	}
}

// hostsNamed returns the hosts with a part in their name, as far as they are counted. The names are read in their
// index, which takes milliseconds for a hundred thousand.
func hostsNamed(ctx context.Context, tx *sql.Tx, part string) ([]int64, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id FROM hosts INDEXED BY sqlite_autoindex_hosts_1 WHERE instr(name, ?) > 0 LIMIT ?`,
		strings.ToLower(strings.TrimSpace(part)), catalog.MostCounted)
	return collect(rows, err, scanID)
}

func parseHostSpot(q catalog.HostQuery) (*hostSpot, error) {
	if q.Cursor == "" {
		return nil, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil {
		return nil, catalog.ErrCursor
	}
	var p hostSpot
	if err := json.Unmarshal(text, &p); err != nil || p.Sort != q.Sort {
		return nil, catalog.ErrCursor
	}
	return &p, nil
}

func hostCursor(sort catalog.HostSort, order hostOrder, id int64, last catalog.HostRow) string {
	p := hostSpot{Sort: sort, Name: last.Host, ID: id}
	if order.key != nil {
		p.Key = order.key(last)
	}
	text, err := json.Marshal(p)
	if err != nil {
		panic("strings and integers always encode: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// Host returns what is known of a host by its name, or catalog.ErrNotFound. It may have no resources in force, as when
// it was only met in redirects.
func (s *Store) Host(ctx context.Context, name string, now time.Time) (h catalog.HostRow, err error) {
	err = s.read(ctx, "read a host", func(ctx context.Context, tx *sql.Tx) error {
		rows, err := readHosts(ctx, tx, now, `FROM hosts h LEFT JOIN host_tallies t ON t.host_id = h.id WHERE h.name = ?`, strings.ToLower(name))
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return catalog.ErrNotFound
		}
		h = rows[0]
		return nil
	})
	return h, err
}

// readHosts reads hosts h with tallies t; the clause selects and orders them.
func readHosts(ctx context.Context, tx *sql.Tx, now time.Time, clause string, args ...any) ([]catalog.HostRow, error) {
	rows, err := tx.QueryContext(ctx, `SELECT h.name, h.gap_us, nullif(h.not_before, 0), h.failures, nullif(max(h.next_at, 0), 0),
		coalesce(t.resources, 0), coalesce(t.unchecked, 0), coalesce(t.ok, 0), coalesce(t.failing, 0), coalesce(t.dead, 0),
		coalesce(t.blocked, 0), coalesce(t.skipped, 0),
		coalesce((SELECT r.id FROM resources r INDEXED BY resources_host WHERE r.host_id = h.id AND r.placed > 0 ORDER BY r.url LIMIT 1), 0),
		coalesce((SELECT r.url FROM resources r INDEXED BY resources_host WHERE r.host_id = h.id AND r.placed > 0 ORDER BY r.url LIMIT 1), ''),
		h.robots_at, h.robots_status, h.robots_access, h.robots_delay_us, h.error, h.error_at `+clause, args...)
	return collect(rows, err, func(rows *sql.Rows) (h catalog.HostRow, err error) {
		var gap, delay int64
		var unchecked, ok, failing, dead, blocked, skipped int
		err = rows.Scan(&h.Host, &gap, into{&h.NotBefore}, &h.Failures, into{&h.Next}, &h.Resources,
			&unchecked, &ok, &failing, &dead, &blocked, &skipped, &h.First, &h.FirstURL,
			into{&h.Robots.Read}, &h.Robots.Status, &h.Robots.Access, &delay, &h.Error, into{&h.ErrorAt})
		h.Robots.Delay = time.Duration(delay) * time.Microsecond
		h.Gap, h.Resting = time.Duration(gap)*time.Microsecond, h.NotBefore.After(now)
		h.States = statesOf(unchecked, ok, failing, dead, blocked, skipped)
		return h, err
	})
}

// statesOf gathers counts that are stored as columns; a state without any is left out.
func statesOf(unchecked, ok, failing, dead, blocked, skipped int) map[catalog.State]int {
	states := map[catalog.State]int{catalog.Unchecked: unchecked, catalog.OK: ok, catalog.Failing: failing,
		catalog.Dead: dead, catalog.Blocked: blocked, catalog.Skipped: skipped}
	for state, n := range states {
		if n == 0 {
			delete(states, state)
		}
	}
	return states
}
