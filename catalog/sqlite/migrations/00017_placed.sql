-- Pages show what a list holds, so that the indexes by which they filter hold nothing else: what is counted and found in
-- them needs no look at the rows. The order of visits is that of observations; see byVisits.

-- +goose Up

DROP INDEX resources_state;
DROP INDEX resources_host;
DROP INDEX resources_kind;
DROP INDEX resources_checked;
CREATE INDEX resources_state ON resources (state, url) WHERE placed > 0;
CREATE INDEX resources_host ON resources (host_id, url) WHERE placed > 0;
CREATE INDEX resources_kind ON resources (kind, url) WHERE placed > 0;
CREATE INDEX resources_retired ON resources (id) WHERE placed = 0;
