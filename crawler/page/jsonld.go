package page

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"waymark/catalog"
)

const (
	typeJSONLD = "application/ld+json"
	// maxJSONLD is the longest script of structured data that is read, in bytes. Longer ones are catalogues.
	maxJSONLD = 256 << 10
	// maxDepth bounds how deep @graph and arrays are followed. One within the other is what is met.
	maxDepth = 4
	// oneYear behind its beginning a thread is still read, where somebody replies to it.
	oneYear = 365 * oneDay
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
	URL       json.RawMessage `json:"url"`
	replies
}

// replies are what others wrote below a question or the first post of a thread: the page changes with them.
type replies struct {
	Comment   json.RawMessage `json:"comment"`
	Accepted  json.RawMessage `json:"acceptedAnswer"`
	Suggested json.RawMessage `json:"suggestedAnswer"`
}

// all lists the nodes of the replies.
func (r replies) all() (nodes []node) {
	for _, raw := range [...]json.RawMessage{r.Comment, r.Accepted, r.Suggested} {
		var one node
		var many []node
		if json.Unmarshal(raw, &many) == nil {
			nodes = append(nodes, many...)
		} else if json.Unmarshal(raw, &one) == nil {
			nodes = append(nodes, one)
		}
	}
	return nodes
}

// structured collects the dates of structured data.
type structured struct {
	claims
	calendar
	own []string // the addresses of the page
}

// readJSONLD collects the dates of the nodes that stand for the page: those at the top of a script, of an array
// or of @graph, and what a page names as its main entity. What is nested in them otherwise (comments, parts, related
// pages) is not looked at. Of several nodes the latest date counts. A script that is not JSON is passed over.
func readJSONLD(scripts [][]byte, text texts, c calendar, own []string) claims {
	d := structured{calendar: c, own: own}
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
	if n.standsForPage() && !d.isElsewhere(firstString(n.URL)) {
		d.read(n.Main, depth-1)
		d.changed = later(d.changed, d.as(firstString(n.Modified), FromJSONLD, catalog.High))
		d.published = later(d.published, d.as(firstString(n.Published), FromJSONLD, catalog.High))
		d.vague = later(d.vague, d.as(firstOf(firstString(n.Uploaded), firstString(n.Created)), FromJSONLD, catalog.High))
		if n.isThread() {
			d.doubt(n.all())
		}
	}
}

// doubt holds the dates of a thread for hardly sure where a reply came much later: its date is not that of the first post,
// but who reads the thread finds what is younger.
func (d *structured) doubt(nodes []node) {
	for _, reply := range nodes {
		at := d.calendar.read(firstOf(firstString(reply.Published), firstString(reply.Created)))
		for _, mine := range [...]*Dated{&d.changed, &d.published, &d.vague} {
			if !mine.At.IsZero() && at.Sub(mine.At) > oneYear {
				mine.Sure = catalog.Low
			}
		}
		d.doubt(reply.all())
	}
}

// isElsewhere reports that a node gives itself the address of another page on the same host, as related posts do. The
// start page is what careless templates name on every page.
func (d *structured) isElsewhere(address string) bool {
	its, err := url.Parse(address)
	if err != nil || its.Host == "" || barePath(its) == "" {
		return false
	}
	sameHost := false
	for _, own := range d.own {
		u, err := url.Parse(own)
		if err != nil || own == "" {
			continue
		}
		if barePath(u) == barePath(its) {
			return false
		}
		sameHost = sameHost || strings.EqualFold(u.Host, its.Host)
	}
	return sameHost
}

// barePath returns the path of an address as far as it tells pages apart.
func barePath(u *url.URL) string { return strings.ToLower(strings.Trim(u.Path, "/")) }

// isThread reports a node below which others write.
func (n node) isThread() bool {
	return slices.ContainsFunc(allStrings(n.Type), func(name string) bool {
		return strings.HasSuffix(name, "Question") || strings.HasSuffix(name, "DiscussionForumPosting")
	})
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

// firstString reads a value that is a string, a number, a list of strings, or an object with @value.
func firstString(raw json.RawMessage) string {
	if all := allStrings(raw); len(all) > 0 {
		return all[0]
	}
	if raw = bytes.TrimSpace(raw); (len(raw) == 10 || len(raw) == 13) && isDigit(raw[0]) { // seconds or thousandths, against the rules
		return string(raw)
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
