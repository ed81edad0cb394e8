package main

import (
	"fmt"
	"os"
	"strings"
)

// place is where printed figures stand in the manual: between its marks.
type place string

// The places of the figures.
const (
	ofFigures place = "figures: written by make accuracy"
	ofOutside place = "outside: written by make outside"
)

// write puts what was printed between the marks of a file; without a file it does nothing.
func (p place) write(file, printed string) error {
	if file == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	begin, end := "<!-- "+string(p)+" -->\n", "<!-- end -->\n"
	before, rest, begins := strings.Cut(string(text), begin)
	_, after, ends := strings.Cut(rest, end)
	if !begins || !ends {
		return fmt.Errorf("%s has no place for the figures: it lacks %s, or %s behind it", file, strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	return os.WriteFile(file, []byte(before+begin+"```\n"+printed+"```\n"+end+after), 0o644)
}
