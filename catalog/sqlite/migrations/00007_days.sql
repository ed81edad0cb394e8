-- How the sources stood day by day, and what the latest visits found wrong.

-- +goose Up

-- Source 0 is the catalog as a whole. A day is the number of days since 1970-01-01 (UTC).
CREATE TABLE days (
    source_id INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    unchecked INTEGER NOT NULL,
    ok        INTEGER NOT NULL,
    failing   INTEGER NOT NULL,
    dead      INTEGER NOT NULL,
    blocked   INTEGER NOT NULL,
    skipped   INTEGER NOT NULL,
    findings  INTEGER NOT NULL, -- open and not set aside
    PRIMARY KEY (source_id, day)
) STRICT, WITHOUT ROWID;

-- Few observations are in here, so that it costs a steady visit nothing.
CREATE INDEX observations_bad ON observations (id) WHERE state IN ('failing', 'dead');
