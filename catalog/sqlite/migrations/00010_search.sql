-- Words of resources in force, for full-text search.

-- +goose Up

-- What a resource is found by: the page's title, the URL in its parts, and of the lists their titles, sections and names.
-- A link that is repeated without end is found by its first few hundred titles. Words that begin with a character of the
-- private use area are filters, so that the index joins them with what people type: the states that are rare, the
-- findings, and the kind. A filter that turns seldom costs little, and looking rows up costs much.
CREATE VIEW resource_words AS
    SELECT r.id, r.title || ' ' || r.url || ' ' || coalesce((SELECT group_concat(words, ' ') FROM (
        SELECT p.title AS words FROM placements p WHERE p.resource_id = r.id AND p.retired_at IS NULL
        UNION SELECT s.path FROM placements p JOIN sections s ON s.id = p.section_id WHERE p.resource_id = r.id AND p.retired_at IS NULL
        UNION SELECT o.name FROM placements p JOIN sources o ON o.id = p.source_id WHERE p.resource_id = r.id AND p.retired_at IS NULL
        LIMIT 500)), '')
        || ' ' || char(0xe000) || r.kind
        || CASE WHEN r.state IN ('failing', 'dead', 'blocked', 'skipped') THEN ' ' || char(0xe001) || r.state ELSE '' END
        || coalesce((SELECT ' ' || group_concat(char(0xe002) || replace(f.kind, '-', ''), ' ') FROM findings f
            WHERE f.resource_id = r.id AND f.closed_at IS NULL), '') AS words
    FROM resources r WHERE r.placed > 0;

-- The index holds neither the texts nor where in them a word stands: resources have the texts, and words are only joined
-- by "and". Beginnings of three letters are indexed too, as the commonest of them would take long to gather.
CREATE VIRTUAL TABLE texts USING fts5 (words, content = '', contentless_delete = 1, detail = none, prefix = '3',
    tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE text_words USING fts5vocab (texts, 'row');
INSERT INTO texts (rowid, words) SELECT id, words FROM resource_words;

-- A placement that comes or goes writes the words in the sync that brings it, once for all placements of a resource. The
-- rest turns seldom; a steady result writes nothing.
-- +goose StatementBegin
CREATE TRIGGER words_of_title AFTER UPDATE OF title ON resources WHEN old.title <> new.title AND new.placed > 0 BEGIN
    INSERT OR REPLACE INTO texts (rowid, words) SELECT id, words FROM resource_words WHERE id = new.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER words_of_state AFTER UPDATE OF state ON resources WHEN old.state <> new.state AND new.placed > 0
    AND (old.state NOT IN ('ok', 'unchecked') OR new.state NOT IN ('ok', 'unchecked')) BEGIN
    INSERT OR REPLACE INTO texts (rowid, words) SELECT id, words FROM resource_words WHERE id = new.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER words_of_opened AFTER INSERT ON findings WHEN new.closed_at IS NULL BEGIN
    INSERT OR REPLACE INTO texts (rowid, words) SELECT id, words FROM resource_words WHERE id = new.resource_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER words_of_closed AFTER UPDATE OF closed_at ON findings
WHEN old.closed_at IS NULL AND new.closed_at IS NOT NULL BEGIN
    INSERT OR REPLACE INTO texts (rowid, words) SELECT id, words FROM resource_words WHERE id = new.resource_id;
END;
-- +goose StatementEnd
