package sqlite

import (
	"context"
	"database/sql"
	"math"
	"strings"
	"unicode"

	"waymark/catalog"
)

// beginning is from how many letters on the last word of a text may be the beginning of one. Shorter ones begin so many
// words that they would be found everywhere, and "go", "c" and "ai" are words that people look for. The index holds the
// beginnings of that length.
const beginning = 3

// endings is how many words a beginning may have before they are gathered by the index itself, which reads all of them
// at once; up to then each is read as far as it is needed.
const endings = 200

// The words of the index that are filters begin with a character that no text can hold; see resource_words.
const (
	wordOfKind    = "\ue000"
	wordOfState   = "\ue001"
	wordOfFinding = "\ue002"
)

// wordsOf splits a text as the tokenizer of the index does (https://sqlite.org/fts5.html#unicode61_tokenizer): words are
// runs of letters and numbers, and accents do not count. What is typed reaches the syntax of a query in no other way.
func wordsOf(text string) []string {
	text = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x331 {
			return -1 // an accent by itself
		}
		return r
	}, text)
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N) || unicode.Is(younger, r) })
}

// younger are the letters that were none yet in the version of Unicode that the tokenizer knows.
var younger = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x19b0, Hi: 0x19c0, Stride: 1}, {Lo: 0x19c8, Hi: 0x19c9, Stride: 1}, {Lo: 0x1cf2, Hi: 0x1cf3, Stride: 1}}}

// matchOf writes the query of the index that finds what a query of resources selects by text; nothing when its text holds
// no word. The words that its other filters imply are joined to it: what is on a host has the host's name in its URL, and
// what is in a section or a source has their names among its words. The filters are tested all the same.
func matchOf(ctx context.Context, tx *sql.Tx, q catalog.Query) (string, error) {
	words := wordsOf(q.Text)
	if len(words) == 0 {
		return "", nil
	}
	last, err := endingsOf(ctx, tx, words[len(words)-1])
	if err != nil {
		return "", err
	}
	all := []string{last}
	for _, word := range words[:len(words)-1] {
		all = append(all, quoted(word))
	}
	for _, name := range []string{q.Host, q.Section, q.Source} {
		for _, word := range wordsOf(name) {
			all = append(all, quoted(word))
		}
	}
	switch q.State {
	case catalog.Failing, catalog.Dead, catalog.Blocked, catalog.Skipped:
		all = append(all, quoted(wordOfState+string(q.State)))
	}
	if q.Kind != "" {
		all = append(all, quoted(wordOfKind+string(q.Kind)))
	}
	if q.Finding != "" {
		all = append(all, quoted(wordOfFinding+strings.ReplaceAll(string(q.Finding), "-", "")))
	}
	return strings.Join(all, " AND "), nil
}

// quoted writes a word as a string of the index's syntax; a word holds no quote.
func quoted(word string) string { return `"` + word + `"` }

// endingsOf writes the match of a word that may be the beginning of one: as the words of the index with that beginning.
func endingsOf(ctx context.Context, tx *sql.Tx, word string) (string, error) {
	letters := []rune(word)
	ascii := strings.ToLower(word)
	switch {
	case len(letters) < beginning:
		return quoted(word), nil
	case len(letters) == beginning || len(letters) != len(word): // indexed, or to be folded by the tokenizer alone
		return quoted(word) + "*", nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT term FROM text_words WHERE term >= ? AND term < ? LIMIT ?`,
		ascii, ascii[:len(ascii)-1]+string(ascii[len(ascii)-1]+1), endings+1)
	terms, err := collect(rows, err, func(rows *sql.Rows) (term string, err error) {
		err = rows.Scan(&term)
		return quoted(term), err
	})
	switch {
	case err != nil:
		return "", err
	case len(terms) == 0:
		return quoted(word), nil
	case len(terms) > endings:
		return quoted(word) + "*", nil
	}
	return "(" + strings.Join(terms, " OR ") + ")", nil
}

// hitsAtOnce is how many hits of a text are looked at for one page; more are too many to sort.
const hitsAtOnce = catalog.MostCounted

// search decides how to run a query with a text, and counts what it selects. The index is read once, as far as it is
// looked at. Few hits are sorted. Of many, the last added are given first; in another order they are all that is given, as
// sorting the rest would take seconds.
func search(ctx context.Context, tx *sql.Tx, q catalog.Query, filters []filter, order order, from *position) (*selection, catalog.Amount, error) {
	match, err := matchOf(ctx, tx, q)
	if err != nil {
		return nil, catalog.Amount{}, err
	}
	hits, more, err := readHits(ctx, tx, match, math.MaxInt64)
	if err != nil {
		return nil, catalog.Amount{}, err
	}
	s := &selection{members: `SELECT value AS id FROM json_each(?)`, lead: []any{numbers(hits)}}
	for _, f := range filters {
		s.test(f.test, f.args...)
	}
	s.test(`r.placed > 0`)
	amount := catalog.Amount{Count: len(hits), More: more}
	if len(filters) > 0 {
		amount, err = countUpTo(ctx, tx, `SELECT 1 `+s.from()+` `+s.where(), s.args()...)
		amount.More = more
	}
	if s.partial = more && order.sort != catalog.SortAdded; s.partial || !more || err != nil {
		return s, amount, err
	}
	if from != nil {
		hits, more, err = readHits(ctx, tx, match, from.ID)
		s.lead = []any{numbers(hits)}
	}
	if more {
		s.behind = hits[len(hits)-1]
	}
	return s, amount, err
}

// readHits returns the last added hits of a match before one, and whether there are more.
func readHits(ctx context.Context, tx *sql.Tx, match string, before int64) (hits []int64, more bool, err error) {
	if match == "" {
		return nil, false, nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT rowid FROM texts(?) WHERE rowid < ? ORDER BY rowid DESC LIMIT ?`, match, before, hitsAtOnce+1)
	hits, err = collect(rows, err, scanID)
	return hits[:min(len(hits), hitsAtOnce)], len(hits) > hitsAtOnce, err
}

// writeWords brings the index of words in line with the placements of resources.
func writeWords(ctx context.Context, tx *sql.Tx, ids string) error {
	_, gone := tx.ExecContext(ctx, `DELETE FROM texts WHERE rowid IN (SELECT id FROM resources
		WHERE id IN (SELECT value FROM json_each(?)) AND placed = 0)`, ids)
	_, here := tx.ExecContext(ctx, `INSERT OR REPLACE INTO texts (rowid, words) SELECT id, words FROM resource_words
		WHERE id IN (SELECT value FROM json_each(?))`, ids)
	return firstError(gone, here)
}
