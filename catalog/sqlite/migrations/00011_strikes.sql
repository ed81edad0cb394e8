-- When the last strike fell that counted: further ones within minutes are the same event.

-- +goose Up

ALTER TABLE resources ADD COLUMN struck_at INTEGER;
