package web

import (
	"encoding/json"
	"net/http"
	"time"

	"waymark/catalog"
)

// writeJSON sends a value as JSON.
func writeJSON(w http.ResponseWriter, code int, value any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	w.WriteHeader(code)
	_, err = w.Write(append(catalog.PrintableJSON(b), '\n'))
	return sent(err)
}

func (s *site) apiOverview(w http.ResponseWriter, r *http.Request) error {
	o, err := s.Reader.Overview(r.Context(), s.Now())
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, overviewJSON{
		Catalog: healthView(o.Catalog), Sources: each(o.Sources, healthView), Sections: each(o.Sections, healthView),
		Turned: each(o.Turned, turnedView), Due: o.Due, NextDue: known(o.NextDue), LastCheck: known(o.LastCheck),
	})
}

func (s *site) apiActivity(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, activityView(s.activity()))
}

func (s *site) apiResources(w http.ResponseWriter, r *http.Request) error {
	values := r.URL.Query()
	if err := refuseUnknown(values); err != nil {
		return err
	}
	q, err := parseQuery(values)
	if err != nil {
		return err
	}
	if q.Source != "" {
		if _, err := s.sourceNames(r, q.Source); err != nil {
			return err
		}
	}
	rows, err := s.Reader.Resources(r.Context(), q)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, rowsJSON{Resources: each(rows.Rows, rowView), Next: rows.Next, Partial: rows.Partial})
}

func (s *site) apiResource(w http.ResponseWriter, r *http.Request) error {
	id, err := pathNumber(r)
	if err != nil {
		return err
	}
	d, err := s.Reader.Resource(r.Context(), id)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, detailView(d, s.age(d, s.Now())))
}

func (s *site) apiSources(w http.ResponseWriter, r *http.Request) error {
	list, err := s.Reader.Sources(r.Context())
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string][]sourceJSON{"sources": each(list, sourceView)})
}

// each maps a list; an empty one is [] in JSON, never null.
func each[T, V any](list []T, view func(T) V) []V {
	out := make([]V, len(list))
	for i, item := range list {
		out[i] = view(item)
	}
	return out
}

// known returns nil for a time that is not known, which JSON writes as null.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
