package page

import (
	"bytes"
	"encoding/json"
	"strings"

	"waymark/catalog"
)

const (
	typeJSONLD = "application/ld+json"
	// maxJSONLD is the longest script of structured data that is read, in bytes. Longer ones are catalogues.
	maxJSONLD = 256 << 10
	// maxDepth bounds how deep @graph and arrays are followed. One within the other is what is met.
	maxDepth = 4
)

// node is the part of a JSON-LD node that is read here. Each value can be written in several ways.
type node struct {
	Type      json.RawMessage `json:"@type"`
	Graph     json.RawMessage `json:"@graph"`
	Modified  json.RawMessage `json:"dateModified"`
	Published json.RawMessage `json:"datePublished"`
	Uploaded  json.RawMessage `json:"uploadDate"`
	Created   json.RawMessage `json:"dateCreated"`
	Main      json.RawMessage `json:"mainEntity"`
}

// structured collects the dates of structured data.
type structured struct {
	claims
	calendar
}

// readJSONLD collects the dates of the nodes that stand for the page: those at the top of a script, of an array
// or of @graph, and what a page names as its main entity. What is nested in them otherwise (comments, parts, related
// pages) is not looked at. Of several nodes the latest date counts. A script that is not JSON is passed over.
func readJSONLD(scripts [][]byte, text texts, c calendar) claims {
	d := structured{calendar: c}
	for _, script := range scripts {
		if len(script) <= maxJSONLD {
			d.read(unwrap(text.all(script)), maxDepth)
		}
	}
	return d.claims
}

// namesDate reports whether a text can hold one of the dates of a node. Their second words are searched for: a search is as
// quick as its first letter is rare.
func namesDate(text []byte) bool {
	for _, word := range [...]string{"Modified", "Published", "Created", `Date"`} {
		if bytes.Contains(text, []byte(word)) {
			return true
		}
	}
	return false
}

// unwrap takes off the comment and CDATA marks that hide a script from old readers, and a last semicolon.
func unwrap(script []byte) []byte {
	for before := -1; before != len(script); {
		before = len(script)
		for _, mark := range [...]string{"//", "/*", "*/", "<!--", "<![CDATA["} {
			script = bytes.TrimPrefix(bytes.TrimSpace(script), []byte(mark))
		}
		for _, mark := range [...]string{"//", "/*", "*/", "-->", "]]>", ";"} {
			script = bytes.TrimSuffix(bytes.TrimSpace(script), []byte(mark))
		}
	}
	return script
}

func (d *structured) read(data []byte, depth int) {
	data = bytes.TrimSpace(data)
	if depth == 0 || len(data) == 0 {
		return
	}
	if data[0] == '[' {
		var list []json.RawMessage
		if json.Unmarshal(data, &list) == nil {
			for _, item := range list {
				d.read(item, depth-1)
			}
		}
		return
	}
	var n node
	if json.Unmarshal(mended(data), &n) != nil {
		return
	}
	d.read(n.Graph, depth-1)
	if n.standsForPage() {
		d.read(n.Main, depth-1)
		d.changed = later(d.changed, d.as(firstString(n.Modified), FromJSONLD, catalog.High))
		d.published = later(d.published, d.as(firstString(n.Published), FromJSONLD, catalog.High))
		d.vague = later(d.vague, d.as(firstOf(firstString(n.Uploaded), firstString(n.Created)), FromJSONLD, catalog.High))
	}
}

// mended returns JSON without the line breaks within texts that templates leave there, which JSON does not allow.
func mended(data []byte) []byte {
	if bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\t') < 0 && bytes.IndexByte(data, '\r') < 0 || json.Valid(data) {
		return data
	}
	return bytes.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, data)
}

// standsForPage reports the types of schema.org that a page gives itself. A comment, a review or a product has
// its dates too, but they are not the page's.
func (n node) standsForPage() bool {
	for _, name := range allStrings(n.Type) {
		name = name[strings.LastIndexAny(name, "/:#")+1:]
		switch name {
		case "Article", "NewsArticle", "BlogPosting", "TechArticle", "ScholarlyArticle", "Report", "APIReference",
			"AnalysisNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle", "BackgroundNewsArticle",
			"AdvertiserContentArticle", "SatiricalArticle", "MedicalScholarlyArticle", "LiveBlogPosting",
			"SocialMediaPosting", "DiscussionForumPosting",
			"WebPage", "AboutPage", "CollectionPage", "FAQPage", "ItemPage", "MedicalWebPage", "ProfilePage", "QAPage",
			"CreativeWork", "VideoObject", "PodcastEpisode", "Recipe", "Question", "Dataset", "LearningResource", "Guide", "Course", "HowTo", "Book", "SoftwareSourceCode":
			return true
		}
	}
	return false
}

// firstString reads a value that is a string, a list of strings, or an object with @value.
func firstString(raw json.RawMessage) string {
	if all := allStrings(raw); len(all) > 0 {
		return all[0]
	}
	var typed struct {
		Value string `json:"@value"`
	}
	if json.Unmarshal(raw, &typed) != nil {
		return ""
	}
	return typed.Value
}

func allStrings(raw json.RawMessage) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var many []string
	if json.Unmarshal(raw, &many) != nil {
		return nil
	}
	return many
}

// later returns the later of two claims.
func later(a, b Dated) Dated {
	if b.At.After(a.At) {
		return b
	}
	return a
}
