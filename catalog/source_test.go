package catalog_test

import (
	"testing"

	"waymark/catalog"
)

func TestLocationKeepsSecrets(t *testing.T) {
	tests := []struct {
		source catalog.Source
		want   string
	}{
		{catalog.Source{Git: "https://user:SECRET@git.example/list.git"}, "https://git.example/list.git"},
		{catalog.Source{Git: "https://SECRET@git.example/list.git", Ref: "main"}, "https://git.example/list.git@main"},
		{catalog.Source{Git: "http://user:SE%CRET@git.example:8080"}, "http://git.example:8080"},
		{catalog.Source{Git: "https://user:SEC@RET@git.example/@name"}, "https://git.example/@name"},
		{catalog.Source{Git: "git@git.example:list.git"}, "git@git.example:list.git"},
		{catalog.Source{Git: "../lists"}, "../lists"},
		{catalog.Source{URL: "https://user:SECRET@example.org/list.md?a=b@c"}, "https://example.org/list.md?a=b@c"},
		{catalog.Source{URL: "https://example.org/@name/list.md"}, "https://example.org/@name/list.md"},
		{catalog.Source{Path: "lists/**/*.md"}, "lists/**/*.md"},
	}
	for _, tt := range tests {
		if got := tt.source.Location(); got != tt.want {
			t.Errorf("%+v lives at %s, want %s", tt.source, got, tt.want)
		}
	}
}

func TestHostOfASource(t *testing.T) {
	for want, sources := range map[string][]catalog.Source{
		"example.org":      {{URL: "https://example.org/list.md"}, {URL: "HTTPS://Example.org:443/"}, {Git: "https://example.org/a/b.git"}, {Git: "https://token@example.org/a/b.git"}},
		"example.org:8080": {{URL: "http://example.org:8080/list.md"}},
		"":                 {{Path: "lists/**"}, {Git: "../repository"}, {Git: "git@example.org:a/b.git"}, {Git: "ssh://git@example.org/a/b"}, {}},
	} {
		for _, source := range sources {
			if got := source.Host(); got != want {
				t.Errorf("%+v: got %q, want %q", source, got, want)
			}
		}
	}
}
