package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"waymark/catalog"
)

// param is a parameter of the address bar and the field of a query that it fills.
type param struct {
	name  string
	value *string
	known []string // nil: any text
}

// longest is the length from which a parameter is refused, in characters.
const longest = 500

// params lists the parameters that filter and sort, in the order of the form and of the chips.
func params(q *catalog.Query) []param {
	return []param{
		{"text", &q.Text, nil},
		{"state", (*string)(&q.State), words(catalog.States())},
		{"finding", (*string)(&q.Finding), words(catalog.FindingKinds())},
		{"source", &q.Source, nil},
		{"section", &q.Section, nil},
		{"host", &q.Host, nil},
		{"kind", (*string)(&q.Kind), words(catalog.Kinds())},
		{"age", (*string)(&q.Age), words(catalog.AgeBands())},
		{"sort", (*string)(&q.Sort), words(catalog.Sorts())},
		{"cursor", &q.Cursor, nil},
	}
}

// parseQuery reads a query from the address bar. The error is a refusal that names the parameter.
func parseQuery(values url.Values) (catalog.Query, error) {
	var q catalog.Query
	if err := fill(params(&q), values); err != nil {
		return q, err
	}
	var err error
	if q.Branch, err = parseNumber(values, "branch"); err != nil {
		return q, err
	}
	q.Limit, err = parseLimit(values.Get("limit"))
	return q, err
}

// fill sets the fields of a query to what the address bar says. The error is a refusal that names the parameter.
func fill(params []param, values url.Values) error {
	for _, p := range params {
		given := values.Get(p.name)
		if utf8.RuneCountInString(given) > longest || !utf8.ValidString(given) {
			return badRequest(fmt.Sprintf("The parameter %q is not a text of at most %d characters.", p.name, longest), "Shorten it.")
		}
		if given != "" && p.known != nil && !slices.Contains(p.known, given) {
			return badParameter(p.name, given, p.known)
		}
		*p.value = given
	}
	return nil
}

// parseNumber reads a parameter that is a number of something stored; 0 when it is not given.
func parseNumber(values url.Values, name string) (int64, error) {
	given := values.Get(name)
	if given == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(given, 10, 64)
	if err != nil || n < 1 {
		return 0, badParameter(name, given, []string{"a number from 1"})
	}
	return n, nil
}

// parseLimit reads the number of rows a page; 0 is the default of [catalog.Query].
func parseLimit(given string) (int, error) {
	if given == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 || n > 500 {
		return 0, badParameter("limit", given, []string{"1 to 500"})
	}
	return n, nil
}

// refuseUnknown refuses a parameter that no query has. A misspelt filter must not select all.
func refuseUnknown(values url.Values) error {
	known := []string{"branch", "limit"}
	for _, p := range params(new(catalog.Query)) {
		known = append(known, p.name)
	}
	for name := range values {
		if !slices.Contains(known, name) {
			return &refusal{code: http.StatusBadRequest, title: "Unknown parameter", known: known,
				text: fmt.Sprintf("There is no parameter %q.", name), hint: "There are these:"}
		}
	}
	return nil
}

// defaultSort is the order where none is chosen: of a search the last added first, of all that there is what turned last,
// which is what people come to see, and of a part of it by address.
func defaultSort(q catalog.Query) catalog.Sort {
	switch {
	case q.Text != "":
		return catalog.SortAdded
	case q == catalog.Query{Sort: q.Sort, Cursor: q.Cursor, Limit: q.Limit}:
		return catalog.SortTurned
	}
	return catalog.SortURL
}

// sorted is the query in the order that it is shown in.
func sorted(q catalog.Query) catalog.Query {
	q.Sort = cmp.Or(q.Sort, defaultSort(q))
	return q
}

// address writes a query as the address of its page. What is empty or by default is left out.
func address(q catalog.Query) string {
	if q.Sort == defaultSort(q) {
		q.Sort = ""
	}
	more := url.Values{}
	if q.Branch != 0 {
		more.Set("branch", strconv.FormatInt(q.Branch, 10))
	}
	if q.Limit != 0 {
		more.Set("limit", strconv.Itoa(q.Limit))
	}
	return addressOf("/resources", params(&q), more)
}

// addressOf writes the address of a page with its parameters, and more of them, which it takes over. Empty ones are left out.
func addressOf(page string, params []param, more url.Values) string {
	if more == nil {
		more = url.Values{}
	}
	for _, p := range params {
		if *p.value != "" {
			more.Set(p.name, *p.value)
		}
	}
	if len(more) == 0 {
		return page
	}
	return page + "?" + more.Encode()
}

// pager leads from one page of a table to others.
type pager struct {
	Next  string // address of the next page; empty on the last
	First string // address of the first page; empty on it
}

// pagesOf returns where to go on from a page, given the cursors of this one and of the next, and the address by cursor.
func pagesOf(here, next string, at func(cursor string) string) (p pager) {
	if next != "" {
		p.Next = at(next)
	}
	if here != "" {
		p.First = at("")
	}
	return p
}

// chip is a filter in force, with the address of the same page without it.
type chip struct {
	Name, Value string
	Without     string
}

// chips lists the filters in force. Sorting and paging are not filters.
func chips(q catalog.Query) []chip {
	var list []chip
	for i, p := range params(&q) {
		if *p.value == "" || p.name == "sort" || p.name == "cursor" {
			continue
		}
		without := q
		without.Cursor = ""
		*params(&without)[i].value = ""
		value := *p.value
		if p.name == "age" {
			value = ageText(q.Age)
		}
		list = append(list, chip{p.name, value, address(without)})
	}
	return list
}

// hasEmpty reports whether a form sent fields that were left empty; they do not belong in an address.
func hasEmpty(values url.Values) bool {
	for _, given := range values {
		if len(given) == 1 && given[0] == "" {
			return true
		}
	}
	return false
}
