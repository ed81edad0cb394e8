-- What people decided on findings.

-- +goose Up

-- A review is about a resource, a kind and a fragment, so that it outlives a finding that closes and opens again. At
-- most one of a subject stands; whether it is in force is a question of until_at, which nobody has to write down when
-- its time comes.
CREATE TABLE reviews (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    resource_id  INTEGER NOT NULL REFERENCES resources (id),
    kind         TEXT NOT NULL,
    fragment     TEXT NOT NULL,
    decision     TEXT NOT NULL CHECK (decision IN ('kept', 'aside')),
    reason       TEXT NOT NULL,
    made_by      TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    until_at     INTEGER, -- NULL: without end
    withdrawn_at INTEGER,
    withdrawn_by TEXT NOT NULL DEFAULT '',
    replaced_at  INTEGER,
    ends_at      INTEGER GENERATED ALWAYS AS (coalesce(until_at, 9223372036854775807)) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX reviews_standing ON reviews (resource_id, kind, fragment)
    WHERE withdrawn_at IS NULL AND replaced_at IS NULL;
CREATE INDEX reviews_decision ON reviews (decision, ends_at) WHERE withdrawn_at IS NULL AND replaced_at IS NULL;
CREATE INDEX reviews_resource ON reviews (resource_id);
