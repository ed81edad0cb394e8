package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"waymark/catalog"
)

// more holds the facts of an observation that most lack.
type more struct {
	Failure      *catalog.Failure `json:"failure,omitempty"`
	ETag         string           `json:"etag,omitempty"`
	LastModified string           `json:"last_modified,omitempty"`
	RetryAfter   time.Duration    `json:"retry_after,omitempty"`
	Challenge    string           `json:"challenge,omitempty"`
	Truncated    bool             `json:"truncated,omitempty"`
	Local        bool             `json:"local,omitempty"`
	Missing      []string         `json:"missing,omitempty"`
}

// observe adds an observation to the history, with the verdict that it led to.
func (r *recording) observe(ctx context.Context, k *known, seen catalog.Observation, page sql.NullInt64, v catalog.Verdict) error {
	hop, hops, err := encodeHops(seen.Hops, k.url)
	if err != nil {
		return err
	}
	rest, err := encodeMore(seen)
	if err != nil {
		return err
	}
	_, err = r.stmts.observe.ExecContext(ctx, k.id, seen.At.UnixMilli(), seen.Duration.Microseconds(), seen.Attempts, seen.Status(),
		hop, hops, seen.ContentType, seen.Bytes, rest, page, string(v.State), string(v.Reason), v.Message)
	return err
}

// page returns the number of the page facts that an observation read: those on record when nothing differs.
func (r *recording) page(ctx context.Context, k *known, page *catalog.Page) (sql.NullInt64, error) {
	if page == nil {
		return sql.NullInt64{}, nil
	}
	facts, err := json.Marshal(page)
	if err != nil || k.page.Valid && k.pageFacts == string(facts) {
		return k.page, err
	}
	res, err := r.stmts.page.ExecContext(ctx, k.id, string(facts))
	if err != nil {
		return sql.NullInt64{}, err
	}
	id, err := res.LastInsertId()
	return sql.NullInt64{Int64: id, Valid: true}, err
}

// learn takes over what an observation tells of the page. Only a good answer of its own does: after a failure, an
// error or a 304 the earlier facts stay.
func (k *known) learn(seen catalog.Observation, page sql.NullInt64) {
	if seen.Failure != nil || seen.Status()/100 != 2 {
		return
	}
	k.contentType, k.etag, k.lastModified = seen.ContentType, seen.ETag, seen.LastModified
	if seen.Page != nil {
		k.title, k.page = seen.Page.Title, page
	}
}

// facts writes what is known of the page where it differs.
func (r *recording) facts(ctx context.Context, k *known, f known) error {
	if f.modified.UnixMilli() == k.modified.UnixMilli() && f.title == k.title && f.contentType == k.contentType &&
		f.etag == k.etag && f.lastModified == k.lastModified && f.page == k.page {
		return nil
	}
	_, err := r.stmts.facts.ExecContext(ctx, f.title, stamp(f.modified), f.contentType, f.etag, f.lastModified, f.page, k.id)
	return err
}

// encodeHops writes hops as JSON. The commonest case, one hop to the resource's own URL, takes only its duration.
func encodeHops(hops []catalog.Hop, url string) (hopMicros, encoded any, err error) {
	switch {
	case len(hops) == 0:
		return nil, nil, nil
	case len(hops) == 1 && hops[0].URL == url && hops[0].Location == "":
		return hops[0].Duration.Microseconds(), nil, nil
	}
	text, err := json.Marshal(hops)
	return nil, string(text), err
}

// decodeHops is the inverse of encodeHops; durations of a single hop come back in microseconds.
func decodeHops(hopMicros sql.NullInt64, encoded sql.NullString, url string, status int) (hops []catalog.Hop, err error) {
	switch {
	case encoded.Valid:
		return hops, json.Unmarshal([]byte(encoded.String), &hops)
	case hopMicros.Valid:
		return []catalog.Hop{{URL: url, Status: status, Duration: time.Duration(hopMicros.Int64) * time.Microsecond}}, nil
	}
	return nil, nil
}

func encodeMore(seen catalog.Observation) (any, error) {
	text, err := json.Marshal(more{seen.Failure, seen.ETag, seen.LastModified, seen.RetryAfter, seen.Challenge, seen.Truncated, seen.Local, seen.Missing})
	if err != nil || string(text) == "{}" {
		return nil, err
	}
	return string(text), nil
}

func decodeMore(text sql.NullString, seen *catalog.Observation) error {
	if !text.Valid {
		return nil
	}
	var m more
	if err := json.Unmarshal([]byte(text.String), &m); err != nil {
		return err
	}
	seen.Failure, seen.ETag, seen.LastModified, seen.RetryAfter = m.Failure, m.ETag, m.LastModified, m.RetryAfter
	seen.Challenge, seen.Truncated, seen.Local, seen.Missing = m.Challenge, m.Truncated, m.Local, m.Missing
	return nil
}

// recorder holds the statements of Record, compiled once: at ten thousand results a second compiling would cost more
// than running them.
type recorder struct {
	visit, turn, facts, page, observe, open, shut, change *sql.Stmt
}

func (r *recorder) all() map[**sql.Stmt]string {
	return map[**sql.Stmt]string{
		&r.visit: `UPDATE resources SET reason = ?, message = ?, definite = ?, definite_since = ?, bad = ?, bad_since = ?, steady = ?,
			last_ok_at = ?, determined = ?, status = ?, checked_at = ?,
			due_at = CASE WHEN placed > 0 AND host_id IS NOT NULL THEN coalesce(?, due_at) END,
			asked_at = NULL, lease_until = 0, token = token + 1 WHERE id = ?`,
		&r.turn:  `UPDATE resources SET state = ?, since_at = ? WHERE id = ?`,
		&r.facts: `UPDATE resources SET title = ?, modified_at = ?, content_type = ?, etag = ?, last_modified = ?, page_id = ? WHERE id = ?`,
		&r.page:  `INSERT INTO pages (resource_id, facts) VALUES (?, ?)`,
		&r.observe: `INSERT INTO observations (resource_id, at, duration_us, attempts, status, hop_us, hops, content_type, bytes, more,
			page_id, state, reason, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		&r.open: `INSERT INTO findings (resource_id, kind, fragment, message, suggestion, opened_at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (resource_id, kind, fragment) WHERE closed_at IS NULL
			DO UPDATE SET message = excluded.message, suggestion = excluded.suggestion`,
		&r.shut: `UPDATE findings SET closed_at = ? WHERE resource_id = ? AND kind = ? AND fragment = ? AND closed_at IS NULL`,
		&r.change: `INSERT INTO changes (resource_id, at, from_state, to_state, reason, finding, closed, message)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	}
}

func (r *recorder) prepare(ctx context.Context, db *sql.DB) error {
	for stmt, query := range r.all() {
		prepared, err := db.PrepareContext(ctx, query)
		if err != nil {
			return err
		}
		*stmt = prepared
	}
	return nil
}

// in returns the statements bound to a transaction, which closes them.
func (r *recorder) in(ctx context.Context, tx *sql.Tx) recorder {
	return recorder{
		tx.StmtContext(ctx, r.visit), tx.StmtContext(ctx, r.turn), tx.StmtContext(ctx, r.facts), tx.StmtContext(ctx, r.page),
		tx.StmtContext(ctx, r.observe), tx.StmtContext(ctx, r.open), tx.StmtContext(ctx, r.shut), tx.StmtContext(ctx, r.change),
	}
}

func (r *recorder) close() error {
	var err error
	for stmt := range r.all() {
		if *stmt != nil {
			err = firstError(err, (*stmt).Close())
		}
	}
	return err
}
