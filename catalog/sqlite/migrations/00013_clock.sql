-- What a crash, a clock or an outage must not make forgotten.

-- +goose Up

-- The time of the last claim, to the minute: an earlier one says that the clock was put back.
CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
-- An older schema did not know it: the first claim looks once at what is stored.
INSERT INTO clock (id, at) SELECT 1, 9007199254740991 WHERE EXISTS (SELECT 1 FROM sources);

-- A pause of a source begins and ends with its row. The marks on its resources, which claims look at, follow in chunks:
-- behind is the last resource that they have reached, NULL when they are complete.
ALTER TABLE pauses ADD COLUMN behind INTEGER;
CREATE INDEX pauses_behind ON pauses (id) WHERE behind IS NOT NULL;

-- A person's wish (asked_at) puts a resource before all others, unless its visit was put off since: then it waits until
-- it is due again, and the wish is renewed.
DROP INDEX resources_ready;
ALTER TABLE resources DROP COLUMN ready_at;
ALTER TABLE resources ADD COLUMN ready_at INTEGER GENERATED ALWAYS AS
    (max(CASE WHEN asked_at IS NULL OR asked_at < due_at THEN due_at ELSE min(due_at, 0) END, paused_until)) VIRTUAL;
CREATE INDEX resources_ready ON resources (host_id, ready_at);
CREATE INDEX resources_wished ON resources (due_at) WHERE asked_at < due_at;
