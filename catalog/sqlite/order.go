package sqlite

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"waymark/catalog"
)

// order is how a table of resources is sorted: by an indexed key and then by what tells equal keys apart.
type order struct {
	sort  catalog.Sort
	key   string // an expression over resources r
	tie   string // the same
	last  string // the tie of the resource with a number, as an expression with one parameter
	index string // that holds the key and the tie; empty where there is none
	desc  bool
	value func(catalog.Row) any // the key
}

// bySource is the tie of the order by URL: local resources of several sources may have the same path.
const bySource = `coalesce(r.source_id, 0)`

// dueKey is the indexed expression for when a resource is due: never comes last.
const dueKey = `coalesce(due_at, 9223372036854775807)`

// orderOf returns an order by its name; the empty name means by URL.
func orderOf(sort catalog.Sort) (order, error) {
	o := order{sort: sort, tie: `r.id`, last: `?`}
	switch sort {
	case "", catalog.SortURL:
		o.sort, o.key, o.tie, o.last = catalog.SortURL, `r.url`, bySource, `(SELECT `+bySource+` FROM resources r WHERE r.id = ?)`
		o.index, o.value = `resources_url`, func(r catalog.Row) any { return r.URL }
	case catalog.SortAdded:
		o.key, o.desc = `r.id`, true
		o.value = func(r catalog.Row) any { return r.ID }
	case catalog.SortTurned:
		o.key, o.index, o.desc = `coalesce(r.since_at, 0)`, `resources_since`, true
		o.value = func(r catalog.Row) any { return millis(r.Verdict.Since, 0) }
	case catalog.SortChecked:
		o.key, o.desc = `coalesce(r.checked_at, 0)`, true // without an index: see byVisits
		o.value = func(r catalog.Row) any { return millis(r.Checked, 0) }
	case catalog.SortDue:
		o.key, o.index = `coalesce(r.due_at, 9223372036854775807)`, `resources_due`
		o.value = func(r catalog.Row) any { return millis(r.Due, math.MaxInt64) }
	case catalog.SortModified:
		o.key, o.index = `coalesce(r.modified_at, 9223372036854775807)`, `resources_modified`
		o.value = func(r catalog.Row) any { return millis(r.Modified.At, math.MaxInt64) }
	default:
		return o, fmt.Errorf("there is no order %q; the orders are %v", sort, catalog.Sorts())
	}
	return o, nil
}

func millis(t time.Time, unknown int64) int64 {
	if t.IsZero() {
		return unknown
	}
	return t.UnixMilli()
}

func (o order) by() string {
	if o.desc {
		return o.key + " DESC, " + o.tie + " DESC"
	}
	return o.key + ", " + o.tie
}

// table names resources r, to be walked in this order.
func (o order) table() string {
	if o.index == "" {
		return `resources r NOT INDEXED`
	}
	return `resources r INDEXED BY ` + o.index
}

func (o order) behind() string {
	if o.desc {
		return "<"
	}
	return ">"
}

// before compares a key with one further on, or with the same.
func (o order) before() string {
	if o.desc {
		return ">="
	}
	return "<="
}

// end is a key behind which there is none.
func (o order) end() any {
	switch {
	case o.sort == catalog.SortURL:
		return []byte{} // SQLite sorts blobs behind all text
	case o.desc:
		return int64(math.MinInt64)
	default:
		return int64(math.MaxInt64)
	}
}

// position is the last row of a page, within an order.
type position struct {
	Sort catalog.Sort `json:"s"`
	Key  any          `json:"k"` // a string for URLs, else an integer
	ID   int64        `json:"i"`
}

// cursor writes where a page ended.
func (o order) cursor(last catalog.Row) string {
	text, err := json.Marshal(position{o.sort, o.value(last), last.ID})
	if err != nil {
		panic("a string and two integers always encode: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// parse reads a cursor of this order; nil for the first page.
func (o order) parse(cursor string) (*position, error) {
	if cursor == "" {
		return nil, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, catalog.ErrCursor
	}
	var url string
	var number int64
	p := position{Key: &number}
	if o.sort == catalog.SortURL {
		p.Key = &url
	}
	if err := json.Unmarshal(text, &p); err != nil || p.Sort != o.sort || p.Key == nil {
		return nil, catalog.ErrCursor
	}
	p.Key = number
	if o.sort == catalog.SortURL {
		p.Key = url
	}
	return &p, nil
}
