package page

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

const (
	typeJSONLD = "application/ld+json"
	// maxJSONLD is the longest script of structured data that is read, in bytes. Longer ones are catalogues.
	maxJSONLD = 256 << 10
	// maxDepth bounds how deep @graph and arrays are followed. One within the other is what is met.
	maxDepth = 4
)

// structuredDates are what the structured data of a page says of the page itself; zero when unknown.
type structuredDates struct{ modified, published time.Time }

// node is the part of a JSON-LD node that is read here. Each value can be written in several ways.
type node struct {
	Type      json.RawMessage `json:"@type"`
	Graph     json.RawMessage `json:"@graph"`
	Modified  json.RawMessage `json:"dateModified"`
	Published json.RawMessage `json:"datePublished"`
}

// readJSONLD collects the dates of the nodes that stand for the page: those at the top of a script, of an array
// or of @graph. What is nested in them (comments, parts, related pages) is not looked at. Of several nodes the
// latest date counts. A script that is not JSON is passed over.
func readJSONLD(scripts [][]byte, text texts, limit time.Time) structuredDates {
	var d structuredDates
	for _, script := range scripts {
		if len(script) <= maxJSONLD {
			d.read(unwrap(text.all(script)), limit, maxDepth)
		}
	}
	return d
}

// namesDate reports whether a text can hold dateModified or datePublished. Their second words are searched for:
// a search is as quick as its first letter is rare.
func namesDate(text []byte) bool {
	return bytes.Contains(text, []byte("Modified")) || bytes.Contains(text, []byte("Published"))
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

func (d *structuredDates) read(data []byte, limit time.Time, depth int) {
	data = bytes.TrimSpace(data)
	if depth == 0 || len(data) == 0 {
		return
	}
	if data[0] == '[' {
		var list []json.RawMessage
		if json.Unmarshal(data, &list) == nil {
			for _, item := range list {
				d.read(item, limit, depth-1)
			}
		}
		return
	}
	var n node
	if json.Unmarshal(data, &n) != nil {
		return
	}
	d.read(n.Graph, limit, depth-1)
	if n.standsForPage() {
		d.modified = latest(d.modified, parseDate(firstString(n.Modified), limit))
		d.published = latest(d.published, parseDate(firstString(n.Published), limit))
	}
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
			"CreativeWork", "LearningResource", "Course", "HowTo", "Book", "SoftwareSourceCode":
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

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
