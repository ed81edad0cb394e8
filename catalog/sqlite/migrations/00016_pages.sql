-- What pages show and do besides: of resources, of hosts, and of hosts that died.

-- +goose Up

-- The line of a link as the list writes it. The next sync fills it in.
ALTER TABLE placements ADD COLUMN quote TEXT NOT NULL DEFAULT '';

-- What a host's robots.txt said when it was last read, and how the last request failed that the host is to blame for.
-- Both are to be looked at; a crawler begins without them.
ALTER TABLE hosts ADD COLUMN robots_at INTEGER;
ALTER TABLE hosts ADD COLUMN robots_status INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN robots_access TEXT NOT NULL DEFAULT '' CHECK (robots_access IN ('', 'all', 'some', 'none'));
ALTER TABLE hosts ADD COLUMN robots_delay_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN error TEXT NOT NULL DEFAULT '';
ALTER TABLE hosts ADD COLUMN error_at INTEGER;

-- The first of the reviews that were made at once, of a host of which nothing lives; NULL for one made alone.
ALTER TABLE reviews ADD COLUMN batch INTEGER REFERENCES reviews (id);
CREATE INDEX reviews_batch ON reviews (batch) WHERE batch IS NOT NULL;
