package page

import (
	"bytes"
	"strings"
)

// veil tells what a browser does not show: applications bring the pages that they may need later, "not found" among
// them, in elements that are hidden until a script uncovers them.
type veil struct {
	name  string // of the element that is hidden; empty: none is
	depth int    // elements of that name that are open within it, itself included
}

// drawn reports whether what comes now is hidden.
func (v *veil) drawn() bool { return v.name != "" }

// take follows the tags. Only elements count whose end tag nobody leaves out.
func (v *veil) take(name string, t tag) {
	switch {
	case v.drawn() && name == v.name && t.end:
		if v.depth--; v.depth == 0 {
			v.name = ""
		}
	case v.drawn() && name == v.name:
		v.depth++
	case !v.drawn() && !t.end && canVeil(name) && (name == "template" || isHidden(t)):
		v.name, v.depth = name, 1
	}
}

func canVeil(name string) bool {
	switch name {
	case "template", "div", "section", "article", "main", "aside", "dialog", "form", "ul", "ol", "span", "table", "h1":
		return true
	}
	return false
}

// isHidden reports an element with the attribute "hidden" (HTML standard, section 6.1), or with a style that says so.
func isHidden(t tag) bool {
	if bytes.IndexByte(t.attrs, 'd') < 0 && bytes.IndexByte(t.attrs, 'D') < 0 {
		return false
	}
	a := attributes{src: t.attrs}
	for a.next() {
		switch {
		case equalFold(a.name, "hidden"):
			return true
		case equalFold(a.name, "style"):
			style := strings.ToLower(string(a.value[:min(len(a.value), 300)]))
			if strings.Contains(strings.Join(strings.Fields(style), ""), "display:none") {
				return true
			}
		}
	}
	return false
}
