-- Pauses: what a person wants not to be visited for a while. A resource is paused when all sources that hold it are,
-- a host by itself, everything by a row with neither. A pause that ended stays as a row with its end, so that what
-- became due meanwhile counts as due since then.

-- +goose Up

CREATE TABLE pauses (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER REFERENCES sources (id),
    host_id   INTEGER REFERENCES hosts (id),
    since_at  INTEGER NOT NULL,
    until_at  INTEGER, -- NULL: until somebody ends it
    by_whom   TEXT NOT NULL,
    why       TEXT NOT NULL,
    CHECK (source_id IS NULL OR host_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX pauses_what ON pauses (coalesce(source_id, 0), coalesce(host_id, 0));

-- paused_until is the end of the host's pause: 0 for none, NULL for one without an end. quiet_until is the end of the
-- quiet hours that a crawler met, in which only what a person asked for is visited (next_at is 0 then at most); it
-- belongs to the process that has the database open.
DROP INDEX hosts_ready;
ALTER TABLE hosts DROP COLUMN ready_at;
ALTER TABLE hosts ADD COLUMN paused_until INTEGER DEFAULT 0;
ALTER TABLE hosts ADD COLUMN quiet_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN ready_at INTEGER GENERATED ALWAYS AS
    (max(next_at, not_before, paused_until, CASE WHEN next_at > 0 THEN quiet_until ELSE 0 END)) VIRTUAL;
CREATE INDEX hosts_ready ON hosts (ready_at);
CREATE INDEX hosts_quiet ON hosts (quiet_until) WHERE quiet_until > 0;

-- paused_until is the first end of the pauses of its sources, in the same way; kept when a pause begins or ends, and
-- when a placement enters or leaves.
DROP INDEX resources_ready;
ALTER TABLE resources DROP COLUMN ready_at;
ALTER TABLE resources ADD COLUMN paused_until INTEGER DEFAULT 0;
ALTER TABLE resources ADD COLUMN ready_at INTEGER GENERATED ALWAYS AS
    (max(CASE WHEN asked_at IS NULL THEN due_at ELSE min(due_at, 0) END, lease_until, paused_until)) VIRTUAL;
CREATE INDEX resources_ready ON resources (host_id, ready_at);
