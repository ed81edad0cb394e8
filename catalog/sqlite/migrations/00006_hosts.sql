-- How many resources of each host are in force, by state. Kept by triggers, as a scan of a million resources for a
-- table of hosts would take seconds.

-- +goose Up

CREATE TABLE host_tallies (
    host_id   INTEGER PRIMARY KEY REFERENCES hosts (id),
    resources INTEGER NOT NULL DEFAULT 0,
    unchecked INTEGER NOT NULL DEFAULT 0,
    ok        INTEGER NOT NULL DEFAULT 0,
    failing   INTEGER NOT NULL DEFAULT 0,
    dead      INTEGER NOT NULL DEFAULT 0,
    blocked   INTEGER NOT NULL DEFAULT 0,
    skipped   INTEGER NOT NULL DEFAULT 0,
    trouble   INTEGER GENERATED ALWAYS AS (dead + failing) VIRTUAL
) STRICT;

INSERT INTO host_tallies (host_id, resources, unchecked, ok, failing, dead, blocked, skipped)
    SELECT host_id, count(*), sum(state = 'unchecked'), sum(state = 'ok'), sum(state = 'failing'), sum(state = 'dead'),
        sum(state = 'blocked'), sum(state = 'skipped')
    FROM resources WHERE host_id IS NOT NULL AND placed > 0 GROUP BY host_id;

CREATE INDEX host_tallies_resources ON host_tallies (resources);
CREATE INDEX host_tallies_trouble ON host_tallies (trouble) WHERE trouble > 0;
-- Hosts of which nothing lives; catalog.HostDied.
CREATE INDEX host_tallies_died ON host_tallies (host_id) WHERE dead >= 3 AND ok + failing + blocked = 0;

-- +goose StatementBegin
CREATE TRIGGER host_gains AFTER UPDATE OF placed ON resources
WHEN old.placed = 0 AND new.placed > 0 AND new.host_id IS NOT NULL BEGIN
    INSERT INTO host_tallies (host_id, resources, unchecked, ok, failing, dead, blocked, skipped)
        VALUES (new.host_id, 1, new.state = 'unchecked', new.state = 'ok', new.state = 'failing', new.state = 'dead',
            new.state = 'blocked', new.state = 'skipped')
        ON CONFLICT DO UPDATE SET resources = resources + 1, unchecked = unchecked + excluded.unchecked,
            ok = ok + excluded.ok, failing = failing + excluded.failing, dead = dead + excluded.dead,
            blocked = blocked + excluded.blocked, skipped = skipped + excluded.skipped;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER host_loses AFTER UPDATE OF placed ON resources
WHEN old.placed > 0 AND new.placed = 0 AND new.host_id IS NOT NULL BEGIN
    UPDATE host_tallies SET resources = resources - 1, unchecked = unchecked - (new.state = 'unchecked'),
        ok = ok - (new.state = 'ok'), failing = failing - (new.state = 'failing'), dead = dead - (new.state = 'dead'),
        blocked = blocked - (new.state = 'blocked'), skipped = skipped - (new.state = 'skipped')
        WHERE host_id = new.host_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER host_turns AFTER UPDATE OF state ON resources
WHEN old.state <> new.state AND new.placed > 0 AND new.host_id IS NOT NULL BEGIN
    UPDATE host_tallies SET
        unchecked = unchecked - (old.state = 'unchecked') + (new.state = 'unchecked'),
        ok = ok - (old.state = 'ok') + (new.state = 'ok'),
        failing = failing - (old.state = 'failing') + (new.state = 'failing'),
        dead = dead - (old.state = 'dead') + (new.state = 'dead'),
        blocked = blocked - (old.state = 'blocked') + (new.state = 'blocked'),
        skipped = skipped - (old.state = 'skipped') + (new.state = 'skipped')
        WHERE host_id = new.host_id;
END;
-- +goose StatementEnd
