// Package starter holds the catalog that Waymark opens with when nobody has
// told it which lists to keep: a roadmap for backend developers and a hundred
// free resources. The files are ordinary Markdown lists, read by the same
// parser as any other source, so they also show what a good list looks like.
package starter

import (
	"embed"
	"io/fs"
)

//go:embed lists/*.md
var lists embed.FS

// Lists returns the starter catalog as a read-only file system whose list
// files are lists/*.md. Each is UTF-8, starts with one level-one heading and
// holds one entry per line in the form "- [@kind@Title](https://…)".
func Lists() fs.FS { return lists }
