-- What pages say, in short, to see another one take their place; and how often they change.

-- +goose Up

-- A row is written when a page is first seen in order, when it seems to be another, and when a person takes that for
-- what is meant: seldom. The texts are those of catalog.Fingerprint.Encode, of at most 1 KiB.
CREATE TABLE fingerprints (
    resource_id  INTEGER PRIMARY KEY REFERENCES resources (id),
    kept         TEXT NOT NULL,    -- what a page is compared with
    kept_at      INTEGER NOT NULL,
    listed       INTEGER NOT NULL CHECK (listed IN (0, 1)), -- it need not be held against its lists any more
    seen         TEXT,             -- another page that stands in its place
    sighted_at   INTEGER,          -- when it first seemed to be another
    confirmed_at INTEGER,          -- when it did for the second time
    accepted_at  INTEGER           -- when a person took it for what is meant
) STRICT;

-- These belong to the row of a resource, which every result writes anyway.
ALTER TABLE resources ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;   -- visits held against the one before
ALTER TABLE resources ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;    -- of them, with another text
ALTER TABLE resources ADD COLUMN watched_ms INTEGER NOT NULL DEFAULT 0; -- between them, in all
ALTER TABLE resources ADD COLUMN text_mark INTEGER NOT NULL DEFAULT 0;  -- of title and length, 64 bits; 0: not known
ALTER TABLE resources ADD COLUMN text_print INTEGER NOT NULL DEFAULT 0; -- of the words, 64 bits
