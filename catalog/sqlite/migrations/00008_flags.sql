-- Open findings in the order in which people should see them.

-- +goose Up

-- The place of the kind in catalog.FindingKinds.
ALTER TABLE findings ADD COLUMN harm INTEGER GENERATED ALWAYS AS (CASE kind WHEN 'dead' THEN 0 WHEN 'missing-anchor' THEN 1
    WHEN 'off-site' THEN 2 WHEN 'moved' THEN 3 WHEN 'archived' THEN 4 WHEN 'drifted' THEN 5 WHEN 'stale' THEN 6
    WHEN 'insecure' THEN 7 WHEN 'certificate' THEN 8 ELSE 9 END) VIRTUAL;

-- A row for each open finding of a resource in force, in the catalog as a whole (scope 0), in each source that holds the
-- resource (its number), and on its host (its number, negative). The key is the order: kind, placements, age.
CREATE TABLE flags (
    scope      INTEGER NOT NULL,
    harm       INTEGER NOT NULL,
    fewer      INTEGER NOT NULL, -- placements of the resource, negative, so that all goes upwards
    opened_at  INTEGER NOT NULL,
    finding_id INTEGER NOT NULL,
    PRIMARY KEY (scope, harm, fewer, opened_at, finding_id)
) STRICT, WITHOUT ROWID;

INSERT INTO flags (scope, harm, fewer, opened_at, finding_id)
    SELECT m.source_id, f.harm, -r.placed, f.opened_at, f.id
    FROM findings f JOIN resources r ON r.id = f.resource_id JOIN memberships m ON m.resource_id = r.id AND m.section = ''
    WHERE f.closed_at IS NULL
    UNION ALL
    SELECT -r.host_id, f.harm, -r.placed, f.opened_at, f.id
    FROM findings f JOIN resources r ON r.id = f.resource_id
    WHERE f.closed_at IS NULL AND r.placed > 0 AND r.host_id IS NOT NULL;

-- +goose StatementBegin
CREATE TRIGGER flag_rises AFTER INSERT ON findings WHEN new.closed_at IS NULL BEGIN
    INSERT INTO flags (scope, harm, fewer, opened_at, finding_id)
        SELECT m.source_id, new.harm, -r.placed, new.opened_at, new.id
        FROM resources r JOIN memberships m ON m.resource_id = r.id AND m.section = '' WHERE r.id = new.resource_id;
    INSERT INTO flags (scope, harm, fewer, opened_at, finding_id)
        SELECT -host_id, new.harm, -placed, new.opened_at, new.id
        FROM resources WHERE id = new.resource_id AND placed > 0 AND host_id IS NOT NULL;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER flag_falls AFTER UPDATE OF closed_at ON findings
WHEN old.closed_at IS NULL AND new.closed_at IS NOT NULL BEGIN
    DELETE FROM flags WHERE scope IN (SELECT source_id FROM memberships WHERE resource_id = new.resource_id AND section = ''
            UNION ALL SELECT -host_id FROM resources WHERE id = new.resource_id AND host_id IS NOT NULL)
        AND harm = new.harm AND fewer = (SELECT -placed FROM resources WHERE id = new.resource_id)
        AND opened_at = new.opened_at AND finding_id = new.id;
END;
-- +goose StatementEnd

-- The triggers of placements write memberships first and the number of placements after them, so that a flag enters and
-- leaves a source under the number that still holds.
-- +goose StatementBegin
CREATE TRIGGER flag_enters AFTER INSERT ON memberships WHEN new.section = '' BEGIN
    INSERT INTO flags (scope, harm, fewer, opened_at, finding_id)
        SELECT new.source_id, f.harm, -r.placed, f.opened_at, f.id
        FROM findings f CROSS JOIN resources r ON r.id = f.resource_id
        WHERE f.resource_id = new.resource_id AND f.closed_at IS NULL;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER flag_leaves AFTER DELETE ON memberships WHEN old.section = '' BEGIN
    DELETE FROM flags WHERE (scope, harm, fewer, opened_at, finding_id) IN (
        SELECT old.source_id, f.harm, -r.placed, f.opened_at, f.id
        FROM findings f CROSS JOIN resources r ON r.id = f.resource_id
        WHERE f.resource_id = old.resource_id AND f.closed_at IS NULL);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER flag_weighs AFTER UPDATE OF placed ON resources
WHEN old.placed <> new.placed AND EXISTS (SELECT 1 FROM findings WHERE resource_id = new.id AND closed_at IS NULL) BEGIN
    UPDATE flags SET fewer = -new.placed WHERE (scope, harm, fewer, opened_at, finding_id) IN (
        SELECT m.source_id, f.harm, -old.placed, f.opened_at, f.id
        FROM findings f CROSS JOIN memberships m ON m.resource_id = f.resource_id AND m.section = ''
        WHERE f.resource_id = new.id AND f.closed_at IS NULL);
    DELETE FROM flags WHERE (scope, harm, fewer, opened_at, finding_id) IN (
        SELECT -new.host_id, harm, -old.placed, opened_at, id
        FROM findings WHERE resource_id = new.id AND closed_at IS NULL);
    INSERT INTO flags (scope, harm, fewer, opened_at, finding_id)
        SELECT -new.host_id, harm, -new.placed, opened_at, id
        FROM findings WHERE resource_id = new.id AND closed_at IS NULL AND new.placed > 0 AND new.host_id IS NOT NULL;
END;
-- +goose StatementEnd
