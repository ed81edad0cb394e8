-- What a claim and a result write at a million resources lies on pages far apart, and each page costs. So leases leave
-- the indexes of resources for a small table of their own, and a resource leads to its observations without an index.

-- +goose Up

-- Who visits what. A token is never given twice. A single run claims without an end: until_at is 0.
CREATE TABLE leases (
    token       INTEGER PRIMARY KEY AUTOINCREMENT,
    resource_id INTEGER NOT NULL UNIQUE REFERENCES resources (id),
    host_id     INTEGER,          -- of the resource
    until_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX leases_host ON leases (host_id, until_at) WHERE until_at > 0;

-- ready_at is when a crawler can have a resource that no lease holds: a pause postpones it, and a person's wish
-- (asked_at) puts it before all others.
DROP INDEX resources_ready;
DROP INDEX resources_leased;
ALTER TABLE resources DROP COLUMN ready_at;
ALTER TABLE resources DROP COLUMN lease_until;
ALTER TABLE resources DROP COLUMN token;
ALTER TABLE resources ADD COLUMN ready_at INTEGER GENERATED ALWAYS AS
    (max(CASE WHEN asked_at IS NULL THEN due_at ELSE min(due_at, 0) END, paused_until)) VIRTUAL;
CREATE INDEX resources_ready ON resources (host_id, ready_at);
UPDATE hosts SET next_at = (SELECT ready_at FROM resources WHERE host_id = hosts.id AND ready_at >= 0 ORDER BY ready_at LIMIT 1)
    WHERE next_at IS NOT (SELECT ready_at FROM resources WHERE host_id = hosts.id AND ready_at >= 0 ORDER BY ready_at LIMIT 1);

-- The history of a resource is a chain: its last observation, and from each the one before. A chain ends where there
-- is none before, or no longer.
ALTER TABLE observations ADD COLUMN previous_id INTEGER; -- of the same resource
ALTER TABLE resources ADD COLUMN seen_id INTEGER;        -- of observations: the last
UPDATE observations SET previous_id =
    (SELECT max(p.id) FROM observations p WHERE p.resource_id = observations.resource_id AND p.id < observations.id);
UPDATE resources SET seen_id = (SELECT max(id) FROM observations WHERE resource_id = resources.id);
DROP INDEX observations_resource;
