-- Sources as trees: folders, files, headings.

-- +goose Up

-- file is the path of a folder or file, or that of the heading's file; headings the path within the file. The numbers
-- hold all that is below too, and count links, so that branches add up. sore counts the dead and failing links that are
-- directly here. A branch is never removed: one that comes back is the same.
CREATE TABLE branches (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    parent_id INTEGER REFERENCES branches (id), -- NULL: the source itself
    kind      TEXT NOT NULL CHECK (kind IN ('source', 'folder', 'file', 'heading')),
    file      TEXT NOT NULL,
    headings  TEXT NOT NULL, -- JSON array
    name      TEXT NOT NULL,
    position  INTEGER NOT NULL DEFAULT 0, -- of headings within their file
    links     INTEGER NOT NULL DEFAULT 0,
    unchecked INTEGER NOT NULL DEFAULT 0,
    ok        INTEGER NOT NULL DEFAULT 0,
    failing   INTEGER NOT NULL DEFAULT 0,
    dead      INTEGER NOT NULL DEFAULT 0,
    blocked   INTEGER NOT NULL DEFAULT 0,
    skipped   INTEGER NOT NULL DEFAULT 0,
    sore      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX branches_path ON branches (source_id, file, headings);
CREATE INDEX branches_below ON branches (parent_id, position, name);

-- Open findings of the links in a branch and below it, once for each link that they concern.
CREATE TABLE branch_findings (
    branch_id INTEGER NOT NULL REFERENCES branches (id),
    kind      TEXT NOT NULL,
    count     INTEGER NOT NULL,
    PRIMARY KEY (branch_id, kind)
) STRICT, WITHOUT ROWID;

ALTER TABLE placements ADD COLUMN branch_id INTEGER REFERENCES branches (id);

INSERT INTO branches (source_id, kind, file, headings, name) SELECT id, 'source', '', '[]', name FROM sources;
-- Files, folders and headings from the whole paths up; each is linked to the one above afterwards.
INSERT INTO branches (source_id, kind, file, headings, name)
    WITH RECURSIVE paths (source_id, kind, path) AS (
        SELECT DISTINCT source_id, 'file', file FROM placements WHERE retired_at IS NULL
        UNION SELECT source_id, 'folder', rtrim(rtrim(path, replace(path, '/', '')), '/') FROM paths
            WHERE instr(path, '/') > 0 AND rtrim(rtrim(path, replace(path, '/', '')), '/') <> '')
    SELECT source_id, kind, path, '[]', replace(path, rtrim(path, replace(path, '/', '')), '') FROM paths;
INSERT INTO branches (source_id, kind, file, headings, name, position)
    WITH RECURSIVE paths (source_id, file, headings, position) AS (
        SELECT p.source_id, p.file, s.headings, min(p.start) FROM placements p JOIN sections s ON s.id = p.section_id
            WHERE p.retired_at IS NULL AND s.headings <> '[]' GROUP BY p.source_id, p.file, p.section_id
        UNION SELECT source_id, file, json_remove(headings, '$[#-1]'), position FROM paths WHERE json_array_length(headings) > 1)
    SELECT source_id, 'heading', file, headings, json_extract(headings, '$[#-1]'), min(position) FROM paths
        GROUP BY source_id, file, headings;
UPDATE branches SET parent_id = (SELECT id FROM branches a WHERE a.source_id = branches.source_id
        AND a.file = CASE branches.kind WHEN 'heading' THEN branches.file
            ELSE rtrim(rtrim(branches.file, replace(branches.file, '/', '')), '/') END
        AND a.headings = CASE branches.kind WHEN 'heading' THEN json_remove(branches.headings, '$[#-1]') ELSE '[]' END)
    WHERE kind <> 'source';

UPDATE placements SET branch_id = (SELECT b.id FROM sections s JOIN branches b
        ON b.source_id = s.source_id AND b.file = placements.file AND b.headings = s.headings WHERE s.id = placements.section_id)
    WHERE retired_at IS NULL;
CREATE INDEX placements_branch ON placements (branch_id, resource_id) WHERE retired_at IS NULL;

UPDATE branches SET links = t.links, unchecked = t.unchecked, ok = t.ok, failing = t.failing, dead = t.dead, blocked = t.blocked,
    skipped = t.skipped
FROM (
    WITH RECURSIVE up (id, links, unchecked, ok, failing, dead, blocked, skipped) AS (
        SELECT * FROM (SELECT p.branch_id, count(*), sum(r.state = 'unchecked'), sum(r.state = 'ok'), sum(r.state = 'failing'),
            sum(r.state = 'dead'), sum(r.state = 'blocked'), sum(r.state = 'skipped')
            FROM placements p JOIN resources r ON r.id = p.resource_id WHERE p.retired_at IS NULL GROUP BY p.branch_id)
        UNION ALL SELECT b.parent_id, up.links, up.unchecked, up.ok, up.failing, up.dead, up.blocked, up.skipped
            FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
    SELECT id, sum(links) AS links, sum(unchecked) AS unchecked, sum(ok) AS ok, sum(failing) AS failing, sum(dead) AS dead,
        sum(blocked) AS blocked, sum(skipped) AS skipped FROM up GROUP BY id) t
WHERE t.id = branches.id;
UPDATE branches SET sore = t.n
    FROM (SELECT p.branch_id, count(*) AS n FROM resources r CROSS JOIN placements p ON p.resource_id = r.id AND p.retired_at IS NULL
        WHERE r.state IN ('failing', 'dead') GROUP BY p.branch_id) t
    WHERE t.branch_id = branches.id;
INSERT INTO branch_findings (branch_id, kind, count)
    WITH RECURSIVE up (id, kind, n) AS (
        SELECT * FROM (SELECT p.branch_id, f.kind, count(*) FROM findings f CROSS JOIN placements p
            ON p.resource_id = f.resource_id AND p.retired_at IS NULL AND (f.fragment = '' OR f.fragment = p.fragment)
            WHERE f.closed_at IS NULL GROUP BY p.branch_id, f.kind)
        UNION ALL SELECT b.parent_id, up.kind, up.n FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
    SELECT id, kind, sum(n) FROM up GROUP BY id, kind;

CREATE INDEX branches_dead ON branches (source_id, dead, failing) WHERE kind = 'file' AND dead + failing > 0;
CREATE INDEX branches_sore ON branches (source_id, sore) WHERE kind = 'heading' AND sore > 0;

-- The numbers of bad links are apart from the others, as they are in indexes.
-- +goose StatementBegin
CREATE TRIGGER branch_turns AFTER UPDATE OF state ON resources
WHEN old.state <> new.state AND new.placed > 0 BEGIN
    UPDATE branches SET
        unchecked = unchecked + u.n * ((new.state = 'unchecked') - (old.state = 'unchecked')),
        ok = ok + u.n * ((new.state = 'ok') - (old.state = 'ok')),
        blocked = blocked + u.n * ((new.state = 'blocked') - (old.state = 'blocked')),
        skipped = skipped + u.n * ((new.state = 'skipped') - (old.state = 'skipped'))
    FROM (
        WITH RECURSIVE up (id, n) AS (
            SELECT branch_id, count(*) FROM placements WHERE resource_id = new.id AND retired_at IS NULL AND branch_id IS NOT NULL GROUP BY branch_id
            UNION ALL SELECT b.parent_id, up.n FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id, sum(n) AS n FROM up GROUP BY id) u
    WHERE branches.id = u.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_sickens AFTER UPDATE OF state ON resources
WHEN old.state <> new.state AND new.placed > 0 AND (old.state IN ('failing', 'dead') OR new.state IN ('failing', 'dead')) BEGIN
    UPDATE branches SET
        failing = failing + u.n * ((new.state = 'failing') - (old.state = 'failing')),
        dead = dead + u.n * ((new.state = 'dead') - (old.state = 'dead'))
    FROM (
        WITH RECURSIVE up (id, n) AS (
            SELECT branch_id, count(*) FROM placements WHERE resource_id = new.id AND retired_at IS NULL AND branch_id IS NOT NULL GROUP BY branch_id
            UNION ALL SELECT b.parent_id, up.n FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id, sum(n) AS n FROM up GROUP BY id) u
    WHERE branches.id = u.id;
    UPDATE branches SET sore = sore + u.n * ((new.state IN ('failing', 'dead')) - (old.state IN ('failing', 'dead')))
    FROM (SELECT branch_id, count(*) AS n FROM placements WHERE resource_id = new.id AND retired_at IS NULL GROUP BY branch_id) u
    WHERE branches.id = u.branch_id;
END;
-- +goose StatementEnd

-- A placement enters when it is added and when it comes back from retirement.
-- +goose StatementBegin
CREATE TRIGGER branch_gains AFTER INSERT ON placements
WHEN new.retired_at IS NULL AND new.branch_id IS NOT NULL BEGIN
    UPDATE branches SET links = links + 1,
        unchecked = unchecked + (r.state = 'unchecked'),
        ok = ok + (r.state = 'ok'),
        blocked = blocked + (r.state = 'blocked'),
        skipped = skipped + (r.state = 'skipped')
    FROM resources r
    WHERE r.id = new.resource_id AND branches.id IN (
        WITH RECURSIVE up (id) AS (
            VALUES (new.branch_id) UNION ALL SELECT b.parent_id FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id FROM up);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_gains_sick AFTER INSERT ON placements
WHEN new.retired_at IS NULL AND new.branch_id IS NOT NULL
    AND (SELECT state FROM resources WHERE id = new.resource_id) IN ('failing', 'dead') BEGIN
    UPDATE branches SET failing = failing + (r.state = 'failing'), dead = dead + (r.state = 'dead')
    FROM resources r
    WHERE r.id = new.resource_id AND branches.id IN (
        WITH RECURSIVE up (id) AS (
            VALUES (new.branch_id) UNION ALL SELECT b.parent_id FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id FROM up);
    UPDATE branches SET sore = sore + 1 WHERE id = new.branch_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_gains_flagged AFTER INSERT ON placements
WHEN new.retired_at IS NULL AND new.branch_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM findings WHERE resource_id = new.resource_id AND closed_at IS NULL) BEGIN
    INSERT INTO branch_findings (branch_id, kind, count)
        SELECT u.id, f.kind, +count(*)
        FROM findings f CROSS JOIN (
        WITH RECURSIVE up (id) AS (
            VALUES (new.branch_id) UNION ALL SELECT b.parent_id FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id FROM up) u
        WHERE f.resource_id = new.resource_id AND f.closed_at IS NULL AND (f.fragment = '' OR f.fragment = new.fragment)
        GROUP BY u.id, f.kind
        ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_regains AFTER UPDATE OF retired_at ON placements
WHEN old.retired_at IS NOT NULL AND new.retired_at IS NULL AND new.branch_id IS NOT NULL BEGIN
    UPDATE branches SET links = links + 1,
        unchecked = unchecked + (r.state = 'unchecked'),
        ok = ok + (r.state = 'ok'),
        blocked = blocked + (r.state = 'blocked'),
        skipped = skipped + (r.state = 'skipped')
    FROM resources r
    WHERE r.id = new.resource_id AND branches.id IN (
        WITH RECURSIVE up (id) AS (
            VALUES (new.branch_id) UNION ALL SELECT b.parent_id FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id FROM up);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_regains_sick AFTER UPDATE OF retired_at ON placements
WHEN old.retired_at IS NOT NULL AND new.retired_at IS NULL AND new.branch_id IS NOT NULL
    AND (SELECT state FROM resources WHERE id = new.resource_id) IN ('failing', 'dead') BEGIN
    UPDATE branches SET failing = failing + (r.state = 'failing'), dead = dead + (r.state = 'dead')
    FROM resources r
    WHERE r.id = new.resource_id AND branches.id IN (
        WITH RECURSIVE up (id) AS (
            VALUES (new.branch_id) UNION ALL SELECT b.parent_id FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id FROM up);
    UPDATE branches SET sore = sore + 1 WHERE id = new.branch_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_regains_flagged AFTER UPDATE OF retired_at ON placements
WHEN old.retired_at IS NOT NULL AND new.retired_at IS NULL AND new.branch_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM findings WHERE resource_id = new.resource_id AND closed_at IS NULL) BEGIN
    INSERT INTO branch_findings (branch_id, kind, count)
        SELECT u.id, f.kind, +count(*)
        FROM findings f CROSS JOIN (
        WITH RECURSIVE up (id) AS (
            VALUES (new.branch_id) UNION ALL SELECT b.parent_id FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id FROM up) u
        WHERE f.resource_id = new.resource_id AND f.closed_at IS NULL AND (f.fragment = '' OR f.fragment = new.fragment)
        GROUP BY u.id, f.kind
        ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_loses AFTER UPDATE OF retired_at ON placements
WHEN old.retired_at IS NULL AND new.retired_at IS NOT NULL AND old.branch_id IS NOT NULL BEGIN
    UPDATE branches SET links = links - 1,
        unchecked = unchecked - (r.state = 'unchecked'),
        ok = ok - (r.state = 'ok'),
        blocked = blocked - (r.state = 'blocked'),
        skipped = skipped - (r.state = 'skipped')
    FROM resources r
    WHERE r.id = old.resource_id AND branches.id IN (
        WITH RECURSIVE up (id) AS (
            VALUES (old.branch_id) UNION ALL SELECT b.parent_id FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id FROM up);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_loses_sick AFTER UPDATE OF retired_at ON placements
WHEN old.retired_at IS NULL AND new.retired_at IS NOT NULL AND old.branch_id IS NOT NULL
    AND (SELECT state FROM resources WHERE id = old.resource_id) IN ('failing', 'dead') BEGIN
    UPDATE branches SET failing = failing - (r.state = 'failing'), dead = dead - (r.state = 'dead')
    FROM resources r
    WHERE r.id = old.resource_id AND branches.id IN (
        WITH RECURSIVE up (id) AS (
            VALUES (old.branch_id) UNION ALL SELECT b.parent_id FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id FROM up);
    UPDATE branches SET sore = sore - 1 WHERE id = old.branch_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_loses_flagged AFTER UPDATE OF retired_at ON placements
WHEN old.retired_at IS NULL AND new.retired_at IS NOT NULL AND old.branch_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM findings WHERE resource_id = old.resource_id AND closed_at IS NULL) BEGIN
    INSERT INTO branch_findings (branch_id, kind, count)
        SELECT u.id, f.kind, -count(*)
        FROM findings f CROSS JOIN (
        WITH RECURSIVE up (id) AS (
            VALUES (old.branch_id) UNION ALL SELECT b.parent_id FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id FROM up) u
        WHERE f.resource_id = old.resource_id AND f.closed_at IS NULL AND (f.fragment = '' OR f.fragment = old.fragment)
        GROUP BY u.id, f.kind
        ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_flagged AFTER INSERT ON findings WHEN new.closed_at IS NULL BEGIN
    INSERT INTO branch_findings (branch_id, kind, count)
        SELECT u.id, new.kind, u.n FROM (
        WITH RECURSIVE up (id, n) AS (
            SELECT branch_id, count(*) FROM placements WHERE resource_id = new.resource_id AND retired_at IS NULL AND branch_id IS NOT NULL
                AND (new.fragment = '' OR new.fragment = fragment) GROUP BY branch_id
            UNION ALL SELECT b.parent_id, up.n FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id, sum(n) AS n FROM up GROUP BY id) u WHERE true
        ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER branch_unflagged AFTER UPDATE OF closed_at ON findings
WHEN old.closed_at IS NULL AND new.closed_at IS NOT NULL BEGIN
    INSERT INTO branch_findings (branch_id, kind, count)
        SELECT u.id, new.kind, -u.n FROM (
        WITH RECURSIVE up (id, n) AS (
            SELECT branch_id, count(*) FROM placements WHERE resource_id = new.resource_id AND retired_at IS NULL AND branch_id IS NOT NULL
                AND (new.fragment = '' OR new.fragment = fragment) GROUP BY branch_id
            UNION ALL SELECT b.parent_id, up.n FROM up JOIN branches b ON b.id = up.id WHERE b.parent_id IS NOT NULL)
        SELECT id, sum(n) AS n FROM up GROUP BY id) u WHERE true
        ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
-- +goose StatementEnd
