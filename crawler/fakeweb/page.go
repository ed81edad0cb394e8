package fakeweb

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"
)

// Page is an HTML page in UTF-8. Fields that are empty leave no trace.
type Page struct {
	Code        int // default 200
	Title       string
	Lang        string // of <html>, as "en"
	Description string
	Canonical   string // address in <link rel="canonical">
	Refresh     string // content of <meta http-equiv="refresh">, as "0; url=/new"
	Robots      string // content of <meta name="robots">

	Published       string // JSON-LD datePublished
	Modified        string // JSON-LD dateModified
	ArticleModified string // <meta property="article:modified_time">
	LastModified    time.Time

	Head     string   // further markup in <head>
	Body     string   // markup of the main part; a page with a title and no Body has a paragraph of prose, as a page that is there has
	Sections []string // headings with an id each, see Slug
}

// ServeHTTP answers with the page.
func (p Page) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if !p.LastModified.IsZero() {
		rw.Header().Set("Last-Modified", p.LastModified.UTC().Format(http.TimeFormat))
	}
	code := p.Code
	if code == 0 {
		code = http.StatusOK
	}
	body{code, "text/html; charset=utf-8", []byte(p.HTML())}.ServeHTTP(rw, r)
}

// promise is what a page says that has something to say.
const promise = `<p>A link is a promise that somebody else has to keep, and most of them do. Whoever writes a list makes a hundred
such promises in an afternoon, and comes back to them years later, when half of the pages have found new addresses and some
have been forgotten. The reader sees none of that work: a good list looks as if it had always been there, each line leading
where it says that it leads, and nowhere else.</p>
<p>Those who keep such lists know a few rules by heart. Write down why a page was chosen, since the reason outlives the page.
Prefer the place where the author would mend a mistake over the copy that happens to load faster. Look at each line again after
a year, with the eyes of somebody who needs it today. Remove without regret what no longer serves, and thank whoever tells you
about it, because for each person who writes there are a hundred who only leave.</p>
`

// Fixed renders the page once, for pages that are asked for very often.
func (p Page) Fixed() Behaviour {
	return Bytes("text/html; charset=utf-8", []byte(p.HTML()))
}

// HTML gives the document.
func (p Page) HTML() string {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html")
	writef(&b, ` lang="%s"`, p.Lang)
	b.WriteString(">\n<head>\n<meta charset=\"utf-8\">\n")
	writef(&b, "<title>%s</title>\n", p.Title)
	writef(&b, "<meta name=\"description\" content=\"%s\">\n", p.Description)
	writef(&b, "<link rel=\"canonical\" href=\"%s\">\n", p.Canonical)
	writef(&b, "<meta http-equiv=\"refresh\" content=\"%s\">\n", p.Refresh)
	writef(&b, "<meta name=\"robots\" content=\"%s\">\n", p.Robots)
	writef(&b, "<meta property=\"article:modified_time\" content=\"%s\">\n", p.ArticleModified)
	b.WriteString(p.jsonLD())
	b.WriteString(p.Head)
	b.WriteString("</head>\n<body>\n<main>\n")
	writef(&b, "<h1>%s</h1>\n", p.Title)
	if p.Body == "" && p.Title != "" {
		b.WriteString(promise)
	}
	b.WriteString(p.Body)
	for _, s := range p.Sections {
		fmt.Fprintf(&b, "<h2 id=\"%s\">%s</h2>\n", Slug(s), html.EscapeString(s))
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	return b.String()
}

// writef writes the value, escaped, where there is one.
func writef(b *strings.Builder, format, value string) {
	if value != "" {
		fmt.Fprintf(b, format, html.EscapeString(value))
	}
}

func (p Page) jsonLD() string {
	if p.Published == "" && p.Modified == "" {
		return ""
	}
	facts := map[string]string{"@context": "https://schema.org", "@type": "Article", "headline": p.Title}
	if p.Published != "" {
		facts["datePublished"] = p.Published
	}
	if p.Modified != "" {
		facts["dateModified"] = p.Modified
	}
	text, _ := json.Marshal(facts) // strings always marshal
	return "<script type=\"application/ld+json\">" + string(text) + "</script>\n"
}

// Slug gives the id of a heading: lower case, words joined by hyphens.
func Slug(heading string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool {
		return r < '0' || '9' < r && r < 'a' || 'z' < r && r < 0x80
	}), "-")
}
