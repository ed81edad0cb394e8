package page

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

// fromMarkup is the title of every document in this table that is read as HTML; the others are named by address.
const fromMarkup = "From markup"

func TestWhatIsReadAsHTML(t *testing.T) {
	const page = `<title>From markup</title>`
	for name, tt := range map[string]struct {
		contentType, body string
		html              bool
	}{
		"HTML":                                {"text/html", page, true},
		"upper case type":                     {"Text/HTML; Charset=UTF-8", page, true},
		"two types":                           {"text/html, text/html", page, true},
		"XHTML":                               {"application/xhtml+xml", page, true},
		"no type":                             {"", page, true},
		"no type, white space":                {"", "\n\t " + page, true},
		"no type, comment first":              {"", "<!-- x -->" + page, true},
		"no type, text":                       {"", "just words", false},
		"no type, JSON":                       {"", `{"a":"` + page + `"}`, false},
		"unknown type":                        {"unknown/unknown", page, true},
		"plain text that is a page":           {"text/plain", "<!DOCTYPE html>" + page, true},
		"plain text that is a page with mark": {"text/plain", "\ufeff<html>" + page, true},
		"plain text that is Markdown":         {"text/plain; charset=utf-8", "<p align=center>x</p>" + page, false},
		"plain text about HTML":               {"text/plain", "The <html> element" + page, false},
		"doctype of another kind":             {"text/plain", "<!doctype htmlx>" + page, false},
		"octets that are a page":              {"application/octet-stream", "<!-- a --> <html lang=en>" + page, true},
		"XML that is XHTML":                   {"application/xml", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html>` + page, true},
		"XML that is a feed":                  {"text/xml", `<?xml version="1.0"?><rss><channel>` + page, false},
		"feed":                                {"application/rss+xml", `<rss>` + page, false},
		"drawing":                             {"image/svg+xml", `<svg>` + page, false},
		"JSON":                                {"application/json", page, false},
		"PDF":                                 {"application/pdf", "%PDF-1.7", false},
		"PDF called HTML":                     {"text/html", "%PDF-1.7 " + page, false},
		"picture called HTML":                 {"text/html", "\x89PNG\r\n\x1a\n" + page, false},
		"archive called HTML":                 {"text/html", "PK\x03\x04" + page, false},
	} {
		t.Run(name, func(t *testing.T) {
			want := "b.html"
			if tt.html {
				want = fromMarkup
			}
			if got := read(tt.body, "Content-Type: "+tt.contentType).Title; got != want {
				t.Errorf("title %q, want %q", got, want)
			}
		})
	}
}

func TestTitleOfFile(t *testing.T) {
	for name, tt := range map[string]struct{ url, disposition, want string }{
		"last segment":              {"https://example.org/papers/sorting.pdf?dl=1#page=2", "", "sorting.pdf"},
		"decoded":                   {"https://example.org/A%20b%C3%A9.pdf", "", "A bé.pdf"},
		"encoded slash":             {"https://example.org/a%2Fb.pdf", "", "b.pdf"},
		"bytes of another encoding": {"https://example.org/caf%E9.pdf", "", "café.pdf"},
		"control characters":        {"https://example.org/a%0Ab%1B%E2%80%AE.pdf", "", "a b.pdf"},
		"folder":                    {"https://example.org/papers/", "", "papers"},
		"root":                      {"https://example.org/", "", ""},
		"host alone":                {"https://example.org", "", ""},
		"not an address":            {"http://[", "", ""},
		"bounded":                   {"https://example.org/" + strings.Repeat("x", 5000), "", strings.Repeat("x", 299) + "…"},
		"named by the server":       {"https://example.org/get", `attachment; filename="my paper.pdf"`, "my paper.pdf"},
		"extended name":             {"https://example.org/get", `attachment; filename="x.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf`, "résumé.pdf"},
		"encoded words":             {"https://example.org/get", `attachment; filename="=?UTF-8?Q?r=C3=A9sum=C3=A9.pdf?="`, "résumé.pdf"},
		"raw Latin bytes":           {"https://example.org/get", "attachment; filename=\"r\xe9sum\xe9.pdf\"", "résumé.pdf"},
		"path in the name":          {"https://example.org/get", `attachment; filename="../../etc/x.pdf"`, "x.pdf"},
		"Windows path in the name":  {"https://example.org/get", `attachment; filename="C:\\docs\\x.pdf"`, "x.pdf"},
		"empty name":                {"https://example.org/get.pdf", `attachment; filename=""`, "get.pdf"},
		"name that does not parse":  {"https://example.org/get.pdf", `attachment; filename=a b c`, "get.pdf"},
	} {
		t.Run(name, func(t *testing.T) {
			d := Document{URL: tt.url, Header: http.Header{"Content-Type": {"application/pdf"}}}
			if tt.disposition != "" {
				d.Header.Set("Content-Disposition", tt.disposition)
			}
			if got := Read(d).Title; got != tt.want {
				t.Errorf("title %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFactsOfFile(t *testing.T) {
	got := read("%PDF-1.7", "Content-Type: application/pdf", "Content-Language: de", "Last-Modified: Mon, 03 Feb 2020 04:05:06 GMT")
	want := catalog.Page{Title: "b.html", Language: "de", Modified: day("2020-02-03T04:05:06Z"), ModifiedFrom: FromLastModified,
		ModifiedAs: "Mon, 03 Feb 2020 04:05:06 GMT", ModifiedSure: catalog.Medium}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}
