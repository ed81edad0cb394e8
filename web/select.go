package web

import (
	"fmt"
	"net/http"
	"strconv"
)

// mostSelected is the number of resources that one form can name: as many as a page can show.
const mostSelected = 500

// checkMany makes the selected resources due and goes back to where they were selected.
func (s *site) checkMany(w http.ResponseWriter, r *http.Request) error {
	if s.Writer == nil {
		return readOnly()
	}
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return badRequest("The form could not be read.", "Select fewer resources.")
	}
	ids, err := selected(r.PostForm["id"])
	if err != nil {
		return err
	}
	if err := s.Writer.CheckNow(r.Context(), ids, s.Now()); err != nil {
		return err
	}
	if s.Crawler != nil {
		s.Crawler.Wake()
	}
	say(w, "check", len(ids))
	http.Redirect(w, r, s.backTo(r, "/resources"), http.StatusSeeOther)
	return nil
}

// selected reads the numbers of resources, each once.
func selected(given []string) ([]int64, error) {
	seen := map[int64]bool{}
	var ids []int64
	for _, text := range given {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			return nil, badParameter("id", text, []string{"the number of a resource"})
		}
		if !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, badRequest("No resource was selected.", "Tick one or more rows first.")
	}
	if len(ids) > mostSelected {
		return nil, badRequest(fmt.Sprintf("%d resources were selected; %d are taken at once.", len(ids), mostSelected), "Select fewer.")
	}
	return ids, nil
}
