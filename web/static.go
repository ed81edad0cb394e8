package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// styles is the order of the style sheets in waymark.css: later ones may lean on earlier ones.
var styles = [...]string{"tokens.css", "base.css", "layout.css", "parts.css", "pages.css", "print.css"}

// assets are the static files by name, under an address that changes with their content.
type assets struct {
	hash  string
	files map[string][]byte
}

// loadAssets reads the embedded files. The style sheets become one, as each request delays the first paint.
func loadAssets() (*assets, error) {
	a := &assets{files: map[string][]byte{}}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	for _, entry := range entries {
		content, err := staticFiles.ReadFile("static/" + entry.Name())
		if err != nil {
			return nil, err
		}
		sum.Write(content)
		a.files[entry.Name()] = content
	}
	a.files["waymark.css"] = a.join(styles[:])
	a.hash = hex.EncodeToString(sum.Sum(nil))[:12]
	return a, nil
}

func (a *assets) join(names []string) []byte {
	var parts [][]byte
	for _, name := range names {
		parts = append(parts, a.files[name])
		delete(a.files, name)
	}
	return slices.Concat(parts...)
}

// url returns the address of a file.
func (a *assets) url(name string) string { return "/static/" + a.hash + "/" + name }

// static sends a file to be kept for ever, as its address holds the hash of all. A page from before an upgrade
// is led to the file of today.
func (s *site) static(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("file")
	content, ok := s.assets.files[name]
	if !ok {
		return noSuchPage()
	}
	if r.PathValue("hash") != s.assets.hash {
		http.Redirect(w, r, s.assets.url(name), http.StatusFound)
		return nil
	}
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, err := w.Write(content)
	return sent(err)
}

// contentType does not ask the system's table of types, which differs from machine to machine.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	default:
		return "application/octet-stream"
	}
}

func (s *site) favicon(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, s.assets.url("favicon.svg"), http.StatusFound)
	return nil
}

// localPath reports whether an address leads back to this service: a path, and not one that a browser reads as
// a host.
func localPath(address string) bool {
	return strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && !strings.ContainsAny(address, "\\\r\n\t")
}
