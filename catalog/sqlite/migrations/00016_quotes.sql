-- The line of a link as the list writes it. The next sync fills it in.

-- +goose Up

ALTER TABLE placements ADD COLUMN quote TEXT NOT NULL DEFAULT '';
