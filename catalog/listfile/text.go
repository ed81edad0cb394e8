package listfile

import (
	"bytes"
	"strings"

	"waymark/catalog"
)

// readText reads plain text: a URL per line, or URLs in prose. A line that starts with "#" is a heading, its level
// the number of signs; a URL in such a line is commented out and not read. A URL alone on its line takes the other
// words of the line for its title; of several URLs in a line each is its own title.
func readText(d *document) {
	var above sections
	for number := 1; number <= len(d.index.starts); number++ {
		start, end := d.index.line(number)
		line := span{max(start, d.from), end}
		if line.start >= line.end {
			continue
		}
		if level := commentLevel(d.work[line.start:line.end]); level > 0 {
			d.textHeading(&above, level, line)
			continue
		}
		for _, l := range d.linksIn(line) {
			d.placeText(l, above.current())
		}
	}
}

// commentLevel counts the "#" that start a line.
func commentLevel(line []byte) int {
	line = bytes.TrimLeft(line, " \t")
	return len(line) - len(bytes.TrimLeft(line, "#"))
}

func (d *document) textHeading(above *sections, level int, line span) {
	if _, found := scanURLs(d.work, line.start, line.end).next(line.start); found {
		return
	}
	title := strings.Trim(oneLine(string(bytes.Trim(d.work[line.start:line.end], "# \t\n"))), "-=")
	above.enter(level, title)
}

// textLink is a link found in text that no markup was read in.
type textLink struct {
	bare
	use    int // offset of its first byte: the URL's, or that of "[" where the text is [title](url)
	stop   int
	title  string // empty where the text does not tell
	broken string // what is wrong with the markup; empty when nothing is
	around surroundings
}

// linksIn finds the links of one line or of any other stretch of text.
func (d *document) linksIn(r span) []textLink {
	var links []textLink
	urls := scanURLs(d.work, r.start, r.end)
	for at := r.start; ; {
		u, ok := urls.next(at)
		if !ok {
			break
		}
		u.end = min(u.end, max(r.end, u.start))
		links = append(links, d.textLink(u, at))
		at = max(u.end, u.start+1)
	}
	d.describe(links, r)
	return links
}

func (d *document) textLink(u bare, from int) textLink {
	l := textLink{bare: u, use: u.start, stop: u.end}
	if open, title, broken, ok := bracketed(d.work, from, u); ok {
		l.use, l.title, l.broken = open, title, broken
	}
	return l
}

// describe fills in what stands around the links, and the title of a link that is alone.
func (d *document) describe(links []textLink, r span) {
	for i := range links {
		before, after := r.start, r.end
		if i > 0 {
			before = links[i-1].stop
		}
		if i+1 < len(links) {
			after = links[i+1].use
		}
		l := &links[i]
		l.around = near(d.work[min(before, l.use):l.use], d.work[l.stop:max(after, l.stop)])
	}
	if len(links) == 1 && links[0].title == "" && r.end-r.start < 4*maxTitle {
		links[0].title = restOfLine(d.work[r.start:links[0].use], d.work[links[0].stop:r.end])
	}
}

// restOfLine makes a title of the words around the only URL of a line.
func restOfLine(before, after []byte) string {
	const separators = " \t\n-–—:|,;*+•=\"'"
	head := strings.TrimRight(strings.TrimLeft(string(before), separators), separators+"([<")
	tail := strings.TrimLeft(strings.TrimRight(string(after), separators), separators+")]>")
	if head != "" && tail != "" {
		return head + " " + tail
	}
	return head + tail
}

func (d *document) placeText(l textLink, section []string) {
	address := l.url(d.original(l.span))
	l.around.section = section
	title, kind, unknown := kindOf(l.title, address, l.around)
	d.reportKind(l.use, unknown)
	if l.broken != "" {
		d.problem(l.use, l.broken)
	}
	d.place(l.use, l.span, catalog.Placement{Section: section, Title: title, Kind: kind, URL: address})
}

func (d *document) reportKind(use int, unknown string) {
	if unknown != "" {
		d.problem(use, "unknown type @"+oneLine(unknown)+"@; the link counts as other")
	}
}
