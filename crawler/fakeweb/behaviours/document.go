package behaviours

import (
	"fmt"
	"hash/fnv"
	"html"
	"net/http"
	"slices"
	"strings"

	"waymark/crawler/fakeweb"
)

// A maker is the software that a page looks as if it came from.
type maker int

const (
	blog     maker = iota // a weblog engine behind nginx
	docs                  // a generator of documentation behind a content network
	academic              // a page of the nineties on Apache
	press                 // a magazine with much script
	wiki                  // an encyclopedia
)

// Doc is a whole page. Fields that are empty get something plausible.
type Doc struct {
	Code    int // default 200
	Make    maker
	Site    string
	Title   string // of <title>
	Lang    string
	Head    string // further markup in the head
	Main    string // markup of the main part instead of an article
	Above   string // markup before the article
	Below   string // markup after it
	Footer  string // markup in the footer
	Subject int    // of the article; default by title
	IDs     []string
	Server  string   // header
	Headers []string // further ones, names and values by turns
}

// with fills in what the stage knows.
func (d Doc) with(host, title string) Doc {
	if d.Site == "" {
		d.Site = siteName(host)
	}
	if d.Title == "" {
		d.Title = title
	}
	if d.Title == "" {
		d.Title = d.Site
	}
	return d
}

// ServeHTTP answers with the page and the headers that its maker sends.
func (d Doc) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	code := d.Code
	if code == 0 {
		code = http.StatusOK
	}
	headers := slices.Concat(serverHeaders[d.Make], d.Headers)
	if d.Server != "" {
		headers = append(headers, "Server", d.Server)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		rw.Header().Set(headers[i], headers[i+1])
	}
	fakeweb.Document(code, "text/html; charset=utf-8", []byte(d.HTML())).ServeHTTP(rw, r)
}

var serverHeaders = map[maker][]string{
	blog:     {"Server", "nginx/1.24.0", "X-Powered-By", "PHP/8.2.12", "Link", `<https://example.net/wp-json/>; rel="https://api.w.org/"`, "Vary", "Accept-Encoding"},
	docs:     {"Server", "cloudflare", "CF-Cache-Status", "HIT", "Age", "1832", "CF-RAY", "8c1b2f3a4d5e6f70-FRA", "Strict-Transport-Security", "max-age=31536000"},
	academic: {"Server", "Apache/2.4.57 (Debian)", "Accept-Ranges", "bytes", "ETag", `"5e1f-5f3a2b1c0d9e8"`},
	press:    {"Server", "openresty", "Via", "1.1 varnish", "X-Served-By", "cache-fra-eddf8230074-FRA", "X-Cache", "HIT, MISS", "Set-Cookie", "visitor=2f6c; Path=/; Secure"},
	wiki:     {"Server", "mw-web.eqiad.main-6d8f", "X-Content-Type-Options", "nosniff", "Content-Language", "en", "Vary", "Accept-Encoding,Cookie,Authorization"},
}

// HTML gives the document.
func (d Doc) HTML() string {
	main := d.Main
	if main == "" {
		main = d.article()
	}
	lang := d.Lang
	if lang == "" {
		lang = "en"
	}
	title := html.EscapeString(d.Title)
	site := html.EscapeString(d.Site)
	return fmt.Sprintf(frames[d.Make], lang, title, d.Head, site, d.Above+main+d.Below, d.Footer+footers[d.Make])
}

// seed makes pages differ that have different titles.
func (d Doc) seed() int {
	h := fnv.New32a()
	h.Write([]byte(d.Title))
	return int(h.Sum32() % 5040)
}

// article is a headline, paragraphs with headings, a listing and some comments: three to five kilobytes.
func (d Doc) article() string {
	n := d.seed()
	subject := subjects[n%len(subjects)]
	if d.Subject > 0 {
		subject = subjects[d.Subject%len(subjects)]
	}
	ids := d.IDs
	var b strings.Builder
	headline, _, _ := strings.Cut(d.Title, " | ")
	fmt.Fprintf(&b, "<article class=\"post\">\n<h1>%s</h1>\n<p class=\"byline\">By M. Okafor, %d minutes to read</p>\n", html.EscapeString(headline), 4+n%9)
	for i := range subject {
		heading := headings[(n+i)%len(headings)]
		id := fakeweb.Slug(heading)
		if i < len(ids) {
			id = ids[i]
		}
		if i > 0 {
			fmt.Fprintf(&b, "<h2 id=\"%s\">%s</h2>\n", id, heading)
		}
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(subject[(n/7+i)%len(subject)]))
	}
	fmt.Fprintf(&b, "<pre><code>$ measure --since %dh --by host | sort -k2 -n | tail -%d\n</code></pre>\n", 1+n%48, 5+n%20)
	fmt.Fprintf(&b, "</article>\n<section class=\"comments\">\n<h2>Comments</h2>\n<ol>\n<li>%s</li>\n<li>%s</li>\n</ol>\n</section>\n",
		comments[n%len(comments)], comments[(n+1)%len(comments)])
	return b.String()
}
