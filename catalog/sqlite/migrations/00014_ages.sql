-- What shows when a resource was last changed, and how many resources of each source were last changed in which month.

-- +goose Up

ALTER TABLE resources ADD COLUMN modified_from TEXT NOT NULL DEFAULT ''; -- such as 'json-ld'
ALTER TABLE resources ADD COLUMN modified_as TEXT NOT NULL DEFAULT '';   -- as it is written there
ALTER TABLE resources ADD COLUMN modified_sure TEXT NOT NULL DEFAULT ''
    CHECK (modified_sure IN ('', 'high', 'medium', 'low'));
-- Months since the year 0, in UTC; catalog.MonthOf.
ALTER TABLE resources ADD COLUMN modified_month INTEGER GENERATED ALWAYS AS (CASE WHEN modified_at IS NOT NULL THEN
    12 * CAST(strftime('%Y', modified_at / 1000, 'unixepoch') AS INTEGER)
    + CAST(strftime('%m', modified_at / 1000, 'unixepoch') AS INTEGER) - 1 END) VIRTUAL;

-- An older Waymark kept the evidence with the page. A date that is not the page's was told by the forge.
UPDATE resources SET modified_from = 'forge', modified_sure = 'high' WHERE modified_at IS NOT NULL;
UPDATE resources SET modified_from = read.origin, modified_sure = CASE read.origin WHEN 'last-modified' THEN 'low' ELSE 'high' END
    FROM (SELECT id, coalesce(facts ->> 'modified_from', '') AS origin, unixepoch(facts ->> 'modified') AS at FROM pages) AS read
    WHERE resources.modified_at IS NOT NULL AND read.id = resources.page_id AND read.at = resources.modified_at / 1000;

-- Members of a source, or of the catalog as a whole (source 0), by the month of their last change. Ages are read off them
-- by catalog.AgesOf; a resource without a date stands in none.
CREATE TABLE age_tallies (
    source_id INTEGER NOT NULL,
    month     INTEGER NOT NULL,
    count     INTEGER NOT NULL,
    PRIMARY KEY (source_id, month)
) STRICT, WITHOUT ROWID;
INSERT INTO age_tallies (source_id, month, count)
    SELECT m.source_id, r.modified_month, count(*) FROM memberships m JOIN resources r ON r.id = m.resource_id
    WHERE m.section = '' AND r.modified_at IS NOT NULL GROUP BY 1, 2;

-- +goose StatementBegin
CREATE TRIGGER age_enters AFTER INSERT ON memberships
WHEN new.section = '' AND (SELECT modified_at FROM resources WHERE id = new.resource_id) IS NOT NULL BEGIN
    INSERT INTO age_tallies (source_id, month, count)
        SELECT new.source_id, modified_month, 1 FROM resources WHERE id = new.resource_id
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER age_leaves AFTER DELETE ON memberships WHEN old.section = '' BEGIN
    UPDATE age_tallies SET count = count - 1 WHERE source_id = old.source_id
        AND month = (SELECT modified_month FROM resources WHERE id = old.resource_id);
END;
-- +goose StatementEnd

-- A steady result writes no date, and one of the same month changes no count.
-- +goose StatementBegin
CREATE TRIGGER age_turns AFTER UPDATE OF modified_at ON resources WHEN old.modified_month IS NOT new.modified_month BEGIN
    UPDATE age_tallies SET count = count - 1 WHERE month = old.modified_month
        AND source_id IN (SELECT source_id FROM memberships WHERE resource_id = new.id AND section = '');
    INSERT INTO age_tallies (source_id, month, count)
        SELECT source_id, new.modified_month, 1 FROM memberships
        WHERE resource_id = new.id AND section = '' AND new.modified_month IS NOT NULL
        ON CONFLICT DO UPDATE SET count = count + 1;
END;
-- +goose StatementEnd
