package page

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
)

// sniffed is how much of a body is looked at to tell what it is (MIME Sniffing standard, section 5.2, reads
// 1445 bytes; the signatures that matter here stand earlier).
const sniffed = 1024

// reading is how a declared media type asks for a body to be taken.
type reading int

const (
	asFile     reading = iota // something else for certain
	asPage                    // HTML or XHTML, unless the body is plainly binary
	asUnknown                 // nothing is said: the body tells
	asDoubtful                // what servers also send for what they do not know: only a root element tells
)

// readingOf believes a type where it says something.
func readingOf(contentType string) reading {
	switch mediaType(contentType) {
	case "text/html", "application/xhtml+xml":
		return asPage
	case "", "unknown/unknown", "application/unknown", "*/*", "html", "text":
		return asUnknown
	case "text/plain", "text/xml", "application/xml", "application/octet-stream", "binary/octet-stream":
		return asDoubtful
	}
	return asFile
}

// isHTML tells whether a body, without byte order mark, is to be read as HTML or XHTML.
func (r reading) isHTML(body []byte) bool {
	head := bytes.TrimLeft(body[:min(len(body), sniffed)], " \t\r\n\f")
	switch r {
	case asPage:
		return !isBinary(head)
	case asUnknown:
		return strings.HasPrefix(http.DetectContentType(head), "text/html") || hasRoot(head)
	case asDoubtful:
		return hasRoot(head)
	}
	return false
}

// mediaType returns the type without parameters in lower case, also of a header that does not parse.
func mediaType(contentType string) string {
	media, _, _ := strings.Cut(contentType, ";")
	media, _, _ = strings.Cut(media, ",")
	return strings.ToLower(strings.TrimSpace(media))
}

// charsetParameter returns what a Content-Type says of the encoding.
func charsetParameter(contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["charset"]
	}
	return labelIn(contentType, "charset")
}

// isBinary reports a body that is a PDF, an archive, an image, a sound or a film whatever its header says.
func isBinary(head []byte) bool {
	media := http.DetectContentType(head)
	return !strings.HasPrefix(media, "text/") && media != "application/octet-stream"
}

// hasRoot reports whether a document says itself that it is HTML: by its doctype, or by its first element behind
// comments, declarations and processing instructions. A lesser sign would take Markdown, which often begins
// with a <p> or a comment, for a page.
func hasRoot(head []byte) bool {
	const doctype = "<!doctype html"
	for {
		head = bytes.TrimLeft(head, " \t\r\n\f")
		switch {
		case len(head) > len(doctype) && equalFold(head[:len(doctype)], doctype):
			return endsName(head[len(doctype)])
		case bytes.HasPrefix(head, []byte("<!--")):
			head = head[commentEnd(head, len("<!--")):]
		case bytes.HasPrefix(head, []byte("<!")), bytes.HasPrefix(head, []byte("<?")):
			head = head[after(head, 0, ">"):]
		default:
			return bytes.HasPrefix(head, []byte("<")) && (namesTag(head[1:], "html") || namesTag(head[1:], "head"))
		}
	}
}
