package page

import (
	"bytes"
	"mime"
	"net/url"
	"path"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

const (
	treeSize    = 256 << 10 // how many bytes of a page are made into a tree
	maxHeadings = 20        // how many headings of a level are looked at
)

// headingTitle returns the first heading that says something, for a page without any other title; where a
// heading is a picture, the text that stands for it. The caller cuts the page to treeSize.
func headingTitle(body []byte) string {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return ""
	}
	for _, level := range [...]string{"h1", "h2, h3, h4, h5, h6"} {
		for i, heading := range doc.Find(level).EachIter() {
			if i == maxHeadings {
				break
			}
			heading.Find("script, style").Remove()
			if title := firstOf(clean(heading.Text()), clean(heading.Find("img[alt]").AttrOr("alt", ""))); title != "" {
				return title
			}
		}
	}
	return ""
}

// fileTitle returns the name of a file: the one that the server gives it (RFC 6266), else the last segment of
// its address.
func fileTitle(d Document) string {
	if name := dispositionName(d.Header.Get("Content-Disposition")); name != "" {
		return name
	}
	u, err := url.Parse(d.URL)
	if err != nil {
		return ""
	}
	segment := path.Base(u.EscapedPath())
	if decoded, err := url.PathUnescape(segment); err == nil {
		segment = decoded
	}
	return clean(baseName(undeclared(segment)))
}

// dispositionName returns the file name of a Content-Disposition, also in the encoded words of mail (RFC 2047)
// that some servers send in its place.
func dispositionName(disposition string) string {
	_, params, err := mime.ParseMediaType(disposition)
	if err != nil {
		return ""
	}
	name := params["filename"]
	if decoded, err := new(mime.WordDecoder).DecodeHeader(name); err == nil {
		name = decoded
	}
	return clean(baseName(undeclared(name)))
}

// undeclared returns a short text of unknown encoding as UTF-8.
func undeclared(s string) string {
	b := []byte(s[:min(len(s), longest)])
	return string(decode(guess(b, ""), b))
}

// baseName returns the last part of a path of any system, "" when there is none.
func baseName(name string) string {
	name = strings.TrimRight(name, `/\`)
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if name == "." || name == ".." {
		return ""
	}
	return name
}
