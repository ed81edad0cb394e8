package main

import (
	"fmt"
	"maps"
	"net"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"golang.org/x/net/http/httpguts"
	"golang.org/x/net/idna"

	"waymark/catalog"
	"waymark/catalog/listfile"
)

// fault is a value that cannot be used, with the path of its key.
type fault struct{ key, message string }

// checkConfig refuses values that are well-formed and cannot be used. The file's syntax tree tells the line; where
// it is nil, only the key is named.
func checkConfig(c Config, path string, file *ast.File) error {
	rules := []func(Config) *fault{checkListen, checkExternalURL, checkSources, checkNumbers, checkRobots, checkUserAgent, checkInterfaces, checkHosts, checkStale, checkNetwork}
	for _, rule := range rules {
		f := rule(c)
		if f == nil {
			continue
		}
		if line := lineOf(file, f.key); line > 0 {
			return fmt.Errorf("%s:%d: %s: %s", path, line, f.key, f.message)
		}
		return fmt.Errorf("%s: %s: %s", path, f.key, f.message)
	}
	return nil
}

// lineOf returns the line of a key such as sources[1].path, or of the nearest key above it that the file has.
func lineOf(file *ast.File, key string) int {
	for file != nil && key != "" {
		if path, err := yaml.PathString("$." + key); err == nil {
			if node, err := path.FilterFile(file); err == nil && node != nil {
				return node.GetToken().Position.Line
			}
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return 0
}

func checkListen(c Config) *fault {
	if _, port, err := net.SplitHostPort(c.Listen); err != nil || port == "" {
		return &fault{"listen", fmt.Sprintf("%q is not host:port, such as 127.0.0.1:8080", c.Listen)}
	}
	return nil
}

func checkExternalURL(c Config) *fault {
	if c.ExternalURL == "" || isWebURL(c.ExternalURL) {
		return nil
	}
	return &fault{"external_url", fmt.Sprintf("%q is not an http or https address", c.ExternalURL)}
}

func isWebURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func checkSources(c Config) *fault {
	seen := map[string]bool{}
	for i, s := range c.Sources {
		key := fmt.Sprintf("sources[%d]", i)
		set := 0
		for _, place := range []string{s.Path, s.Git, s.URL} {
			if place != "" {
				set++
			}
		}
		switch {
		case s.Name == "":
			return &fault{key, "a source needs a name"}
		case !catalog.Addressable(s.Name):
			return &fault{key + ".name", fmt.Sprintf("a source cannot be named %q, which browsers leave out of an address", s.Name)}
		case seen[s.Name]:
			return &fault{key + ".name", fmt.Sprintf("two sources are named %q", s.Name)}
		case set != 1:
			return &fault{key, fmt.Sprintf("source %q needs exactly one of path, git and url", s.Name)}
		case s.Git == "" && (s.Ref != "" || len(s.Paths) > 0):
			return &fault{key, fmt.Sprintf("source %q: ref and paths belong to git", s.Name)}
		case s.URL != "" && !isWebURL(s.URL):
			return &fault{key + ".url", fmt.Sprintf("%q is not an http or https address", s.URL)}
		}
		if _, err := listfile.ParseFormat(s.Format); err != nil {
			return &fault{key + ".format", err.Error()}
		}
		seen[s.Name] = true
	}
	return nil
}

// maxEvery bounds the base interval: a resource that is looked at less than once a year is not watched, and the time of
// the next visit must stay within what a duration can hold.
const maxEvery = Duration(365 * 24 * time.Hour)

func checkNumbers(c Config) *fault {
	dead := c.Verdict.DeadAfter
	switch {
	case c.Database == "":
		return &fault{"database", "it names no file"}
	case c.Check.Concurrency < 1:
		return &fault{"check.concurrency", "at least 1"}
	case c.Check.PerHost.Concurrency < 1:
		return &fault{"check.per_host.concurrency", "at least 1"}
	case c.Check.Timeout <= 0:
		return &fault{"check.timeout", "longer than 0"}
	case c.Check.Retries < 0:
		return &fault{"check.retries", "at least 0"}
	case c.Check.MaxBody < 1024:
		return &fault{"check.max_body", "at least 1KiB"}
	case c.Check.Every <= 0:
		return &fault{"check.every", "longer than 0"}
	case c.Check.Every > maxEvery:
		return &fault{"check.every", "at most 365d"}
	case time.Duration(c.Sync.Every) < time.Second:
		return &fault{"sync.every", "at least 1s"}
	case dead.Definite.Times < 1:
		return &fault{"verdict.dead_after.definite.times", "at least 1"}
	case dead.Doubtful.Times < 1:
		return &fault{"verdict.dead_after.doubtful.times", "at least 1"}
	case c.Metrics.FindingInfo < 0:
		return &fault{"metrics.finding_info", "at least 0"}
	}
	return nil
}

func checkRobots(c Config) *fault {
	if slices.Contains([]string{"respect", "ignore"}, c.Check.Robots) {
		return nil
	}
	return &fault{"check.robots", fmt.Sprintf("%q is neither respect nor ignore", c.Check.Robots)}
}

func checkUserAgent(c Config) *fault {
	if !httpguts.ValidHeaderFieldValue(c.Check.UserAgent) {
		return &fault{"check.user_agent", fmt.Sprintf("%q cannot be sent in a header", c.Check.UserAgent)}
	}
	if !httpguts.ValidHeaderFieldValue(c.Check.GitHubToken) {
		return &fault{"check.github_token", "it cannot be sent in a header"}
	}
	return nil
}

// githubInterface is the one that is no site's page but a forge's.
const githubInterface = "github"

func checkInterfaces(c Config) *fault {
	known := []string{githubInterface}
	for _, i := range catalog.SiteInterfaces() {
		known = append(known, i.Key)
	}
	slices.Sort(known)
	for _, name := range slices.Sorted(maps.Keys(c.Check.Interfaces)) {
		u, err := url.Parse(c.Check.Interfaces[name])
		switch key := "check.interfaces." + name; {
		case !slices.Contains(known, name):
			return &fault{key, fmt.Sprintf("unknown interface %q; known are %s", name, join(known))}
		case err != nil || !isWebURL(u.String()) || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
			return &fault{key, fmt.Sprintf("%q is not an http or https address without user, query and fragment", c.Check.Interfaces[name])}
		}
	}
	return nil
}

// checkHeaders refuses what cannot be sent: no request would be made at all, and every link would seem broken.
func checkHeaders(key string, headers map[string]string) *fault {
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		if !httpguts.ValidHeaderFieldName(name) {
			return &fault{key + ".headers", fmt.Sprintf("%q is no name of a header", name)}
		}
		if !httpguts.ValidHeaderFieldValue(headers[name]) {
			return &fault{key + ".headers." + name, fmt.Sprintf("%q cannot be sent in a header", headers[name])}
		}
	}
	return nil
}

func checkHosts(c Config) *fault {
	for i, h := range c.Check.Hosts {
		key := fmt.Sprintf("check.hosts[%d]", i)
		if reason := unmatchable(h.Match); reason != "" {
			return &fault{key + ".match", fmt.Sprintf("%q %s", h.Match, reason)}
		}
		if h.Concurrency < 0 {
			return &fault{key + ".concurrency", "at least 0"}
		}
		if rule := catalog.RedirectRule(h.Redirects); rule != "" && !slices.Contains(catalog.RedirectRules(), rule) {
			return &fault{key + ".redirects", fmt.Sprintf("%q is none of %s", h.Redirects, join(catalog.RedirectRules()))}
		}
		if f := checkHeaders(key, h.Headers); f != nil {
			return f
		}
		for j, status := range h.Accept {
			if status < 100 || status > 999 {
				return &fault{fmt.Sprintf("%s.accept[%d]", key, j), fmt.Sprintf("%d is no HTTP status", status)}
			}
		}
	}
	return nil
}

// unmatchable says why a pattern never matches the host of an address, and what to write instead. A rule that never
// matches would do nothing, and say nothing.
func unmatchable(pattern string) string {
	_, err := path.Match(pattern, "")
	ascii, idnaErr := idna.ToASCII(strings.ToLower(pattern))
	switch name, _, _ := strings.Cut(pattern, ":"); {
	case strings.ContainsAny(pattern, "[]"):
		return `has brackets; write an IPv6 address without them, as in "::1"`
	case pattern == "", strings.ContainsAny(pattern, "/ "), err != nil, idnaErr != nil:
		return `is no host pattern; write for example example.org or "*.example.org"`
	case strings.Count(pattern, ":") == 1:
		return fmt.Sprintf("names a port; a rule is for a host with all its ports: write %q", name)
	case ascii != strings.ToLower(pattern):
		return fmt.Sprintf("is not in ASCII; write %q", ascii)
	}
	return ""
}

func checkStale(c Config) *fault {
	for kind := range c.Stale.After {
		if !catalog.Kind(kind).Valid() {
			return &fault{"stale.after." + kind, fmt.Sprintf("unknown kind %q; known are %s", kind, join(catalog.Kinds()))}
		}
	}
	for name := range c.Stale.Topics {
		if !strings.ContainsFunc(name, unicode.IsLetter) {
			return &fault{"stale.topics", fmt.Sprintf("%q is no word", name)}
		}
	}
	for i, s := range c.Stale.Sections {
		key := fmt.Sprintf("stale.sections[%d]", i)
		switch {
		case strings.TrimSpace(s.Match) == "":
			return &fault{key, `a section rule needs a match, such as "Backend / Databases"`}
		case s.After == 0:
			return &fault{key, fmt.Sprintf("the section rule for %q needs an after, such as 365d or never", s.Match)}
		}
	}
	return nil
}

func checkNetwork(c Config) *fault {
	if c.Network.Resolver != "" {
		if _, _, err := net.SplitHostPort(c.Network.Resolver); err != nil {
			return &fault{"network.resolver", fmt.Sprintf("%q is not host:port, such as 127.0.0.1:53", c.Network.Resolver)}
		}
	}
	for i, text := range c.Network.Allow {
		if _, err := netip.ParsePrefix(text); err != nil {
			return &fault{fmt.Sprintf("network.allow[%d]", i), fmt.Sprintf("%q is no address range, such as 10.0.0.0/8", text)}
		}
	}
	if c.Network.Proxy != "" && !isWebURL(c.Network.Proxy) {
		return &fault{"network.proxy", "not an http or https address"}
	}
	return nil
}

// join lists the words of a closed set for people.
func join[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
