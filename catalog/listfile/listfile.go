// Package listfile turns a list file into placements: Markdown, YAML and plain text, one file per format.
//
// A reader degrades and never gives up: what it cannot read becomes a [catalog.Problem] with its place, and the
// rest is read. Every position refers to the bytes as they were given, whatever was done to them on the way.
package listfile

import "waymark/catalog"

// Parse reads a list. file is the path within the source; it names the placements and helps to detect the format.
// Placements come in the order of the file. Of a placement:
//
//   - Line and Column are those of the link's first byte: '[', '<', or the URL itself.
//   - content[Start:End] is the destination exactly as written; an edit replaces these bytes. For a reference link
//     it lies in the definition, which several placements can share. Start == End where the reader cannot tell.
//   - URL is what the destination means in its format: backslash escapes and entities of Markdown and HTML are
//     resolved, a bare www.example.org gets the http:// that GitHub gives it, and bytes that are not UTF-8 become
//     U+FFFD. Without any of these it equals content[Start:End].
//
// Memory beyond the listing itself is bounded by a small multiple of len(content), and so is the time, also for
// hostile files.
func Parse(file string, format Format, content []byte) catalog.Listing {
	if format == Auto || format == "" {
		format = Detect(file, content)
	}
	d := newDocument(file, content)
	if format == Text && structured(file, content[:min(len(content), sniffed)]) {
		d.problemAt(0, 0, "this version reads such a file as plain text: only the URLs in it, without sections")
	}
	switch {
	case d.foreign():
	case format == Markdown:
		readMarkdown(d)
	case format == YAML:
		readYAML(d)
	case format == Text:
		readText(d)
	default:
		d.problemAt(0, 0, "this version does not read the format "+string(format))
	}
	return d.finish()
}
