package catalog

// Placement is one link at one spot of a source, as the author of the list wrote it.
type Placement struct {
	File    string   // path within the source, slash-separated; "-" for standard input
	Line    int      // of the link's first byte, from 1
	Column  int      // in bytes within the line, from 1
	Start   int      // byte offset of the destination within the file, inclusive
	End     int      // byte offset just past the destination; Start == End where the reader cannot tell
	Section []string // headings above the link, outermost first
	Title   string   // the link's text, one line, without markup
	Kind    Kind     // Other where the list does not say
	URL     string   // as written
	Quote   string   // the line of the link as the list writes it, at most 300 bytes of it; empty where the reader keeps none
}

// Problem is something in a source that could not be read. The rest of the source was read.
type Problem struct {
	File    string // path within the source
	Line    int    // from 1; 0 for the file as a whole
	Column  int    // in bytes, from 1; 0 for the line as a whole
	Message string // one sentence for the list's maintainer
}

// Listing is what one file of a source holds.
type Listing struct {
	File       string
	Placements []Placement // in the order of the file
	Anchors    []string    // fragments that the file itself offers: slugs of headings, ids and names of raw HTML
	Problems   []Problem
}
