package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"waymark/catalog"
)

// resourcesBody is a page of resources with the filters that chose them.
type resourcesBody struct {
	Query   catalog.Query
	Sort    catalog.Sort // the order in force
	Chips   []chip
	States  []choice       // as links, for one click
	Counts  map[string]int // of the resources of each state, and of all under the empty word; nil where that is not known
	Selects []selection
	Rows    []catalog.Row
	Amount  catalog.Amount
	Partial bool // more match than could be sorted
	pager
	Clear   string // address without any filter, in the same order
	CSV     string // address of all that is filtered, as a file
	JSON    string
	CanTick bool // rows can be selected, to be checked
	Narrow  bool // a filter of the folded part of the form is in force
}

// choice is a value of a filter.
type choice struct {
	Value, Text string
	Address     string
	Chosen      bool
}

// selection is a select element of the form.
type selection struct {
	Name, Label string
	Any         string // the text of no choice
	Choices     []choice
}

func (s *site) resources(w http.ResponseWriter, r *http.Request) error {
	values := r.URL.Query()
	if err := refuseUnknown(values); err != nil {
		return err
	}
	q, err := parseQuery(values)
	if err != nil {
		return err
	}
	if hasEmpty(values) {
		http.Redirect(w, r, address(q), http.StatusSeeOther)
		return nil
	}
	names, err := s.sourceNames(r, q.Source)
	if err != nil {
		return err
	}
	rows, err := s.Reader.Resources(r.Context(), sorted(q))
	if err != nil {
		return err
	}
	part, err := s.branchChip(r, q)
	if err != nil {
		return err
	}
	p := s.page(r, resourcesTitle(q), "resources")
	p.Search = false
	p.Said = said(w, r)
	body := listing(q, rows, names)
	body.CanTick = s.Writer != nil
	body.Chips = append(body.Chips, part...)
	if body.Counts, err = s.stateCounts(r, q); err != nil {
		return err
	}
	p.Body = body
	return s.render(w, http.StatusOK, "resources.html", p)
}

// sourceNames lists the sources to choose from, and refuses one that does not exist.
func (s *site) sourceNames(r *http.Request, chosen string) ([]string, error) {
	sources, err := s.Reader.Sources(r.Context())
	if err != nil {
		return nil, err
	}
	var names []string
	for _, source := range sources {
		names = append(names, source.Name)
	}
	if chosen != "" && !slices.Contains(names, chosen) {
		return nil, badParameter("source", chosen, names)
	}
	return names, nil
}

// branchChip names the part of a source that the resources are of; it has no field in the form. A part that is gone
// has no name.
func (s *site) branchChip(r *http.Request, q catalog.Query) ([]chip, error) {
	if q.Branch == 0 {
		return nil, nil
	}
	name := strconv.FormatInt(q.Branch, 10)
	if q.Source != "" {
		tree, err := s.Atlas.Branch(r.Context(), q.Source, q.Branch, s.Now())
		switch {
		case err == nil:
			name = branchName(tree.Branch)
		case !errors.Is(err, catalog.ErrNotFound):
			return nil, err
		}
	}
	q.Branch, q.Cursor = 0, ""
	return []chip{{"part", name, address(q)}}, nil
}

func resourcesTitle(q catalog.Query) string {
	switch {
	case q.Text != "":
		return "“" + q.Text + "”"
	case q.State != "":
		return "Resources: " + string(q.State)
	case q.Finding != "":
		return "Resources: " + string(q.Finding)
	}
	return "Resources"
}

func listing(q catalog.Query, rows catalog.Rows, sources []string) resourcesBody {
	body := resourcesBody{
		Query: q, Sort: sorted(q).Sort, Chips: chips(q), States: stateChoices(q), Selects: selections(q, sources), Rows: rows.Rows, Amount: rows.Amount, Partial: rows.Partial,
		Clear: address(catalog.Query{Sort: q.Sort, Limit: q.Limit}), CSV: exportAddress(q, "csv"), JSON: exportAddress(q, "json"),
		Narrow: q.Section != "" || q.Host != "",
	}
	body.pager = pagesOf(q.Cursor, rows.Next, func(cursor string) string {
		q.Cursor = cursor
		return address(q)
	})
	return body
}

// stateChoices offers every state as a link that keeps all other filters.
func stateChoices(q catalog.Query) []choice {
	chosen := q.State
	q.Cursor, q.State = "", ""
	list := []choice{{"", "all", address(q), chosen == ""}}
	for _, state := range catalog.States() {
		q.State = state
		list = append(list, choice{string(state), string(state), address(q), chosen == state})
	}
	return list
}

// stateCounts tells of each state how many resources have it. Those of the whole catalog are at hand; what other filters
// leave would have to be counted one by one, and is not.
func (s *site) stateCounts(r *http.Request, q catalog.Query) (map[string]int, error) {
	if q != (catalog.Query{State: q.State, Sort: q.Sort, Cursor: q.Cursor, Limit: q.Limit}) {
		return nil, nil
	}
	o, err := s.Reader.Overview(r.Context(), s.Now())
	if err != nil {
		return nil, err
	}
	counts := map[string]int{"": o.Catalog.Total()}
	for state, n := range o.Catalog.States {
		counts[string(state)] = n
	}
	return counts, nil
}

func selections(q catalog.Query, sources []string) []selection {
	return []selection{
		{"finding", "Finding", "any or none", options(words(catalog.FindingKinds()), string(q.Finding))},
		{"source", "Source", "every source", options(sources, q.Source)},
		{"kind", "Kind", "every kind", options(words(catalog.Kinds()), string(q.Kind))},
		{"age", "Last changed", "at any time", ageOptions(q.Age)},
		{"sort", "Sorted by", sortText(defaultSort(q)), sortOptions(q)},
	}
}

func options(values []string, chosen string) []choice {
	list := make([]choice, len(values))
	for i, v := range values {
		list[i] = choice{Value: v, Text: v, Chosen: v == chosen}
	}
	return list
}

// sortOptions offers the orders besides the one by default, which is the choice of none: another filter may have another.
func sortOptions(q catalog.Query) []choice {
	var list []choice
	for _, sort := range catalog.Sorts() {
		if sort != defaultSort(q) {
			list = append(list, choice{Value: string(sort), Text: sortText(sort), Chosen: sort == q.Sort})
		}
	}
	return list
}

func sortText(sort catalog.Sort) string {
	return map[catalog.Sort]string{
		catalog.SortURL: "address", catalog.SortAdded: "added last", catalog.SortTurned: "turned last", catalog.SortChecked: "checked last",
		catalog.SortDue: "next visit", catalog.SortModified: "oldest page",
	}[sort]
}

// exportAddress is the address of all that a query filters, as a file.
func exportAddress(q catalog.Query, extension string) string {
	q.Cursor, q.Limit = "", 0
	return "/resources." + extension + strings.TrimPrefix(address(q), "/resources")
}
