package page

import (
	"net/url"
	"strings"

	"waymark/catalog"
)

// maxAnchors bounds the anchors of a page that are kept to tell which one was meant.
const maxAnchors = 5000

// scriptedAnchors are the sites whose anchors stand in no markup: their scripts make them, or read the fragment as a
// place of their own. A fragment of theirs is not known to be missing.
var scriptedAnchors = []struct {
	host string // a domain, with all below it
	why  string
}{
	{"github.com", "line anchors, comments and file views are made by its scripts"},
	{"gitlab.com", "lines and notes are made by its scripts"},
	{"bitbucket.org", "lines and comments are made by its scripts"},
	{"youtube.com", "a time within a film"}, {"youtu.be", "a time within a film"}, {"vimeo.com", "a time within a film"},
	{"docs.google.com", "headings and sheets of documents"}, {"drive.google.com", "a view"}, {"groups.google.com", "a view"},
	{"maps.google.com", "a view"}, {"earth.google.com", "a view"}, {"colab.research.google.com", "a cell of a notebook"},
	{"openstreetmap.org", "a place on the map"}, {"twitter.com", "no markup without scripts"}, {"x.com", "no markup without scripts"},
	{"reddit.com", "no markup without scripts"}, {"discord.com", "no markup without scripts"}, {"notion.so", "blocks are loaded by scripts"},
	{"notion.site", "blocks are loaded by scripts"}, {"figma.com", "no markup without scripts"}, {"trello.com", "no markup without scripts"},
	{"codepen.io", "no markup without scripts"}, {"jsfiddle.net", "code in the fragment"}, {"regex101.com", "no markup without scripts"},
	{"npmjs.com", "the readme is put in by scripts"}, {"hub.docker.com", "no markup without scripts"}, {"swagger.io", "made by scripts"},
	{"mega.nz", "the key of a file"}, {"linkedin.com", "no markup without scripts"}, {"facebook.com", "no markup without scripts"},
	{"learn.microsoft.com", "tabs are chosen by their fragment"}, {"developer.apple.com", "made by scripts"}, {"rawgit.com", "a file"},
	{"nbviewer.org", "headings get their ids by scripts"}, {"observablehq.com", "made by scripts"}, {"excalidraw.com", "a drawing in the fragment"},
}

// scriptedMarks are parts of the addresses of scripts that give headings their ids, or draw the whole document.
const scriptedMarks = "anchor.min.js|anchor.js|anchorjs|anchor-js|docsify|redoc|swagger-ui|rapidoc|elements.min.js|toc.min.js|jquery.toc|gitbook|scalar"

// missingAnchors returns the wanted fragments that a page certainly lacks, by the rules of the HTML standard (section
// 7.4.6.4, "find a potential indicated element"), and what was probably meant.
func missingAnchors(d Document, source source, text texts, seen *survey) (missing []string, near map[string]string) {
	wanted := d.searchable()
	if len(wanted) == 0 || d.Status/100 != 2 || d.Truncated || isScripted(d.URL) {
		return nil, nil
	}
	offered := anchorsOf(source.body, text)
	for _, fragment := range wanted {
		if !offered.has(fragment) {
			missing = append(missing, fragment)
		}
	}
	if len(missing) == 0 || d.drawnByScript(source, text, seen) {
		return nil, nil
	}
	for _, fragment := range missing {
		if meant := offered.near.Nearest(fragment); meant != "" {
			if near == nil {
				near = map[string]string{}
			}
			near[fragment] = meant
		}
	}
	return missing, near
}

// searchable returns the wanted fragments that name an element, by what they look like.
func (d Document) searchable() []string {
	var list []string
	for _, fragment := range d.Fragments {
		// A text fragment (wicg.github.io/scroll-to-text-fragment) leads to the page at worst.
		element, _, _ := strings.Cut(fragment, ":~:")
		if element != "" && !isPlace(element) {
			list = append(list, fragment)
		}
	}
	return list
}

// isPlace reports a fragment that is read by scripts or players and names no element: lines, times, pages, routes.
func isPlace(fragment string) bool {
	if strings.ContainsAny(fragment, "=!/&?") {
		return true // t=10, page=3, xywh=…, !/route, key=value
	}
	digits := strings.TrimLeft(fragment, "Ll")
	return len(digits) < len(fragment) && digits != "" && digits[0] >= '0' && digits[0] <= '9'
}

// isScripted reports a site of scriptedAnchors.
func isScripted(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	host := strings.ToLower(u.Hostname())
	for _, site := range scriptedAnchors {
		if host == site.host || strings.HasSuffix(host, "."+site.host) {
			return true
		}
	}
	return false
}

// drawnByScript reports a page whose markup is not what people see.
func (d Document) drawnByScript(source source, text texts, seen *survey) bool {
	if seen == nil {
		s := look(text.all(source.body[:min(len(source.body), surveySize)]), d.URL)
		seen = &s
	}
	return seen.scripts && seen.words < fewWords || anyHolds(seen.loads, scriptedMarks)
}

// anchors are the names that a document offers to fragments.
type anchors struct {
	names map[string]bool
	near  catalog.Anchors
}

// anchorsOf walks over the whole document.
func anchorsOf(body []byte, text texts) anchors {
	found := anchors{names: map[string]bool{}, near: catalog.Anchors{}}
	w := walker{src: body}
	for {
		t, ok := w.next()
		if !ok {
			return found
		}
		if t.end {
			continue
		}
		found.add(t.attr("id"), text)
		if t.is("a") || t.is("map") {
			found.add(t.attr("name"), text)
		}
	}
}

func (a anchors) add(raw []byte, text texts) {
	if len(raw) == 0 || len(raw) > 1<<10 {
		return
	}
	name := text.attribute(raw)
	if a.names[name] {
		return
	}
	a.names[name] = true
	if len(a.names) < maxAnchors {
		bare, _ := strings.CutPrefix(name, "user-content-")
		a.near.Add(bare)
	}
}

// has reports whether a fragment leads somewhere. What is written in a list is taken as it stands, then decoded.
// Forges put "user-content-" before the names that an author chose, and their scripts make up for it.
func (a anchors) has(fragment string) bool {
	fragment, _, _ = strings.Cut(fragment, ":~:")
	decoded := catalog.DecodeFragment(fragment)
	for _, name := range [...]string{fragment, decoded} {
		if a.names[name] || a.names["user-content-"+name] || strings.EqualFold(name, "top") {
			return true
		}
	}
	return a.names["user-content-"+strings.ToLower(decoded)]
}
