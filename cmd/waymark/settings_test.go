package main

import (
	"strings"
	"testing"
	"time"
)

func TestSettingsHoldNoSecret(t *testing.T) {
	c := defaultConfig()
	c.Check.Timeout = Duration(30 * time.Second)
	c.Check.Hosts = []HostConfig{{Match: "api.example", Headers: map[string]string{"Authorization": "Bearer s3cret"}, Accept: []Count{403}, Quiet: Hours{From: 22 * time.Hour, To: 6 * time.Hour}}}
	c.Sources = []SourceConfig{{Name: "list", Git: "https://s3cret@git.example/x.git", Ref: "main", Paths: []string{"**/*.md"}}}
	c.Network.Proxy = "http://user:s3cret@proxy.example:3128"
	rows := map[string]string{}
	changed := map[string]bool{}
	for _, row := range settings(c) {
		if strings.Contains(row.Value, "s3cret") {
			t.Errorf("%s shows a secret: %s", row.Key, row.Value)
		}
		rows[row.Key], changed[row.Key] = row.Value, row.Changed
	}
	for key, want := range map[string]string{
		"check.timeout":           "30s",
		"check.every":             "7d",
		"check.max_body":          "2 MiB",
		"check.hosts.api.example": "accepts [403], Authorization: (hidden), quiet 22:00-06:00",
		"sources.list":            "https://git.example/x.git@main **/*.md",
		"network.proxy":           "http://proxy.example:3128",
		"network.tls_min_version": "1.2",
		"sync.every":              "15m",
	} {
		if rows[key] != want {
			t.Errorf("%s is %q, want %q", key, rows[key], want)
		}
	}
	if !changed["check.timeout"] || changed["check.every"] || !changed["sources.list"] {
		t.Error("what was changed is not told from the defaults")
	}
}

func TestWhatIsAbsentIsShownAsItsDefault(t *testing.T) {
	c := defaultConfig()
	c.Network.TLSMinVersion = 0
	for _, row := range settings(c) {
		if row.Key == "network.tls_min_version" && (row.Value != "1.2" || row.Changed) {
			t.Errorf("it is shown as %+v", row)
		}
	}
}
