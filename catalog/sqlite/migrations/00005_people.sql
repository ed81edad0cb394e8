-- The write token, the sessions of those who gave it, and the sources that they added.

-- +goose Up

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token   TEXT PRIMARY KEY,
    data    BLOB NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_end ON sessions (ends_at);

-- A source with a time here was added by a page rather than configured.
ALTER TABLE sources ADD COLUMN added_at INTEGER;
ALTER TABLE sources ADD COLUMN added_by TEXT NOT NULL DEFAULT '';
