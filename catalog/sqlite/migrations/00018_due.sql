-- What is due and paused is counted past, however much it is: all that a count looks at is in the index. The id stands
-- before it, as pages are in order of both.

-- +goose Up

DROP INDEX resources_due;
CREATE INDEX resources_due ON resources (coalesce(due_at, 9223372036854775807), id, paused_until, host_id);
