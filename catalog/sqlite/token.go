package sqlite

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"errors"
	"strings"
)

// tokenKey is the setting that holds the SHA-256 of the write token, in hexadecimal. A slow hash would add nothing, as
// the token is random and cannot be guessed.
const tokenKey = "write_token"

// EnsureToken makes the write token where there is none. The token, of at least 128 random bits, is returned only when
// it was made now; the store keeps its hash alone.
func (s *Store) EnsureToken(ctx context.Context) (token string, made bool, err error) {
	err = s.decide(ctx, "make the write token", func(ctx context.Context, tx *sql.Tx) error {
		fresh := newToken()
		res, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING`, tokenKey, hashToken(fresh))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		token, made = fresh, true
		return nil
	})
	return token, made && err == nil, err
}

// RenewToken makes another write token and ends all sessions. From its return on the old one is worth nothing.
func (s *Store) RenewToken(ctx context.Context) (token string, err error) {
	err = s.decide(ctx, "renew the write token", func(ctx context.Context, tx *sql.Tx) error {
		token = newToken()
		_, save := tx.ExecContext(ctx, `INSERT INTO settings (key, value) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET value = excluded.value`, tokenKey, hashToken(token))
		_, end := tx.ExecContext(ctx, `DELETE FROM sessions`)
		return firstError(save, end)
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// CheckToken reports whether a token is the write token. It takes the same time for every wrong one.
func (s *Store) CheckToken(ctx context.Context, token string) (right bool, err error) {
	err = s.read(ctx, "check the write token", func(ctx context.Context, tx *sql.Tx) error {
		var hash string
		err := tx.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = ?`, tokenKey).Scan(&hash)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		right = err == nil && subtle.ConstantTimeCompare([]byte(hash), []byte(hashToken(token))) == 1
		return err
	})
	return right, err
}

// newToken returns 130 random bits in base32, in lower case, as people type it.
func newToken() string { return strings.ToLower(rand.Text()) }

// hashToken hashes a token as people hand it in: in either case, with space around it.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(token))))
	return hex.EncodeToString(sum[:])
}
