package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"waymark/catalog"
)

// Claim takes due resources for a crawler and holds them until the lease ends. Due hosts come first, the longest due
// before the others, and each gives at most req.PerHost resources, those held already included; so one big host
// cannot starve the rest. Within a host, what a person asked for comes first. A host that is to be left alone for a
// while, or that has quiet hours, gives nothing, unless a person asked for it in those hours; nor does what is paused.
// A crawler that dies loses its leases by their end.
func (s *Store) Claim(ctx context.Context, req catalog.ClaimRequest) (claims []catalog.Claim, err error) {
	if req.PerHost <= 0 {
		req.PerHost = req.Limit
	}
	behind := false
	err = s.write(ctx, crawling, "claim", func(ctx context.Context, tx *sql.Tx) (err error) {
		if err := firstError(s.heal(ctx, tx, req), renewWishes(ctx, tx, req.Now)); err != nil {
			return err
		}
		if behind, err = marksBehind(ctx, tx); err != nil || behind {
			return err
		}
		claims, err = s.claim(ctx, tx, req)
		return err
	})
	if err != nil || !behind {
		return claims, err
	}
	if err := s.followPauses(ctx); err != nil {
		return nil, err
	}
	return s.Claim(ctx, req)
}

func (s *Store) claim(ctx context.Context, tx *sql.Tx, req catalog.ClaimRequest) (claims []catalog.Claim, err error) {
	if _, paused, err := allPaused(ctx, tx, req.Now); err != nil || paused {
		return nil, err
	}
	var ids []int64
	db := s.compile(tx)
	for len(ids) < req.Limit {
		found, err := dueHosts(ctx, db, req, req.Limit-len(ids))
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			break
		}
		taken := take(found, req.Limit-len(ids))
		if err := lease(ctx, db, req, taken, found); err != nil {
			return nil, err
		}
		ids = append(ids, taken...)
	}
	err = collectClaims(ctx, db, ids, req.Now, &claims)
	return claims, err
}

// renewWishes puts what a person asked for, and was put off since, before all others now that it is due again.
func renewWishes(ctx context.Context, tx *sql.Tx, now time.Time) error {
	rows, err := tx.QueryContext(ctx, `UPDATE resources SET asked_at = due_at WHERE asked_at < due_at AND due_at <= ? RETURNING id`, now.UnixMilli())
	ids, err := collect(rows, err, scanID)
	if err != nil || len(ids) == 0 {
		return err
	}
	return refreshHostsOf(ctx, tx, ids)
}

// dueHost is a host whose time has come.
type dueHost struct {
	id    int64
	share int     // of claims held at once
	held  int     // leases under way
	asked int     // of those due, by a person
	due   []int64 // its resources, the first to be visited first
}

// dueHosts finds hosts by their index and then a few rows of each by theirs. It looks at no more rows than it can
// claim: a window function over all due rows took a second at a million. A host may turn out to have nothing.
func dueHosts(ctx context.Context, tx querier, req catalog.ClaimRequest, limit int) ([]dueHost, error) {
	now := req.Now.UnixMilli()
	ready := now
	if req.Asked {
		ready = 0 // as is what people asked for, and no other
	}
	rows, err := tx.QueryContext(ctx, claimQuery, ready, limit, now, now, ready, now, min(req.PerHost, limit))
	var found []dueHost
	err = each(rows, err, func(rows *sql.Rows) error {
		var host dueHost
		var name string
		var resource sql.NullInt64
		var asked bool
		if err := rows.Scan(&host.id, &name, &host.held, &resource, &asked); err != nil {
			return err
		}
		if len(found) == 0 || found[len(found)-1].id != host.id {
			host.share = shareOf(req, name)
			found = append(found, host)
		}
		if last := &found[len(found)-1]; resource.Valid {
			last.due = append(last.due, resource.Int64)
			if asked {
				last.asked++
			}
		}
		return nil
	})
	return found, err
}

// shareOf is how many claims a host can hold at once.
func shareOf(req catalog.ClaimRequest, host string) int {
	if req.Share == nil {
		return req.PerHost
	}
	return min(max(req.Share(host), 1), req.PerHost)
}

const claimQuery = `
	WITH due AS MATERIALIZED (SELECT id, name, ready_at, quiet_until FROM hosts WHERE ready_at <= ? ORDER BY ready_at LIMIT ?)
	SELECT due.id, due.name,
		(SELECT count(*) FROM leases l WHERE l.host_id = due.id AND l.until_at > 0 AND l.until_at > ?),
		r.id, r.asked_at IS NOT NULL
	FROM due LEFT JOIN resources r ON r.id IN (
		SELECT id FROM resources f WHERE host_id = due.id AND ready_at <= CASE WHEN due.quiet_until > ? THEN 0 ELSE ? END
			AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.resource_id = f.id AND l.until_at > ?)
		ORDER BY ready_at LIMIT ?)
	ORDER BY due.ready_at, due.id, r.ready_at`

// take picks at most limit resources, leaving each host within its share; what a person asked for goes beyond it.
func take(found []dueHost, limit int) []int64 {
	var ids []int64
	for _, h := range found {
		n := min(len(h.due), max(h.share-h.held, h.asked), limit-len(ids))
		ids = append(ids, h.due[:n]...)
	}
	return ids
}

// lease holds resources and tells their hosts when they have something next. A host that gives all it may comes up
// again when a visit is recorded, or at the end of its first lease; until then a claim does not look at it.
func lease(ctx context.Context, tx querier, req catalog.ClaimRequest, ids []int64, found []dueHost) error {
	shares := make([][2]int64, len(found))
	for i, h := range found {
		shares[i] = [2]int64{h.id, int64(h.share)}
	}
	hosts, err := json.Marshal(shares)
	if err != nil {
		return err
	}
	now, until := req.Now.UnixMilli(), req.Now.Add(req.Lease).UnixMilli()
	if err := hold(ctx, tx, ids, until); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, leaseQuery, now, string(hosts))
	return err
}

const leaseQuery = `UPDATE hosts SET next_at = (SELECT CASE WHEN held < share.value->>1 THEN free ELSE max(free, first) END
		FROM (SELECT ` + nextOfHost + ` AS free, count(*) AS held, min(until_at) AS first
			FROM leases WHERE host_id = hosts.id AND until_at > 0 AND until_at > ?))
	FROM json_each(?) share WHERE hosts.id = share.value->>0`

// hold gives resources new tokens, which makes those that they had void.
func hold(ctx context.Context, tx querier, ids []int64, until int64) error {
	_, err := tx.ExecContext(ctx, holdQuery, until, numbers(ids))
	return err
}

const holdQuery = `INSERT OR REPLACE INTO leases (resource_id, host_id, until_at)
	SELECT r.id, r.host_id, ? FROM json_each(?) j CROSS JOIN resources r ON r.id = j.value`

// Unvisited takes the resources of a source that need no network: local files, links that no browser would open, and
// schemes that are never visited. They are to be judged against the source and recorded like visits. Nobody else
// visits them, so they carry a token and no lease.
func (s *Store) Unvisited(ctx context.Context, source string) ([]catalog.Claim, error) {
	return s.claimAll(ctx, "claim what needs no network", source, `r.host_id IS NULL AND`)
}

// Claims takes all resources of a source, due or not, for a single run that visits each once. The lock on the file
// says that no other crawler is at work, so they carry a token and no lease. A later call makes the tokens of an
// earlier one void.
func (s *Store) Claims(ctx context.Context, source string) ([]catalog.Claim, error) {
	return s.claimAll(ctx, "claim a source", source, ``)
}

func (s *Store) claimAll(ctx context.Context, what, source, condition string) (claims []catalog.Claim, err error) {
	err = s.write(ctx, crawling, what, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT r.id FROM resources r WHERE `+condition+` EXISTS (SELECT 1 FROM memberships m
			WHERE m.resource_id = r.id AND m.section = '' AND m.source_id = (SELECT id FROM sources WHERE name = ?)) ORDER BY r.id`, source)
		ids, err := collect(rows, err, scanID)
		if err != nil {
			return err
		}
		if err := hold(ctx, tx, ids, 0); err != nil {
			return err
		}
		return collectClaims(ctx, tx, ids, s.now(), &claims)
	})
	return claims, err
}

func scanID(rows *sql.Rows) (id int64, err error) { return id, rows.Scan(&id) }

// Release gives claims back unvisited, as on shutdown. They are as due as they were.
func (s *Store) Release(ctx context.Context, claims []catalog.Claim) error {
	if len(claims) == 0 {
		return nil
	}
	return s.write(ctx, crawling, "release", func(ctx context.Context, tx *sql.Tx) error {
		ids := make([]int64, 0, len(claims))
		for _, c := range claims {
			if _, err := tx.ExecContext(ctx, `DELETE FROM leases WHERE token = ? AND resource_id = ?`, c.Token, c.Resource); err != nil {
				return err
			}
			ids = append(ids, c.Resource)
		}
		return refreshHostsOf(ctx, tx, ids)
	})
}

// endLeases gives back what a process that died had claimed, and forgets the quiet hours that it met. The lock on the
// file says that no other one is at work, so that nobody has to wait for the leases' end.
func (s *Store) endLeases(ctx context.Context) error {
	return writeTx(ctx, s.writer, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE hosts SET quiet_until = 0 WHERE quiet_until > 0`); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT resource_id FROM leases`)
		ids, err := collect(rows, err, scanID)
		if err != nil || len(ids) == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM leases`)
		return firstError(err, refreshHostsOf(ctx, tx, ids))
	})
}

// CheckNow makes resources due at once and before all others of their hosts, as a person asks for it, quiet hours or
// not; what a crawler holds already, it can claim once more to learn of the wish. A host's own wish to be left alone
// still holds. What needs no network, and what no list holds, is passed over. It changes nothing, and returns
// catalog.ErrNotFound, when one of the resources is not known, or a catalog.PausedError, when one is paused.
func (s *Store) CheckNow(ctx context.Context, ids []int64, now time.Time) error {
	return s.decide(ctx, "check now", func(ctx context.Context, tx *sql.Tx) error {
		var unknown int
		list := numbers(ids)
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM json_each(?) WHERE value NOT IN (SELECT id FROM resources WHERE id IN
			(SELECT value FROM json_each(?)))`, list, list).Scan(&unknown); err != nil {
			return err
		}
		if unknown > 0 {
			return catalog.ErrNotFound
		}
		if err := refusePaused(ctx, tx, list, now); err != nil {
			return err
		}
		_, free := tx.ExecContext(ctx, `UPDATE leases SET until_at = 0 WHERE resource_id IN (SELECT value FROM json_each(?))`, list)
		_, ask := tx.ExecContext(ctx, `UPDATE resources SET asked_at = ?, due_at = min(due_at, ?), paused_until = 0
			WHERE id IN (SELECT value FROM json_each(?)) AND due_at IS NOT NULL`, stamp(now), stamp(now), list)
		_, past := tx.ExecContext(ctx, `UPDATE hosts SET paused_until = 0, not_before = CASE WHEN not_before <= ? THEN 0 ELSE not_before END
			WHERE id IN (SELECT host_id FROM resources WHERE id IN (SELECT value FROM json_each(?)))`, stamp(now), list)
		return firstError(free, ask, past, refreshHostsOf(ctx, tx, ids))
	})
}

// NextDue returns when a claim can next give something: now or later; the zero time when nothing is scheduled.
func (s *Store) NextDue(ctx context.Context, now time.Time) (next time.Time, err error) {
	err = s.read(ctx, "look up the next visit", func(ctx context.Context, tx *sql.Tx) error {
		next, err = nextDue(ctx, tx, now)
		return err
	})
	if !next.IsZero() && next.Before(now) {
		next = now
	}
	return next, err
}

func nextDue(ctx context.Context, tx *sql.Tx, now time.Time) (next time.Time, err error) {
	if until, paused, err := allPaused(ctx, tx, now); err != nil || paused {
		return until, err
	}
	err = tx.QueryRowContext(ctx, `SELECT (SELECT ready_at FROM hosts WHERE ready_at >= 0 ORDER BY ready_at LIMIT 1)`).Scan(into{&next})
	return next, err
}

// refreshHostsOf tells the hosts of resources when they have something next.
func refreshHostsOf(ctx context.Context, tx *sql.Tx, resources []int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE hosts SET next_at = `+nextOfHost+`
		WHERE id IN (SELECT host_id FROM resources WHERE id IN (SELECT value FROM json_each(?)))`, numbers(resources))
	return err
}
