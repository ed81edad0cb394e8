package web

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"waymark/catalog"
)

// Machinery is what the pages show of hosts and of the crawler's work.
type Machinery interface {
	HostTable(ctx context.Context, q catalog.HostQuery, now time.Time) (catalog.HostRows, error)
	Host(ctx context.Context, name string, now time.Time) (catalog.HostRow, error)
	Queue(ctx context.Context, now time.Time) (catalog.Queue, error)
}

// hostsBody is a page of hosts.
type hostsBody struct {
	Query  catalog.HostQuery
	Sorts  []choice
	Rows   []hostView
	Amount catalog.Amount
	pager
}

// hostView is a host with its share of all resources.
type hostView struct {
	catalog.HostRow
	Health  catalog.Health
	Total   int // resources of the whole catalog
	Flagged int // findings that wait for a person
	Pausing pauseBox
}

// hostParams lists the parameters of the page and the fields that they fill.
func hostParams(q *catalog.HostQuery) []param {
	return []param{
		{"text", &q.Text, nil},
		{"sort", (*string)(&q.Sort), words(catalog.HostSorts())},
		{"cursor", &q.Cursor, nil},
	}
}

func hostsAddress(q catalog.HostQuery) string {
	if q.Sort == catalog.HostsByLinks {
		q.Sort = ""
	}
	return addressOf("/hosts", hostParams(&q), nil)
}

func (s *site) hostList(w http.ResponseWriter, r *http.Request) error {
	var q catalog.HostQuery
	if err := fill(hostParams(&q), r.URL.Query()); err != nil {
		return err
	}
	if hasEmpty(r.URL.Query()) {
		http.Redirect(w, r, hostsAddress(q), http.StatusSeeOther)
		return nil
	}
	p := s.page(r, "Hosts", "hosts")
	rows, err := s.Machinery.HostTable(r.Context(), q, p.Now)
	if err != nil {
		return err
	}
	total, err := s.total(r, p.Now)
	if err != nil {
		return err
	}
	body := hostsBody{Query: q, Sorts: hostSorts(q), Amount: rows.Amount}
	for _, row := range rows.Rows {
		body.Rows = append(body.Rows, hostViewOf(row, total))
	}
	body.pager = pagesOf(q.Cursor, rows.Next, func(cursor string) string {
		q.Cursor = cursor
		return hostsAddress(q)
	})
	p.Body = body
	return s.render(w, http.StatusOK, "hosts.html", p)
}

// total is the number of resources of the catalog as it was lately, which is enough for shares and takes no counting.
func (s *site) total(r *http.Request, now time.Time) (int, error) {
	trends, err := s.Atlas.Trends(r.Context(), now.AddDate(0, 0, -7))
	if err != nil || len(trends) == 0 || len(trends[0].Days) == 0 {
		return 0, err
	}
	days := trends[0].Days
	return catalog.Health{States: days[len(days)-1].States}.Total(), nil
}

func hostViewOf(row catalog.HostRow, total int) hostView {
	if total > 0 {
		total = max(total, row.Resources) // it may have grown since
	}
	return hostView{HostRow: row, Health: catalog.Health{States: row.States}, Total: total}
}

func hostSorts(q catalog.HostQuery) []choice {
	chosen := q.Sort
	if chosen == "" {
		chosen = catalog.HostsByLinks
	}
	q.Cursor = ""
	var list []choice
	for _, sort := range catalog.HostSorts() {
		q.Sort = sort
		text := map[catalog.HostSort]string{catalog.HostsByLinks: "most linked", catalog.HostsByTrouble: "in trouble", catalog.HostsByName: "by name"}[sort]
		list = append(list, choice{string(sort), text, hostsAddress(q), sort == chosen})
	}
	return list
}

// host is the page of one host.
func (s *site) host(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("host")
	p := s.page(r, name, "hosts")
	row, err := s.Machinery.Host(r.Context(), name, p.Now)
	if err != nil {
		return noSuch(err, "No link of any source leads to this host, or ever did.", "Look for it among the hosts.")
	}
	total, err := s.total(r, p.Now)
	if err != nil {
		return err
	}
	p.Said = said(w, r)
	body := hostViewOf(row, total)
	body.Pausing = s.box(p, "", name)
	flagged, err := s.Flags.Flags(r.Context(), catalog.FlagQuery{Host: name, Limit: 1}, p.Now)
	if err != nil {
		return err
	}
	body.Flagged = flagged.Count
	p.Body = body
	return s.render(w, http.StatusOK, "host.html", p)
}

// hostAddress is the page of a host.
func hostAddress(name string) string { return "/hosts/" + url.PathEscape(name) }

// robotsText says how much of a host robots may visit.
func robotsText(a catalog.Access) string {
	return map[catalog.Access]string{catalog.AccessAll: "allows every page", catalog.AccessSome: "forbids some pages",
		catalog.AccessNone: "forbids every page"}[a]
}
