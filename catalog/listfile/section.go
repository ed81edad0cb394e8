package listfile

// sections is the stack of headings above a spot. Levels may be skipped: below "# A" a "### B" is a child of A.
type sections struct {
	levels []int
	path   []string // shared by all placements of the section, hence never changed in place
}

// leave drops the headings that a heading of this level ends.
func (s *sections) leave(level int) {
	n := len(s.levels)
	for n > 0 && s.levels[n-1] >= level {
		n--
	}
	s.levels = s.levels[:n]
	s.path = s.path[:n:n]
}

// enter puts a heading on the stack. A heading without words ends others but names nothing.
func (s *sections) enter(level int, title string) {
	s.leave(level)
	if title = oneLine(title); title != "" {
		s.levels = append(s.levels, level)
		s.path = append(s.path, title)
	}
}

// current returns the headings above, outermost first; nil when there are none.
func (s *sections) current() []string {
	if len(s.path) == 0 {
		return nil
	}
	return s.path
}
