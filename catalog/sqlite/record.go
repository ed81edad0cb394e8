package sqlite

import (
	"context"
	"database/sql"
	"time"

	"waymark/catalog"
)

// Record writes what came of claims: observation, verdict, page facts, findings, changes, the next due time and the
// end of the lease, all in one transaction. A result whose claim another took over meanwhile is dropped, as its token
// is an old one. A held result leaves no observation; its verdict and due time are taken as given, and what a person
// asked for stays asked for. An observation without a time was not made (a link that is skipped), and none is stored.
func (s *Store) Record(ctx context.Context, results []catalog.Result) error {
	if len(results) == 0 {
		return nil
	}
	return s.write(ctx, crawling, "record", func(ctx context.Context, tx *sql.Tx) error {
		r := recording{store: s, db: s.compile(tx), hosts: map[int64]bool{}}
		stored, err := loadResults(ctx, r.db, results)
		if err != nil {
			return err
		}
		late := 0
		for _, result := range results {
			now := stored[result.Claim.Resource]
			switch {
			case now == nil || !now.token.Valid || now.token.Int64 != result.Claim.Token:
				late++
				continue
			case !result.Judgement.Verdict.State.Valid() || !result.Judgement.Verdict.Reason.Valid():
				s.log.Error("result dropped: unknown state or reason", "resource", now.id,
					"state", result.Judgement.Verdict.State, "reason", result.Judgement.Verdict.Reason)
				continue
			case !writable(result.Observation):
				s.log.Error("result dropped: it holds a time that cannot be written", "resource", now.id)
				continue
			}
			if err := r.result(ctx, now, result); err != nil {
				return err
			}
		}
		if late > 0 {
			s.log.Info("late results dropped: their leases had ended", "results", late)
		}
		return r.close(ctx)
	})
}

// known is what is stored of a resource before a result.
type known struct {
	id           int64
	token        sql.NullInt64 // of the lease, until it is recorded
	url          string
	host         sql.NullInt64
	state        catalog.State
	since        time.Time
	status       int
	checked      time.Time
	title        string
	modified     catalog.Modified
	contentType  string
	etag         string
	lastModified string
	page         sql.NullInt64
	seen         sql.NullInt64 // the last observation
	pageFacts    string
}

const loadQuery = `SELECT r.id, l.token, r.url, r.host_id, r.state, r.since_at, r.status, r.checked_at, r.title,
	r.modified_at, r.modified_from, r.modified_as, r.modified_sure, r.content_type, r.etag, r.last_modified, r.page_id, r.seen_id, coalesce(p.facts, '')
	FROM resources r LEFT JOIN leases l ON l.resource_id = r.id LEFT JOIN pages p ON p.id = r.page_id WHERE r.id IN (SELECT value FROM json_each(?))`

// loadResults reads the rows of a batch in one query, so that only what differs is written.
func loadResults(ctx context.Context, tx querier, results []catalog.Result) (map[int64]*known, error) {
	ids := make([]int64, len(results))
	for i, r := range results {
		ids[i] = r.Claim.Resource
	}
	rows, err := tx.QueryContext(ctx, loadQuery, numbers(ids))
	stored := make(map[int64]*known, len(results))
	return stored, each(rows, err, func(rows *sql.Rows) error {
		k := new(known)
		if err := rows.Scan(&k.id, &k.token, &k.url, &k.host, &k.state, into{&k.since}, &k.status, into{&k.checked}, &k.title,
			into{&k.modified.At}, &k.modified.From, &k.modified.As, &k.modified.Sure, &k.contentType, &k.etag, &k.lastModified, &k.page, &k.seen, &k.pageFacts); err != nil {
			return err
		}
		stored[k.id] = k
		return nil
	})
}

// recording is one batch under way.
type recording struct {
	store *Store
	db    *statements
	hosts map[int64]bool
	ended []int64 // tokens
}

const (
	updateVisit = `UPDATE resources SET reason = ?, message = ?, definite = ?, definite_since = ?, bad = ?, bad_since = ?, struck_at = ?, steady = ?,
		last_ok_at = ?, determined = ?, compared = ?, changed = ?, watched_ms = ?, text_mark = ?, text_print = ?, status = ?, checked_at = ?, seen_id = ?,
		due_at = CASE WHEN placed > 0 AND host_id IS NOT NULL THEN coalesce(?, due_at) END,
		asked_at = CASE WHEN ? THEN min(asked_at, coalesce(?, due_at) - 1) END WHERE id = ?`
	updateState = `UPDATE resources SET state = ?, since_at = ? WHERE id = ?`
	openFinding = `INSERT INTO findings (resource_id, kind, fragment, message, suggestion, opened_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (resource_id, kind, fragment) WHERE closed_at IS NULL
		DO UPDATE SET message = excluded.message, suggestion = excluded.suggestion`
	closeFinding = `UPDATE findings SET closed_at = ? WHERE resource_id = ? AND kind = ? AND fragment = ? AND closed_at IS NULL`
	endLeases    = `DELETE FROM leases WHERE token IN (SELECT value FROM json_each(?))`
	refreshHosts = `UPDATE hosts SET next_at = ` + nextOfHost + ` WHERE id IN (SELECT value FROM json_each(?))`
	addChange    = `INSERT INTO changes (resource_id, at, from_state, to_state, reason, finding, closed, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
)

// result writes one result.
func (r *recording) result(ctx context.Context, k *known, result catalog.Result) error {
	seen, verdict := result.Observation, result.Judgement.Verdict
	facts := *k
	facts.modified = result.Judgement.Modified
	if !result.Held && !seen.At.IsZero() {
		page, err := r.page(ctx, k, seen.Page)
		if err != nil {
			return err
		}
		if err := r.observe(ctx, k, seen, page, verdict); err != nil {
			return err
		}
		k.status, k.checked = seen.Status(), seen.At
		facts.learn(seen, page)
	}
	if err := r.facts(ctx, k, facts); err != nil {
		return err
	}
	if err := r.visit(ctx, k, result); err != nil {
		return err
	}
	if err := firstError(r.turn(ctx, k, verdict), r.prints(ctx, k.id, result)); err != nil {
		return err
	}
	r.ended, k.token = append(r.ended, k.token.Int64), sql.NullInt64{}
	if k.host.Valid {
		r.hosts[k.host.Int64] = true
	}
	return r.findings(ctx, k.id, result)
}

func (r *recording) visit(ctx context.Context, k *known, result catalog.Result) error {
	v := result.Judgement.Verdict
	return r.db.exec(ctx, updateVisit, string(v.Reason), v.Message, v.Strikes.Definite, stamp(v.Strikes.DefiniteSince),
		v.Strikes.Bad, stamp(v.Strikes.BadSince), stamp(v.Strikes.Last), v.Steady, stamp(v.LastOK), string(v.Determined),
		v.Rate.Compared, v.Rate.Changed, v.Rate.Watched.Milliseconds(), int64(v.Rate.Mark), int64(v.Rate.Print), k.status, stamp(k.checked),
		k.seen, stamp(result.Due), result.Held, stamp(result.Due), k.id)
}

// turn writes the state where it turned. It is apart from visit because its columns are indexed and seldom change.
func (r *recording) turn(ctx context.Context, k *known, v catalog.Verdict) error {
	if v.State == k.state && v.Since.UnixMilli() == k.since.UnixMilli() {
		return nil
	}
	k.state, k.since = v.State, v.Since
	return r.db.exec(ctx, updateState, string(v.State), stamp(v.Since), k.id)
}

func (r *recording) findings(ctx context.Context, id int64, result catalog.Result) error {
	j := result.Judgement
	for _, f := range j.Opened {
		opened := f.Opened
		if opened.IsZero() {
			opened = r.when(result)
		}
		if err := r.db.exec(ctx, openFinding, id, string(f.Kind), f.Fragment, f.Message, f.Suggestion, opened.UnixMilli()); err != nil {
			return err
		}
	}
	for _, f := range j.Closed {
		if err := r.db.exec(ctx, closeFinding, r.when(result).UnixMilli(), id, string(f.Kind), f.Fragment); err != nil {
			return err
		}
	}
	for _, c := range j.Changes {
		if err := r.db.exec(ctx, addChange, id, c.At.UnixMilli(), string(c.From), string(c.To), string(c.Reason),
			string(c.Finding), c.Closed, c.Message); err != nil {
			return err
		}
	}
	return nil
}

// when is the moment of a judgement: that of its changes, else of its observation.
func (r *recording) when(result catalog.Result) time.Time {
	switch {
	case len(result.Judgement.Changes) > 0:
		return result.Judgement.Changes[0].At
	case !result.Observation.At.IsZero():
		return result.Observation.At
	default:
		return r.store.now()
	}
}

// close ends the leases and tells the hosts when they have something next.
func (r *recording) close(ctx context.Context) error {
	hosts := make([]int64, 0, len(r.hosts))
	for id := range r.hosts {
		hosts = append(hosts, id)
	}
	return firstError(r.db.exec(ctx, endLeases, numbers(r.ended)), r.db.exec(ctx, refreshHosts, numbers(hosts)))
}
