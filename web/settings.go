package web

import "net/http"

// Setting is a value of the configuration in force, as it may be shown: without secrets.
type Setting struct {
	Key     string // its path in the configuration file, such as check.timeout
	Value   string
	Changed bool // it is not the default
}

// settings shows the configuration in force.
func (s *site) settings(w http.ResponseWriter, r *http.Request) error {
	p := s.page(r, "Settings", "settings")
	p.Body = s.Settings
	return s.render(w, http.StatusOK, "settings.html", p)
}
