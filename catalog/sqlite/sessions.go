package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Sessions keeps the sessions of the dashboard. It is a store of github.com/alexedwards/scs/v2, with and without
// context.
type Sessions struct{ store *Store }

// Sessions returns where sessions are kept.
func (s *Store) Sessions() *Sessions { return &Sessions{s} }

// FindCtx returns the data of a session; found is false when there is none or its time is over.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.read(ctx, "find a session", func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT data FROM sessions WHERE token = ? AND ends_at > ?`, token, s.store.now().UnixMilli()).Scan(&data)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		found = err == nil
		return err
	})
	return data, found, err
}

// CommitCtx writes the data of a session, which holds until expiry.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.store.write(ctx, people, "save a session", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO sessions (token, data, ends_at) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET data = excluded.data, ends_at = excluded.ends_at`, token, data, expiry.UnixMilli())
		return err
	})
}

// DeleteCtx ends a session; one that is not there is no error.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.store.write(ctx, people, "end a session", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE token = ?`, token)
		return err
	})
}

// DeleteExpired removes the sessions whose time is over.
func (s *Sessions) DeleteExpired(ctx context.Context) error {
	return s.store.write(ctx, crawling, "remove old sessions", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE ends_at <= ?`, s.store.now().UnixMilli())
		return err
	})
}

// Find is FindCtx without a context.
func (s *Sessions) Find(token string) (data []byte, found bool, err error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
