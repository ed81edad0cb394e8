-- The catalog. Times are Unix milliseconds (UTC); NULL stands for "never" or "unknown". Closed sets are text with
-- a CHECK. Numbers are only ever given once, so that feeds and cursors can rely on them.

-- +goose Up

CREATE TABLE sources (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    path       TEXT NOT NULL DEFAULT '',
    git        TEXT NOT NULL DEFAULT '',
    ref        TEXT NOT NULL DEFAULT '',
    paths      TEXT NOT NULL DEFAULT '[]', -- JSON array
    url        TEXT NOT NULL DEFAULT '',
    format     TEXT NOT NULL DEFAULT '',
    hash       TEXT NOT NULL DEFAULT '',   -- of the contents that the placements stand for; '': to be read anew
    tried_at   INTEGER,                    -- the last attempt
    synced_at  INTEGER,                    -- the last success
    error      TEXT NOT NULL DEFAULT '',   -- of the last attempt
    problems   TEXT NOT NULL DEFAULT '[]', -- JSON array, of the last reading
    files      INTEGER NOT NULL DEFAULT 0,
    placements INTEGER NOT NULL DEFAULT 0, -- in force
    retired_at INTEGER                     -- no longer configured
) STRICT;

-- A section is a heading path within a source; top is its outermost heading, path all of them joined by ' / '.
CREATE TABLE sections (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    headings  TEXT NOT NULL, -- JSON array
    path      TEXT NOT NULL,
    top       TEXT NOT NULL,
    position  INTEGER NOT NULL -- in the order of the list
) STRICT;
CREATE UNIQUE INDEX sections_headings ON sections (source_id, headings);
CREATE INDEX sections_path ON sections (path, source_id);
CREATE INDEX sections_order ON sections (source_id, top, position);

-- next_at caches the earliest ready_at among the host's resources, so that a claim finds due hosts without looking at
-- resources. It may be too early, which a claim mends, but never too late. While a host gives all the visits that it
-- may, it is the end of the first lease: recording a result sets it back.
CREATE TABLE hosts (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    gap_us     INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    failures   INTEGER NOT NULL DEFAULT 0,
    next_at    INTEGER,
    ready_at   INTEGER GENERATED ALWAYS AS (max(next_at, not_before)) VIRTUAL
) STRICT;
CREATE INDEX hosts_ready ON hosts (ready_at);
CREATE INDEX hosts_mindful ON hosts (name) WHERE gap_us <> 0 OR not_before <> 0 OR failures <> 0;

-- due_at is what the schedule says; NULL for what needs no network and for what no list holds any more. ready_at is
-- when a crawler can have it: a lease postpones it, and a person's wish (asked_at) puts it before all others.
CREATE TABLE resources (
    id             INTEGER PRIMARY KEY,
    url            TEXT NOT NULL,
    source_id      INTEGER REFERENCES sources (id), -- of a local resource
    host_id        INTEGER REFERENCES hosts (id),   -- NULL: needs no network
    placed         INTEGER NOT NULL DEFAULT 0 CHECK (placed >= 0), -- placements in force
    kind           TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('article', 'official', 'video', 'course', 'book',
                       'opensource', 'feed', 'podcast', 'roadmap', 'paper', 'tool', 'community', 'other')),
    list_title     TEXT NOT NULL DEFAULT '', -- of the first placement, like kind

    state          TEXT NOT NULL DEFAULT 'unchecked'
                       CHECK (state IN ('unchecked', 'ok', 'failing', 'dead', 'blocked', 'skipped')),
    reason         TEXT NOT NULL DEFAULT 'unchecked' CHECK (reason IN ('ok', 'not-found', 'gone', 'soft-404', 'parked',
                       'empty', 'client-error', 'server-error', 'dns', 'refused', 'unreachable', 'reset', 'timeout',
                       'tls', 'protocol', 'redirect-loop', 'bad-redirect', 'unauthorized', 'forbidden',
                       'rate-limited', 'challenge', 'robots', 'private-address', 'invalid-url',
                       'unsupported-scheme', 'rule', 'offline', 'unchecked')),
    message        TEXT NOT NULL DEFAULT '',
    since_at       INTEGER,
    definite       INTEGER NOT NULL DEFAULT 0, -- strikes
    definite_since INTEGER,
    bad            INTEGER NOT NULL DEFAULT 0,
    bad_since      INTEGER,
    steady         INTEGER NOT NULL DEFAULT 0,
    last_ok_at     INTEGER,
    determined     TEXT NOT NULL DEFAULT '' CHECK (determined IN ('', 'ok', 'failing', 'dead')),

    status         INTEGER NOT NULL DEFAULT 0,
    checked_at     INTEGER,
    title          TEXT NOT NULL DEFAULT '', -- of the page
    modified_at    INTEGER,
    content_type   TEXT NOT NULL DEFAULT '',
    etag           TEXT NOT NULL DEFAULT '', -- validators of the last good answer
    last_modified  TEXT NOT NULL DEFAULT '',
    page_id        INTEGER, -- of pages: the facts that hold

    due_at         INTEGER,
    asked_at       INTEGER,
    lease_until    INTEGER NOT NULL DEFAULT 0,
    token          INTEGER NOT NULL DEFAULT 0, -- rises with each claim and each result
    ready_at       INTEGER GENERATED ALWAYS AS
                       (max(CASE WHEN asked_at IS NULL THEN due_at ELSE min(due_at, 0) END, lease_until)) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX resources_url ON resources (url, coalesce(source_id, 0));
CREATE INDEX resources_state ON resources (state, url);
CREATE INDEX resources_host ON resources (host_id, url);
CREATE INDEX resources_kind ON resources (kind, url);
CREATE INDEX resources_unvisited ON resources (id) WHERE host_id IS NULL;
-- The orders of a table: each key is a number for every row, "never" and "unknown" last, so that a cursor is one
-- comparison.
CREATE INDEX resources_since ON resources (coalesce(since_at, 0));
CREATE INDEX resources_checked ON resources (coalesce(checked_at, 0));
CREATE INDEX resources_due ON resources (coalesce(due_at, 9223372036854775807));
CREATE INDEX resources_modified ON resources (coalesce(modified_at, 9223372036854775807));
CREATE INDEX resources_ready ON resources (host_id, ready_at);
CREATE INDEX resources_leased ON resources (host_id, lease_until) WHERE lease_until > 0;

CREATE TABLE placements (
    id          INTEGER PRIMARY KEY,
    source_id   INTEGER NOT NULL REFERENCES sources (id),
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    section_id  INTEGER NOT NULL REFERENCES sections (id),
    file        TEXT NOT NULL,
    line        INTEGER NOT NULL,
    col         INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    stop        INTEGER NOT NULL,
    title       TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('article', 'official', 'video', 'course', 'book', 'opensource', 'feed',
                    'podcast', 'roadmap', 'paper', 'tool', 'community', 'other')),
    url         TEXT NOT NULL, -- as written
    fragment    TEXT NOT NULL, -- as normalised
    added_at    INTEGER NOT NULL,
    retired_at  INTEGER
) STRICT;
CREATE INDEX placements_file ON placements (source_id, file) WHERE retired_at IS NULL;
CREATE INDEX placements_resource ON placements (resource_id) WHERE retired_at IS NULL;
CREATE INDEX placements_section ON placements (section_id, resource_id) WHERE retired_at IS NULL;

-- The facts of a page, a row for each time that they differ from the last; observations point at them.
CREATE TABLE pages (
    id          INTEGER PRIMARY KEY,
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    facts       TEXT NOT NULL -- JSON of catalog.Page
) STRICT;
CREATE INDEX pages_resource ON pages (resource_id);

-- Append-only. hops is NULL for a single hop to the resource's own URL that took hop_us; more holds the rarer facts.
CREATE TABLE observations (
    id           INTEGER PRIMARY KEY,
    resource_id  INTEGER NOT NULL REFERENCES resources (id),
    at           INTEGER NOT NULL,
    duration_us  INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    status       INTEGER NOT NULL,
    hop_us       INTEGER,
    hops         TEXT, -- JSON array
    content_type TEXT NOT NULL,
    bytes        INTEGER NOT NULL,
    more         TEXT, -- JSON
    page_id      INTEGER REFERENCES pages (id),
    state        TEXT NOT NULL CHECK (state IN ('unchecked', 'ok', 'failing', 'dead', 'blocked', 'skipped')),
    reason       TEXT NOT NULL,
    message      TEXT NOT NULL
) STRICT;
CREATE INDEX observations_resource ON observations (resource_id);

CREATE TABLE findings (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    kind        TEXT NOT NULL CHECK (kind IN ('dead', 'moved', 'off-site', 'missing-anchor', 'stale', 'archived',
                    'drifted', 'insecure', 'certificate', 'duplicate')),
    fragment    TEXT NOT NULL DEFAULT '',
    message     TEXT NOT NULL,
    suggestion  TEXT NOT NULL DEFAULT '',
    opened_at   INTEGER NOT NULL,
    closed_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX findings_open ON findings (resource_id, kind, fragment) WHERE closed_at IS NULL;
CREATE INDEX findings_kind ON findings (kind, resource_id) WHERE closed_at IS NULL;

CREATE TABLE changes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    resource_id INTEGER NOT NULL REFERENCES resources (id),
    at          INTEGER NOT NULL,
    from_state  TEXT NOT NULL,
    to_state    TEXT NOT NULL,
    reason      TEXT NOT NULL,
    finding     TEXT NOT NULL,
    closed      INTEGER NOT NULL CHECK (closed IN (0, 1)),
    message     TEXT NOT NULL
) STRICT;
CREATE INDEX changes_resource ON changes (resource_id);
-- What is news: a first visit that found all in order is none.
CREATE INDEX changes_news ON changes (id) WHERE NOT (from_state = 'unchecked' AND to_state = 'ok');

-- Which resources a source, a top section of it, or the catalog as a whole (source 0) holds, and by how many
-- placements. Section '' is the source as a whole.
CREATE TABLE memberships (
    resource_id INTEGER NOT NULL,
    source_id   INTEGER NOT NULL,
    section     TEXT NOT NULL,
    placements  INTEGER NOT NULL,
    PRIMARY KEY (resource_id, source_id, section)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_section ON memberships (source_id, section, resource_id);

-- How many members are in each state, and how many open findings of each kind they have. Kept by the triggers
-- below, so that an overview of a million resources reads a few rows and no writer can forget a count.
CREATE TABLE state_tallies (
    source_id INTEGER NOT NULL,
    section   TEXT NOT NULL,
    state     TEXT NOT NULL,
    count     INTEGER NOT NULL,
    PRIMARY KEY (source_id, section, state)
) STRICT, WITHOUT ROWID;
CREATE TABLE finding_tallies (
    source_id INTEGER NOT NULL,
    section   TEXT NOT NULL,
    kind      TEXT NOT NULL,
    count     INTEGER NOT NULL,
    PRIMARY KEY (source_id, section, kind)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER member_enters AFTER INSERT ON memberships BEGIN
    INSERT INTO state_tallies (source_id, section, state, count)
        SELECT new.source_id, new.section, state, 1 FROM resources WHERE id = new.resource_id
        ON CONFLICT DO UPDATE SET count = count + 1;
    INSERT INTO finding_tallies (source_id, section, kind, count)
        SELECT new.source_id, new.section, kind, count(*) FROM findings
        WHERE resource_id = new.resource_id AND closed_at IS NULL GROUP BY kind
        ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER member_leaves AFTER DELETE ON memberships BEGIN
    UPDATE state_tallies SET count = count - 1
        WHERE source_id = old.source_id AND section = old.section
        AND state = (SELECT state FROM resources WHERE id = old.resource_id);
    INSERT INTO finding_tallies (source_id, section, kind, count)
        SELECT old.source_id, old.section, kind, -count(*) FROM findings
        WHERE resource_id = old.resource_id AND closed_at IS NULL GROUP BY kind
        ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER state_turns AFTER UPDATE OF state ON resources WHEN old.state <> new.state BEGIN
    UPDATE state_tallies SET count = count - 1
        WHERE state = old.state
        AND (source_id, section) IN (SELECT source_id, section FROM memberships WHERE resource_id = new.id);
    INSERT INTO state_tallies (source_id, section, state, count)
        SELECT source_id, section, new.state, 1 FROM memberships WHERE resource_id = new.id
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER finding_opens AFTER INSERT ON findings WHEN new.closed_at IS NULL BEGIN
    INSERT INTO finding_tallies (source_id, section, kind, count)
        SELECT source_id, section, new.kind, 1 FROM memberships WHERE resource_id = new.resource_id
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER finding_closes AFTER UPDATE OF closed_at ON findings
WHEN old.closed_at IS NULL AND new.closed_at IS NOT NULL BEGIN
    UPDATE finding_tallies SET count = count - 1
        WHERE kind = new.kind
        AND (source_id, section) IN (SELECT source_id, section FROM memberships WHERE resource_id = new.resource_id);
END;
-- +goose StatementEnd

-- A placement enters when it is added and when it comes back from retirement; the two bodies are the same, as SQLite
-- has no way to share one. kind and list_title of a resource are those of its first placement in force.
-- +goose StatementBegin
CREATE TRIGGER placement_enters AFTER INSERT ON placements WHEN new.retired_at IS NULL BEGIN
    INSERT INTO memberships (resource_id, source_id, section, placements)
        VALUES (new.resource_id, 0, '', 1), (new.resource_id, new.source_id, '', 1)
        ON CONFLICT DO UPDATE SET placements = placements + 1;
    INSERT INTO memberships (resource_id, source_id, section, placements)
        SELECT new.resource_id, new.source_id, top, 1 FROM sections WHERE id = new.section_id AND top <> ''
        ON CONFLICT DO UPDATE SET placements = placements + 1;
    UPDATE resources SET placed = placed + 1 WHERE id = new.resource_id;
    UPDATE resources SET (kind, list_title) = (SELECT kind, title FROM placements
            WHERE resource_id = new.resource_id AND retired_at IS NULL ORDER BY id LIMIT 1)
        WHERE id = new.resource_id AND (kind, list_title) IS NOT (SELECT kind, title FROM placements
            WHERE resource_id = new.resource_id AND retired_at IS NULL ORDER BY id LIMIT 1);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER placement_returns AFTER UPDATE OF retired_at ON placements
WHEN old.retired_at IS NOT NULL AND new.retired_at IS NULL BEGIN
    INSERT INTO memberships (resource_id, source_id, section, placements)
        VALUES (new.resource_id, 0, '', 1), (new.resource_id, new.source_id, '', 1)
        ON CONFLICT DO UPDATE SET placements = placements + 1;
    INSERT INTO memberships (resource_id, source_id, section, placements)
        SELECT new.resource_id, new.source_id, top, 1 FROM sections WHERE id = new.section_id AND top <> ''
        ON CONFLICT DO UPDATE SET placements = placements + 1;
    UPDATE resources SET placed = placed + 1 WHERE id = new.resource_id;
    UPDATE resources SET (kind, list_title) = (SELECT kind, title FROM placements
            WHERE resource_id = new.resource_id AND retired_at IS NULL ORDER BY id LIMIT 1)
        WHERE id = new.resource_id AND (kind, list_title) IS NOT (SELECT kind, title FROM placements
            WHERE resource_id = new.resource_id AND retired_at IS NULL ORDER BY id LIMIT 1);
END;
-- +goose StatementEnd

-- A resource keeps its last kind and title when its last placement leaves: they are all that tells of it then.
-- +goose StatementBegin
CREATE TRIGGER placement_leaves AFTER UPDATE OF retired_at ON placements
WHEN old.retired_at IS NULL AND new.retired_at IS NOT NULL BEGIN
    UPDATE memberships SET placements = placements - 1
        WHERE resource_id = old.resource_id AND section = '' AND source_id IN (0, old.source_id);
    UPDATE memberships SET placements = placements - 1
        WHERE resource_id = old.resource_id AND source_id = old.source_id
        AND section = (SELECT top FROM sections WHERE id = old.section_id AND top <> '');
    DELETE FROM memberships WHERE resource_id = old.resource_id AND placements = 0;
    UPDATE resources SET placed = placed - 1 WHERE id = old.resource_id;
    UPDATE resources SET (kind, list_title) = (SELECT kind, title FROM placements
            WHERE resource_id = old.resource_id AND retired_at IS NULL ORDER BY id LIMIT 1)
        WHERE id = old.resource_id AND placed > 0;
END;
-- +goose StatementEnd
