package listfile

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Format is how a list is written. The set is closed.
type Format string

// The formats that can be read.
const (
	Auto     Format = "auto" // by the file's name, then by its content
	Markdown Format = "markdown"
	YAML     Format = "yaml"
	Text     Format = "text"
)

// Formats returns every format that can be read.
func Formats() []Format { return []Format{Auto, Markdown, YAML, Text} }

// planned names the formats that the configuration may know one day but that no reader exists for.
var planned = []string{"json", "csv", "html", "bookmarks", "opml"}

// ParseFormat returns the format of that name; empty means Auto. The error names the formats that can be read.
func ParseFormat(name string) (Format, error) {
	format := Format(strings.ToLower(strings.TrimSpace(name)))
	switch {
	case format == "":
		return Auto, nil
	case slices.Contains(Formats(), format):
		return format, nil
	case slices.Contains(planned, string(format)):
		return "", fmt.Errorf("format %q cannot be read yet; use one of %s", name, formatNames())
	}
	return "", fmt.Errorf("unknown format %q; use one of %s", name, formatNames())
}

func formatNames() string {
	var names []string
	for _, f := range Formats() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// extensions maps the endings of list files to their format.
var extensions = map[string]Format{
	".md": Markdown, ".markdown": Markdown, ".mdown": Markdown,
	".yaml": YAML, ".yml": YAML,
	".txt": Text,
}

// sniffed is how much of a file Detect looks at.
const sniffed = 4 << 10

// Detect tells the format of a list by the ending of its name, then by its first bytes. It answers Markdown, YAML
// or Text, never Auto.
func Detect(file string, content []byte) Format {
	if format, ok := extensions[strings.ToLower(path.Ext(file))]; ok {
		return format
	}
	head := content[:min(len(content), sniffed)]
	switch {
	case structured(file, head):
		return Text
	case looksMarkdown(head):
		return Markdown
	case looksYAML(head):
		return YAML
	}
	return Text
}

// structuredExtensions are endings of formats that no reader exists for.
var structuredExtensions = []string{".json", ".csv", ".html", ".htm", ".opml", ".xml"}

// structured reports whether a file is in a format that is only read as text, for the URLs in it.
func structured(file string, head []byte) bool {
	if slices.Contains(structuredExtensions, strings.ToLower(path.Ext(file))) {
		return true
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, byteOrderMark), " \t\r\n")
	for _, start := range []string{"{", "[\n", "[\r\n", "[{", "[\"", "<?xml", "<!DOCTYPE", "<!doctype"} {
		if bytes.HasPrefix(head, []byte(start)) {
			return true
		}
	}
	return false
}

// looksMarkdown looks for what only Markdown has: an inline link, or a heading of more than one level.
func looksMarkdown(head []byte) bool {
	return bytes.Contains(head, []byte("](")) || bytes.Contains(head, []byte("\n## ")) || bytes.HasPrefix(head, []byte("## "))
}

// looksYAML looks at the first line that says something: a document start, or a key in front of a colon.
func looksYAML(head []byte) bool {
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, " \t\r\n")
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if bytes.Equal(line, []byte("---")) || bytes.HasPrefix(line, []byte("%YAML")) {
			return true
		}
		return isYAMLKey(bytes.TrimPrefix(line, []byte("- ")))
	}
	return false
}

// isYAMLKey reports whether a line starts with a plain key: one word, a colon, and then a space or nothing.
func isYAMLKey(line []byte) bool {
	key, rest, found := bytes.Cut(line, []byte(":"))
	if !found || len(key) == 0 || (len(rest) > 0 && rest[0] != ' ') {
		return false
	}
	return !bytes.ContainsAny(key, " \t<>[](){}*`")
}

// IsList reports whether a walk through a folder should read the file at this slash-separated path: a list by its
// ending, not hidden, not a licence, and not in a folder of other people's code.
func IsList(file string) bool {
	dir, name := path.Split(path.Clean(file))
	for _, folder := range strings.Split(dir, "/") {
		if hidden(folder) || folder == "node_modules" || folder == "vendor" {
			return false
		}
	}
	stem := strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	if hidden(name) || stem == "license" || stem == "licence" {
		return false
	}
	_, ok := extensions[strings.ToLower(path.Ext(name))]
	return ok
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") && name != "." && name != ".." }
