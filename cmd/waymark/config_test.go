package main

import (
	"crypto/tls"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

func TestConfigGood(t *testing.T) {
	config, base, err := loadConfig("testdata/config/good.yaml", mustAbs(t, "."), nil)
	if err != nil {
		t.Fatal(err)
	}
	if base != mustAbs(t, "testdata/config") {
		t.Errorf("paths start from %s, want the file's folder", base)
	}
	if config.Check.Concurrency != 8 || config.Check.MaxBody != 512<<10 || time.Duration(config.Check.Every) != 14*24*time.Hour {
		t.Errorf("check is %+v", config.Check)
	}
	rules := config.rules()
	want := catalog.Confirm{Times: 5, Over: 14 * 24 * time.Hour}
	if diff := cmp.Diff(want, rules.Doubtful); diff != "" {
		t.Errorf("doubtful (-want +got):\n%s", diff)
	}
	if rules.Stale[catalog.Article] != 730*24*time.Hour || rules.Stale[catalog.Paper] != catalog.Never || rules.Stale[catalog.Tool] == 0 {
		t.Errorf("stale is %v; an absent kind must keep its default", rules.Stale)
	}
	if diff := cmp.Diff([]catalog.SectionAge{{Match: "* / Certificates", After: 180 * 24 * time.Hour}, {Match: "History", After: catalog.Never}}, rules.StaleSections); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]time.Duration{"LLM": 365 * 24 * time.Hour, "Kubernetes": catalog.Never, "Web Components": 14 * 24 * time.Hour}, topicAges(rules)); diff != "" {
		t.Errorf("topics that differ from the shipped ones (-want +got):\n%s", diff)
	}
	if got := rules.Host("news.corp:80").StaleAfter; got != 90*24*time.Hour {
		t.Errorf("the rule for news.corp is stale after %s", got)
	}
	if got := rules.Host("a.example.org"); got.Interval != 2*time.Second || got.Headers["Accept"] != "text/html" {
		t.Errorf("host rule is %+v", got)
	}
	if got := rules.Host("a.example.org").Quiet; got.From != 22*time.Hour || got.To != 6*time.Hour+30*time.Minute || got.Zone.String() != "Europe/Berlin" {
		t.Errorf("quiet hours are %+v", got)
	}
	if got := config.Check.Interfaces; got["npm"] != "https://npm.example.org/registry" || got["github"] != "http://127.0.0.1:8443" {
		t.Errorf("interfaces are %v", got)
	}
	if config.Network.TLSMinVersion != tls.VersionTLS10 {
		t.Errorf("the oldest TLS is %x, want that of 1.0", config.Network.TLSMinVersion)
	}
	if got := rules.Host("github.com"); got.Interval == 0 {
		t.Errorf("the shipped rule for github.com is missing: %+v", got)
	}
	if got := rules.Host("doi.org"); got.Redirects != catalog.RedirectsAnswer || got.Interval != 500*time.Millisecond {
		t.Errorf("the rule for doi.org is %+v, want its redirects beside the shipped interval", got)
	}
	if got := rules.Host("wiki.corp").TLS; got != (catalog.HostTLS{Unverified: true, MinVersion: tls.VersionTLS10}) {
		t.Errorf("TLS of the wiki is %+v", got)
	}
	if got := rules.Host("localhost").TLS; got != (catalog.HostTLS{}) {
		t.Errorf("TLS without a word of it is %+v", got)
	}
	if got := config.sources(); len(got) != 3 || got[1].Location() != "https://git.example.org/tools.git@main" {
		t.Errorf("sources are %+v", got)
	}
}

// topicAges are the topics of rules that Waymark does not ship with that age.
func topicAges(rules catalog.Rules) map[string]time.Duration {
	ages := map[string]time.Duration{}
	for _, topic := range rules.StaleTopics {
		if !slices.ContainsFunc(catalog.Topics(), func(shipped catalog.Topic) bool { return shipped.Name == topic.Name && shipped.After == topic.After }) {
			ages[topic.Name] = topic.After
		}
	}
	return ages
}

// TestConfigBad reads one bad file per rule and holds its exact message.
func TestConfigBad(t *testing.T) {
	files, err := filepath.Glob("testdata/config/bad-*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bad files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			want, err := os.ReadFile(strings.TrimSuffix(file, ".yaml") + ".want")
			if err != nil {
				t.Fatal(err)
			}
			path := mustAbs(t, file)
			_, _, err = loadConfig(path, "/", nil)
			if err == nil {
				t.Fatal("accepted")
			}
			if diff := cmp.Diff(path+":"+strings.TrimSpace(string(want)), err.Error()); diff != "" {
				t.Errorf("message (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConfigEnvironment(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "proxy")
	if err := os.WriteFile(secret, []byte("http://user:secret@proxy.example:3128\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	config, _, err := loadConfig("", t.TempDir(), []string{
		"WAYMARK_LISTEN=0.0.0.0:8080", "WAYMARK_CHECK_TIMEOUT=3s", "WAYMARK_CHECK_PER_HOST_CONCURRENCY=2",
		"WAYMARK_NETWORK_PROXY_FILE=" + secret, "WAYMARK_CHECK_GITHUB_TOKEN_FILE=" + secret, "WAYMARK_PORT_8080_TCP=tcp://10.0.0.1:8080", "WAYMARK_CHECK_RETRIES=",
	})
	if err != nil {
		t.Fatal(err)
	}
	if config.Listen != "0.0.0.0:8080" || time.Duration(config.Check.Timeout) != 3*time.Second || config.Check.PerHost.Concurrency != 2 {
		t.Errorf("got listen %s, check %+v", config.Listen, config.Check)
	}
	if config.Network.Proxy != "http://user:secret@proxy.example:3128" || config.Check.GitHubToken != config.Network.Proxy || config.Check.Retries != defaultConfig().Check.Retries {
		t.Errorf("got proxy %q, retries %d", config.Network.Proxy, config.Check.Retries)
	}
}

func TestParseSize(t *testing.T) {
	tests := map[string]int64{"0": 0, "12": 12, "10B": 10, "1.5KB": 1500, "500 KB": 500_000, "1.5KiB": 1536, "2MiB": 2 << 20, "1GB": 1e9, "2GiB": 2 << 30}
	for text, want := range tests {
		if got, err := parseSize(text); err != nil || got != want {
			t.Errorf("%s is %d bytes, want %d: %v", text, got, want, err)
		}
	}
	for _, text := range []string{"", "B", "NaN", "Inf", "-1", "1e3", "0x10", "2 MiB B", "2TB", "2147483649"} {
		if got, err := parseSize(text); err == nil {
			t.Errorf("%q is taken for %d bytes", text, got)
		}
	}
}

func TestConfigHostPatterns(t *testing.T) {
	for _, match := range []string{"example.org", "*.example.org", "*.example.*", "*", "localhost", "10.0.0.*", "::1", "fd00::*", "xn--bcher-kva.example"} {
		config := defaultConfig()
		config.Check.Hosts = []HostConfig{{Match: match}}
		if f := checkHosts(config); f != nil {
			t.Errorf("%s: %s", match, f.message)
		}
	}
}

func TestConfigEnvironmentBad(t *testing.T) {
	tests := map[string]string{
		"WAYMARK_CHECK_TIMEOUT=soon":          `WAYMARK_CHECK_TIMEOUT: "soon" is not a duration; write for example 20s, 1h30m, 30d or 2w`,
		"WAYMARK_CHECK_RETRIES=2.5":           `WAYMARK_CHECK_RETRIES: "2.5" is not a whole number`,
		"WAYMARK_CHECK_EVERY=36499d":          `the environment: check.every: at most 365d`,
		"WAYMARK_LISTEN=nowhere":              `the environment: listen: "nowhere" is not host:port, such as 127.0.0.1:8080`,
		"WAYMARK_DATABASE_FILE=/no/such/file": `WAYMARK_DATABASE_FILE: open /no/such/file: no such file or directory`,
	}
	for entry, want := range tests {
		_, _, err := loadConfig("", t.TempDir(), []string{entry})
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", entry, err, want)
		}
	}
}

// TestConfigKeepsDefaultsBeside: a key that is set leaves its neighbours as they are.
func TestConfigKeepsDefaultsBeside(t *testing.T) {
	file := filepath.Join(t.TempDir(), "partial.yaml")
	text := "check: {per_host: {concurrency: 2}}\nverdict: {dead_after: {definite: {times: 5}}}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got, _, err := loadConfig(file, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := defaultConfig()
	want.Check.PerHost.Concurrency, want.Verdict.DeadAfter.Definite.Times = 2, 5
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("configuration (-want +got):\n%s", diff)
	}
}

func TestConfigIsFoundInTheFolder(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "waymark.yml"), []byte("listen: 127.0.0.1:7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	config, _, err := loadConfig("", folder, nil)
	if err != nil || config.Listen != "127.0.0.1:7" {
		t.Errorf("listen %s, error %v", config.Listen, err)
	}
}

func mustAbs(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

func TestHoursOfADay(t *testing.T) {
	good := map[string]catalog.Quiet{
		"22:00-06:00":   {From: 22 * time.Hour, To: 6 * time.Hour},
		" 9:05-9:06 ":   {From: 9*time.Hour + 5*time.Minute, To: 9*time.Hour + 6*time.Minute},
		"18:00-24:00":   {From: 18 * time.Hour, To: 24 * time.Hour},
		"0:00-1:00 UTC": {To: time.Hour, Zone: time.UTC},
	}
	for text, want := range good {
		if got, err := parseHours(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-", "22:00", "22:00-", "22:00-25:00", "10:00-10:00", "00:00-24:00", "22:00 - 06:00", "10:00-11:00-12:00", "10:00-11:00 ../etc/passwd"} {
		if got, err := parseHours(text); err == nil {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
}
