package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed says what each package may import beyond the standard library: "waymark/..." packages by path, and
// outside libraries by prefix. A package that is not listed may import anything (the commands).
var allowed = map[string][]string{
	"waymark/catalog":          {"golang.org/x/net/", "github.com/nlnwa/whatwg-url/"},
	"waymark/catalog/listfile": {"waymark/catalog", "github.com/yuin/goldmark", "github.com/goccy/go-yaml", "golang.org/x/net/", "golang.org/x/text/"},
	"waymark/catalog/origin":   {"waymark/catalog", "waymark/catalog/listfile", "github.com/go-git/go-git/", "github.com/bmatcuk/doublestar/", "github.com/sergi/go-diff/", "golang.org/x/net/"},
	"waymark/catalog/sqlite":   {"waymark/catalog", "modernc.org/sqlite", "github.com/pressly/goose/", "golang.org/x/sys/"},
	"waymark/catalog/starter":  {},
	"waymark/crawler": {"waymark/catalog", "waymark/crawler/page", "github.com/gocolly/colly/", "code.dny.dev/ssrf",
		"github.com/andybalholm/brotli", "github.com/klauspost/compress/zstd", "golang.org/x/"},
	"waymark/crawler/page":               {"waymark/catalog", "github.com/PuerkitoBio/goquery", "golang.org/x/net/", "golang.org/x/text/"},
	"waymark/crawler/fakeweb":            {"golang.org/x/net/", "golang.org/x/text/"},
	"waymark/web":                        {"waymark/catalog", "waymark/catalog/listfile", "github.com/alexedwards/scs/v2"},
	"waymark/metrics":                    {"waymark/catalog", "github.com/prometheus/"},
	"waymark/crawler/fakeweb/behaviours": {"waymark/crawler/fakeweb"},
	"waymark/crawler/fakeweb/dates":      {"waymark/crawler/fakeweb"},
}

// alone says which package is the only one to import a library, and never in tests of others.
var alone = map[string]string{
	"database/sql":                        "waymark/catalog/sqlite",
	"modernc.org/sqlite":                  "waymark/catalog/sqlite",
	"github.com/gocolly/colly/v2":         "waymark/crawler",
	"github.com/prometheus/client_golang": "waymark/metrics",
}

type listedPackage struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

// listPackages asks the go tool for the packages of the module.
func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Standard", "waymark/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []listedPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		list = append(list, p)
	}
}

// TestImports holds the boundaries of the house: who may import whom.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range listPackages(t) {
		seen[p.ImportPath] = true
		rules, bounded := allowed[p.ImportPath]
		for _, imported := range p.Imports {
			if bounded && !permitted(imported, rules) {
				t.Errorf("%s imports %s, which the design does not allow", p.ImportPath, imported)
			}
			if imported == "waymark/cmd/waymark" {
				t.Errorf("%s imports the command", p.ImportPath)
			}
			for library, owner := range alone {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && p.ImportPath != owner {
					t.Errorf("%s imports %s, which belongs to %s alone", p.ImportPath, imported, owner)
				}
			}
		}
	}
	for path := range allowed {
		if !seen[path] {
			t.Errorf("the rules name %s, which does not exist", path)
		}
	}
}

// permitted reports whether an import is of the standard library or on the list.
func permitted(imported string, rules []string) bool {
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") && first != "waymark" {
		return true
	}
	return slices.ContainsFunc(rules, func(rule string) bool {
		if strings.HasPrefix(rule, "waymark/") {
			return imported == rule
		}
		return imported == strings.TrimSuffix(rule, "/") || strings.HasPrefix(imported, strings.TrimSuffix(rule, "/")+"/")
	})
}
