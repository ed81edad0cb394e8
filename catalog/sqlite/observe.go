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

	Near            map[string]string `json:"near,omitempty"`
	Signals         []catalog.Signal  `json:"signals,omitempty"`
	Answers         []catalog.Answer  `json:"answers,omitempty"`
	CertificateEnds time.Time         `json:"certificate_ends,omitzero"`
}

const (
	addObservation = `INSERT INTO observations (resource_id, at, duration_us, attempts, status, hop_us, hops, content_type, bytes, more,
		page_id, state, reason, message, previous_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	addPage     = `INSERT INTO pages (resource_id, facts) VALUES (?, ?)`
	updateFacts = `UPDATE resources SET title = ?, modified_at = ?, modified_from = ?, modified_as = ?, modified_sure = ?, content_type = ?, etag = ?, last_modified = ?, page_id = ? WHERE id = ?`
)

// writable reports whether JSON can hold the times that hosts put into an observation (RFC 3339 has four digits for a
// year). One that it cannot hold must not keep a whole batch from being recorded, again and again.
func writable(seen catalog.Observation) bool {
	fits := func(t time.Time) bool {
		_, err := t.MarshalText()
		return err == nil
	}
	for _, a := range seen.Answers {
		if a.Repository != nil && !fits(a.Repository.Pushed) {
			return false
		}
	}
	return fits(seen.CertificateEnds) && (seen.Page == nil || fits(seen.Page.Modified))
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
	id, err := r.db.insert(ctx, addObservation, k.id, seen.At.UnixMilli(), seen.Duration.Microseconds(), seen.Attempts, seen.Status(),
		hop, hops, seen.ContentType, seen.Bytes, rest, page, string(v.State), string(v.Reason), v.Message, k.seen)
	k.seen = sql.NullInt64{Int64: id, Valid: err == nil}
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
	id, err := r.db.insert(ctx, addPage, k.id, string(facts))
	return sql.NullInt64{Int64: id, Valid: err == nil}, err
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
	if sameEvidence(f.modified, k.modified) && f.title == k.title && f.contentType == k.contentType &&
		f.etag == k.etag && f.lastModified == k.lastModified && f.page == k.page {
		return nil
	}
	return r.db.exec(ctx, updateFacts, f.title, stamp(f.modified.At), f.modified.From, f.modified.As, string(f.modified.Sure), f.contentType, f.etag, f.lastModified, f.page, k.id)
}

// sameEvidence reports whether nothing differs that is stored of a date.
func sameEvidence(a, b catalog.Modified) bool {
	return a.At.UnixMilli() == b.At.UnixMilli() && a.From == b.From && a.As == b.As && a.Sure == b.Sure
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
	text, err := json.Marshal(more{seen.Failure, seen.ETag, seen.LastModified, seen.RetryAfter, seen.Challenge, seen.Truncated, seen.Local, seen.Missing,
		seen.Near, seen.Signals, seen.Answers, seen.CertificateEnds})
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
	seen.Near, seen.Signals, seen.Answers, seen.CertificateEnds = m.Near, m.Signals, m.Answers, m.CertificateEnds
	return nil
}
